"""Numbers in Chinese policy text: what is counted, in which unit, how compared. No dates, ordinals, slogans.

Values follow the guide: 万 and 亿 are multiplied into the value, a range is one number with two bounds, a
fraction is rounded to four digits and has no unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.model import Comparator
from loaders.alternatives import any_word
from loaders.lexicon import read_table, read_words
from loaders.numerals import (
    ARABIC,
    DIGITS,
    HAN,
    MULTIPLIER,
    MYRIADS,
    POWERS,
    exact_numeral,
    multiplier,
    parse_numeral,
)
from loaders.reading import Reading

__all__ = ["NumberMention", "find_numbers", "parse_numeral", "scan_numbers", "unit_dimension"]

_BLANKED = re.compile(
    r"(?=[《“‘〔\d一二三四五六七八九十第前后上下A-Za-z])(?:《[^》\n]*》|“(?![^”\n]*\d(?:小时|分钟|%|公里|天))[^”，。；\n]{1,12}”|‘[^’\n]{1,12}’|〔\d+〕"
    r"|\d{4}(?:[-—–~～至到]\d{2,4})?年(?!期)|[二一][零〇○一二三四五六七八九]{3}年|(?<=届)\d+次(?=\D{0,6}会议)|\d{4}[-—–~～]\d{4}"
    r"|(?:\d{1,2}[-—–~～至到、])?\d{1,2}月(?:(?:\d{1,2}[-—–~～至到、])?\d{1,2}日)?|[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}时(?:\d{1,2}分)?|\d{3,4}-\d{7,8}"
    r"|第[零〇一二两三四五六七八九十百千\d]+(?:[、至到-]第?[零〇一二两三四五六七八九十百千\d]+)*"
    r"|[前上下]?[一二三四]季度|[一二三四五六七八九十]{1,3}是|[前后]\d*[一二三四五六七八九十]{0,2}个月(?!内)"
    r"|[A-Za-z]+[-.]?\d[\d.]*(?![\d万亿])|\d+(?:\.\d+)?[A-Z](?![A-Za-z])|\d+(?:\+\d+)*\+[\dA-Z]+"
    r"|(?<![\d万])\d{1,2}日(?!内|以内|之内|/)|[一二三四五六七八九十]{1,3}个五年)"
)
_MONEY_NEXT = re.compile(r"[^，。；、：\d]{0,4}?(?:资金|基金|投资|贷款|资本|融资|债券)")
_PAIR = re.compile("([一二三四五六七八])([二三四五六七八九])([十百千]?[万亿]?)")
_NO_IDEOGRAPH = re.compile("[^\u4e00-\u9fff]")
_LASTING = ("为期", "历时", "耗时", "用时", "时长", "仅需", "只需", "只要")
_WITHIN_UNIT = {"多": Decimal(0), "余": Decimal(0), "半": Decimal("0.5")}
_REACH = 6  # 至少 and at most four characters between it and the number
_UNITLESS_AFTER = re.compile(r"(?:达到?|增?至|到|为|超过?|突破)$")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number with its unit. ``start``/``end`` are folded offsets of both together.

    ``stated`` is the number as written, without the unit. ``dimension`` is that of the unit in the lexicon
    (count money rate duration area length weight energy), or ratio, fraction, "" where there is no known unit.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    stated: str
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row of the lexicon: ``bare`` where a plain Chinese numeral may stand before it, ``one`` where 一 may.

    ``unless_next`` holds the characters that make the unit a part of another word, ``only_after`` what must stand
    before the numeral.
    """

    dimension: str
    bare: bool
    one: bool
    unless_next: str
    only_after: str


@cache
def _units() -> dict[str, _Unit]:
    return {
        row["unit"]: _Unit(
            row["dimension"],
            row["after"] != "digits",
            row["after"] == "one",
            row["unless_next"] or "",
            row["only_after"] or "",
        )
        for row in read_table("number_units")
    }


def unit_dimension(unit: str | None) -> str:
    """The dimension of a unit (money rate duration count …), "" where it is not in the lexicon."""
    row = _row(unit or "")
    return row.dimension if row else ""


def _row(unit: str) -> _Unit | None:
    """The row of a unit, of its head (吨/日) or of the unit after 大 (大类)."""
    known = _units()
    return known.get(unit) or known.get(unit.partition("/")[0]) or known.get(unit.removeprefix("大"))


@cache
def _comparators(place: str) -> tuple[tuple[str, Comparator, str], ...]:
    """Words, what they mean and the neighbours that make them part of another word; longest first."""
    meaning: dict[str, Comparator] = {">=": ">=", "<=": "<=", "~": "~"}
    rows = [row for row in read_table("number_comparators") if row["place"] == place]
    rows.sort(key=lambda row: -len(row["word"]))
    return tuple((row["word"], meaning[row["comparator"]], row["unless"] or "") for row in rows)


@cache
def _comparing(place: str) -> tuple[str, ...]:
    """The words alone, to tell quickly that none stands there."""
    return tuple(word for word, _, _ in _comparators(place))


@cache
def _pattern() -> re.Pattern[str]:
    """One number phrase: fraction, ratio, range or single number, with its unit where it has one."""
    unit = f"(?:{any_word(_units())})"
    per = r"(?:/(?:日|天|年|月|小时|吨|人|亩|户|次|平方米|立方米|公里|公顷|升))?"
    inside = "|".join(word for word, _, _ in _comparators("inside"))
    number = (
        rf"(?:{ARABIC})(?:[余多](?=[万亿]))?(?:{MULTIPLIER})?"
        rf"|百分百|[{HAN}]+(?:点[{HAN}]+)?(?:{MULTIPLIER})?|(?:{MULTIPLIER})"
    )
    return re.compile(
        rf"(?=[\d{HAN}万亿])(?:(?P<fraction>\d+/\d+(?![\d/]))"
        rf"|(?P<whole>[{HAN}]+)分之(?P<part>[{HAN}]+(?:点[{HAN}]+)?|\d+(?:\.\d+)?)"
        rf"|(?P<ratio>\d+)(?P<against>[:：∶比]\d+)(?![\d.%])"
        rf"|(?P<low>{number})(?P<lowunit>{unit})?(?:[-—–~～]+|至|到)(?P<high>{number})"
        rf"(?P<inside>{inside})?(?P<unit>{unit}{per})"
        rf"|(?P<one>{number})(?P<inside1>{inside})?(?P<unit1>{unit}{per})?)"
    )


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(read_words(name), key=len, reverse=True))


@cache
def _slogans() -> re.Pattern[str]:
    return re.compile(any_word(read_words("number_slogans")))


def _blank(text: str) -> str:
    """The text with all that holds digits but counts nothing overwritten, offsets unchanged."""
    for pattern in (_BLANKED, _slogans()):
        text = pattern.sub(lambda match: "\x00" * len(match[0]), text)
    return text


def find_numbers(reading: Reading) -> list[NumberMention]:
    """The quantities of a reading, in order of offset: no dates, ordinals, versions, names or slogans."""
    return reading.once("numbers", lambda: list(scan_numbers(reading.text)))


def scan_numbers(text: str) -> Iterator[NumberMention]:
    """The quantities of a folded text, in order of offset (see ``find_numbers``)."""
    blanked = _blank(text)
    for match in _pattern().finditer(blanked):
        if _named(blanked, match):
            continue
        mention = _read(blanked, match)
        if mention is not None:
            yield mention


def _named(text: str, match: re.Match[str]) -> bool:
    """Whether the numeral belongs to a name, an order or a vague number."""
    before = text[max(0, match.start() - 3) : match.start()]
    end = match.end("one") if match["one"] else match.end("high") if match["high"] else match.end()
    if not match[0][0].isdigit() and before.endswith(_words("number_not_before")):
        return True
    if before[-1:].isascii() and before[-1:].isalpha():
        return True
    return text.startswith(_words("number_not_after"), end)


def _read(text: str, match: re.Match[str]) -> NumberMention | None:
    if match["fraction"] or match["whole"]:
        return _fraction(text, match)
    if match["ratio"]:
        return _mention(
            text, match.span(), (Decimal(match["ratio"]), None), match["against"], match[0], "ratio"
        )
    try:
        return _range(text, match) if match["low"] else _single(text, match)
    except ValueError:  # a string of numerals that is no number (一二三产, 三四线)
        return None


def _fraction(text: str, match: re.Match[str]) -> NumberMention | None:
    if match["fraction"]:
        part, whole = map(Decimal, match[0].split("/"))
    else:
        part, whole = exact_numeral(match["part"]), exact_numeral(match["whole"])
    if whole in (100, 1000):
        unit = "%" if whole == 100 else "‰"
        return _mention(text, match.span(), (part, None), unit, match[0], "rate")
    if not 0 < part < whole:
        return None
    return _mention(text, match.span(), (round(part / whole, 4), None), None, match[0], "fraction")


def _range(text: str, match: re.Match[str]) -> NumberMention | None:
    low, high = exact_numeral(match["low"]), exact_numeral(match["high"])
    shared = re.search("[十百千]?[万亿]+$", match["high"])
    if shared and not match["lowunit"] and low < high / multiplier(shared[0]):
        low *= multiplier(shared[0])
    unit = _unit_at(text, match, "unit")
    if low >= high or unit is None:
        return None
    stated = text[match.start() : match.start("inside") if match["inside"] else match.start("unit")]
    return _mention(text, match.span(), (low, high), unit, stated, unit_dimension(unit))


def _single(text: str, match: re.Match[str]) -> NumberMention | None:
    numeral = match["one"]
    values = _values(numeral.replace("余", "").replace("多", ""))
    if numeral == "百分百":
        return _mention(text, match.span("one"), values, "%", numeral, "rate")
    unit = _unit_at(text, match, "unit1") if match["unit1"] else None
    vague = bool(match["inside1"]) or numeral[-2:-1] in ("余", "多")
    if not (_counts(text, match, unit, vague) if unit else _stands_alone(text, match)):
        return None
    end = match.end("unit1") if unit else match.end("one")
    if unit is None and _MONEY_NEXT.match(text, end):
        unit = "元"
    stated = text[match.start() : match.start("unit1") if end > match.end("one") else end]
    dimension = unit_dimension(unit)
    if unit and unit[1:2] in _WITHIN_UNIT:  # 2个多小时, 2个半小时
        values = (values[0] + _WITHIN_UNIT[unit[1]], values[1])
        vague, unit = unit[1] != "半", unit[0] + unit[2:]
    found = _mention(text, (match.start(), end), values, unit, stated, dimension)
    return replace(found, comparator="~") if vague and found.comparator == "=" else found


def _values(numeral: str) -> tuple[Decimal, Decimal | None]:
    """Value and upper bound: 三四十 is 30 to 40."""
    pair = _PAIR.fullmatch(numeral)
    if pair and DIGITS[pair[2]] == DIGITS[pair[1]] + 1:
        times = multiplier(pair[3])
        return Decimal(DIGITS[pair[1]] * times), Decimal(DIGITS[pair[2]] * times)
    return exact_numeral(numeral), None


def _unit_at(text: str, match: re.Match[str], group: str) -> str | None:
    """The unit of a group, or None where its last character begins another word (三部门)."""
    unit = match[group]
    row = _row(unit)
    following = text[match.end(group) : match.end(group) + 1]
    if row and following and following in row.unless_next:
        return None
    return unit


def _counts(text: str, match: re.Match[str], unit: str, vague: bool) -> bool:
    """Whether a numeral before a unit counts something; Chinese numerals need more than digits do."""
    numeral = match["one"]
    row = _row(unit)
    multiplied = numeral[-1] in MYRIADS
    if row and not text.endswith(row.only_after, 0, match.start()):
        return False
    if row and row.dimension == "scale":
        return multiplied
    if numeral[0].isdigit():
        return True
    compared = vague or _compared(text, match.start(), match.end()) != "="
    if all(c in POWERS or c in MYRIADS for c in numeral) and numeral != "十":
        return compared or bool(row and row.dimension == "money")
    if multiplied:
        return True
    if numeral in ("二", "零") or not (row and row.bare) or _in_slogan(text, match):
        return False
    return (
        numeral != "一"
        or compared
        or (row.dimension in ("rate", "duration") and unit not in ("年", "天", "周", "成"))
        or text.endswith(_LASTING, 0, match.start())
    )


def _in_slogan(text: str, match: re.Match[str]) -> bool:
    """三省一市, 一县一策: short numerals in a row, one of them 一."""
    following, before = text[match.end() : match.end() + 1], text[max(0, match.start() - 2) : match.start()]
    if match["one"] == "一":
        return (following and following in DIGITS) or before[:1] in DIGITS
    return following == "一" or before[:1] == "一"


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether digits without a known unit are a quantity: multiplied, or stated at the end of a clause."""
    numeral = match["one"]
    if not numeral[0].isdigit():
        return False
    if numeral[-1] in MYRIADS:
        return True
    following = text[match.end("one") : match.end("one") + 1]
    before = text[max(0, match.start() - 3) : match.start()]
    return len(numeral) > 1 and following in "，。；、" and _UNITLESS_AFTER.search(before) is not None


def _mention(
    text: str,
    span: tuple[int, int],
    values: tuple[Decimal, Decimal | None],
    unit: str | None,
    stated: str,
    dimension: str,
) -> NumberMention:
    value, value_max = values
    return NumberMention(
        start=span[0],
        end=span[1],
        value=float(value),
        value_max=None if value_max is None else float(value_max),
        unit=unit,
        comparator=_compared(text, *span),
        stated=stated,
        dimension=dimension,
    )


def _compared(text: str, start: int, end: int) -> Comparator:
    """What the words around a number say; a bound outranks 约 (最高约50% is at most 50 %)."""
    said = [_compared_before(text, start), _compared_apart(text, start), _compared_after(text, end)]
    bounds: list[Comparator] = [c for c in said if c in (">=", "<=")]
    return bounds[0] if bounds else "~" if "~" in said else "="


def _compared_after(text: str, end: int) -> Comparator:
    if not text.startswith(_comparing("after"), end):
        return "="
    for word, meaning, unless in _comparators("after"):
        if text.startswith(word, end) and text[end + len(word) : end + len(word) + 1] not in tuple(unless):
            return meaning
    return "="


def _compared_before(text: str, start: int) -> Comparator:
    """The word that ends before the number (了 到 达 may stand between); 约 may stand after a bound."""
    head = text[max(0, start - 8) : start].rstrip("了到达")
    found: Comparator = "="
    if text[start] in POWERS or text[start] in MYRIADS:
        for word, meaning, unless in _comparators("power"):
            if head.endswith(word) and head[: -len(word)][-1:] not in tuple(unless):
                return meaning
    if not head.endswith(_comparing("before")):
        return found
    for word, meaning, unless in _comparators("before"):
        if head.endswith(word) and head[: -len(word)][-1:] not in tuple(unless):
            found = meaning
            if meaning == "~":
                bound = next(
                    (m for w, m, _ in _comparators("before") if head[: -len(word)].endswith(w)), found
                )
                found = bound
            break
    return found


def _compared_apart(text: str, start: int) -> Comparator:
    """A bound with a verb between it and the number (至少建成3个)."""
    head = _NO_IDEOGRAPH.split(text[max(0, start - _REACH) : start])[-1]
    return next((meaning for word, meaning, _ in _comparators("apart") if word in head), "=")
