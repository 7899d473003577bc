"""From lines placed on pages to lines in reading order: where blocks end, which are headings, what is page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.lines import Line

_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*(?:第\s*[\d一二三四五六七八九十百]+\s*页(?:[，,/\s]*共\s*[\d一二三四五六七八九十百]+\s*页)?|\d{1,4}(?:\s*/\s*\d{1,4})?)[-—–·\s]*$"
)
_LARGER, _LARGER_SCANNED = 1.12, 1.3
"""A heading's letters are so many times those of the text; the height of a recognised line varies by a tenth."""
_EDGE = 2
"""So many lines at the top and at the bottom of a page can be furniture."""
_REPEATED = 3
"""A line that stands at the same edge of so many pages, and of a third of them, is a running title."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on a page: its box in points or pixels (y grows downwards), the size of its letters, whether it is bold."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False


def in_order(placed: Sequence[Placed], *, scanned: bool = False) -> list[Line]:
    """The lines with their numbers on the page, block ends and headings told from where they stand.

    A line is a heading where its letters are larger than those of most text, or bold where most are not. In a scan the
    height of a line is too uncertain for that: it only tells where blocks end. Running titles and page numbers are
    left out; they count as lines.
    """
    numbers = _numbers(placed)
    furniture = _furniture(placed)
    kept = [line for i, line in enumerate(placed) if i not in furniture]
    counted = [number for i, number in enumerate(numbers) if i not in furniture]
    if not kept:
        return []
    page = _Page.of(kept, _LARGER_SCANNED if scanned else _LARGER)
    levels = page.levels(kept)
    lines = []
    for i, line in enumerate(kept):
        following = kept[i + 1] if i + 1 < len(kept) else None
        ends = page.ends(line, following, levels[i], levels[i + 1] if following else None)
        text = line.text.strip()
        column = len(line.text) - len(line.text.lstrip())
        lines.append(
            Line(text, counted[i], column, page=line.page, ends=ends, heading=None if scanned else levels[i])
        )
    return lines


def _numbers(placed: Sequence[Placed]) -> list[int]:
    seen: Counter[int] = Counter()
    numbers = []
    for line in placed:
        seen[line.page] += 1
        numbers.append(seen[line.page])
    return numbers


def _furniture(placed: Sequence[Placed]) -> set[int]:
    """Page numbers, and lines that stand at the same edge of a third of the pages; from the rim of a page inwards."""
    pages: dict[int, list[int]] = {}
    for i, line in enumerate(placed):
        pages.setdefault(line.page, []).append(i)
    size = median(line.size for line in placed) if placed else 0
    ordered = [sorted(members, key=lambda i: placed[i].top) for members in pages.values()]
    rims = [rim for members in ordered for rim in (members[:_EDGE], members[: -_EDGE - 1 : -1])]
    places = Counter(_place(placed[i], size) for i in {i for rim in rims for i in rim})
    often = max(_REPEATED, len(pages) / 3)
    furniture: set[int] = set()
    for rim in rims:
        for i in rim:
            text = placed[i].text.strip()
            again = re.search(r"\w", text) and places[_place(placed[i], size)] >= often
            if not (again or _PAGE_NUMBER.match(text)):
                break
            furniture.add(i)
    return furniture


def _place(line: Placed, size: float) -> tuple[str, int]:
    """What a running title keeps from page to page: its words without their digits, and its height."""
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.top / max(size, 1))


@dataclass(frozen=True, slots=True)
class _Page:
    """How the body of the text is set."""

    size: float
    left: float
    right: float
    leading: float
    bold: bool
    larger: float

    @classmethod
    def of(cls, lines: Sequence[Placed], larger: float) -> _Page:
        weights: Counter[float] = Counter()
        for line in lines:
            weights[round(line.size * 2) / 2] += len(line.text)
        size = _middle(weights)
        body = [line for line in lines if abs(line.size - size) <= 0.12 * size] or list(lines)
        bold = sum(len(line.text) for line in body if line.bold) * 2 > sum(len(line.text) for line in body)
        pairs = pairwise(lines)
        gaps = [b.top - a.top for a, b in pairs if a.page == b.page and 0 < b.top - a.top < 4 * size]
        leading = sorted(gaps)[len(gaps) // 3] if gaps else 1.5 * size
        left = _usual([line.left for line in body], size)
        return cls(size, left, max(line.right for line in body), leading, bold, larger)

    def levels(self, lines: Sequence[Placed]) -> list[int | None]:
        """The level of each line that is set as a heading: larger sizes first, then bold ones of the body's size."""
        large = [line.size > self.larger * self.size for line in lines]
        sizes = sorted(
            {round(line.size) for line, tall in zip(lines, large, strict=True) if tall}, reverse=True
        )
        return [
            sizes.index(round(line.size)) + 1
            if tall
            else len(sizes) + 1
            if line.bold and not self.bold
            else None
            for line, tall in zip(lines, large, strict=True)
        ]

    def ends(
        self, line: Placed, following: Placed | None, level: int | None, next_level: int | None
    ) -> bool | None:
        """Whether a block ends with this line: the look changes, or space, an indent or a short line tells."""
        if following is None or level != next_level:
            return True
        if line.page == following.page and following.top - line.top > 1.35 * self.leading + 0.2 * self.size:
            return True
        if level is not None:  # the rest of a heading that takes two lines
            return None if line.page == following.page else True
        if following.left - self.left > 1.2 * self.size:
            return True
        if self.right - line.right > 2.5 * self.size:
            return True
        return None if re.search(r"[。！？][”’）」]*$", line.text.strip()) else False


def _middle(weights: Counter[float]) -> float:
    """The size of which half of the letters are smaller."""
    half, total = sum(weights.values()) / 2, 0
    for size in sorted(weights):
        total += weights[size]
        if total >= half:
            return size
    return 1.0


def _usual(lefts: Sequence[float], size: float) -> float:
    """The left margin: the leftmost place at which more than a tenth of the lines begin."""
    places = Counter(round(left / max(size, 1) * 2) for left in lefts)
    frequent = [place for place, count in places.items() if count * 10 >= len(lefts)]
    return min(frequent or places) * size / 2
