"""Cities called by one character each before a count word (宁马两地, 穗梅两市)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.authorities.names import split_name
from kg.model import RegionFact
from loaders.lexicon import read_table
from loaders.reading import Reading
from loaders.recognise.mentions import Mention

_COUNT = {"两": 2, "三": 3, "四": 4}
_COUNTED = re.compile(r"([两三四])(?:地|市|城|区|县)")
_CITIES = ("prefecture", "county")


@cache
def _short() -> frozenset[tuple[str, str]]:
    return frozenset((row["short"], row["code"]) for row in read_table("cooperation_cities"))


def short_cities(reading: Reading) -> Iterator[Mention]:
    """Runs of short names, as many as the count word behind them says, each of another city of the article.

    A character stands for a city by the lexicon or by being the first one of its name.
    """
    cities = [r for r in reading.facts.regions if r.level in _CITIES]
    if len(cities) < 2:
        return
    for match in _COUNTED.finditer(reading.text):
        number = _COUNT[match[1]]
        start = max(0, match.start() - number)
        facts = [
            next((c for c in cities if _called(c, char)), None)
            for char in reading.text[start : match.start()]
        ]
        found = tuple(fact for fact in facts if fact is not None)
        if len({fact.id for fact in found}) == number:
            yield Mention(start, match.start(), found)


def _called(city: RegionFact, char: str) -> bool:
    return (char, city.code or "") in _short() or split_name(city.name)[0].startswith(char)
