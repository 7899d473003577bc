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
        "《湖北省科技厅创新平台管理办法》施行",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全国整治茶叶掺假协调小组办公室下发通知", ("全国整治茶叶掺假协调小组办公室", "government", None)),
        ("财政部综合司负责人答问", ("财政部综合司", "government", None)),
        ("世界银行提供贷款", ("世界银行", "bank", None)),
        ("新加坡贸易与工业部部长来访", ("新加坡贸易与工业部", "government", None)),
        ("贵州援疆前方指挥部启动项目", ("贵州援疆前方指挥部", "government", "520000")),
        ("“茶马古道”文化旅游联盟成立", ("“茶马古道”文化旅游联盟", "alliance", None)),
        ("皖南医学院附属医院接诊", ("皖南医学院附属医院", "public_institution", None)),
        ("晨星蔚蓝科技董事长出席", ("晨星蔚蓝科技", "enterprise", None)),
        ("成都青禾股权投资合伙企业（有限合伙）注册", ("成都青禾股权投资合伙企业（有限合伙）", "enterprise", "510100")),
        ("江西省对口支援和田前方指挥部临时党委成立", ("江西省对口支援和田前方指挥部临时党委", "party_body", "360000")),
    ],
)  # fmt: skip
def test_more_kinds_of_organisations(text: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in found("通知", text)


@pytest.mark.parametrize(
    "text",
    [
        "国务院有关部门要抓好落实",
        "全国政协委员提交提案",
        "本次活动由当地承办、高校协办",
        "新能源、新材料等企业加快发展",
        "二级学院、三甲医院和产业联盟深化合作",
        "骨干企业集团、物业公司参与治理",
        "打造茶文化走廊会客厅",
    ],
)
def test_more_generic_groups_and_look_alikes(text: str) -> None:
    assert found("通知", text) == []


@pytest.mark.parametrize(("opening", "closing"), ["（）", "()"])
def test_those_responsible_in_brackets(opening: str, closing: str) -> None:
    text = f"提高用水审批效率。{opening}县审改办牵头，县发改局、水利局、县政务服务局配合{closing}"
    assert [name for name, _, _ in found("广德县优化审批", text)] == [
        f"广德县{body}" for body in ("审改办", "发改局", "水利局", "政务服务局")
    ]


def test_short_names_of_local_bodies() -> None:
    _, facts = read(
        "吉安市加强协作", "市帮扶办、市外侨办、市文广新局局长出席，落实市委要求，设立一个省港澳办。"
    )
    assert [fact.name for fact in facts] == [
        "吉安市帮扶办", "吉安市外侨办", "吉安市文广新局", "吉安市委",
    ]  # fmt: skip


def test_names_of_offices_joined_by_and_are_one() -> None:
    assert found("广东发布要点", "省政务和数据局牵头，省文化和广电局配合。") == [
        ("广东省政务和数据局", "government", "440000"), ("广东省文化和广电局", "government", "440000"),
    ]  # fmt: skip


def test_commissions_without_their_first_word_among_ministries() -> None:
    _, facts = read("通知", "由教育部、发展改革委、国资委和林草局落实。")
    assert [fact.name for fact in facts] == ["教育部", "发展改革委", "国资委", "林草局"]
    assert "国家林业和草原局" in facts[3].aliases
    assert found("通知", "上海市财政局与林草局会商。")[-1][0] == "上海市林草局"


def test_a_ministry_in_the_headline_alone_is_an_actor() -> None:
    names = [name for name, _, _ in found("财政部、水利部关于节水补助的通知", "各地要落实补助。")]
    assert names == ["财政部", "水利部"]


def test_bodies_side_by_side_without_a_mark_are_two() -> None:
    assert [name for name, _, _ in found("通知", "开封市人民政府 开封市中级人民法院会商。")] == [
        "开封市人民政府", "开封市中级人民法院",
    ]  # fmt: skip


def test_the_office_of_a_bureau_in_a_district_is_one_body() -> None:
    assert [name for name, _, _ in found("通知", "保定市生态环境局涿州市分局执法。")] == [
        "保定市生态环境局涿州市分局"
    ]


def test_numbers_tell_bodies_of_one_kind_apart() -> None:
    assert [name for name, _, _ in found("通知", "兰州大学第一、二附属医院和白银市第一、第二中学结对。")] == [
        "兰州大学第一附属医院", "兰州大学第二附属医院", "白银市第一中学", "白银市第二中学",
    ]  # fmt: skip


def test_the_regions_of_a_long_list_share_a_department_whatever_their_level() -> None:
    names = [name for name, _, _ in found("通知", "与上海市崇明区、海门、靖江市等3个地区的税务部门签约。")]
    assert sorted(names) == ["上海市崇明区税务部门", "海门区税务部门", "靖江市税务部门"]


def test_examples_of_a_kind_are_of_that_kind() -> None:
    text = "引进了晨星锶业、蔚蓝镓科等外地企业的两个项目。"
    assert found("通知", text) == [("晨星锶业", "enterprise", None), ("蔚蓝镓科", "enterprise", None)]


def test_a_verb_before_a_region_is_no_part_of_a_name() -> None:
    assert "深圳海关" in [name for name, _, _ in found("通知", "优化深圳海关服务功能。")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岛市教委、辽宁省教育厅联合印发通知", ["青岛市教委", "辽宁省教育厅"]),
        ("天津市卫健委已组织培训", ["天津市卫健委"]),
        ("中央军委训练管理部、国家体育总局印发通知", ["中央军委训练管理部", "国家体育总局"]),
        ("贵州博物院、贵州美术馆免费开放", ["贵州博物院", "贵州美术馆"]),
        ("贵州省博物院免费开放", ["贵州省博物院"]),
        ("中国科学院力学所、国家数据局共建平台", ["中国科学院力学所", "国家数据局"]),
        ("国务院发展研究中心市场经济研究所所长介绍", ["国务院发展研究中心市场经济研究所"]),
        ("中船集团在大连交付新船", ["中船集团"]),
        ("重庆市委农村工作领导小组办公室印发通知", ["重庆市委农村工作领导小组办公室"]),
        ("以及落实南昌大学建设任务", ["南昌大学"]),
    ],
)  # fmt: skip
def test_commissions_institutes_and_bodies_of_the_centre(text: str, expected: list[str]) -> None:
    assert [name for name, _, _ in found("通知", text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "贯彻省委经济工作会议和市委全会精神",
        "商务部级对话会举行",
        "支持高水平大学、应用型大学建设",
        "全国博物馆总数继续增长",
        "允许港澳银行内地分行开办业务",
        "全国政协提案办理工作启动",
    ],
)
def test_words_around_names_that_make_no_body(text: str) -> None:
    assert found("辽宁新闻", text) == []


def test_a_word_that_only_begins_like_a_region_s_is_none() -> None:
    assert found("赣州新闻", "企业反映良好，市场监管局优化流程。") == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("《贵州省水利厅关于节水的通知》", ["贵州省水利厅"]),
        ("《遵义市商务局毕节市商务局合作备忘录》", ["遵义市商务局", "毕节市商务局"]),
        ("《贵州省水利厅节水办法》", []),
    ],
)
def test_issuers_and_parties_at_the_head_of_a_title(title: str, expected: list[str]) -> None:
    assert [name for name, _, _ in found("通知", f"按照{title}执行。")] == expected


def test_the_term_of_a_body_is_no_part_of_its_name() -> None:
    assert found("山西省第十四届人大常委会第三次会议举行") == [("山西省人大常委会", "government", "140000")]
    assert [name for name, _, _ in found("太原新闻", "市十五届人大常委会举行会议")] == ["太原市人大常委会"]


def test_a_number_of_regions_stands_for_those_named_before() -> None:
    _, facts = read("甘肃青海深化协作", "会上，两省生态环境厅、水利厅签署协议。")
    assert {fact.name for fact in facts} == {
        "甘肃省生态环境厅", "青海省生态环境厅", "甘肃省水利厅", "青海省水利厅",
    }  # fmt: skip
    assert found("甘肃深化协作", "会上，两省生态环境厅签署协议。") == []


def test_a_count_gives_the_regions_of_a_list_their_full_names() -> None:
    names = [name for name, _, _ in found("贵州、宁夏两省区人民政府共同主办")]
    assert sorted(names) == ["宁夏回族自治区人民政府", "贵州省人民政府"]
    names = [name for name, _, _ in found("四川新闻", "泸州、内江、资阳3市政府签署协议")]
    assert sorted(names) == ["内江市政府", "泸州市政府", "资阳市政府"]


def test_customs_go_by_short_names() -> None:
    assert {name for name, _, _ in found("深港海关加强协作")} == {"深圳海关", "香港海关"}


def test_a_firm_called_by_the_tier_of_its_owner() -> None:
    _, facts = read("甘肃新闻", "省蔚蓝集团与兰州大学签约。")
    assert [fact.name for fact in facts] == ["甘肃省蔚蓝集团", "兰州大学"]


def test_the_state_s_name_before_a_body_makes_no_second_one() -> None:
    assert [name for name, _, _ in found("中华人民共和国海关总署公告", "海关总署决定调整规则。")] == [
        "中华人民共和国海关总署"
    ]


def test_the_article_s_own_city_before_wholes_of_other_places() -> None:
    _, facts = read("许昌市印发通知", "东城区要落实责任，市财政局予以支持。")
    assert "许昌市财政局" in [fact.name for fact in facts]
