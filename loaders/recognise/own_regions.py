"""我市, 我省: the publisher's own region, where no other word of the article names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from kg.authorities import Region
from kg.model import Level
from loaders.alternatives import gated
from loaders.areas import find_places
from loaders.fold import fold_words
from loaders.lexicon import read_words
from loaders.places import Place
from loaders.reading import Reading

_OWN = re.compile(gated(r"[我本](?P<word>省|市|县|区|州|旗)(?![级内外长直域民情])"))
_TIERS = {
    "省": ("province",), "市": ("prefecture", "province", "county"), "县": ("county",), "区": ("county",),
    "州": ("prefecture",), "旗": ("county",),
}  # fmt: skip


def own_region(reading: Reading, counted: Iterable[Place], places: Iterable[Place]) -> list[Place]:
    """The first 我市 or the like as a place: the region of its tier that holds the counted ones, or that the article's
    source names, or the only one that names of companies give. Empty where a counted place is of that tier itself, or
    where nothing tells which it is."""
    match = _OWN.search(reading.text)
    if match is None:
        return []
    word = match["word"]
    if any(place.key and _is_of_tier(reading.regions.get(place.key), word) for place in counted):
        return []
    sources = (_of_source(reading), counted, places)
    own = next((found for found in (_of_tier(reading, word, source) for source in sources) if found), set())
    if len(own) != 1:
        return []
    region = reading.regions.get(*own)
    level = cast(Level, region.level)
    return [Place(match.start(), match.end(), match.start(), "region", (region.key,), region.name, level)]


def _of_tier(reading: Reading, word: str, places: Iterable[Place]) -> set[str]:
    """The regions that a word can stand for: places, and the wholes that they are parts of."""
    chains = (
        key for place in places if place.key for key in (place.key, *reading.regions.ancestors(place.key))
    )
    regions = map(reading.regions.get, chains)
    return {region.key for region in regions if _is_of_tier(region, word)}


def _is_of_tier(region: Region, word: str) -> bool:
    return region.level in _TIERS[word] and region.name.endswith(word)


def _of_source(reading: Reading) -> tuple[Place, ...]:
    """The places in the name of the medium or the office that an article comes from."""
    source = fold_words(reading.article.source or "")
    media = re.compile("|".join(map(re.escape, read_words("region_media"))))
    return find_places(reading.regions, media.sub("，", source) + "\n", reading.year) if source else ()
