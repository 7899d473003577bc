"""Actors: full names, types, regions and other names of organisations."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.authorities import agency_authority, region_authority
from kg.model import ActorFact, Article
from loaders.extraction import extract
from loaders.reading import Reading
from loaders.recognise import actors, regions
from tests.strategies import chinese_texts, titles


def read(title: str, text: str = "") -> tuple[Reading, list[ActorFact]]:
    reading = Reading(Article(title=title, text=text, year=2021), region_authority(), agency_authority())
    reading.facts.regions = regions.recognise(reading)
    return reading, actors.recognise(reading)


def found(title: str, text: str = "") -> list[tuple[str, str, str | None]]:
    return [(fact.name, fact.type, fact.region_code) for fact in read(title, text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湖北省科技厅印发通知", ("湖北省科技厅", "government", "420000")),
        ("宁波市鄞州区人民法院发布白皮书", ("宁波市鄞州区人民法院", "government", "330212")),
        ("河北省“双创”工作领导小组办公室印发通知", ("河北省“双创”工作领导小组办公室", "government", "130000")),
        ("国家税务总局湖南省税务局推出清单", ("国家税务总局湖南省税务局", "government", "430000")),
        ("青岛海关启用新系统", ("青岛海关", "government", "370200")),
        ("海关总署发布公告", ("海关总署", "government", None)),
        ("国家发展改革委发布公告", ("国家发展改革委", "government", None)),
        ("辽宁省委组织部印发通知", ("辽宁省委组织部", "party_body", "210000")),
        ("成都市公共资源交易服务中心上线系统", ("成都市公共资源交易服务中心", "public_institution", "510100")),
        ("安徽医科大学参加研究", ("安徽医科大学", "school", "340000")),
        ("福建省物流行业协会发布倡议", ("福建省物流行业协会", "association", "350000")),
        ("中国银行江西省分行提供贷款", ("中国银行江西省分行", "bank", "360000")),
        ("徽商银行提供贷款", ("徽商银行", "bank", None)),
        ("蔚蓝晨星科技有限公司参与建设", ("蔚蓝晨星科技有限公司", "enterprise", None)),
        ("浙江省委印发通知", ("浙江省委", "party_body", "330000")),
        ("中共云南省委印发通知", ("中共云南省委", "party_body", "530000")),
        ("天津市第二中级法院发布白皮书", ("天津市第二中级法院", "government", "120000")),
        ("海关总署天津分署发布数据", ("海关总署天津分署", "government", "120000")),
        ("全国茶叶普查领导小组办公室下发通知", ("全国茶叶普查领导小组办公室", "government", None)),
        ("南方电网厦门供电局上线系统", ("南方电网厦门供电局", "enterprise", "350200")),
        ("长三角集成电路产业联盟发布标准", ("长三角集成电路产业联盟", "alliance", None)),
    ],
)  # fmt: skip
def test_kinds_of_organisations(text: str, expected: tuple[str, str, str | None]) -> None:
    assert found("通知", text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "企业与高校加强合作，相关部门予以支持",
        "两家公司在银行网点办理业务，教育集团覆盖多所学校",
        "上海加快形成新发展格局，优化产业布局",
        "北京建设国际科技创新中心，江苏推出服务大厅",
        "《湖北省科技厅关于创新平台的管理办法》施行",
        "省级医院与县级医院结对",
    ],
)
def test_generic_groups_and_look_alikes_are_no_actors(text: str) -> None:
    assert found("通知", text) == []


def test_words_for_a_region_take_its_name_and_stay_as_alias() -> None:
    _, facts = read("湖南出台新规", "近日，省财政厅、省人社厅联合印发通知，该省药监局负责监督。")
    assert [(fact.name, fact.region_code) for fact in facts] == [
        ("湖南省财政厅", "430000"), ("湖南省人社厅", "430000"), ("湖南省药监局", "430000"),
    ]  # fmt: skip
    assert facts[1].aliases == ["省人社厅", "湖南省人力资源和社会保障厅"]
    assert facts[1].evidence == "省人社厅"


def test_committee_and_government_in_a_row_are_two() -> None:
    expected = [("云南省委", "party_body", "530000"), ("云南省政府", "government", "530000")]
    assert found("云南省委、省政府印发意见") == expected
    assert [name for name, _, _ in found("内蒙古自治区党委自治区人民政府印发意见")] == [
        "内蒙古自治区党委", "内蒙古自治区人民政府",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["江苏省委书记出席会议", "广东省内海关加强协作", "中亚五国开行班列"])
def test_what_only_begins_like_a_body(text: str) -> None:
    assert found(text) == []


def test_a_university_with_its_institute_is_the_institute() -> None:
    assert [name for name, _, _ in found("清华大学苏州绿色制造研究院揭牌")] == ["清华大学苏州绿色制造研究院"]


def test_words_that_end_like_a_body() -> None:
    assert found("贵州新闻", "全面落实省政府部署") == [("贵州省政府", "government", "520000")]


def test_one_body_with_another() -> None:
    assert [name for name, _, _ in found("安徽省发展改革委会同省财政厅印发通知")] == [
        "安徽省发展改革委", "安徽省财政厅",
    ]  # fmt: skip


def test_two_regions_share_a_department() -> None:
    assert {code for _, _, code in found("广西、贵州两省区生态环境厅签署协议")} == {"450000", "520000"}


def test_a_list_leaves_its_word_only_to_regions_of_that_kind() -> None:
    names = {name for name, _, _ in found("湖南、广西、云南省人民政府共同主办")}
    assert names == {"湖南省人民政府", "广西壮族自治区人民政府", "云南省人民政府"}


def test_a_company_with_a_place_in_brackets() -> None:
    assert [name for name, _, _ in found("蔚蓝晨星电梯（中国）有限公司参与建设")] == [
        "蔚蓝晨星电梯（中国）有限公司"
    ]


def test_the_nearest_region_of_its_tier_is_meant() -> None:
    _, facts = read("浙江推进改革", "温州市发布清单，市财政局安排资金，省财政厅予以支持。")
    assert [fact.name for fact in facts] == ["温州市财政局", "浙江省财政厅"]


def test_items_of_a_list_share_the_region_before_them() -> None:
    _, facts = read("通知", "山西省发展改革委、财政厅和水利厅联合印发通知。")
    assert [fact.name for fact in facts] == ["山西省发展改革委", "山西省财政厅", "山西省水利厅"]
    assert [fact.evidence for fact in facts] == ["山西省发展改革委", "财政厅", "水利厅"]


def test_collective_actors_are_one_for_each_region() -> None:
    assert found("长三角三省一市生态环境部门签约") == [
        ("上海市生态环境部门", "government", "310000"), ("江苏省生态环境部门", "government", "320000"),
        ("浙江省生态环境部门", "government", "330000"), ("安徽省生态环境部门", "government", "340000"),
    ]  # fmt: skip


def test_one_stretch_may_name_several_bodies_or_several_regions() -> None:
    assert [name for name, _, _ in found("通知", "海南省民政、教育等多个部门落实。")] == [
        "海南省民政部门", "海南省教育部门",
    ]  # fmt: skip
    assert sorted(name for name, _, _ in found("通知", "四川、云南省人民政府签署协议。")) == [
        "云南省人民政府", "四川省人民政府",
    ]  # fmt: skip


def test_names_without_a_head_in_a_list_of_those_that_act_together() -> None:
    names = [name for name, _, _ in found("通知", "由商会联合蓝鲸云、飞鸟智联、晨星科技有限公司共同成立。")]
    assert names == ["蓝鲸云", "飞鸟智联", "晨星科技有限公司"]


def test_other_names_in_the_text_are_aliases_of_one_actor() -> None:
    _, facts = read(
        "通知", "贵州省政务服务中心（下称“省中心”）启用。青松集团股份有限公司参加，青松集团表示支持。"
    )
    assert [fact.name for fact in facts] == ["贵州省政务服务中心", "青松集团股份有限公司"]
    assert "省中心" in facts[0].aliases
    assert facts[1].aliases == ["青松集团"]


def test_one_agency_under_two_names_is_one_actor() -> None:
    _, facts = read("通知", "陕西省交通运输厅发布办法。陕西交通部门将每年公布名单。")
    assert [fact.name for fact in facts] == ["陕西省交通运输厅"]
    assert "陕西交通部门" in facts[0].aliases


def test_what_the_authority_knows_is_surer_than_what_only_the_grammar_reads() -> None:
    _, facts = read("通知", "湖北省科技厅、蔚蓝晨星科技有限公司签署协议。")
    assert facts[0].confidence > facts[1].confidence


@given(titles(), chinese_texts())
def test_any_text_gives_verbatim_actors_with_unique_ids(title: str, text: str) -> None:
    reading, facts = read(title, text)
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        assert reading.content[fact.start : fact.end] == fact.evidence
        assert fact.name not in fact.aliases
        assert "\n" not in fact.evidence


def test_a_headline_that_runs_a_verb_into_a_name_makes_no_actor() -> None:
    facts = extract(
        Article(
            title="贵州部署社区便民服务中心建设",
            text="贵州省民政厅印发通知，要求各地建设社区便民服务中心。",
            year=2021,
        )
    ).facts
    assert [actor.name for actor in facts.actors] == ["贵州省民政厅"]
