"""The layout of a bulletin, once its format is read: hard-wrapped lines, page breaks, section headings, titles, paragraphs.

Text files made from PDF often end a paragraph or a title with a blank, and never a wrapped line: where a file does
so (``_trailing_blank_tells``) that cue decides. Elsewhere a paragraph ends where a line ends short.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import rjieba

from kg.model import Article, SourceLine
from loaders.lexicon import read_words
from loaders.lines import Block, Line, text_lines
from loaders.marks import (
    bare_title,
    byline_date,
    is_byline,
    is_date_line,
    number_style,
    unmarked,
    without_source,
)
from loaders.mastheads import masthead_end, set_apart

_QUOTED = re.compile(r"《[^《》]*》|「[^「」]*」|“[^“”]*”|（[^（）]*）|\([^()]*\)")
_STOPS = re.compile(r"[。；，：？！;]")
_CLOSED = re.compile(r"[。！？][”’）)》]*$")
_OPEN_END = re.compile(r"[的、和与及，在对为]$")
_LIST_HEAD = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．是]")
_LOOSE = re.compile(r"[^。；？！;]*[^。；？！;，：、]")
MAX_LOOSE = 40
MAX_TITLE = 60
_CLAUSE_REST = re.compile(r"^[^，。；：、]{1,4}[，。；：、]")
_WINDOW = 8
_SLACK = 8
"""Half-widths by which a full line may fall short: a mark may not begin a line, so it takes a character along."""
MIN_WRAP = 28
"""No file wraps its lines at fewer half-widths; lines that short are paragraphs."""
MAX_SECTION = 6
MAX_HEADING = 100
"""No heading is longer, even where the format marks it as one."""
MIN_NUMBERED = 9
"""Numbered headings that are shorter on average are parts of one document (一、总体要求), not titles of articles."""


_Ends = Callable[[Block, Line, Line], bool]


def split_articles(text: str, source: str | None = None) -> list[Article]:
    """The articles of a bulletin's text, each character mapped back to its line; none where there is no title."""
    return split_lines(text_lines(text), source)


def split_lines(lines: list[Line], source: str | None = None) -> list[Article]:
    """The articles of a bulletin's lines, whatever format they were read from; none where there is no title.

    Where some lines are marked as headings, only these are titles; if that gives no article, the words decide.
    """
    lines = unmarked(lines)
    if not lines:
        return []
    blocks = _blocks(set_apart(lines))
    blocks = blocks[masthead_end(blocks, _headings(blocks, styled=False)) :]
    if any(block.heading is not None and not _is_section(block.text) for block in blocks):
        found = _assemble(blocks, _headings(blocks, styled=True), source)
        if found:
            return found
    found = _assemble(blocks, _headings(blocks, styled=False), source)
    return found or _one_article(blocks, source)


def _headings(blocks: list[Block], *, styled: bool) -> list[bool]:
    """Which blocks are titles or sections."""
    heads = [_is_heading(block, styled) for block in blocks]
    if not styled:
        for i in range(len(blocks) - 1):
            heads[i] = heads[i] or _is_loose_title(blocks[i - 1] if i else None, blocks[i], blocks[i + 1])
    if styled:  # a section's heading may be plain where the titles are marked
        for i, block in enumerate(blocks[:-1]):
            heads[i] = heads[i] or (heads[i + 1] and _is_section(block.text) and _is_title(block.text))
    styles = [number_style(block.text) if head else None for head, block in zip(heads, blocks, strict=True)]
    parts = {style for style in set(styles) if style and _count_parts(style, styles, blocks, heads)}
    heads = [head and style not in parts for head, style in zip(heads, styles, strict=True)]
    for i in range(2, len(blocks) - 1):  # who signed, and the date under it
        last = i + 2 == len(blocks) or heads[i + 2]
        if heads[i] and last and is_date_line(blocks[i + 1].text) and not heads[i - 1]:
            heads[i] = False
    return heads


def _is_heading(block: Block, styled: bool) -> bool:
    text = block.text
    if is_byline(text):
        return False
    if styled:
        return block.heading is not None and len(text) <= MAX_HEADING and not _CLOSED.search(text)
    return _is_title(text)


def _is_loose_title(before: Block | None, block: Block, following: Block) -> bool:
    """Whether a block with a colon or a comma in it is a title (甘肃：启动节水试点): the block before it is closed, a
    paragraph follows, and that paragraph takes up its words. Only where it is sure what a block is."""
    text = block.text
    loose = _LOOSE.fullmatch(_QUOTED.sub("", text)) and _balanced(text) and not is_byline(text)
    sure = block.lines[-1].ends and (before is None or before.lines[-1].ends)
    if not loose or not sure or len(text) > MAX_LOOSE or len(following.text) < len(text):
        return False
    opens = before is None or _CLOSED.search(before.text) or _is_section(before.text)
    if not opens or not _CLOSED.search(following.text):
        return False
    pairs = {a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum()}
    return sum(pair in following.text for pair in pairs) * 5 >= len(pairs)


def _count_parts(style: str, styles: list[str | None], blocks: list[Block], heads: list[bool]) -> bool:
    """Whether headings numbered in this style are the parts of one document and not the titles of articles."""
    numbered = [i for i, own in enumerate(styles) if own == style]
    bare = {i: bare_title(blocks[i]).text for i in numbered}
    if any(text.startswith(read_words("layout_subheads")) for text in bare.values()):
        return True
    before = [i for i in range(numbered[0]) if heads[i] and not _is_section(blocks[i].text)]
    if before and not all(heads[before[-1] : numbered[0]]):
        return any(not is_byline(block.text) for block in blocks[before[-1] + 1 : numbered[0]])
    titles = [bare[i] for i in numbered if i + 1 < len(blocks) and not heads[i + 1]]
    return bool(titles) and sum(map(len, titles)) < MIN_NUMBERED * len(titles)


def _assemble(blocks: list[Block], heads: list[bool], source: str | None) -> list[Article]:
    draft = _Draft(source)
    for i, block in enumerate(blocks):
        before_heading = i + 1 < len(blocks) and heads[i + 1]
        if heads[i]:
            draft.head(block, before_heading)
        else:
            draft.add(block)
    draft.close()
    return draft.articles


@dataclass
class _Draft:
    """The articles so far and the one that is open."""

    source: str | None
    articles: list[Article] = field(default_factory=list)
    section: str | None = None
    title: Block | None = None
    body: list[Block] = field(default_factory=list)
    published: str | None = None

    def close(self) -> None:
        """The open article is complete."""
        if self.title is not None and self.body:
            self.articles.append(_article(self.section, self.title, self.body, self.source, self.published))
        self.title = self.published = None
        self.body = []

    def head(self, block: Block, before_heading: bool) -> None:
        """A title, a section's heading before one, or what continues the title before it."""
        bare = bare_title(block)
        if before_heading and _is_section(bare.text):
            self.close()
            self.section = bare.text
        elif self.title is None or self.body:
            self.close()
            self.title = bare
        elif number_style(block.text):  # what stood before it is the bulletin's masthead
            self.title = bare
        elif (self.title.heading or 0) < (block.heading or 0):
            self.section, self.title = self.title.text, bare
        else:
            self.title = Block(self.title.lines + bare.lines)

    def add(self, block: Block) -> None:
        """A paragraph: text of the open article or a byline. Before the first title: a masthead, an editor's note."""
        if self.title is None:
            return
        if is_byline(block.text) and not (self.body and is_date_line(block.text)):
            self.published = self.published or byline_date(block.text)
            return
        text, named = without_source(block)
        if named:
            self.published = self.published or byline_date(named)
        if text.lines:
            self.body.append(text)


def _one_article(blocks: list[Block], source: str | None) -> list[Article]:
    """A file of one article whose title looks like none, for example for the colon in it."""
    first = blocks[0]
    if len(blocks) < 2 or len(first.text) > MAX_TITLE or _CLOSED.search(first.text) or is_byline(first.text):
        return []
    return _assemble(blocks, [True] + [False] * (len(blocks) - 1), source)


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
        lines = [line if line.ends is not None else replace(line, ends=True) for line in lines]
        return _join(lines, lambda _block, _line, _next: True)
    return _join(lines, lambda block, line, following: _ends(block, line, following, full, spaced))


def _join(lines: list[Line], ends: _Ends) -> list[Block]:
    blocks = [Block()]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        blocks[-1].lines.append(line)
        if following is None:
            break
        if line.ends if line.ends is not None else ends(blocks[-1], line, following):
            blocks.append(Block())
    return blocks


def _full_width(lines: list[Line]) -> int | None:
    """The width at which the file wraps its lines, or None where each line is a paragraph of its own."""
    widths = sorted(line.width for line in lines)
    full = widths[-1 - len(widths) // 50]  # one line in fifty may stick out
    near = sum(width >= full - _SLACK for width in widths)
    return full if full >= MIN_WRAP and near >= 3 and near >= 0.3 * len(widths) else None


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


def _article(
    section: str | None, title: Block, body: list[Block], source: str | None, published: str | None
) -> Article:
    pieces: list[str] = []
    places: list[SourceLine] = []
    length = 0
    for block in (title, *body):
        for line in block.lines:
            places.append(SourceLine(start=length, line=line.number, column=line.column, page=line.page))
            pieces.append(line.text)
            length += len(line.text)
        pieces.append("\n")
        length += 1
    content = "".join(pieces)[:-1]
    head = title.text
    return Article(
        section=section,
        title=head,
        text=content[len(head) + 1 :],
        source=source,
        published=published,
        lines=tuple(places),
    )
