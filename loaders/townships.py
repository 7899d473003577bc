"""Townships and subdistricts, which no authority lists: by their words, behind their county, in lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.gazetteer import Tokens, tokens_of
from loaders.lexicon import read_words
from loaders.places import Place

NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nz", "nt"})
_TOWN = re.compile(r"[\u4e00-\u9fa5]{2,4}[乡镇]$")
_BEHIND = re.compile(r"(?P<name>[\u4e00-\u9fa5]{2,5}?)(?:镇|乡|街道)(?![镇乡街村道企情容风土愁])")
_ITEM = r"[\u4e00-\u9fa5]{2,6}(?<!乡)(?:镇|乡(?!镇)|街道)"
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM})+(?:[和及与]{_ITEM})?|{_ITEM}[和及与]{_ITEM}")
_WHOLE = re.compile(_ITEM)
_SEAT = re.compile(r"(?<=驻)[\u4e00-\u9fa5]{2,5}?(?:镇|乡|街道)(?=[，。；、\n])")
_JOINT = re.compile("[、和及与]")
_SUFFIX = re.compile("(?:镇|乡|街道)$")
_HEADS = ("镇", "乡", "街道")
_COUNTIES = ("county", "prefecture")
_GOVERNING = frozenset({"v", "p", "c", "u", "uj", "ul", "x", "d", "m", "r", "q", "f"})


def townships(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """Places of the level ``township`` in a folded text that names a county or a prefecture before; they may overlap."""
    first = next((place.start for place in places if place.level in _COUNTIES), None)
    if first is None or not any(word in text for word in _HEADS):
        return
    tokens = tokens_of(text)
    for start, end in _spans(text, tokens, places):
        if (
            start > first
            and _WHOLE.fullmatch(text, start, end)
            and _SUFFIX.sub("", text[start:end]) not in read_words("region_town_not")
        ):
            yield Place(start, end, start, "other", (), text[start:end], "township")


def _spans(text: str, tokens: Tokens, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    for place in places:
        behind = _BEHIND.match(text, place.end) if place.level == "county" else None
        if behind and not any(t.tag in _GOVERNING for t in tokens.within(behind.start(), behind.end("name"))):
            yield behind.span()
    for seat in _SEAT.finditer(text):
        yield seat.span()
    if sum(map(text.count, _HEADS)) > 1:
        for listed in _LIST.finditer(text):
            yield from _items(text, tokens, *listed.span())
    for token in tokens.tagged(NAME_TAGS):
        if _TOWN.match(token.word):
            yield token.start, token.end


def _items(text: str, tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list; the verb that governs it, run into the first one, is cut off."""
    cuts = [m.start() for m in _JOINT.finditer(text, start, end)]
    first_end = cuts[0]
    governing = [t.end for t in tokens.within(start, first_end) if t.tag in _GOVERNING]
    yield max([start, *governing]), first_end
    for begin, finish in zip([cut + 1 for cut in cuts], [*cuts[1:], end], strict=True):
        if not any(t.tag in _GOVERNING and len(t.word) > 1 for t in tokens.within(begin, finish)):
            yield begin, finish
