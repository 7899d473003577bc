"""Regions: which places count, which one each name means, what part it has."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.authorities import agency_authority, region_authority
from kg.model import Article, RegionFact
from loaders.areas import find_places
from loaders.reading import Reading
from loaders.recognise import regions
from tests.strategies import chinese_texts, titles


def read(title: str, text: str = "", year: int | None = 2021) -> tuple[Reading, list[RegionFact]]:
    reading = Reading(Article(title=title, text=text, year=year), region_authority(), agency_authority())
    return reading, regions.recognise(reading)


def names(title: str, text: str = "", year: int | None = 2021) -> list[str]:
    return [fact.name for fact in read(title, text, year)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江推出新政", ["浙江省"]),
        ("宁波市鄞州区试行新规", ["鄞州区"]),
        ("湖南长沙试行新规", ["长沙市"]),
        ("江苏省镇江市丹阳市先行一步", ["丹阳市"]),
        ("陕西发布清单，渭南、汉中两市先行", ["陕西省", "渭南市", "汉中市"]),
        ("江苏发布通知，宜兴、昆山先行", ["江苏省", "宜兴市", "昆山市"]),
        ("长江经济带各地加强协作", ["长江经济带"]),
        ("昆山高新区和前海开展对接", ["昆山高新技术产业开发区", "前海深港现代服务业合作区"]),
    ],
)  # fmt: skip
def test_short_forms_chains_and_lists(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各方加强合作，共同打造友好营商环境",
        "公安机关依法查处，城区学校同步推进",
        "适应县域发展需要，完善配套服务",
        "企业可在市区窗口办理，郊区居民就近办理",
    ],
)
def test_words_that_are_also_names_are_no_regions(text: str) -> None:
    assert names("通知", text) == []


def test_a_name_that_is_a_word_counts_behind_its_parent() -> None:
    assert names("甘肃省合作市试点") == ["合作市"]
    assert names("海南省东方市试点") == ["东方市"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪苏浙皖共建平台", {"310000", "320000", "330000", "340000"}),
        ("京津冀三地共建平台", {"110000", "120000", "130000"}),
        ("赣闽两省共建平台", {"360000", "350000"}),
        ("东北三省共建平台", {"210000", "220000", "230000"}),
        ("川渝两地共建平台", {"510000", "500000"}),
    ],
)
def test_a_collective_word_gives_its_members(text: str, expected: set[str]) -> None:
    assert {fact.code for fact in read(text)[1]} == expected


def test_three_provinces_and_one_city_need_their_megaregion() -> None:
    assert names("三省一市共建平台") == []
    delta = read("长三角三省一市共建平台")[1]
    assert [fact.code for fact in delta] == [None, "310000", "320000", "330000", "340000"]
    assert {fact.mention for fact in delta[1:]} == {"三省一市"}


def test_counties_of_one_name_go_by_the_nearest_parent() -> None:
    _, facts = read("南京市推进改革", "鼓楼区率先试行。")
    assert [fact.code for fact in facts] == ["320100", "320106"]
    _, facts = read("徐州市推进改革", "鼓楼区率先试行。")
    assert [fact.code for fact in facts] == ["320300", "320302"]


def test_without_context_no_code_but_all_candidates_and_an_issue() -> None:
    reading, facts = read("鼓楼区推进改革")
    assert [(fact.name, fact.code) for fact in facts] == [("鼓楼区", None)]
    assert facts[0].candidates == ["320106", "320302", "350102", "410204"]
    assert [issue.code for issue in reading.issues] == ["ambiguous-region"]
    assert "徐州市鼓楼区" in reading.issues[0].message_zh


def test_a_later_mention_settles_an_ambiguous_one() -> None:
    reading, facts = read("鼓楼区推进改革", "福州市鼓楼区发布清单。")
    assert [fact.code for fact in facts] == ["350102"]
    assert reading.issues == []


def test_names_go_by_the_year_of_the_article() -> None:
    assert [fact.code for fact in read("吴江市推进改革", year=2010)[1]] == ["320584"]
    assert names("清江市推进改革") == []


def test_a_region_is_one_fact_at_its_first_mention() -> None:
    reading, facts = read("安徽推进改革", "安徽省发布清单，安徽各地落实。")
    assert [(fact.mention, fact.start) for fact in facts] == [("安徽", 0)]
    assert reading.subject_region == "340000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湖北省财政厅发布通知", ["湖北省"]),
        ("武汉海关发布通知", ["武汉市"]),
        ("银川银行提供贷款", []),
        ("兰州大学参与研究", []),
        ("九江至合肥高铁开工", []),
        ("贵阳龙洞堡机场扩建", []),
    ],
)
def test_regions_inside_other_names(text: str, expected: list[str]) -> None:
    assert names("通知", text) == expected


def test_zones_that_no_table_lists_keep_their_own_name() -> None:
    _, facts = read("通知", "张家港保税区试行新规。")
    assert [(fact.name, fact.level, fact.code) for fact in facts] == [("张家港保税区", "zone", None)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("我国将试行新规", "subject"),
        ("新规在全国范围推行", "subject"),
        ("该湖是我国重要湿地", "mentioned"),
    ],
)
def test_the_country_where_it_acts_or_is_spoken_of(text: str, role: str) -> None:
    _, facts = read("通知", text)
    assert [(fact.name, fact.level, fact.role) for fact in facts] == [("中国", "country", role)]


def test_the_country_in_passing_is_no_region() -> None:
    assert names("通知", "产量居全国首位，惠及我国西部，中国特色鲜明。") == []


def test_backdrop_is_mentioned_only() -> None:
    _, facts = read("宁夏推进改革", "宁夏对接长三角，并面向越南开放。会议在银川召开。")
    assert {fact.name: fact.role for fact in facts} == {
        "宁夏回族自治区": "subject", "长三角": "mentioned", "越南": "mentioned", "银川市": "mentioned",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("山东加强与京津冀、长三角要素资源对接。", "长三角"),
        ("山东连接河南郑州到江苏徐州。", "徐州市"),
        ("山东与江苏在徐州共同签署协议。", "徐州市"),
        ("山东班列途经郑州、西安等地。", "西安市"),
        ("山东货物发往新疆。", "新疆维吾尔自治区"),
        ("山东推进与东盟共建平台。", "东盟"),
    ],
)
def test_clauses_that_only_mention_a_region(text: str, place: str) -> None:
    roles = {fact.name: fact.role for fact in read("山东出台新政", text)[1]}
    assert (roles["山东省"], roles[place]) == ("subject", "mentioned")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司在中原区域总部办公", []),
        ("南京西路商圈焕新", []),
        ("成都东部新区开建", ["成都东部新区"]),
        ("郑东新区举行活动", ["郑东新区"]),
        ("兰州市申报普惠金融示范区", ["兰州市"]),
        ("苏赣皖浙沪四省一市联合发文", ["上海市", "江苏省", "浙江省", "安徽省", "江西省"]),
        ("东北四省区联合发文", ["内蒙古自治区", "辽宁省", "吉林省", "黑龙江省"]),
        ("联合嘉定、昆山、张家港等三地开展", ["嘉定区", "昆山市", "张家港市"]),
    ],
)
def test_borders_of_names_and_counted_groups(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("苏州工业园区推进改革", "sip"),
        ("沪浙共建平台", None),
        ("通知", None),
        ("长三角推进改革", "yangtze-delta"),
    ],
)
def test_whom_the_article_is_about(title: str, subject: str | None) -> None:
    assert read(title)[0].subject_region == subject


@given(titles(), chinese_texts())
def test_any_text_gives_verbatim_unique_facts_in_order(title: str, text: str) -> None:
    reading, facts = read(title, text)
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
    assert len({fact.code or fact.name for fact in facts}) == len(facts) == len({fact.id for fact in facts})
    for fact in facts:
        assert reading.content[fact.start : fact.end] == fact.evidence == fact.mention


@given(chinese_texts())
def test_places_never_overlap(text: str) -> None:
    text = "标题\n" + "".join(text.split())
    end = 0
    for place in find_places(region_authority(), text, 2021):
        assert end <= place.start <= place.head < place.end
        end = place.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苏陕协作走深走实", ["江苏省", "陕西省"]),
        ("论坛在京召开", ["北京市"]),
        ("宁马共建枢纽", ["南京市", "马鞍山市"]),
        ("阜城县、武邑、枣强等5个县受到奖励", ["阜城县", "武邑县", "枣强县"]),
        ("榆中县和平镇、金崖镇开展试点", ["榆中县", "和平镇", "金崖镇"]),
        ("中西部地区承接产业", ["中西部地区"]),
        ("治理塔里木河、伊犁河流域", ["塔里木河流域", "伊犁河流域"]),
        ("港澳青年到内地就业", ["香港特别行政区", "澳门特别行政区", "内地"]),
        ("建设万达开川渝统筹发展示范区", ["万达开川渝统筹发展示范区"]),
    ],
)
def test_runs_lists_townships_and_tracts(text: str, expected: list[str]) -> None:
    assert names("通知", f"{text}。") == expected


@pytest.mark.parametrize(
    "text",
    [
        "建好祖国北疆安全屏障",
        "据兰州晚报报道，改革启动",
        "培育特色小镇、中心镇",
        "开展汽车下乡、家电进乡镇活动",
        "沪通城际铁路开工",
        "高铁跨汉江特大桥合龙",
        "货物销往内地",
    ],
)
def test_more_words_that_hold_names_but_name_no_region(text: str) -> None:
    assert names("通知", text) == []


def test_a_dateline_names_where_a_report_comes_from() -> None:
    assert names("改革启动", "某某网银川5月6日电 石嘴山市启动改革。") == ["石嘴山市"]


def test_a_hospital_does_not_act_for_its_region() -> None:
    assert names("通知", "赣州市人民医院签约，吉安市教育局参加。") == ["吉安市"]


def test_a_zone_gives_its_megaregion_s_sense_to_a_collective_word() -> None:
    found = names("通知", "长三角生态绿色一体化发展示范区大会召开，两省一市政府参加。")
    assert {"上海市", "江苏省", "浙江省"} <= set(found)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("玉溪日报", "我市出台办法。", "玉溪市"),
        (None, "我市晨星（某地）有限公司、昆明蔚蓝科技有限公司获奖。", "昆明市"),
        (None, "我市出台办法，红塔区先行。", "玉溪市"),
    ],
)
def test_our_city_is_the_publisher_s(source: str | None, text: str, expected: str) -> None:
    article = Article(title="通知", text=text, year=2021, source=source)
    facts = regions.recognise(Reading(article, region_authority(), agency_authority()))
    assert ("我市", expected) in [(fact.mention, fact.name) for fact in facts]


def test_our_city_adds_nothing_where_the_city_is_named() -> None:
    assert names("通知", "玉溪市出台办法，我市企业受益。") == ["玉溪市"]


def test_an_order_for_the_whole_country_is_about_the_country() -> None:
    assert names("通知", "民政部启动2021年全国养老普查。") == ["中国"]
    assert names("通知", "无锡市完成全国养老普查任务。") == ["无锡市"]


def test_what_is_built_together_is_no_part_of_a_zone_s_name() -> None:
    assert names("通知", "宁波与丽水合作建设山海协作产业园。") == ["宁波市", "丽水市"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("滇桂黔川专区上线，方便群众办事", {"云南省", "广西壮族自治区", "贵州省", "四川省"}),
        ("四川新闻：泸州、内江、资阳签约", {"四川省", "泸州市", "内江市", "资阳市"}),
        ("桂新高速开工", set()),
    ],
)
def test_long_runs_need_no_cue_and_prefectures_prove_each_other(text: str, expected: set[str]) -> None:
    assert set(names("通知", text)) == expected


def test_a_zone_of_two_places_is_one() -> None:
    found = names("通知", "慈溪市与金寨县探索建设慈溪—金寨协同发展合作区。")
    assert found == ["慈溪市", "金寨县", "慈溪—金寨协同发展合作区"]


def test_development_zones_and_gateway_ports_are_zones() -> None:
    assert names("通知", "沈阳金融商贸开发区升级") == ["沈阳金融商贸开发区"]
