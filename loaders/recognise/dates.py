"""Find the dates of an article: days, months, years, periods and the words that stand for them.

A value is a partial ISO date (``2020``, ``2020-12``, ``2020-08-20``), as far as the text says. Rulings of the
annotation guide: 年底 is December, 年内 the year, 7月起 the month, 日前 no date at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from loaders.alternatives import any_word
from loaders.lexicon import read_table, read_words
from loaders.reading import Reading

DateKind = Literal["date", "deadline", "span", "vague"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}
_DASH = r"(?:—+|–|-|－|~|～|至|到)"
_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?<!\d)[12]\d{3}|[一二][〇○零O一二三四五六七八九]{3})"
_OPENS = r"\d一二三四五六七八九十前年上下第本月“\"未今接力争计用自从于之的"  # what the other forms of a date begin with
_HOUR = re.compile(
    r"(?:上午|下午|晚上|晚间|晚|凌晨|中午|清晨|早上|早晨)(?:[0-9]{1,2}(?:时|点|[:：][0-9]{2})(?:[0-9]{1,2}分)?许?)?"
    r"|[0-9]{1,2}时(?:[0-9]{1,2}分)?许?"
)
_QUOTED = re.compile(r"《[^》\n]*》|〔[^〕\n]*〕|[\[【]\d{4}[\]】]")
_DEADLINE_BEFORE = re.compile(
    r"(?:(?<![达提得遇受看感回复加增])(?:到|至)|力争|争取|确保|计划|预计|不晚于|不迟于|最迟|截止)(?:在|于)?\Z"
)
_STATE_BEFORE = re.compile(r"(?:截至|截止)(?:到)?\Z")
_SINCE_BEFORE = re.compile(r"(?:自|从)\Z")
_DEADLINE_AFTER = re.compile(r"(?:之前|以前|前(?!后|[0-9一二三四五六七八九十]))|内(?!的)")
_SINCE_AFTER = re.compile(r"以来|开始|起")
_DAY_AFTER = re.compile(rf"{_NUMBER}月{_NUMBER}[日号]")
_YEARS_BACK = re.compile(r"水平|同期|相比|的[0-9]|调查")


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in folded coordinates, the end exclusive.

    ``kind``: ``date`` a point in time; ``deadline`` a time by which something is to be; ``span`` a period;
    ``vague`` a time without a date (日前). ``value`` is what an event or a target takes: the point, the
    deadline, the first day or month of a span within a year, the last year of a span of years; None where it
    is not known. ``from_`` and ``to`` are the ends of a span.
    """

    start: int
    end: int
    value: str | None
    kind: DateKind
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the dates so far leave behind for 当天, 同年 and bare months.

    ``story`` is the past year that the text has gone back to (2003年3月21日，…。3月27日，…).
    """

    day: str | None = None
    last: DateMention | None = None
    year: int | None = None
    sentence: int = -1
    story: int | None = None


def find_dates(reading: Reading) -> list[DateMention]:
    """All dates of the article in order, those inside 《》 and document numbers left out."""
    return reading.once("dates", lambda: _find(reading))


def _find(reading: Reading) -> list[DateMention]:
    hidden = [m.span() for m in _QUOTED.finditer(reading.text)]
    found: list[DateMention] = []
    memory = _Memory(year=reading.year)
    for match in _pattern().finditer(reading.text):
        if any(a <= match.start() < b for a, b in hidden):
            continue
        mention = _mention(reading, match, memory)
        if mention is not None:
            if hour := _HOUR.match(reading.text, mention.end):
                mention = replace(mention, end=hour.end())
            found.append(mention)
            memory = _remember(reading, memory, mention, match)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = _either("date_words")
    relative = _either("date_years")
    parts = _either("date_parts")

    def year(prefix: str) -> str:
        return rf"(?:(?P<{prefix}year>{_YEAR})年|(?P<{prefix}rel>{relative}))"

    point = (
        rf"(?:{year('')}(?:(?P<part>{parts})|的?(?P<month>{_NUMBER})月(?:份|(?P<day>{_NUMBER})[日号])?|度)?"
        rf"|(?<![\d个.])(?P<month_>{_NUMBER})月(?:份|(?P<day_>{_NUMBER})[日号])?"
        rf"|(?P<part_>年底|年末|年初|上半年|下半年|第?[一二三四]季度)|(?P<month_end>本月|月)(?:底|末)(?=前|之前))"
        r"(?P<low>[上中下]旬|底|末|初)?"
    )
    years = rf"(?P<y1>{_YEAR})年?{_DASH}(?P<y2>{_YEAR})年"
    months = rf"(?:{year('m')})?(?<!\d)(?P<m1>\d{{1,2}})月?{_DASH}(?P<m2>\d{{1,2}})月(?!\d)"
    first = rf"(?:{year('f')})?前(?P<first>{_NUMBER})个月"
    days = (
        rf"(?:{year('d')})?(?<!\d)(?P<d1month>\d{{1,2}})月(?P<d1>\d{{1,2}})日?{_DASH}"
        r"(?:(?P<d2month>\d{1,2})月)?(?P<d2>\d{1,2})日"
    )
    plan = (
        r"[“\"]?(?P<plan>[一二三四五六七八九十]{1,3}五)[”\"]?"
        r"(?P<plan_tail>末|期末|期间|时期|以来|(?=[”\"]))"
    )
    ahead = (
        rf"(?:未来|今后|接下来|力争用?|争取用?|计划用?|用)(?P<ahead>{_NUMBER}|两)(?:至(?P<ahead2>{_NUMBER}))?年"
        r"(?:左右)?(?:内|时间|左右)?"
    )
    since = r"(?:(?:自|从|于)[^，。；自从于\n]{1,12})?之日起(?!满?[0-9一二三四五六七八九十]+(?:年|个|日|天))"
    today = (
        rf"(?<![0-9一二三四五六七八九十两])(?P<word>{words})"
        r"(?:[（(](?P<pmonth>\d{1,2})月(?P<pday>\d{1,2})日[）)])?"
    )
    lone = (
        rf"(?:(?P<lone_month>本月|上月)|(?<![\d月年./]))(?P<lone>\d{{1,2}})日(?:{_DASH}\d{{1,2}}日)?"
        rf"(?={_either('date_after_day')}|\d{{1,2}}[时:：])"
    )
    forms = [days, months, years, first, plan, ahead, today, point, lone, f"(?P<since>{since})"]
    opens = {word[0] for table in ("date_words", "date_years", "date_parts") for word in read_words(table)}
    return re.compile(rf"(?=[{''.join(sorted(opens))}{_OPENS}])(?:{'|'.join(forms)})")


def _either(name: str) -> str:
    return any_word(row["word"] for row in read_table(name))


@cache
def _rows(name: str) -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in read_table(name)}


def _mention(reading: Reading, match: re.Match[str], memory: _Memory) -> DateMention | None:
    """The mention behind a match of the pattern, or None where it is no date."""
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    if "d1" in got:
        return _days(reading, match, got, memory)
    if "m1" in got or "first" in got:
        return _months(reading, match, got, memory)
    if "y1" in got:
        y1, y2 = str(_year_number(got["y1"])), str(_year_number(got["y2"]))
        return DateMention(*match.span(), y2, "span", y1, y2) if y1 < y2 else None
    if "plan" in got:
        return _plan(match, got)
    if "ahead" in got:
        return _ahead(reading, match, got)
    if "word" in got:
        return _word(reading, match, got, memory)
    if "since" in got:
        return DateMention(*match.span(), memory.day, "date")
    if "lone" in got:
        return _lone_day(reading, match, got, memory)
    return _point(reading, match, got, memory)


def _days(reading: Reading, match: re.Match[str], got: dict[str, str], memory: _Memory) -> DateMention | None:
    month = int(got["d1month"])
    year = _year_of(reading, got, "d", memory, month, match.start())
    first = _iso(year, month, int(got["d1"]))
    last = _iso(year, int(got.get("d2month", month)), int(got["d2"]))
    return DateMention(*match.span(), first, "span", first, last)


def _months(
    reading: Reading, match: re.Match[str], got: dict[str, str], memory: _Memory
) -> DateMention | None:
    low, high = (int(got["m1"]), int(got["m2"])) if "m1" in got else (1, _number(got["first"]))
    if not 1 <= low < high <= 12:
        return None
    year = _year_of(reading, got, "m" if "m1" in got else "f", memory, low, match.start())
    first, last = _iso(year, low), _iso(year, high)
    return DateMention(*match.span(), first, "span", first, last)


def _lone_day(
    reading: Reading, match: re.Match[str], got: dict[str, str], memory: _Memory
) -> DateMention | None:
    """18日: a day of the month last named, else of the month of publication or, where that is ahead, the one before."""
    published = reading.article.published or ""
    known = memory.day if memory.day and "lone_month" not in got else published
    day = int(got["lone"])
    if len(known) < 10 or not 1 <= day <= 31:
        return None
    year, month = int(known[:4]), int(known[5:7])
    ahead = known == published and day > int(published[8:10]) and "将" not in reading.text[match.end() :][:8]
    if got.get("lone_month") == "上月" or (ahead and "lone_month" not in got):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    value = _iso(year, month, day)
    return DateMention(*match.span(), value, "date") if value else None


def _plan(match: re.Match[str], got: dict[str, str]) -> DateMention | None:
    number = _number(got["plan"][:-1])
    if not 6 <= number <= 30:
        return None
    last = 1955 + 5 * number
    if got["plan_tail"] in ("末", "期末"):
        return DateMention(*match.span(), str(last), "deadline")
    value = None if got["plan_tail"] == "以来" else str(last)
    return DateMention(*match.span(), value, "span", str(last - 4), str(last))


def _ahead(reading: Reading, match: re.Match[str], got: dict[str, str]) -> DateMention | None:
    if reading.year is None:
        return DateMention(*match.span(), None, "span")
    last = str(reading.year + _number(got.get("ahead2", got["ahead"])))
    return DateMention(*match.span(), last, "span", str(reading.year), last)


def _word(reading: Reading, match: re.Match[str], got: dict[str, str], memory: _Memory) -> DateMention:
    row = _rows("date_words")[got["word"]]
    kind: DateKind = (
        "vague" if row["kind"] == "vague" else "deadline" if row["kind"] == "deadline" else "date"
    )
    start, end = match.span()
    if "pmonth" in got:
        value = _iso(
            _bare_year(reading, memory, int(got["pmonth"]), start), int(got["pmonth"]), int(got["pday"])
        )
    else:
        value = _word_value(row["value"], reading, memory)
    if reading.text.startswith("起", end):
        end += 1
    return DateMention(start, end, value, kind)


def _word_value(code: str, reading: Reading, memory: _Memory) -> str | None:
    if code.startswith("Y"):
        return _iso(None if reading.year is None else reading.year + int(code[1:]))
    if code.startswith("P"):
        return _shift(reading.article.published, int(code[1:]))
    if code.startswith("day"):
        return _shift(memory.day, int(code[3:] or 0))
    last = memory.last
    if code == "last" and last is not None:
        return _common(last.from_, last.to) if last.kind == "span" else last.value
    return None


def _point(
    reading: Reading, match: re.Match[str], got: dict[str, str], memory: _Memory
) -> DateMention | None:
    start, end = match.span()
    text = reading.text
    month = _number(got.get("month") or got.get("month_") or "0")
    day = _number(got.get("day") or got.get("day_") or "0")
    if month > 12 or day > 31:
        return None
    year = _year_of(reading, got, "", memory, month, start)
    if "month_end" in got:
        published = reading.article.published or ""
        month = int(published[5:7] or 0)
    before, after = text[max(0, start - 6) : start], text[end : end + 3]
    part = got.get("part") or got.get("part_")
    kind = _kind(before, after, part or got.get("low"), year, reading.year)
    value = _iso(year, month, day)
    from_ = to = None
    if part:
        row = _rows("date_parts")[part]
        whole = row["value"] == "last" or kind == "deadline"
        value = _iso(year, int(row["last"])) if whole else _iso(year)
        from_, to = _iso(year, int(row["first"])), _iso(year, int(row["last"]))
    return DateMention(*_widen(text, start, end, kind), value, kind, from_, to)


def _kind(before: str, after: str, part: str | None, year: int | None, now: int | None) -> DateKind:
    if _STATE_BEFORE.search(before) or _SINCE_BEFORE.search(before) or _SINCE_AFTER.match(after):
        return "date"
    past = year is not None and now is not None and year < now
    if past or _YEARS_BACK.match(after):
        return "date"
    if _DEADLINE_BEFORE.search(before) or _DEADLINE_AFTER.match(after):
        return "deadline"
    return "deadline" if part in ("年底", "年末", "底", "末", "年终") else "date"


def _widen(text: str, start: int, end: int, kind: DateKind) -> tuple[int, int]:
    """Take in the words that make the date a deadline or a beginning (到…, …底前, 自…起)."""
    for pattern in (_STATE_BEFORE, _SINCE_BEFORE, _DEADLINE_BEFORE):
        if found := pattern.search(text[max(0, start - 6) : start]):
            start -= len(found.group())
            break
    tail = _DEADLINE_AFTER if kind == "deadline" else _SINCE_AFTER
    if found := tail.match(text, end):
        end = found.end()
    return start, end


def _year_of(
    reading: Reading, got: dict[str, str], prefix: str, memory: _Memory, month: int, at: int
) -> int | None:
    if written := got.get(f"{prefix}year"):
        return _year_number(written)
    if word := got.get(f"{prefix}rel"):
        row = _rows("date_years")[word]
        base = reading.year if row["base"] == "article" else memory.year
        return None if base is None else base + int(row["plus"])
    return _bare_year(reading, memory, month, at)


def _bare_year(reading: Reading, memory: _Memory, month: int, at: int) -> int | None:
    """The year of a month that stands alone: that of the sentence's last date, else the article's.

    News of the first months of a year tells of the last months of the year before, unless it says 将. A story that
    goes back to a year keeps it until the text comes back to today.
    """
    sentence = reading.sentence_at(at).start
    if memory.sentence == sentence and memory.year is not None:
        return memory.year
    if memory.story is not None and _DAY_AFTER.match(reading.text, at):
        return memory.story
    published = reading.article.published or ""
    year = reading.year
    if year is None or len(published) < 7 or not month or str(year) != published[:4]:
        return year
    ahead = "将" in reading.text[max(sentence, at - 4) : at + 12]
    gap = month - int(published[5:7])
    return year - 1 if gap > 6 and not ahead else year + 1 if gap < -6 and ahead else year


def _remember(reading: Reading, memory: _Memory, mention: DateMention, match: re.Match[str]) -> _Memory:
    """The memory after one more date. A year counts for bare months only where a month stands beside it."""
    if mention.kind == "vague" or match["rel"]:
        memory = replace(memory, story=None)
    if mention.value is None or mention.kind == "vague":
        return memory
    day = mention.value if len(mention.value) == 10 else memory.day
    memory = replace(memory, day=day, last=mention, year=int(mention.value[:4]))
    if not (match["month"] and match["year"]):
        return memory
    memory = replace(memory, sentence=reading.sentence_at(mention.start).start)
    opens = bool(match["day"]) and reading.text[mention.start - 1] in "，。；：\n"
    gone = mention.kind == "date" and reading.year is not None and int(mention.value[:4]) < reading.year - 1
    return replace(memory, story=memory.year if opens and gone else None)


def _year_number(written: str) -> int:
    return int("".join(str(_DIGITS.get(c, c)) for c in written))


def _number(written: str) -> int:
    """An Arabic or Chinese number below a hundred."""
    if written.isdigit():
        return int(written)
    if written == "两":
        return 2
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[c]) for c in ones))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _iso(year: int | None, month: int = 0, day: int = 0) -> str | None:
    """The partial ISO date, None without a year or where there is no such day."""
    if year is None or not 1800 <= year <= 2200 or month > 12:
        return None
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _shift(day: str | None, by: int) -> str | None:
    if day is None or len(day) < 10:
        return None
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _common(first: str | None, last: str | None) -> str | None:
    """The parts that two partial ISO dates share: 2023-12-08 and 2023-12-10 share 2023-12."""
    shared = []
    for a, b in zip((first or "").split("-"), (last or "").split("-"), strict=False):
        if a != b:
            break
        shared.append(a)
    return "-".join(shared) or None
