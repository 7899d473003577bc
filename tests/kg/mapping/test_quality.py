"""Measured quality as DQV measurements."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import SKOS, XSD, Graph

from kg.mapping.quality import CLASSES, METRICS, quality_quads
from kg.model import GUIDE_KINDS
from kg.namespaces import CONCEPT, DQV, Graphs, concept_scheme
from kg.resources import data_path

OLD = "set,kind,articles,gold,found,hits,precision,recall,f1,labels\n"
BASE = "https://w3id.org/regpol/"


def written(folder: Path, text: str) -> Path:
    path = folder / "quality.csv"
    path.write_text(text, "utf-8")
    return path


def about(quads: list[Quad], key: str) -> dict[str, str]:
    subject = NamedNode(f"{BASE}id/{key}")
    return {
        quad.predicate.value.rpartition("/")[2]: quad.object.value
        for quad in quads
        if quad.subject == subject and isinstance(quad.object, NamedNode | Literal)
    }


def test_a_share_is_a_measurement_computed_on_the_class_of_its_kind(tmp_path: Path) -> None:
    quads = quality_quads(
        written(tmp_path, OLD + "dev-holdout,programs,14,39,37,21,0.568,0.538,0.550,0.714\n")
    )
    assert about(quads, "quality/dev-holdout/programs/f1") == {
        "22-rdf-syntax-ns#type": str(DQV.QualityMeasurement),
        "dqv#computedOn": f"{BASE}ns#Programme",
        "dqv#isMeasurementOf": f"{CONCEPT}quality/f1",
        "dqv#value": "0.55",
        "source": f"{BASE}id/annotated-set/dev-holdout",
    }
    assert about(quads, "annotated-set/dev-holdout")["title"] == "dev-holdout"
    assert about(quads, "annotated-set/dev-holdout")["extent"] == "14"
    assert {quad.graph_name for quad in quads} == {NamedNode(str(Graphs.QUALITY))}
    assert len(quads) == len(set(quads)) == 3 + 4 * 5


def test_values_are_decimals(tmp_path: Path) -> None:
    quads = quality_quads(written(tmp_path, OLD + "seed,events,19,25,25,25,1.000,1.000,1.000,1.000\n"))
    values = [quad.object for quad in quads if quad.predicate.value == str(DQV.value)]
    assert values == [Literal("1", datatype=NamedNode(str(XSD.decimal)))] * 4


def test_a_share_of_nothing_is_not_stated(tmp_path: Path) -> None:
    quads = quality_quads(written(tmp_path, OLD + "dev,firsts,3,2,0,0,0.000,0.000,0.000,0.000\n"))
    measured = {
        quad.subject.value.rpartition("/")[2]
        for quad in quads
        if isinstance(quad.subject, NamedNode) and quad.predicate.value == str(DQV.value)
    }
    assert measured == {"recall", "f1"}


def test_intervals_and_other_rules_are_metrics_where_the_file_has_them(tmp_path: Path) -> None:
    text = OLD.strip() + ",precision_low,f1_exact\nseed,events,19,25,25,20,0.8,0.8,0.8,1.0,0.71,0.6\n"
    quads = quality_quads(written(tmp_path, text))
    assert about(quads, "quality/seed/events/precision_low")["dqv#value"] == "0.71"
    assert about(quads, "quality/seed/events/f1_exact")["dqv#value"] == "0.6"


def test_without_a_file_nothing_is_measured(tmp_path: Path) -> None:
    assert quality_quads(tmp_path / "none.csv") == []


def test_every_kind_has_its_class_and_every_metric_its_concept() -> None:
    assert list(CLASSES) == list(GUIDE_KINDS)
    scheme = Graph().parse(data_path("ontology", "schemes", "quality.ttl"))
    notations = {
        str(scheme.value(node, SKOS.notation))
        for node in scheme.subjects(SKOS.inScheme, concept_scheme("quality"))
    }
    assert notations == set(METRICS)


def test_the_recorded_quality_covers_every_kind_with_shares() -> None:
    quads = quality_quads()
    values = [
        quad.object.value
        for quad in quads
        if quad.predicate.value == str(DQV.value) and isinstance(quad.object, Literal)
    ]
    measured = {quad.object.value for quad in quads if quad.predicate.value == str(DQV.computedOn)}  # type: ignore[union-attr]
    assert measured == {str(cls) for cls in CLASSES.values()}
    assert all(0 <= Decimal(value) <= 1 for value in values)
