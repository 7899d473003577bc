"""Pages of regions, actors, documents, programmes and cooperations: what is known of each, by table.

A new property or section is one line in ``PROPERTIES`` or ``SECTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode
from rdflib import DCTERMS, RDF, SKOS, URIRef

from kg.mapping.terms import node
from kg.namespaces import ID, RP
from kg.web.links import explanation_of
from kg.web.quantities import quantity
from kg.web.reader import Reader, Value, language_of, nodes, plain

MOST_ROWS: Final = 200

Cell = tuple[Value, ...]
Find = Callable[[Reader, NamedNode], Iterable[NamedNode]]
Show = Callable[[Reader, NamedNode], Cell]


@dataclass(frozen=True)
class Section:
    """A table on a page: keys of its heading and columns, rows of cells, and how many rows there are in all."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


@dataclass(frozen=True)
class Entity:
    """All that a page shows of one thing."""

    iri: str
    cls: str
    names: dict[str, str]
    other_names: tuple[str, ...]
    properties: tuple[tuple[str, Cell], ...]
    sections: tuple[Section, ...]


def describe(reader: Reader, entity: NamedNode) -> Entity:
    """What the view holds of an entity."""
    cls = class_of(entity)
    properties = [(word, reader.all_stated(entity, predicate)) for word, predicate in PROPERTIES[cls]]
    sections = [_section(reader, entity, heading, kind, find) for heading, kind, find in SECTIONS[cls]]
    if cls in ("region", "actor"):
        place = next(i for i, section in enumerate(sections) if section.heading == "cooperations")
        sections.insert(place + 1, _ties(reader, entity))
    else:
        sections.append(_quotes(reader, entity))
    return Entity(
        iri=entity.value,
        cls=cls,
        names=reader.names(entity),
        other_names=tuple(plain(quad.object) for quad in reader.objects(entity, SKOS.altLabel)),
        properties=tuple((word, values) for word, values in properties if values),
        sections=tuple(section for section in sections if section.rows),
    )


def class_of(term: NamedNode) -> str:
    """The class in a data IRI: region, measure, …"""
    return term.value.removeprefix(ID).partition("/")[0]


def _section(reader: Reader, entity: NamedNode, heading: str, kind: str, find: Find) -> Section:
    columns = COLUMNS[kind]
    found = list(find(reader, entity))
    rows = [tuple(show(reader, item) for _, show in columns) for item in found[:MOST_ROWS]]
    return Section(heading, tuple(word for word, _ in columns), tuple(rows), len(found))


def _of(predicate: URIRef, cls: str | None = None) -> Find:
    """What has the entity as its value, of one class of IRI where given."""

    def find(reader: Reader, entity: NamedNode) -> list[NamedNode]:
        return [term for term in reader.subjects(predicate, entity) if cls in (None, class_of(term))]

    return find


def _its(predicate: URIRef) -> Find:
    return lambda reader, entity: nodes(quad.object for quad in reader.objects(entity, predicate))


def _targets(predicate: URIRef) -> Find:
    """Targets by deadline, those without one last."""
    find = _of(predicate, "target")
    return lambda reader, entity: sorted(
        find(reader, entity), key=lambda target: (reader.text(target, RP.deadlineDay) or "9", target.value)
    )


def _naming_articles(reader: Reader, entity: NamedNode) -> list[NamedNode]:
    mentions = reader.subjects(RP.of, entity)
    found = {article for mention in mentions for article in _articles(reader, mention)}
    return sorted(found, key=lambda article: article.value)


def _articles(reader: Reader, fact: NamedNode) -> list[NamedNode]:
    evidence = nodes(quad.object for quad in reader.objects(fact, RP.evidence))
    return [article for found in evidence if (article := reader.node(found, RP.inArticle)) is not None]


def _parts(reader: Reader, region: NamedNode) -> list[NamedNode]:
    """The regions directly within it, those that are no more last."""
    return sorted(
        reader.subjects(RP.partOf, region), key=lambda part: (reader.text(part, RP.validTo), part.value)
    )


def _issued(reader: Reader, region: NamedNode) -> list[NamedNode]:
    """Documents that the region or one of its bodies issued."""
    issuers = [region, *reader.subjects(RP.jurisdiction, region)]
    found = {document for issuer in issuers for document in reader.subjects(RP.issuedBy, issuer)}
    return sorted(found, key=lambda document: document.value)


def _relations(reader: Reader, document: NamedNode) -> list[NamedNode]:
    """What is done to the document, then what it does to others."""
    return [*_of(RP.about, "relation")(reader, document), *reader.subjects(RP.actingDocument, document)]


def _itself(reader: Reader, item: NamedNode) -> Cell:
    return (reader.value(item),)


def _by(predicate: URIRef) -> Show:
    return lambda reader, item: reader.all_stated(item, predicate)


def _article(reader: Reader, item: NamedNode) -> Cell:
    return tuple(reader.value(article) for article in _articles(reader, item)[:1])


def _quantity(reader: Reader, item: NamedNode) -> Cell:
    text = quantity(reader, item)
    return (Value(text, lang=language_of(text)),) if text else ()


PROPERTIES: Final[dict[str, tuple[tuple[str, URIRef], ...]]] = {
    "region": (
        ("code", RP.code), ("level", RP.level), ("zone_kind", RP.zoneKind), ("part_of", RP.partOf),
        ("member_of", RP.memberOf), ("spans", RP.spans), ("valid_from", RP.validFrom),
        ("valid_to", RP.validTo), ("replaced_by", DCTERMS.isReplacedBy), ("candidates", RP.candidate),
    ),
    "actor": (
        ("actor_type", RP.actorType), ("function", RP.function), ("jurisdiction", RP.jurisdiction),
        ("level", RP.actorLevel), ("parent_actor", RP.parentActor), ("lead_actor", RP.lead),
    ),
    "document": (("document_kind", RP.documentKind), ("issued_by", RP.issuedBy)),
    "programme": (
        ("programme_kind", RP.programmeKind), ("lead_actor", RP.lead), ("participants", RP.participant),
    ),
    "cooperation": (
        ("cooperation_kind", RP.cooperationKind), ("subject", RP.subject), ("date", RP.date),
        ("parties", RP.party), ("party_regions", RP.partyRegion), ("agreement", RP.agreement),
        ("crosses", RP.crosses), ("covers", RP.coversAllOf), ("through_zone", RP.throughZone),
    ),
}  # fmt: skip
"""The properties of each class, in the order of the page."""

COLUMNS: Final[dict[str, tuple[tuple[str, Show], ...]]] = {
    "article": (("article", _itself), ("published", _by(RP.date))),
    "measure": (
        ("measure", _itself), ("instrument", _by(RP.instrument)), ("applies_in", _by(RP.appliesIn)),
        ("status", _by(RP.status)), ("article", _article),
    ),
    "target": (
        ("deadline", _by(RP.deadline)), ("target", _itself), ("value", _quantity),
        ("applies_in", _by(RP.appliesIn)), ("article", _article),
    ),
    "figure": (("figure", _itself), ("value", _quantity), ("article", _article)),
    "event": (
        ("date", _by(RP.date)), ("event", _itself), ("event_type", _by(RP.eventType)), ("article", _article),
    ),
    "cooperation": (
        ("cooperation_kind", _by(RP.cooperationKind)), ("cooperation", _itself), ("parties", _by(RP.party)),
        ("date", _by(RP.date)),
    ),
    "document": (
        ("document", _itself), ("document_kind", _by(RP.documentKind)), ("issued_by", _by(RP.issuedBy)),
    ),
    "relation": (
        ("relation_kind", _by(RP.relationKind)), ("document", _by(RP.about)),
        ("acting_document", _by(RP.actingDocument)), ("date", _by(RP.date)), ("article", _article),
    ),
    "programme": (("programme", _itself), ("programme_kind", _by(RP.programmeKind))),
    "actor": (("actor", _itself), ("actor_type", _by(RP.actorType))),
    "region": (
        ("region", _itself), ("level", _by(RP.level)), ("code", _by(RP.code)), ("valid_to", _by(RP.validTo)),
    ),
}  # fmt: skip
"""The columns of a table of each class of thing."""

SECTIONS: Final[dict[str, tuple[tuple[str, str, Find], ...]]] = {
    "region": (
        ("articles_about", "article", _of(RP.aboutRegion)),
        ("measures", "measure", _of(RP.appliesIn, "measure")),
        ("targets", "target", _targets(RP.appliesIn)),
        ("cooperations", "cooperation", _of(RP.partyRegion)),
        ("documents", "document", _issued),
        ("agencies", "actor", _of(RP.jurisdiction)),
        ("members", "region", _of(RP.memberOf)),
        ("places_within", "region", _parts),
    ),
    "actor": (
        ("articles_naming", "article", _naming_articles),
        ("measures", "measure", _of(RP.takenBy, "measure")),
        ("documents", "document", _of(RP.issuedBy)),
        ("cooperations", "cooperation", _of(RP.party)),
        ("events", "event", _of(RP.actor, "event")),
        ("kind_programs", "programme", _of(RP.lead)),
        ("agencies", "actor", _of(RP.parentActor)),
    ),
    "document": (
        ("measures", "measure", _of(RP.setOutIn, "measure")),
        ("targets", "target", _targets(RP.setOutIn)),
        ("cooperations", "cooperation", _of(RP.agreement)),
        ("kind_relations", "relation", _relations),
        ("events", "event", _of(RP.about, "event")),
        ("figures", "figure", _of(RP.about, "figure")),
    ),
    "programme": (
        ("events", "event", _of(RP.about, "event")),
        ("figures", "figure", _of(RP.about, "figure")),
    ),
    "cooperation": (
        ("measures", "measure", _its(RP.hasMeasure)),
        ("events", "event", _of(RP.about, "event")),
        ("figures", "figure", _of(RP.about, "figure")),
    ),
}
"""The tables of each class: heading, class of the rows, and where the rows come from."""


def _ties(reader: Reader, entity: NamedNode) -> Section:
    """Inferred ties, one row for a partner and a kind of tie, each with the way to its explanation."""
    predicate = node(RP.cooperatesWith)
    pairs: dict[tuple[str, str], tuple[NamedNode, NamedNode | None, set[NamedNode]]] = {}
    for reason in reader.subjects(RDF.subject, entity):
        partner = reader.node(reason, RDF.object)
        if partner is None or reader.node(reason, RDF.predicate) != predicate:
            continue
        for premise in nodes(quad.object for quad in reader.objects(reason, RP.premise)):
            if class_of(premise) == "cooperation":
                kind = reader.node(premise, RP.cooperationKind)
                key = ("" if kind is None else kind.value, partner.value)
                pairs.setdefault(key, (partner, kind, set()))[2].add(premise)
    rows = []
    for _, (partner, kind, pacts) in sorted(pairs.items()):
        why = explanation_of(entity, predicate, partner)
        shown = tuple(reader.value(pact) for pact in sorted(pacts, key=lambda pact: pact.value))
        kinds = () if kind is None else (reader.value(kind),)
        rows.append((kinds, (reader.value(partner, why=why, mark="inferred"),), shown))
    columns = ("cooperation_kind", "partner", "cooperation")
    return Section("inferred_ties", columns, tuple(rows[:MOST_ROWS]), len(rows))


def _quotes(reader: Reader, entity: NamedNode) -> Section:
    """The quotes behind an entity, in order of article and place."""
    found = []
    for evidence in nodes(quad.object for quad in reader.objects(entity, RP.evidence)):
        article = reader.node(evidence, RP.inArticle)
        if article is not None:
            found.append((article, int(reader.text(evidence, RP.start) or 0), evidence))
    found.sort(key=lambda item: (item[0].value, item[1]))
    rows = tuple(
        ((_quote(reader, evidence),), (reader.value(article),)) for article, _, evidence in found[:MOST_ROWS]
    )
    return Section("quotes", ("quote", "article"), rows, len(found))


def _quote(reader: Reader, evidence: NamedNode) -> Value:
    """A quote that leads to its place in the text."""
    return Value(reader.text(evidence, RP.quote), reader.value(evidence).href, lang="zh")
