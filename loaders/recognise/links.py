"""What a clause is linked to: the regions where it applies, the document that sets it out, the actors that take it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.model import DocumentFact, RegionFact
from loaders.reading import Reading
from loaders.recognise.clauses import Piece
from loaders.recognise.mentions import Mention, find_mentions, mentions_in, region_label, subject_region

_RANK = {
    "country": 0, "megaregion": 1, "other": 1, "province": 2, "prefecture": 3, "county": 4, "township": 5, "zone": 6,
}  # fmt: skip
_AT_HEAD = 6
_SHORT = re.compile("《([^》]+)》")


@dataclass
class Links:
    """Finds the links of the pieces of one article, after regions, actors and documents are recognised."""

    reading: Reading

    @cached_property
    def mentions(self) -> list[Mention]:
        """All places of regions and actors outside document titles."""
        titles = [m.span() for m in _SHORT.finditer(self.reading.text)]
        return [m for m in find_mentions(self.reading) if not any(a < m.start < b for a, b in titles)]

    @cached_property
    def names(self) -> frozenset[str]:
        """The regions and actors as the text writes them."""
        return frozenset(self.reading.text[m.start : m.end] for m in self.mentions)

    def regions(self, piece: Piece) -> list[str]:
        """Codes or names: those named in the piece, else the last that head an earlier clause of its sentence (or of
        the one before, where 同时 opens the sentence), else the article's."""
        named = self._named(piece.start, piece.end)
        if named:
            return named
        sentences = self.reading.sentences
        begin = piece.sentence
        if begin and self.reading.text.startswith("同时", sentences[begin].start):
            begin -= 1
        heads = [clause for s in sentences[begin : piece.sentence + 1] for clause in s.clauses if clause.end <= piece.start]
        for clause in reversed(heads):
            found = self._named(clause.start, clause.end, clause.start + _AT_HEAD)
            if found:
                return found
        return [region_label(self.scope)] if self.scope else []

    def _named(self, start: int, end: int, latest: int | None = None) -> list[str]:
        places = [m for m in mentions_in(self.mentions, start, end) if m.is_region]
        if latest is not None and not (places and places[0].start <= latest):
            return []
        kept = [m for i, m in enumerate(places) if not (i + 1 < len(places) and _contains(m, places[i + 1]))]
        return list(dict.fromkeys(region_label(fact) for m in kept for fact in m.facts if isinstance(fact, RegionFact)))

    @cached_property
    def scope(self) -> RegionFact | None:
        """Where the article's measures apply: the most specific region of its title, else the region it is about."""
        in_title = [
            fact
            for m in mentions_in(self.mentions, 0, self.reading.title_end)
            for fact in m.facts
            if isinstance(fact, RegionFact) and fact.role == "subject" and fact.level != "other"
        ]
        if in_title:
            return max(in_title, key=lambda region: _RANK[region.level])
        about = subject_region(self.reading)
        return about if about and about.level != "other" else None

    def document(self, piece: Piece) -> str | None:
        """The id of the document that sets a piece out: the last one named before it, where its content is reported."""
        documents = self.reading.facts.documents
        begin = self.reading.title_end if piece.said else self.reading.sentences[piece.sentence].start
        last: DocumentFact | None = None
        for quoted in _SHORT.finditer(self.reading.text, begin, piece.end):
            last = next((d for d in documents if _same_title(d.title, quoted.group(1))), last)
        if last is None and piece.said and len(documents) == 1:
            last = documents[0]
        return last.id if last else None

    def actors(self, piece: Piece) -> list[str]:
        """Ids of the actors that take a measure: those before its predicate, else the last ones named earlier in its
        sentence."""
        own = self._actors(piece.start, piece.start + (piece.predicate.at or len(piece.text)))
        if own or piece.predicate.where == "subject":
            return own
        for clause in reversed(self.reading.sentences[piece.sentence].clauses):
            before = self._actors(clause.start, clause.end) if clause.end <= piece.start else []
            if before:
                return before
        return []

    def _actors(self, start: int, end: int) -> list[str]:
        inside = mentions_in(self.mentions, start, end)
        return list(dict.fromkeys(fact.id for m in inside if not m.is_region for fact in m.facts))


def _contains(whole: Mention, part: Mention) -> bool:
    """上海青浦: the first of two adjoining regions only says where the second lies."""
    if whole.end != part.start:
        return False
    outer, inner = whole.facts[0], part.facts[0]
    if not (isinstance(outer, RegionFact) and isinstance(inner, RegionFact)):
        return False
    return inner.level != "other" and _RANK[outer.level] < _RANK[inner.level]


def _same_title(title: str, quoted: str) -> bool:
    folded = "".join(title.split()).strip("《》")
    return folded.endswith(quoted) or quoted.endswith(folded)
