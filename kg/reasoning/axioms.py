"""The OWL 2 RL axioms of the ontology, read from ``ontology/regpol.ttl``.

Only the kinds the ontology needs are known (subclass, subproperty, domain, range, inverse, symmetric,
transitive, property chains, disjointness). A kind that OWL 2 RL would draw conclusions from and this reader
does not know is refused, so that no axiom is ever left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import OWL, RDF, RDFS

from kg.errors import InputError
from kg.namespaces import RP
from kg.resources import data_path

TYPE: Final = NamedNode(str(RDF.type))
RP_NAMESPACE: Final = str(RP._NS)

_SUBCLASS: Final = NamedNode(str(RDFS.subClassOf))
_SUBPROPERTY: Final = NamedNode(str(RDFS.subPropertyOf))
_DOMAIN: Final = NamedNode(str(RDFS.domain))
_RANGE: Final = NamedNode(str(RDFS.range))
_LABEL: Final = NamedNode(str(RDFS.label))
_INVERSE: Final = NamedNode(str(OWL.inverseOf))
_CHAIN: Final = NamedNode(str(OWL.propertyChainAxiom))
_DISJOINT: Final = NamedNode(str(OWL.disjointWith))
_ALL_DISJOINT: Final = NamedNode(str(OWL.AllDisjointClasses))
_MEMBERS: Final = NamedNode(str(OWL.members))
_SYMMETRIC: Final = NamedNode(str(OWL.SymmetricProperty))
_TRANSITIVE: Final = NamedNode(str(OWL.TransitiveProperty))
_FIRST: Final = NamedNode(str(RDF.first))
_REST: Final = NamedNode(str(RDF.rest))
_NIL: Final = NamedNode(str(RDF.nil))

# Kinds of axiom from which OWL 2 RL infers instance triples or contradictions, unknown to the engine.
_UNKNOWN: Final = frozenset(
    NamedNode(str(OWL[name]))
    for name in (
        "equivalentClass",
        "equivalentProperty",
        "sameAs",
        "differentFrom",
        "hasKey",
        "oneOf",
        "intersectionOf",
        "unionOf",
        "complementOf",
        "someValuesFrom",
        "allValuesFrom",
        "hasValue",
        "maxCardinality",
        "maxQualifiedCardinality",
        "propertyDisjointWith",
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "AsymmetricProperty",
        "IrreflexiveProperty",
        "AllDisjointProperties",
        "AllDifferent",
        "NegativePropertyAssertion",
    )
)

Pairs = frozenset[tuple[NamedNode, NamedNode]]


@dataclass(frozen=True)
class Axioms:
    """The axioms as pairs (narrower, broader), (property, class) and so on.

    ``inverse`` holds both directions. ``chains`` are (conclusion, steps). ``labels`` are the rdfs:label of
    each term by language tag.
    """

    subclass: Pairs
    subproperty: Pairs
    domain: Pairs
    range: Pairs
    inverse: Pairs
    symmetric: frozenset[NamedNode]
    transitive: frozenset[NamedNode]
    chains: tuple[tuple[NamedNode, tuple[NamedNode, ...]], ...]
    disjoint: Pairs
    labels: dict[NamedNode, dict[str, str]]


def is_ours(term: object) -> bool:
    """Whether a term is an IRI of the ``rp:`` namespace."""
    return isinstance(term, NamedNode) and term.value.startswith(RP_NAMESPACE)


def read_axioms(path: Path) -> Axioms:
    """The axioms of a Turtle file. Raises InputError where it holds an axiom of an unknown kind."""
    return compile_axioms(
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in parse(path=path, format=RdfFormat.TURTLE)
    )


@cache
def ontology_axioms() -> Axioms:
    """The axioms of the project's own ontology; the alignments are never reasoned over."""
    return read_axioms(data_path("ontology", "regpol.ttl"))


def compile_axioms(triples: Iterable[Triple]) -> Axioms:
    """The axioms among the triples. Raises InputError for an axiom of an unknown kind or a broken list."""
    terms = _Terms(triples)
    terms.refuse_unknown()
    inverse = set(terms.pairs(_INVERSE))
    return Axioms(
        subclass=frozenset(pair for pair in terms.pairs(_SUBCLASS) if pair[0] != pair[1]),
        subproperty=frozenset(pair for pair in terms.pairs(_SUBPROPERTY) if pair[0] != pair[1]),
        domain=frozenset(terms.pairs(_DOMAIN)),
        range=frozenset(terms.pairs(_RANGE)),
        inverse=frozenset(inverse | {(q, p) for p, q in inverse}),
        symmetric=frozenset(terms.of_type(_SYMMETRIC)),
        transitive=frozenset(terms.of_type(_TRANSITIVE)),
        chains=tuple(sorted(terms.chains(), key=str)),
        disjoint=frozenset(terms.disjoint()),
        labels=terms.labels(),
    )


class _Terms:
    """The triples of an ontology by predicate and subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_predicate: dict[NamedNode, list[tuple[object, object]]] = {}
        for triple in triples:
            self._by_predicate.setdefault(triple.predicate, []).append((triple.subject, triple.object))

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
        for subject, value in self._by_predicate.get(predicate, ()):
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                yield subject, value

    def of_type(self, cls: NamedNode) -> Iterator[NamedNode]:
        return (subject for subject, value in self.pairs(TYPE) if value == cls)

    def chains(self) -> Iterator[tuple[NamedNode, tuple[NamedNode, ...]]]:
        for subject, head in self._by_predicate.get(_CHAIN, ()):
            if isinstance(subject, NamedNode):
                yield subject, tuple(self._list(head))

    def disjoint(self) -> Iterator[tuple[NamedNode, NamedNode]]:
        for a, b in self.pairs(_DISJOINT):
            yield (a, b) if a.value < b.value else (b, a)
        groups = [subject for subject, value in self._by_predicate.get(TYPE, ()) if value == _ALL_DISJOINT]
        for subject, head in self._by_predicate.get(_MEMBERS, ()):
            if subject in groups:
                members = sorted(self._list(head), key=str)
                yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])

    def labels(self) -> dict[NamedNode, dict[str, str]]:
        found: dict[NamedNode, dict[str, str]] = {}
        for subject, value in self._by_predicate.get(_LABEL, ()):
            if isinstance(subject, NamedNode) and isinstance(value, Literal):
                found.setdefault(subject, {})[value.language or ""] = value.value
        return found

    def refuse_unknown(self) -> None:
        types = {value for _, value in self._by_predicate.get(TYPE, ()) if isinstance(value, NamedNode)}
        unknown = sorted(term.value for term in _UNKNOWN & (self._by_predicate.keys() | types))
        if unknown:
            raise InputError(f"the ontology uses axioms the reasoner does not know: {', '.join(unknown)}")

    def _list(self, head: object) -> Iterator[NamedNode]:
        firsts = dict(self._by_predicate.get(_FIRST, ()))
        rests = dict(self._by_predicate.get(_REST, ()))
        while head != _NIL:
            step = firsts.get(head)
            if not isinstance(head, BlankNode) or not isinstance(step, NamedNode):
                raise InputError("an RDF list in the ontology is broken or holds something else than IRIs")
            yield step
            head = rests.get(head)
