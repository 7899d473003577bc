"""An explanation as a graph that others read: PROV, with an IRI for every node."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple
from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, Literal, URIRef

from kg.namespaces import ID, RP, Graphs, expand
from kg.reasoning import Explanation, Lookup, explain, explanations, labeller, walk
from kg.reasoning.provenance import statement_iri, to_turtle


def triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(*(NamedNode(str(expand(n)) if ":" in n else ID + n) for n in (subject, predicate, value)))


def graph_of(trees: tuple[Explanation, ...], lookup: Lookup) -> Graph:
    labels = {lang: labeller(lookup, lang) for lang in ("zh", "en")}
    return Graph().parse(data=to_turtle(trees, labels), format="turtle")


@pytest.fixture(scope="module")
def tree(lookup: Lookup) -> Explanation:
    return explain(triple("R:310000", "rp:cooperatesWith", "R:330000"), lookup)


@pytest.fixture(scope="module")
def graph(tree: Explanation, lookup: Lookup) -> Graph:
    return graph_of((tree,), lookup)


def test_every_node_has_an_iri(graph: Graph) -> None:
    assert all(isinstance(subject, URIRef) for subject in graph.subjects())
    assert all(isinstance(value, URIRef | Literal) for value in graph.objects())


def test_the_graph_holds_the_tree(tree: Explanation, graph: Graph) -> None:
    for part in walk(tree):
        node = URIRef(statement_iri(part).value)
        assert (node, RDF.type, PROV.Entity) in graph
        assert str(graph.value(node, RDF.predicate)) == part.triple.predicate.value
        assert {
            str(label.language) for label in graph.objects(node, RDFS.label) if isinstance(label, Literal)
        } == {
            "zh",
            "en",
        }
        derived = {str(value) for value in graph.objects(node, PROV.wasDerivedFrom)}
        premises = {statement_iri(premise).value for premise in part.premises}
        assert derived == premises | {quote.evidence for quote in part.quotes}
        has_source = (node, PROV.hadPrimarySource, URIRef(str(Graphs.AUTHORITIES))) in graph
        assert has_source == (part.kind == "authority")


def test_the_rule_is_named(tree: Explanation, graph: Graph) -> None:
    node = URIRef(statement_iri(tree).value)
    assert list(graph.objects(node, PROV.wasInfluencedBy)) == [expand("rpr:regions-cooperate")]


def test_an_axiom_is_named_by_its_own_namespace(lookup: Lookup) -> None:
    tree = explain(triple("measure/m2", "rp:inRegion", "R:330400"), lookup)
    graph = graph_of((tree,), lookup)
    named = {str(axiom).rsplit("/", 1)[1] for axiom in graph.objects(None, PROV.wasInfluencedBy)}
    assert {"owl#propertyChainAxiom", "rdf-schema#subPropertyOf", "default-region"} <= named


def test_quotes_lead_to_their_articles(tree: Explanation, graph: Graph) -> None:
    [quote] = {quote for part in walk(tree) for quote in part.quotes}
    evidence, article = URIRef(quote.evidence), URIRef(quote.article)
    assert graph.value(evidence, RP.quote) == Literal(quote.quote)
    assert int(str(graph.value(evidence, RP.start))) == quote.start
    assert graph.value(evidence, PROV.wasQuotedFrom) == article
    assert graph.value(article, DCTERMS.title) == Literal(quote.title)


def test_two_grounds_of_one_statement_are_two_entities(lookup: Lookup) -> None:
    trees = explanations(triple("cooperation/fund", "rdf:type", "rp:CrossRegionCooperation"), lookup)
    graph = graph_of(trees, lookup)
    assert len({statement_iri(tree) for tree in trees}) == len(trees) == 2
    assert len(set(graph.subjects(RDF.object, RP.CrossRegionCooperation))) == 2


def test_the_same_tree_gives_the_same_bytes(tree: Explanation, lookup: Lookup) -> None:
    labels = {"zh": labeller(lookup, "zh")}
    assert to_turtle((tree,), labels) == to_turtle((tree, tree), labels)
