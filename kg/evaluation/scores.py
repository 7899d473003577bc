"""Counts and scores: precision, recall, F1 and label accuracy of each kind, and their macro F1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.matching import COMPARED, Item, Rule, is_too_long, is_verbatim, match, pair_articles
from kg.model import GUIDE_KINDS

_WITHOUT_QUOTES = ("documents", "programs")
"""The kinds of which the guide asks for a name, not for a quote."""


@dataclass(frozen=True)
class Tally:
    """What was counted of one kind, in one article or in many. ``labelled`` are hits whose class labels agree too."""

    gold: int = 0
    found: int = 0
    hits: int = 0
    labelled: int = 0
    not_verbatim: int = 0
    too_long: int = 0


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


ArticleTally = tuple[Tally, ...]
"""The tallies of one article, in the order of the kinds."""


def evaluate(found: Sequence[Item], gold: Sequence[Item], rule: Rule = Rule.OVERLAP) -> Evaluation:
    """Score the found articles against the annotated ones under a rule; they are paired by title."""
    pairs = pair_articles(found, gold)
    held = sum(bool(partner.get("title")) for partner, _ in pairs)
    tallies = [tally_article(ours, theirs, rule) for ours, theirs in pairs]
    return Evaluation(kind_scores(tallies), len(gold), held, len(found) - held)


def tally_article(ours: Item, theirs: Item, rule: Rule) -> ArticleTally:
    """Count one article, kind by kind."""
    return tuple(_tally(kind, ours, theirs, rule) for kind in GUIDE_KINDS)


def _tally(name: str, ours: Item, theirs: Item, rule: Rule) -> Tally:
    matching = match(name, ours, theirs, rule)
    labels = COMPARED[name].labels
    quoted = () if name in _WITHOUT_QUOTES else matching.found
    return Tally(
        gold=len(matching.gold),
        found=len(matching.found),
        hits=len(matching.pairs),
        labelled=sum(all(x.get(label) == y.get(label) for label in labels) for x, y in matching.matched),
        not_verbatim=sum(not is_verbatim(ours, fact) for fact in quoted),
        too_long=sum(map(is_too_long, quoted)),
    )


def kind_scores(tallies: Iterable[ArticleTally]) -> tuple[KindScore, ...]:
    """The scores of all kinds over some articles."""
    columns = zip(*tallies, strict=True)
    by_kind = dict(zip(GUIDE_KINDS, columns, strict=False))
    return tuple(_kind_score(kind, by_kind.get(kind, ())) for kind in GUIDE_KINDS)


def _kind_score(kind: str, tallies: Sequence[Tally]) -> KindScore:
    hits = sum(tally.hits for tally in tallies)
    return KindScore(
        kind,
        gold=sum(tally.gold for tally in tallies),
        found=sum(tally.found for tally in tallies),
        hits=hits,
        labels=sum(tally.labelled for tally in tallies) / hits if hits else 0.0,
        not_verbatim=sum(tally.not_verbatim for tally in tallies),
        too_long=sum(tally.too_long for tally in tallies),
    )
