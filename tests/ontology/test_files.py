"""Alignments, prefixes, shapes and the README keep step with the ontology and the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.mapping.authorities import authority_quads
from kg.namespaces import PREFIXES, RP, SH
from kg.resources import data_path
from kg.validation import validate

ROOT = Path(__file__).parent.parent.parent
NS = str(RP._NS)
FILES = sorted(data_path("ontology").rglob("*.ttl"))
TERMS = {NS + name for name in RP.__annotations__ if not name.startswith("_")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_parses_and_uses_declared_terms_alone(path: Path) -> None:
    graph = Graph().parse(path)
    used = {
        str(term) for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(NS)
    }
    assert len(graph) > 3
    assert used <= TERMS


def test_the_prefix_table_is_that_of_the_code() -> None:
    graph = Graph().parse(data_path("ontology", "prefixes.ttl"))
    declared = [
        (str(graph.value(n, SH.prefix)), str(graph.value(n, SH.namespace)))
        for n in graph.objects(None, SH.declare)
    ]
    assert len(declared) == len(PREFIXES)
    assert dict(declared) == PREFIXES


def test_alignments_lead_from_our_terms_to_outside_ones() -> None:
    graph = Graph().parse(data_path("ontology", "alignments.ttl"))
    ontology = Graph().parse(data_path("ontology", "regpol.ttl"))
    header = graph.value(None, RDF.type, OWL.Ontology)
    links = [triple for triple in graph if triple[0] != header]
    assert len(links) > 60
    for term, link, outside in links:
        assert str(term) in TERMS and not str(outside).startswith(NS)
        kind = ontology.value(term, RDF.type)
        allowed = RDFS.subClassOf if kind == OWL.Class else RDFS.subPropertyOf
        assert link in (allowed, SKOS.closeMatch)


def test_every_message_of_the_shapes_stands_in_both_languages() -> None:
    graph = Graph().parse(data_path("ontology", "shapes.ttl"))
    for node in set(graph.subjects(SH.message, None)):
        messages = [text for text in graph.objects(node, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in messages) == ["en", "zh"]
    texts = [str(text) for text in graph.objects(None, SH.message)]
    assert not [text for text in texts if "违规" in text or "对口" in text]


def test_severities_are_violation_or_warning_and_stand_where_they_count() -> None:
    graph = Graph().parse(data_path("ontology", "shapes.ttl"))
    assert set(graph.objects(None, SH.severity)) == {SH.Warning}
    for node in graph.subjects(SH.severity, None):
        assert isinstance(node, URIRef)


@pytest.mark.parametrize("script", ["ontology_readme.py", "function_scheme.py"])
def test_what_is_written_by_a_script_is_current(script: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_lists_every_term() -> None:
    text = data_path("ontology", "README.md").read_text(encoding="utf-8")
    assert [term for term in TERMS if f"\n| `{term.removeprefix(NS)}` |" not in text] == []


def test_the_authorities_conform() -> None:
    report = validate(quad.triple for quad in authority_quads())
    assert (report.conforms, report.results) == (True, ())
