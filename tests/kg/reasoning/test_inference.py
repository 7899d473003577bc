"""The strata: what the rules and the axioms make of a small bulletin together with the authorities."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.namespaces import ID, expand
from kg.reasoning import Authorities, Inference, closure, infer, ontology_rules, rule_descriptions
from kg.reasoning import inference as module
from kg.reasoning.axioms import TYPE

LEVEL = "https://w3id.org/regpol/concept/level/"


def node(name: str) -> NamedNode:
    return NamedNode(str(expand(name)) if ":" in name else ID + name)


def triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(node(subject), node(predicate), node(value))


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("measure/m3", "rp:appliesIn", "R:320000"),
        ("measure/m3", "rp:inRegion", "R:yangtze-delta"),
        ("measure/m3", "rp:takenBy", "actor/320000-finance"),
        ("measure/m2", "rp:appliesIn", "R:330421"),
        ("measure/m1", "rp:takenBy", "actor/310000-housing"),
        ("cooperation/fund", "rp:coversAllOf", "R:yangtze-delta"),
        ("cooperation/fund", "rp:actsIn", "R:yrd-demo-zone"),
        ("cooperation/fund", "rp:crosses", LEVEL + "province"),
        ("cooperation/fund", "rp:throughZone", "R:yrd-demo-zone"),
        ("cooperation/tax", "rp:throughZone", "R:yrd-demo-zone"),
        ("cooperation/tax", "rp:crosses", LEVEL + "prefecture"),
        ("cooperation/tax", "rdf:type", "rp:CrossRegionCooperation"),
        ("cooperation/union", "rdf:type", "rp:CrossRegionCooperation"),
        ("cooperation/pairing", "rp:partyRegion", "R:320100"),
        ("cooperation/pairing", "rp:crosses", LEVEL + "province"),
        ("R:320100", "rp:cooperatesWith", "R:330400"),
        ("R:330400", "rp:cooperatesWith", "R:320100"),
        ("actor/carmaker", "rp:cooperatesWith", "actor/college"),
        ("actor/310118-tax", "rp:actorLevel", LEVEL + "county"),
        ("article/a1", "rp:aboutRegion", "R:340000"),
        ("measure/m3", "rp:source", "article/a3"),
        ("actor/320000-science", "rp:cooperatesWith", "actor/320000-finance"),
    ],
)
def test_follows(inference: Inference, subject: str, predicate: str, value: str) -> None:
    assert triple(subject, predicate, value) in inference.triples


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        # an enterprise and a school of two regions make no tie between the regions
        ("R:310000", "rp:cooperatesWith", "R:320500"),
        ("R:320500", "rp:cooperatesWith", "R:310000"),
        # issuers of a pact's text are its parties, not joint issuers
        ("document/pact", "rdf:type", "rp:Cooperation"),
        # a region that is only mentioned
        ("article/a1", "rp:aboutRegion", "R:440000"),
        # a stated region is not added to
        ("measure/m1", "rp:appliesIn", "R:310000"),
        # what the authorities or the text say already
        ("R:310000", "rp:within", "R:cn"),
        ("measure/m1", "rp:appliesIn", "R:yrd-demo-zone"),
        ("actor/carmaker", "rdf:type", "rp:Agency"),
    ],
)
def test_does_not_follow(inference: Inference, subject: str, predicate: str, value: str) -> None:
    assert triple(subject, predicate, value) not in inference.triples


def test_only_new_triples(
    inference: Inference, asserted: frozenset[Triple], authorities: frozenset[Triple]
) -> None:
    assert not inference.triples & (asserted | authorities | rule_descriptions())
    assert inference.contradictions == ()


def test_every_rule_is_used_by_the_fixture(inference: Inference) -> None:
    assert inference.by_rule.keys() == {rule.slug for rule in ontology_rules()}
    assert all(inference.by_rule.values())


def test_one_joint_issuance(inference: Inference) -> None:
    minted = {t.subject for t in inference.triples if str(t.subject).startswith(f"<{ID}cooperation/joint-")}
    assert len(minted) == 1
    (cooperation,) = minted
    assert Triple(cooperation, node("rp:source"), node("article/a3")) in inference.triples


def test_nothing_more_follows(
    inference: Inference, asserted: frozenset[Triple], authorities: frozenset[Triple]
) -> None:
    known = asserted | authorities | inference.triples | rule_descriptions()
    assert closure(known).inferred <= rule_descriptions()


def test_order_does_not_matter(
    inference: Inference,
    asserted: frozenset[Triple],
    authorities: frozenset[Triple],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = list(ontology_rules())
    random.Random(7).shuffle(rules)
    monkeypatch.setattr(module, "ontology_rules", lambda: tuple(rules))
    shuffled = random.Random(8).sample(sorted(asserted, key=str), len(asserted))
    assert infer(shuffled, Authorities(sorted(authorities, key=str))).triples == inference.triples


def test_unrelated_authorities_change_nothing(
    inference: Inference, asserted: frozenset[Triple], authorities: frozenset[Triple]
) -> None:
    text = """@prefix R: <https://w3id.org/regpol/id/region/> . @prefix rp: <https://w3id.org/regpol/ns#> .
      R:510000 a rp:AdministrativeRegion ; rp:partOf R:cn . R:510100 a rp:AdministrativeRegion ; rp:partOf R:510000 ."""
    more = {quad.triple for quad in parse(input=text, format=RdfFormat.TURTLE)}
    wider = authorities | more
    assert infer(asserted, wider | closure(wider).inferred).triples == inference.triples


def test_a_member_that_nobody_mentions_keeps_a_pact_from_covering_all(
    asserted: frozenset[Triple], authorities: frozenset[Triple]
) -> None:
    new = {
        Triple(node("R:999999"), TYPE, node("rp:AdministrativeRegion")),
        triple("R:999999", "rp:memberOf", "R:yangtze-delta"),
    }
    wider = authorities | new
    found = infer(asserted, wider | closure(wider).inferred)
    assert not [t for t in found.triples if t.predicate == node("rp:coversAllOf")]


def test_a_contradiction_with_the_authorities_is_reported(authorities: frozenset[Triple]) -> None:
    found = infer(
        {triple("measure/m9", "rp:appliesIn", "R:310000"), triple("R:310000", "rdf:type", "rp:Agency")},
        authorities,
    )
    assert {(c.node, c.first.rsplit("#")[1], c.second.rsplit("#")[1]) for c in found.contradictions} == {
        (ID + "region/310000", "Actor", "Region")
    }
