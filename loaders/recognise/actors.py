"""Recognise actors: organisations by their full names, once an article, with the other names the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.authorities import AgencyMatch
from kg.authorities.names import split_name
from kg.model import ActorFact
from loaders.areas import find_places
from loaders.organisation_names import ETC
from loaders.organisations import Organisation, find_organisations
from loaders.places import Place
from loaders.reading import Reading

_DEFINED = re.compile(r"[（(](?:以?下(?:简|统)?称|简称)[“\"]?([^”\"）)]{2,12})[”\"]?[）)]")
_SHORT_GROUP = re.compile(r"^(?P<short>.{2,6}集团).+")
_TIERS = {
    "省": ("province",), "自治区": ("province",), "市": ("prefecture", "province", "county"),
    "区": ("county",), "县": ("county",), "自治州": ("prefecture",), "州": ("prefecture",), "旗": ("county",),
}  # fmt: skip
_SPECIAL = "特别行政区"
_CUSTOMS = "海关"
"""Customs go by the short names of cities (南宁海关)."""
_NUMBERS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_FIRMS = frozenset({"bank", "enterprise"})
_CERTAIN = frozenset({"region", "group"})
_AUTHORITIES = frozenset({"government", "party_body"})
_OWN_TIERS = frozenset({"province", "prefecture", "county"})


@dataclass
class _Actor:
    """One actor in the making: its canonical name, its other names, and what the agency authority knows of it."""

    organisation: Organisation
    name: str
    region: str | None
    forms: list[str] = field(default_factory=list)
    agency: AgencyMatch | None = None


def recognise(reading: Reading) -> list[ActorFact]:
    """The actors of one article, one fact each (at the first mention), in order of offset."""
    actors: list[_Actor] = []
    for org in find_organisations(reading.regions, reading.agencies, reading.text, reading.year):
        for actor in _named(reading, org):
            _identify(reading, actor)
            _merge(actors, actor)
    actors = [actor for actor in actors if not _is_headline_talk(reading, actor)]
    for actor in actors:
        _shorten(reading, actor)
    return [_fact(reading, actor) for actor in actors]


def _is_headline_talk(reading: Reading, actor: _Actor) -> bool:
    """Whether a name that no authority knows stands in the headline alone: headlines shorten names and run verbs into
    them (江苏部署基层服务中心建设)."""
    org = actor.organisation
    if org.end > reading.title_end or org.named or actor.agency or org.listed or org.scope:
        return False
    return (
        bool(reading.article.text)
        and reading.text.find(reading.text[org.start : org.end], reading.title_end) < 0
    )


def _named(reading: Reading, org: Organisation) -> Iterator[_Actor]:
    """The actors behind an organisation's name: one, or one for each member of a group of regions."""
    text = reading.text
    form = text[org.start : org.end]
    if org.scope and org.scope[0] in _NUMBERS:
        for key in _several(reading, org):
            yield _Actor(org, reading.regions.get(key).name + org.rest, key)
    elif org.place and org.place.kind == "group" and org.type in _FIRMS:
        return  # 港澳银行 are those of there
    elif org.place and org.place.kind == "group":
        for key in org.place.keys:
            name = reading.regions.get(key).name
            short = split_name(name)[0]
            if org.rest == _CUSTOMS:
                yield _Actor(org, short + org.rest, key)
                continue
            yield _Actor(org, name + org.rest, key, [short + org.rest] if name.endswith(_SPECIAL) else [])
    elif org.scope or (org.listed and org.place and org.start > org.place.start):
        meant = _meant(reading, org) if org.scope else org.place.key if org.place else None
        if meant:
            forms = [] if "、" in form else [form]
            yield _Actor(org, reading.regions.get(meant).name + org.rest, meant, forms)
    elif org.place and org.listed:
        yield _Actor(org, _place_name(reading, org.place, org.tail) + org.rest, org.place.key)
    elif org.listed:
        yield _Actor(org, org.rest, None)
    elif (owned := _of_owner(reading, org)) is not None:
        yield owned
    else:
        forms = [org.known] if org.known else []
        if org.place and (org.type in _AUTHORITIES or org.place.start < org.place.head):
            forms.append(text[org.place.head : org.end])
        yield _Actor(org, form, _region(reading, org), forms)


def _of_owner(reading: Reading, org: Organisation) -> _Actor | None:
    """省港口集团: a firm called by the tier of its owner, which the text names elsewhere."""
    word = reading.text[org.start]
    if org.type != "enterprise" or org.place or word not in _TIERS:
        return None
    form = reading.text[org.start : org.end]
    meant = _meant(reading, replace(org, scope=word))
    return _Actor(org, reading.regions.get(meant).name + form[1:], meant, [form]) if meant else None


def _place_name(reading: Reading, place: Place, tail: str) -> str:
    """A place of a list with what the last one's form leaves to all (江西、广西**省**), unless it is no such region."""
    form = reading.text[place.start : place.end]
    region = reading.regions.find(place.key) if place.key else None
    if tail == ETC:
        return region.name if region else form
    return region.name if region and tail == "省" and not region.name.endswith(tail) else form + tail


def _region(reading: Reading, org: Organisation) -> str | None:
    """The key of the region an organisation is of; a township's is the county named last before it."""
    if org.place is None or org.place.kind != "other":
        return org.place.key if org.place else None
    before = [p for p in _places(reading) if p.level == "county" and p.start < org.start]
    return before[-1].key if before and org.place.level == "township" else None


def _meant(reading: Reading, org: Organisation) -> str | None:
    """The region that a word like 省 or 该市 stands for: the nearest of its tier named before it, else the article's.

    Where the article's own is of that tier, the wholes that other places are parts of are not meant.
    """
    word = org.scope or ""
    subject = reading.subject_region
    before = [p.keys[0] for p in reversed(_places(reading)) if p.key and p.start < org.start]
    alone = subject is not None and _is_called(reading, subject, word)
    for place in (*before, *([subject] if subject else [])):
        chain = (place, *(() if alone else reading.regions.ancestors(place)))
        for key in chain if reading.regions.get(place).level in _OWN_TIERS or place == subject else ():
            if _is_called(reading, key, word):
                return key
    return None


def _is_called(reading: Reading, key: str, word: str) -> bool:
    region = reading.regions.get(key)
    return region.level in _TIERS[word] and region.name.endswith(word)


def _several(reading: Reading, org: Organisation) -> list[str]:
    """The regions that 两省 or 三市 stands for: as many of that tier as the text names before, else none."""
    word = (org.scope or "")[1:]
    tiers = {tier for char in word for tier in _TIERS.get(char, ("prefecture", "province"))}
    named = [key for p in _places(reading) if p.start < org.start for key in p.keys if p.kind in _CERTAIN]
    keys = list(dict.fromkeys(key for key in named if reading.regions.get(key).level in tiers))
    return keys if len(keys) == _NUMBERS[(org.scope or "")[0]] else []


def _places(reading: Reading) -> tuple[Place, ...]:
    return find_places(reading.regions, reading.text, reading.year)


def _identify(reading: Reading, actor: _Actor) -> None:
    """Look an authority up; its official name is one of its names unless the text means a body since merged."""
    if actor.organisation.type not in _AUTHORITIES or not (actor.region or actor.organisation.known):
        return
    actor.agency = reading.agencies.find(actor.name, (actor.region,) if actor.region else ())
    if actor.agency and not actor.agency.predecessor:
        actor.forms.append(actor.agency.name)


def _merge(actors: list[_Actor], actor: _Actor) -> None:
    """Add an actor, or its names to one already there: of one name, or the same agency."""
    for known in actors:
        if _same(known, actor):
            known.forms.extend([actor.name, *actor.forms])
            return
    actors.append(actor)


def _same(known: _Actor, actor: _Actor) -> bool:
    if actor.name == known.name or actor.name in known.forms:
        return True
    if known.agency and actor.agency:
        one = known.agency.key == actor.agency.key and known.agency.predecessor == actor.agency.predecessor
        return one and known.organisation.start != actor.organisation.start
    rest = actor.organisation.rest
    if rest == known.organisation.rest and actor.region and actor.region == known.region:
        return True
    legal = known.organisation.type == actor.organisation.type == "enterprise"
    return legal and known.name.startswith(actor.name)


def _shorten(reading: Reading, actor: _Actor) -> None:
    """Add the names that the text defines or uses in short: （下称“X”）, 宝业集团, 该联盟."""
    org, text = actor.organisation, reading.text
    defined = _DEFINED.match(text, org.end)
    if defined:
        actor.forms.append(defined.group(1))
    short = _SHORT_GROUP.match(actor.name) if org.type == "enterprise" else None
    if short and short.group("short") in text[org.end :]:
        actor.forms.append(short.group("short"))
    if org.type == "alliance":
        actor.forms.extend(form for form in ("联盟", "该联盟", "联合体") if form in text[org.end :])


def _fact(reading: Reading, actor: _Actor) -> ActorFact:
    org = actor.organisation
    region = reading.regions.find(actor.region) if actor.region else None
    return reading.make(
        ActorFact,
        org.start,
        org.end,
        discriminator=actor.name,
        confidence=max(org.score, 0.95) if actor.agency else org.score,
        name=actor.name,
        aliases=list(dict.fromkeys(form for form in actor.forms if form and form != actor.name)),
        type=org.type,
        region_code=region.code if region else None,
    )
