"""Figures: the numbers of substance outside targets, each with the phrase it stands in, its kind and what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.model import FigureFact, MeasureFact, TargetFact
from loaders.reading import Reading
from loaders.recognise.figures import recognise
from tests.loaders.recognise.readings import add_document, reading_of
from tests.strategies import chinese_texts


def figures_of(text: str, title: str = "标题") -> list[FigureFact]:
    return recognise(reading_of(text, title=title))


def add_target(reading: Reading, quote: str) -> None:
    start = reading.text.index(quote)
    reading.facts.targets.append(reading.make(TargetFact, start, start + len(quote), metric="数"))


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind", "comparator"),
    [
        ("该市今年新建公园12座。", 12, "座", "count", "="),
        ("每单可为货主节省5小时。", 5, "小时", "effect", "="),
        ("办理材料精简30%以上。", 30, "%", "effect", ">="),
        ("全年可减少排放约2万吨。", 20000, "吨", "effect", "~"),
        ("累计发放贷款38亿元。", 3.8e9, "元", "money", "="),
        ("对每户给予补贴2000元。", 2000, "元", "money", "="),
        ("减免费用300万元。", 3e6, "元", "effect", "="),
        ("有效期为3年。", 3, "年", "duration", "="),
        ("窗口全天24小时开放。", 24, "小时", "duration", "="),
        ("外贸总额同比增长8.5%。", 8.5, "%", "rate", "="),
        ("规模是五年前的2.5倍。", 2.5, "倍", "rate", "="),
        ("市县两级按1：1出资。", 1, "：1", "rate", "="),
        ("一个班的学生数不超过45人。", 45, "人", "limit", "<="),
        ("注册资本至少应达50户。", 50, "户", "limit", ">="),
    ],
)
def test_a_figure_has_a_kind(text: str, value: float, unit: str, kind: str, comparator: str) -> None:
    (figure,) = figures_of(text)
    assert (figure.value, figure.unit, figure.kind, figure.comparator) == (value, unit, kind, comparator)


def test_a_range_is_one_figure() -> None:
    (figure,) = figures_of("每班次可多运 10 至 15 箱。")
    assert (figure.value, figure.value_max, figure.unit) == (10, 15, "箱")


def test_the_quote_is_the_clause_as_written() -> None:
    (figure,) = figures_of("据介绍，园区已有 46 家企业入驻，势头良好。")
    assert figure.evidence == "园区已有 46 家企业入驻"
    assert figure.stated_value == "46"


def test_members_of_a_list_of_numbers_have_quotes_of_their_own() -> None:
    figures = figures_of("全县建成水窖44口、蓄水池12处、泵站3个。")
    assert [(f.evidence, f.value) for f in figures] == [
        ("全县建成水窖44口", 44), ("蓄水池12处", 12), ("泵站3个", 3),
    ]  # fmt: skip
    assert len({f.id for f in figures}) == 3


def test_numbers_that_share_a_clause_are_told_apart_by_their_ids() -> None:
    figures = figures_of("班列途经9个国家的70个城市。")
    assert [f.value for f in figures] == [9, 70]
    assert figures[0].evidence == figures[1].evidence == "班列途经9个国家的70个城市"
    assert figures[0].id != figures[1].id


def test_bare_numbers_in_a_row_keep_their_clause() -> None:
    figures = figures_of("各类企业数分别是上年的1.2倍、2.4倍、3.6倍。")
    assert [f.value for f in figures] == [1.2, 2.4, 3.6]
    assert {f.evidence for f in figures} == {"各类企业数分别是上年的1.2倍、2.4倍、3.6倍"}


def test_a_ratio_is_quoted_over_its_own_colon() -> None:
    (figure,) = figures_of("省里提供1：1配套资金，随后拨付。")
    assert figure.evidence == "省里提供1：1配套资金"


def test_numbers_inside_a_target_are_left_to_it() -> None:
    reading = reading_of("到2025年建成公园30座，目前已有12座公园。")
    add_target(reading, "到2025年建成公园30座")
    assert [f.value for f in recognise(reading)] == [12]


def test_a_number_of_the_title_counts_once() -> None:
    figures = figures_of("日前，该市出台措施18条，惠及小店。", title="某市出台18条措施")
    assert [(f.value, f.evidence) for f in figures] == [(18, "该市出台措施18条")]


def test_a_number_in_the_title_alone_counts_less_surely() -> None:
    title, body = figures_of("日前，该市新设网点7个。", title="某市出台18条措施")
    assert (title.value, body.value) == (18, 7)
    assert title.confidence < body.confidence


def test_a_title_that_rounds_a_number_of_the_text_adds_none() -> None:
    facts = recognise(reading_of("今年出口额达3.17万亿元。", title="出口额超3万亿元"))
    assert [fact.value for fact in facts] == [3.17e12]


def test_a_count_told_again_is_one_figure() -> None:
    figures = figures_of("首批有26个示范村。这26个示范村已通路。另有26个泵站。")
    assert [f.value for f in figures] == [26, 26]
    assert figures[1].evidence == "另有26个泵站"


@pytest.mark.parametrize(
    "text", ["调动两个积极性。", "形成千亿级规模。", "这三天天气晴好。", "推进“四个一”工程。"]
)
def test_set_phrases_are_no_figures(text: str) -> None:
    assert figures_of(text) == []


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("园区已有46家企业入驻。", "企业入驻"),
        ("完成改造的线路达18条。", "完成改造的线路"),
        ("外贸总额同比增长8.5%。", "外贸总额同比"),
    ],
)
def test_a_figure_says_what_it_is_about(text: str, about: str) -> None:
    (figure,) = figures_of(text)
    assert figure.about == about


def test_a_figure_belongs_to_the_measure_around_it() -> None:
    reading = reading_of("该省要求，对困难户每月补助300元，按时发放。")
    start = reading.text.index("对困难户每月补助300元")
    measure = reading.make(MeasureFact, start, start + 11, label="补助困难户", type="fiscal_subsidy")
    reading.facts.measures.append(measure)
    (figure,) = recognise(reading)
    assert figure.about_id == measure.id


def test_articles_of_a_document_belong_to_it() -> None:
    reading = reading_of("该省印发《促进夜间消费的意见》，共提出16条举措。目前已开店9家。")
    document = add_document(reading, "促进夜间消费的意见", [])
    articles, shops = recognise(reading)
    assert articles.about_id == document.id
    assert shops.about_id is None


@given(chinese_texts(), chinese_texts(max_pieces=6))
def test_every_quote_stands_at_its_offsets_and_holds_its_number(text: str, title: str) -> None:
    reading = reading_of(text, title=title.replace("\n", ""))
    figures = recognise(reading)
    assert figures == recognise(reading)
    assert len({f.id for f in figures}) == len(figures)
    for figure in figures:
        assert reading.content[figure.start : figure.end] == figure.evidence
        start, end = reading.folded_span(figure)
        assert figure.stated_value is not None
        assert figure.stated_value in reading.text[start:end]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("窗口受理120项许可和登记业务。", "许可"),
        ("区内30多家渔业公司全部参加年检。", "渔业公司"),
        ("湖区绿化面积达到8万亩。", "湖区绿化面积"),
        ("查处违规行为40起。", "查处违规行为"),
        ("对水面500亩以上的渔场开展巡护。", "渔场"),
        ("其中船厂占15%。", "船厂占"),
        ("三年来，全县新增冷库12座。", "全县新增冷库"),
    ],
)
def test_what_is_counted_ends_at_the_end_of_a_word(text: str, about: str) -> None:
    assert figures_of(text)[-1].about == about


def test_a_span_of_time_alone_takes_the_clause_after_it() -> None:
    figure = figures_of("六年来，湖区渔民逐步上岸。")[0]
    assert (figure.value, figure.evidence) == (6, "六年来，湖区渔民逐步上岸")


def test_a_number_that_sums_up_a_list_takes_the_list() -> None:
    text = "今年湖区渔业公司引进了上游企业集团打造的“碧波渔港”、“清风船坞”两大渔业品牌与管理队伍。"
    (figure,) = figures_of(text)
    assert "“碧波渔港”" in figure.evidence


def test_a_short_clause_joined_to_its_subject_is_quoted_with_it() -> None:
    (figure,) = figures_of("获得省级示范称号的渔业合作社，奖励20万元。")
    assert figure.evidence == "获得省级示范称号的渔业合作社，奖励20万元"


def test_a_number_said_again_in_brackets_is_one_figure() -> None:
    assert [figure.value for figure in figures_of("面积6亩以下（不含6亩）的鱼塘免于登记。")] == [6]
