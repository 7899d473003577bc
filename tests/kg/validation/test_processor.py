"""Every check of the shapes has a mutant that fails it alone; the report is a function of the batch."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

from kg.mapping.authorities import authority_quads
from kg.namespaces import ID, RP, SH, SHAPE, concept
from kg.validation import ValidationReport, ValidationResult, reference, shapes_graph
from kg.validation import validate as validate_triples

FILES = Path(__file__).parents[2] / "shapes"
MUTANTS = sorted(FILES.glob("*/violates-*.ttl"))
CONFORMING = sorted(FILES.glob("*/conforms-*.ttl"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def check_of(path: Path) -> URIRef:
    """The check that a mutant fails: ``Measure/violates-instrument--two.ttl`` fails ``rps:Measure-instrument``."""
    return URIRef(f"{SHAPE}{path.parent.name}-{path.stem.removeprefix('violates-').split('--')[0]}")


@cache
def common() -> Graph:
    return Graph().parse(FILES / "common.ttl")


def read(path: Path) -> Graph:
    graph = Graph().parse(path)
    for triple in common():
        graph.add(triple)
    return graph


def triples(graph: Graph) -> set[Triple]:
    return {quad.triple for quad in parse(graph.serialize(format="nt"), RdfFormat.N_TRIPLES)}


def validate(graph: Graph) -> ValidationReport:
    return validate_triples(triples(graph))


def shapes_failed(report: ValidationReport) -> set[URIRef]:
    return {result.source_shape for result in report.results}


@pytest.mark.parametrize("path", CONFORMING, ids=name_of)
def test_what_conforms_has_no_results(path: Path) -> None:
    report = validate(read(path))
    assert (report.conforms, report.results) == (True, ())


@pytest.mark.parametrize("path", MUTANTS, ids=name_of)
def test_a_mutant_fails_its_check_alone_with_its_message(path: Path) -> None:
    severity, zh, en = (line.removeprefix("# ") for line in path.read_text(encoding="utf-8").splitlines()[:3])
    report = validate(read(path))
    assert shapes_failed(report) == {check_of(path)}
    assert {(r.severity, r.message_zh, r.message_en) for r in report.results} == {(severity, zh, en)}
    assert report.conforms is (severity == "warning")


def test_every_check_has_a_mutant_and_every_node_shape_a_conforming_graph() -> None:
    shapes = shapes_graph()
    told = {node for node, _ in shapes.subject_objects(SH.message)}
    checks = {shapes.value(None, SH.sparql, node) or node for node in told}
    assert checks == {check_of(path) for path in MUTANTS}
    holders = {str(s).removeprefix(SHAPE) for s in shapes.subjects(RDF.type, SH.NodeShape) if s not in checks}
    parts = {str(node).removeprefix(SHAPE) for node in shapes.objects(None, SH.node)}
    assert holders - parts - {path.parent.name for path in CONFORMING} == set()


def comparable(result: ValidationResult) -> ValidationResult:
    """The result with a decimal written as Oxigraph writes it: rdflib keeps 100.0, Oxigraph says 100."""
    value = result.value
    if isinstance(value, Literal) and value.datatype == XSD.decimal:
        value = Literal(f"{float(value):g}", datatype=XSD.decimal)
    return replace(result, value=value)


@pytest.mark.parametrize("path", [*MUTANTS, *CONFORMING], ids=name_of)
def test_the_results_are_those_of_pyshacl(path: Path) -> None:
    data = triples(read(path))
    ours, theirs = validate_triples(data), reference.validate(data)
    assert {comparable(r) for r in ours.results} == {comparable(r) for r in theirs.results}
    assert ours.conforms == theirs.conforms


def test_the_report_is_a_function_of_the_batch() -> None:
    graphs = [read(path) for path in MUTANTS[::10]]
    merged, backwards = Graph(), Graph()
    statements = sorted({triple for graph in graphs for triple in graph})
    for statement in statements:
        merged.add(statement)
    for statement in reversed(statements):
        backwards.add(statement)
    report = validate(merged)
    assert report.results == validate(backwards).results
    assert report.to_turtle() == validate(backwards).to_turtle()
    assert list(report.results) == sorted(report.results, key=lambda result: result.order())


@pytest.mark.parametrize("mutant", ["Measure/violates-status", "Evidence/violates-offset", "Programme/violates-participant",
                                    "FirstClaim/violates-word"])  # fmt: skip
def test_the_turtle_of_a_report_is_a_shacl_report(mutant: str) -> None:
    report = validate(read(FILES / f"{mutant}.ttl"))
    graph = Graph().parse(data=report.to_turtle())
    root = graph.value(None, RDF.type, SH.ValidationReport)
    assert root is not None and graph.value(root, SH.conforms) == Literal(report.conforms)
    results = list(graph.objects(root, SH.result))
    assert len(results) == len(report.results) > 0
    for node in results:
        assert {m.language for m in graph.objects(node, SH.resultMessage) if isinstance(m, Literal)} == {
            "zh",
            "en",
        }
        shape = graph.value(node, SH.sourceShape)
        assert (graph.value(node, SH.resultPath) is None) == ((shape, SH.path, None) not in shapes_graph())


def test_a_longer_path_is_told_by_its_first_property() -> None:
    programme = validate(read(FILES / "Programme/violates-participant.ttl")).results
    claim = validate(read(FILES / "FirstClaim/violates-word.ttl")).results
    assert [result.path for result in (*programme, *claim)] == [RP.lead, RP.evidence]


def measure_in(region: URIRef) -> Graph:
    graph = read(FILES / "Measure" / "conforms-all.ttl")
    graph.add((URIRef(ID + "measure/a/x"), RP.appliesIn, region))
    return graph


def test_regions_of_the_authorities_need_no_statements_in_the_batch() -> None:
    assert validate(measure_in(URIRef(ID + "region/310000"))).results == ()


def test_a_region_may_come_with_its_statements_and_without_its_parent() -> None:
    graph = measure_in(URIRef(ID + "region/310115"))
    lines = (
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in authority_quads()
        if "310115>" in str(quad.subject)
    )
    graph.parse(data="\n".join(lines), format="nt")
    assert (URIRef(ID + "region/310115"), RDF.type, RP.AdministrativeRegion) in graph
    assert validate(graph).results == ()


def test_a_region_that_nobody_knows_is_refused() -> None:
    report = validate(measure_in(URIRef(ID + "region/999999")))
    assert shapes_failed(report) == {URIRef(SHAPE + "Placed-region")}
    assert [result.value for result in report.violations] == [URIRef(ID + "region/999999")]


def test_a_day_that_no_calendar_has_is_refused() -> None:
    text = (
        (FILES / "Event" / "conforms-all.ttl").read_text(encoding="utf-8").replace("2020-08-20", "2021-02-30")
    )
    graph = Graph().parse(data=text)
    for triple in common():
        graph.add(triple)
    assert shapes_failed(validate(graph)) == {URIRef(SHAPE + "Dated-date"), URIRef(SHAPE + "Dated-day")}


@pytest.mark.parametrize(("start", "failed"), [(2, set[str]()), (3, {"Evidence-offset"})])
def test_offsets_count_code_points(start: int, failed: set[str]) -> None:
    graph = read(FILES / "Article" / "conforms-all.ttl")
    article, evidence = URIRef(ID + "article/x"), URIRef(ID + "evidence/x")
    graph.set((article, RP.text, Literal("𠮷\n站点启用")))
    graph.add((evidence, RDF.type, RP.Evidence))
    graph.add((evidence, RP.inArticle, article))
    graph.add((evidence, RP.quote, Literal("站点")))
    graph.add((evidence, RP.start, Literal(start)))
    graph.add((evidence, RP.end, Literal(start + 2)))
    assert shapes_failed(validate(graph)) == {URIRef(SHAPE + name) for name in failed}


def test_a_blank_node_where_numbers_are_compared_fails_the_comparison() -> None:
    graph = read(FILES / "Evidence" / "conforms-all.ttl")
    graph.set((URIRef(ID + "evidence/a/x"), RP.start, BNode()))
    assert shapes_failed(validate(graph)) == {
        URIRef(SHAPE + "Evidence-start"),
        URIRef(SHAPE + "Evidence-order"),
    }


def test_a_concept_that_no_scheme_holds_is_refused() -> None:
    graph = read(FILES / "Actor" / "conforms-all.ttl")
    graph.add((URIRef(ID + "actor/x"), RP.function, concept("function", "astrology")))
    assert shapes_failed(validate(graph)) == {URIRef(SHAPE + "Actor-function")}
