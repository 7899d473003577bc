"""The guard: what it refuses, what it lets pass, and the tricks that got past simpler ones."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql.guard import check, used_prefixes
from kg.sparql.lexer import tokens

FINE = [
    'SELECT ("SERVICE" AS ?x) { }',
    "SELECT ('''LOAD \n SERVICE''' AS ?x) { }",
    "SELECT * { ?s <http://example.org/SERVICE#load> ?o } # SERVICE",
    "# LOAD <x>\nSELECT * { }",
    "PREFIX ex: <http://example.org/> SELECT ?service { ?service ex:SERVICE ex:load.it }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:p ?o }",
    "PREFIX service: <http://example.org/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
    'SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 1 && ?p != <http://example.org/service#x>) FILTER(STR(?s) = "load") }',
    "BASE <http://example.org/> SELECT * { ?service <#service> ?o }",
    "PREFIX : <http://example.org/> SELECT * { ?s :a (<http://a/x#load> <http://b/y#service>) }",
    'ASK { ?s ?p "say \\"SERVICE\\""@en-GB }',
]
REFUSED = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service?x{ ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://example.org/> { } }",
    "SELECT * { # <\nSERVICE <http://example.org/> { } }",
    "SELECT * { ?s ?p '#' SERVICE <http://example.org/> { } }",
    "SELECT * { ?s ?p '\\'' SERVICE <http://example.org/> { } #'\n}",
    "PREFIX : <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX SERVICE: <http://a/> PREFIX : <http://b/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <http://example.org/> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE <http://example.org/> { ?a ?b ?c } }",
    "SELECT * { ?s ?p 5SERVICE <http://example.org/> { ?a ?b ?c } }",
    "SELECT * { SERV\\u0049CE <http://example.org/> { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?a , ?b FILTER(?a<?b#>'''\n)SERVICE<http://example.org/>{?x?y?z}#'''\n }",
    "SELECT * { ?s ?p ?a , ?b FILTER(?a<?b)SERVICE#>\n<http://example.org/>{?x?y?z} }",
    "SELECT * { ?s ?p <<?s?p?o#>>'''\n>> SERVICE <http://example.org/> {} #'''\n}",
    'SELECT * { VALUES ?x {"""a"} SERVICE<http://example.org/>{?s ?p ?o} #\\q"""\n}',
    'SELECT * { VALUES ?x {"""a"} SERVICE<http://example.org/>{?s ?p ?o} #\n}',
    'SELECT * { VALUES ?x {"""a"} SERVICE<http://example.org/>{?s ?p ?o} #\\uD800"""\n}',
    "LOAD <http://example.org/>",
    "load silent <http://example.org/> into graph <http://g/>",
    "CLEAR ALL ; LOAD <file:///etc/hostname>",
    "PREFIX : <http://example.org/> LOAD:x",
    "PREFIX : <http://example.org/> CLEAR ALL;LOADSILENT:x",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", FINE)
def test_harmless_words_pass(text: str) -> None:
    assert check(text) == "query"
    ox.Store().query(text)


@pytest.mark.parametrize("text", REFUSED)
def test_calls_outside_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"line \d+, column \d+"):
        check(text)


def test_the_place_is_named() -> None:
    with pytest.raises(QueryError, match=r"SERVICE is not allowed \(line 3, column 4\)"):
        check(
            'SELECT * {\n  ?地 ?p "SERVICE" .\n 汉 SERVICE <http://example.org/> { } }'.replace("汉 ", "  ")
        )


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("SELECT * { }", "query"),
        ("# a\nBASE <http://x/>\nPREFIX select: <http://insert/>\nASK { }", "query"),
        ("PREFIX a: <http://x/> CONSTRUCT WHERE { }", "query"),
        ("describe <http://x/>", "query"),
        ("PREFIX ask: <http://x/> INSERT DATA { ask:a ask:b 'select' }", "update"),
        ("WITH <http://g> DELETE { } WHERE { SELECT * { } }", "update"),
        ("drop all", "update"),
    ],
)
def test_queries_and_updates_are_told_apart(text: str, operation: str) -> None:
    assert check(text) == operation


@pytest.mark.parametrize("text", ["", "  # nothing\n", "PREFIX a: <http://x/>", "{ }", "FETCH *", "?s"])
def test_neither_query_nor_update(text: str) -> None:
    with pytest.raises(QueryError, match=r"expected a query or an update at line|is empty"):
        check(text)


LITERALS = st.text(alphabet=st.characters(exclude_categories=["Cs"])).map(
    lambda text: str(ox.Literal("SERVICE " + text))
)


@given(st.lists(LITERALS, min_size=1, max_size=4))
def test_any_literal_passes_and_is_one_token(literals: list[str]) -> None:
    text = f"SELECT * {{ VALUES ?x {{ {' '.join(literals)} }} }}"
    assert check(text) == "query"
    assert [token.text for token in tokens(text) if token.kind == "string"] == literals


PIECES = st.sampled_from(
    ["?x", "?y ", " ", "\n", "#c\n", "#>", "'''", '"', '"a"', "<", ">", "<http://a/b#c>", "ex:a", "(", ")", "{", "}", ".",
     "true", "5", "a ", "FILTER", "VALUES ", "\\q", "\\", "BIND", " AS ", "OPTIONAL", "@en", "<<", ">>", "&&", "ex:"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12), st.lists(PIECES, max_size=6))
def test_whatever_stands_before_it_a_call_that_the_engine_reads_is_refused(
    before: list[str], after: list[str]
) -> None:
    """The engine is the judge: a text that parses only because SERVICE is a keyword in it must not pass."""
    head = "PREFIX ex: <http://e/> SELECT * { " + "".join(before)
    text = head + "SERVICE SILENT <http://127.0.0.1:1/> { ?never ?read ?this } " + "".join(after) + " }"
    if engine_calls(text):
        with pytest.raises(QueryError):
            check(text)


def engine_calls(text: str) -> bool:
    try:
        found = ox.Store().query(text)
    except SyntaxError:
        return False
    return isinstance(found, ox.QuerySolutions) and "never" in {
        variable.value for variable in found.variables
    }


def test_the_tricks_are_no_theory() -> None:
    """The engine reads most of the refused queries; port 1 is one its client never opens."""
    read = [
        text for text in REFUSED if engine_reads(text.replace("http://example.org/", "http://127.0.0.1:1/"))
    ]
    assert len(read) >= 12


def engine_reads(text: str) -> bool:
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    except OSError:
        return True
    return True


def test_prefixes_used_and_not_declared() -> None:
    text = "PREFIX a: <http://a/> SELECT * { a:x rp:y 'c:d' . ?s <e:f> skos:prefLabel # g:h\n }"
    assert used_prefixes(text) == {"rp", "skos"}
