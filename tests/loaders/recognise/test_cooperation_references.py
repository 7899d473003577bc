"""What only refers to a cooperation, and how parties and quotes are cut where clauses refer to something else."""

from __future__ import annotations

import pytest

from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, add_document, add_programme, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
HEFEI: Place = ("合肥市", "合肥市", "340100", "prefecture")
XIAMEN: Place = ("厦门市", "厦门市", "350200", "prefecture")
CHAOHU: Place = ("巢湖市", "巢湖市", "340181", "county")


@pytest.mark.parametrize(
    "text",
    [
        "安徽、福建将以茶业合作联席会议为契机，办好茶展。",
        "在安徽与福建对口合作框架下，茶农收入增加。",
        "推动安徽、福建茶业协作走向深入。",
        "为安徽、福建茶企证照互认提供有力支撑。",
        "安徽、福建共同打造茶业新高地。",
        "茶展夯实了安徽、福建共建基础。",
    ],
)
def test_references_and_figures_of_speech_tell_of_none(text: str) -> None:
    assert recognise(reading_of(text, regions=[ANHUI, FUJIAN])) == []


def test_what_is_built_on_results_is_built() -> None:
    facts = recognise(reading_of("安徽、福建共建成果转化平台。", regions=[ANHUI, FUJIAN]))
    assert [fact.kind for fact in facts] == ["joint_platform"]


def test_what_a_pact_brings_is_no_joint_issue() -> None:
    text = "安徽、福建签订《茶业协议》，目前已发布首批《茶证通办清单》。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN])
    for title in ("茶业协议", "茶证通办清单"):
        add_document(reading, title, ["安徽省", "福建省"])
    assert [fact.label for fact in recognise(reading)] == ["茶业协议"]


def test_a_list_of_parties_may_be_cut_by_commas() -> None:
    text = "安徽合肥市，福建厦门市，巢湖市茶业局签署《茶山巡查办法》。"
    office = ("巢湖市茶业局", "巢湖市茶业局", "340181")
    reading = reading_of(text, regions=[ANHUI, FUJIAN, HEFEI, XIAMEN], actors=[office])
    add_document(reading, "茶山巡查办法", ["巢湖市茶业局", "安徽省"])
    (fact,) = recognise(reading)
    assert fact.evidence.startswith("安徽合肥市，福建厦门市，巢湖市茶业局签署")
    assert {"合肥市", "厦门市", "巢湖市茶业局"} <= set(fact.parties)


def test_a_quote_begins_behind_the_titles_it_refers_to() -> None:
    text = "按照《茶业规划》和《茶业方案》中安徽与福建开展对口合作的要求，茶企互访。"
    (fact,) = recognise(reading_of(text, regions=[ANHUI, FUJIAN]))
    assert fact.evidence == "安徽与福建开展对口合作的要求"


def test_a_thing_that_a_place_names_cooperates_with_nobody() -> None:
    text = "安徽扩大茶叶出口，巢湖市茶港建设提速，继续深化与福建的合作。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN, CHAOHU])
    add_programme(reading, "巢湖市茶港")
    (fact,) = recognise(reading)
    assert fact.parties == ["安徽省", "福建省"]


def test_both_sides_are_none_that_a_reason_names() -> None:
    councils = [("茶业部", "茶业部", None), ("农业部", "农业部", None)]
    text = "为落实茶业部、农业部要求，合肥市到厦门市考察。双方签订合作协议。"
    (fact,) = recognise(reading_of(text, regions=[HEFEI, XIAMEN], actors=councils))
    assert fact.parties == ["合肥市", "厦门市"]
