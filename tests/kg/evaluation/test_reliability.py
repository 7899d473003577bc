"""Reliability bins and the expected calibration error, reckoned by hand."""

from __future__ import annotations

import pytest

from kg.evaluation import Bin, reliability


def test_facts_fall_into_tenths_and_one_into_the_last() -> None:
    found = reliability([(1.0, True), (0.9, True), (0.9, False), (0.3, False), (0.29, True)])
    assert [(held.low, held.high, held.facts, held.right) for held in found.bins] == [
        (0.2, 0.3, 1, 1),
        (0.3, 0.4, 1, 0),
        (0.9, 1.0, 3, 2),
    ]
    assert found.facts == 5
    assert found.bins[2].share == pytest.approx(2 / 3)
    assert found.bins[2].confidence == pytest.approx(2.8 / 3)


def test_the_expected_error_weighs_bins_by_their_facts() -> None:
    sure, unsure = [(0.95, True)] * 3 + [(0.95, False)], [(0.5, True)]
    # four facts are 0.95 - 0.75 off, one is 1 - 0.5 off
    assert reliability(sure + unsure).expected_error == pytest.approx((4 * 0.2 + 0.5) / 5)


def test_a_perfect_reader_is_perfectly_reliable() -> None:
    found = reliability([(1.0, True)] * 4)
    assert found.bins == (Bin(0.9, 1.0, 4, 4, 1.0),)
    assert found.expected_error == 0.0


def test_without_facts_there_are_no_bins_and_no_error() -> None:
    assert (reliability([]).bins, reliability([]).expected_error) == ((), 0.0)


@pytest.mark.parametrize("tenth", range(10))
def test_a_tenth_belongs_to_the_bin_that_it_begins(tenth: int) -> None:
    [held] = reliability([(tenth / 10, True)]).bins
    assert held.low == tenth / 10
