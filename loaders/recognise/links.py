"""What a clause is linked to: the regions where it applies, the document that sets it out, the actors that take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from kg.model import ActorFact, DocumentFact, RegionFact
from loaders.alternatives import gated
from loaders.fold import fold_words
from loaders.reading import Clause, Reading
from loaders.recognise.clauses import Piece
from loaders.recognise.mentions import (
    Mention,
    find_mentions,
    mentions_in,
    region_key,
    region_label,
    subject_region,
)
from loaders.recognise.predicates import find_predicate

_RANK = {
    "country": 0, "megaregion": 1, "other": 1, "province": 2, "prefecture": 3, "county": 4, "township": 5, "zone": 6,
}  # fmt: skip
_AT_HEAD = 12
_HEADS = 60  # clauses to look back over: a text without full stops must not cost the square of its length
_COUNTRY = "CN"
_SIGNING = frozenset(("签署", "签订", "签约", "签下", "缔结", "结成", "共签", "会签", "达成"))
_VENUE = re.compile(
    r"(?:正式|共同|联合|分别|现场|成功|集中|隆重)*(?:签署|签订|签约|签下|缔结|揭牌|召开|举行)"
)
_TIER = re.compile(
    gated(
        r"(?P<which>[全本该我])(?P<tier>省|市(?![场民直])|县|州|区(?![域块间段别分位]))|各(?:地级?|设区)市|各市[州县]"
        r"|(?P<count>[两三四])(?P<several>[省市县区地])(?!级)"
    )
)
_COUNT = {"两": 2, "三": 3, "四": 4}
_ADMINISTRATIVE = ("province", "prefecture", "county")
_OF_EACH = "省"
_SHORT = re.compile("《([^》]+)》")


@dataclass
class Links:
    """Finds the links of the pieces of one article, after regions, actors and documents are recognised."""

    reading: Reading
    _opening: dict[int, tuple[list[str] | None, bool]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def mentions(self) -> list[Mention]:
        """All places of regions and actors outside document titles."""
        titles = [m.span() for m in _SHORT.finditer(self.reading.text)]
        return [m for m in find_mentions(self.reading) if not any(a < m.start < b for a, b in titles)]

    @cached_property
    def names(self) -> frozenset[str]:
        """The regions and actors as the text writes them."""
        return frozenset(self.reading.text[m.start : m.end] for m in self.mentions)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The actors as the text writes them."""
        return frozenset(self.reading.text[m.start : m.end] for m in self.mentions if not m.is_region)

    def regions(self, piece: Piece) -> list[str]:
        """Codes or names of the regions that the text gives: those named in the piece (of a pact those of its parties),
        else those that head an earlier clause of its paragraph, the nearest first. None named is an empty list: what
        follows from a document's issuer, a body or the article is for the rules of the graph to say."""
        named = self._narrowed(self._labels(self._places(piece.start, piece.end)))
        before = piece.start + piece.predicate.at
        homes = self._homes(piece.start, before)
        if homes and piece.predicate.verb in _SIGNING:
            return self._narrowed([*self._labels(self._places(piece.start, before)), *homes])
        if named or homes:
            return named
        for clause in islice(self._heads(piece), _HEADS):
            opening = self._opening.get(clause.start)
            if opening is None:
                opening = self._opening[clause.start] = self._opens(clause)
            labels, at_home = opening
            if labels is not None:
                return self._narrowed(labels)
            if at_home:
                return []
        return []

    def _opens(self, clause: Clause) -> tuple[list[str] | None, bool]:
        """The labels of the regions that open a clause, None where none does; whether a body of a region does."""
        if places := self._at_head(clause):
            return self._labels(places), False
        return None, bool(self._homes(clause.start, clause.start + _AT_HEAD))

    def _at_head(self, clause: Clause) -> list[Mention]:
        """The regions that open a clause, one joined to the other; what a verb takes (支持珠三角…) opens none."""
        found: list[Mention] = []
        for m in self._places(clause.start, clause.end):
            joined = bool(found) and m.start - found[-1].end <= 1
            before = find_predicate(self.reading.text[clause.start : m.start])
            if not joined and (m.start >= clause.start + _AT_HEAD or before.kind in ("act", "soft", "ban")):
                break
            found.append(m)
        return found

    def _heads(self, piece: Piece) -> Iterator[Clause]:
        """The clauses of the paragraph before a piece, the nearest first."""
        sentences = self.reading.sentences
        for number in range(piece.sentence, -1, -1):
            yield from (c for c in reversed(sentences[number].clauses) if c.end <= piece.start)
            if number and "\n" in self.reading.text[sentences[number - 1].end : sentences[number].start]:
                return

    def _homes(self, start: int, latest: int) -> list[str]:
        """The regions of the bodies named from ``start`` to ``latest``."""
        bodies = [m for m in self.mentions if start <= m.start < latest and not m.is_region]
        return list(
            dict.fromkeys(
                fact.region_code
                for m in bodies
                for fact in m.facts
                if isinstance(fact, ActorFact) and fact.region_code and fact.region_code != _COUNTRY
            )
        )

    def _labels(self, places: list[Mention]) -> list[str]:
        kept = [m for i, m in enumerate(places) if not (i + 1 < len(places) and _contains(m, places[i + 1]))]
        return [region_label(fact) for m in kept for fact in m.facts if isinstance(fact, RegionFact)]

    def _narrowed(self, labels: list[str]) -> list[str]:
        """Without those in which another lies: 我国将在北京试点 applies in 北京."""
        if len(labels) < 2:
            return list(labels)
        authority, year = self.reading.regions, self.reading.year
        known = {label: found.key for label in labels if (found := authority.resolve(label, year))}
        wholes = {key for label in known for key in authority.within(known[label], year)}
        return [label for label in dict.fromkeys(labels) if known.get(label) not in wholes]

    def _places(self, start: int, end: int) -> list[Mention]:
        """The regions named in a span."""
        return [m for m in self.places if start <= m.start and m.end <= end]

    @cached_property
    def places(self) -> list[Mention]:
        """All places of regions where something can apply, in order: 全省 and the like are among them, the place where
        something is signed (在贵阳签署) is not."""
        text = self.reading.text
        named = [
            m
            for m in self.mentions
            if m.is_region and not (text[m.start - 1 : m.start] in ("在", "于") and _VENUE.match(text, m.end))
        ]
        tiers = [
            Mention(*found.span(), regions)
            for found in _TIER.finditer(text)
            if not any(m.start < found.end() and found.start() < m.end for m in self.mentions)
            and (regions := self._tier(found, named))
        ]
        return sorted([*named, *tiers], key=lambda m: m.start)

    def _tier(self, found: re.Match[str], named: list[Mention]) -> tuple[RegionFact, ...]:
        """The region that 全省 or 该市 means: the article's own of that tier or the one it lies in, else (and first for
        该市) the last acting one that was named before. 两省 are the acting ones of that tier where there are two."""
        tier = found["tier"] or found["several"] or _OF_EACH
        facts = [f for m in named for f in m.facts if isinstance(f, RegionFact) and f.role == "subject"]
        if found["several"]:
            alike = {
                f.id: f
                for f in facts
                if f.name.endswith(tier) or (tier == "地" and f.level in _ADMINISTRATIVE)
            }
            return tuple(alike.values()) if len(alike) == _COUNT[found["count"]] else ()
        acting = {f.id for f in facts}
        before = [
            f
            for m in named
            if m.end <= found.start()
            for f in m.facts
            if f.id in acting and isinstance(f, RegionFact) and f.name.endswith(tier)
        ]
        last = before[-1] if before else None
        own = next((fact for fact in self._chain if fact.name.endswith(tier)), None)
        region = (last or own) if found["which"] == "该" else (own or last)
        return (region,) if region else ()

    @cached_property
    def _chain(self) -> list[RegionFact]:
        """The article's own region and those it lies in, the nearest first, as facts of this article."""
        scope = self.scope
        key = region_key(self.reading, scope) if scope else None
        if scope is None or key is None:
            return [scope] if scope else []
        above = [self.reading.regions.get(k) for k in self.reading.regions.ancestors(key)]
        return [
            scope,
            *(
                scope.model_copy(update={"name": r.name, "code": r.code, "level": r.level})
                for r in above
                if r.level in ("province", "prefecture", "county")
            ),
        ]

    @cached_property
    def scope(self) -> RegionFact | None:
        """The region the article is about: the most specific acting one of its title, else that of its text."""
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


def links_of(reading: Reading) -> Links:
    """The links of an article, shared by the recognisers that come after its regions and actors."""
    key = ("links", reading.subject_region, *reading.known("actors", "regions"))
    return reading.once(key, lambda: Links(reading))


def _contains(whole: Mention, part: Mention) -> bool:
    """上海青浦: the first of two adjoining regions only says where the second lies."""
    if whole.end != part.start:
        return False
    outer, inner = whole.facts[0], part.facts[0]
    if not (isinstance(outer, RegionFact) and isinstance(inner, RegionFact)):
        return False
    return inner.level != "other" and _RANK[outer.level] < _RANK[inner.level]


def _same_title(title: str, quoted: str) -> bool:
    folded = fold_words(title).strip("《》")
    return folded.endswith(quoted) or quoted.endswith(folded)
