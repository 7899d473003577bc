"""Marks around titles and articles that are no part of their words: bold, 【】, numbers, bullets, bylines, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from loaders.lexicon import read_words
from loaders.lines import Block, Line

_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_WHOLE_BOLD = re.compile(r"^(\*\*|__)(?P<title>[^*_]+)\1$")
_MARKDOWN = re.compile(r"^(?P<level>#{1,6})\s+(?P<title>.*?)\s*#*$")
_BRACKETED = re.compile(r"^【(?P<label>[^【】]+)】\s*(?P<rest>.*)$")
_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[章节]|"
    r"[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]、?|\d{1,2}(?:、|[.．](?!\d))|[①-⑳])\s*(?=\S)"
)
_NUMERALS, _DIGITS = re.compile(r"[一二三四五六七八九十]+"), re.compile(r"\d+")
_ROUND = re.compile(r"[①-⑳]")
_BULLET = re.compile(r"^[◆◇■□●○★☆▲△►▶•·※]+\s*(?=\S)")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_DATE_LINE = re.compile(rf"^[（(\[]?\s*{_DATE.pattern}(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?\s*[)）\]]?$")
BOLD_LEVEL = 7
"""The level of a title that is merely bold or in brackets: below every heading that has a level of its own."""
_SECTION_LABEL = 6
_MAX_BYLINE = 80


def unmarked(lines: Iterable[Line]) -> list[Line]:
    """The lines with marks of headings and of bold taken off; a title that shares a line with its text is cut off."""
    return [piece for line in lines for piece in _unmarked(line)]


def _unmarked(line: Line) -> Iterator[Line]:
    if match := _MARKDOWN.match(line.text):
        yield replace(line.cut(*match.span("title")), heading=len(match["level"]), ends=True)
    elif match := _WHOLE_BOLD.match(line.text):
        yield from _bracketed(replace(line.cut(*match.span("title")), heading=line.heading or BOLD_LEVEL))
    elif line.text.startswith("【"):
        yield from _bracketed(line)
    elif _BOLD.search(line.text):
        yield from _stretches(line)
    else:
        yield line


def _bracketed(line: Line) -> Iterator[Line]:
    """``【栏目】标题``: a section before its title; ``【标题】``: a title; ``【标题】正文``: a title before its text."""
    match = _BRACKETED.match(line.text)
    if not match or is_byline(line.text):
        yield line
        return
    level = line.heading or BOLD_LEVEL
    label, rest = line.cut(*match.span("label")), line.cut(*match.span("rest"))
    short = len(label.text) <= _SECTION_LABEL
    if not rest.text:
        yield replace(label, heading=level, ends=True)
    elif short and not re.search(r"[。；！？;!?]", rest.text):
        yield replace(label, heading=level - 1, ends=True)
        yield replace(rest, heading=level)
    elif short:
        yield line  # a label that opens a paragraph, such as 【导读】, is part of it
    else:
        yield replace(label, heading=level, ends=True)
        yield replace(rest, heading=None)


def _stretches(line: Line) -> Iterator[Line]:
    """The line without its marks of bold, as stretches that stay in one block."""
    pieces = []
    at = 0
    for match in [*_BOLD.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        if line.text[at:end].strip():
            piece = replace(line, text=line.text[at:end], column=line.column + at)
            pieces.append(piece)
        at = match.end() if match else end
    for piece in pieces[:-1]:
        yield replace(piece, ends=False)
    yield from pieces[-1:]


def number_style(text: str) -> str | None:
    """How a title is numbered, its number left out: ``N、``, ``（N）``, ``9.``, ``第N章``; None where it is not."""
    match = _NUMBER.match(text)
    return _ROUND.sub("①", _DIGITS.sub("9", _NUMERALS.sub("N", match[0].strip()))) if match else None


def bare_title(title: Block) -> Block:
    """A title without the bullet and the number before it."""
    for mark in (_BULLET, _NUMBER):
        if match := mark.match(title.text):
            title = title.cut(match.end())
    return title


def is_byline(text: str) -> bool:
    """Whether a paragraph only says where an article comes from, who wrote it or when: ``来源：… 2024-03-05``."""
    return len(text) <= _MAX_BYLINE and bool(is_date_line(text) or _byline().match(text))


def is_date_line(text: str) -> bool:
    """Whether a paragraph is a date and nothing else."""
    return bool(_DATE_LINE.match(text))


def calendar_dates(text: str) -> Iterator[tuple[re.Match[str], date | None]]:
    """The full dates written in a line, each with its day; None for one that no calendar has (2021年2月30日)."""
    for match in _DATE.finditer(text):
        try:
            yield match, date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            yield match, None


def without_dates(text: str) -> str:
    """The line with its full dates taken out."""
    return _DATE.sub("", text)


def byline_date(text: str) -> str | None:
    """The first date (YYYY-MM-DD) that a byline gives, if any and if it is one of the calendar."""
    _, day = next(calendar_dates(text), (None, None))
    return day.isoformat() if day else None


def without_source(paragraph: Block) -> tuple[Block, str | None]:
    """A paragraph without the source in brackets at its end, and that source (None where there is none)."""
    match = _source().search(paragraph.text)
    if not match:
        return paragraph, None
    return paragraph.cut(0, match.start()), match[0]


def _labels() -> str:
    return "|".join(sorted(map(re.escape, read_words("layout_bylines")), key=len, reverse=True))


def _byline() -> re.Pattern[str]:
    return re.compile(rf"^[（(\[【]?\s*(?:{_labels()})\s*[:：丨|][^。；;]*$")


def _source() -> re.Pattern[str]:
    return re.compile(rf"[（(\[【]\s*(?:{_labels()})\s*[:：]?[^（）()\[\]【】。]{{1,60}}[)）\]】]\s*$")
