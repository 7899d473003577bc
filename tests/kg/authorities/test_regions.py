"""Codes and names lead to the right place, and places lie where they lie."""

from __future__ import annotations

import pytest

from kg.authorities import Region, RegionAuthority, region_authority
from kg.errors import NotFoundError


@pytest.fixture(scope="module")
def regions() -> RegionAuthority:
    return region_authority()


def keys(found: list[Region]) -> list[str]:
    return [region.key for region in found]


def test_a_district_has_its_names_level_parent_and_place(regions: RegionAuthority) -> None:
    qingpu = regions.get("310118")
    assert (qingpu.name, qingpu.name_en, qingpu.level) == ("青浦区", "Qingpu District", "county")
    assert (qingpu.parent, qingpu.from_year, qingpu.to_year) == ("310000", 1999, None)
    assert qingpu.lon is not None
    assert qingpu.lat is not None
    assert (round(qingpu.lon), round(qingpu.lat)) == (121, 31)


def test_an_unknown_key_is_refused_by_name(regions: RegionAuthority) -> None:
    assert regions.find("999999") is None
    with pytest.raises(NotFoundError, match="999999"):
        regions.get("999999")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("150000", "Inner Mongolia"),
        ("540000", "Xizang (Tibet)"),
        ("820000", "Macao"),
        ("350200", "Xiamen"),
        ("341500", "Lu'an"),
        ("330421", "Jiashan County"),
        ("310115", "Pudong New Area"),
        ("500241", "Xiushan Tujia and Miao Autonomous County"),
        ("610103", "Beilin District"),
        ("150723", "Oroqen Autonomous Banner"),
    ],
)
def test_english_names(regions: RegionAuthority, key: str, name: str) -> None:
    assert regions.get(key).name_en == name


def test_a_code_reused_for_another_place_means_who_held_it_then(regions: RegionAuthority) -> None:
    earlier, later = regions.find_code("422401", 1982), regions.find_code("422401", 1990)
    assert earlier is not None
    assert later is not None
    assert (earlier.key, earlier.name) == ("422401-1981", "荆门市")
    assert (later.key, later.name) == ("422401", "仙桃市")
    assert regions.find_code("422401") == later
    assert regions.find_code("000000") is None


def test_a_renamed_place_keeps_its_key_and_its_old_name(regions: RegionAuthority) -> None:
    assert keys(regions.find_name("襄樊市")) == ["420600"]
    assert keys(regions.find_name("东陵区")) == ["210112"]
    assert "襄樊市" in regions.get("420600").aliases


def test_successions_lead_on(regions: RegionAuthority) -> None:
    assert regions.get("320584").successors == ("320509",)
    assert regions.get("110103").successors == ("110101",)
    assert regions.get("142200").successors == ("140900",)
    assert regions.get("510200").successors == ("500000",)


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("上海", "310000"),
        ("江苏", "320000"),
        ("苏州", "320500"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("海南", "460000"),
        ("海南州", "632500"),
        ("澳门特区", "820000"),
        ("恩施州", "422800"),
        ("松桃县", "520628"),
        ("长三角", "yangtze-delta"),
        ("长江三角洲", "yangtze-delta"),
        ("临港新片区", "lingang-new-area"),
        ("浙江自贸试验区", "zhejiang-ftz"),
        ("合肥高新区", "hefei-hightech"),
        ("粤东粤西粤北", "east-west-north-guangdong"),
    ],
)
def test_everyday_forms(regions: RegionAuthority, form: str, key: str) -> None:
    assert keys(regions.find_name(form)) == [key]
    found = regions.resolve(form)
    assert found is not None
    assert found.key == key


def test_a_year_chooses_between_what_was_and_what_is(regions: RegionAuthority) -> None:
    assert keys(regions.find_name("吴江")) == ["320509"]
    assert keys(regions.find_name("吴江", 2010)) == ["320584"]
    assert keys(regions.find_name("吴江市", 2012)) == ["320584"]
    assert keys(regions.find_name("崇文区", 2005)) == ["110103"]


def test_a_shared_county_name_is_settled_by_context_alone(regions: RegionAuthority) -> None:
    assert keys(regions.find_name("鼓楼区")) == ["320106", "320302", "350102", "410204"]
    assert regions.resolve("鼓楼区") is None
    assert keys(regions.find_name("鼓楼区", context=["320300"])) == ["320302"]
    assert keys(regions.find_name("鼓楼区", context=["320000"])) == ["320106", "320302"]
    assert keys(regions.find_name("鼓楼区", context=["320500", "320300"])) == ["320302"]
    assert keys(regions.find_name("朝阳区", context=["110108"])) == ["110105"]
    assert keys(regions.find_name("鼓楼区", context=["440000"])) == keys(regions.find_name("鼓楼区"))


@pytest.mark.parametrize("word", ["合作", "公安", "太湖", "示范区", "近日", ""])
def test_everyday_words_are_no_regions(regions: RegionAuthority, word: str) -> None:
    assert regions.find_name(word) == []
    assert regions.resolve(word) is None


def test_tiers_above(regions: RegionAuthority) -> None:
    assert regions.ancestors("320509") == ("320500", "320000", "cn")
    assert regions.province_of("320509") == "320000"
    assert regions.prefecture_of("320509") == "320500"
    assert regions.prefecture_of("310118") is None
    assert regions.province_of("lingang-new-area") == "310000"
    assert regions.province_of("yangtze-delta") is None


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("320509", "320000"),
        ("320509", "yangtze-delta"),
        ("lingang-new-area", "310000"),
        ("lingang-new-area", "yangtze-delta"),
        ("yrd-demo-zone", "yangtze-delta"),
        ("pearl-river-delta", "440000"),
        ("440300", "greater-bay-area"),
        ("hetao", "greater-bay-area"),
        ("ningbo-zhoushan-port", "330000"),
        ("310000", "cn"),
    ],
)
def test_within_is_one_way(regions: RegionAuthority, inner: str, outer: str) -> None:
    assert regions.is_within(inner, outer)
    assert not regions.is_within(outer, inner)
    assert not regions.is_within(inner, inner)


def test_the_delta_has_grown(regions: RegionAuthority) -> None:
    now = [region.key for region in regions.members("yangtze-delta")]
    assert now == ["310000", "320000", "330000", "340000"]
    assert [region.key for region in regions.members("yangtze-delta", 2012)] == now[:3]
    assert not regions.is_within("340000", "yangtze-delta", 2012)
    assert regions.is_within("340100", "yangtze-delta", 2020)


def test_collective_words_expand_in_their_context(regions: RegionAuthority) -> None:
    four = ["310000", "320000", "330000", "340000"]
    assert [region.key for region in regions.expand("三省一市", "yangtze-delta")] == four
    assert [region.key for region in regions.expand("沪苏浙皖", None)] == four
    assert [region.key for region in regions.expand("沪苏浙皖", "jing-jin-ji")] == four
    assert [region.key for region in regions.expand("三地", "jing-jin-ji")] == ["110000", "120000", "130000"]
    assert regions.expand("三省一市", None) == ()
    assert regions.expand("三省一市", "jing-jin-ji") == ()
    assert regions.collectives()["三地"] == ("greater-bay-area", "jing-jin-ji")
    assert regions.abbreviations()["皖"] == "340000"


@pytest.mark.parametrize(
    ("parties", "crosses"),
    [
        (["310118", "320509", "330421"], True),
        (["310000", "340000"], True),
        (["320100", "320500"], True),
        (["yangtze-delta"], True),
        (["310000", "yangtze-delta"], True),
        (["310000", "310118"], False),
        (["310000", "lingang-new-area"], False),
        (["310000", "310000"], False),
        (["cn", "310000"], False),
        (["310000", "no-such-region"], False),
        ([], False),
    ],
)
def test_crossing_regions(regions: RegionAuthority, parties: list[str], crosses: bool) -> None:
    assert regions.crosses_regions(parties) is crosses
    assert regions.crosses_regions(reversed(parties)) is crosses


def test_the_gazetteer_keeps_risky_forms_apart(regions: RegionAuthority) -> None:
    names, stems = regions.names(), regions.stems()
    assert not names.keys() & stems.keys()
    for form in ("上海市", "上海", "苏州", "青浦区", "嘉善县", "长三角", "临港新片区", "内蒙古"):
        assert form in names
    for form in ("青浦", "惠民", "应县", "白银", "城区", "西部"):
        assert form in stems
        assert form not in names
    assert "合作" not in stems
    assert all(len(form) > 1 for form in names)
