"""When an event was: the date in its quote, else the one its paragraph or its article goes on from."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from loaders.lexicon import read_words
from loaders.reading import Clause, Reading, Sentence
from loaders.recognise.dates import DateMention, find_dates

JUST_NOW = frozenset(read_words("event_lately"))
_NUMBERED = re.compile(r"[〔\[【](\d{4})[〕\]】]")
_EARLIER = re.compile(r"(?:此前|早前|之前|在此之前|过去|以往|多年来|长期以来)")
_UNTIL = ("截至", "截止")
_FUTURE = re.compile(r"将|即将|定于|拟于|计划|预计|起|施行|实施|生效|执行|废止|明年|届时")
_REPEALED = "同时废止"  # its day is that on which the new text comes into force, told before
_AT = frozenset("于在自从至")
_NOTE = re.compile(r"（[^（）]*(?:公开|印发|发布|送|附件)[^（）]*）\Z")
_ISSUER = re.compile(r"[^，。：；（）《》“”\n]{0,60}\Z")
_TELLS = re.compile(r"[在于至到起自从以为将对把被了已]")
_MARKS = frozenset("，。；：\n")
_AGAINST = frozenset("与比较")
_YEAR = 4
_MONTH = 7
_DAY = 10


class EventDates:
    """The dates of an article as those of events. Offsets are folded ones, ends exclusive.

    ``text`` is the folded text with what stands inside “” and 《》 filled with blanks.
    """

    def __init__(self, reading: Reading, text: str) -> None:
        self._reading = reading
        self._text = text
        self.dates = find_dates(reading)
        self._taken: set[int] = set()  # where the periods of days begin that an act has had the first day of

    def within(self, start: int, end: int) -> list[DateMention]:
        """The dates that begin in a span."""
        return [d for d in self.dates if start <= d.start < end]

    def first_in(self, start: int, end: int) -> DateMention | None:
        """The first date of a span that has a value and is no state's (截至7月底)."""
        return next((d for d in self.within(start, end) if self._has_value(d)), None)

    def recent_in(self, start: int, end: int) -> DateMention | None:
        """The first date of a span that is as precise as the month, or a word such as 日前."""
        return next(
            (
                d
                for d in self.within(start, end)
                if (self._has_value(d) and d.kind != "deadline" and len(d.value or "") >= _MONTH)
                or self.is_just_now(d)
            ),
            None,
        )

    def just_now_in(self, start: int, end: int) -> bool:
        """Whether a word such as 日前 stands in a span."""
        return any(self.is_just_now(d) for d in self.within(start, end))

    def is_just_now(self, date: DateMention) -> bool:
        """Whether the date is a word such as 日前, which dates what is told without giving a day."""
        return date.kind == "vague" and self._text[date.start : date.end] in JUST_NOW

    def _has_value(self, date: DateMention) -> bool:
        return date.kind != "vague" and date.value is not None and not self._is_until(date)

    def _is_until(self, date: DateMention) -> bool:
        return self._text.startswith(_UNTIL, date.start)

    def is_past(self, date: DateMention) -> bool:
        """Whether the date is a month or a day that had come when the article was published."""
        value, published = date.value or "", self._reading.article.published or ""
        if date.kind == "deadline" or len(value) < _MONTH or not published:
            return False
        return value[: len(published)] <= published[: len(value)]

    # -- clauses that are dates -------------------------------------------------------------------------------

    def opening(self, clause: Clause) -> DateMention | None:
        """The date that a clause consists of (8月3日，…), None for any other clause."""
        date = next((d for d in self.dates if clause.start == d.start), None)
        return date if date and date.end == clause.end and self._opens(date) else None

    def is_news(self, date: DateMention) -> bool:
        """Whether what follows the date is an event whatever its verb: a day, or a word such as 日前."""
        day = len(date.value or "") == _DAY and date.kind != "deadline"
        return date.kind == "vague" or (day and not self._is_until(date))

    def is_history(self, date: DateMention) -> bool:
        """Whether the date is a year, or a month of a year, before that of the article."""
        year, now = (date.value or "")[:_YEAR], self._reading.year
        return (
            date.kind == "date" and not self._is_until(date) and bool(year and now) and int(year) < (now or 0)
        )

    def _opens(self, date: DateMention) -> bool:
        return date.kind != "vague" or self.is_just_now(date)

    # -- the foot of a letter ---------------------------------------------------------------------------------

    @cached_property
    def signature(self) -> tuple[int, int, str] | None:
        """Start, end and day of the line or sentence that signs a letter (国务院办公厅2016年4月6日), None without one."""
        text = self._reading.text
        for sentence in self._reading.sentences:
            if sentence.start <= self._reading.title_end:
                continue
            words = text[sentence.start : sentence.end]
            end = sentence.start + len(_NOTE.sub("", words))
            date = next((d for d in self.within(sentence.start, end) if d.end == end), None)
            if date is None or date.kind != "date" or len(date.value or "") != _DAY:
                continue
            issuer = text[sentence.start : date.start]
            if _ISSUER.fullmatch(issuer) and not _TELLS.search(issuer):
                return sentence.start, sentence.end, date.value or ""
        return None

    def signed(self, offset: int) -> str | None:
        """The day on which the letter that the offset lies in was signed."""
        return self.signature[2] if self.signature and offset < self.signature[0] else None

    # -- the date of an act -----------------------------------------------------------------------------------

    def of(self, start: int, end: int, act: tuple[int, int], clause: int, *, loose: bool) -> str | None:
        """The date of the act that stands at ``act`` in the quote from ``start`` to ``end``, its clause's start given.

        The date in the quote, else the last one of the paragraph, else, unless the act is only a ``loose`` part of the
        story, the day in the article's first sentence.
        """
        told = self._told(clause, act)
        inside = [d for d in told if start <= d.start < end and not self._is_until(d)]
        stated = [d for d in inside if d.start < act[1]] or inside
        if any(self.is_just_now(d) for d in inside) and all(len(d.value or "") <= _YEAR for d in inside):
            return None
        if stated:
            exact = [d for d in stated if len(d.value or "") == _DAY]
            whole_year = len(stated[-1].value or "") == _YEAR
            date = (exact if whole_year and exact else stated)[-1]
            self._taken.add(date.start)
            return self._value(date)
        numbered = _NUMBERED.search(self._text, start, end)
        if numbered and self._text.startswith("收悉", act[0]):
            return numbered[1]
        return self._inherited(told, start, loose=loose or "已" in self._text[clause : act[0]])

    def _inherited(self, told: list[DateMention], start: int, *, loose: bool) -> str | None:
        """The date that an act without one of its own takes from its paragraph, or from the article's first day."""
        paragraph = self._text.rfind("\n", 0, start) + 1
        sentence = self._reading.sentence_at(start)
        if any(_EARLIER.match(self._text, at) for at in (paragraph, sentence.start)):
            return None
        opening = sentence.clauses[0]
        before = [
            d
            for d in told
            if paragraph <= d.start < start
            and ((opening.start <= d.start and d.end == opening.end) or not self._is_aside(d))
        ]
        if before:
            last = before[-1]
            if last.start >= sentence.start and last.start not in self._taken:
                self._taken.add(last.start)
                return None if self._is_until(last) else self._value(last)
            return None if self._is_until(last) or self._is_elsewhere(last, sentence) else self._shared(last)
        lead = self._text.find("\n", self._reading.title_end + 1)
        first = self.within(self._reading.title_end + 1, lead if lead > 0 else start)
        days = (d for d in first if d.kind in ("date", "span") and len(d.value or "") == _DAY)
        leading = next(map(self._shared, days), None)
        return leading if paragraph > self._reading.title_end + 1 and not loose else None

    def _is_elsewhere(self, date: DateMention, sentence: Sentence) -> bool:
        """Whether a sentence turns to another region than the one whose year was told (今年，甲省…。乙省启动…)."""
        told = self._reading.sentence_at(date.start)
        if len(date.value or "") > _YEAR or told.start == sentence.start:
            return False
        places = [self._reading.folded_span(r) for r in self._reading.facts.regions]
        names = {self._text[start:end] for start, end in places}
        opening = next((n for n in names if self._text.startswith(n, sentence.start)), None)
        before = self._text[told.start : sentence.start]
        return opening is not None and opening not in before and any(name in before for name in names)

    def _shared(self, date: DateMention) -> str | None:
        """What a later act takes from a date: of several days (5月11日至12日) no more than their month or year."""
        begin, end = date.from_ or "", date.to or ""
        if date.kind != "span" or len(begin) != _DAY:
            return self._value(date)
        return next((begin[:n] for n in (_MONTH, _YEAR) if begin[:n] == end[:n]), None)

    def _told(self, clause: int, act: tuple[int, int]) -> list[DateMention]:
        """The dates that may be that of an act: no attribute of what it makes (启动2022年行动), none yet to come."""
        planned = _FUTURE.search(self._text, clause, act[1]) is not None
        begin = clause if self._text.startswith(_REPEALED, act[0]) else act[1]
        return [
            d
            for d in self._candidates
            if not (begin <= d.start < act[0] or (d.start >= act[0] and self._is_attribute(d)))
            and (planned or not self._is_ahead(d))
        ]

    def _is_attribute(self, date: DateMention) -> bool:
        """Whether a date behind a verb is the year of what it makes (启动2022年行动, not 成立于2022年)."""
        return len(date.value or "") == _YEAR and not _AT.intersection(
            self._text[date.start - 1 : date.start + 1]
        )

    @cached_property
    def _candidates(self) -> list[DateMention]:
        """The dates that may be those of events: no deadline, no year of a title (2018年度计划)."""
        clauses = [c.start for c in self._reading.clauses]
        titles = [self._reading.folded_span(d) for d in self._reading.facts.documents]
        return [
            d
            for d in self.dates
            if not self._text.startswith("度", d.end)
            and not any(first <= d.start < last for first, last in titles)
            and (d.kind in ("date", "span") or (d.kind == "vague" and self._dates_clause(d, clauses)))
        ]

    def _dates_clause(self, date: DateMention, clauses: list[int]) -> bool:
        at = bisect_right(clauses, date.start)
        return self.is_just_now(date) or (at > 0 and clauses[at - 1] == date.start)

    def _is_ahead(self, date: DateMention) -> bool:
        """Whether the date lies in a year after that of publication."""
        year, published = (date.value or "")[:_YEAR], (self._reading.article.published or "")[:_YEAR]
        return bool(year and published) and year > published

    def _compares(self, date: DateMention) -> bool:
        """A past year (较2020年增长) or a part of a year (上半年) is a yardstick, not the time of the story."""
        year = self._reading.year
        past = (
            year is not None
            and date.value is not None
            and len(date.value) == _YEAR
            and int(date.value) < year
        )
        against = self._text[date.start - 1] in _AGAINST
        return past or against or (date.kind == "date" and date.from_ is not None)

    def _is_aside(self, date: DateMention) -> bool:
        """Whether a date is no time of the story: a yardstick, or the year of a thing (部署2022年工作)."""
        of_thing = self._text[date.start].isdigit() and self._text[date.start - 1] not in _MARKS
        return self._compares(date) or (of_thing and self._is_attribute(date))

    def _value(self, date: DateMention) -> str | None:
        """What an event takes from a date: never a span of years, nor a past year since which (2018年以来)."""
        if date.kind == "vague" or (date.kind == "span" and len(date.from_ or "") == _YEAR):
            return None
        since = self._text[date.start : date.end].endswith("以来")
        return None if since and self._compares(date) else date.value
