"""How far a score can be trusted: 95 % intervals by resampling whole articles.

Facts of one article stand or fall together, so articles are drawn, not facts (a cluster bootstrap, percentile
intervals: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Such an interval says nothing of
what no article showed: where every fact is right it is [1, 1], however few there are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluation.scores import ArticleTally
from kg.model import GUIDE_KINDS

RESAMPLES = 1000
SEED = 20200820
_OUTSIDE = 0.05
"""The share of resamples that lies outside an interval, half of it on each side."""

_UNKNOWN = (0.0, 1.0)
"""The interval of a score that no resample had."""

Interval = tuple[float, float]
"""The lower and the upper bound of a score, both between 0 and 1."""


@dataclass(frozen=True)
class KindIntervals:
    """The intervals of the scores of one kind."""

    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True)
class Intervals:
    """The intervals of all kinds, in the order of the kinds, and of their macro F1."""

    kinds: dict[str, KindIntervals]
    macro_f1: Interval


@dataclass
class _Draws:
    """The scores that the resamples gave one kind."""

    precision: list[float]
    recall: list[float]
    f1: list[float]


def bootstrap(tallies: Sequence[ArticleTally], *, resamples: int = RESAMPLES, seed: int = SEED) -> Intervals:
    """95 % intervals of the scores of some articles. The same tallies, number and seed give the same intervals.

    A resample in which a score is not defined (nothing found, or nothing annotated) does not count for that score.
    """
    counts = [[(tally.hits, tally.found, tally.gold) for tally in article] for article in tallies]
    chance, places = random.Random(seed), range(len(counts))
    drawn = [_Draws([], [], []) for _ in GUIDE_KINDS]
    macro = []
    for _ in range(resamples if counts else 0):
        weights = Counter(chance.choices(places, k=len(places)))
        used = []
        for number, draws in enumerate(drawn):
            hits, found, gold = (
                sum(weight * counts[place][number][part] for place, weight in weights.items())
                for part in range(3)
            )
            _note(draws, hits, found, gold)
            if gold:
                used.append(draws.f1[-1])
        if used:
            macro.append(sum(used) / len(used))
    kinds = {kind: _intervals(draws) for kind, draws in zip(GUIDE_KINDS, drawn, strict=True)}
    return Intervals(kinds, _interval(macro))


def _note(draws: _Draws, hits: int, found: int, gold: int) -> None:
    if found:
        draws.precision.append(hits / found)
    if gold:
        draws.recall.append(hits / gold)
    if found or gold:
        draws.f1.append(2 * hits / (found + gold))


def _intervals(draws: _Draws) -> KindIntervals:
    return KindIntervals(_interval(draws.precision), _interval(draws.recall), _interval(draws.f1))


def _interval(scores: list[float]) -> Interval:
    if not scores:
        return _UNKNOWN
    ordered, last = sorted(scores), len(scores) - 1
    return ordered[round(last * _OUTSIDE / 2)], ordered[round(last * (1 - _OUTSIDE / 2))]
