"""Entities are a function of all mentions: majority, then the lowest; never a second preferred label."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, SKOS, URIRef

from kg.entities import Entities, derive, mentioned
from kg.mapping.articles import map_article
from kg.mapping.terms import node
from kg.namespaces import ID, RP, concept
from tests.corpus import PACT, RULES, bulletin, value

PLATFORM = ID + "programme/x-platform"


def mention(number: int, label: str, kind: str = "platform") -> list[Quad]:
    iri, graph = NamedNode(f"{ID}mention/a{number}/m"), NamedNode(f"https://example.org/g{number}")
    return [
        Quad(iri, node(RP.of), NamedNode(PLATFORM), graph),
        Quad(iri, node(RP.statedLabel), Literal(label), graph),
        Quad(iri, node(RP.statedKind), node(concept("programme-kind", kind)), graph),
    ]


def objects(entities: Entities, predicate: URIRef, subject: str = PLATFORM) -> list[str]:
    found = (q for q in entities.quads if q.predicate == node(predicate) and q.subject == NamedNode(subject))
    return sorted(value(quad.object) for quad in found)


def test_the_label_of_the_majority_is_preferred_and_others_are_kept() -> None:
    found = derive([*mention(1, "乙平台"), *mention(2, "甲平台"), *mention(3, "乙平台")])
    assert objects(found, SKOS.prefLabel) == ["乙平台"]
    assert objects(found, SKOS.altLabel) == ["甲平台"]


def test_on_a_tie_the_lowest_is_preferred() -> None:
    assert objects(derive([*mention(1, "b"), *mention(2, "a")]), SKOS.prefLabel) == ["a"]


def test_kinds_that_disagree_are_one_kind_and_an_issue() -> None:
    found = derive([*mention(1, "平台"), *mention(2, "平台"), *mention(3, "平台", "facility")])
    assert objects(found, RP.programmeKind) == [str(concept("programme-kind", "platform"))]
    assert [issue.code for issue in found.issues] == ["kind-disagrees"]
    assert "facility" in found.issues[0].message_en


@given(st.permutations([q for n, label in enumerate("abba") for q in mention(n, label)]))
def test_the_order_of_mentions_does_not_matter(quads: list[Quad]) -> None:
    expected = derive([q for n, label in enumerate("abba") for q in mention(n, label)])
    assert derive(quads) == expected


def derived(*items: dict[str, Any]) -> Entities:
    return derive(quad for facts in bulletin("b", *items).articles for quad in map_article(facts).quads)


def test_an_agency_of_the_authority_gets_its_official_name_region_and_function() -> None:
    found = derived(RULES)
    [agency] = [
        value(q.subject) for q in found.quads if q.object == Literal("四川省生态环境厅", language="zh")
    ]
    assert agency.startswith(ID + "actor/510000-")
    assert objects(found, RDF.type, agency) == [str(RP.Agency)]
    assert objects(found, RP.jurisdiction, agency) == [ID + "region/510000"]
    assert len(objects(found, SKOS.prefLabel, agency)) == 2


def test_a_cooperation_joins_its_parties_agreement_and_quotes() -> None:
    found = derived(PACT)
    [pact] = {value(q.subject) for q in found.quads if q.object == node(RP.Cooperation)}
    assert len(objects(found, RP.party, pact)) == 4
    assert len(objects(found, RP.agreement, pact)) == 1
    assert len(objects(found, RP.evidence, pact)) == 1


def test_regions_of_the_authority_are_not_described_again() -> None:
    found = derived(PACT)
    assert not [q for q in found.quads if "/id/region/" in str(q.subject)]
    assert NamedNode(ID + "region/310000") in mentioned(
        quad for facts in bulletin("b", PACT).articles for quad in map_article(facts).quads
    )


def test_an_unknown_region_is_an_other_region_and_an_ambiguous_one_unresolved() -> None:
    regions = [
        {"name": "东河湾区", "mention": "近日", "level": "zone", "role": "mentioned"},
        {"name": "鼓楼区", "mention": "四川省", "level": "county", "candidates": ["320106", "320302"]},
    ]
    found = derived(RULES | {"regions": regions})
    types = {
        q.object for q in found.quads if q.predicate == node(RDF.type) and "/id/region/" in str(q.subject)
    }
    assert types == {node(RP.OtherRegion), node(RP.UnresolvedRegion)}
