"""A rule's query as patterns in groups: each form of SPARQL that rules use, and the ones that are refused."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.reasoning import ontology_rules
from kg.reasoning.patterns import Form, Group, read_form

EX = "https://example.org/"


def form(where: str, template: str = "?x :says ?y") -> Form:
    return read_form(f"PREFIX : <{EX}> CONSTRUCT {{ {template} }} WHERE {{ {where} }}", "test")


def told(group: Group) -> list[str]:
    """The patterns of a group itself, as short text."""
    return sorted(
        f"{p.subject} {p.predicate.value.removeprefix(EX)}{'?' if p.optional else ''} "
        f"{p.object if isinstance(p.object, str) else p.object.value.removeprefix(EX)}"
        for p in group.patterns
    )


def parts(group: Group) -> list[list[str]]:
    return sorted(told(part) for part in group.parts)


@pytest.mark.parametrize(
    ("where", "own", "inside"),
    [
        ("?x :p ?y . ?y :q :c", ["x p y", "y q c"], []),
        ("?x :p ?y OPTIONAL { ?y :q ?z }", ["x p y"], [["y q z"]]),
        ("?x :p ?y MINUS { ?y :q ?z }", ["x p y"], [["y q z"]]),
        ("?x :p ?y MINUS { { ?y :q ?z } UNION { ?y :r ?z } }", ["x p y"], [["y q z"], ["y r z"]]),
        ("?x :p ?y FILTER NOT EXISTS { ?y :q ?z }", ["x p y"], [["y q z"]]),
        ("?x :p ?y FILTER(?y != :c && (EXISTS { ?y :q ?z } || ?y = :d))", ["x p y"], [["y q z"]]),
        ("?x :p ?y BIND(EXISTS { ?y :q ?z } AS ?b) FILTER(?b)", ["x p y"], [["y q z"]]),
        ("?x :p/:q ?y", ["_step1 q y", "x p _step1"], []),
        ("?x :p? ?y", ["x p? y"], []),
        # what a subquery keeps for itself gets a name of its own
        ("?x :p ?y { SELECT DISTINCT ?y { ?y :q ?z } }", ["x p y", "y q z_1"], []),
        ("?x :p ?z { SELECT ?x { ?x :q ?z FILTER EXISTS { ?z :r ?y } } }", ["x p z", "x q z_2"], [["z_2 r y_1"]]),
    ],
)  # fmt: skip
def test_each_form(where: str, own: list[str], inside: list[list[str]]) -> None:
    (group,) = form(where).where
    assert told(group) == own
    assert parts(group) == inside


def test_a_blank_node_is_a_variable() -> None:
    (group,) = form("?x :p [ :q ?y ]").where
    assert len(group.patterns) == 2 and len(group.own_variables()) == 3


@pytest.mark.parametrize(
    ("where", "alternatives"),
    [
        ("?x :p ?y { ?y :q ?z } UNION { ?y :r ?z }", [["x p y", "y q z"], ["x p y", "y r z"]]),
        ("{ ?x :p ?y } UNION { ?x :q ?y } UNION { ?x :r ?y }", [["x p y"], ["x q y"], ["x r y"]]),
        (
            "{ ?x :p ?y } UNION { ?x :q ?y } { ?y :r ?z } UNION { ?y :s ?z }",
            [["x p y", "y r z"], ["x p y", "y s z"], ["x q y", "y r z"], ["x q y", "y s z"]],
        ),
    ],
)
def test_a_union_makes_alternatives(where: str, alternatives: list[list[str]]) -> None:
    assert sorted(told(group) for group in form(where).where) == alternatives


def test_groups_nest() -> None:
    found = form("?x :p ?y OPTIONAL { ?y :q ?z FILTER NOT EXISTS { ?z :r ?x } }")
    assert [told(group) for group in found.groups()] == [["x p y"], ["y q z"], ["z r x"]]
    assert found.where[0].own_variables() == {"x", "y"}


def test_values_allow_what_every_row_binds() -> None:
    (group,) = form("VALUES (?y ?z) { (:a :b) (:c UNDEF) } VALUES ?y { :c :d } ?x :p ?y ; :q ?z").where
    assert group.values == {"y": {NamedNode(EX + "c")}}


def test_the_template_is_read_too() -> None:
    (pattern,) = form("?x :p ?y", "?x :says :c").template
    assert (pattern.subject, pattern.object) == ("x", NamedNode(EX + "c"))


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("?x :p* ?y", "the path"),
        ("?x :p|:q ?y", "the path"),
        ("?x ?any ?y", "the path"),
        ("GRAPH ?g { ?x :p ?y }", "Graph cannot be followed"),
        ("?x :p ?y { SELECT ?y (COUNT(?z) AS ?n) { ?y :q ?z } GROUP BY ?y }", "cannot be followed"),
    ],
)
def test_what_cannot_be_followed_is_refused(where: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        form(where)


def test_a_rule_must_construct() -> None:
    with pytest.raises(InputError, match="rule test is no CONSTRUCT query"):
        read_form("ASK { ?x ?p ?y }", "test")


def test_all_rules_are_read() -> None:
    for rule in ontology_rules():
        found = read_form(rule.query, rule.slug)
        assert any(rule.focus in group.own_variables() for group in found.groups())
        assert any(pattern.predicate.value.endswith("#premise") for pattern in found.template)
