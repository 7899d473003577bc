"""Cooperations: pacts and joint issues from documents, others from cues; parties at their own level."""

from __future__ import annotations

import pytest

from kg.model import CooperationFact
from loaders.reading import Reading
from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, add_document, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
HEFEI: Place = ("合肥", "合肥市", "340100", "prefecture")
DELTA: Place = ("长三角", "长三角", None, "megaregion")
FINANCE = ("省财政厅", "安徽省财政厅", "340000")
LABOUR = ("省人社厅", "安徽省人社厅", "340000")
OTHER = ("闽茶集团", "闽茶集团", "350000")


def read(text: str, *places: Place, actors: list[tuple[str, str, str | None]] | None = None) -> Reading:
    return reading_of(text, regions=places, actors=actors or [])


def only(facts: list[CooperationFact]) -> CooperationFact:
    (fact,) = facts
    return fact


def test_two_issuers_make_a_joint_issuance() -> None:
    reading = read("近日，省财政厅、省人社厅联合印发《关于扶持茶农的意见》。", actors=[FINANCE, LABOUR])
    document = add_document(reading, "关于扶持茶农的意见", ["安徽省财政厅", "安徽省人社厅"])
    fact = only(recognise(reading))
    assert (fact.kind, fact.cross_region, fact.agreement) == ("joint_issuance", False, document.id)
    assert fact.parties == ["安徽省财政厅", "安徽省人社厅"]
    assert fact.region_codes == ["340000"]
    assert fact.evidence == "省财政厅、省人社厅联合印发《关于扶持茶农的意见》"
    assert (fact.label, fact.subject) == ("联合印发《关于扶持茶农的意见》", "扶持茶农")


def test_one_issuer_makes_none() -> None:
    reading = read("近日，省财政厅印发《茶园办法》。", actors=[FINANCE])
    add_document(reading, "茶园办法", ["安徽省财政厅"])
    assert recognise(reading) == []


def test_a_signed_agreement_of_two_provinces_crosses_regions() -> None:
    reading = read("安徽与福建签署《茶业合作框架协议》。", ANHUI, FUJIAN)
    document = add_document(reading, "茶业合作框架协议", ["安徽省", "福建省"])
    fact = only(recognise(reading))
    assert (fact.kind, fact.label, fact.cross_region) == ("agreement", "茶业合作框架协议", True)
    assert (fact.parties, fact.region_codes) == (["安徽省", "福建省"], ["340000", "350000"])
    assert (fact.agreement, fact.subject) == (document.id, "茶业")


def test_a_signed_list_of_common_services_is_a_shared_service() -> None:
    reading = read("安徽与福建联合签署茶企办税跨省通办清单。", ANHUI, FUJIAN)
    add_document(reading, "茶企办税跨省通办清单", ["安徽省", "福建省"])
    assert only(recognise(reading)).kind == "shared_service"


def test_what_a_pact_includes_is_none_of_its_own() -> None:
    text = "安徽与福建签署《茶业合作协议》，包括两地证照互认、窗口通办等。今后，安徽、福建将加强合作。"
    reading = read(text, ANHUI, FUJIAN)
    add_document(reading, "茶业合作协议", ["安徽省", "福建省"])
    assert [f.kind for f in recognise(reading)] == ["agreement"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安徽与福建实现了茶农证照互认。", "mutual_recognition"),
        ("茶企登记在安徽、福建两地通办。", "shared_service"),
        ("安徽将与福建共建茶叶检测中心。", "joint_platform"),
        ("推动安徽与福建加强合作。", "pairing"),
        ("福建支持安徽开展茶园改造。", "pairing"),
        ("安徽把生态补偿金交给上游的福建。", "other"),
        ("安徽、福建建立茶山联防联控机制。", "other"),
        ("安徽与福建签订备忘录。", "agreement"),
        ("安徽与福建达成茶业合作备忘录。", "agreement"),
        ("安徽与福建加强合作。", "other"),
        ("推动安徽与福建的茶业合作。", "other"),
        ("安徽、福建建立主要领导定期会晤机制。", "other"),
        ("强化安徽与福建联动。", "other"),
        ("安徽与福建实现茶农病历跨省调阅。", "shared_service"),
        ("安徽、福建开通毗邻公交12条。", "shared_service"),
        ("安徽、福建相互承认茶师资格。", "mutual_recognition"),
        ("安徽与福建合作共建茶业产业园。", "joint_platform"),
        ("由安徽共建的安徽（福建）茶业园开园。", "joint_platform"),
        ("安徽、福建联合下达茶园补助资金。", "joint_issuance"),
    ],
)
def test_cues_between_two_provinces(text: str, kind: str) -> None:
    fact = only(recognise(read(text, ANHUI, FUJIAN)))
    assert (fact.kind, set(fact.parties), fact.cross_region) == (kind, {"安徽省", "福建省"}, True)
    assert fact.confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "安徽加强国际合作。",
        "安徽推进“一网通办”。",
        "安徽落实联合惩戒。",
        "安徽、福建共建“一带一路”。",
        "安徽省推动共建共治共享。",
        "安徽通过与福建的合作承接茶企。",
        "充分展示安徽与福建的茶艺合作。",
        "安徽与福建茶业合作内容丰富。",
        "安徽与福建茶业同城化效应明显。",
        "茶业协议的签署让安徽、福建受益。",
    ],
)
def test_cues_without_a_second_party_are_none(text: str) -> None:
    assert recognise(read(text, *(place for place in (ANHUI, FUJIAN) if place[0] in text))) == []


def test_a_megaregion_may_stand_alone() -> None:
    fact = only(recognise(read("长三角实现茶企登记一体化通办。", DELTA)))
    assert (fact.parties, fact.region_codes, fact.cross_region) == (["长三角"], ["长三角"], True)


def test_a_region_and_its_part_do_not_cross() -> None:
    fact = only(recognise(read("安徽与合肥共建茶叶检测中心。", ANHUI, HEFEI)))
    assert fact.cross_region is False


def test_a_region_unknown_to_the_authority_crosses() -> None:
    abroad: Place = ("老挝", "老挝", None, "other")
    assert only(recognise(read("安徽与老挝签订备忘录。", ANHUI, abroad))).cross_region is True


def test_agencies_stay_parties_at_their_own_level() -> None:
    fact = only(recognise(read("茶叶检测中心由省财政厅与闽茶集团联合建设。", actors=[FINANCE, OTHER])))
    assert (fact.kind, fact.parties) == ("joint_platform", ["安徽省财政厅", "闽茶集团"])
    assert fact.region_codes == ["340000", "350000"]


def test_builders_may_stand_in_the_clause_before() -> None:
    fact = only(
        recognise(read("省财政厅和闽茶集团将整合力量，在茶山筹建检测基地。", actors=[FINANCE, OTHER]))
    )
    assert fact.evidence == "省财政厅和闽茶集团将整合力量，在茶山筹建检测基地"


def test_an_alliance_takes_the_region_of_its_name_and_its_leaders() -> None:
    text = "长三角茶业创新联盟近日成立。首轮理事长单位由省财政厅和闽茶集团担任。"
    fact = only(recognise(read(text, DELTA, actors=[FINANCE, OTHER])))
    assert (fact.kind, fact.label) == ("alliance", "长三角茶业创新联盟")
    assert (fact.parties, fact.region_codes) == (["安徽省财政厅", "闽茶集团"], ["长三角"])


def test_both_provinces_means_the_two_named_before() -> None:
    fact = only(recognise(read("安徽与福建相邻。两省共建茶叶检测中心。", ANHUI, FUJIAN)))
    assert fact.parties == ["安徽省", "福建省"]


def test_with_somebody_means_the_region_that_the_article_is_about() -> None:
    fact = only(recognise(read("安徽发展茶业，与福建共建茶叶检测中心。", ANHUI, FUJIAN)))
    assert fact.parties == ["安徽省", "福建省"]


def test_where_they_meet_is_no_party() -> None:
    fact = only(recognise(read("安徽、福建合作联席会议在合肥召开。", ANHUI, FUJIAN, HEFEI)))
    assert fact.parties == ["安徽省", "福建省"]


JIANGSU: Place = ("江苏", "江苏省", "320000", "province")
ZHEJIANG: Place = ("浙江", "浙江省", "330000", "province")


def test_one_named_agency_and_others_issue_jointly() -> None:
    reading = read("近日，省财政厅等9部门联合印发《茶园办法》。", actors=[FINANCE])
    add_document(reading, "茶园办法", ["安徽省财政厅"])
    fact = only(recognise(reading))
    assert (fact.kind, fact.parties) == ("joint_issuance", ["安徽省财政厅"])


def test_what_a_meeting_passes_is_no_joint_issuance() -> None:
    reading = read("安徽、福建审议通过《茶园要点》。", ANHUI, FUJIAN)
    add_document(reading, "茶园要点", ["安徽省", "福建省"])
    assert recognise(reading) == []


def test_a_pact_told_twice_is_one() -> None:
    reading = read("《茶业合作协议》在合肥签署。安徽、福建代表签署了《茶业合作协议》。", ANHUI, FUJIAN, HEFEI)
    add_document(reading, "茶业合作协议", ["安徽省", "福建省"])
    fact = only(recognise(reading))
    assert (fact.kind, fact.parties) == ("agreement", ["安徽省", "福建省"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安徽与福建深化山海协作。", "pairing"),
        ("安徽与福建缔结友好省份。", "pairing"),
        ("安徽、福建门诊费用实现异地结算。", "shared_service"),
        ("安徽、福建携手打造茶业园区。", "joint_platform"),
        ("安徽、福建建立茶业会商机制。", "other"),
        ("安徽、福建共同举办茶博会。", "other"),
    ],
)
def test_further_cues(text: str, kind: str) -> None:
    fact = only(recognise(read(text, ANHUI, FUJIAN)))
    assert (fact.kind, fact.parties) == (kind, ["安徽省", "福建省"])


@pytest.mark.parametrize(
    "text",
    [
        "安徽、福建茶业合作论坛开幕。",
        "制定安徽、福建联合实施方案。",
        "安徽的合作社与福建无关。",
        "此次安徽、福建19个签约项目中，茶业占半。",
        "安徽建立跨县医联体医师管理机制。",
    ],
)
def test_names_are_no_cooperation(text: str) -> None:
    assert recognise(read(text, ANHUI, *([FUJIAN] if "福建" in text else []))) == []


def test_pairs_are_told_apart() -> None:
    reading = read("安徽与福建、江苏与浙江结对帮扶。", ANHUI, FUJIAN, JIANGSU, ZHEJIANG)
    assert [f.parties for f in recognise(reading)] == [["安徽省", "福建省"], ["江苏省", "浙江省"]]


def test_neighbours_and_wholes_are_no_parties() -> None:
    reading = read("安徽毗邻江苏的合肥与福建签署协议。", ANHUI, JIANGSU, HEFEI, FUJIAN)
    assert only(recognise(reading)).parties == ["合肥市", "福建省"]


def test_a_province_and_its_city_do_not_cooperate() -> None:
    assert recognise(read("安徽加强与合肥的合作。", ANHUI, HEFEI)) == []


def test_founders_of_an_alliance_follow_the_word_by() -> None:
    reading = read("绿茶产业联盟由省财政厅、省人社厅联合发起。", actors=[FINANCE, LABOUR])
    fact = only(recognise(reading))
    assert (fact.kind, fact.parties) == ("alliance", ["安徽省财政厅", "安徽省人社厅"])


def test_regions_that_join_an_alliance_are_its_parties() -> None:
    fact = only(recognise(read("来自安徽、福建的多家单位加入茶业联盟。", ANHUI, FUJIAN)))
    assert (fact.kind, fact.parties) == ("alliance", ["安徽省", "福建省"])


def all_parties(text: str, *places: Place) -> list[list[str]]:
    return [fact.parties for fact in recognise(read(text, *places))]


@pytest.mark.parametrize("verb", ["推动", "支持", "鼓励", "引导"])
def test_those_who_are_furthered_to_build_are_the_parties(verb: str) -> None:
    fact = only(recognise(read(f"{verb}安徽、福建共建茶业走廊。", ANHUI, FUJIAN)))
    assert (fact.kind, fact.parties, fact.cross_region) == ("joint_platform", ["安徽省", "福建省"], True)


def test_pairs_that_build_are_told_apart() -> None:
    found = all_parties("支持安徽与福建、江苏与浙江共建茶业园区。", ANHUI, FUJIAN, JIANGSU, ZHEJIANG)
    assert found == [["安徽省", "福建省"], ["江苏省", "浙江省"]]


def test_a_list_of_border_areas_is_told_apart() -> None:
    text = "支持皖闽、苏浙等交界地区合作发展，安徽、福建、江苏、浙江各有茶山。"
    found = all_parties(text, ANHUI, FUJIAN, JIANGSU, ZHEJIANG)
    assert found == [["安徽省", "福建省"], ["江苏省", "浙江省"]]


def test_the_same_parties_may_cooperate_twice_where_they_are_named_again() -> None:
    text = "建立安徽与福建茶山联防机制。完善安徽与福建茶税通报机制。"
    assert all_parties(text, ANHUI, FUJIAN) == [["安徽省", "福建省"]] * 2


def test_a_mutual_payment_is_one_cooperation() -> None:
    text = "水质达标则安徽补偿福建，反之则福建补偿安徽。"
    assert all_parties(text, ANHUI, FUJIAN) == [["安徽省", "福建省"]]


def test_a_basin_stands_not_for_a_few_of_its_members() -> None:
    basin: Place = ("黄河流域", "黄河流域", None, "megaregion")
    gansu: Place = ("甘肃", "甘肃省", "620000", "province")
    qinghai: Place = ("青海", "青海省", "630000", "province")
    text = "建立黄河流域补偿机制。推动甘肃、青海建立横向补偿机制。"
    assert all_parties(text, basin, gansu, qinghai) == [["甘肃省", "青海省"]]


def test_partners_without_a_name_leave_out_the_subject_region() -> None:
    east: Place = ("皖北", "皖北", None, "megaregion")
    text = "继续对口支援福建。深化发达省市与皖北对口合作。"
    assert all_parties(text, FUJIAN, east) == [["福建省"], ["皖北"]]


def test_surroundings_and_named_waters_are_parties() -> None:
    text = "加强合肥与周边城市合作。深入开展南水北调东线受水区对口协作。"
    assert all_parties(text, HEFEI) == [["合肥市", "合肥市周边城市"], ["南水北调东线受水区"]]


def test_a_joint_task_without_a_subject_is_that_of_the_clause_before() -> None:
    text = "安徽与福建深化茶业合作，共建茶业走廊。"
    assert [f.kind for f in recognise(read(text, ANHUI, FUJIAN))] == ["other", "joint_platform"]


def test_items_of_a_pact_are_none_of_their_own() -> None:
    text = "安徽与福建签订茶业协议，共建茶业走廊。"
    assert [f.kind for f in recognise(read(text, ANHUI, FUJIAN))] == ["agreement"]


def test_services_named_together_share_their_parties() -> None:
    text = "安徽、福建推进茶企资质互认，茶农医保直接结算。"
    facts = recognise(read(text, ANHUI, FUJIAN))
    assert sorted(f.kind for f in facts) == ["mutual_recognition", "shared_service"]
    assert all(f.parties == ["安徽省", "福建省"] for f in facts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安徽多部门联合开展茶市检查行动。", "other"),
        ("安徽推动校企共建茶业学院。", "joint_platform"),
        ("安徽引导茶企与12家研究机构签订合作协议。", "agreement"),
        ("安徽医院实现了检查结果互认。", "mutual_recognition"),
    ],
)
def test_groups_without_a_name_cooperate(text: str, kind: str) -> None:
    fact = only(recognise(read(text, ANHUI)))
    assert (fact.kind, fact.parties, fact.region_codes) == (kind, [], ["340000"])


@pytest.mark.parametrize(
    "text",
    [
        "这是安徽茶企与福建茶企签约金额最高的一次。",
        "标志着安徽与福建补偿机制更加完善。",
        "安徽、福建对接国家茶业发展战略。",
        "安徽、福建茶园共建等作出明确规定。",
        "同意安徽会同福建组织编制的规划。",
    ],
)
def test_comments_and_strategies_are_no_cooperation(text: str) -> None:
    assert recognise(read(text, ANHUI, FUJIAN)) == []


def test_two_bodies_that_issue_a_text_without_a_title_issue_it_jointly() -> None:
    (fact,) = recognise(read("省财政厅、省人社厅日前出台文件。", actors=[FINANCE, LABOUR]))
    assert (fact.kind, fact.parties) == ("joint_issuance", ["安徽省财政厅", "安徽省人社厅"])


def test_a_service_may_name_its_parties_in_the_next_clause() -> None:
    (fact,) = recognise(read("推动茶企办事“跨省通办”，支持安徽与福建布设窗口。", ANHUI, FUJIAN))
    assert (fact.kind, fact.parties) == ("shared_service", ["安徽省", "福建省"])


def test_a_headline_names_who_helps_whom() -> None:
    reading = reading_of("各级各部门推进对口帮扶工作。", title="安徽对口帮扶福建", regions=[ANHUI, FUJIAN])
    assert [f.parties for f in recognise(reading)] == [["安徽省", "福建省"]]


def test_the_country_beside_its_own_agency_is_no_party() -> None:
    country: Place = ("全国", "中国", None, "country")
    reading = read("省财政厅启动全国茶农病历跨省调阅系统建设。", country, actors=[FINANCE])
    assert recognise(reading) == []
