"""SHACL validation of batches: what cannot be true (violations) and what is merely unknown (warnings).

The shapes stand in ``ontology/shapes.ttl``; pyshacl checks their core constraints. Their SPARQL constraints run here,
each once over the whole batch instead of once a node: the same results for a fraction of the time. Messages are read
from the shapes, where both languages stand (pyshacl drops the language of a SPARQL constraint's message).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal as OneOf

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Literal, Node

from kg.authorities import region_authority
from kg.errors import InputError
from kg.namespaces import ID, RP, SH
from kg.resources import data_path

Severity = OneOf["violation", "warning", "info"]

_REGION = ID + "region/"
_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One node that fails one check.

    ``source_shape`` is the check's own IRI (``rps:Measure-instrument``); ``path`` is the property checked, the first
    one where the path is longer, and None where the check is about the node as a whole; ``component`` is the SHACL
    constraint component.
    """

    focus_node: Node
    path: URIRef | None
    value: Node | None
    severity: Severity
    source_shape: URIRef
    component: URIRef
    message_zh: str
    message_en: str

    def order(self) -> tuple[int, str, str, str, str]:
        """A key that sorts results the same way whatever the order in which they were found."""
        value = "" if self.value is None else self.value.n3()
        return _RANK[self.severity], self.focus_node.n3(), str(self.source_shape), str(self.component), value


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results, violations first. ``conforms`` is true where nothing is violated: warnings do not count."""

    conforms: bool
    results: tuple[ValidationResult, ...]

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """What cannot be true."""
        return tuple(result for result in self.results if result.severity == "violation")

    @property
    def warnings(self) -> tuple[ValidationResult, ...]:
        """What is merely unknown."""
        return tuple(result for result in self.results if result.severity == "warning")

    def to_turtle(self) -> str:
        """The report as a sh:ValidationReport in Turtle; equal reports give equal text."""
        head = f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms {str(self.conforms).lower()}"
        return " ;\n    sh:result ".join([head, *(_turtle(result) for result in self.results)]) + " .\n"


@dataclass(frozen=True, slots=True)
class _SetCheck:
    """A SPARQL constraint to be run once: its shape, the classes it is about and its query."""

    shape: URIRef
    targets: tuple[Node, ...]
    query: Query


def validate(data: Graph) -> ValidationReport:
    """Check a batch of asserted triples, before any reasoning; the graph passed in is not changed.

    The batch must hold, for whatever is to be checked, all of its statements: article graphs whole (facts, mentions,
    evidence, extraction, the article), the bulletin graph's statements about these articles, the entities that their
    facts and mentions refer to (entities graph), and the articles' rp:text, without which quotes are not compared.
    Regions of the authorities may be left out: what is referred to under ``…/id/region/`` and known to them is taken
    for a region. The concept schemes and the classes of the ontology are added here.

    Raises InputError where the batch holds a blank node that a comparison meets.
    """
    batch = _with_background(data)
    try:
        _, found, _ = pyshacl.validate(
            batch,
            shacl_graph=_core_shapes(),
            inference="none",
            advanced=False,
            inplace=True,
            abort_on_first=False,
        )
    except ReportableRuntimeError as error:
        raise InputError(f"the data cannot be validated: {error}") from error
    assert isinstance(found, Graph)
    results = {*_core_results(found), *_set_results(batch)}
    ordered = tuple(sorted(results, key=ValidationResult.order))
    return ValidationReport(all(result.severity != "violation" for result in ordered), ordered)


# -- the graphs ---------------------------------------------------------------------------------------------------


@cache
def shapes_graph() -> Graph:
    """The shapes and the prefix table that their queries read. Shared: do not change it."""
    graph = Graph()
    for name in ("shapes.ttl", "prefixes.ttl"):
        graph.parse(data_path("ontology", name))
    return graph


@cache
def _core_shapes() -> Graph:
    """The shapes without their SPARQL constraints, which pyshacl would run once a node."""
    graph = Graph()
    constraints = set(shapes_graph().objects(None, SH.sparql))
    for triple in shapes_graph():
        if triple[1] != SH.sparql and triple[0] not in constraints:
            graph.add(triple)
    return graph


@cache
def _background() -> Graph:
    """What every batch is checked against: the class hierarchy, and which concept is in which scheme."""
    ontology, background = Graph().parse(data_path("ontology", "regpol.ttl")), Graph()
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        background.add(triple)
    for path in sorted(data_path("ontology", "schemes").glob("*.ttl")):
        for triple in Graph().parse(path).triples((None, SKOS.inScheme, None)):
            background.add(triple)
    return background


def _with_background(data: Graph) -> Graph:
    """A copy of the batch with the background, and the class of each known region that it refers to."""
    batch = Graph()
    for graph in (_background(), data):
        for triple in graph:
            batch.add(triple)
    known = region_authority()
    for term in set(data.objects(unique=True)):
        if not (isinstance(term, URIRef) and term.startswith(_REGION)):
            continue
        if (term, RDF.type, None) not in batch and known.find(term.removeprefix(_REGION)) is not None:
            batch.add((term, RDF.type, RP.Region))
    return batch


# -- results ------------------------------------------------------------------------------------------------------


def _core_results(found: Graph) -> Iterator[ValidationResult]:
    """Pyshacl's results; those inside sh:detail are parts of others and left out."""
    for node in found.objects(None, SH.result):
        shape, focus = found.value(node, SH.sourceShape), found.value(node, SH.focusNode)
        component = found.value(node, SH.sourceConstraintComponent)
        assert isinstance(shape, URIRef) and focus is not None and isinstance(component, URIRef)
        yield _result(shape, focus, found.value(node, SH.value), component)


def _set_results(batch: Graph) -> Iterator[ValidationResult]:
    for check in _set_checks():
        focus_nodes = {node for target in check.targets for node in _instances(batch, target)}
        if not focus_nodes:
            continue
        for row in batch.query(check.query):
            bound = row.asdict()  # type: ignore[union-attr]
            if bound["this"] in focus_nodes:
                yield _result(check.shape, bound["this"], bound.get("value"), SH.SPARQLConstraintComponent)


@cache
def _set_checks() -> tuple[_SetCheck, ...]:
    shapes = shapes_graph()
    prefixes = {
        str(shapes.value(declared, SH.prefix)): str(shapes.value(declared, SH.namespace))
        for declared in shapes.objects(None, SH.declare)
    }
    checks = []
    for shape, constraint in sorted(shapes.subject_objects(SH.sparql)):
        query = prepareQuery(str(shapes.value(constraint, SH.select)), initNs=prefixes)
        assert isinstance(shape, URIRef)
        checks.append(_SetCheck(shape, tuple(shapes.objects(shape, SH.targetClass)), query))
    return tuple(checks)


def _instances(batch: Graph, cls: Node) -> Iterator[Node]:
    for kind in batch.transitive_subjects(RDFS.subClassOf, cls):
        yield from batch.subjects(RDF.type, kind)


def _result(shape: URIRef, focus: Node, value: Node | None, component: URIRef) -> ValidationResult:
    path, severity, messages = _about(shape)
    return ValidationResult(focus, path, value, severity, shape, component, messages["zh"], messages["en"])


@cache
def _about(shape: URIRef) -> tuple[URIRef | None, Severity, dict[str, str]]:
    """The first property of a check's path, its severity, and its message in each language."""
    shapes = shapes_graph()
    said = [shape, *shapes.objects(shape, SH.sparql)]
    messages = {
        str(message.language): str(message)
        for node in said
        for message in shapes.objects(node, SH.message)
        if isinstance(message, Literal)
    }
    path = shapes.value(shape, SH.path)
    while path is not None and not isinstance(path, URIRef):
        path = shapes.value(path, SH.alternativePath) or Collection(shapes, path)[0]
    return path, _SEVERITIES[shapes.value(shape, SH.severity) or SH.Violation], messages


def _turtle(result: ValidationResult) -> str:
    lines = [
        "a sh:ValidationResult",
        f"sh:focusNode {result.focus_node.n3()}",
        f"sh:resultSeverity sh:{result.severity.capitalize()}",
        f"sh:sourceShape {result.source_shape.n3()}",
        f"sh:sourceConstraintComponent {result.component.n3()}",
    ]
    path = shapes_graph().value(result.source_shape, SH.path)
    if path is not None:
        lines.append(f"sh:resultPath {_path_turtle(path)}")
    if result.value is not None:
        lines.append(f"sh:value {result.value.n3()}")
    zh, en = Literal(result.message_zh, lang="zh").n3(), Literal(result.message_en, lang="en").n3()
    return "[ " + " ;\n        ".join([*lines, f"sh:resultMessage {zh} , {en}"]) + " ]"


def _path_turtle(path: Node) -> str:
    """A SHACL path as Turtle: a property, a sequence or alternatives."""
    if isinstance(path, URIRef):
        return path.n3()
    alternatives = shapes_graph().value(path, SH.alternativePath)
    if alternatives is not None:
        return f"[ sh:alternativePath {_path_turtle(alternatives)} ]"
    return f"( {' '.join(_path_turtle(step) for step in Collection(shapes_graph(), path))} )"
