"""HTML, by the standard library's parser, the only one that keeps the line and column of every character."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from kg.errors import InputError
from loaders.decoding import decode_text
from loaders.lexicon import read_table, read_words
from loaders.lines import Line
from loaders.marks import BOLD_LEVEL

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*(big5(?:-hkscs)?)""", re.I)
_HEAD_BYTES = 4096
_SENTENCE = re.compile(r"[。！？；]")
_SITE = re.compile(r"\s*(?:[_|]|\s[-—–]+\s|(?<!\d)[-—–]+(?!\d)).*$")
_MIN_TITLE = 6


def read_lines(data: bytes, path: Path) -> list[Line]:
    """The text of a page, each paragraph with its place in the file. Raises InputError where it has no text."""
    text = _decode(data, path)
    for around in (False, True):  # a page may have nothing but a frame, or call its text one
        parser = _Page(around=around)
        parser.feed(text)
        parser.close()
        paragraphs = _main(parser.paragraphs)
        if paragraphs:
            return _titled(paragraphs, parser.title)
    raise InputError(f"{path}: the page has no text")


def _decode(data: bytes, path: Path) -> str:
    """Big5 where the page says so; else as any text."""
    if match := _CHARSET.search(data[:_HEAD_BYTES]):
        try:
            return data.decode("big5hkscs").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            name = match[1].decode("ascii")
            raise InputError(f"{path}: not {name} text (byte {error.start:,}: {error.reason})") from None
    return decode_text(data, path, max_line=None)


@dataclass
class _Paragraph:
    """One block of the page: its stretches, how much of it are links, its heading level."""

    lines: list[Line]
    linked: int
    bold: int
    heading: int | None
    cell: bool

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    def finished(self) -> list[Line]:
        """Its lines, the last of which ends the block."""
        level = self.heading or (BOLD_LEVEL if self.bold == len(self.text) else None)
        first = [replace(line, ends=False, heading=level) for line in self.lines[:-1]]
        return [*first, replace(self.lines[-1], ends=True, heading=level)]


@cache
def _tags(role: str) -> frozenset[str]:
    """The elements of a role: ``block``, ``void``, ``never``, ``around`` or ``bold``."""
    return frozenset(row["tag"] for row in read_table("html_tags") if role in row["roles"].split())


class _Page(HTMLParser):
    """Collects the paragraphs of a page and its ``<title>``."""

    def __init__(self, *, around: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.paragraphs: list[_Paragraph] = []
        self.title: list[Line] = []
        self._around = around
        self._skip: tuple[str, int] | None = None
        self._in_title = False
        self._links = self._bolds = self._cells = 0
        self._heading: int | None = None
        self._fresh()

    def _fresh(self) -> None:
        self._open = _Paragraph([], 0, 0, self._heading, self._cells > 0)
        self._blank = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self.title:
            self._in_title = True
        if self._skip:
            if tag == self._skip[0] and tag not in _tags("void"):
                self._skip = (tag, self._skip[1] + 1)
            return
        if tag not in _tags("void") and self._is_skipped(tag, attrs):
            self._skip = (tag, 1)
            return
        self._cells += tag in _tags("cell")
        self._borders(tag)
        self._links += tag == "a"
        self._bolds += tag in _tags("bold")
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = self._open.heading = int(tag[1])

    def _is_skipped(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if tag in _tags("never") or any(
            name == "hidden" or (name == "style" and _HIDDEN.search(value or "")) for name, value in attrs
        ):
            return True
        named = {
            word
            for name, value in attrs
            if name in ("class", "id")
            for word in re.findall(r"[a-z]+", (value or "").lower())
        }
        return not self._around and (
            tag in _tags("around") or (tag != "body" and not named.isdisjoint(read_words("html_around")))
        )

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if self._skip:
            if tag == self._skip[0]:
                self._skip = (tag, self._skip[1] - 1) if self._skip[1] > 1 else None
            return
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = None
        self._cells -= tag in _tags("cell") and self._cells > 0
        self._borders(tag)
        self._links -= tag == "a" and self._links > 0
        self._bolds -= tag in _tags("bold") and self._bolds > 0

    def _borders(self, tag: str) -> None:
        if tag in _tags("block"):
            if self._open.lines:
                self.paragraphs.append(self._open)
            self._fresh()

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        for piece in data.split("\n"):
            self._add(piece, line, column)
            line, column = line + 1, 0
            self._blank = True
        self._blank = bool(data) and data[-1].isspace()

    def handle_entityref(self, name: str) -> None:
        self._add(html.unescape(f"&{name};"), *self.getpos())

    def handle_charref(self, name: str) -> None:
        self._add(html.unescape(f"&#{name};"), *self.getpos())

    def close(self) -> None:
        super().close()
        self._borders("body")

    def _add(self, piece: str, line: int, column: int) -> None:
        """Take a stretch of text; white space at a wrap is kept only between letters of the Latin script."""
        bare = piece.strip()
        if not bare:
            return
        place = Line(bare, line, column + len(piece) - len(piece.lstrip()))
        if self._in_title:
            self.title.append(place)
        if self._skip:
            return
        blank = self._blank or piece[0].isspace()
        if self._open.lines and blank and _latin(self._open.lines[-1].text[-1]) and _latin(bare[0]):
            last = self._open.lines[-1]
            self._open.lines[-1] = replace(last, text=last.text + " ")
        self._open.lines.append(place)
        self._open.linked += len(bare) * (self._links > 0)
        self._open.bold += len(bare) * (self._bolds > 0)
        self._blank = piece[-1].isspace()


def _latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "%),.;:")


def _main(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs without menus, lists of links and what follows the text; none where no sentence is among them."""
    kept = [p for p in paragraphs if p.heading or _SENTENCE.search(p.text) or p.linked * 2 <= len(p.text)]
    first = next((i for i, p in enumerate(kept) if _SENTENCE.search(p.text)), None)
    if first is None:
        return []
    ends = read_words("layout_ends")
    last = next((i for i in range(first, len(kept)) if kept[i].text in ends), len(kept))
    return kept[:last]


def _titled(paragraphs: list[_Paragraph], title: list[Line]) -> list[Line]:
    """The lines from the title on.

    What the page's ``<title>`` says is the title where the page says it again; where no heading precedes the text,
    ``<title>`` itself is, without the name of the site. Cells of a table between title and text are its card.
    """
    first = next(i for i, p in enumerate(paragraphs) if _SENTENCE.search(p.text))
    named = "".join(line.text for line in title)
    told = [
        i
        for i, p in enumerate(paragraphs[: first + 1])
        if len(p.text) >= _MIN_TITLE and p.text in named and not p.cell
    ]
    if told:
        begin = told[0]
        paragraphs[begin].heading = paragraphs[begin].heading or 1
        card = [p for p in paragraphs[begin + 1 : first] if not p.cell]
        paragraphs = [paragraphs[begin], *card, *paragraphs[max(first, begin + 1) :]]
    elif title and not any(p.finished()[0].heading is not None for p in paragraphs[:first]):
        head = title[0].cut(0, len(_SITE.sub("", named)))
        return [
            replace(head, ends=True, heading=1),
            *(line for p in paragraphs[first:] for line in p.finished()),
        ]
    return [line for p in paragraphs for line in p.finished()]
