"""From a change to the foci that it may concern, and from a focus to all that a rule reads for it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import InputError
from kg.reasoning.backward import Term
from kg.reasoning.patterns import read_form
from kg.reasoning.reach import Reach

EX = "https://example.org/"


class Graph:
    """Triples in memory that note what was asked of them."""

    def __init__(self, text: str) -> None:
        self.triples = {
            quad.triple for quad in parse(input=f"@prefix : <{EX}> . {text}", format=RdfFormat.TURTLE)
        }
        self._store = Store()
        self._store.extend(Quad(*triple) for triple in self.triples)
        self.asked: set[tuple[str, str]] = set()

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterable[Triple]:
        assert not isinstance(subject, Triple)
        self.asked.add(("onward" if subject else "back", str(predicate)[1:-1].removeprefix(EX)))
        return [quad.triple for quad in self._store.quads_for_pattern(subject, predicate, value)]  # type: ignore[arg-type]


def reach(where: str, focus: str = "c") -> Reach:
    query = f"PREFIX : <{EX}> CONSTRUCT {{ ?{focus} :says ?y }} WHERE {{ {where} }}"
    return Reach(read_form(query, "test").where, focus, "test")


def names(terms: Iterable[object]) -> set[str]:
    return {str(term)[1:-1].removeprefix(EX) for term in terms}


def foci(where: str, changed: str, graph: str, focus: str = "c") -> set[str]:
    by_predicate: dict[NamedNode, list[Triple]] = {}
    for triple in Graph(changed).triples:
        by_predicate.setdefault(triple.predicate, []).append(triple)
    return names(reach(where, focus).foci(by_predicate, Graph(graph)))


def near(where: str, node: str, graph: str) -> set[str]:
    found = reach(where).neighbourhood({NamedNode(EX + node)}, Graph(graph))
    return {" ".join(sorted(names([t.subject]) | names([t.predicate]) | names([t.object]))) for t in found}


PACTS = ":c1 :party :a1 , :a2 . :c2 :party :a2 . :a1 :in :r1 . :a2 :in :r2 . :r2 a :Place ."


@pytest.mark.parametrize(
    ("where", "changed", "expected"),
    [
        ("?c :party ?a . ?a :in ?r", ":c9 :party :a9 .", {"c9"}),
        ("?c :party ?a . ?a :in ?r", ":a2 :in :r9 .", {"c1", "c2"}),
        ("?c :party ?a . ?a :in ?r . ?r a :Place", ":r2 a :Place .", {"c1", "c2"}),
        ("?c :party ?a . ?a :in ?r . ?r a :Place", ":r2 a :Other .", set()),
        ("VALUES ?k { :Place } ?c :party ?a . ?a :in ?r . ?r a ?k", ":r1 a :Other . :r2 a :Place .", {"c1", "c2"}),
        ("?c :party ?a FILTER NOT EXISTS { ?a :in ?r . ?r a :Place }", ":r1 a :Place .", {"c1"}),
        ("?c :party ?a OPTIONAL { ?a :in ?r }", ":a1 :in :r9 .", {"c1"}),
        ("?c :party ?a MINUS { ?a :in ?r }", ":a1 :in :r9 .", {"c1"}),
        ("?c :party ?a { SELECT ?a { ?a :in ?r } }", ":a1 :in :r9 .", {"c1"}),
        ("{ ?c :party ?a } UNION { ?c :other ?a } ?a :in ?r", ":a1 :in :r9 .", {"c1"}),
        # the edge may be left out, so a place that is itself a party counts too
        ("?c :party ?a . ?a :in? ?r . ?r a :Place", ":a1 a :Place .", {"c1"}),
        ("?c :party ?a . ?a :in? ?r . ?r a :Place", ":r2 a :Place .", {"c1", "c2"}),
        # a variable of one branch is not that of another
        ("{ ?c :party ?a . ?a :in ?r } UNION { ?c :other ?a . ?a :near ?r }", ":a1 :near :r1 .", set()),
        ("{ ?c :party ?a . ?a :in ?r } UNION { ?c :other ?a . ?a :near ?r }", ":a1 :in :r1 .", {"c1"}),
    ],
)  # fmt: skip
def test_foci(where: str, changed: str, expected: set[str]) -> None:
    assert foci(where, changed, PACTS) == expected


def test_the_way_does_not_lead_through_what_many_things_point_to() -> None:
    """From ``?m`` to the focus there are two ways, one over a kind that thousands have."""
    graph = Graph(":c1 :kind :k ; :has :m1 . :m1 :kind :k .")
    reach("?c :kind ?k ; :has ?m . ?m :kind ?k").foci(
        {NamedNode(EX + "kind"): [Triple(NamedNode(EX + "m1"), NamedNode(EX + "kind"), NamedNode(EX + "k"))]},
        graph,
    )
    assert graph.asked == {("back", "has")}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("?c :party ?a . ?a :in ?r", {"a1 c1 party", "a2 c1 party", "a1 in r1", "a2 in r2"}),
        ("?c :party ?a FILTER NOT EXISTS { ?a :in ?r . ?r a :Place }",
         {"a1 c1 party", "a2 c1 party", "a1 in r1", "a2 in r2",
          "Place http://www.w3.org/1999/02/22-rdf-syntax-ns#type r2"}),
        # what fails a check is not followed further
        ("?c :party ?a . ?a a :Place . ?a :in ?r", {"a1 c1 party", "a2 c1 party"}),
        ("{ ?c :other ?a } UNION { ?c :party ?a } ?a :in ?r . ?r a :Place", {"a1 c1 party", "a2 c1 party", "a1 in r1", "a2 in r2",
          "Place http://www.w3.org/1999/02/22-rdf-syntax-ns#type r2"}),
        ("?c :party ?a . ?other :party ?a", {"a1 c1 party", "a2 c1 party", "a2 c2 party"}),
    ],
)  # fmt: skip
def test_neighbourhood(where: str, expected: set[str]) -> None:
    assert near(where, "c1", PACTS) == expected


def test_a_neighbourhood_prefers_steps_to_objects() -> None:
    graph = Graph(PACTS)
    reach("?c :party ?a . ?a :in ?r . ?r a :Place").neighbourhood({NamedNode(EX + "c1")}, graph)
    assert {way for way, _ in graph.asked} == {"onward"}


def test_a_node_without_what_every_focus_has_is_not_admitted() -> None:
    found = reach("?c a :Pact ; :party ?a . ?a :in ?r OPTIONAL { ?c :label ?l }")
    graph = Graph(":c1 a :Pact ; :party :a1 . :c2 :party :a1 . :c3 a :Pact .")
    assert [found.admits(NamedNode(EX + c), graph) for c in ("c1", "c2", "c3")] == [True, False, False]
    either = reach("{ ?c a :Pact } UNION { ?c :party ?a }")
    assert [either.admits(NamedNode(EX + c), graph) for c in ("c1", "c2", "c3", "c4")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "where", ["?c :p ?a . ?x :q ?y", "?c :p ?a FILTER EXISTS { ?x :q ?y }", ":a :q :b . ?c :p ?a"]
)
def test_what_has_no_way_to_the_focus_is_refused(where: str) -> None:
    with pytest.raises(InputError, match=r"rule test: .* focus"):
        reach(where)


def test_a_constant_of_values_is_no_way() -> None:
    with pytest.raises(InputError, match="focus"):
        reach("VALUES ?k { :k } ?c :kind ?k . ?other :kind ?k")


@pytest.mark.parametrize(("narrow", "way"), [({"told"}, "told"), ({"of"}, "of")])
def test_of_two_ways_back_the_narrow_one_is_taken(narrow: set[str], way: str) -> None:
    """A mention is reached from its quote or from the place that it names: thousands name one place."""
    graph = Graph(":c :told :q ; :in :r . :m :told :q ; :of :r .")
    where = read_form(
        f"PREFIX : <{EX}> CONSTRUCT {{ ?c :p ?m }} WHERE {{ ?c :told ?q ; :in ?r . ?m :told ?q ; :of ?r }}",
        "test",
    ).where
    found = Reach(where, "c", "test", frozenset(NamedNode(EX + name) for name in narrow))
    found.neighbourhood({NamedNode(EX + "c")}, graph)
    assert {name for direction, name in graph.asked if direction == "back"} == {way}
