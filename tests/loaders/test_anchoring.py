"""Drafts become facts with offsets, or are rejected with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from loaders.anchoring import anchor, find_quote

ARTICLE = Article(
    title="两市签约",
    text="8 月 3 日，两市签署协议。协议提出，建设物流通道。两市签署协议后，实施“绿色走廊”计划。",
)


def measure(evidence: str, **slots: Any) -> dict[str, Any]:
    return {"label": "建设物流通道", "type": "infrastructure_platform", "evidence": evidence, **slots}


def test_a_quote_gets_its_offsets() -> None:
    [fact] = anchor(ARTICLE, {"measures": [measure("建设物流通道")]}).facts.measures
    assert ARTICLE.content[fact.start : fact.end] == fact.evidence == "建设物流通道"
    assert fact.id.startswith(f"measure/{ARTICLE.key}/")
    assert fact.reader == "annotation"


def test_white_space_and_quotation_marks_are_folded() -> None:
    [fact] = anchor(ARTICLE, {"measures": [measure('实施"绿色 走廊"计划')]}).facts.measures
    assert fact.evidence == "实施“绿色走廊”计划"


def test_of_several_places_the_one_near_the_other_quotes_is_taken() -> None:
    event = {"type": "sign", "evidence": "两市签署协议"}
    near_end = anchor(ARTICLE, {"events": [event], "measures": [measure("实施“绿色走廊”计划")]}).facts.events
    alone = anchor(ARTICLE, {"events": [event]}).facts.events
    assert near_end[0].start > alone[0].start


def test_facts_that_share_a_span_have_ids_of_their_own() -> None:
    facts = anchor(ARTICLE, {"measures": [measure("建设物流通道")] * 2}).facts.measures
    assert len({fact.id for fact in facts}) == 2


def test_a_fact_with_offsets_keeps_its_id() -> None:
    [fact] = anchor(ARTICLE, {"measures": [measure("建设物流通道")]}).facts.measures
    again = anchor(ARTICLE, {"measures": [fact.model_dump()]}).facts.measures
    assert again == [fact]


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (measure("从未说过的话"), "not in the article"),
        (measure("建设物流通道", start=0, end=6), "not the text at its offsets"),
        (measure("建设物流通道", type="magic"), "type"),
        (measure("建设物流通道", label="长" * 41), "label"),
        ("no object", "not an object"),
    ],
)
def test_a_wrong_draft_is_rejected_with_its_reason(draft: Any, why: str) -> None:
    result = anchor(ARTICLE, {"measures": [draft]})
    assert result.facts.measures == []
    [issue] = result.issues
    assert issue.severity == "violation"
    assert why in issue.message_en


@given(st.text("甲乙“” \n", min_size=1), st.data())
def test_every_substring_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = find_quote(text, text[start:end], near=start)
    if text[start:end].strip():
        assert found is not None
        assert text[found[0] : found[1]] == text[start:end]


@pytest.mark.parametrize(
    "given", ["foo", "measure/m1/x", "measure/x> <y", 7, "target/0123456789abcdef/0123456789ab"]
)
def test_an_id_that_is_not_the_article_s_own_is_minted_anew(given: object) -> None:
    [fact] = anchor(ARTICLE, {"measures": [measure("建设物流通道", id=given)]}).facts.measures
    assert fact.id.startswith(f"measure/{ARTICLE.key}/")


def test_an_id_given_twice_is_given_once() -> None:
    [fact] = anchor(ARTICLE, {"measures": [measure("建设物流通道")]}).facts.measures
    twice = [fact.model_dump(), {**fact.model_dump(), "label": "另一项"}]
    found = anchor(ARTICLE, {"measures": twice}).facts.measures
    assert len({one.id for one in found}) == 2


def test_links_follow_the_ids_that_were_minted() -> None:
    drafts = {
        "documents": [{"id": "d1", "title": "协议", "kind": "agreement"}],
        "measures": [measure("建设物流通道", document="d1", taken_by=["a9"])],
    }
    facts = anchor(ARTICLE, drafts).facts
    assert facts.measures[0].document == facts.documents[0].id
    assert facts.measures[0].taken_by == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_number_that_no_bulletin_states_is_rejected(value: float) -> None:
    draft = {"evidence": "建设物流通道", "value": value, "kind": "count", "unit": "个"}
    result = anchor(ARTICLE, {"figures": [draft]})
    assert result.facts.figures == []
    assert "value" in result.issues[0].message_en


@pytest.mark.parametrize("date", ["2022-02-30", "２０２２-05", "last week"])
def test_a_day_that_no_calendar_has_is_rejected(date: str) -> None:
    result = anchor(ARTICLE, {"events": [{"type": "sign", "evidence": "两市签署协议", "date": date}]})
    assert result.facts.events == []
    assert "date" in result.issues[0].message_en


def test_a_name_of_white_space_is_rejected() -> None:
    result = anchor(ARTICLE, {"actors": [{"name": "  ", "type": "other", "evidence": "两市"}]})
    assert [issue.code for issue in result.issues] == ["draft-rejected"]
