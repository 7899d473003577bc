"""Layouts other than a bulletin's plain titles: numbers, bold, 【】, bylines, sources at the end, one article a file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from kg.model import Article
from loaders.bulletin import split_articles
from tests.loaders.formats.makers import BULLETIN

TITLES = [title for _, title, _ in BULLETIN]
BODIES = ["\n".join(body) for _, _, body in BULLETIN]

DECORATIONS: dict[str, Callable[[int, str], str]] = {
    "Chinese numbers": lambda i, title: f"{'一二三'[i]}、{title}",
    "numbers in brackets": lambda i, title: f"（{'一二三'[i]}）{title}",
    "numbers with a point": lambda i, title: f"{i + 1}. {title}",
    "numbers in circles": lambda i, title: f"{'①②③'[i]}{title}",
    "bullets": lambda _i, title: f"◆ {title}",
    "bold": lambda _i, title: f"**{title}**",
    "Markdown": lambda _i, title: f"## {title}",
    "brackets": lambda _i, title: f"【{title}】",
    "bold brackets": lambda _i, title: f"**【{title}】**",
}


def mapped(text: str, articles: list[Article]) -> bool:
    """Whether each stretch of each article stands in the text where its map says."""
    lines = text.split("\n")
    for article in articles:
        for place, following in pairwise([*article.lines, None]):
            assert place is not None
            end = following.start if following else len(article.content) + 1
            piece = article.content[place.start : end].rstrip("\n")
            if lines[place.line - 1][place.column : place.column + len(piece)] != piece:
                return False
    return True


@pytest.mark.parametrize("name", DECORATIONS)
@pytest.mark.parametrize("masthead", ["", "区域政策周报\n2020年第8期\n"])
def test_marks_of_a_title_are_no_part_of_it(name: str, masthead: str) -> None:
    text = masthead + "\n".join(
        f"{DECORATIONS[name](i, title)}\n{body}"
        for i, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
    )
    articles = split_articles(text)
    assert [article.title for article in articles] == TITLES
    assert [article.text for article in articles] == BODIES
    assert mapped(text, articles)


def test_a_title_in_brackets_may_share_the_line_with_its_text() -> None:
    text = "\n".join(f"【{title}】{body}" for title, body in zip(TITLES, BODIES, strict=True))
    articles = split_articles(text)
    assert [(article.title, article.text) for article in articles] == list(zip(TITLES, BODIES, strict=True))
    assert mapped(text, articles)


def test_a_short_label_in_brackets_is_the_section() -> None:
    text = "\n".join(f"【{section}】{title}\n{body[0]}" for section, title, body in BULLETIN)
    found = [(article.section, article.title) for article in split_articles(text)]
    assert found == [(section, title) for section, title, _ in BULLETIN]


def test_numbered_sections_with_numbered_titles() -> None:
    text = f"一、要闻\n1. {TITLES[0]}\n{BODIES[0]}\n2. {TITLES[1]}\n{BODIES[1]}\n二、动态\n1. {TITLES[2]}\n{BODIES[2]}\n"
    found = [(article.section, article.title) for article in split_articles(text)]
    assert found == [(section, title) for section, title, _ in BULLETIN]


@pytest.mark.parametrize(
    "byline",
    [
        "来源：陇原日报",
        "（来源：陇原日报）",
        "发布时间：2020-08-03 10:20 来源：陇原日报 浏览次数：12",
        "2020年8月3日",
        "2020-08-03 10:20:30",
        "作者：甲乙",
        "责任编辑：甲乙",
    ],
)
def test_a_byline_is_no_text_and_gives_the_day(byline: str) -> None:
    text = f"{TITLES[0]}\n{byline}\n{BODIES[0]}\n{TITLES[1]}\n{BODIES[1]}\n"
    first, second = split_articles(text)
    assert (first.title, first.text, second.text) == (TITLES[0], BODIES[0], BODIES[1])
    assert first.published == ("2020-08-03" if "2020" in byline else None)
    assert second.published is None


@pytest.mark.parametrize(
    "source", ["（来源：陇原日报）", "（记者 甲乙）", "[来源：陇原日报 2020-08-03]", "【责任编辑：甲乙】"]
)
def test_a_source_at_the_end_is_cut_off(source: str) -> None:
    text = f"{TITLES[0]}\n{BODIES[0]}{source}\n{TITLES[1]}\n{BODIES[1]}\n{source}\n"
    first, second = split_articles(text)
    assert (first.text, second.text) == (BODIES[0], BODIES[1])
    assert first.published == ("2020-08-03" if "2020" in source else None)


def test_a_bracket_that_names_no_source_stays() -> None:
    body = "近日，甘肃省发布办法（自2020年9月1日起施行）。首批试点十二个（名单见附件）"
    assert split_articles(f"{TITLES[0]}\n{body}\n")[0].text == body


def test_bold_inside_a_paragraph_goes_and_the_map_stays() -> None:
    text = f"{TITLES[0]}\n近日，**甘肃省**启动试点，**首批**十二个县。\n"
    articles = split_articles(text)
    assert articles[0].text == "近日，甘肃省启动试点，首批十二个县。"
    assert mapped(text, articles)


def test_the_parts_of_one_document_are_no_articles() -> None:
    text = (
        "甘肃省节水办法\n一、总体要求\n坚持节水优先。\n二、主要任务\n（一）推进试点\n选定十二个县。\n（二）加强管理\n"
        "建立台账。\n三、保障措施\n省级财政给予补助。\n甘肃省水利厅\n2020年8月3日\n"
    )
    [article] = split_articles(text)
    assert article.title == "甘肃省节水办法"
    assert article.text.startswith("一、总体要求\n坚持节水优先。\n二、主要任务\n（一）推进试点")
    assert article.text.endswith("甘肃省水利厅\n2020年8月3日")


def test_numbered_parts_after_a_preamble_are_no_articles() -> None:
    text = "甘肃省节水办法\n为了节水，制定本办法。\n一、选定试点县并给予补助\n选定十二个县。\n二、建立台账并定期通报进展\n每月通报。\n"
    [article] = split_articles(text)
    assert article.text.count("\n") == 4


@pytest.mark.parametrize("title", ["甘肃：启动节水试点", "节水试点，甘肃先行"])
def test_one_article_a_file_whatever_its_title_looks_like(title: str) -> None:
    [article] = split_articles(f"{title}\n来源：陇原日报\n{BODIES[0]}\n")
    assert (article.title, article.text) == (title, BODIES[0])


def test_a_form_feed_begins_a_page() -> None:
    text = f"{TITLES[0]}\n{BODIES[0]}\f\n\f{TITLES[1]}\n{BODIES[1]}\n"
    articles = split_articles(text)
    assert [[place.page for place in article.lines] for article in articles] == [[1, 1, 1], [3, 3]]
    assert mapped(text, articles)


def test_a_text_without_form_feeds_has_no_pages() -> None:
    [article] = split_articles(f"{TITLES[1]}\n{BODIES[1]}\n")
    assert {place.page for place in article.lines} == {None}


@pytest.mark.parametrize("title", ["甘肃：启动节水试点", "启动节水试点，选定十二个县"])
def test_a_title_with_a_colon_or_a_comma_among_others(title: str) -> None:
    text = f"{TITLES[1]}\n{BODIES[1]}\n{title}\n{BODIES[0]}\n{TITLES[2]}\n{BODIES[2]}\n"
    assert [article.title for article in split_articles(text)] == [TITLES[1], title, TITLES[2]]


def test_a_line_with_a_colon_that_no_paragraph_takes_up_is_text() -> None:
    text = f"{TITLES[1]}\n{BODIES[1]}\n联系人：甲乙\n{BODIES[0]}\n"
    assert [article.title for article in split_articles(text)] == [TITLES[1]]


def test_parts_inside_one_article_of_a_numbered_bulletin() -> None:
    part = "一、总体要求\n坚持节水优先。\n二、保障措施\n省级财政给予补助。"
    text = f"1. {TITLES[0]}\n{BODIES[0]}\n2. {TITLES[1]}\n{part}\n3. {TITLES[2]}\n{BODIES[2]}\n"
    articles = split_articles(text)
    assert [article.title for article in articles] == TITLES
    assert articles[1].text == part
