"""The closure: each kind of axiom, laws that hold of any graph, and equality with owlrl."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.reasoning import closure, ontology_axioms, oracle
from kg.reasoning.axioms import TYPE, Axioms, compile_axioms
from kg.reasoning.closure import Contradiction, Engine

RP = "https://w3id.org/regpol/ns#"
PREFIXES = f"""@prefix : <https://example.org/> . @prefix rp: <{RP}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."""


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(input=PREFIXES + text, format=RdfFormat.TURTLE)}


def axioms(text: str) -> Axioms:
    return compile_axioms(turtle(text))


@pytest.mark.parametrize(
    ("tbox", "data", "expected"),
    [
        ("rp:A rdfs:subClassOf rp:B . rp:B rdfs:subClassOf rp:C .", ":x a rp:A .", ":x a rp:B , rp:C ."),
        (
            "rp:p rdfs:subPropertyOf rp:q . rp:q rdfs:subPropertyOf rp:r .",
            ":x rp:p :y .",
            ":x rp:q :y ; rp:r :y .",
        ),
        ("rp:p rdfs:domain rp:A ; rdfs:range rp:B .", ":x rp:p :y .", ":x a rp:A . :y a rp:B ."),
        ("rp:p owl:inverseOf rp:q .", ":x rp:p :y . :v rp:q :w .", ":y rp:q :x . :w rp:p :v ."),
        ("rp:p a owl:SymmetricProperty .", ":x rp:p :y .", ":y rp:p :x ."),
        (
            "rp:p a owl:TransitiveProperty .",
            ":x rp:p :y . :y rp:p :z . :z rp:p :w .",
            ":x rp:p :z , :w . :y rp:p :w .",
        ),
        ("rp:r owl:propertyChainAxiom ( rp:p rp:q ) .", ":x rp:p :y . :y rp:q :z .", ":x rp:r :z ."),
        ("rp:r owl:propertyChainAxiom ( rp:p ) .", ":x rp:p :y .", ":x rp:r :y ."),
        (
            "rp:r owl:propertyChainAxiom ( rp:p rp:q rp:p rp:q ) .",
            ":x rp:p :a . :a rp:q :b . :b rp:p :c . :c rp:q :z . :c rp:p :no .",
            ":x rp:r :z .",
        ),
        # literals: the domain of the property and of those above it, nothing else
        (
            "rp:p rdfs:subPropertyOf rp:q ; rdfs:range rp:B . rp:q rdfs:domain rp:A . rp:A rdfs:subClassOf rp:C .",
            ':x rp:p "text" .',
            ":x a rp:A , rp:C .",
        ),
        # no conclusion outside the namespace, none about blank nodes
        ("rp:p rdfs:range skos:Concept ; rdfs:subPropertyOf skos:note .", ":x rp:p :y .", ""),
        ("rp:p rdfs:domain rp:A ; rdfs:range rp:B .", "[] rp:p :y .", ":y a rp:B ."),
        # but a way through another vocabulary counts
        ("rp:p rdfs:subPropertyOf skos:note . skos:note rdfs:domain rp:A .", ":x rp:p :y .", ":x a rp:A ."),
    ],
)
def test_each_axiom(tbox: str, data: str, expected: str) -> None:
    assert closure(turtle(data), axioms(tbox)).inferred == turtle(expected)


def test_a_cycle_ends() -> None:
    found = closure(turtle(":x rp:p :y . :y rp:p :x ."), axioms("rp:p a owl:TransitiveProperty ."))
    assert found.inferred == turtle(":x rp:p :x . :y rp:p :y .")


@pytest.mark.parametrize(
    "tbox",
    [
        "rp:A owl:disjointWith rp:B .",
        "[] a owl:AllDisjointClasses ; owl:members ( rp:B rp:C rp:A ) .",
    ],
)
def test_a_contradiction_is_reported(tbox: str) -> None:
    found = closure(turtle(":x a rp:A1 , rp:B . :y a rp:A ."), axioms(f"rp:A1 rdfs:subClassOf rp:A . {tbox}"))
    assert found.contradictions == (Contradiction("https://example.org/x", f"{RP}A", f"{RP}B"),)


def test_a_zone_typed_as_administrative_region_is_reported() -> None:
    found = closure(turtle(":zone a rp:FunctionalZone , rp:AdministrativeRegion ."))
    (contradiction,) = found.contradictions
    assert (contradiction.node, contradiction.first, contradiction.second) == (
        "https://example.org/zone",
        RP + "AdministrativeRegion",
        RP + "FunctionalZone",
    )
    assert "FunctionalZone" in contradiction.message() and "互斥" in contradiction.message("zh")


@pytest.mark.parametrize(
    "tbox",
    ["rp:code owl:hasKey () .", "rp:p a owl:FunctionalProperty .", "rp:A owl:equivalentClass rp:B ."],
)
def test_an_unknown_axiom_is_refused(tbox: str) -> None:
    with pytest.raises(InputError, match="does not know"):
        axioms(tbox)


def test_a_broken_list_is_refused() -> None:
    with pytest.raises(InputError, match="list"):
        axioms('rp:r owl:propertyChainAxiom ( rp:p "q" ) .')


def test_no_region_is_within_itself(authorities: frozenset[Triple]) -> None:
    loops = [t for t in authorities if t.predicate.value == RP + "within" and t.subject == t.object]
    assert loops == []


# ---- laws

NODES = [NamedNode(f"https://example.org/n{i}") for i in range(7)]
CLASSES = sorted({c for pair in ontology_axioms().domain | ontology_axioms().subclass for c in pair}, key=str)
PROPERTIES = sorted(
    {p for p, _ in ontology_axioms().domain | ontology_axioms().range | ontology_axioms().subproperty}
    | {step for _, steps in ontology_axioms().chains for step in steps}
    | ontology_axioms().symmetric,
    key=str,
)
JOINING = sorted(
    {step for _, steps in ontology_axioms().chains for step in steps}
    | {p for pair in ontology_axioms().subproperty | ontology_axioms().inverse for p in pair},
    key=str,
)
PLAIN = [prop for prop in PROPERTIES if prop not in JOINING]

a_triple = st.one_of(
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(JOINING), st.sampled_from(NODES)),
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)),
    st.builds(Triple, st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    st.builds(
        Triple,
        st.sampled_from(NODES),
        st.sampled_from(PLAIN),
        st.builds(Literal, st.text("ab", max_size=2)),
    ),
    st.builds(Triple, st.sampled_from([BlankNode("b")]), st.sampled_from(PROPERTIES), st.sampled_from(NODES)),
)
graphs = st.frozensets(a_triple, max_size=25)
# Conclusions about blank nodes are not given, so only a graph without them comes out closed.
named_graphs = graphs.map(lambda graph: frozenset(t for t in graph if isinstance(t.subject, NamedNode)))
small_graphs = st.frozensets(a_triple, min_size=4, max_size=12)


@settings(deadline=None)
@given(graphs)
def test_idempotent(graph: frozenset[Triple]) -> None:
    closed = graph | closure(graph).inferred
    assert closure(closed).inferred == frozenset()


@settings(deadline=None)
@given(graphs, graphs)
def test_monotone(small: frozenset[Triple], more: frozenset[Triple]) -> None:
    large = small | more
    assert closure(small).inferred <= closure(large).inferred | large


@settings(deadline=None)
@given(graphs, graphs)
def test_adding_in_parts_gives_the_same(first: frozenset[Triple], second: frozenset[Triple]) -> None:
    engine = Engine(ontology_axioms())
    engine.add(first)
    engine.add(second)
    whole = closure(first | second)
    assert frozenset(engine.inferred()) == whole.inferred
    assert engine.contradictions() == whole.contradictions


@settings(deadline=None)
@given(named_graphs, graphs)
def test_a_closed_part_need_not_be_closed_again(first: frozenset[Triple], second: frozenset[Triple]) -> None:
    engine = Engine(ontology_axioms())
    closed = first | closure(first).inferred
    engine.add_closed(closed)
    engine.add(second)
    assert frozenset(engine.inferred()) == closure(first | second).inferred - closed


# ---- owlrl


IRI = re.compile(r"https://\S+")


def renamed(graphs: Iterable[frozenset[Triple]]) -> set[Triple]:
    """The graphs side by side with no node in common, so that one process of owlrl closes them all."""

    def apart(term: object, number: int) -> object:
        if isinstance(term, NamedNode) and term.value.startswith("https://example.org/"):
            return NamedNode(f"{term.value}/{number}")
        return BlankNode(f"{term.value}{number}") if isinstance(term, BlankNode) else term

    return {
        Triple(apart(t.subject, number), t.predicate, apart(t.object, number))  # type: ignore[arg-type]
        for number, graph in enumerate(graphs)
        for t in graph
    }


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.lists(small_graphs, min_size=6, max_size=6))
def test_equal_to_owlrl_on_any_graphs(many: list[frozenset[Triple]]) -> None:
    graph = renamed(many)
    ours, theirs = closure(graph), oracle.closure(graph)
    assert ours.inferred == theirs.inferred
    told = {frozenset(IRI.findall(message)) for message in theirs.contradictions}
    assert {frozenset({c.node, c.first, c.second}) for c in ours.contradictions if IRI.match(c.node)} == {
        iris for iris in told if len(iris) == 3
    }


def test_equal_to_owlrl_on_the_fixture(asserted: frozenset[Triple], tables: frozenset[Triple]) -> None:
    graph = asserted | tables
    ours, theirs = closure(graph), oracle.closure(graph)
    assert ours.inferred == theirs.inferred
    assert len(ours.inferred) > 200
    assert theirs.contradictions == ()


def test_owlrl_failing_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("this is no turtle", encoding="utf-8")
    with pytest.raises(InputError, match=r"^owlrl failed: [^\n]+$"):
        oracle.closure([], path)
