"""Mastheads: told apart from the first title, the date of issue in them, and dates that no calendar has."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.bulletin import split_articles
from loaders.mastheads import is_masthead
from loaders.read import BulletinText, read

FIRST = ("宁夏发布节水灌溉办法", "宁夏水利厅6月3日发布《节水灌溉办法》，对改造渠道的灌区给予补助。")
SECOND = ("青海启动草原保护试点", "青海省林草局6月5日启动草原保护试点，支持牧民合作社承担管护。")
BODY = "\n".join((*FIRST, "", *SECOND)) + "\n"


def of(tmp_path: Path, text: str) -> BulletinText:
    path = tmp_path / "week-23.txt"
    path.write_text(text, "utf-8")
    [bulletin] = read(path)
    return bulletin


@pytest.mark.parametrize(
    "masthead",
    [
        "西部政策周报\n2021年6月7日 总第12期",
        "西部政策周报 2021年6月7日",
        "西部政策周报（2021年第12期）",
        "西部政策周报\n某研究中心编\n2021年6月7日 星期一",
        "2021年6月7日",
        "西部政策快报\n第12期（总第245期）",
        "西部政策简报",
        "2021年6月 第二期",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_masthead_is_no_part_of_the_title_under_it(masthead: str, gap: str) -> None:
    found = split_articles(f"{masthead}\n{gap}{BODY}")
    assert [(a.section, a.title, a.text) for a in found] == [(None, *FIRST), (None, *SECOND)]


def test_a_section_between_masthead_and_title_stays() -> None:
    found = split_articles(f"西部政策周报\n2021年6月7日 总第12期\n水利动态\n{BODY}")
    assert [(a.section, a.title) for a in found] == [("水利动态", FIRST[0]), ("水利动态", SECOND[0])]


def test_a_masthead_over_lines_that_are_wrapped(tmp_path: Path) -> None:
    sentence = "宁夏水利厅六月印发节水灌溉办法，对改造渠道的灌区给予补助，并要求各县按季度公布用水情况。"
    long = sentence * 4
    wrapped = "\n".join(long[i : i + 30] for i in range(0, len(long), 30))
    bulletin = of(tmp_path, f"西部政策周报\n2021年6月7日 总第12期\n{FIRST[0]}\n{wrapped}\n")
    assert [(a.title, a.text) for a, _ in bulletin.articles] == [(FIRST[0], long)]


@pytest.mark.parametrize(
    "text", ["宁夏发布2021年工作简报制度", "来源：某市政府办公室 2021-06-07", "甲乙两地签署合作协议", "动态"]
)
def test_what_is_no_masthead(text: str) -> None:
    assert not is_masthead(text)


def test_the_date_under_a_title_is_its_own(tmp_path: Path) -> None:
    bulletin = of(tmp_path, f"{FIRST[0]}\n2021-06-04\n{FIRST[1]}\n")
    assert [(a.title, a.published) for a, _ in bulletin.articles] == [(FIRST[0], "2021-06-04")]
    assert bulletin.issued is None


def test_the_date_of_issue_dates_the_articles_without_one(tmp_path: Path) -> None:
    text = f"西部政策周报\n2021年6月7日 总第12期\n{FIRST[0]}\n来源：某报 2021-06-04\n{FIRST[1]}\n\n{SECOND[0]}\n{SECOND[1]}\n"
    bulletin = of(tmp_path, text)
    assert bulletin.issued == "2021-06-07"
    assert [a.published for a, _ in bulletin.articles] == ["2021-06-04", "2021-06-07"]
    assert {year for year, _ in bulletin.years} == {2021}


@pytest.mark.parametrize(
    "masthead",
    [
        "西部政策周报（2021年6月1日—6月7日）",
        "西部政策周报 2021年6月1日至2021年6月7日",
        "西部政策周报\n2021年第12期",
        "编者按：《办法》自2021年6月1日起施行。",
    ],
)
def test_a_stretch_of_time_or_a_sentence_is_no_date_of_issue(tmp_path: Path, masthead: str) -> None:
    bulletin = of(tmp_path, f"{masthead}\n\n{BODY}")
    assert bulletin.issued is None
    assert [a.published for a, _ in bulletin.articles] == [None, None]


@pytest.mark.parametrize(
    ("text", "line", "date"),
    [
        (f"西部政策周报\n2021年2月30日 总第12期\n{BODY}", 2, "2021年2月30日"),
        (f"{FIRST[0]}\n来源：某报 2021-02-30\n{FIRST[1]}\n", 2, "2021-02-30"),
        (f"{FIRST[0]}\n{FIRST[1]}（来源：某报 2021年13月1日）\n", 2, "2021年13月1日"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, date: str
) -> None:
    bulletin = of(tmp_path, text)
    [issue] = bulletin.doubts
    assert issue.code == "impossible-date"
    assert issue.message_en.startswith(f"week-23.txt, line {line}: no calendar has the day “{date}”")
    assert issue.message_zh.startswith(f"week-23.txt 第 {line} 行：日历上没有“{date}”")
    assert all(a.published is None for a, _ in bulletin.articles)


def test_the_29th_of_february_is_one_in_leap_years_alone(tmp_path: Path) -> None:
    assert of(tmp_path, f"{FIRST[0]}\n2024-02-29\n{FIRST[1]}\n").articles[0][0].published == "2024-02-29"
    assert of(tmp_path, f"{FIRST[0]}\n2023-02-29\n{FIRST[1]}\n").articles[0][0].published is None
