"""Evaluation: order of columns, union and strict default graphs, caps, and errors that say where."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.queries import QueryResults
from kg.sparql import Answer, Solutions, Triples, add_prefixes, evaluate


class MemoryView:
    """A store in memory as a view."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.update(
            "PREFIX e: <http://e/> INSERT DATA { e:d e:p 1 . GRAPH e:g { e:n e:p 2 , 3 . e:m e:q e:n } }"
        )

    def query(self, text: str, *, union: bool = True) -> QueryResults:
        return self.store.query(text, use_default_graph_as_union=union)


def test_columns_come_in_the_order_of_the_projection() -> None:
    result = evaluate(MemoryView(), "SELECT ?z ?a (?z AS ?b) { VALUES (?a ?z) { (1 2) } }")
    assert isinstance(result, Solutions)
    assert result.variables == ("z", "a", "b")
    assert [term.value for term in result.rows[0] if isinstance(term, ox.Literal)] == ["2", "1", "2"]


def test_union_sees_named_graphs_and_strict_does_not() -> None:
    text = "SELECT ?o { ?s <http://e/p> ?o } ORDER BY ?o"
    union, strict = evaluate(MemoryView(), text), evaluate(MemoryView(), text, default_graph="strict")
    assert isinstance(union, Solutions)
    assert isinstance(strict, Solutions)
    assert (len(union.rows), len(strict.rows)) == (3, 1)


def test_ask_and_construct() -> None:
    assert evaluate(MemoryView(), "ASK { ?s <http://e/q> ?o }") == Answer(True)
    assert evaluate(MemoryView(), "ASK { ?s <http://e/none> ?o }") == Answer(False)
    graph = evaluate(MemoryView(), "CONSTRUCT { ?s <http://e/r> ?s } WHERE { ?s ?p ?o }")
    assert isinstance(graph, Triples)
    lines = [str(triple) for triple in graph.triples]
    assert lines == sorted(set(lines))
    assert len(lines) == 3
    described = evaluate(MemoryView(), "DESCRIBE <http://e/m>")
    assert isinstance(described, Triples)
    assert len(described.triples) == 1


def test_a_cap_is_kept_and_told() -> None:
    text = "SELECT ?o { ?s <http://e/p> ?o } ORDER BY ?o"
    for cap, kept, is_cut in ((2, 2, True), (3, 3, False), (0, 0, True), (None, 3, False)):
        result = evaluate(MemoryView(), text, max_rows=cap)
        assert isinstance(result, Solutions)
        assert (len(result.rows), result.truncated) == (kept, is_cut)
    graph = evaluate(MemoryView(), "CONSTRUCT WHERE { ?s ?p ?o }", max_rows=1)
    assert isinstance(graph, Triples)
    assert (len(graph.triples), graph.truncated) == (1, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x {\n ?x <http://e/p ?y }", "malformed at line 2, column"),
        ("SELECT ?x { ?x foo:bar ?y }", "the prefix foo: is not declared"),
        ("SELECT ?x ?x { }", "malformed at line 1"),
        ("SELECT (<http://e/f>(1) AS ?x) { }", "custom function <http://e/f> is not supported"),
        ("INSERT DATA { }", "this is an update, not a query"),
        ("SELECT * { SERVICE <http://e/> { } }", "SERVICE is not allowed"),
        ("", "the query is empty"),
    ],
)
def test_broken_queries_give_one_line(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        evaluate(MemoryView(), text)
    assert "\n" not in str(caught.value)


def test_relative_iris_meet_the_base_and_places_stay_the_users() -> None:
    assert evaluate(MemoryView(), "ASK { <m> <q> <n> }", base_iri="http://e/") == Answer(True)
    with pytest.raises(QueryError) as plain:
        evaluate(MemoryView(), "SELECT ?x { ?x ?y }")
    with pytest.raises(QueryError) as based:
        evaluate(MemoryView(), "SELECT ?x { ?x ?y }", base_iri="http://e/")
    assert str(plain.value) == str(based.value)
    with pytest.raises(QueryError, match="the base is not an IRI"):
        evaluate(MemoryView(), "ASK { }", base_iri="http://e/> SELECT")


def test_known_prefixes_are_added() -> None:
    text = add_prefixes("SELECT * { ?x a rp:Measure ; skos:prefLabel ?l ; other:p ?o }")
    assert text.startswith("PREFIX rp: <https://w3id.org/regpol/ns#> PREFIX skos: ")
    assert "PREFIX other" not in text
    assert add_prefixes("PREFIX rp: <http://x/> ASK { ?x a rp:Y }").count("PREFIX") == 1
