"""Reliability: whether facts that are given nine in ten are right nine times in ten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10
"""Confidences are put together by tenths; 1 belongs to the last."""

Judged = tuple[float, bool]
"""The confidence of a found fact, and whether it is right."""


@dataclass(frozen=True)
class Bin:
    """The facts whose confidence lies in [``low``, ``high``), or [0.9, 1]."""

    low: float
    high: float
    facts: int
    right: int
    confidence: float
    """The mean confidence of these facts."""

    @property
    def share(self) -> float:
        """The share of these facts that is right."""
        return self.right / self.facts


@dataclass(frozen=True)
class Reliability:
    """The bins that hold facts, lowest first."""

    bins: tuple[Bin, ...]

    @property
    def facts(self) -> int:
        """How many facts were judged."""
        return sum(bin_.facts for bin_ in self.bins)

    @property
    def expected_error(self) -> float:
        """The expected calibration error: the mean distance of confidence and share right, weighted by facts."""
        if not self.bins:
            return 0.0
        return sum(bin_.facts * abs(bin_.share - bin_.confidence) for bin_ in self.bins) / self.facts


def reliability(judged: Iterable[Judged]) -> Reliability:
    """Put judged facts into bins by their confidence."""
    held: dict[int, list[Judged]] = {}
    for confidence, is_right in judged:
        # a hair is added so that 0.3 is never put below 0.3 for its spelling in binary
        number = min(int(confidence * BINS + 1e-9), BINS - 1)
        held.setdefault(number, []).append((confidence, is_right))
    return Reliability(tuple(_bin(number, facts) for number, facts in sorted(held.items())))


def _bin(number: int, facts: list[Judged]) -> Bin:
    mean = sum(confidence for confidence, _ in facts) / len(facts)
    return Bin(number / BINS, (number + 1) / BINS, len(facts), sum(is_right for _, is_right in facts), mean)
