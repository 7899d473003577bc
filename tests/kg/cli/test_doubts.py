"""The list at the end of a build: by article and sentence, short, the gravest first, none hiding the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli.doubts import LINES, DoubtList, marked
from kg.cli.extract import to_json
from kg.errors import InputError
from kg.issues import Issue, Severity
from kg.mapping.articles import map_article
from kg.model import Article
from loaders.anchoring import anchor
from loaders.articles import parse_articles
from loaders.extraction import extract
from loaders.read import BulletinText
from tests.kg.cli.conftest import Run

TEXT = "上旬，乌有市开办渡口夜市。近日，子虚县修缮茶亭，并为茶农减租。"
STORE = Path("store")


def text(*titles: str) -> BulletinText:
    return BulletinText("week", "周报", tuple((Article(title=title, text=TEXT), None) for title in titles))


def issue(
    title: str | None, quote: str | None, severity: Severity = "warning", code: str = "undated"
) -> Issue:
    return Issue(code, "日期不明。", "No date.", severity=severity, article=title, quote=quote)


def test_a_doubt_stands_under_its_article_in_its_sentence() -> None:
    doubts = DoubtList()
    doubts.add(text("渡口"), [issue("渡口", "修缮茶亭"), issue("渡口", "从未写过"), issue(None, None)])
    assert doubts.lines(STORE) == [
        "doubts 待核: 3",
        "week: 渡口",
        "  - 近日，子虚县【修缮茶亭】，并为茶农减租 日期不明。 No date.",
        "  - “从未写过” 日期不明。 No date.",
        "week",
        "  - 日期不明。 No date.",
    ]


def test_nothing_in_doubt_is_nothing_said() -> None:
    doubts = DoubtList()
    doubts.add(text("渡口"), [])
    assert doubts.lines(STORE) == []


def test_of_many_the_gravest_and_the_rare_are_shown_and_the_rest_counted() -> None:
    doubts = DoubtList()
    many = [issue("渡口", "修缮茶亭") for _ in range(40)]
    rare = [issue("茶亭", None, "info", "rare"), issue("渡口", "减租", "violation", "grave")]
    doubts.add(text("渡口", "茶亭"), [*many, *rare])
    first, *shown, last = doubts.lines(STORE)
    assert first == "doubts 待核: 42"
    assert len(shown) == LINES
    assert sum("【减租】" in line for line in shown) == 1
    assert last.startswith(
        "… 28 more 另有 28 条: see store/issues or ask: kg query explore-doubts --store store"
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("乌有市", "上旬，【乌有市】开办渡口夜市"),
        ("夜市。近日", "上旬，乌有市开办渡口【夜市。近日】，子虚县修缮茶亭，并为茶农减租"),
    ],
)
def test_the_sentence_around_a_place(place: str, expected: str) -> None:
    start = TEXT.index(place)
    assert marked(TEXT, start, start + len(place)) == expected


def test_what_is_long_is_cut_and_says_so() -> None:
    long = "甲" * 60 + "乙" * 60 + "丙" * 60
    shown = marked(long, 60, 120)
    assert shown.startswith("…甲") and shown.endswith("丙…")
    assert "乙…乙" in shown and len(shown) < 100


def test_a_build_ends_with_its_doubts(run: Run, bulletin_file: Path, tmp_path: Path) -> None:
    done = run("build", bulletin_file, "--store", tmp_path / "s")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith("doubts 待核: "))
    assert lines[begin + 1].startswith("guizhou-7: ")
    assert "【" in lines[begin + 2]
    assert lines[-1].startswith("done in ")
    quiet = run("build", bulletin_file, "--store", tmp_path / "quiet", "--quiet").stdout
    assert "doubts 待核: " not in quiet


def test_facts_as_json_bring_their_reader_s_doubts() -> None:
    found = extract(Article(title="鼓楼区开办夜市", text="近日，鼓楼区开办渡口夜市。", year=2023))
    assert {issue.code for issue in found.issues} == {"ambiguous-region"}
    written = json.dumps([to_json(found, "week")], ensure_ascii=False)
    [(article, facts)] = parse_articles(written, Path("week.json"))
    assert facts is not None
    again = anchor(article, facts)
    assert again.issues == found.issues
    assert map_article(again).quads == map_article(found).quads


@pytest.mark.parametrize("doubts", ["nine", [7], [{"code": "x"}]])
def test_doubts_of_another_form_are_wrong_input(doubts: object) -> None:
    item = {"title": "夜市", "text": "开办夜市。", "regions": [{}], "doubts": doubts}
    with pytest.raises(InputError, match=r"week\.json: article 1: doubts"):
        parse_articles(json.dumps([item]), Path("week.json"))
