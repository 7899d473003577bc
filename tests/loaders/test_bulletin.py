"""The layout of text bulletins: wrapped and unwrapped, with and without the cue of the trailing blank."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.model import Article
from loaders.bulletin import split_articles

ARTICLES = [
    ("要闻", "甘肃启动节水试点", ["近日，甘肃省水利厅启动节水试点，首批选定 12 个县（区），由省级财政给予补助，为期三年。", "试点县要在年底前完成方案编制，并向社会公布。"]),
    ("要闻", "兰州、西宁签署合作协议", ["8 月 3 日，两市签署《兰西城市群合作协议》。协议明确，共建物流通道，互认企业资质，推动社保服务“一网通办”，并建立联席会议制度。"]),
    ("动态", "青海发布方案“三步走”", ["青海省发布方案。方案提出，到 2030 年建成若干个示范园区，形成一批可以推广的经验和做法，并总结成册。"]),
]  # fmt: skip


def wrap(text: str, width: int = 24) -> list[str]:
    return [text[i : i + width].strip() for i in range(0, len(text), width)]


def as_pdf_export(page: int = 7) -> str:
    """Double spaced, a blank at each block's end, none at a wrap; a page begins with a blank and no empty line."""
    lines: list[str] = []
    section = ""
    for heading, title, paragraphs in ARTICLES:
        blocks = [title, *paragraphs] if heading == section else [heading, title, *paragraphs]
        section = heading
        for block in blocks:
            wrapped = wrap(block)
            for number, line in enumerate(wrapped):
                end = " " if number == len(wrapped) - 1 else ""
                lines += [f" {line}{end}"] if len(lines) % page == 0 else ["", line + end]
    return "\n".join(lines)


def squeezed(article: Article) -> tuple[str | None, str, str]:
    return article.section, article.title, article.text.replace(" ", "")


def expected() -> list[tuple[str | None, str, str]]:
    return [(section, title, "\n".join(body).replace(" ", "")) for section, title, body in ARTICLES]


def test_a_pdf_export_gives_its_sections_titles_and_paragraphs() -> None:
    assert [squeezed(article) for article in split_articles(as_pdf_export())] == expected()


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_one_line_a_paragraph(between: str, indent: str) -> None:
    blocks: list[str] = []
    for _, title, paragraphs in ARTICLES:
        blocks += [title, *(indent + paragraph for paragraph in paragraphs)]
    found = split_articles(between.join(blocks))
    assert [squeezed(article)[1:] for article in found] == [item[1:] for item in expected()]


def test_every_character_is_mapped_back_to_its_line() -> None:
    text = as_pdf_export()
    lines = text.split("\n")
    for article in split_articles(text):
        for place, following in pairwise([*article.lines, None]):
            assert place is not None
            end = following.start if following else len(article.content) + 1
            piece = article.content[place.start : end].rstrip("\n")
            assert lines[place.line - 1][place.column : place.column + len(piece)] == piece
            assert article.line_at(place.start) == place.line


def test_text_before_the_first_title_is_no_article() -> None:
    text = "本刊由编辑部编印，内部交流，每周一期。\n甘肃启动节水试点\n近日，甘肃省启动试点。\n"
    assert [article.title for article in split_articles(text)] == ["甘肃启动节水试点"]


def test_a_text_without_a_title_has_no_articles() -> None:
    assert split_articles("近日，甘肃省启动试点。\n") == []
    assert split_articles("") == []


def test_an_export_whose_trailing_blanks_were_stripped_gives_the_same_titles() -> None:
    stripped = "\n".join(line.rstrip() for line in as_pdf_export().split("\n"))
    found = [(article.section, article.title) for article in split_articles(stripped)]
    assert found == [(section, title) for section, title, _ in expected()]
