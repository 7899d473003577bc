"""Lines: what every reader of a format gives and the layout (``loaders.bulletin``) takes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file that holds text: ``text`` without rim, where it stood, how it ended and how it looked.

    ``number`` counts from 1 (in the file, or on its ``page`` where there are pages), ``column`` code points from 0.
    ``ends``: whether its block surely ends with it (True), surely goes on (False), or the layout has to tell (None).
    ``heading``: its level where the format marks it as a heading (1 is the outermost), else None.
    """

    text: str
    number: int
    column: int = 0
    hard_end: bool = False
    blank_before: bool = False
    page: int | None = None
    ends: bool | None = None
    heading: int | None = None

    @property
    def width(self) -> int:
        """Its width in half-width columns."""
        return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in self.text)

    def cut(self, start: int, end: int | None = None) -> Line:
        """The stretch [start, end) of the line without white space at its rim, its column moved along."""
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        return replace(self, text=piece.strip(), column=self.column + start + lead)


@dataclass
class Block:
    """A title, a section heading or a paragraph, put together from wrapped lines."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The block's text, its wraps removed."""
        return "".join(line.text for line in self.lines)

    @property
    def heading(self) -> int | None:
        """The level of the heading that its first line is marked as, if any."""
        return self.lines[0].heading

    def cut(self, start: int, end: int | None = None) -> Block:
        """The block of the stretch [start, end) of its text; without lines where nothing but white space is left."""
        end = len(self.text) if end is None else end
        kept: list[Line] = []
        at = 0
        for line in self.lines:
            first, last = max(start - at, 0), min(end - at, len(line.text))
            if first < last and line.text[first:last].strip():
                kept.append(line.cut(first, last))
            at += len(line.text)
        return Block(kept)


def text_lines(text: str) -> list[Line]:
    """The lines of a plain text that hold more than white space. A form feed begins a page, where there are any."""
    lines = []
    blank = False
    page = 1 if "\f" in text.strip() else None
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.strip("\f")
        stripped = bare.strip()
        fresh = len(raw) - len(raw.lstrip("\f"))
        page = page + fresh if page else None
        if stripped:
            column = fresh + len(bare) - len(bare.lstrip())
            lines.append(Line(stripped, number, column, bare[-1].isspace(), blank, page))
        page = page + raw.lstrip("\f").count("\f") if page else None
        blank = not stripped
    return lines
