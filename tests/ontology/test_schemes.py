"""The concept schemes: the guide's keys, both languages, and the same lists wherever they are repeated."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg import model
from kg.namespaces import CONCEPT, RP, SH, concept, concept_scheme
from kg.resources import data_path

PATHS = sorted(data_path("ontology", "schemes").glob("*.ttl"))
GUIDE = {
    "level": model.Level, "role": model.Role, "actor-type": model.ActorType, "document-kind": model.DocumentKind,
    "programme-kind": model.ProgrammeKind, "instrument": model.Instrument, "status": model.Status,
    "comparator": model.Comparator, "figure-kind": model.FigureKind, "event-type": model.EventType,
    "cooperation-kind": model.CooperationKind, "first-scope": model.Scope,
    "document-relation": model.DocumentRelation,
}  # fmt: skip
SCHEMES = {
    *GUIDE,
    "function",
    "zone-kind",
    "sector",
    "target-group",
    "instrument-side",
    "resource",
    "quality",
}
COMPARATORS = {">=": "ge", "<=": "le", "=": "eq", "~": "approx"}


def everything() -> Graph:
    graph = Graph()
    for path in PATHS:
        graph.parse(path)
    return graph


ALL = everything()


def concepts(scheme: str) -> set[URIRef]:
    return {node for node in ALL.subjects(SKOS.inScheme, concept_scheme(scheme)) if isinstance(node, URIRef)}


def test_there_is_one_file_for_each_scheme() -> None:
    assert {path.stem for path in PATHS} == SCHEMES
    for path in PATHS:
        assert list(Graph().parse(path).subjects(RDF.type, SKOS.ConceptScheme)) == [concept_scheme(path.stem)]


@pytest.mark.parametrize("scheme", sorted(GUIDE))
def test_notations_are_the_keys_of_the_guide(scheme: str) -> None:
    keys = set(get_args(GUIDE[scheme]))
    assert {str(ALL.value(node, SKOS.notation)) for node in concepts(scheme)} == keys
    assert concepts(scheme) == {concept(scheme, COMPARATORS.get(key, key)) for key in keys}


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_concepts_are_named_in_both_languages_and_told_apart(scheme: str) -> None:
    for language in ("zh", "en"):
        names = [
            str(label)
            for node in concepts(scheme)
            for label in ALL.objects(node, SKOS.prefLabel)
            if isinstance(label, Literal) and label.language == language
        ]
        assert len(set(names)) == len(names) == len(concepts(scheme)) > 1
        assert all(names)
    for node in concepts(scheme):
        assert str(node).startswith(f"{CONCEPT}{scheme}/")
        assert list(ALL.objects(node, SKOS.topConceptOf)) == [concept_scheme(scheme)]
        assert (node, RDF.type, SKOS.Concept) in ALL


def test_whatever_is_explained_is_explained_in_both_languages() -> None:
    for predicate in (SKOS.definition, SKOS.note):
        for node in set(ALL.subjects(predicate, None)):
            assert sorted(
                str(t.language) for t in ALL.objects(node, predicate) if isinstance(t, Literal)
            ) == [
                "en",
                "zh",
            ]


def test_every_instrument_has_a_side_a_resource_and_a_note_on_stip() -> None:
    for node in concepts("instrument"):
        assert len(set(ALL.objects(node, SKOS.broadMatch)) & concepts("instrument-side")) == 1
        assert set(ALL.objects(node, SKOS.broadMatch)) <= concepts("instrument-side")
        resources = set(ALL.objects(node, SKOS.relatedMatch))
        assert resources and resources <= concepts("resource")
        assert any("STIP Compass" in str(note) for note in ALL.objects(node, SKOS.note))


def test_every_sector_is_anchored_in_both_classifications() -> None:
    for node in concepts("sector"):
        for note in ALL.objects(node, SKOS.note):
            assert "GB/T 4754" in str(note) and "COFOG" in str(note)


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_functions_are_those_of_the_table() -> None:
    path = data_path("ontology", "agencies", "functions.csv")
    names = {
        str(ALL.value(node, SKOS.notation)): next(
            str(x) for x in ALL.objects(node, SKOS.prefLabel) if isinstance(x, Literal) and x.language == "zh"
        )
        for node in concepts("function")
    }
    assert names == dict(zip(column(path, "key"), column(path, "name"), strict=True))


def test_zone_kinds_are_those_of_the_table() -> None:
    used = {
        concept("zone-kind", key)
        for key in column(data_path("ontology", "regions", "zones.csv"), "zone_kind")
    }
    assert used <= concepts("zone-kind")


def test_lists_in_the_shapes_are_whole_schemes() -> None:
    shapes = Graph().parse(data_path("ontology", "shapes.ttl"))
    ontology = Graph().parse(data_path("ontology", "regpol.ttl"))
    listed = list(shapes.subject_objects(SH["in"]))
    for shape, items in listed:
        scheme = ontology.value(shapes.value(shape, SH.path), RDFS.seeAlso)
        assert set(Collection(shapes, items)) == concepts(str(scheme).removeprefix(CONCEPT))
    assert {shapes.value(shape, SH.path) for shape, _ in listed} >= {
        RP.instrument,
        RP.role,
        RP.scope,
        RP.level,
    }
