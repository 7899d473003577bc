"""A reading: one article as the recognisers see it, folded and cut into sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from kg.authorities import AgencyAuthority, RegionAuthority
from kg.identifiers import fact_id
from kg.issues import Issue
from kg.model import Article, Fact, Facts
from loaders.fold import Folded

SENTENCE_END = "。！？\n"
CLAUSE_END = SENTENCE_END + "；，："
_OPENING = {"《": "》", "“": "”", "（": "）"}
_CUTS = re.compile(f"[{re.escape(CLAUSE_END + ''.join(_OPENING) + ''.join(_OPENING.values()))}]")

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


class Clause(NamedTuple):
    """A stretch between two marks of punctuation, in folded coordinates, the marks not included."""

    start: int
    end: int
    sentence: int


class Sentence(NamedTuple):
    """A stretch up to 。！？ or a line end, in folded coordinates, the mark not included."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


@dataclass
class Reading:
    """One article under recognition. ``facts`` grows recogniser by recogniser; nothing else changes.

    ``subject_region`` is the key of the region that the article is about, once the regions are recognised.
    """

    article: Article
    regions: RegionAuthority
    agencies: AgencyAuthority
    facts: Facts = field(default_factory=Facts)
    issues: list[Issue] = field(default_factory=list)
    subject_region: str | None = None
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for a key: several recognisers ask for the same dates and mentions."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def forget(self) -> None:
        """Drop what ``once`` has kept. It may point back to the reading, and rings are dear to collect."""
        self._made.clear()

    def known(self, *kinds: str) -> tuple[str, ...]:
        """The ids of the facts of some kinds found so far: a key for ``once`` for what is made of them."""
        return tuple([fact.id for kind in kinds for fact in getattr(self.facts, kind)])

    @cached_property
    def content(self) -> str:
        """Title, newline, text."""
        return self.article.content

    @cached_property
    def folded(self) -> Folded:
        """The folded copy of ``content`` with its map."""
        return Folded.of(self.content)

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @cached_property
    def _key(self) -> str:
        return self.article.key

    @cached_property
    def title_end(self) -> int:
        """The folded offset of the newline after the title."""
        return self.folded.folded_span(len(self.article.title), len(self.article.title) + 1)[0]

    @property
    def year(self) -> int | None:
        """The year that bare dates take."""
        return self.article.year

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Title and text cut into sentences and clauses."""
        return split_sentences(self.text)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in order."""
        return tuple(clause for sentence in self.sentences for clause in sentence.clauses)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the folded offset (or the next one, for a mark between two)."""
        at = bisect_right(self.sentences, offset, key=_end)
        return self.sentences[min(at, len(self.sentences) - 1)]

    def quote(self, start: int, end: int) -> str:
        """The original text behind a folded span."""
        first, last = self.folded.span(start, end)
        return self.content[first:last]

    def folded_span(self, fact: Fact) -> tuple[int, int]:
        """Where a fact's quote stands in the folded text."""
        return self.folded.folded_span(fact.start, fact.end)

    def make(
        self,
        cls: type[F],
        start: int,
        end: int,
        *,
        discriminator: object = 0,
        confidence: float = 0.8,
        **slots: Any,
    ) -> F:
        """A fact of class ``cls`` whose quote is the folded span [start, end).

        ``discriminator`` tells apart facts of one kind that share a span.
        """
        first, last = self.folded.span(start, end)
        return cls(
            id=fact_id(cls.cls, self._key, first, last, discriminator),
            evidence=self.content[first:last],
            start=first,
            end=last,
            confidence=confidence,
            reader="rules",
            **slots,
        )


def _end(sentence: Sentence) -> int:
    return sentence.end


def occurrences(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text, from the left, none overlapping the one before."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + max(1, len(word)))


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a folded text at its marks; those inside 《》 “” （） do not cut. An unclosed bracket ends with its line."""
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    closing: list[str] = []
    begin = sentence_begin = 0
    for mark in _CUTS.finditer(text + "\n"):
        i, c = mark.start(), mark[0]
        if c == "\n":
            closing.clear()
        elif closing and c == closing[-1]:
            closing.pop()
            continue
        elif c in _OPENING:
            closing.append(_OPENING[c])
        if closing or c not in CLAUSE_END:
            continue
        if i > begin:
            clauses.append(Clause(begin, i, len(sentences)))
        begin = i + 1
        if c in SENTENCE_END:
            if clauses:
                sentences.append(Sentence(sentence_begin, i, tuple(clauses)))
                clauses = []
            sentence_begin = i + 1
    return tuple(sentences)
