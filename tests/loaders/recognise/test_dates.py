"""Dates: partial, with the article's year, never filled up."""

from __future__ import annotations

import pytest

from loaders.recognise.dates import DateMention, find_dates
from tests.loaders.recognise.readings import reading_of


def dates_of(text: str, year: int | None = 2020, published: str | None = None) -> list[DateMention]:
    return find_dates(reading_of(text, year=year, published=published))


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("8 月 20 日，该市启用新港。", "2020-08-20", "date"),
        ("２０１９年３月５日公布。", "2019-03-05", "date"),
        ("二〇一八年十二月三十一日公布。", "2018-12-31", "date"),
        ("9月起，全省换发新证。", "2020-09", "date"),
        ("5月以来已有三批。", "2020-05", "date"),
        ("自2021年1月1日起执行。", "2021-01-01", "date"),
        ("从明年开始免收。", "2021", "date"),
        ("去年共办理三千件。", "2019", "date"),
        ("日前，该省公布名单。", None, "vague"),
        ("近日召开会议。", None, "vague"),
        ("到2022年全面建成。", "2022", "deadline"),
        ("到 2022 年底全面建成。", "2022-12", "deadline"),
        ("年底前完成改造。", "2020-12", "deadline"),
        ("到今年底接入。", "2020-12", "deadline"),
        ("年内接入一百家。", "2020", "deadline"),
        ("今年内接入一百家。", "2020", "deadline"),
        ("6月底前完成。", "2020-06", "deadline"),
        ("2023年以前完成。", "2023", "deadline"),
        ("今年上半年完成投资三亿元。", "2020", "date"),
        ("明年上半年前完成。", "2021-06", "deadline"),
        ("“十四五”末达到三成。", "2025", "deadline"),
        ("“十三五”期间下降一成。", "2020", "span"),
        ("“十四五”以来建了三条线。", None, "span"),
        ("未来三年投入两亿元。", "2023", "span"),
        ("2020-2022年实施。", "2022", "span"),
        ("9月3日—5日举办。", "2020-09-03", "span"),
        ("1—6月同比增长一成。", "2020-01", "span"),
        ("前三个月增长。", "2020-01", "span"),
        ("截至6月底已有三家。", "2020-06", "date"),
        ("恢复到2018年水平。", "2018", "date"),
    ],
)
def test_one_date(text: str, value: str | None, kind: str) -> None:
    assert [(d.value, d.kind) for d in dates_of(text)] == [(value, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "自设立之日起5年内减免。",
        "办理时限由6个月减为3个月。",
        "印发《行动计划（2020—2022年）》。",
        "（某政文〔1999〕56号）",
        "提前13月的说法不成立。",
        "一照多址。",
    ],
)
def test_durations_titles_and_numbers_are_no_dates(text: str) -> None:
    assert dates_of(text) == []


@pytest.mark.parametrize("text", ["8月20日签署。", "今年签署。", "年底前签署。", "未来三年签署。"])
def test_without_a_year_there_is_no_value(text: str) -> None:
    assert [d.value for d in dates_of(text, year=None)] == [None]


def test_words_take_the_day_of_publication() -> None:
    found = dates_of("昨天举行签约。今天（6月2日）公布。", 2021, "2021-06-02")
    assert [d.value for d in found] == ["2021-06-01", "2021-06-02"]


def test_from_now_on_takes_the_last_day_named() -> None:
    assert [d.value for d in dates_of("8月3日，两市签约，即日起施行。")] == ["2020-08-03", "2020-08-03"]
    assert [d.value for d in dates_of("两市签约，即日起施行。")] == [None]
    assert [d.value for d in dates_of("近日签署，自签署之日起生效。")] == [None, None]


def test_a_bare_month_takes_the_year_named_in_its_sentence() -> None:
    assert [d.value for d in dates_of("2018年5月动工，9月完工。4月开放。")] == [
        "2018-05",
        "2018-09",
        "2020-04",
    ]


def test_january_news_tells_of_last_december() -> None:
    assert [d.value for d in dates_of("12月28日，大桥通车。", 2021, "2021-01-04")] == ["2020-12-28"]
    assert [d.value for d in dates_of("12月28日大桥将通车。", 2021, "2021-01-04")] == ["2021-12-28"]


def test_spans_keep_their_ends_and_lend_what_they_share() -> None:
    first, second = dates_of("9月3日—5日，论坛举办，其间发布成果。")
    assert (first.from_, first.to, second.value) == ("2020-09-03", "2020-09-05", "2020-09")


def test_impossible_days_have_no_value() -> None:
    assert [d.value for d in dates_of("2月30日")] == [None]


def test_offsets_take_in_the_words_of_the_deadline() -> None:
    reading = reading_of("全市到2022年底前建成，自9月1日起施行。")
    assert [reading.text[d.start : d.end] for d in find_dates(reading)] == ["到2022年底前", "自9月1日起"]


def test_a_headline_that_ends_in_a_plan_makes_no_deadline() -> None:
    (found,) = find_dates(reading_of("2020年5月7日，九部门印发文件。", title="九部门印发行动计划"))
    assert (found.value, found.kind) == ("2020-05-07", "date")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12日，两地启用新桥。", "2021-03-12"),
        ("18日上午，两地启用新桥。", "2021-02-18"),
        ("本月9日起换发新证。", "2021-03-09"),
        ("上月9日在山城召开。", "2021-02-09"),
        ("5月6日开工，9日7时10分贯通。", "2021-05-06"),
    ],
)
def test_a_day_without_its_month(text: str, value: str) -> None:
    assert dates_of(text, 2021, "2021-03-15")[0].value == value


def test_a_day_alone_takes_the_month_last_named() -> None:
    assert dates_of("5月6日开工，9日通车。", 2021, "2021-06-15")[1].value == "2021-05-09"


@pytest.mark.parametrize(
    "text", ["3日内答复。", "30日龄的鸡苗。", "每月5日左右公布。", "满15日后生效。", "12日，启用。"]
)
def test_such_days_are_no_dates(text: str) -> None:
    published = None if text.startswith("12") else "2021-03-15"
    assert dates_of(text, 2021, published) == []


def test_the_hour_belongs_to_the_day() -> None:
    reading = reading_of("5月6日下午3时许，新桥通车。", published="2021-05-07", year=2021)
    (found,) = find_dates(reading)
    assert reading.text[found.start : found.end] == "5月6日下午3时许"


def test_dates_are_found_once_for_a_reading() -> None:
    reading = reading_of("5月6日，新桥通车。")
    assert find_dates(reading) is find_dates(reading)


def test_a_story_of_a_past_year_keeps_it_until_today_is_named() -> None:
    told = "2013年3月21日，茶农出山。3月27日，茶农返乡。近日，新茶上市。3月28日，茶市开门。"
    assert [d.value for d in dates_of(told) if d.value] == ["2013-03-21", "2013-03-27", "2020-03-28"]
