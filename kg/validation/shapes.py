"""The shapes: what ``ontology/shapes.ttl`` says, and the words in which each check tells its result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal as OneOf

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from kg.namespaces import SH
from kg.resources import data_path

Severity = OneOf["violation", "warning", "info"]

_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a check says of its results.

    ``path`` is the property checked, the first one where the path is longer; None where the check is about the node
    as a whole.
    """

    path: URIRef | None
    severity: Severity
    message_zh: str
    message_en: str


@cache
def shapes_graph() -> Graph:
    """The shapes and the prefix table that their queries read. Shared: do not change it."""
    graph = Graph()
    for name in ("shapes.ttl", "prefixes.ttl"):
        graph.parse(data_path("ontology", name))
    return graph


@cache
def wording(shape: URIRef) -> Wording:
    """What the check with this IRI says of its results."""
    shapes = shapes_graph()
    messages = {
        str(message.language): str(message)
        for node in (shape, *shapes.objects(shape, SH.sparql))
        for message in shapes.objects(node, SH.message)
        if isinstance(message, Literal)
    }
    severity = _SEVERITIES[shapes.value(shape, SH.severity) or SH.Violation]
    return Wording(_first_property(shapes.value(shape, SH.path)), severity, messages["zh"], messages["en"])


def path_turtle(path: Node) -> str:
    """A SHACL path as Turtle: a property, a sequence or alternatives."""
    if isinstance(path, URIRef):
        return path.n3()
    alternatives = shapes_graph().value(path, SH.alternativePath)
    if alternatives is not None:
        return f"[ sh:alternativePath {path_turtle(alternatives)} ]"
    return f"( {' '.join(path_turtle(step) for step in Collection(shapes_graph(), path))} )"


def path_sparql(path: Node) -> str:
    """A SHACL path as a SPARQL property path."""
    if isinstance(path, URIRef):
        return path.n3()
    alternatives = shapes_graph().value(path, SH.alternativePath)
    steps = Collection(shapes_graph(), path if alternatives is None else alternatives)
    return ("/" if alternatives is None else "|").join(path_sparql(step) for step in steps)


def _first_property(path: Node | None) -> URIRef | None:
    while path is not None and not isinstance(path, URIRef):
        shapes = shapes_graph()
        path = shapes.value(path, SH.alternativePath) or Collection(shapes, path)[0]
    return path
