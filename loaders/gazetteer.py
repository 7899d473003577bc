"""The gazetteer: every form under which the authority knows a place, in one automaton, and token borders."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import rjieba
from ahocorasick_rs import AhoCorasick

from kg.authorities import RegionAuthority


class Hit(NamedTuple):
    """A form of the gazetteer at [start, end) of the folded text.

    ``proof`` is set where the form needs proof from its surroundings (county stems, names that are also words).
    """

    start: int
    end: int
    form: str
    proof: bool
    group: bool


class Token(NamedTuple):
    """A word with its part of speech (jieba's letters) at [start, end) of the folded text."""

    start: int
    end: int
    word: str
    tag: str


class Gazetteer:
    """Forms of places → hits in a text. Built once for an authority."""

    def __init__(self, authority: RegionAuthority) -> None:
        forms: dict[str, tuple[bool, bool]] = dict.fromkeys(authority.stems(), (True, False))
        forms.update(dict.fromkeys(authority.names(), (False, False)))
        for form in authority.collectives():
            # 东北三省 counts its members; 苏锡常 is as good as a name of the whole.
            if form not in forms or "省" in form:
                forms[form] = (False, True)
        self._forms = tuple(form for form in forms if len(form) > 1)
        self._flags = tuple(forms[form] for form in self._forms)
        self._automaton = AhoCorasick(self._forms)

    def hits(self, text: str) -> Iterator[list[Hit]]:
        """All hits by start, in order; those of one start longest first. They may overlap."""
        found: dict[int, list[Hit]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            proof, group = self._flags[index]
            found.setdefault(start, []).append(Hit(start, end, self._forms[index], proof, group))
        for start in sorted(found):
            yield sorted(found[start], key=lambda hit: -hit.end)


@cache
def gazetteer(authority: RegionAuthority) -> Gazetteer:
    """The gazetteer of an authority, built at the first call."""
    return Gazetteer(authority)


class Tokens:
    """The words of a text in order, without gaps. An article has hundreds, of which few are asked for: they are kept
    in columns, and ``by_start`` and ``by_end`` say which word begins or ends at an offset."""

    def __init__(self, tagged: Sequence[tuple[str, str]]) -> None:
        self.words = [word for word, _ in tagged]
        self.tags = [tag for _, tag in tagged]
        self.ends = [*accumulate(map(len, self.words))]
        self.starts = [0, *self.ends][:-1]
        self.by_start = dict(zip(self.starts, range(len(tagged)), strict=True))
        self.by_end = dict(zip(self.ends, range(len(tagged)), strict=True))

    def __getitem__(self, number: int) -> Token:
        return Token(self.starts[number], self.ends[number], self.words[number], self.tags[number])

    def starting(self, at: int) -> Token | None:
        """The word that begins at an offset."""
        number = self.by_start.get(at)
        return None if number is None else self[number]

    def ending(self, at: int) -> Token | None:
        """The word that ends at an offset."""
        number = self.by_end.get(at)
        return None if number is None else self[number]

    def tagged(self, tags: Container[str]) -> Iterator[Token]:
        """The words that have one of some tags."""
        return (self[number] for number, tag in enumerate(self.tags) if tag in tags)

    def within(self, start: int, end: int) -> list[Token]:
        """The words that begin at or after ``start`` and end at or before ``end``."""
        first, last = bisect_left(self.starts, start), bisect_right(self.ends, end)
        return [self[number] for number in range(first, last)]


@lru_cache(maxsize=2)
def tokens_of(text: str) -> Tokens:
    """The words of a text (jieba's dictionary, new words guessed)."""
    return Tokens(rjieba.tag(text))


class NameIndex:
    """Fixed names in a text: where each one begins, the longest of those that begin there."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(sorted(set(names)))
        self._automaton = AhoCorasick(self._names)

    def longest(self, text: str) -> dict[int, str]:
        """Start → the longest name that begins there; names at different starts may overlap."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        # they come by their ends: of those that begin at one place the longest is the last
        return {start: self._names[index] for index, start, _ in found}

    def ending(self, text: str) -> dict[int, str]:
        """End → the longest name that ends there."""
        found: dict[int, str] = {}
        for index, _, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            name = self._names[index]
            if len(name) > len(found.get(end, "")):
                found[end] = name
        return found
