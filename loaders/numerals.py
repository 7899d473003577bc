"""The value of a numeral: Arabic, Chinese, or Arabic with a Chinese multiplier."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
_PLACE = re.compile("[零〇]?([一二两三四五六七八九])?([十百千])")
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
HAN = "零〇一二两三四五六七八九十百千"
MULTIPLIER = "[十百千]?万亿|[十百千]?[万亿]|[百千](?!瓦|米|克|伏|帕|分)"
_MIXED = re.compile(rf"({ARABIC})((?:{MULTIPLIER}|[十百千万亿])?)")


def parse_numeral(text: str) -> float:
    """The value of a bare numeral, Arabic, Chinese or mixed (``1.5万``, ``二十``, ``百分百`` is 100).

    Raises ValueError where ``text`` is no numeral.
    """
    return float(exact_numeral(text))


def exact_numeral(text: str) -> Decimal:
    """``parse_numeral`` without the rounding of a float."""
    if text == "百分百":
        return Decimal(100)
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return Decimal(mixed[1].replace(",", "")) * multiplier(mixed[2])
    whole, point, rest = text.partition("点")
    value = _han(whole)
    if point:
        if not rest or any(c not in DIGITS for c in rest):
            raise ValueError(f"no numeral: {text!r}")
        value += Decimal("0." + "".join(str(DIGITS[c]) for c in rest))
    return value


def multiplier(text: str) -> int:
    """The product of a run of 十 百 千 万 亿; 1 for an empty one."""
    product = 1
    for c in text:
        product *= POWERS.get(c) or MYRIADS[c]
    return product


def _han(text: str) -> Decimal:
    """The value of a whole Chinese numeral; a leading power stands for one of it (十二, 百)."""
    if not text or any(c not in DIGITS and c not in POWERS and c not in MYRIADS for c in text):
        raise ValueError(f"no numeral: {text!r}")
    return Decimal(_whole(text))


def _whole(text: str) -> int:
    for name, power in (("亿", 10**8), ("万", 10**4)):
        high, found, low = text.rpartition(name)
        if found:
            return (_whole(high) if high else 1) * power + _rest(low, power)
    return _below_myriad(text)


def _rest(low: str, power: int) -> int:
    """What follows a power: nothing, a lone digit of the next place (一万二 is 12000), or a numeral."""
    if len(low) == 1 and low in DIGITS:
        return DIGITS[low] * power // 10
    return _whole(low) if low else 0


def _below_myriad(text: str) -> int:
    total, power = 0, 10**4
    rest = text
    while rest:
        match = _PLACE.match(rest)
        if match is None:
            break
        here = POWERS[match[2]]
        if here >= power:
            raise ValueError(f"powers out of order in a numeral: {text!r}")
        total += (DIGITS[match[1]] if match[1] else 1) * here
        power, rest = here, rest[match.end() :]
    if len(rest) == 1 and power in (100, 1000):
        return total + _rest(rest, power)
    rest = rest.removeprefix("零").removeprefix("〇") or rest
    if len(rest) > 1 or (rest and rest not in DIGITS):
        raise ValueError(f"digits side by side: {text!r}")
    return total + (DIGITS[rest] if rest else 0)
