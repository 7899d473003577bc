"""The same bulletin in every format: the same sections, titles and paragraphs, each with its page and line."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from kg.errors import InputError
from kg.model import Article
from loaders.read import read
from tests.loaders.formats.makers import (
    BULLETIN,
    Typesetter,
    as_text,
    expected,
    make_docx,
    make_html,
    make_pdf,
    squeeze,
    typeset,
)

Read = tuple[str | None, str, list[str]]


def articles(tmp_path: Path, name: str, data: bytes | str) -> list[Article]:
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    [bulletin] = read(path)
    return [article for article, _ in bulletin.articles]


def squeezed(found: list[Article]) -> list[Read]:
    return [(a.section, a.title, [squeeze(text) for text in a.text.split("\n")]) for a in found]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text.txt", as_text()),
        ("gb.txt", as_text().encode("gb18030")),
        ("indented.pdf", make_pdf(typeset(Typesetter()))),
        ("spaced.pdf", make_pdf(typeset(Typesetter(indent=0, gap=10)))),
        ("tight.pdf", make_pdf(typeset(Typesetter(indent=0, gap=0)))),
        ("no-ending", make_pdf(typeset(Typesetter()))),
        ("styled.docx", make_docx()),
        ("bold.docx", make_docx(styled=False)),
        ("table.docx", make_docx(table=True)),
        ("page.html", make_html()),
        ("page.htm", make_html().encode("gb18030")),
    ],
)
def test_every_format_gives_the_bulletin(tmp_path: Path, name: str, data: bytes | str) -> None:
    assert squeezed(articles(tmp_path, name, data)) == expected()


def test_a_pdf_of_several_pages_loses_running_titles_and_page_numbers(tmp_path: Path) -> None:
    pages = typeset(Typesetter(running="区域政策周报 第 8 期"), repeat=6)
    found = articles(tmp_path, "long.pdf", make_pdf(pages))
    assert [body for _, _, body in squeezed(found)] == [body for _, _, body in expected()] * 6
    assert {place.page for article in found for place in article.lines} == set(range(1, len(pages) + 1))


def test_each_line_of_a_pdf_is_mapped_to_its_page_and_line(tmp_path: Path) -> None:
    pages = typeset(Typesetter(), repeat=4)
    for article in articles(tmp_path, "map.pdf", make_pdf(pages)):
        ends = [place.start for place in article.lines[1:]] + [len(article.content) + 1]
        for place, end in zip(article.lines, ends, strict=True):
            assert place.page is not None
            text = pages[place.page - 1][place.line - 1][3]
            assert squeeze(article.content[place.start : end]) == squeeze(text)


def test_the_lines_of_a_docx_are_its_paragraphs_and_its_pages_those_it_was_saved_with(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(make_docx()))
    body = document.paragraphs
    second = next(i for i, paragraph in enumerate(body) if paragraph.text == BULLETIN[1][1])
    body[second].runs[0]._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    file = io.BytesIO()
    document.save(file)
    found = articles(tmp_path, "map.docx", file.getvalue())
    assert [article.lines[0].page for article in found] == [1, 2, 2]
    for article in found:
        ends = [place.start for place in article.lines[1:]] + [len(article.content) + 1]
        for place, end in zip(article.lines, ends, strict=True):
            assert body[place.line - 1].text == article.content[place.start : end].rstrip("\n")


def test_each_stretch_of_a_page_is_mapped_to_its_line_and_column(tmp_path: Path) -> None:
    lines = make_html().split("\n")
    for article in articles(tmp_path, "map.html", make_html()):
        ends = [place.start for place in article.lines[1:]] + [len(article.content) + 1]
        for place, end in zip(article.lines, ends, strict=True):
            piece = article.content[place.start : end].rstrip("\n")
            assert lines[place.line - 1][place.column : place.column + len(piece)] == piece


def test_a_page_of_one_article_takes_its_title_and_its_day(tmp_path: Path) -> None:
    page = (
        "<html><head><title>甘肃启动节水试点 - 陇原网</title></head><body><div>2020-08-03 来源：陇原日报</div>"
        "<p>近日，A&amp;B 公司在甘肃省启动节水\n试点。</p></body></html>"
    )
    [article] = articles(tmp_path, "one.html", page)
    assert (article.title, article.text) == ("甘肃启动节水试点", "近日，A&B 公司在甘肃省启动节水试点。")
    big5 = "<html><head><meta charset=big5></head><body><h1>臺灣</h1><p>近日，發布辦法。</p></body></html>"
    [article] = articles(tmp_path, "big5.html", big5.encode("big5"))
    assert (article.title, article.text) == ("臺灣", "近日，發布辦法。")


def test_a_page_of_a_government_loses_its_frame_and_its_card(tmp_path: Path) -> None:
    page = """<html><head><title>甘肃省关于印发节水方案的通知_政策_陇原网</title></head><body class="nav-open">
<div class="crumbs">您的位置：<a href="/">首页</a> &gt; <a href="/zc">政策</a></div>
<div class="title">甘肃省关于印发节水方案的通知</div>
<table><tr><td>索引号：</td><td>0001/2024</td></tr><tr><td>成文日期：</td><td>2024年3月5日</td></tr></table>
<div><span>发布时间：2024-03-08 09:30</span><span>来源：省政府办公厅</span></div>
<div class="text"><p>各市人民政府：</p><p>　　现将《节水<span>方案》印发</span>给你们。</p>
<p><strong>一、总体要求</strong></p><p>到2025年，用水总量有所下降。</p><p>甘肃省水利厅</p><p>2024年3月5日</p></div>
<div class="share">分享。</div><h3>相关链接</h3><p>另一篇文章。</p><footer>版权所有。</footer></body></html>"""
    [article] = articles(tmp_path, "gov.html", page)
    assert (article.title, article.published) == ("甘肃省关于印发节水方案的通知", "2024-03-08")
    assert article.text.split("\n") == [
        "各市人民政府：",
        "现将《节水方案》印发给你们。",
        "一、总体要求",
        "到2025年，用水总量有所下降。",
        "甘肃省水利厅",
        "2024年3月5日",
    ]


def test_a_page_of_several_articles_with_bold_titles(tmp_path: Path) -> None:
    page = "<h1>一周速览</h1>" + "".join(
        f"<p><b>【{section}】</b></p><p><strong>{title}</strong></p><p>{body[0]}</p>"
        for section, title, body in BULLETIN
    )
    found = articles(tmp_path, "week.html", page)
    assert [(a.section, a.title, a.text) for a in found] == [(s, t, body[0]) for s, t, body in BULLETIN]


def test_a_page_whose_menu_is_never_closed_is_read_all_the_same(tmp_path: Path) -> None:
    page = "<body><nav><a href=/>首页</a><h1>甘肃启动节水试点</h1><p>近日，甘肃省启动试点。</p></body>"
    [article] = articles(tmp_path, "open.html", page)
    assert (article.title, article.text) == ("甘肃启动节水试点", "近日，甘肃省启动试点。")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("locked.pdf", make_pdf(typeset(Typesetter()), locked=True), "the PDF is encrypted"),
        ("broken.pdf", b"%PDF-1.4 nonsense", "not a PDF that can be read"),
        ("blank.pdf", make_pdf([[]]), "the PDF has no text"),
        ("empty.pdf", b"", "the file is empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "save it as .docx"),
        ("broken.docx", make_docx()[:2000], "a broken archive"),
        ("text.docx", b"no archive at all", "a broken archive"),
        (
            "empty.html",
            "<html><head><title>t</title></head><body><script>x()</script></body></html>",
            "no text",
        ),
        ("menu.html", "<body><ul><li><a href=/>首页</a></li></ul></body>", "no text"),
        ("bare.html", "<p>近日，甘肃省启动试点。</p>", "no article found"),
        ("binary.html", b"<p>\x00</p>", "a binary file"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, name: str, data: bytes | str, why: str
) -> None:
    with pytest.raises(InputError) as caught:
        articles(tmp_path, name, data)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / name))
    assert why in message
    assert "\n" not in message


def test_a_docx_without_text_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    docx.Document().save(file)
    with pytest.raises(InputError, match="the document has no text"):
        articles(tmp_path, "empty.docx", file.getvalue())
