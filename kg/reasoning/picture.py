"""An explanation as a picture: a diagram in Mermaid's notation, or a drawing in SVG that needs no script.

Both show the conclusion first and its premises beside it, down to the quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final

from pyoxigraph import Triple

from kg.reasoning.explanation import Explanation
from kg.reasoning.rendering import Label, quote_of, reason_of, statement_of

_COLOURS: Final = {
    "rule": ("#e8eefc", "#3457a6"),
    "owl": ("#f1ecfa", "#6a4c9c"),
    "asserted": ("#ffffff", "#777777"),
    "authority": ("#e7f4ec", "#3c7a55"),
    "quote": ("#fff6d6", "#a07a10"),
}
"""The fill and the border of a box, by kind."""

# Sizes of the drawing in pixels; a Chinese character is as wide as the type is high, others take about half.
_TYPE: Final = 13
_LINE: Final = 18
_PADDING: Final = 8
_BOX: Final = 300
_GAP_X: Final = 48
_GAP_Y: Final = 14
_NOT_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL: Final = frozenset('#"<>&`;')
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


@dataclass
class _Box:
    """One box: what it stands for (a statement, or the IRI of a quote's evidence), its kind, a heading and a smaller
    note under it, and what it rests on; ``top`` is set by the layout.
    """

    of: Triple | str
    kind: str
    heading: str
    note: str
    below: list[_Box] = field(default_factory=list)
    top: float = 0.0

    def lines(self) -> list[tuple[str, bool]]:
        """The lines of text, and whether each belongs to the heading."""
        return [(text, is_heading) for words, is_heading in ((self.heading, True), (self.note, False))
                for text in _wrapped(words)]  # fmt: skip

    def height(self) -> float:
        return len(self.lines()) * _LINE + 2 * _PADDING


def to_mermaid(tree: Explanation, lang: str, label: Label) -> str:
    """The tree as a Mermaid flowchart; a statement or quote that is used twice is drawn once."""
    names: dict[Triple | str, str] = {}
    drawn: dict[str, None] = {}
    root = _boxes(tree, lang, label)

    def draw(box: _Box) -> str:
        # by what it stands for, as two regions may have one name
        if box.of not in names:
            name = names[box.of] = f"n{len(names)}"
            words = "<br/>".join(_escaped(text) for text in (box.heading, box.note) if text)
            drawn[f'  {name}["{words}"]:::{box.kind}'] = None
        for part in box.below:
            drawn[f"  {draw(part)} --> {names[box.of]}"] = None
        return names[box.of]

    draw(root)
    styles = [
        f"  classDef {kind} fill:{fill},stroke:{line},color:#222" for kind, (fill, line) in _COLOURS.items()
    ]
    return "\n".join(["flowchart RL", *drawn, *styles, ""])


def to_svg(tree: Explanation, lang: str, label: Label) -> str:
    """The tree as a drawing from left to right. It has no script, style sheet or link, so any page may show it."""
    root = _boxes(tree, lang, label)
    height = _lay_out(root, _GAP_Y) + _GAP_Y
    width = _depth(root) * (_BOX + _GAP_X)
    title = escape(root.heading)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:.0f}" '
            f'viewBox="0 0 {width} {height:.0f}" role="img" font-family="{_FONT}" font-size="{_TYPE}">',
            f"<title>{title}</title>",
            f'<rect width="{width}" height="{height:.0f}" fill="#fcfcfa"/>',
            *_drawn(root, _GAP_X / 2),
            "</svg>",
            "",
        ]
    )


def _boxes(tree: Explanation, lang: str, label: Label) -> _Box:
    below = [_boxes(premise, lang, label) for premise in tree.premises]
    below += [_Box(quote.evidence, "quote", _allowed(quote_of(quote, lang)), "") for quote in tree.quotes]
    heading, note = _allowed(statement_of(tree, label)), _allowed(reason_of(tree, lang))
    return _Box(tree.triple, tree.kind, heading, note, below)


def _allowed(text: str) -> str:
    """The text without the characters that no XML document may hold, not even escaped."""
    return _NOT_XML.sub("", text)


def _depth(box: _Box) -> int:
    return 1 + max((_depth(part) for part in box.below), default=0)


def _lay_out(box: _Box, top: float) -> float:
    """Set the places of a box and all it rests on, from ``top`` down; returns where the next may begin."""
    end = top
    for part in box.below:
        end = _lay_out(part, end)
    end = max(end, top + box.height() + _GAP_Y)
    box.top = top + (end - _GAP_Y - top - box.height()) / 2
    return end


def _drawn(box: _Box, left: float) -> Iterator[str]:
    fill, line = _COLOURS[box.kind]
    middle = box.top + box.height() / 2
    for part in box.below:
        x, y = left + _BOX, part.top + part.height() / 2
        half = x + _GAP_X / 2
        yield (
            f'<path d="M{x + _GAP_X:.0f} {y:.0f} C{half:.0f} {y:.0f} {half:.0f} {middle:.0f} {x:.0f} {middle:.0f}" '
            'fill="none" stroke="#999999"/>'
        )
    yield (
        f'<rect x="{left:.0f}" y="{box.top:.0f}" width="{_BOX}" height="{box.height():.0f}" rx="5" '
        f'fill="{fill}" stroke="{line}"/>'
    )
    for number, (text, is_heading) in enumerate(box.lines()):
        y = box.top + _PADDING + number * _LINE + _TYPE
        look = 'fill="#222222"' if is_heading else f'fill="{line}" font-size="{_TYPE - 1}"'
        yield f'<text x="{left + _PADDING:.0f}" y="{y:.0f}" {look}>{escape(text)}</text>'
    for part in box.below:
        yield from _drawn(part, left + _BOX + _GAP_X)


def _wrapped(text: str) -> list[str]:
    """The text in lines that fit a box, broken between words or Chinese characters."""
    lines, line, width = [], "", 0.0
    for word in _words(text):
        size = sum(_TYPE if ord(character) > 0x2E7F else 0.56 * _TYPE for character in word)
        if line and width + size > _BOX - 2 * _PADDING:
            lines.append(line.rstrip())
            line, width = "", 0.0
            if word == " ":
                continue
        line, width = line + word, width + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> Iterator[str]:
    """The pieces between which a line may break: a wide character, a space, or a run of others."""
    run = ""
    for character in text:
        if character != " " and ord(character) <= 0x2E7F and len(run) < _BOX // _TYPE:
            run += character
            continue
        if run:
            yield run
            run = ""
        if character != " " and ord(character) <= 0x2E7F:
            run = character
        else:
            yield character
    if run:
        yield run


def _escaped(text: str) -> str:
    """Text that Mermaid takes as it is: its entities begin with a number sign."""
    return "".join(f"#{ord(character)};" if character in _SPECIAL else character for character in text)
