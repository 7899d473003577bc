"""The page of one article: its text cut where quotes begin and end, its facts by kind, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode
from rdflib import DCTERMS, RDF, URIRef

from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs
from kg.web.links import doc_of
from kg.web.quantities import quantity
from kg.web.reader import Reader, Value, plain
from kg.web.wording import Words


@dataclass(frozen=True)
class Span:
    """A quote's place: code points of the article's content, end exclusive. Its name is the anchor's."""

    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The name of the place within the page."""
        return f"q{self.start}-{self.end}"


@dataclass(frozen=True)
class Piece:
    """A run of text that the same quotes cover; ``begins`` are the quotes that begin with it."""

    text: str
    quotes: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """The page and line of the file at which a quote begins; empty where they are not known."""

    page: str = ""
    line: str = ""


@dataclass(frozen=True)
class Fact:
    """A fact or a mention as the page lists it."""

    anchor: str
    label: Value
    span: Span
    quote: str
    place: Place
    confidence: str
    doc: str
    slots: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True)
class Doubt:
    """Something of the article that was skipped or is unclear. Where no words are known, quote and span are empty."""

    anchor: str
    message: str
    severity: str
    quote: str = ""
    span: Span | None = None
    place: Place = Place()


Slot = tuple[str, URIRef]

_MENTION_KINDS: Final = {
    "region": "regions",
    "actor": "actors",
    "document": "documents",
    "programme": "programs",
    "cooperation": "cooperations",
}
_FACT_KINDS: Final = {
    node(RP.Measure): "measures",
    node(RP.Target): "targets",
    node(RP.Figure): "figures",
    node(RP.Event): "events",
    node(RP.FirstClaim): "firsts",
    node(RP.DocumentRelation): "relations",
}
_SLOTS: Final[dict[str, tuple[Slot, ...]]] = {
    "regions": (("role", RP.role), ("level", RP.statedKind), ("candidates", RP.candidate)),
    "actors": (("stated_kind", RP.statedKind), ("jurisdiction", RP.statedRegion)),
    "documents": (("stated_kind", RP.statedKind), ("issued_by", RP.statedIssuer)),
    "programs": (("stated_kind", RP.statedKind), ("lead_actor", RP.statedLead)),
    "cooperations": (
        ("cooperation_kind", RP.statedKind),
        ("parties", RP.statedParty),
        ("party_regions", RP.statedRegion),
        ("date", RP.statedDate),
        ("agreement", RP.statedAgreement),
    ),
    "measures": (
        ("instrument", RP.instrument),
        ("applies_in", RP.appliesIn),
        ("taken_by", RP.takenBy),
        ("set_out_in", RP.setOutIn),
        ("status", RP.status),
    ),
    "targets": (
        ("deadline", RP.deadline),
        ("applies_in", RP.appliesIn),
        ("set_out_in", RP.setOutIn),
    ),
    "figures": (("figure_kind", RP.figureKind), ("about", RP.about)),
    "events": (
        ("event_type", RP.eventType),
        ("date", RP.date),
        ("actor", RP.actor),
        ("about", RP.about),
    ),
    "firsts": (("scope", RP.scope), ("about", RP.about)),
    "relations": (
        ("relation_kind", RP.relationKind),
        ("about", RP.about),
        ("acting_document", RP.actingDocument),
        ("date", RP.date),
    ),
}


_ORDER: Final = (
    "cooperations", "measures", "targets", "figures", "events", "firsts",
    "relations", "documents", "programs", "actors", "regions",
)  # fmt: skip
_SEVERITIES: Final = {"violation": "doubt_violation", "warning": "doubt_warning", "info": "doubt_info"}
"""The word for each severity, the gravest first."""
_TYPE: Final = node(RDF.type)
_WITH_QUANTITY: Final = ("targets", "figures")


def cut(content: str, spans: set[Span]) -> list[list[Piece]]:
    """The content line by line, each in pieces that the same quotes cover; overlapping quotes share pieces.

    A quote that goes over a line's end goes on in the next line. Spans outside the content are cut to it.
    """
    bounds = sorted({0, len(content)} | {min(edge, len(content)) for s in spans for edge in (s.start, s.end)})
    lines: list[list[Piece]] = [[]]
    for start, end in pairwise(bounds):
        # the longest quote first, so that the innermost is drawn last
        covering = sorted(
            (s for s in spans if s.start < end and s.end > start), key=lambda s: (s.start, -s.end)
        )
        quotes = tuple(span.anchor for span in covering)
        begins = tuple(span.anchor for span in covering if span.start == start)
        for index, part in enumerate(content[start:end].split("\n")):
            if index:
                lines.append([])
            if part or begins:
                lines[-1].append(Piece(part, quotes, begins))
                begins = ()
    return lines


def facts_by_kind(reader: Reader, article_key: str) -> dict[str, list[Fact]]:
    """The article's facts and mentions by kind, what was done before who is named, each in order of the text."""
    graph = node(Graphs.article(article_key))
    found: dict[str, list[Fact]] = {kind: [] for kind in _ORDER}
    for cls, kind in _FACT_KINDS.items():
        for quad in reader.view.quads(None, _TYPE, cls, graph):
            if isinstance(quad.subject, NamedNode):
                found[kind].append(_fact(reader, quad.subject, kind))
    for quad in reader.view.quads(None, node(RP.of), None, graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            kind = _MENTION_KINDS[quad.object.value.removeprefix(ID).partition("/")[0]]
            found[kind].append(_fact(reader, quad.subject, kind, quad.object))
    return {
        kind: sorted(facts, key=lambda fact: (fact.span.start, fact.span.end, fact.anchor))
        for kind, facts in found.items()
        if facts
    }


def _fact(reader: Reader, fact: NamedNode, kind: str, entity: NamedNode | None = None) -> Fact:
    evidence = _evidence(reader, fact)
    slots = [(word, reader.all_stated(fact, predicate)) for word, predicate in _SLOTS[kind]]
    number = quantity(reader, fact) if kind in _WITH_QUANTITY else ""
    if number:
        slots.insert(0, ("value", (Value(number),)))
    cls, _, key = fact.value.removeprefix(ID).partition("/")
    return Fact(
        anchor=f"{cls}-{key.partition('/')[2]}",
        label=reader.value(entity) if entity is not None else Value(reader.label(fact), lang="zh"),
        span=_span(reader, evidence),
        quote=reader.text(evidence, RP.quote),
        place=_place(reader, evidence),
        confidence=reader.text(fact, RP.confidence),
        doc=doc_of(fact.value),
        slots=tuple((word, values) for word, values in slots if values),
    )


def _evidence(reader: Reader, fact: NamedNode) -> NamedNode:
    evidence = reader.node(fact, RP.evidence)
    assert evidence is not None, "a fact without evidence does not conform and is not loaded"
    return evidence


def _span(reader: Reader, evidence: NamedNode) -> Span:
    return Span(int(reader.text(evidence, RP.start)), int(reader.text(evidence, RP.end)))


def _place(reader: Reader, evidence: NamedNode) -> Place:
    """Page and line in the first of the bulletins that hold the article: those of two files make no place."""
    pages, lines = (
        {str(quad.graph_name): plain(quad.object) for quad in reader.view.quads(evidence, node(predicate))}
        for predicate in (RP.page, RP.line)
    )
    first = min(lines, default="")
    return Place(pages.get(first, ""), lines.get(first, ""))


def doubts_of(reader: Reader, article_key: str) -> list[Doubt]:
    """What the article leaves in doubt, the gravest first, then in order of the text.

    A doubt about a fact that was rejected since is none any more. A measure counts that neither the text nor a rule has
    given a region.
    """
    graph = node(Graphs.article(article_key))
    nodes = {quad.subject for quad in reader.view.quads(None, _TYPE, node(RP.Doubt), graph)}
    found = [
        _doubt(reader, doubt) for doubt in nodes if isinstance(doubt, NamedNode) and _stands(reader, doubt)
    ]
    for quad in reader.view.quads(None, _TYPE, node(RP.Measure), graph):
        if isinstance(quad.subject, NamedNode) and not reader.objects(quad.subject, RP.appliesIn):
            found.append(_unplaced(reader, quad.subject))
    order = list(_SEVERITIES.values())
    return sorted(found, key=lambda d: (order.index(d.severity), d.span.start if d.span else -1, d.anchor))


def _stands(reader: Reader, doubt: NamedNode) -> bool:
    about = reader.node(doubt, DCTERMS.subject)
    return about is None or reader.exists(about)


def _doubt(reader: Reader, doubt: NamedNode) -> Doubt:
    evidence = reader.node(doubt, RP.evidence)
    return Doubt(
        anchor=f"doubt-{doubt.value.rpartition('/')[2]}",
        message=reader.label(doubt),
        severity=_SEVERITIES[reader.text(doubt, RP.severity)],
        quote=reader.text(evidence, RP.quote) if evidence else "",
        span=_span(reader, evidence) if evidence else None,
        place=_place(reader, evidence) if evidence else Place(),
    )


def _unplaced(reader: Reader, measure: NamedNode) -> Doubt:
    evidence = _evidence(reader, measure)
    return Doubt(
        anchor=f"doubt-{measure.value.rpartition('/')[2]}",
        message=Words(reader.lang)("doubt_placed"),
        severity=_SEVERITIES["warning"],
        quote=reader.text(evidence, RP.quote),
        span=_span(reader, evidence),
        place=_place(reader, evidence),
    )


def text_of(reader: Reader, article: NamedNode) -> str | None:
    """The article's content, title first; None where the store does not hold it."""
    quad = next(reader.view.quads(article, node(RP.text), None, node(Graphs.TEXT)), None)
    return None if quad is None else plain(quad.object)


def spans_of(facts: dict[str, list[Fact]], doubts: list[Doubt]) -> set[Span]:
    """The places of all quotes."""
    found = {fact.span for kind in facts.values() for fact in kind}
    return found | {doubt.span for doubt in doubts if doubt.span}
