"""A path in, bulletins out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from loaders.read import read, read_all

ARTICLE = {"title": "宁夏发布办法", "text": "近日，宁夏回族自治区发布办法。"}


def write(tmp_path: Path, name: str, value: Any) -> Path:
    path = tmp_path / name
    path.write_text(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8"
    )
    return path


def test_text_is_one_bulletin_named_after_its_file(tmp_path: Path) -> None:
    [bulletin] = read(write(tmp_path, "Weekly No. 3.txt", "宁夏发布办法\n近日，宁夏发布办法。\n"))
    assert (bulletin.key, bulletin.title) == ("weekly-no-3", "Weekly No. 3")
    assert [article.title for article, _ in bulletin.articles] == ["宁夏发布办法"]


def test_articles_are_grouped_by_source(tmp_path: Path) -> None:
    items = [{**ARTICLE, "source": "甲"}, {**ARTICLE, "source": "乙", "extra": 1}, ARTICLE]
    found = read(write(tmp_path, "set.json", items))
    assert [bulletin.key for bulletin in found] == ["甲", "乙", "set"]


def test_jsonl_and_an_object_with_articles(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(ARTICLE, ensure_ascii=False) for _ in range(2))
    assert len(read(write(tmp_path, "a.jsonl", lines))[0].articles) == 2
    assert len(read(write(tmp_path, "b.json", {"articles": [ARTICLE]}))[0].articles) == 1


@pytest.mark.parametrize(
    ("text", "year", "why"),
    [
        ("到2023年建成。计划期为2021-2025年。", 2021, "the earliest deadline or plan period"),
        ("2019年5月6日，发布办法。到2022年完成。", 2019, "a full date in the text"),
        ("近日，发布办法。", None, None),
    ],
)
def test_the_year_of_bare_dates(tmp_path: Path, text: str, year: int | None, why: str | None) -> None:
    [bulletin] = read(write(tmp_path, "a.json", [{**ARTICLE, "text": text}]))
    assert bulletin.years == {(year, why)}


@pytest.mark.parametrize(
    ("head", "year"),
    [("区域周报 2024年第18期", 2024), ("区域政策简报（2023年6月）", 2023), ("区域周报 总第 30 期", 2025)],
)
def test_the_masthead_dates_the_issue(tmp_path: Path, head: str, year: int) -> None:
    text = f"{head}，内部交流，请勿外传。\n宁夏发布办法\n6月3日，宁夏发布办法。到2025年完成。\n"
    assert [year for year, _ in read(write(tmp_path, "a.txt", text))[0].years] == [year]


def test_published_and_a_given_year_come_first(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", [{**ARTICLE, "published": "2018-07", "text": "2019年5月6日，发布。"}])
    assert read(path)[0].years == {(2018, "published")}
    assert read(path, year=2017)[0].years == {(2017, "given")}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", '"text"', "expected a list of articles, found a string"),
        ("a.json", [1], "article 1: expected an object"),
        ("a.json", [ARTICLE, {"title": "x"}], "article 2: text is missing"),
        ("a.json", [{**ARTICLE, "published": "last week"}], "article 1: published"),
        ("a.json", [{**ARTICLE, "measures": {}}], "measures is no list"),
        ("a.jsonl", '{"title": "甲", "text": "乙"}\nnonsense', "line 2"),
        ("a.json", [], "no article found"),
        ("a.json", '[{"title": "甲", "text": "\\ud800"}]', "lone surrogate"),
        ("a.json", [{**ARTICLE, "published": "2022-02-30"}], "article 1: published"),
        ("a.json", [{**ARTICLE, "year": 20222}], "article 1: year"),
        ("a.txt", "近日，宁夏发布办法。", "no article found"),
        ("a.json", "[" * 100_000, "nested too deeply"),
    ],
)
def test_wrong_input_is_named_with_its_place(tmp_path: Path, name: str, value: Any, why: str) -> None:
    path = write(tmp_path, name, value)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert why in str(caught.value)


def test_a_long_line_of_json_and_a_line_separator_inside_it_are_read(tmp_path: Path) -> None:
    items = [{**ARTICLE, "id": 5, "text": "宁夏发布办法。\u2028" * 200_000}]
    assert len(read(write(tmp_path, "a.json", items))[0].articles) == 1
    line = json.dumps({**ARTICLE, "text": "甲\u2028乙。"}, ensure_ascii=False)
    assert len(read(write(tmp_path, "b.jsonl", line))[0].articles) == 1


@pytest.mark.parametrize("odd", ["😀", "/", "《》"])
def test_sources_that_differ_in_marks_alone_have_keys_of_their_own(tmp_path: Path, odd: str) -> None:
    items = [{**ARTICLE, "source": "周报 1"}, {**ARTICLE, "source": f"周报{odd}1"}]
    assert len({bulletin.key for bulletin in read(write(tmp_path, "a.json", items))}) == 2


def test_two_files_of_one_key_are_refused(tmp_path: Path) -> None:
    first = write(tmp_path, "a.json", [ARTICLE])
    second = write(tmp_path, "A.json", [ARTICLE])
    with pytest.raises(InputError, match="already is the bulletin"):
        read_all([first, second])
