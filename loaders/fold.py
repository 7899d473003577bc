"""The folded copy of a text, on which all matching is done, with a map back to the text itself.

Folding deletes white space inside a line (``８ 月 20 日`` reads ``8月20日``), turns full-width letters and digits into
half-width ones, and traditional characters and their marks of quotation into simplified ones, one by one. Other
Chinese punctuation stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import opencc

from loaders.lexicon import read_words

_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDTH[0xFF05] = ord("%")
_WIDTH[0xFF0E] = ord(".")
_QUOTES = str.maketrans("「」『』", "“”‘’")
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


@cache
def _table() -> dict[int, int]:
    """What one character becomes. OpenCC (Apache-2.0) maps whole phrases too; character by character, every offset
    stays. The words of ``fold_kept`` are simplified characters as well, in names that must be found."""
    kept = read_words("fold_kept")
    characters = [chr(code) for codes in _IDEOGRAPHS for code in codes]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    changed = {ord(a): ord(b) for a, b in pairs if a != b and len(b) == 1 and a not in kept}
    once = {a: changed.get(b, b) for a, b in changed.items()}  # so that folding twice is folding once
    return {**_WIDTH, **_QUOTES, **once}


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded copy; ``origin[i]`` is the offset in the original of its i-th character."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, content: str) -> Folded:
        """Fold ``content``. Newlines stay; every other white space goes."""
        kept = [(i, c) for i, c in enumerate(content) if c == "\n" or not c.isspace()]
        text = "".join(c for _, c in kept).translate(_table())
        return cls(text, tuple(i for i, _ in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original (end exclusive) behind the folded span; ``start < end`` is required."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded span [{start},{end}) in a text of {len(self.text)} characters")
        return self.origin[start], self.origin[end - 1] + 1

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """The folded span behind a span of the original: the inverse of ``span``, white space at the rim dropped."""
        return _at_or_after(self.origin, start), _at_or_after(self.origin, end)


def _at_or_after(origin: tuple[int, ...], offset: int) -> int:
    low, high = 0, len(origin)
    while low < high:
        middle = (low + high) // 2
        if origin[middle] < offset:
            low = middle + 1
        else:
            high = middle
    return low
