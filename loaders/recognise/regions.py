"""Recognise regions: the places of an article that count, what each one's part is, and whom the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.issues import Issue
from kg.model import RegionFact, Role
from loaders.alternatives import gated
from loaders.areas import find_places, is_foreign
from loaders.lexicon import read_table
from loaders.organisations import find_organisations
from loaders.places import Place
from loaders.reading import Reading
from loaders.recognise.own_regions import own_region

_COUNTRY = "cn"
_COUNTRY_ACTS = re.compile(
    gated(
        r"(?P<part>[是为])?(?:我国(?![西东北南中最首])|在全国|全国范围"
        r"|(?P<order>启动|授权|组织|实现|完成)(?:\d{4}年)?全国(?![首领第各统性人政]|排名|前列))"
    )
)
_DATELINE = re.compile(
    r"(?<=\n)[^，。；：、\n]{0,10}[网报社][^，。；：、\n]{0,10}?\d{1,2}月\d{1,2}日(?:电|讯)"
)
"""Where a report comes from, before its text: 某某网某地5月3日电."""
_TIERS = frozenset({"province", "prefecture", "county"})
_PUBLIC = frozenset({"government", "party_body", "public_institution"})
_SCHOLARLY = ("医院", "研究院", "研究所", "科学院", "设计院", "创业中心")
"""Public institutions that do not act for the region in their name."""


def recognise(reading: Reading) -> list[RegionFact]:
    """The regions of one article, one fact each (at the first mention), in order of offset.

    Sets ``reading.subject_region`` and adds an issue for each name that may mean several regions.
    """
    places = counted(reading)
    everywhere = find_places(reading.regions, reading.text, reading.year)
    places = sorted([*places, *own_region(reading, places, everywhere)], key=lambda place: place.start)
    reading.subject_region = subject_of(places)
    facts: dict[str, RegionFact] = {}
    mentions = [(place, _role(reading, place, places)) for place in places]
    for place, role in sorted((*mentions, *_country(reading, places)), key=lambda pair: pair[0].start):
        for fact in _facts(reading, place, role):
            key = fact.code or fact.name
            known = facts.setdefault(key, fact)
            if fact.role == "subject" and known.role == "mentioned":
                facts[key] = known.model_copy(update={"role": "subject"})
    return sorted(facts.values(), key=lambda fact: (fact.start, fact.code or fact.name))


def counted(reading: Reading) -> list[Place]:
    """The places that are mentions of a region.

    Not the country, which has its own rule; not a dateline; not what stands only inside the name of an organisation, unless that
    is an authority or a public institution, which acts for its region.
    """
    organisations = find_organisations(reading.regions, reading.agencies, reading.text, reading.year)
    private = {
        o
        for org in organisations
        if org.type not in _PUBLIC or reading.text.endswith(_SCHOLARLY, 0, org.end)
        for o in range(org.start, org.end)
    }
    private |= {o for line in _DATELINE.finditer(reading.text) for o in range(*line.span())}
    places = find_places(reading.regions, reading.text, reading.year)
    return [place for place in places if place.key != _COUNTRY and place.start not in private]


def subject_of(places: Iterable[Place]) -> str | None:
    """The key of the region that the article is about: the first one named, in the title or else in the text.

    None where several are named together first (沪苏浙皖): then it is about no one region.
    """
    first = next((place for place in places if place.key or place.kind == "group"), None)
    return first.key if first else None


def _country(reading: Reading, places: Iterable[Place]) -> list[tuple[Place, Role]]:
    """The country where it acts (我国将…) or is where something applies (在全国…, 启动全国… in a text that has named no
    region before); else where it is spoken of."""
    found: list[tuple[Place, Role]] = []
    first = min((place.start for place in places if place.level in _TIERS), default=len(reading.text))
    for match in _COUNTRY_ACTS.finditer(reading.text):
        if match.group("order") and match.start() > first:
            continue
        start = match.start() + len(match.group("part") or match.group("order") or "")
        place = Place(start, match.end(), start, "region", (_COUNTRY,), "中国", "country")
        found.append((place, "mentioned" if match.group("part") else "subject"))
    return found


def _facts(reading: Reading, place: Place, role: Role) -> list[RegionFact]:
    if place.kind in ("other", "ambiguous"):
        if place.kind == "ambiguous":
            reading.issues.append(_ambiguous(reading, place))
        candidates = list(place.keys) if place.kind == "ambiguous" else []
        return [_fact(reading, place, place.name, None, role, candidates)]
    regions = [reading.regions.get(key) for key in place.keys]
    return [_fact(reading, place, region.name, region.key, role, []) for region in regions]


def _fact(
    reading: Reading, place: Place, name: str, key: str | None, role: Role, candidates: list[str]
) -> RegionFact:
    region = reading.regions.get(key) if key else None
    return reading.make(
        RegionFact,
        place.start,
        place.end,
        discriminator=key or name,
        confidence=_confidence(place),
        name=name,
        mention=reading.quote(place.start, place.end),
        code=region.code if region else None,
        level=region.level if region else place.level,
        role=role,
        candidates=candidates,
    )


def _confidence(place: Place) -> float:
    if place.kind == "ambiguous":
        return 0.4
    if place.kind == "other":
        return 0.6
    return 0.9 if place.kind == "group" else 0.95


@cache
def _cues() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = read_table("region_mentioned")
    before = tuple(row["form"] for row in rows if row["side"] == "before")
    after = tuple(row["form"] for row in rows if row["side"] == "after")
    return before, after


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile(gated("|".join(row["pattern"] for row in read_table("region_roles"))))


def _clause_form(reading: Reading, place: Place, places: Iterable[Place]) -> str:
    """The clause of a place with # for the place and @ for every other one."""
    clause = next((c for c in reading.clauses if place.start < c.end), None)
    if clause is None:
        return ""
    form, at = "", clause.start
    for other in places:
        if at <= other.start < clause.end:
            form += reading.text[at : other.start] + ("#" if other.start == place.start else "@")
            at = other.end
    return form + reading.text[at : clause.end]


def _role(reading: Reading, place: Place, places: Iterable[Place]) -> Role:
    before, after = _cues()
    text = reading.text
    if text[max(0, place.start - 4) : place.start].endswith(before) or text.startswith(after, place.end):
        return "mentioned"
    if _patterns().search(_clause_form(reading, place, places)):
        return "mentioned"
    if is_foreign(place) or (place.end > reading.title_end and _is_backdrop(reading, place)):
        return "mentioned"
    return "subject"


def _is_backdrop(reading: Reading, place: Place) -> bool:
    """A megaregion that the title does not name behind a region that it does."""
    subject = reading.subject_region
    if place.level != "megaregion" or not place.key or not subject:
        return False
    places = find_places(reading.regions, reading.text, reading.year)
    titled = {p.key for p in places if p.end <= reading.title_end}
    if place.key in titled or subject not in titled or reading.regions.get(subject).level == "megaregion":
        return False
    return not reading.regions.is_within(place.key, subject, reading.year)


def _ambiguous(reading: Reading, place: Place) -> Issue:
    start, _ = reading.folded.span(place.start, place.end)
    names = ["".join(reading.regions.get(k).name for k in (*reversed(reading.regions.ancestors(key)[:-1]), key))
             for key in place.keys]  # fmt: skip
    return Issue(
        "ambiguous-region",
        f"“{place.name}”可能指：{'、'.join(names)}",
        f"“{place.name}” may mean any of: {', '.join(names)}",
        article=reading.article.title,
        quote=reading.quote(place.start, place.end),
        start=start,
        detail={"candidates": " ".join(place.keys)},
    )
