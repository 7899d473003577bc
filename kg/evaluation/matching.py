"""When two facts are the same, and which found fact answers which annotated one.

Regions, actors, documents and programmes go by code or name and count once an article; the other kinds by their
quote and by the slots that identify them. Matching is one to one, the best pairs first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from typing import Any

Item = Mapping[str, Any]
"""An article or a fact in the JSON form of the annotation guide."""

Span = tuple[int, int]
"""Offsets into an article's content without white space, the end exclusive."""

_PUNCTUATION = re.compile(r"[\s《》〈〉“”‘’\"'「」（）()，,。.、:：;；·—\-－]+")
_SPACE = re.compile(r"\s+")
_PAST_END = re.compile(r"[。！？].", re.DOTALL)
_SAME_NAME = 0.8
_SAME_TITLE = 0.85


class Rule(StrEnum):
    """How much of a fact must be right for it to count as found."""

    ARTICLE = "article"
    """As ``overlap``; also where the quotes stand elsewhere in the article, if the slots tell which fact it is."""
    OVERLAP = "overlap"
    """The slots agree and the quotes overlap enough: the headline, and the rule of the reference script."""
    EXACT = "exact"
    """The slots agree and the quotes are the same stretch of the article."""


@dataclass(frozen=True)
class Kind:
    """How one kind is compared. ``labels`` are its class labels, not needed for a match."""

    labels: tuple[str, ...]
    agree: Callable[[Item, Item], float]
    """How well the slots agree: 0 is not at all, 1 is wholly."""
    overlap: float | None = None
    """The intersection over union that quotes need under the overlap rule; None where names decide."""
    key: Callable[[Item], str] | None = None
    """What makes two mentions one; None where each fact counts."""
    told_apart_by: str | None = None
    """The label that must agree too where the quotes do not overlap: without it anything would match."""


@dataclass(frozen=True)
class Matching:
    """The facts of one kind in one article, and which answer which: pairs of places in ``found`` and ``gold``."""

    found: tuple[Item, ...]
    gold: tuple[Item, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def matched(self) -> list[tuple[Item, Item]]:
        """The matched facts themselves, found first."""
        return [(self.found[i], self.gold[j]) for i, j in self.pairs]


def pair_articles(found: Sequence[Item], gold: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Each annotated article with the found one of the same or nearly the same title, else with an empty one."""
    by_title = {fold(article["title"]): article for article in found}
    return [(_partner(article, by_title), article) for article in gold]


def _partner(article: Item, by_title: Mapping[str, Item]) -> Item:
    title = fold(article["title"])
    close = (
        [title] if title in by_title else get_close_matches(title, list(by_title), n=1, cutoff=_SAME_TITLE)
    )
    return by_title[close[0]] if close else {"title": "", "text": ""}


def match(name: str, ours: Item, theirs: Item, rule: Rule = Rule.OVERLAP) -> Matching:
    """Match the facts of one kind in a found and an annotated article under a rule."""
    kind = COMPARED[name]
    xs, ys = _facts(ours, name), _facts(theirs, name)
    theirs_squeezed = _SPACE.sub("", _content(theirs))
    places = [_place(theirs_squeezed, ours, x) for x in xs], [_place(theirs_squeezed, theirs, y) for y in ys]
    scored = []
    for i, x in enumerate(xs):
        for j, y in enumerate(ys):
            score = _score(kind, rule, (x, y), (places[0][i], places[1][j]))
            if score:
                scored.append((-score, i, j))
    left, right, pairs = set(range(len(xs))), set(range(len(ys))), []
    for _, i, j in sorted(scored):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    return Matching(tuple(xs), tuple(ys), tuple(pairs))


def _score(
    kind: Kind, rule: Rule, facts: tuple[Item, Item], places: tuple[Span | None, Span | None]
) -> float:
    agreement = kind.agree(*facts)
    if not agreement:
        return 0.0
    if rule is Rule.EXACT:
        return agreement if _same_place(facts, places) else 0.0
    overlap = _overlap(*places)
    enough = kind.overlap is None or (overlap > 0 and overlap >= kind.overlap)
    if rule is Rule.OVERLAP:
        return (agreement if kind.overlap is None else overlap) if enough else 0.0
    label = kind.told_apart_by
    told = label is None or facts[0].get(label) == facts[1].get(label)
    # what overlaps enough comes first, so that nothing found under the stricter rule is lost under this one
    return agreement + overlap + 2 * enough if enough or told else 0.0


def _same_place(facts: tuple[Item, Item], places: tuple[Span | None, Span | None]) -> bool:
    if not quote_of(
        facts[1]
    ):  # the guide asks for no quote of documents and programmes: the name stands for it
        return _name_key(facts[0]) == _name_key(facts[1])
    return places[0] is not None and places[0] == places[1]


def _facts(article: Item, name: str) -> list[Item]:
    facts: list[Item] = list(article.get(name) or [])
    key = COMPARED[name].key
    return facts if key is None else list({key(fact): fact for fact in reversed(facts)}.values())[::-1]


def _content(article: Item) -> str:
    return f"{article.get('title', '')}\n{article.get('text', '')}"


def quote_of(fact: Item) -> str:
    """The words of the article that a fact rests on; empty where the annotation gives none."""
    return str(fact.get("evidence") or fact.get("mention") or "")


def is_verbatim(article: Item, fact: Item) -> bool:
    """Whether the quote stands in the article, at its offsets where it has some."""
    quote, start, end = quote_of(fact), fact.get("start"), fact.get("end")
    if quote and isinstance(start, int) and isinstance(end, int):
        return _content(article)[start:end] == quote
    return bool(quote) and quote in _content(article)


def is_too_long(fact: Item) -> bool:
    """Whether the quote runs past the end of a sentence."""
    return bool(_PAST_END.search(quote_of(fact)))


def _place(text: str, owner: Item, fact: Item) -> Span | None:
    """Where the quote stands in the text without white space: of several places the one nearest its offset."""
    quote = _SPACE.sub("", quote_of(fact))
    places = [found.start() for found in re.finditer(re.escape(quote), text)] if quote else []
    if not places:
        return None
    start = fact.get("start")
    wanted = len(_SPACE.sub("", _content(owner)[:start])) if isinstance(start, int) else places[0]
    at = min(places, key=lambda place: abs(place - wanted))
    return at, at + len(quote)


def _overlap(a: Span | None, b: Span | None) -> float:
    if a is None or b is None:
        return 0.0
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def fold(text: object) -> str:
    """A name without white space, quotes, brackets and other marks, in lower case."""
    return _PUNCTUATION.sub("", str(text or "")).lower()


def _names(fact: Item) -> set[str]:
    return {fold(name) for name in (fact.get("name"), *(fact.get("aliases") or []))} - {""}


def _region_key(fact: Item) -> str:
    return str(fact.get("code") or fold(fact.get("name")))


def _name_key(fact: Item) -> str:
    return fold(fact.get("title") or fact.get("name"))


def _same_region(x: Item, y: Item) -> float:
    return float(_region_key(x) == _region_key(y) or fold(x.get("name")) == fold(y.get("name")))


def _same_actor(x: Item, y: Item) -> float:
    return float(bool(_names(x) & _names(y)))


def _same_title(x: Item, y: Item) -> float:
    return float(fold(x.get("title")) == fold(y.get("title")))


def _alike(x: Item, y: Item) -> float:
    best = max((SequenceMatcher(None, a, b).ratio() for a in _names(x) for b in _names(y)), default=0.0)
    return best if best >= _SAME_NAME else 0.0


def _same_number(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1.0)
    return str(a) == str(b)


def _same_unit(x: Item, y: Item) -> bool:
    a, b = (fold(str(fact.get("unit") or "").replace("％", "%")) for fact in (x, y))
    return a == b or bool(a and b and (a.endswith(b) or b.endswith(a) or a.startswith(b) or b.startswith(a)))


def _same_values(x: Item, y: Item) -> bool:
    return all(_same_number(x.get(key), y.get(key)) for key in ("value", "value_max"))


def _same_figure(x: Item, y: Item) -> float:
    return float(_same_values(x, y) and _same_unit(x, y))


def _same_target(x: Item, y: Item) -> float:
    unit = x.get("value") is None or _same_unit(x, y)
    return float(_same_values(x, y) and unit and (x.get("deadline") or "") == (y.get("deadline") or ""))


def _same_date(x: Item, y: Item) -> float:
    return float((x.get("date") or "") == (y.get("date") or ""))


def _same_parties(x: Item, y: Item) -> float:
    shares = []
    for key in ("parties", "region_codes"):
        a, b = ({fold(name) for name in fact.get(key) or []} for fact in (x, y))
        shares.append(len(a & b) / len(a | b) if a | b else None)
    stated = [share for share in shares if share is not None]
    return float(not stated or max(stated) >= 0.5)


def _always(_x: Item, _y: Item) -> float:
    return 1.0


COMPARED: Mapping[str, Kind] = {
    "regions": Kind(("level", "role"), _same_region, key=_region_key),
    "actors": Kind(("type",), _same_actor, key=_name_key),
    "documents": Kind(("kind",), _same_title, key=_name_key),
    "programs": Kind(("kind",), _alike, key=_name_key),
    "measures": Kind(("type",), _always, 0.5, told_apart_by="type"),
    "targets": Kind(("comparator",), _same_target, 1 / 3),
    "figures": Kind(("kind",), _same_figure, 0.3),
    "events": Kind(("type",), _same_date, 1 / 3, told_apart_by="type"),
    "cooperations": Kind(("kind", "cross_region"), _same_parties, 0.3, told_apart_by="kind"),
    "firsts": Kind(("scope",), _always, 0.3, told_apart_by="scope"),
}
"""How each kind is compared."""
