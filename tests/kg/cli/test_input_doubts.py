"""What is doubtful about a file as a whole: dates that no calendar has, keys that nobody reads, the date of issue."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.model import KINDS
from tests.kg.cli.conftest import Run

BULLETIN = """西部政策周报
{date} 总第12期
宁夏发布节水灌溉办法
宁夏水利厅6月3日发布《节水灌溉办法》，对改造渠道的灌区给予补助。
"""
ARTICLE = {
    "title": "宁夏发布节水灌溉办法",
    "text": "6月3日，宁夏水利厅发布《节水灌溉办法》。",
    "published": "2021",
}
DOCS = Path(__file__).parents[3] / "docs" / "articles.md"


def week(folder: Path, date: str) -> Path:
    path = folder / "week-23.txt"
    path.write_text(BULLETIN.format(date=date), "utf-8")
    return path


def articles(folder: Path, *given: dict[str, Any]) -> Path:
    path = folder / "week.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return path


def test_an_impossible_date_of_issue_is_told_with_file_and_line(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    done = run("build", week(tmp_path, "2021年2月30日"), "--store", empty)
    assert done.returncode == 0, done.stderr
    assert "1 other doubt 待核" in done.stdout
    assert "week-23.txt 第 2 行：日历上没有“2021年2月30日”这一天" in done.stdout
    assert "week-23.txt, line 2: no calendar has the day “2021年2月30日”" in done.stdout
    assert "1 doubt 待核" in run("status", "--store", empty).stdout


def test_extract_tells_it_too(run: Run, tmp_path: Path) -> None:
    done = run("--lang", "zh", "extract", week(tmp_path, "2021年2月30日"))
    assert done.stderr == "week-23.txt 第 2 行：日历上没有“2021年2月30日”这一天，不用作刊期或文章日期。\n"
    assert json.loads(done.stdout)[0]["title"] == ARTICLE["title"]


def test_the_date_of_issue_is_the_date_of_its_articles(run: Run, empty: Path, tmp_path: Path) -> None:
    done = run("build", week(tmp_path, "2021年6月7日"), "--store", empty)
    assert "date of issue 刊期: 2021-06-07 (the masthead), taken as the date of 1 article that" in done.stdout
    assert "year of bare dates: 2021 (the masthead)" in done.stdout
    asked = run(
        "query", "-e", "SELECT ?d { ?a a rp:Article ; rp:date ?d }", "--format", "csv", "--store", empty
    )
    assert asked.stdout.split() == ["d", "2021-06-07"]


def test_an_impossible_date_of_an_article(run: Run, tmp_path: Path) -> None:
    done = run("build", articles(tmp_path, {**ARTICLE, "published": "2021-02-30"}), "--store", tmp_path / "s")
    assert done.returncode == 2
    assert "article 1: published: no calendar has the day 2021-02-30 日历上没有这一天" in done.stderr


def test_unknown_keys_are_named(run: Run, empty: Path, tmp_path: Path) -> None:
    path = articles(
        tmp_path,
        {**ARTICLE, "author": "某人", "tags": ["水"]},
        {**ARTICLE, "title": "另一篇", "author": "某人"},
    )
    done = run("build", path, "--store", empty)
    assert done.returncode == 0, done.stderr
    assert "week.json：有不认识的键，未读入：author（2 篇）、tags（1 篇）。" in done.stdout
    assert (
        "week.json: unknown keys, not read: author (2 articles), tags (1 article). Known are: id,"
        in done.stdout
    )


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("facts", {"measures": []}, "unknown key 'facts' holds measures, which would be lost"),
        ("programmes", [{"name": "甲计划"}], "did you mean 'programs'?"),
        ("laws", [{"evidence": "《节水灌溉办法》"}], "unknown key 'laws' seems to hold facts"),
    ],
)
def test_a_key_that_seems_to_hold_facts_is_refused(
    run: Run, tmp_path: Path, key: str, value: object, told: str
) -> None:
    done = run("build", articles(tmp_path, {**ARTICLE, key: value}), "--store", tmp_path / "store")
    assert done.returncode == 2
    assert "article 1: " in done.stderr
    assert told in done.stderr
    assert not (tmp_path / "store").exists()


def test_what_extract_writes_has_no_unknown_key(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "again.json"
    run("extract", week(tmp_path, "2021年6月7日"), "-o", written)
    assert run("extract", written).stderr == ""


def test_the_page_about_the_form_has_every_key(run: Run, empty: Path, tmp_path: Path) -> None:
    page = DOCS.read_text("utf-8")
    for kind, model in KINDS.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{kind}` |"))
        slots = set(model.model_fields) - {"id", "evidence", "start", "end", "confidence", "reader"}
        assert slots == set(re.findall(r"`(\w+)`", row.split("|", 2)[2])), kind
    example = tmp_path / "example.json"
    example.write_text(page.split("```json\n")[1].split("```")[0], "utf-8")
    done = run("build", example, "--store", empty)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 document, 1 measure)" in done.stdout
