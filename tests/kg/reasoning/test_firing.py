"""A rule applied to its foci says what it says of the whole, on any graph: with its own conclusions or without."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from kg.errors import InputError
from kg.namespaces import ID, expand
from kg.reasoning import Inference, ontology_axioms, ontology_rules, rule_descriptions
from kg.reasoning.axioms import compile_axioms
from kg.reasoning.backward import Term
from kg.reasoning.firing import Firing, Reasons, exact_reasons, ontology_firings
from kg.reasoning.rules import Rule
from tests.kg.reasoning.conftest import SetLookup

FIRINGS = {firing.rule.slug: firing for firing in ontology_firings()}
RULE = NamedNode(str(expand("rp:rule")))


class Graph(SetLookup):
    """All triples together, with an answer for whether one is given."""

    def match(self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /) -> list[Triple]:  # type: ignore[override]
        return list(super().match(subject, predicate, value))


@pytest.fixture(scope="module")
def graph(asserted: frozenset[Triple], authorities: frozenset[Triple], inference: Inference) -> Graph:
    return Graph(asserted, authorities, inference.triples)


def reasons_of(slug: str, triples: set[Triple]) -> set[Triple]:
    """The Explanation triples of one rule."""
    rule = NamedNode(f"https://w3id.org/regpol/rule/{slug}")
    nodes = {t.subject for t in triples if t.predicate == RULE and t.object == rule}
    return {t for t in triples if t.subject in nodes}


def nodes_of(inference: Inference) -> set[Term]:
    found: set[Term] = {node for t in inference.triples for node in (t.subject, t.object)}
    return {node for node in found if isinstance(node, NamedNode) and node.value.startswith(ID)}


@pytest.mark.parametrize("slug", FIRINGS)
def test_on_the_inferred_graph_too_a_rule_says_what_it_said(
    slug: str, graph: Graph, inference: Inference
) -> None:
    """Its own conclusions, and those of rules after it, are there and change nothing."""
    said = FIRINGS[slug].says(nodes_of(inference), graph, graph.asserted)
    assert reasons_of(slug, said) == reasons_of(slug, set(inference.triples)) != set()
    assert {t for t in said if not graph.asserted(t)} <= inference.triples


@pytest.mark.parametrize("slug", FIRINGS)
def test_each_focus_owns_its_conclusions(slug: str, graph: Graph, inference: Inference) -> None:
    """What is found as said of a focus is what the rule says of it, and each Explanation has one focus: it names no
    second node of that kind as a premise, or the rule tells its focus otherwise."""
    firing, owners = FIRINGS[slug], dict[Term, Term]()
    for focus in nodes_of(inference):
        says = firing.says({focus}, graph, graph.asserted)
        for node in {t.subject for t in reasons_of(slug, says)}:
            assert owners.setdefault(node, focus) == focus
    (kind,) = {kind_of(focus) for focus in owners.values()}
    for focus in nodes_of(inference):
        if kind_of(focus) == kind:
            says = firing.says({focus}, graph, graph.asserted)
            said = firing.said({focus}, graph)
            assert reasons_of(slug, said) == reasons_of(slug, says)
            assert says - said <= rule_descriptions()


def kind_of(node: Term) -> str:
    assert isinstance(node, NamedNode)
    kind = node.value.removeprefix(ID).partition("/")[0]
    return "measure" if kind == "target" else kind


def test_every_rule_conclusion_has_the_support_of_a_reason(graph: Graph, inference: Inference) -> None:
    reasons = Reasons(ontology_firings())
    for firing in ontology_firings():
        for t in firing.says(nodes_of(inference), graph, graph.asserted):
            about_reason = isinstance(t.subject, NamedNode) and t.subject.value.startswith(
                ID + "explanation/"
            )
            assert reasons.support(t, graph) == (not about_reason), t


def test_what_no_rule_says_has_no_such_support(graph: Graph, asserted: frozenset[Triple]) -> None:
    reasons = Reasons(ontology_firings())
    supported = {t for t in asserted if reasons.support(t, graph)}
    assert not supported


def test_a_reason_is_found_by_its_statement(graph: Graph, inference: Inference) -> None:
    tie = next(
        t for t in sorted(inference.triples, key=str) if t.predicate == NamedNode(str(expand("rp:crosses")))
    )
    (node,) = exact_reasons(tie, graph)
    assert isinstance(node, NamedNode) and node.value.startswith(ID + "explanation/")


def rule(where: str, template: str = "?m rp:appliesIn ?r", focus: str = "m", stratum: int = 1) -> Rule:
    query = f"""PREFIX rp: <https://w3id.org/regpol/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
      CONSTRUCT {{ {template} . ?x rdf:subject ?m ; rp:rule rp:this }} WHERE {{ {where} }}"""
    return Rule("test", query, "", "", "", "", stratum, focus, (), (), ())


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (rule("?m rp:takenBy ?r", focus="r"), "does not name its focus"),
        # a class or an axiom's conclusion that a rule concludes and reads could not be told from what came before
        (rule("?m a rp:Measure . ?m rp:about ?r", "?r a rp:Measure"), "reads what later rules may conclude"),
        (rule("?m rp:takenBy ?r", "?m rp:takenBy ?r"), "reads what later rules may conclude"),
        (rule("?m rp:about ?r . ?r a ?any"), "reads what later rules may conclude"),
    ],
)
def test_a_rule_that_cannot_be_applied_to_its_foci_is_refused(bad: Rule, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Firing(bad, [bad], ontology_axioms())


def test_what_only_earlier_rules_conclude_may_be_read() -> None:
    first, second = rule("?m rp:takenBy ?r"), rule("?m rp:appliesIn ?r", "?m rp:about ?r", stratum=2)
    assert Firing(second, [first, second], compile_axioms([])).rule is second


def test_all_rules_are_compiled_in_the_order_of_their_strata() -> None:
    strata = [firing.rule.stratum for firing in ontology_firings()]
    assert strata == sorted(strata)
    assert FIRINGS.keys() == {rule.slug for rule in ontology_rules()}
