"""Links of clauses: the regions where they apply, only as the text gives them."""

from __future__ import annotations

import pytest

from kg.model import MeasureFact
from loaders.recognise.measures import recognise
from tests.loaders.recognise.readings import Place, reading_of

JIANGSU: Place = ("江苏", "江苏省", "320000", "province")
NANJING: Place = ("南京市", "南京市", "320100", "prefecture")
SUZHOU: Place = ("苏州市", "苏州市", "320500", "prefecture")


def measures_of(text: str, *regions: Place, title: str = "标题") -> list[MeasureFact]:
    return recognise(reading_of(text, title=title, regions=regions))


def codes_of(text: str, *regions: Place, title: str = "标题") -> list[list[str]]:
    return [fact.region_codes for fact in measures_of(text, *regions, title=title)]


def test_what_no_clause_of_the_paragraph_names_is_left_to_the_rules() -> None:
    found = codes_of("《办法》提出，推行河道巡护制度。", JIANGSU, title="江苏推行河道巡护")
    assert found == [[]]


def test_the_head_of_an_earlier_clause_says_where_but_not_across_paragraphs() -> None:
    text = "南京市将完善渡口管理制度，开展船员培训。\n建立航道监管机制。"
    assert codes_of(text, NANJING)[1:] == [["320100"], []]


def test_what_a_verb_takes_is_no_head() -> None:
    text = "《办法》提出，支持南京市办好花展，推行电子合同制度。"
    assert codes_of(text, NANJING) == [["320100"], []]


@pytest.mark.parametrize("word", ["全省", "我省", "该省", "各设区市"])
def test_the_whole_province_is_the_article_s_not_the_city_named_last(word: str) -> None:
    text = f"《办法》提出，南京市禁止销售含磷洗涤剂。{word}宾馆禁止使用一次性拖鞋。"
    assert codes_of(text, JIANGSU, NANJING, title="江苏治理湖区污染") == [["320100"], ["320000"]]


def test_the_whole_province_of_an_article_about_a_city_is_the_one_it_lies_in() -> None:
    text = "《办法》提出，全省禁止销售含磷洗涤剂，全市禁止投放饵料。"
    assert codes_of(text, SUZHOU, title="苏州市治理湖区污染") == [["320000"], ["320500"]]


@pytest.mark.parametrize("word", ["全市场", "全区域", "该市民"])
def test_words_that_only_begin_like_a_whole_name_no_region(word: str) -> None:
    assert codes_of(f"《办法》提出，{word}推行电子合同制度。", SUZHOU, title="苏州市推行电子合同") == [[]]


def test_a_whole_is_left_out_where_its_part_is_named() -> None:
    text = "江苏将在南京市试点电子合同制度。"
    assert codes_of(text, JIANGSU, NANJING) == [["320100"]]


def test_a_pact_applies_where_its_parties_are_not_where_it_is_signed() -> None:
    reading = reading_of(
        "贵州省民政厅、云南省民政厅在贵阳共同签署救助协议。",
        regions=[("贵阳", "贵阳市", "520100", "prefecture")],
        actors=[("贵州省民政厅", "贵州省民政厅", "520000"), ("云南省民政厅", "云南省民政厅", "530000")],
    )
    [fact] = recognise(reading)
    assert fact.region_codes == ["520000", "530000"]
    assert fact.type == "cooperation_agreement"
    assert fact.evidence == "贵州省民政厅、云南省民政厅在贵阳共同签署救助协议"


def test_a_body_that_acts_leaves_its_region_to_the_rules() -> None:
    reading = reading_of(
        "南京市推出新规。苏州市水务局将推行河道巡护制度。",
        regions=[NANJING],
        actors=[("苏州市水务局", "苏州市水务局", "320500")],
    )
    assert [fact.region_codes for fact in recognise(reading)][-1:] == [[]]
