"""The masthead of a bulletin: what stands before its first article, the date of issue there, and dates that no
calendar has, in the masthead and in the lines that say where an article comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.issues import Issue
from kg.model import Article
from loaders.lexicon import read_table
from loaders.lines import Block, Line
from loaders.marks import calendar_dates, is_byline, is_date_line, without_dates, without_source

_NUMBER_OF_ISSUE = re.compile(
    r"(?:19|20)\d\d\s*年(?:\s*(?:1[0-2]|0?[1-9])\s*月(?!\s*\d))?|[总第]{1,2}\s*[\d一二三四五六七八九十百〇○零]+\s*[期号辑卷]"
)
_BESIDE = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]|[\s（）()\[\]【】·|/：:，,—–-]")
_WORDS = re.compile(r"[。；！？;!?]")
_RANGE = re.compile(r"\s*(?:[-－—–~～至起前后]|以[前后来])")
_MAX_LINE = 60
_MAX_NAME = 20
_FIRST = 12
"""The lines of a file that may be a masthead."""


def is_masthead(text: str) -> bool:
    """Whether a line is one of a masthead: a date or a number of the issue and nothing else but the bulletin's name or
    who edits it, or such a name alone (区域政策周报)."""
    if len(text) > _MAX_LINE or (is_byline(text) and not is_date_line(text)):
        return False
    undated = without_dates(text)
    bare = _NUMBER_OF_ISSUE.sub("", undated)
    name = _BESIDE.sub("", bare)
    if bare == text:
        return len(name) <= _MAX_NAME and name.endswith(_names(alone=True))
    return not name or (len(name) <= _MAX_NAME and name.endswith(_names(alone=False)))


@cache
def _names(*, alone: bool) -> tuple[str, ...]:
    rows = read_table("layout_mastheads")
    return tuple(row["word"] for row in rows if not alone or row["alone"] == "y")


def set_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a masthead at the beginning each a block of its own, however the file wraps its lines."""
    apart = list(lines)
    for i, line in enumerate(apart[:_FIRST]):
        if is_masthead(line.text):
            apart[i] = replace(line, ends=True)
            if i:
                apart[i - 1] = replace(apart[i - 1], ends=True)
    return apart


def masthead_end(blocks: Sequence[Block], heads: Sequence[bool]) -> int:
    """How many blocks are masthead: up to the last line of one that a title follows, before any paragraph.

    The date under a title is no masthead, since no title follows it.
    """
    end = 0
    for i, block in enumerate(blocks[:-1]):
        own = is_masthead(block.text)
        if own and heads[i + 1] and not is_masthead(blocks[i + 1].text):
            end = i + 1
        if not (own or heads[i]):
            break
    return end


@dataclass(frozen=True)
class Masthead:
    """What stands before the first article: its words, the date of issue (YYYY-MM-DD) where it gives one, and what is
    wrong with dates there and in the lines about articles."""

    text: str = ""
    issued: str | None = None
    doubts: tuple[Issue, ...] = ()


def masthead_of(lines: Sequence[Line], articles: Sequence[Article], path: Path) -> Masthead:
    """The masthead of a file's lines, of which the articles were made; ``path`` names the file in messages."""
    begun = {(place.page, place.line) for place in articles[0].lines[:1]} if articles else set()
    before: list[str] = []
    for line in lines:
        if (line.page, line.number) in begun:
            break
        before.append(line.text)
    text = "\n".join(before) if begun else ""
    return Masthead(text, _issued(before) if begun else None, tuple(_impossible(lines, articles, path)))


def _issued(lines: Sequence[str]) -> str | None:
    """The one date of a masthead. A stretch of time (3月1日至7日) and a date inside a sentence are none of issue."""
    found = {
        date.isoformat()
        for line in lines
        if len(line) <= _MAX_LINE and not _WORDS.search(line)
        for match, date in calendar_dates(line)
        if date and not _RANGE.match(line, match.end())
    }
    stretches = any(_RANGE.match(line, match.end()) for line in lines for match, _ in calendar_dates(line))
    return found.pop() if len(found) == 1 and not stretches else None


def _impossible(lines: Sequence[Line], articles: Sequence[Article], path: Path) -> Iterator[Issue]:
    """The dates that no calendar has, in lines that are no text of an article and in the sources at its end."""
    read = {(place.page, place.line) for article in articles for place in article.lines}
    for line in lines:
        inside = (line.page, line.number) in read
        said = without_source(Block([line]))[1] if inside else line.text
        for match, date in calendar_dates(said or ""):
            if date is None:
                yield _issue(match[0], line, path)


def _issue(date: str, line: Line, path: Path) -> Issue:
    page_zh, page_en = (f"第 {line.page} 页", f"page {line.page}, ") if line.page else ("", "")
    return Issue(
        code="impossible-date",
        message_zh=f"{path.name} {page_zh}第 {line.number} 行：日历上没有“{date}”这一天，不用作刊期或文章日期。",
        message_en=f"{path.name}, {page_en}line {line.number}: no calendar has the day “{date}”; "
        "it is not taken as a date of issue or of an article.",
        detail={"file": path.name, "line": str(line.number)},
    )
