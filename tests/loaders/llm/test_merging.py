"""Two readers, one list: the rules' word stands, the model's fills gaps and adds what it alone found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.model import GUIDE_KINDS, Article, ArticleFacts
from loaders.anchoring import anchor
from loaders.llm.merging import merge, overlap
from loaders.llm.reply import CONFIDENCE

ARTICLE = Article(
    title="两市共建码头",
    text="4月2日，甲港集团与乙港公司签署《码头共用协议》，建设两座码头，新增泊位12个，开行30条航线，并培训船员。",
)


def facts(reader: str, **drafts: list[dict[str, Any]]) -> ArticleFacts:
    marked = {kind: [{**draft, "reader": reader} for draft in some] for kind, some in drafts.items()}
    found = anchor(ARTICLE, marked)
    assert found.issues == []
    return found


def measure(evidence: str, **slots: Any) -> dict[str, Any]:
    return {"label": "甲", "type": "infrastructure_platform", "evidence": evidence, **slots}


def figure(evidence: str, value: float, **slots: Any) -> dict[str, Any]:
    return {"evidence": evidence, "value": value, "kind": "count", **slots}


def test_of_two_values_the_rules_stands_and_gaps_are_filled() -> None:
    rules = facts("rules", measures=[measure("建设两座码头")])
    theirs = measure(
        "建设两座码头，新增", type="trade_facilitation", label="乙", status="done", region_codes=["a"]
    )
    merged = merge(rules, facts("llm", measures=[theirs]))
    [fact] = merged.facts.measures
    assert fact == rules.facts.measures[0].model_copy(update={"status": "done", "region_codes": ["a"]})
    [issue] = merged.issues
    assert (issue.code, issue.severity, issue.fact) == ("llm-completed", "info", fact.id)
    assert issue.detail["slots"] == "region_codes, status"


def test_what_the_model_alone_found_is_added_and_marked() -> None:
    rules = facts("rules", measures=[measure("建设两座码头")])
    merged = merge(rules, facts("llm", measures=[measure("培训船员")]))
    assert [(fact.evidence, fact.reader) for fact in merged.facts.measures] == [
        ("建设两座码头", "rules"),
        ("培训船员", "llm"),
    ]
    assert merged.issues == []


@pytest.mark.parametrize(
    ("quote", "one"), [("建设两座码头，新增泊位", True), ("建设两座码头，新增泊位12个", False)]
)
def test_more_than_half_in_common_is_one_fact(quote: str, one: bool) -> None:
    rules, model = facts("rules", measures=[measure("建设两座码头")]), facts("llm", measures=[measure(quote)])
    assert (overlap(rules.facts.measures[0], model.facts.measures[0]) > 0.5) is one
    assert len(merge(rules, model).facts.measures) == (1 if one else 2)


def test_a_clause_s_second_number_is_another_figure() -> None:
    clause = "新增泊位12个，开行30条航线"
    rules = facts("rules", figures=[figure(clause, 12, unit="个")])
    model = facts("llm", figures=[figure(clause, 30, unit="条"), figure(clause, 12, unit="个", about="泊位")])
    merged = merge(rules, model).facts.figures
    assert [(fact.value, fact.reader, fact.about) for fact in merged] == [
        (12, "rules", "泊位"),
        (30, "llm", ""),
    ]
    assert len({fact.id for fact in merged}) == 2


def test_a_number_is_filled_in_whole_and_only_where_the_rules_quote_holds_it() -> None:
    def target(evidence: str, **slots: Any) -> dict[str, Any]:
        return {"evidence": evidence, "metric": "泊位", **slots}

    number = {"value": 12, "unit": "个", "comparator": "=", "stated_value": "12"}
    model = facts("llm", targets=[target("新增泊位12个", **number)])
    [filled] = merge(facts("rules", targets=[target("新增泊位12个")]), model).facts.targets
    assert (filled.value, filled.unit, filled.comparator, filled.reader) == (12, "个", "=", "rules")
    [short] = merge(facts("rules", targets=[target("新增泊位")]), model).facts.targets
    assert short.value is None


def test_an_entity_is_one_wherever_it_is_quoted() -> None:
    def actor(evidence: str, **slots: Any) -> dict[str, Any]:
        return {"name": "甲港集团", "type": "enterprise", "evidence": evidence, **slots}

    rules = facts("rules", actors=[actor("甲港集团")])
    model = facts("llm", actors=[actor("签署", aliases=["甲港"], region_code="110000")])
    [merged] = merge(rules, model).facts.actors
    assert (merged.evidence, merged.aliases, merged.region_code) == ("甲港集团", ["甲港"], "110000")


def test_what_the_model_says_twice_of_one_thing_is_added_once_or_not_at_all() -> None:
    rules = facts("rules", measures=[measure("建设两座码头")])
    split = facts("llm", measures=[measure("建设两座码头"), measure("建设两座码头，", label="乙")])
    assert [fact.label for fact in merge(rules, split).facts.measures] == ["甲"]
    actor = {"name": "甲港集团", "type": "enterprise"}
    twice = facts("llm", actors=[{**actor, "evidence": "甲港集团"}, {**actor, "evidence": "签署"}])
    assert len(merge(facts("rules", actors=[{**actor, "evidence": "4月2日"}]), twice).facts.actors) == 1


def test_the_model_does_not_decide_between_regions_of_one_name() -> None:
    region = {"name": "鼓楼区", "mention": "甲港", "level": "county"}
    rules = facts("rules", regions=[{**region, "candidates": ["320106", "350102"]}])
    [merged] = merge(rules, facts("llm", regions=[{**region, "code": "320106"}])).facts.regions
    assert merged.code is None


def test_a_pact_of_the_model_is_linked_to_the_rules_document() -> None:
    document = {"title": "码头共用协议", "kind": "agreement", "evidence": "《码头共用协议》"}
    pact = {"label": "码头", "kind": "agreement", "evidence": "签署《码头共用协议》"}
    rules = facts("rules", documents=[{**document, "evidence": "码头共用协议"}])
    merged = merge(rules, facts("llm", documents=[document], cooperations=[pact])).facts
    assert [fact.reader for fact in merged.documents] == ["rules"]
    assert [fact.agreement for fact in merged.cooperations] == [rules.facts.documents[0].id]


@pytest.mark.parametrize("kind", GUIDE_KINDS)
def test_nothing_from_the_model_changes_nothing(kind: str) -> None:
    drafts = {
        "regions": {"name": "甲", "mention": "甲港", "level": "other"},
        "actors": {"name": "甲港集团", "type": "enterprise"},
        "documents": {"title": "码头共用协议", "kind": "agreement"},
        "programs": {"name": "码头", "kind": "facility"},
        "measures": measure("培训船员"),
        "targets": {"metric": "泊位", "evidence": "新增泊位12个"},
        "figures": figure("新增泊位12个", 12),
        "events": {"type": "sign", "evidence": "签署"},
        "cooperations": {"label": "码头", "kind": "other", "evidence": "签署"},
        "firsts": {"scope": "other", "evidence": "签署"},
    }
    rules = facts("rules", **{kind: [drafts[kind]]})
    nothing = ArticleFacts(article=ARTICLE, facts=facts("llm").facts)
    assert merge(rules, nothing) == rules
    same = facts("llm", **{kind: [{**drafts[kind], "confidence": CONFIDENCE}]})
    assert merge(rules, same) == rules
    alone = merge(nothing, same)
    assert alone == same
    json.dumps(alone.facts.model_dump())
