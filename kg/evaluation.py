"""Evaluation: facts found against facts annotated by hand, kind by kind.

Two facts are the same where their quotes overlap enough (intersection over union, white space aside) and the slots
that identify the kind agree; regions, actors, documents and programmes go by code or name and count once an article.
Matching is one to one, the best pairs first. The headline is the plain mean of the kinds' F1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from kg.model import KINDS

Item = Mapping[str, Any]
"""An article or a fact in the JSON form of the annotation guide."""

_PUNCTUATION = re.compile(r"[\s《》〈〉“”‘’\"'「」（）()，,。.、:：;；·—\-－]+")
_SPACE = re.compile(r"\s+")
_PAST_END = re.compile(r"[。！？].", re.DOTALL)
_SAME_NAME = 0.8
_SAME_TITLE = 0.85


@dataclass(frozen=True)
class KindScore:
    """The score of one kind. ``labels`` is the share of matched facts whose class labels agree too."""

    kind: str
    gold: int
    found: int
    hits: int
    labels: float
    not_verbatim: int
    too_long: int

    @property
    def precision(self) -> float:
        """The share of found facts that are right."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of annotated facts that were found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.found + self.gold) if self.hits else 0.0


@dataclass(frozen=True)
class Evaluation:
    """The scores of all kinds on some articles."""

    kinds: tuple[KindScore, ...]
    articles: int
    articles_found: int
    articles_extra: int

    @property
    def macro_f1(self) -> float:
        """The plain mean of the F1 of the kinds that the annotation has, each rounded to four places."""
        used = [round(score.f1, 4) for score in self.kinds if score.gold]
        return sum(used) / len(used) if used else 0.0


@dataclass(frozen=True)
class _Kind:
    labels: tuple[str, ...]
    agree: Callable[[Item, Item], float]
    overlap: float | None
    key: Callable[[Item], str] | None = None


def evaluate(found: Sequence[Item], gold: Sequence[Item]) -> Evaluation:
    """Score the found articles against the annotated ones; they are paired by title."""
    by_title = {_fold(article["title"]): article for article in found}
    pairs = [(_partner(article, by_title), article) for article in gold]
    held = sum(bool(partner.get("title")) for partner, _ in pairs)
    scores = tuple(_score(kind, pairs) for kind in KINDS)
    return Evaluation(scores, len(gold), held, len(found) - held)


def _partner(article: Item, by_title: Mapping[str, Item]) -> Item:
    title = _fold(article["title"])
    close = (
        [title] if title in by_title else get_close_matches(title, list(by_title), n=1, cutoff=_SAME_TITLE)
    )
    return by_title[close[0]] if close else {"title": "", "text": ""}


def _score(name: str, pairs: Sequence[tuple[Item, Item]]) -> KindScore:
    kind = _KINDS[name]
    gold = found = hits = labels = loose = long = 0
    for ours, theirs in pairs:
        xs, ys = _facts(ours, name), _facts(theirs, name)
        found, gold = found + len(xs), gold + len(ys)
        if name not in ("documents", "programs"):
            loose += sum(not _verbatim(ours, x) for x in xs)
            long += sum(bool(_PAST_END.search(_quote(x))) for x in xs)
        matched = _match(kind, ours, xs, theirs, ys)
        hits += len(matched)
        labels += sum(all(x.get(label) == y.get(label) for label in kind.labels) for x, y in matched)
    return KindScore(name, gold, found, hits, labels / hits if hits else 0.0, loose, long)


def _facts(article: Item, name: str) -> list[Item]:
    facts: list[Item] = list(article.get(name) or [])
    key = _KINDS[name].key
    return facts if key is None else list({key(fact): fact for fact in reversed(facts)}.values())[::-1]


def _match(
    kind: _Kind, ours: Item, xs: Sequence[Item], theirs: Item, ys: Sequence[Item]
) -> list[tuple[Item, Item]]:
    scored = []
    for i, x in enumerate(xs):
        for j, y in enumerate(ys):
            score = kind.agree(x, y)
            if score and kind.overlap is not None:
                overlap = _overlap(_place(theirs, ours, x), _place(theirs, theirs, y))
                score = overlap if overlap > 0 and overlap >= kind.overlap else 0.0
            if score:
                scored.append((-score, i, j))
    left, right, matched = set(range(len(xs))), set(range(len(ys))), []
    for _, i, j in sorted(scored):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            matched.append((xs[i], ys[j]))
    return matched


def _content(article: Item) -> str:
    return f"{article.get('title', '')}\n{article.get('text', '')}"


def _quote(fact: Item) -> str:
    return str(fact.get("evidence") or fact.get("mention") or "")


def _verbatim(article: Item, fact: Item) -> bool:
    quote, start, end = _quote(fact), fact.get("start"), fact.get("end")
    if quote and isinstance(start, int) and isinstance(end, int):
        return _content(article)[start:end] == quote
    return bool(quote) and quote in _content(article)


def _place(article: Item, owner: Item, fact: Item) -> tuple[int, int] | None:
    """Where the quote stands in the article without white space: of several places the one nearest its offset."""
    text, quote = _SPACE.sub("", _content(article)), _SPACE.sub("", _quote(fact))
    places = [match.start() for match in re.finditer(re.escape(quote), text)] if quote else []
    if not places:
        return None
    start = fact.get("start")
    wanted = len(_SPACE.sub("", _content(owner)[:start])) if isinstance(start, int) else places[0]
    at = min(places, key=lambda place: abs(place - wanted))
    return at, at + len(quote)


def _overlap(a: tuple[int, int] | None, b: tuple[int, int] | None) -> float:
    if a is None or b is None:
        return 0.0
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _fold(text: object) -> str:
    return _PUNCTUATION.sub("", str(text or "")).lower()


def _names(fact: Item) -> set[str]:
    return {_fold(name) for name in (fact.get("name"), *(fact.get("aliases") or []))} - {""}


def _region_key(fact: Item) -> str:
    return str(fact.get("code") or _fold(fact.get("name")))


def _name_key(fact: Item) -> str:
    return _fold(fact.get("title") or fact.get("name"))


def _same_region(x: Item, y: Item) -> float:
    return float(_region_key(x) == _region_key(y) or _fold(x.get("name")) == _fold(y.get("name")))


def _same_actor(x: Item, y: Item) -> float:
    return float(bool(_names(x) & _names(y)))


def _same_title(x: Item, y: Item) -> float:
    return float(_fold(x.get("title")) == _fold(y.get("title")))


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
    a, b = (_fold(str(fact.get("unit") or "").replace("％", "%")) for fact in (x, y))
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
        a, b = ({_fold(name) for name in fact.get(key) or []} for fact in (x, y))
        shares.append(len(a & b) / len(a | b) if a | b else None)
    stated = [share for share in shares if share is not None]
    return float(not stated or max(stated) >= 0.5)


def _always(_x: Item, _y: Item) -> float:
    return 1.0


_KINDS: Mapping[str, _Kind] = {
    "regions": _Kind(("level", "role"), _same_region, None, _region_key),
    "actors": _Kind(("type",), _same_actor, None, _name_key),
    "documents": _Kind(("kind",), _same_title, None, _name_key),
    "programs": _Kind(("kind",), _alike, None, _name_key),
    "measures": _Kind(("type",), _always, 0.5),
    "targets": _Kind(("comparator",), _same_target, 1 / 3),
    "figures": _Kind(("kind",), _same_figure, 0.3),
    "events": _Kind(("type",), _same_date, 1 / 3),
    "cooperations": _Kind(("kind", "cross_region"), _same_parties, 0.3),
    "firsts": _Kind(("scope",), _always, 0.3),
}
