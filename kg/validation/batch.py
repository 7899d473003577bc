"""The data graph that shapes are checked against: the triples given, and what they need of ontology and authorities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import RDF, RDFS, SKOS

from kg.authorities import region_authority
from kg.namespaces import ID, RP
from kg.resources import data_path

TYPE = NamedNode(str(RDF.type))

_REGION = ID + "region/"
_REGION_CLASS = NamedNode(str(RP.Region))
_SUBCLASS = NamedNode(str(RDFS.subClassOf))
_IN_SCHEME = NamedNode(str(SKOS.inScheme))


def with_known_regions(data: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, and for each region of the authorities that they refer to without typing it, its class."""
    typed: set[object] = set()
    named: set[NamedNode] = set()
    for triple in data:
        yield triple
        if triple.predicate == TYPE:
            typed.add(triple.subject)
        elif isinstance(triple.object, NamedNode) and triple.object.value.startswith(_REGION):
            named.add(triple.object)
    known = region_authority()
    for region in named - typed:
        if known.find(region.value.removeprefix(_REGION)) is not None:
            yield Triple(region, TYPE, _REGION_CLASS)


@cache
def schemes() -> tuple[Triple, ...]:
    """Which concept is in which scheme."""
    return tuple(
        quad.triple
        for path in sorted(data_path("ontology", "schemes").glob("*.ttl"))
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if quad.predicate == _IN_SCHEME
    )


@cache
def subclasses() -> tuple[Triple, ...]:
    """The class hierarchy of the ontology, as asserted."""
    quads = parse(path=data_path("ontology", "regpol.ttl"), format=RdfFormat.TURTLE)
    return tuple(quad.triple for quad in quads if quad.predicate == _SUBCLASS)


@cache
def broader_classes() -> dict[NamedNode, frozenset[NamedNode]]:
    """For each class of the ontology all classes above it."""
    direct: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for triple in subclasses():
        assert isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
        direct[triple.subject].add(triple.object)

    def above(cls: NamedNode) -> Iterator[NamedNode]:
        for broader in direct.get(cls, ()):
            yield broader
            yield from above(broader)

    return {cls: frozenset(above(cls)) for cls in list(direct)}
