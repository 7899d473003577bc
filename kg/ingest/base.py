"""The base: what every store holds before the first bulletin."""

from __future__ import annotations

from pyoxigraph import Quad

from kg.ingest.layers import triples
from kg.mapping.authorities import authority_quads, ontology_quads, scheme_quads
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.reasoning import closure, rule_descriptions


def base_quads() -> list[Quad]:
    """The authorities with their closure, the concept schemes, the ontology and the sentences of the rules."""
    authorities = authority_quads()
    graph, ontology = node(Graphs.AUTHORITIES_INFERRED), node(Graphs.ONTOLOGY)
    closed = [Quad(t.subject, t.predicate, t.object, graph) for t in closure(triples(authorities)).inferred]
    rules = [Quad(t.subject, t.predicate, t.object, ontology) for t in rule_descriptions()]
    return [*authorities, *closed, *scheme_quads(), *ontology_quads(), *rules]
