"""Targets: states to be reached, their quantities and the deadlines that hold for them."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg.model import TargetFact
from loaders.recognise.measures import recognise as recognise_measures
from loaders.recognise.targets import recognise
from tests.loaders.recognise.readings import add_document, reading_of
from tests.strategies import chinese_texts


def targets_of(text: str, year: int | None = 2020) -> list[TargetFact]:
    return recognise(reading_of(text, year=year))


@pytest.mark.parametrize(
    ("text", "value", "value_max", "unit", "comparator", "deadline"),
    [
        ("到2023年，全市培育不少于60个示范果园。", 60, None, "个", ">=", "2023"),
        ("到2025年，绿化覆盖率达到45%左右。", 45, None, "%", "~", "2025"),
        ("年底前建成充电站30座。", 30, None, "座", "=", "2020-12"),
        ("到2022年，打造3至5个美丽渔村。", 3, 5, "个", "=", "2022"),
        ("到2022年，新增绿地2万亩。", 20000, None, "亩", "=", "2022"),
    ],
)
def test_quantities(
    text: str, value: float, value_max: float | None, unit: str, comparator: str, deadline: str
) -> None:
    (fact,) = targets_of(text)
    assert (fact.value, fact.value_max, fact.unit, fact.comparator, fact.deadline) == (
        value, value_max, unit, comparator, deadline,
    )  # fmt: skip


def test_one_target_for_each_number() -> None:
    found = targets_of("今年，该县将建设40个左右示范村和500个以上采摘园。")
    assert [(fact.value, fact.comparator, fact.deadline) for fact in found] == [
        (40, "~", "2020"),
        (500, ">=", "2020"),
    ]
    assert len({fact.id for fact in found}) == 2


def test_a_number_that_only_qualifies_a_noun_is_none() -> None:
    (fact,) = targets_of("到2024年，新建200个占地3亩以上的农机库房。")
    assert fact.value == 200


def test_a_deadline_holds_for_each_clause_of_its_list() -> None:
    found = targets_of("到2023年，湖区水质明显改善，替代渔具得到推广，管护体系基本形成。")
    assert [fact.deadline for fact in found] == ["2023"] * 3


def test_a_deadline_reaches_the_bans_of_the_next_sentence_but_no_new_paragraph() -> None:
    text = "《办法》明确，到2021年底，禁止销售含磷洗涤剂。湖区宾馆禁止使用一次性拖鞋。\n镇上开展绿化活动。"
    assert [(fact.evidence, fact.deadline) for fact in targets_of(text)] == [
        ("禁止销售含磷洗涤剂", "2021-12"),
        ("湖区宾馆禁止使用一次性拖鞋", "2021-12"),
    ]


def test_a_ban_with_a_deadline_is_a_measure_too() -> None:
    reading = reading_of("《办法》明确，到2021年底，禁止销售含磷洗涤剂。")
    assert [fact.evidence for fact in recognise_measures(reading)] == [
        fact.evidence for fact in recognise(reading)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "去年全市新建公园12座。",
        "目前已建成充电站30座。",
        "港口吞吐量同比增长8.5%。",
        "开展船员培训。",
    ],
)
def test_what_is_done_or_has_no_goal_is_none(text: str) -> None:
    assert targets_of(text) == []


def test_a_relative_deadline_needs_a_year() -> None:
    assert [fact.deadline for fact in targets_of("到今年底，形成三个花卉集散中心。", year=2021)] == [
        "2021-12"
    ]


def test_links_and_metric() -> None:
    reading = reading_of(
        "《果园规划》提出，到2023年全市果园面积达到5万亩。",
        title="江苏发展果业",
        regions=[("江苏", "江苏省", "320000", "province")],
    )
    document = add_document(reading, "果园规划", [])
    (fact,) = recognise(reading)
    assert (fact.document, fact.region_codes, fact.metric) == (document.id, [], "全市果园面积")
    assert (fact.stated_value, fact.value) == ("5万", 50000)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("到2025年，果树病虫害发生率控制在5%以内。", "果树病虫害发生率"),
        ("到2025年，果农参保率由81%提高到95%。", "果农参保率"),
        ("力争全年果品产量稳定在60万吨以上。", "果品产量"),
        ("到2025年，基本养老服务覆盖率达到90%。", "基本养老服务覆盖率"),
        ("到2025年，培育不少于20个省级示范果园。", "省级示范果园数"),
        ("三年内，全面建成环湖绿道。", "建成环湖绿道"),
    ],
)
def test_metric(text: str, metric: str) -> None:
    assert [fact.metric for fact in targets_of(text)] == [metric]


@pytest.mark.parametrize(
    "text",
    [
        "今年上半年全县果品成交额达到3亿元。",
        "今年，该县推出12条惠农举措。",
        "全县已建成冷库30座，总投资额2.6亿元。",
        "预计每年接待游客3万人次。",
        "方便果农出行。",
    ],
)
def test_results_and_forecasts_are_no_targets(text: str) -> None:
    assert targets_of(text) == []


def test_a_span_of_years_is_a_deadline_and_no_quantity() -> None:
    (fact,) = targets_of("未来三年，全县将新建冷库40座。", year=2021)
    assert (fact.value, fact.unit) == (40, "座")


def test_a_deadline_holds_for_the_bullets_below_it() -> None:
    text = "到2025年，果业体系基本建立。\n——果园面积达到5万亩以上。"
    assert [fact.deadline for fact in targets_of(text)] == ["2025", "2025"]


@given(chinese_texts())
def test_every_target_is_verbatim_and_ids_differ(text: str) -> None:
    reading = reading_of(text)
    found = recognise(reading)
    assert all(reading.content[fact.start : fact.end] == fact.evidence for fact in found)
    assert all(fact.metric for fact in found)
    assert len({fact.id for fact in found}) == len(found)


def test_a_state_needs_no_number() -> None:
    text = "到2026年，基本解决湖区渔民住房难问题，水质大幅改善。"
    assert [(fact.value, fact.deadline) for fact in targets_of(text)] == [(None, "2026"), (None, "2026")]


@pytest.mark.parametrize(
    "text",
    [
        "奋力打造环湖绿色发展高地。",
        "《规划》提出，把该县建设成为湖区重要的水上门户。",
        "大幅削减入湖污染物总量。",
    ],
)
def test_ranks_and_great_changes_are_targets_without_a_deadline(text: str) -> None:
    assert [(fact.value, fact.deadline) for fact in targets_of(text)] == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "该办法将于2021年3月1日起正式施行。",
        "确保各项任务落到实处。",
        "给予每户渔民补助不超过3000元。",
        "通过岸线整治，实现岸绿水清。",
    ],
)
def test_coming_into_force_routine_and_grants_are_none(text: str) -> None:
    assert targets_of(text) == []


def test_a_size_only_qualifies_what_it_stands_before() -> None:
    (fact,) = targets_of("到2027年，全面淘汰20蒸吨以下锅炉。", year=2021)
    assert fact.value is None


def test_the_year_of_a_paragraph_reaches_what_is_still_to_come() -> None:
    text = "今年，全县将改造农路40公里，涉及五个乡镇。同时，将在沿湖各村新建污水站12座。"
    assert [(fact.value, fact.deadline) for fact in targets_of(text)] == [(40, "2020"), (12, "2020")]


def test_the_year_of_a_plan_holds_for_its_quantities() -> None:
    reading = reading_of("1新建冷库20座\n2培训船员3000人次", title="湖区2021年重点工作任务", year=2021)
    assert [(fact.value, fact.deadline) for fact in recognise(reading)] == [(20, "2021"), (3000, "2021")]


def test_a_deadline_inside_a_clause_ends_at_the_semicolon() -> None:
    text = "沿湖船厂应在2022年底前建成污水站；每个船厂培训船员不少于30人。"
    assert [fact.deadline for fact in targets_of(text)][:1] == ["2022-12"]
    assert "2022-12" not in [fact.deadline for fact in targets_of(text)][1:]
    headed = "到2022年底，沿湖船厂建成污水站12座；每个船厂培训船员不少于30人。"
    assert [fact.deadline for fact in targets_of(headed)] == ["2022-12", "2022-12"]


def test_a_number_of_the_title_counts_where_the_text_does_not_tell_it() -> None:
    told = reading_of("全县将改造渡口30处。", title="全县将改造渡口30处")
    assert [fact.start > told.title_end for fact in recognise(told)] == [True]
    untold = reading_of("渡口改造的消息令人振奋。", title="我省将在约300个渡口开展便民码头建设")
    assert [(fact.value, fact.comparator) for fact in recognise(untold)] == [(300, "~")]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("到2030年，湖区产值较2020年翻一番。", "湖区产值"),
        ("明年将新建码头3座。", "新建码头"),
    ],
)
def test_metric_without_what_it_is_measured_against(text: str, metric: str) -> None:
    assert [fact.metric for fact in targets_of(text)] == [metric]


def test_money_that_is_allotted_is_no_target() -> None:
    assert targets_of("今年县财政安排渔业资金3亿元。") == []


def test_the_year_of_an_edition_holds_for_the_quantities_of_a_policy() -> None:
    reading = reading_of("新认定渔业龙头企业40家以上。", title="某县渔业发展若干政策（2020年版）", year=2020)
    assert [(fact.value, fact.deadline) for fact in recognise(reading)] == [(40, "2020")]


def test_a_year_compared_with_is_no_deadline_and_ends_none() -> None:
    (fact,) = targets_of("到2022年，力争渔船油耗较2019年下降20%以上。")
    assert (fact.value, fact.deadline) == (20, "2022")


def test_a_day_to_come_is_not_past() -> None:
    (fact,) = targets_of("9月1日前，确保全部渔船完成检修任务。")
    assert fact.deadline == "2020-09-01"
