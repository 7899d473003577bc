"""What a model says is taken only where the article and the authorities bear it out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.model import Article, ArticleFacts
from loaders.llm.reader import judge
from loaders.llm.reply import UnreadableReplyError, parse_reply
from tests.loaders.llm.scripted_model import drafts

ARTICLE = Article(
    title="湖南湖北共建湿地保护网",
    text=(
        "3月9日，湖南省、湖北省两省林业局在岳阳市签署《洞庭湿地共管协议》。省财政厅将投入3.2万元修建观鸟站，"
        "到2024年底，巡护站不少于15个，鱼类恢复20%至30%。双方启动“候鸟管家”计划。两地游客逾1150人次。"
    ),
    year=2022,
)
MEASURE = {"label": "修建观鸟站", "type": "infrastructure_platform", "evidence": "修建观鸟站"}
FIGURE = {"evidence": "投入3.2万元", "value": 32000, "unit": "元", "kind": "money", "about": "观鸟站"}
TARGET = {"evidence": "巡护站不少于15个", "metric": "巡护站", "value": 15, "unit": "个", "comparator": ">="}
REGION = {"name": "湖南省", "mention": "湖南省", "code": "430000", "level": "province", "role": "subject"}
ACTOR = {"name": "湖南省林业局", "evidence": "两省林业局", "type": "government", "region_code": "430000"}
EVENT = {"type": "sign", "evidence": "签署《洞庭湿地共管协议》", "date": "2022-03-09"}
PACT = {
    "label": "湿地共管", "kind": "agreement", "evidence": "签署《洞庭湿地共管协议》", "parties": ["湖南省", "湖北省"],
    "region_codes": ["430000", "420000"], "cross_region": True,
}  # fmt: skip
DOCUMENT = {"title": "洞庭湿地共管协议", "kind": "agreement"}
PROGRAMME = {"name": "候鸟管家计划", "kind": "action_plan"}
FIRST = {"scope": "national", "evidence": "湖南省"}


def read(**kinds: list[dict[str, Any]]) -> ArticleFacts:
    return judge(ARTICLE, drafts(**kinds))


def reasons(found: ArticleFacts) -> list[str]:
    return [issue.detail.get("reason", issue.detail.get("slot", "")) for issue in found.issues]


@pytest.mark.parametrize(
    ("kind", "draft"),
    [
        ("regions", REGION), ("actors", ACTOR), ("documents", DOCUMENT), ("programs", PROGRAMME),
        ("measures", MEASURE), ("targets", TARGET), ("figures", FIGURE), ("events", EVENT),
        ("cooperations", PACT), ("firsts", FIRST),
    ],
)  # fmt: skip
def test_what_the_text_says_is_taken_and_marked(kind: str, draft: dict[str, Any]) -> None:
    found = read(**{kind: [draft]})
    assert found.issues == []
    [fact] = found.facts.all()
    assert fact.reader == "llm"
    assert ARTICLE.content[fact.start : fact.end] == fact.evidence
    slots = fact.model_dump()
    assert {key: slots[key] for key in draft} == draft


@pytest.mark.parametrize(
    ("kind", "draft", "why"),
    [
        ("measures", {**MEASURE, "evidence": "修建一座观鸟长廊"}, "not in the article"),
        ("measures", {**MEASURE, "type": "magic"}, "type"),
        ("measures", {**MEASURE, "label": "长" * 41}, "label"),
        ("measures", {"label": "x", "type": "standard"}, "evidence"),
        ("measures", {**MEASURE, "evidence": ARTICLE.text}, "passage"),
        ("measures", {**MEASURE, "evidence": "保护网\n3月9日"}, "passage"),
        ("measures", {**MEASURE, "label": "\ud800"}, "half a character"),
        ("figures", {**FIGURE, "value": 3.2}, "not in the quote"),
        ("figures", {**FIGURE, "value": 15}, "not in the quote"),
        ("figures", {**FIGURE, "evidence": "修建观鸟站"}, "not in the quote"),
        ("figures", {**FIGURE, "value": "many"}, "value"),
        ("figures", {**FIGURE, "evidence": "150人次", "value": 150}, "not in the quote"),
        ("targets", {**TARGET, "value": 16}, "not in the quote"),
        ("targets", {**TARGET, "evidence": "恢复20%至30%", "value": 20, "value_max": 35}, "not in the quote"),
        ("targets", {**TARGET, "evidence": "到2024年底", "value": 2024}, "not in the quote"),
        ("regions", {**REGION, "code": "999999"}, "no region has the code"),
        ("regions", {**REGION, "code": "420000"}, "another region's"),
        ("regions", {**REGION, "name": "云南省", "code": "530000"}, "does not mean this region"),
        ("regions", {**REGION, "name": "云南省", "code": None}, "does not mean this region"),
        ("regions", {**REGION, "name": "桃源谷", "code": None, "level": "other"}, "not in the article"),
        ("actors", {**ACTOR, "name": "四川省林业局"}, "not in the article"),
        ("actors", {**ACTOR, "name": "湖南省水利厅"}, "not in the article"),
        ("documents", {**DOCUMENT, "title": "候鸟迁徙公约"}, "not in the article"),
        ("programs", {**PROGRAMME, "name": "百湖计划"}, "not in the article"),
        ("cooperations", {**PACT, "parties": ["四川省", "云南省"]}, "none of its parties"),
    ],
)  # fmt: skip
def test_what_nothing_bears_out_is_rejected_with_its_reason(
    kind: str, draft: dict[str, Any], why: str
) -> None:
    found = judge(ARTICLE, json.dumps({kind: [draft]}))
    assert found.facts.all() == []
    [issue] = found.issues
    assert (issue.code, issue.severity, issue.detail["kind"]) == ("llm-rejected", "warning", kind)
    assert why in issue.detail["reason"]
    assert why in issue.message_en


@pytest.mark.parametrize(
    ("kind", "draft", "slot", "left"),
    [
        ("events", {**EVENT, "date": "2022-04-09"}, "date", None),
        ("events", {**EVENT, "date": "2021-03-09"}, "date", None),
        ("targets", {**TARGET, "deadline": "2035"}, "deadline", None),
        ("measures", {**MEASURE, "region_codes": ["430000", "650000", "nowhere"]}, "region_codes", ["430000"]),
        ("actors", {**ACTOR, "region_code": "650000"}, "region_code", None),
        ("actors", {**ACTOR, "aliases": ["两省林业局", "绿野会"]}, "aliases", ["两省林业局"]),
        ("documents", {**DOCUMENT, "issuers": ["湖南省林业局", "绿野会"]}, "issuers", ["湖南省林业局"]),
        ("programs", {**PROGRAMME, "lead": ["绿野会"]}, "lead", []),
        ("cooperations", {**PACT, "parties": ["湖北省", "云南省"]}, "parties", ["湖北省"]),
    ],
)  # fmt: skip
def test_a_slot_that_nothing_bears_out_is_left_out_and_said(
    kind: str, draft: dict[str, Any], slot: str, left: Any
) -> None:
    found = read(**{kind: [draft]})
    [fact] = found.facts.all()
    assert getattr(fact, slot) == left
    assert {issue.code for issue in found.issues} == {"llm-trimmed"}
    assert {issue.detail["slot"] for issue in found.issues} == {slot}


def test_a_number_is_as_our_own_parser_reads_it() -> None:
    wrong = {**FIGURE, "unit": "万元", "comparator": None}
    [figure] = read(figures=[wrong]).facts.figures
    assert (figure.value, figure.unit, figure.comparator, figure.stated_value) == (32000, "元", "=", "3.2万")
    [target] = read(targets=[{**TARGET, "comparator": "<="}]).facts.targets
    assert target.comparator == ">="


def test_a_range_is_one_number() -> None:
    draft = {"evidence": "鱼类恢复20%至30%", "metric": "鱼类", "value": 20, "value_max": 30, "unit": "%"}
    [target] = read(targets=[draft]).facts.targets
    assert (target.value, target.value_max, target.unit) == (20, 30, "%")


@pytest.mark.parametrize("name", ["湖南省财政厅", "省财政厅"])
def test_a_region_may_stand_in_front_where_the_text_leaves_it_out(name: str) -> None:
    actor = {"name": name, "evidence": "省财政厅", "type": "government"}
    assert [fact.name for fact in read(actors=[actor]).facts.actors] == [name]


def test_a_name_of_several_regions_gets_no_code_from_the_model() -> None:
    article = Article(title="鼓楼区办事", text="鼓楼区推出新的办事窗口。")
    draft = {"name": "鼓楼区", "mention": "鼓楼区", "code": "320106", "level": "county"}
    [fact] = judge(article, drafts(regions=[draft])).facts.regions
    assert fact.code is None
    assert "320106" in fact.candidates


def test_offsets_ids_and_trust_are_not_the_model_s_to_give() -> None:
    forged = {**MEASURE, "id": "measure/x", "start": 0, "end": 5, "confidence": 1.0, "reader": "annotation"}
    [fact] = read(measures=[forged]).facts.measures
    assert (fact.reader, fact.confidence) == ("llm", 0.7)
    assert ARTICLE.content[fact.start : fact.end] == "修建观鸟站"
    assert fact.id.startswith(f"measure/{ARTICLE.key}/")


def test_a_pact_is_linked_to_its_document() -> None:
    found = read(documents=[DOCUMENT], cooperations=[PACT])
    assert [pact.agreement for pact in found.facts.cooperations] == [found.facts.documents[0].id]


def test_a_place_that_no_authority_knows_may_be_named_as_in_the_text() -> None:
    found = read(measures=[{**MEASURE, "region_codes": ["洞庭湿地", "桃源谷"]}])
    assert found.facts.measures[0].region_codes == ["洞庭湿地"]


def test_saying_the_same_twice_counts_once() -> None:
    assert len(read(measures=[MEASURE, MEASURE]).facts.measures) == 1
    assert len(read(actors=[ACTOR, {**ACTOR, "type": "other"}]).facts.actors) == 1


@pytest.mark.parametrize("fence", ["```json\n{}\n```", "```\n{}\n```", " {} "])
def test_one_fence_around_the_json_is_taken_off(fence: str) -> None:
    assert parse_reply(fence.replace("{}", drafts(measures=[MEASURE])))["measures"] == [MEASURE]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Certainly! Here are the facts.",
        '{"measures": [',
        "[]",
        "7",
        '{"answer": 1}',
        '{"measures": "none"}',
        '{"measures": {"evidence": "a"}}',
        "[" * 100_000,
        drafts() + drafts(),
    ],
)
def test_what_is_not_in_the_form_is_unreadable(reply: str) -> None:
    with pytest.raises(UnreadableReplyError):
        judge(ARTICLE, reply)


@pytest.mark.parametrize("draft", [None, 7, "x", [], [[1]], {}])
def test_a_draft_that_is_no_object_spoils_no_other(draft: Any) -> None:
    found = judge(ARTICLE, json.dumps({"measures": [draft, MEASURE]}))
    assert [fact.evidence for fact in found.facts.measures] == ["修建观鸟站"]
    assert [issue.code for issue in found.issues] == ["llm-rejected"]
