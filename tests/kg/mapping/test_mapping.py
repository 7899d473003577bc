"""Facts in, triples out: every fact with its quote, dates in two forms, numbers in one spelling."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import RDF

from kg.identifiers import iri_of
from kg.mapping.articles import map_article, map_bulletin
from kg.mapping.authorities import authority_quads, scheme_quads
from kg.mapping.terms import decimal, first_day, last_day, node, partial_date
from kg.namespaces import ID, RP, Graphs
from tests.corpus import PACT, REPEAL, RULES, bulletin, value


@pytest.mark.parametrize(
    ("stated", "first", "last", "datatype"),
    [
        ("2022", "2022-01-01", "2022-12-31", "gYear"),
        ("2024-02", "2024-02-01", "2024-02-29", "gYearMonth"),
        ("2020-08-20", "2020-08-20", "2020-08-20", "date"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(stated: str, first: str, last: str, datatype: str) -> None:
    assert first_day(stated).value == first
    assert last_day(stated).value == last
    assert partial_date(stated).datatype.value.endswith("#" + datatype)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_has_one_spelling_and_keeps_its_value(number: Decimal) -> None:
    spelling = decimal(number).value
    assert Decimal(spelling) == number
    assert "E" not in spelling
    assert not ("." in spelling and spelling.endswith("0"))


def test_every_fact_carries_its_quote() -> None:
    for facts in bulletin("b", PACT, RULES, REPEAL).articles:
        quads = map_article(facts).quads
        evidence = {
            value(quad.subject): value(quad.object) for quad in quads if quad.predicate == node(RP.evidence)
        }
        quotes = {
            value(quad.subject): value(quad.object) for quad in quads if quad.predicate == node(RP.quote)
        }
        for kind in ("measures", "targets", "figures", "events", "firsts", "relations"):
            for fact in getattr(facts.facts, kind):
                assert quotes[evidence[str(iri_of(fact.id))]] == fact.evidence
        mentions = [value(quad.subject) for quad in quads if quad.object == node(RP.Mention)]
        assert mentions
        assert all(mention in evidence for mention in mentions)


def test_an_article_graph_tells_of_its_own_nodes_only() -> None:
    [facts] = bulletin("b", PACT).articles
    mapped = map_article(facts)
    assert {quad.graph_name for quad in mapped.quads} == {node(Graphs.article(facts.article.key))}
    assert {facts.article.key in value(quad.subject) for quad in mapped.quads} == {True}
    assert mapped.text.object == Literal(facts.article.content)


def test_a_party_that_no_actor_names_becomes_one() -> None:
    pact = PACT["cooperations"][0] | {"parties": ["上海市医保局", "长江医院"]}
    [facts] = bulletin("b", PACT | {"cooperations": [pact]}).articles
    labels = {value(q.object) for q in map_article(facts).quads if q.predicate == node(RP.statedLabel)}
    assert "长江医院" in labels


def test_an_unknown_region_code_is_an_issue_not_a_guess() -> None:
    measure = PACT["measures"][0] | {"region_codes": ["310000", "雾都市"]}
    [facts] = bulletin("b", PACT | {"measures": [measure]}).articles
    mapped = map_article(facts)
    assert [issue.code for issue in mapped.issues] == ["unknown-region"]
    assert "雾都市" in mapped.issues[0].message_zh
    applies = [quad.object for quad in mapped.quads if quad.predicate == node(RP.appliesIn)]
    assert applies == [NamedNode(ID + "region/310000")]


def test_the_bulletin_graph_holds_order_and_lines() -> None:
    loaded = bulletin("b", PACT, RULES)
    quads = map_bulletin(loaded, [map_article(facts) for facts in loaded.articles])
    positions = sorted(value(quad.object) for quad in quads if quad.predicate == node(RP.position))
    assert positions == ["1", "2"]
    assert not [quad for quad in quads if quad.predicate == node(RP.line)]  # JSON has no lines


def test_the_authorities_have_no_blank_nodes_and_one_type_each() -> None:
    quads = [*authority_quads(), *scheme_quads()]
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    typed = [quad.subject for quad in authority_quads() if quad.predicate == node(RDF.type)]
    assert len(typed) == len(set(typed))
