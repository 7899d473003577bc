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
