"""Bootstrap intervals: the same bytes for the same seed, and the truth inside about as often as promised."""

from __future__ import annotations

import random

from kg.evaluation import Tally, bootstrap
from kg.evaluation.scores import ArticleTally
from kg.model import GUIDE_KINDS

EMPTY = Tally()


def article(**kinds: Tally) -> ArticleTally:
    return tuple(kinds.get(kind, EMPTY) for kind in GUIDE_KINDS)


def drawn(chance: random.Random, rate: float, articles: int) -> list[ArticleTally]:
    """Articles of eight found measures each, of which each is right at a rate."""
    hits = [sum(chance.random() < rate for _ in range(8)) for _ in range(articles)]
    return [article(measures=Tally(gold=8, found=8, hits=number)) for number in hits]


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others() -> None:
    tallies = drawn(random.Random(1), 0.6, 30)
    assert bootstrap(tallies) == bootstrap(tallies)
    assert bootstrap(tallies, resamples=200) != bootstrap(tallies, resamples=200, seed=2)


def test_the_truth_lies_inside_about_nineteen_times_in_twenty() -> None:
    chance, inside = random.Random(7), 0
    for _ in range(100):
        low, high = bootstrap(drawn(chance, 0.7, 30), resamples=200).kinds["measures"].precision
        inside += low <= 0.7 <= high
    assert 88 <= inside <= 99


def test_an_interval_holds_the_score_and_narrows_with_more_articles() -> None:
    few, many = (drawn(random.Random(3), 0.7, number) for number in (12, 120))
    widths = []
    for tallies in (few, many):
        score = sum(row[list(GUIDE_KINDS).index("measures")].hits for row in tallies) / (8 * len(tallies))
        low, high = bootstrap(tallies, resamples=300).kinds["measures"].f1
        assert 0 <= low < score < high <= 1
        widths.append(high - low)
    assert widths[1] < widths[0] / 2


def test_facts_of_one_article_stand_or_fall_together() -> None:
    spread = [article(measures=Tally(gold=10, found=10, hits=5))] * 10
    clumped = [article(measures=Tally(gold=10, found=10, hits=hits)) for hits in (0, 10)] * 5
    assert bootstrap(spread).kinds["measures"].precision == (0.5, 0.5)
    low, high = bootstrap(clumped).kinds["measures"].precision
    assert high - low > 0.4


def test_a_score_that_is_never_defined_may_be_anything() -> None:
    intervals = bootstrap([article(measures=Tally(gold=2))] * 3)
    assert intervals.kinds["measures"].precision == (0.0, 1.0)
    assert intervals.kinds["measures"].recall == (0.0, 0.0)
    assert intervals.kinds["firsts"].f1 == (0.0, 1.0)
    assert intervals.macro_f1 == (0.0, 0.0)
    assert bootstrap([]).macro_f1 == (0.0, 1.0)
