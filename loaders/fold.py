"""The folded copy of a text, on which all matching is done, with a map back to the text itself.

Folding deletes white space inside a line (``８ 月 20 日`` reads ``8月20日``), turns full-width letters and digits into
half-width ones, and traditional characters and their marks of quotation into simplified ones, one by one. Half-width
marks of Chinese sentences (``通知,要求:``, ``(试行)``, straight quotes) become the full-width ones they stand for; those
inside numbers, times, addresses and words of Latin letters stay (``1,000``, ``8:30``, ``https://``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

import opencc

from loaders.lexicon import read_words

_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDTH[0xFF05] = ord("%")
_WIDTH[0xFF0E] = ord(".")
_SPACE = re.compile(r"[^\S\n]+")
_QUOTES = str.maketrans("「」『』", "“”‘’")
_HALF = str.maketrans(",:;?!", "，：；？！")
_BRACKETS = str.maketrans("()", "（）")
_MARK = re.compile(r"(?=[,:;?!])(?:(?<![0-9A-Za-z/])[,:;?!]|[,:;?!](?![0-9A-Za-z/]))")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_TIME = re.compile(r"(?=\d)(?<![件表图例注\d])(\d{1,2})：(?=[0-5]\d(?!\d))")
_MINUTES = re.compile("：[0-5]")
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
    return {**_WIDTH, **_QUOTES, **_BRACKETS, **once}


@cache
def _changing() -> frozenset[str]:
    return frozenset(map(chr, _table()))


def _simplified(text: str) -> str:
    """A text with each character as the one that it becomes; most texts have none that changes, which is soon seen."""
    return text if _changing().isdisjoint(text) else text.translate(_table())


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded copy; ``origin[i]`` is the offset in the original of its i-th character."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, content: str) -> Folded:
        """Fold ``content``. Newlines stay; every other white space goes."""
        gaps = [gap.span() for gap in _SPACE.finditer(content)]
        runs = [(a, b) for (_, a), (b, _) in pairwise([(0, 0), *gaps, (len(content), len(content))])]
        folded = _full_marks(_simplified(content))
        text = "".join([folded[a:b] for a, b in runs])
        return cls(text, tuple(chain.from_iterable(range(a, b) for a, b in runs)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original (end exclusive) behind the folded span; ``start < end`` is required."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded span [{start},{end}) in a text of {len(self.text)} characters")
        return self.origin[start], self.origin[end - 1] + 1

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """The folded span behind a span of the original: the inverse of ``span``, white space at the rim dropped."""
        return bisect_left(self.origin, start), bisect_left(self.origin, end)


@lru_cache(maxsize=4096)  # names come again and again
def fold_words(words: str) -> str:
    """Words of the text (a title, a name) as they stand in its folded copy, on one line: ``Folded.of`` without the map."""
    return "".join(_full_marks(_simplified(words)).split())


def _full_marks(text: str) -> str:
    """A simplified text with its half-width marks of punctuation as full-width ones, character for character; white space still
    in it parts a mark from what follows (``5G, AI``). The colon of a time is a half-width one, whatever was typed."""
    marked = _MARK.sub(lambda mark: mark[0].translate(_HALF), text)
    if '"' in marked:
        marked = _STRAIGHT.sub(r"“\1”", marked)
    return _TIME.sub(r"\1:", marked) if _MINUTES.search(marked) else marked
