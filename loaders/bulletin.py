"""The layout of a bulletin in plain text: hard-wrapped lines, page breaks, section headings, titles, paragraphs.

Text files made from PDF often end a paragraph or a title with a blank, and never a wrapped line: where a file does
so (``_trailing_blank_tells``) that cue decides. Elsewhere a paragraph ends where a line ends short.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import rjieba

from kg.model import Article, SourceLine
from loaders.lexicon import read_words

_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）|\([^()]*\)")
_STOPS = re.compile(r"[。；，：？！;]")
_CLOSED = re.compile(r"[。！？][”’）)》]*$")
_OPEN_END = re.compile(r"[的、和与及，在对为]$")
_LIST_HEAD = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．是]")
MAX_TITLE = 60
_CLAUSE_REST = re.compile(r"^[^，。；：、]{1,4}[，。；：、]")
_WINDOW = 8
_SLACK = 8
"""Half-widths by which a full line may fall short: a mark may not begin a line, so it takes a character along."""
MAX_SECTION = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that holds text: ``text`` without rim, where it stood, and how it ended."""

    text: str
    number: int
    column: int
    hard_end: bool
    blank_before: bool

    @property
    def width(self) -> int:
        """Its width in half-width columns."""
        return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in self.text)


@dataclass
class Block:
    """A title, a section heading or a paragraph, put together from wrapped lines."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The block's text, its wraps removed."""
        return "".join(line.text for line in self.lines)


_Ends = Callable[[Block, Line, Line], bool]


def split_articles(text: str, source: str | None = None) -> list[Article]:
    """The articles of a bulletin's text, each character mapped back to its line; none where there is no title."""
    lines = _lines(text)
    if not lines:
        return []
    articles: list[Article] = []
    section: str | None = None
    title: Block | None = None
    body: list[Block] = []

    def close() -> None:
        nonlocal title
        if title is not None and body:
            articles.append(_article(section, title, body, source))
        title = None
        body.clear()

    blocks = _blocks(lines)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        heading = _is_title(block.text)
        if heading and _is_section(block.text) and following is not None and _is_title(following.text):
            close()
            section = block.text
        elif heading and title is not None and not body:
            title = Block(title.lines + block.lines)
        elif heading:
            close()
            title = block
        elif title is None and not articles and section is None and not body:
            continue  # a masthead or an editor's note before the first title
        elif title is not None:
            body.append(block)
    close()
    return articles


def _lines(text: str) -> list[Line]:
    lines = []
    blank = False
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.strip("\f")
        stripped = bare.strip()
        if stripped:
            column = len(bare) - len(bare.lstrip())
            hard = bare[-1].isspace() if bare else False
            lines.append(Line(stripped, number, column, hard, blank))
        blank = not stripped
    return lines


def _trailing_blank_tells(lines: list[Line]) -> bool:
    """Whether in this file a trailing blank marks the end of a paragraph, and the lack of one a wrap."""
    closing = [line for line in lines if _CLOSED.search(line.text)]
    hard = sum(line.hard_end for line in lines)
    return (
        bool(closing)
        and sum(line.hard_end for line in closing) > len(closing) / 2
        and hard < 0.7 * len(lines)
    )


def _blocks(lines: list[Line]) -> list[Block]:
    spaced = sum(line.blank_before for line in lines[1:]) > 0.6 * max(1, len(lines) - 1)
    if _trailing_blank_tells(lines):
        return _join(lines, lambda _block, line, _next: line.hard_end)
    full = _full_width(lines)
    if full is None:
        return [Block([line]) for line in lines]
    return _join(lines, lambda block, line, following: _ends(block, line, following, full, spaced))


def _join(lines: list[Line], ends: _Ends) -> list[Block]:
    blocks = [Block()]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        blocks[-1].lines.append(line)
        if following is not None and ends(blocks[-1], line, following):
            blocks.append(Block())
    return blocks


def _full_width(lines: list[Line]) -> int | None:
    """The width at which the file wraps its lines, or None where each line is a paragraph of its own."""
    widths = sorted(line.width for line in lines)
    full = widths[-1 - len(widths) // 50]  # one line in fifty may stick out
    near = sum(width >= full - _SLACK for width in widths)
    return full if near >= 3 and near >= 0.3 * len(widths) else None


def _ends(block: Block, line: Line, following: Line, full: int, spaced: bool) -> bool:
    """Whether a block ends with this line, in a file that wraps at ``full`` half-widths and gives no other cue."""
    if following.blank_before and not spaced:
        return True
    short = line.width < full - _SLACK
    if _CLOSED.search(line.text):
        return short or bool(_LIST_HEAD.match(following.text)) or _is_title(following.text)
    if _OPEN_END.search(line.text) or not _balanced(block.text) or _goes_on(line.text, following.text):
        return False
    return short or (_is_title(block.text) and line.width < full - _SLACK // 2)


def _goes_on(line: str, following: str) -> bool:
    """Whether a word lies across the break, or the next line begins with the last word of a clause."""
    if _CLAUSE_REST.match(following) and not following.startswith(read_words("sentence_openers")):
        return True
    before = line[-_WINDOW:]
    border = len(before)
    at = 0
    for word in rjieba.cut(before + following[:_WINDOW]):
        if at < border < at + len(word):
            return True
        at += len(word)
    return False


def _is_title(text: str) -> bool:
    bare = _QUOTED.sub("", text)
    return len(text) <= MAX_TITLE and not _STOPS.search(bare) and _balanced(text)


def _is_section(text: str) -> bool:
    return len(text) <= MAX_SECTION and not re.search(r"[\d“”《》]", text)


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("《》", "“”", "（）"))


def _article(section: str | None, title: Block, body: list[Block], source: str | None) -> Article:
    pieces: list[str] = []
    places: list[SourceLine] = []
    length = 0
    for block in (title, *body):
        for line in block.lines:
            places.append(SourceLine(start=length, line=line.number, column=line.column))
            pieces.append(line.text)
            length += len(line.text)
        pieces.append("\n")
        length += 1
    content = "".join(pieces)[:-1]
    head = title.text
    return Article(
        section=section, title=head, text=content[len(head) + 1 :], source=source, lines=tuple(places)
    )
