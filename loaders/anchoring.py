"""Anchoring: a drafted fact, which quotes but knows no offsets, becomes a fact with offsets, or is rejected.

Drafts come from annotators and language models in the form of the annotation guide. A fact that already has
``start`` and ``end`` is checked against the text and taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from kg.identifiers import fact_id, fold_name
from kg.issues import Issue
from kg.model import KINDS, AnyFact, Article, ArticleFacts, CooperationFact, Fact, Facts

F = TypeVar("F", bound=Fact)

_QUOTE_KEYS = ("evidence", "mention", "title", "name")
_FOLD = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "（": "(", "）": ")"})


def anchor(article: Article, drafts: Mapping[str, Any]) -> ArticleFacts:
    """The facts that stand behind the drafts of one article, under the guide's keys; the rest become issues, after those
    that the drafts' reader had (``doubts``).

    A quote is looked for exactly, else with white space and quotation marks folded; of several places the one
    nearest to the middle of the draft's surely placed quotes is taken, else the first.
    """
    facts, issues = Facts(), []
    centre = _centre(article, drafts)
    ids: dict[str, str] = {}
    for kind, model in KINDS.items():
        taken: dict[tuple[int, int], int] = {}
        for draft in drafts.get(kind) or []:
            found = _anchored(article, kind, model, draft, centre, taken)
            if isinstance(found, Issue):
                issues.append(found)
                continue
            found = _with_own_id(article, found, draft, set(ids.values()))
            ids[str(draft.get("id", found.id))] = found.id
            getattr(facts, kind).append(found)
    facts = _relinked(facts, ids)
    facts.cooperations = [_with_agreement(fact, facts) for fact in facts.cooperations]
    told = [
        replace(issue, article=article.title, fact=ids.get(issue.fact or "", issue.fact))
        for issue in drafts.get("doubts") or []
    ]
    return ArticleFacts(article=article, facts=facts, issues=[*told, *issues])


def _with_own_id(article: Article, fact: F, draft: Mapping[str, Any], used: set[str]) -> F:
    """The fact under the id its draft gives, where that is an id of this article and kind, and free; else a minted one."""
    given = draft.get("id")
    wanted = re.compile(rf"{fact.cls}/{article.key}/[0-9a-f]{{12}}")
    if isinstance(given, str) and wanted.fullmatch(given) and given not in used:
        return fact.model_copy(update={"id": given})
    number = 0
    minted = fact.id
    while minted in used:
        number += 1
        minted = fact_id(fact.cls, article.key, fact.start, fact.end, f"again {number}")
    return fact.model_copy(update={"id": minted})


_LINKS = ("document", "by", "agreement", "about_id", "taken_by", "actors", "about", "measures")


def _relinked(facts: Facts, ids: Mapping[str, str]) -> Facts:
    """The facts with links to the ids that the linked facts have now; a link to nothing is dropped."""
    relinked = Facts()
    for kind in KINDS:
        for fact in getattr(facts, kind):
            update: dict[str, Any] = {}
            for link in _LINKS:
                value = getattr(fact, link, None)
                if isinstance(value, list):
                    update[link] = [ids[one] for one in value if one in ids]
                elif isinstance(value, str) and not (kind == "figures" and link == "about"):
                    update[link] = ids.get(value)
            getattr(relinked, kind).append(fact.model_copy(update=update))
    return relinked


def _with_agreement(fact: CooperationFact, facts: Facts) -> CooperationFact:
    """The cooperation linked to the document that its quote or label names: the guide's form has no such link."""
    if fact.agreement is not None:
        return fact
    said = fold_name(fact.evidence + fact.label)
    named = [document for document in facts.documents if fold_name(document.title) in said]
    longest = max(named, key=lambda document: len(document.title), default=None)
    return fact.model_copy(update={"agreement": longest.id}) if longest else fact


def find_quote(content: str, quote: str, near: int | None = None) -> tuple[int, int] | None:
    """Where the quote stands in the content: [start, end), or None. ``near`` chooses among several places."""
    places = [(m.start(), m.end()) for m in re.finditer(re.escape(quote), content)] if quote else []
    if not places and (bare := _squeezed(quote)[0]):
        text, origin = _squeezed(content)
        places = [(origin[m.start()], origin[m.end() - 1] + 1) for m in re.finditer(re.escape(bare), text)]
    if not places:
        return None
    return places[0] if near is None else min(places, key=lambda place: abs(place[0] - near))


def _find_stem(content: str, kind: str, name: str, near: int | None) -> tuple[int, int] | None:
    """The place of a programme whose head word the text gives once for a list (A、B、C等行动)."""
    if kind != "programs":
        return None
    return next(
        (
            span
            for cut in (1, 2, 3)
            if (span := find_quote(content, name[:-cut], near)) and len(name) > cut + 2
        ),
        None,
    )


def _squeezed(text: str) -> tuple[str, list[int]]:
    kept = [(i, c) for i, c in enumerate(text.translate(_FOLD)) if not c.isspace()]
    return "".join(c for _, c in kept), [i for i, _ in kept]


def _quote(draft: Mapping[str, Any]) -> str:
    return next((str(draft[key]) for key in _QUOTE_KEYS if draft.get(key)), "")


def _centre(article: Article, drafts: Mapping[str, Any]) -> int | None:
    sure = []
    for kind in ("measures", "targets", "events", "cooperations"):
        for draft in drafts.get(kind) or []:
            quote = _quote(draft) if isinstance(draft, Mapping) else ""
            if quote and article.content.count(quote) == 1:
                sure.append(article.content.index(quote))
    return sorted(sure)[len(sure) // 2] if sure else None


def _anchored(
    article: Article,
    kind: str,
    model: type[AnyFact],
    draft: Any,
    centre: int | None,
    taken: dict[tuple[int, int], int],
) -> AnyFact | Issue:
    if not isinstance(draft, Mapping):
        return _rejected(article, kind, "", "not an object", "不是对象")
    quote = _quote(draft)
    if isinstance(draft.get("start"), int) and isinstance(draft.get("end"), int):
        span = (draft["start"], draft["end"])
        if article.content[span[0] : span[1]] != quote:
            return _rejected(
                article, kind, quote, "the quote is not the text at its offsets", "原文与所给位置不符"
            )
    else:
        found = find_quote(article.content, quote, centre) or _find_stem(article.content, kind, quote, centre)
        if found is None:
            return _rejected(article, kind, quote, "the quote is not in the article", "原文中没有这句话")
        span = found
    number = taken.setdefault(span, 0)
    taken[span] += 1
    slots = {key: value for key, value in draft.items() if value is not None}
    slots["id"] = fact_id(model.cls, article.key, *span, number)
    slots.setdefault("reader", "annotation")
    slots |= {"evidence": article.content[span[0] : span[1]], "start": span[0], "end": span[1]}
    if kind == "regions":
        slots.setdefault("mention", quote)
    try:
        return model.model_validate(slots)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _rejected(article, kind, quote, f"{where}: {first['msg']}", f"字段 {where} 不合规格")


def _rejected(article: Article, kind: str, quote: str, why_en: str, why_zh: str) -> Issue:
    return Issue(
        code="draft-rejected",
        message_zh=f"{kind} 草稿未采用：{why_zh}",
        message_en=f"draft of {kind} rejected: {why_en}",
        severity="violation",
        article=article.title,
        quote=quote or None,
    )
