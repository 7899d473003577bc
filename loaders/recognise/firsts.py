"""Recognise firsts: the claim that something is the first of its kind (全国首个, 国内首次, 首创, 率先).

The quote is the clause with the claim. A first without a scope (首批项目, 首次会议) is none, unless 标志着 lifts it up.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from kg.model import FirstFact, RegionFact, Scope
from loaders.lexicon import read_table, read_words
from loaders.reading import Clause, Reading
from loaders.recognise.mentions import Mention, find_mentions, mentions_in, within_sentence
from loaders.recognise.subjects import parties_between

_WISH = re.compile(
    r"将|(?<![重主必需首])要(?!素)|计划|拟|力争|争取|鼓励|支持|推动|推进|探索|加快|应当|努力|着力|率先在部分|目标"
)
_LOOSE = ("率先", "首创", "首批", "首次", "首届", "首场", "首发", "首推")
_HINT = re.compile(r"首|第一|率先|先河|空白")
_ALONE = re.compile(
    r"(?:(?:目前|也|均|都|更|已|还|尚)*(?:属于?|系|为|是|在[^，]{1,6}?(?:尚?属|是|为|系))|成为)?[^，]{0,6}?"
    r"(?:首创|首次|首例|首个|首家|首批|首部|首单|首条|首座|第一[家个例次])"
)
_MARKS = re.compile(r"标志着[^，]*首次|^这(?:也|还)?是[^，]*首(?:次|个|家|批|部|例|单|条|支|座)")


def recognise(reading: Reading) -> list[FirstFact]:
    """The firsts of one article, in order of offset; the headline is left out, since the text repeats it."""
    if not _HINT.search(reading.text):
        return []
    mentions = find_mentions(reading)
    found = []
    for clause in reading.clauses:
        if clause.start < reading.title_end:
            continue
        claim = _claim(reading, clause, mentions)
        if claim is not None:
            scope, confidence = claim
            hint = _HINT.search(reading.text, clause.start)
            start, end = within_sentence(
                reading, _start(reading, clause), clause.end, hint.start() if hint else clause.start
            )
            found.append(reading.make(FirstFact, start, end, confidence=confidence, scope=scope))
    return found


def _start(reading: Reading, clause: Clause) -> int:
    """Where the quote begins: at what is claimed to be a first, where the clause only claims (…基金，属全省首创)."""
    before = [c for c in reading.sentence_at(clause.start).clauses if c.end < clause.start]
    alone = _ALONE.fullmatch(reading.text, clause.start, clause.end)
    return before[-1].start if alone and before else clause.start


def _is_of_series(text: str, word: str) -> bool:
    """Whether a 第一批 is only the first in time: the text goes on to a second (第二批)."""
    return word[:-1] in ("第一", "首") and f"第二{word[-1]}" in text


def _claim(reading: Reading, clause: Clause, mentions: list[Mention]) -> tuple[Scope, float] | None:
    text = reading.text[clause.start : clause.end]
    if not _HINT.search(text):
        return None
    if stated := _stated(reading, clause, mentions):
        return stated
    if _MARKS.search(text):
        return "other", 0.6
    for pattern, needs in _words():
        match = pattern.search(text)
        if match is None or needs == "scope" or _in_quotes(text, match.start()):
            continue
        if _WISH.search(text[: match.start()]):
            continue
        if needs == "none" or parties_between(
            reading, mentions, clause.start, clause.start + match.start(), both=True
        ):
            return "national", 0.75 if needs == "none" else 0.65
    return None


def _stated(reading: Reading, clause: Clause, mentions: list[Mention]) -> tuple[Scope, float] | None:
    """A first whose scope stands right before it: a word (全国首个) or a region (湖北第一笔)."""
    text = reading.text[clause.start : clause.end]
    for match in _with_scope().finditer(text):
        planned = match["word"].startswith("率先") and _WISH.search(text[: match.start()])
        if not planned:
            return cast(Scope, _scopes()[match["scope"]]), 0.9
    for pattern, needs in _words():
        if needs != "scope":
            continue
        for match in pattern.finditer(text):
            at = clause.start + match.start()
            near = [m for m in mentions_in(mentions, clause.start, at) if m.end == at and m.is_region]
            ordinal = _is_of_series(reading.text, match.group())
            if near and not ordinal and not match.group().startswith(_LOOSE):
                return _scope_of(near[-1]), 0.8
    return None


def _scope_of(mention: Mention) -> Scope:
    region = mention.facts[0]
    level = region.level if isinstance(region, RegionFact) else "other"
    return "national" if level == "country" else "provincial" if level == "province" else "other"


def _in_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count("《", 0, at) > text.count(
        "》", 0, at
    )


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["needs"]) for row in read_table("first_words"))


@cache
def _scopes() -> dict[str, str]:
    return {row["word"]: row["scope"] for row in read_table("first_scopes")}


@cache
def _with_scope() -> re.Pattern[str]:
    scopes = "|".join(sorted(_scopes(), key=len, reverse=True))
    words = "|".join(row["pattern"] for row in read_table("first_words") if row["needs"] == "scope")
    fields = "|".join(sorted(read_words("first_fields"), key=len, reverse=True))
    return re.compile(rf"(?P<scope>{scopes})(?:范围内?)?(?:内|地区|的)?(?:{fields})?(?:的)?(?P<word>{words})")
