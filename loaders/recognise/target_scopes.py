"""The time that holds for a clause: its deadline, and how firmly it is one (到2022年 above 今年, both above none)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.numbers import NumberMention
from loaders.reading import Reading
from loaders.recognise.clauses import Piece
from loaders.recognise.dates import DateMention, find_dates

_FROM_YEAR = re.compile(
    r"^(?:以来|至|到|[-—–]|上半年|前[\d一二三四五六七八九]+个?(?:月|季度)|\d{1,2}月|[一二三四]季度|度)"
)
_FROM_START = re.compile(r"(?:起|之日|[去前]年|来)$")
_BULLET = re.compile(r"[—–●•■◆▲※]")
_TIME_END = re.compile("[年月日]$")
_COMING = re.compile(r"未来|年之?内|月之?内|时间|五”(?!以来)")
_SET_FOR = re.compile(r"(?:定于|拟于|将于|计划于)$")
_NOW = re.compile(r"(?=[目已现])(?:^(?:目前|已)|目前已|现已|已(?:经)?[^，]{0,4}(?:完成|接入|建成|达))")
_COMPARED = ("较", "比", "与", "同", "相比于", "相对于")
_LOOK = 6
_MARK = "，,：:；;"
_LEAST = 4  # a date this near to the start of its sentence heads it
_PLANNED = re.compile(
    r"((?:19|20)\d\d)年(?!以来)[^，。；]{0,24}(?:目标|任务|指标|要点|计划|安排|重点工作|实事)(?![^，。；]*情况)"
    r"|(?:政策|措施|举措|计划|方案|要点|行动)[（(](20\d\d)年(?:度|版)*[）)]"
)
_ALSO = ("同时", "此外", "另外", "与此同时")
_SEMICOLON = frozenset("；;")
_HEADING = 40  # a longer line is no heading
_ASPECTS = frozenset(("个方面", "方面"))
_WILL = frozenset(("将", "拟", "计划", "还将", "也将", "即将", "将会", "都将", "均将"))
_WILL_AT = re.compile(
    "(?:将|拟|计划)(?:在|对|从|向|于|与|由|通过|优先|率先|重点|继续|陆续|逐步|全面|分批|再|新|投入|安排)(?!来)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The time that holds for a piece: ``strength`` is hard (到2022年, 年底前), span (“十四五”期间), soft (今年), carried (a
    hard one, from the sentence before) or none. ``heads`` is whether the date opens a list of clauses: one inside a
    clause, or in what is added to one (…，力争年内完工；), holds up to the next semicolon."""

    strength: str
    deadline: str | None
    heads: bool = True


NO_SCOPE = Scope("none", None)


def is_to_come(piece: Piece) -> bool:
    """Whether a clause tells of what will be (将, 拟, 计划), 将 not as the mark of an object."""
    return piece.predicate.modal in _WILL or _WILL_AT.search(piece.text) is not None


def scopes(reading: Reading, pieces: tuple[Piece, ...], numbers: list[NumberMention]) -> list[Scope]:
    """The deadline that holds for each piece: its own, or the last one before it in its sentence; a hard one reaches
    the bans and required quantities of the next sentence of the paragraph, and what follows these; 今年 what is still
    to come in its paragraph (同时，将…); the year of a plan's title or heading the quantities below it."""
    keeper = _Keeper(reading, numbers)
    return [keeper.scope_of(piece) for piece in pieces]


class _Keeper:
    """Goes through the pieces in order and keeps what rules: a deadline, and the sentence that it was last seen to
    hold for; the year of the paragraph; the year of the plan."""

    def __init__(self, reading: Reading, numbers: list[NumberMention]) -> None:
        self._reading, self._numbers = reading, numbers
        self._dates = [date for date in find_dates(reading) if date.value]
        self._ruling, self._ruled, self._carrying = NO_SCOPE, -1, -1
        self._year, self._coming = NO_SCOPE, -1
        self._plan = _planned(reading, 0, reading.title_end) or NO_SCOPE

    def scope_of(self, piece: Piece) -> Scope:
        """The scope of the next piece."""
        sentence = self._reading.sentences[piece.sentence]
        before = [date for date in self._dates if sentence.start <= date.start < piece.end]
        own = [date for date in before if not _compared(self._reading, date)]
        self._enter(piece, sentence.start)
        mine = [scope for date in own if (scope := _ruling(self._reading, date, piece))]
        if _NOW.search(piece.text):
            return NO_SCOPE
        if mine:
            self._ruling, self._ruled = mine[-1], piece.sentence
            if self._ruling.strength == "soft":
                self._year = self._ruling
            return self._ruling
        if own:
            return NO_SCOPE
        inside = [number for number in self._numbers if piece.start <= number.start < piece.end]
        reaches = self._ruling.strength == "hard" and self._ruling.heads
        if reaches and piece.sentence - self._ruled <= 1 and self._carries(piece, inside):
            self._carrying = self._ruled = piece.sentence
            return Scope("carried", self._ruling.deadline)
        if is_to_come(piece) or self._reading.text.startswith(_ALSO, sentence.start):
            self._coming = piece.sentence
        if self._coming == piece.sentence and self._year is not NO_SCOPE:
            return self._year
        counts = any(number.unit not in _ASPECTS for number in inside)
        return self._plan if counts and not piece.title else NO_SCOPE

    def _enter(self, piece: Piece, begin: int) -> None:
        """At the start of a paragraph forget what ruled in the one before, but for bullets; note a plan's heading."""
        text = self._reading.text
        if self._ruled >= 0 and text.find("\n", self._reading.sentences[self._ruled].start, piece.start) >= 0:
            if _BULLET.match(text, begin):
                self._ruled = self._carrying = piece.sentence
            else:
                self._ruling, self._ruled = NO_SCOPE, -1
        if piece.clause_start == begin and text[begin - 1 : begin] in ("\n", ""):
            self._year = NO_SCOPE
            end = text.find("\n", begin)
            if not piece.title and 0 < end - begin <= _HEADING:
                self._plan = _planned(self._reading, begin, end) or self._plan

    def _carries(self, piece: Piece, inside: list[NumberMention]) -> bool:
        bound = any(number.comparator in (">=", "<=") for number in inside)
        return piece.sentence == self._carrying or piece.predicate.kind == "ban" or bound


def _compared(reading: Reading, date: DateMention) -> bool:
    """Whether a date only says what something is measured against (较2020年)."""
    return reading.text.endswith(_COMPARED, max(0, date.start - _LOOK), date.start)


def _planned(reading: Reading, start: int, end: int) -> Scope | None:
    """The year of a plan that the line [start, end) heads (2021年重点工作任务)."""
    found = _PLANNED.search(reading.text, start, end)
    year = found and (found[1] or found[2])
    return Scope("hard", year) if year and (reading.year is None or int(year) >= reading.year) else None


def _ruling(reading: Reading, date: DateMention, piece: Piece) -> Scope | None:
    """The scope that a date of the sentence opens for a piece; one inside a clause holds up to the next semicolon."""
    text = reading.text[date.start : date.end]
    if _FROM_YEAR.match(reading.text[date.end : date.end + 2]) or date.value is None:
        return None
    before = reading.text[max(0, date.start - _LOOK) : date.start]
    ended = reading.year is not None and int(date.value[:4]) < reading.year + ("五”" in text)
    if ended or (_TIME_END.search(before) and text[0] in "至到"):
        return None
    begin = reading.sentences[piece.sentence].start
    heads = date.start - begin <= _LEAST or reading.text[date.start - 1] in _MARK
    if not heads and not _SEMICOLON.isdisjoint(reading.text[date.end : piece.start]):
        return None
    if date.kind == "deadline" or _SET_FOR.search(before):
        return Scope("hard", date.value, heads)
    if date.kind == "span":
        if not _COMING.search(text) or _FROM_START.search(before):
            return None
        return Scope("span" if "五”" in text else "hard", date.value)
    this_year = reading.year
    if date.kind == "date" and len(date.value) == 4 and this_year and int(date.value) >= this_year:
        at_head = date.start <= piece.clause_start + 12 or date.start < piece.clause_start
        whole = not text.startswith("自") and not text.endswith(("上半年", "季度", "度"))
        return Scope("soft", date.value) if at_head and whole else None
    return None
