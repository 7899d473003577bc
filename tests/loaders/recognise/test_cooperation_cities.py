"""Cities called by one character each before a count word."""

from __future__ import annotations

import pytest

from loaders.recognise.cooperation_cities import short_cities
from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, reading_of

NINGBO: Place = ("宁波", "宁波市", "330200", "prefecture")
SHAOXING: Place = ("绍兴", "绍兴市", "330600", "prefecture")
HANGZHOU: Place = ("杭州", "杭州市", "330100", "prefecture")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宁波与绍兴相邻，甬绍两地共用茶港。", [("宁波市", "绍兴市")]),
        ("杭州、宁波、绍兴相邻，杭甬绍三市共用茶港。", [("杭州市", "宁波市", "绍兴市")]),
        ("宁波与绍兴相邻，各自发展，东西两地都有茶港。", []),
        ("宁波与绍兴相邻，甬绍铁路经过。", []),
        ("宁波有茶港，甬绍两地共用。", []),
    ],
)
def test_short_names_before_a_count_word(text: str, names: list[tuple[str, ...]]) -> None:
    places = [place for place in (HANGZHOU, NINGBO, SHAOXING) if place[0] in text]
    assert [m.names for m in short_cities(reading_of(text, regions=places))] == names


def test_cities_by_their_short_names_are_parties() -> None:
    reading = reading_of("宁波有茶港。绍兴多茶山。建立甬绍两地巡查协调机制。", regions=[NINGBO, SHAOXING])
    (fact,) = recognise(reading)
    assert (fact.kind, fact.parties) == ("other", ["宁波市", "绍兴市"])
