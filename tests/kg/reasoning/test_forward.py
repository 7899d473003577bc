"""The axioms over a change and a graph that is only looked up."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.reasoning import closure
from kg.reasoning.axioms import compile_axioms
from kg.reasoning.backward import Term
from kg.reasoning.forward import Forward

RP = "https://w3id.org/regpol/ns#"
PREFIXES = f"""@prefix : <https://example.org/> . @prefix rp: <{RP}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."""
AXIOMS = """rp:long owl:propertyChainAxiom ( rp:a rp:b rp:c rp:d ) . rp:near a owl:SymmetricProperty .
rp:within a owl:TransitiveProperty ; rdfs:subPropertyOf rp:near ; owl:inverseOf rp:contains .
rp:reaches owl:propertyChainAxiom ( rp:a rp:within ) . rp:a rdfs:domain rp:A . rp:A rdfs:subClassOf rp:B ."""


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(input=PREFIXES + text, format=RdfFormat.TURTLE)}


class Graph:
    def __init__(self, triples: Iterable[Triple]) -> None:
        self._store = Store()
        self._store.extend(Quad(*t) for t in triples)
        self.read = 0

    def match(self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /) -> list[Triple]:
        found = [q.triple for q in self._store.quads_for_pattern(subject, predicate, value)]  # type: ignore[arg-type]
        self.read += len(found)
        return found


@pytest.mark.parametrize(
    ("graph", "new", "expected"),
    [
        (":y rp:within :z .", ":x rp:a :y .", ":x rp:reaches :z ; a rp:A , rp:B ."),
        (":x rp:a :y .", ":y rp:within :z .", ":x rp:reaches :z . :z rp:contains :y . :y rp:near :z . :z rp:near :y ."),
        (":w rp:a :x . :x rp:b :y . :y rp:c :z .", ":z rp:d :end .", ":w rp:long :end ."),
        (":x rp:b :y . :y rp:c :z . :z rp:d :end .", ":w rp:a :x .", ":w rp:long :end ; a rp:A , rp:B ."),
        (":w rp:a :x . :y rp:c :z . :z rp:d :end .", ":x rp:b :y .", ":w rp:long :end ."),
        ("", ':x rp:a "text" .', ":x a rp:A , rp:B ."),
        # what the graph has is given back all the same: the caller asks it
        (":x rp:near :y . :y rp:near :x .", ":x rp:near :y .", ":y rp:near :x ."),
    ],
)  # fmt: skip
def test_what_follows(graph: str, new: str, expected: str) -> None:
    found = Forward(Graph(turtle(graph)), compile_axioms(turtle(AXIOMS))).add(turtle(new))
    assert set(found) == turtle(expected)


@pytest.mark.parametrize("seed", range(40))
def test_a_closed_graph_and_a_change_close_to_the_whole(seed: int) -> None:
    dice, axioms = random.Random(seed), compile_axioms(turtle(AXIOMS))
    nodes = [NamedNode(f"https://example.org/{n}") for n in range(5)]
    properties = [NamedNode(RP + name) for name in ("a", "b", "c", "d", "within", "near")]
    triples = [Triple(dice.choice(nodes), dice.choice(properties), dice.choice(nodes)) for _ in range(14)]
    before = set(triples[:9])
    before |= closure(before, axioms).inferred
    after = before | set(triples)
    assert (
        after | set(Forward(Graph(before), axioms).add(triples[9:]))
        == after | closure(after, axioms).inferred
    )


def test_only_neighbours_are_read() -> None:
    far = turtle(" ".join(f":y{n} rp:within :z{n} ." for n in range(100)))
    graph = Graph(far | turtle(":y rp:within :z ."))
    Forward(graph, compile_axioms(turtle(AXIOMS))).add(turtle(":x rp:a :y ."))
    assert graph.read == 1
