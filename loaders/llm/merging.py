"""Two readers, one list of facts: where both found a fact the rules' stands, and the model fills what it left open.

Two facts are one where they mean the same thing (an entity's name, a number's value) or their quotes overlap by more
than half (IoU). What the model alone found stays, marked as the model's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.identifiers import fact_id
from kg.issues import Issue
from kg.model import KINDS, AnyFact, Article, ArticleFacts, CooperationFact, Facts, RegionFact
from loaders.fold import Folded
from loaders.linking import link
from loaders.llm.meaning import ENTITIES, MEANING
from loaders.llm.schema import draft_model
from loaders.numbers import scan_numbers

OVERLAP = 0.5
_NUMBER = ("value", "value_max", "stated_value", "unit", "comparator")
_NEVER = frozenset((*_NUMBER, "evidence", "mention", "cross_region", "role"))


def merge(rules: ArticleFacts, model: ArticleFacts) -> ArticleFacts:
    """The facts of both readers of one article with the issues of both, each list in order of offset."""
    article = rules.article
    merged = Facts()
    ids: dict[str, str] = {}
    issues = [*rules.issues, *model.issues]
    for kind in KINDS:
        ours: list[AnyFact] = getattr(rules.facts, kind)
        theirs: list[AnyFact] = getattr(model.facts, kind)
        pairs = _pairs(kind, ours, theirs)
        kept = [_completed(article, kind, fact, pairs.get(i), issues) for i, fact in enumerate(ours)]
        taken = {id(fact) for fact in pairs.values()}
        alone = [fact for fact in theirs if id(fact) not in taken and not _is_told(kind, fact, ours)]
        ids |= {their.id: ours[i].id for i, their in pairs.items()}
        new = _with_free_ids(article, alone, {fact.id for fact in ours}, ids)
        getattr(merged, kind).extend(sorted([*kept, *new], key=lambda fact: (fact.start, fact.end)))
    return ArticleFacts(article=article, facts=link(merged), issues=issues)


def overlap(a: AnyFact, b: AnyFact) -> float:
    """Intersection over union of two quotes."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def _pairs(kind: str, ours: list[AnyFact], theirs: list[AnyFact]) -> dict[int, AnyFact]:
    """For the place of a fact of the rules the model's fact that is the same one; the best pair first."""
    meaning = MEANING[kind]
    ranked: list[tuple[bool, float, int, int]] = []
    for i, our in enumerate(ours):
        for j, their in enumerate(theirs):
            same, shared = meaning(our) == meaning(their), overlap(our, their)
            if shared > OVERLAP or (same and kind in ENTITIES):
                ranked.append((not same, -shared, i, j))
    pairs: dict[int, AnyFact] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(ranked):
        if i not in pairs and j not in used:
            pairs[i] = theirs[j]
            used.add(j)
    return pairs


def _is_told(kind: str, fact: AnyFact, ours: list[AnyFact]) -> bool:
    """Whether a fact that has no partner says of a thing or a clause what a fact of the rules says already."""
    meaning, anywhere = MEANING[kind], kind in ENTITIES
    return any(meaning(our) == meaning(fact) and (anywhere or overlap(our, fact) > OVERLAP) for our in ours)


def _completed(
    article: Article, kind: str, fact: AnyFact, other: AnyFact | None, issues: list[Issue]
) -> AnyFact:
    """The rules' fact with the slots it left empty from the model's; said as an issue."""
    if other is None:
        return fact
    slots = [name for name in draft_model(kind).model_fields if name not in _NEVER]
    update = {name: getattr(other, name) for name in slots if _is_open(fact, other, name)}
    update |= _number(fact, other)
    if not update:
        return fact
    issues.append(
        Issue(
            code="llm-completed",
            message_zh=f"语言模型补充了 {kind} 的空缺字段",
            message_en=f"the language model filled in what the rules left open in {kind}",
            severity="info",
            article=article.title,
            quote=fact.evidence,
            fact=fact.id,
            detail={"kind": kind, "reader": "llm", "slots": ", ".join(sorted(update))},
        )
    )
    return fact.model_copy(update=update)


def _is_open(fact: AnyFact, other: AnyFact, slot: str) -> bool:
    if isinstance(fact, RegionFact) and fact.candidates:
        return False  # several regions of one name: which is meant is not the model's to guess
    return getattr(fact, slot) in (None, "", []) and getattr(other, slot) not in (None, "", [])


def _number(fact: Any, other: Any) -> Mapping[str, Any]:
    """A number is taken whole or not at all, and only where the rules' own quote holds it."""
    if getattr(fact, "value", 0) is not None or other.value is None:
        return {}
    stated = scan_numbers(Folded.of(fact.evidence).text)
    if not any((number.value, number.value_max) == (other.value, other.value_max) for number in stated):
        return {}
    return {name: getattr(other, name) for name in _NUMBER if getattr(other, name) is not None}


def _with_free_ids(
    article: Article, facts: list[AnyFact], used: set[str], ids: dict[str, str]
) -> list[AnyFact]:
    """The model's facts under ids that no fact of the rules has. ``ids``, from the model's to the merged, grows.

    Documents come before the pacts that link to them.
    """
    found: list[AnyFact] = []
    for fact in facts:
        number, free = 0, fact.id
        while free in used:
            free = fact_id(fact.cls, article.key, fact.start, fact.end, f"llm {number}")
            number += 1
        used.add(free)
        ids[fact.id] = free
        update = {"id": free}
        if isinstance(fact, CooperationFact) and fact.agreement:
            update["agreement"] = ids[fact.agreement]
        found.append(fact.model_copy(update=update))
    return found
