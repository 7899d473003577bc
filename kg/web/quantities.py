"""Numbers of targets and figures as a page writes them."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.namespaces import RP
from kg.web.reader import Reader

_SIGNS: Final = {"ge": "≥ ", "le": "≤ ", "eq": "", "approx": "≈ "}


def quantity(reader: Reader, fact: NamedNode) -> str:
    """``≥ 95 %``, ``3–5 年``: comparator, value or range, unit; the words of the text where there is no value."""
    value = reader.text(fact, RP.value)
    if not value:
        return reader.text(fact, RP.statedValue)
    comparator = reader.node(fact, RP.comparator)
    sign = "" if comparator is None else _SIGNS.get(comparator.value.rsplit("/", 1)[1], "")
    top = reader.text(fact, RP.valueMax)
    number = _grouped(value) + (f"–{_grouped(top)}" if top else "")
    return f"{sign}{number} {reader.text(fact, RP.unit)}".strip()


def _grouped(number: str) -> str:
    """A number with thousands set apart, as both languages read it."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() and len(whole) > 4 else number
