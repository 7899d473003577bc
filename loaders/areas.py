"""Places that no authority lists, added to those it does: zones, rivers, foreign countries, parts of a region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import cast

from kg.authorities import RegionAuthority
from kg.model import Level
from loaders.alternatives import any_word
from loaders.gazetteer import tokens_of
from loaders.lexicon import read_table, read_words
from loaders.places import Place, PlaceFinder
from loaders.townships import NAME_TAGS, townships

_COUNTS = "零一二三四五六七"
_NOT_IN_NAMES = frozenset({"p", "c", "u", "uj", "ul", "ud", "d", "r", "m", "f", "x", "v"})
_RIVER_BEFORE = re.compile(r"[江河湖海淮水]、$")
_RIVER_AFTER = re.compile(r"、[\u4e00-\u9fa5]{1,3}[江河湖水]")
_SIDE = re.compile("[东西南北中]部")
_PART = re.compile(r"[东西南北中]部(?![地区门省新])")
_SURROUNDINGS = re.compile(r"及(?:其)?周边(?:地区|区域)")
_VILLAGE = re.compile(
    r"(?!.{0,2}[的有个等在各与和农乡多全驻出入进返])[\u4e00-\u9fa5]{2,3}村(?![庄民镇委级落])"
)
_BASIN = re.compile(r"[\u4e00-\u9fa5]{1,3}[江河湖]流域")
_OPERATOR = re.compile("管理局|管理委员会|管委会|集团|公司|股份|公安局|海关")
_WORKS = re.compile("(?:特大|大)?桥|大堤|大坝|水电站|水库|隧道|铁路|高速|号|路")
_PLANNED = re.compile("(?:合作|共同|联合|规划|加快|推进|参与|携手|联手|谋划)(?:建设|打造|开发|创建|共建)")
_MEETING = re.compile(
    r"(?:召开|举行|举办|开幕|闭幕|启动|签[署约订]|成立|发布|揭牌|开展|出席|调研|考察|会见|落地|就读|工作)"
)
_LONG_RUN = 4
"""So many short names of provinces in a row are no word."""
_HYPHENS = ("—", "-", "－", "·")
_PARTED = frozenset({"province", "prefecture"})


@lru_cache(maxsize=2)
def find_places(authority: RegionAuthority, text: str, year: int | None = None) -> tuple[Place, ...]:
    """Every place named in a folded text, by start, none overlapping another; ``year``: what names meant then."""
    rivers = {match.start(): match.end() for match in _pattern("@", "region_water").finditer(text)}
    found = PlaceFinder(authority, text, year).run()
    named = [place for place in found if rivers.get(place.head, 0) <= place.end]  # not 伊犁 in 伊犁河
    kept = [place for place in named if text[place.head : place.end] not in _words("region_not")]
    kept = [place for place in kept if not _is_facility(text, place)]
    runs = list(_abbreviated(authority, text))
    kept = [place for place in kept if not any(run.start <= place.start < run.end for run in runs)]
    runs += [
        run
        for run in _cued(authority, text)
        if not any(run.start < place.end and place.start < run.end for place in (*named, *runs))
    ]
    places = _zones(text, sorted([*kept, *runs], key=lambda place: place.start))
    for more in (
        _foreign(text),
        _parts(authority, text, places),
        townships(text, places),
        _short(authority, text),
        _rivers(text, places),
        _named_zones(text),
    ):
        places = _merge(places, named, more)
    basins = {text[place.start : place.end] for place in places}
    title = text.find("\n")
    return tuple(place for place in places if place.start < title or place.name + "流域" not in basins)


_start = attrgetter("start")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_words(name))


@cache
def _alternatives(name: str) -> str:
    return any_word(read_words(name))


@cache
def _pattern(template: str, lexicon: str) -> re.Pattern[str]:
    return re.compile(template.replace("@", _alternatives(lexicon)))


def _merge(places: Sequence[Place], named: Sequence[Place], more: Iterator[Place]) -> list[Place]:
    """All in order of start, without those of ``more`` that overlap another or a form of the authority."""
    merged = list(places)
    for place in more:
        if not any(place.start < other.end and other.start < place.end for other in (*merged, *named)):
            merged.append(place)
    return sorted(merged, key=_start) if len(merged) > len(places) else merged


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds only words that names are made of."""
    inside = tokens_of(text).within(start, end)
    if _PLANNED.search(text, start, end):
        return False
    return all(
        _SIDE.fullmatch(token.word)
        or (token.tag not in _NOT_IN_NAMES and token.word not in governing_verbs())
        for token in inside
    )


def _is_facility(text: str, place: Place) -> bool:
    """贵阳至南宁高铁, 鄂州花湖机场: a place in the name of a line or a facility."""
    match = _pattern(
        r"(?:[至到—\-][\u4e00-\u9fa5]{2,4}?|[\u4e00-\u9fa5]{0,4}?)(?P<head>@)", "region_facility"
    ).match(text, place.end)
    if not match or _OPERATOR.match(text, match.end()):
        return False
    return text[place.end] in "至到—-" or _is_name(text, place.end, match.start("head"))


@cache
def governing_verbs() -> frozenset[str]:
    """Verbs that govern what follows and so stand in no zone's name (兰州市|申报|示范区)."""
    return frozenset(
        row["verb"] for row in read_table("programme_verbs") if len(row["verb"]) > 1 and row["soft"] != "yes"
    )


def _zones(text: str, places: Sequence[Place]) -> list[Place]:
    """The places, with a region and a zone's name behind it made one zone that the authority does not list."""
    found: list[Place] = []
    tail = _pattern(r"[\u4e00-\u9fa5A-Za-z0-9]{0,8}?(?P<head>@)(?![域块群])", "region_zone")
    for place in places:
        if found and place.start < found[-1].end:
            continue
        match = tail.match(text, place.end) if place.kind == "region" and place.level != "country" else None
        if match and place.level == "megaregion" and match.group("head") in _words("region_zone_named"):
            match = None  # 东北高新区 are many
        if match and _is_name(text, place.end, match.start("head")):
            if found and found[-1].kind == "region" and text[found[-1].end : place.start] in _HYPHENS:
                place = replace(place, start=found.pop().start)  # 甲县—乙县合作区 is one of both
            name = text[place.start : match.end()]
            place = Place(place.start, match.end(), place.head, "other", (), name, "zone")
        found.append(place)
    return found


def _named_zones(text: str) -> Iterator[Place]:
    """Zones called by a proper name that no authority lists (郑东新区, 红谷滩新区)."""
    if not any(head in text for head in _words("region_zone_named")):
        return
    tokens = tokens_of(text)
    for match in _pattern(r"[\u4e00-\u9fa5]{2,4}?(?P<head>@)(?![域块群])", "region_zone_named").finditer(
        text
    ):
        token = tokens.starting(match.start())
        if token is None or token.tag not in NAME_TAGS or not _is_name(text, token.end, match.start("head")):
            continue
        yield Place(*match.span(), match.start(), "other", (), match.group(), "zone")


@cache
def _countries() -> dict[str, dict[str, str]]:
    return {row["form"]: row for row in read_table("region_foreign")}


def _foreign(text: str) -> Iterator[Place]:
    borders = tokens_of(text).by_start
    for match in _pattern("@", "region_foreign").finditer(text):
        row = _countries()[match.group()]
        if match.start() in borders and (not row["beside"] or re.search(row["beside"], text)):
            yield Place(*match.span(), match.start(), "other", (), row["name"], cast(Level, row["level"]))


@cache
def _counted_runs(authority: RegionAuthority) -> re.Pattern[str]:
    run = f"(?P<run>[{''.join(authority.abbreviations())}]{{2,7}})"
    return re.compile(run + "(?P<count>[两二三四五六七])(?:省|地|市|区)+(?P<more>[一两]市)?")


def _abbreviated(authority: RegionAuthority, text: str) -> Iterator[Place]:
    """赣闽两省: one-character names of provinces, as many as the number behind them says; four in a row need none."""
    short = authority.abbreviations()
    counted: set[int] = set()
    for match in _counted_runs(authority).finditer(text):
        run = match.group("run")
        more = _COUNTS.find((match.group("more") or "零")[0].replace("两", "二"))
        if len(run) == max(_COUNTS.find(match.group("count")), 2) + more:
            counted.add(match.start())
            yield Place(*match.span(), match.start(), "group", tuple(short[c] for c in run), run, "province")
    for match in re.finditer(f"[{''.join(short)}]{{{_LONG_RUN},}}", text):
        run = match.group()
        if len(set(run)) == len(run) and match.start() not in counted:
            yield Place(*match.span(), match.start(), "group", tuple(short[c] for c in run), run, "province")


def _cued(authority: RegionAuthority, text: str) -> Iterator[Place]:
    """苏陕协作: one-character names of provinces before a word for what joins them."""
    short, tokens = authority.abbreviations(), tokens_of(text)
    for match in _cued_runs(authority).finditer(text):
        run, (start, end) = match.group("run"), match.span("run")
        keys = tuple(short[c] for c in run)
        if start in tokens.by_start and end in tokens.by_end and len(set(keys)) == len(run):
            yield Place(start, end, start, "group", keys, run, "province")


@cache
def _cued_runs(authority: RegionAuthority) -> re.Pattern[str]:
    run = f"(?P<run>[{''.join(authority.abbreviations())}]{{2,5}})"
    return re.compile(f"{run}(?={_alternatives('region_run_cues')})")


def _short(authority: RegionAuthority, text: str) -> Iterator[Place]:
    """在京召开: the short name of a province as where people met."""
    short = authority.abbreviations()
    for match in _meeting_places("".join(short)).finditer(text):
        region = authority.get(short[match["short"]])
        start, end = match.span("place")
        yield Place(start, end, start, "region", (region.key,), region.name, cast(Level, region.level))


@cache
def _meeting_places(short: str) -> re.Pattern[str]:
    return re.compile(f"(?P<place>[在来赴抵](?P<short>[{short}]))(?={_MEETING.pattern})")


@cache
def _foreign_names() -> frozenset[str]:
    return frozenset(row["name"] for row in _countries().values())


def is_foreign(place: Place) -> bool:
    """Whether a place lies abroad."""
    return place.name in _foreign_names()


def _rivers(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """Rivers and lakes that are treated as areas: in the title, in a list, behind a region, with 流域."""
    ends = {place.end for place in places}
    title = text.find("\n")
    for match in _pattern(r"(?:@)(?:[—\-](?:@))?(?P<basin>(?:等)?流域)?", "region_water").finditer(text):
        start, end = match.span()
        listed = _RIVER_BEFORE.search(text, max(0, start - 6), start) or _RIVER_AFTER.match(text, end)
        basin = _pattern(r"(?:[、和及与](?:@))+(?:等)?流域", "region_water").match(text, end)
        if _WORKS.match(text, end):
            continue
        if match.group("basin") or listed or basin or start in ends or start < title:
            name = match.group().replace("等", "") + ("流域" if basin else "")
            yield Place(start, end, start, "other", (), name, "other")


def _parts(authority: RegionAuthority, text: str, places: Sequence[Place]) -> Iterator[Place]:
    """What stands behind a region and lies in it: 西部, 及周边地区, a village, a river's basin."""
    for place in places:
        if place.kind != "region":
            continue
        at, name = place.end, authority.get(place.keys[0]).name
        form = text[place.head : place.end]
        if place.level in _PARTED and (match := _PART.match(text, at)):
            yield Place(at, match.end(), at, "other", (), form + match.group(), "other")
        elif match := _SURROUNDINGS.match(text, at):
            yield Place(at, match.end(), at, "other", (), name + match.group().lstrip("及其"), "other")
        elif match := _VILLAGE.match(text, at) or _BASIN.match(text, at):
            yield Place(at, match.end(), at, "other", (), match.group(), "other")
