"""The ontology: every term named and explained in both languages, and nothing that OWL 2 RL does not know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.namespaces import CONCEPT, RP
from kg.resources import data_path

GRAPH = Graph().parse(data_path("ontology", "regpol.ttl"))
NS = str(RP._NS)
IRI = URIRef(NS.removesuffix("#"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
TERMS = sorted(
    {s for kind in KINDS for s in GRAPH.subjects(RDF.type, kind) if str(s).startswith(NS)}, key=str
)

RL_TYPES = {
    OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
    OWL.TransitiveProperty, OWL.SymmetricProperty,
}  # fmt: skip
RL_AXIOMS = {
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.propertyChainAxiom,
    OWL.disjointWith,
}  # fmt: skip
RL_DATATYPES = {
    XSD.string,
    XSD.decimal,
    XSD.boolean,
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.positiveInteger,
}
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso}


def local(term: Node) -> str:
    return str(term).removeprefix(NS)


def vocabulary() -> set[str]:
    """The terms of rp: that the code knows."""
    return {name for name in RP.__annotations__ if not name.startswith("_")}


def test_ontology_and_code_know_the_same_terms() -> None:
    assert {local(term) for term in TERMS} == vocabulary()


def test_nothing_undeclared_of_ours_is_used() -> None:
    used = {term for triple in GRAPH for term in triple if isinstance(term, URIRef) and term.startswith(NS)}
    assert used - set(TERMS) == set()


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_a_term_is_named_explained_and_placed(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        texts = [text for text in GRAPH.objects(term, predicate) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "zh"]
        assert all(str(text).strip() == str(text) != "" for text in texts)
    assert list(GRAPH.objects(term, RDFS.isDefinedBy)) == [IRI]
    assert len([kind for kind in KINDS if (term, RDF.type, kind) in GRAPH]) == 1


def test_no_two_terms_of_a_kind_share_a_name() -> None:
    for kind in KINDS:
        for language in ("zh", "en"):
            names = [
                str(label)
                for term in TERMS
                if (term, RDF.type, kind) in GRAPH
                for label in GRAPH.objects(term, RDFS.label)
                if isinstance(label, Literal) and label.language == language
            ]
            assert sorted(set(names)) == sorted(names)


def test_the_header_says_what_it_is_and_under_which_licence() -> None:
    assert (IRI, RDF.type, OWL.Ontology) in GRAPH
    version = GRAPH.value(IRI, OWL.versionInfo)
    assert GRAPH.value(IRI, OWL.versionIRI) == URIRef(f"{IRI}/{version}")
    values = {str(p).rsplit("/", 1)[-1]: str(o) for p, o in GRAPH.predicate_objects(IRI)}
    assert values["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (values["preferredNamespacePrefix"], values["preferredNamespaceUri"]) == ("rp", NS)
    assert {"title", "description", "creator", "created", "bibliographicCitation"} <= set(values)


def axioms() -> Iterator[tuple[Node, Node, Node]]:
    """The triples about terms that are no annotations and stand outside the lists of chains."""
    for s, p, o in GRAPH:
        if s != IRI and p not in ANNOTATIONS and p not in (RDF.first, RDF.rest):
            yield s, p, o


def test_only_owl_2_rl_constructs_are_used() -> None:
    for s, p, o in axioms():
        assert isinstance(s, URIRef)
        if p == RDF.type:
            assert o in RL_TYPES
        else:
            assert p in RL_AXIOMS
            assert isinstance(o, URIRef) or p == OWL.propertyChainAxiom


def test_no_term_stands_below_one_of_another_vocabulary() -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.inverseOf, OWL.disjointWith):
        assert {str(o) for o in GRAPH.objects(None, predicate) if o not in TERMS} == set()
    assert set(GRAPH.objects(None, RDFS.range)) - set(TERMS) <= RL_DATATYPES | {SKOS.Concept}


def test_data_ranges_belong_to_data_properties_alone() -> None:
    for term, target in GRAPH.subject_objects(RDFS.range):
        assert ((term, RDF.type, OWL.DatatypeProperty) in GRAPH) == (target in RL_DATATYPES)


def test_a_property_of_concepts_names_its_scheme_and_the_scheme_exists() -> None:
    for term in GRAPH.subjects(RDFS.range, SKOS.Concept):
        schemes = [str(o).removeprefix(CONCEPT) for o in GRAPH.objects(term, RDFS.seeAlso)]
        assert term == RP.statedKind or len(schemes) == 1
        assert all(data_path("ontology", "schemes", f"{scheme}.ttl").is_file() for scheme in schemes)


def sources(term: Node) -> set[Node]:
    """The properties from which a property can be inferred in one step."""
    found = {*GRAPH.subjects(RDFS.subPropertyOf, term), *GRAPH.objects(term, OWL.inverseOf)}
    found.update(GRAPH.subjects(OWL.inverseOf, term))
    for chain in GRAPH.objects(term, OWL.propertyChainAxiom):
        found.update(Collection(GRAPH, chain))
    return found


def test_no_chain_feeds_itself() -> None:
    chained = list(GRAPH.subject_objects(OWL.propertyChainAxiom))
    assert len(chained) == 7
    for head, chain in chained:
        reached, waiting = set[Node](), list(Collection(GRAPH, chain))
        while waiting:
            step = waiting.pop()
            if step not in reached:
                reached.add(step)
                waiting += sources(step)
        assert head not in reached


def test_a_region_that_issues_or_signs_is_never_inferred_to_be_an_actor() -> None:
    for term in (
        RP.issuedBy,
        RP.takenBy,
        RP.party,
        RP.participant,
        RP.lead,
        RP.actor,
        RP.cooperatesWith,
        RP.about,
    ):
        assert list(GRAPH.objects(term, RDFS.range)) == []


def test_what_a_mention_states_makes_no_entity_of_anything() -> None:
    stated = [term for term in TERMS if local(term).startswith("stated") or term == RP.of]
    on_entities = {RP.statedPartyRegion, RP.statedValue, RP.statedCrossRegion}
    for term in set(stated) - on_entities:
        assert list(GRAPH.objects(term, RDFS.domain)) == [RP.Mention]
        assert list(GRAPH.objects(term, RDFS.range)) in ([], [SKOS.Concept])
    assert list(GRAPH.objects(RP.statedCrossRegion, RDFS.domain)) == []
    assert list(GRAPH.objects(RP.candidate, RDFS.domain)) == []


def test_the_classes_of_regions_exclude_each_other() -> None:
    classes = set(GRAPH.subjects(RDFS.subClassOf, RP.Region))
    pairs = {frozenset(pair) for pair in GRAPH.subject_objects(OWL.disjointWith)}
    assert {frozenset((a, b)) for a in classes for b in classes if a != b} <= pairs
    assert frozenset((RP.Actor, RP.Programme)) not in pairs
