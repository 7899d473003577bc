"""A sieve: which of many patterns can match a text at all, told by one pass over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from loaders.alternatives import needed

T = TypeVar("T")


class Sieve(Generic[T]):
    """Things with a pattern each. Most patterns need a word that most clauses do not hold: one automaton looks for the
    words of all of them, in the time that trying a single pattern takes."""

    def __init__(self, patterns: Iterable[tuple[T, re.Pattern[str]]]) -> None:
        self._things: list[T] = []
        self._always = 0
        owners: defaultdict[str, int] = defaultdict(int)
        for number, (thing, pattern) in enumerate(patterns):
            self._things.append(thing)
            words = needed(pattern.pattern)
            self._always |= 0 if words else 1 << number
            for word in words:
                owners[word] |= 1 << number
        self._owners = tuple(owners.values())
        self._automaton = AhoCorasick(owners, implementation=Implementation.DFA)
        self._of = lru_cache(maxsize=1024)(self._chosen)

    def open_to(self, text: str) -> tuple[T, ...]:
        """The things whose pattern may match somewhere in a text, in their order; the pattern of no other one does."""
        bits = self._always
        for word, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            bits |= self._owners[word]
        return self._of(bits)

    def _chosen(self, bits: int) -> tuple[T, ...]:
        return tuple([thing for number, thing in enumerate(self._things) if bits >> number & 1])
