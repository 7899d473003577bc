"""Validation: the compiled checks, each run once over the whole batch in an Oxigraph store in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from rdflib import BNode, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from kg.validation.batch import TYPE, broader_classes, schemes, with_known_regions
from kg.validation.compilation import Check, checks
from kg.validation.report import ValidationReport, ValidationResult


def validate(data: Iterable[Triple]) -> ValidationReport:
    """Check a batch of asserted triples, before any reasoning.

    The batch must hold, for whatever is to be checked, all of its statements: article graphs whole (facts, mentions,
    evidence, extraction, the article), the bulletin graph's statements about these articles, the entities that their
    facts and mentions refer to (entities graph), and the articles' rp:text, without which quotes are not compared.
    Regions of the authorities may be left out: what is referred to under ``…/id/region/`` and known to them is taken
    for a region. The concept schemes and the classes of the ontology are added here.
    """
    store = _store(data)
    return ValidationReport.of(result for check in checks() for result in _results(store, check))


def _store(data: Iterable[Triple]) -> Store:
    """The batch and its background as one default graph, rdf:type closed under rdfs:subClassOf."""
    store, broader = Store(), broader_classes()

    def quads() -> Iterator[Quad]:
        for triple in with_known_regions(data):
            yield Quad(*triple)
            if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
                for cls in broader.get(triple.object, ()):
                    yield Quad(triple.subject, TYPE, cls)
        for triple in schemes():
            yield Quad(*triple)

    store.bulk_extend(quads())
    return store


def _results(store: Store, check: Check) -> Iterator[ValidationResult]:
    solutions = store.query(check.query)
    assert isinstance(solutions, QuerySolutions)
    # A SPARQL constraint that names no value is about the focus node itself (SHACL, 5.3.2).
    told = "value" if any(variable.value == "value" for variable in solutions.variables) else "this"
    for solution in solutions:
        focus = solution["this"]
        if not check.targets or _is_target(store, focus, check):
            value = solution[told]
            yield ValidationResult.of(
                check.shape, check.component, _term(focus), None if value is None else _term(value)
            )


def _is_target(store: Store, focus: object, check: Check) -> bool:
    assert isinstance(focus, NamedNode | BlankNode)
    return any(str(quad.object) in check.targets for quad in store.quads_for_pattern(focus, TYPE, None))


def _term(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    assert isinstance(term, Literal)
    if term.language is not None:
        return RdflibLiteral(term.value, lang=term.language)
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return RdflibLiteral(term.value, datatype=None if plain else URIRef(term.datatype.value))
