"""Recognise actors: organisations by their full names, once an article, with the other names the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.authorities import AgencyMatch
from kg.model import ActorFact
from loaders.areas import find_places
from loaders.organisations import Organisation, find_organisations
from loaders.places import Place
from loaders.reading import Reading

_DEFINED = re.compile(r"[（(](?:以?下(?:简|统)?称|简称)[“\"]?([^”\"）)]{2,12})[”\"]?[）)]")
_SHORT_GROUP = re.compile(r"^(?P<short>.{2,6}集团).+")
_TIERS = {
    "省": ("province",), "自治区": ("province",), "市": ("prefecture", "province", "county"),
    "区": ("county",), "县": ("county",),
}  # fmt: skip
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
    if org.end > reading.title_end or org.known or actor.agency or org.listed or org.scope:
        return False
    return (
        bool(reading.article.text)
        and reading.text.find(reading.text[org.start : org.end], reading.title_end) < 0
    )


def _named(reading: Reading, org: Organisation) -> Iterator[_Actor]:
    """The actors behind an organisation's name: one, or one for each member of a group of regions."""
    text = reading.text
    form = text[org.start : org.end]
    if org.place and org.place.kind == "group":
        for key in org.place.keys:
            yield _Actor(org, reading.regions.get(key).name + org.rest, key)
    elif org.scope or (org.listed and org.place and org.start > org.place.start):
        meant = _meant(reading, org) if org.scope else org.place.key if org.place else None
        if meant:
            forms = [] if "、" in form else [form]
            yield _Actor(org, reading.regions.get(meant).name + org.rest, meant, forms)
    elif org.place and org.listed:
        yield _Actor(org, _place_name(reading, org.place, org.tail) + org.rest, org.place.key)
    else:
        forms = [org.known] if org.known else []
        if org.place and (org.type in _AUTHORITIES or org.place.start < org.place.head):
            forms.append(text[org.place.head : org.end])
        yield _Actor(org, form, _region(reading, org), forms)


def _place_name(reading: Reading, place: Place, tail: str) -> str:
    """A place of a list with what the last one's form leaves to all (江西、广西**省**), unless it is no such region."""
    form = reading.text[place.start : place.end]
    region = reading.regions.find(place.key) if place.key else None
    return region.name if region and tail == "省" and not region.name.endswith(tail) else form + tail


def _region(reading: Reading, org: Organisation) -> str | None:
    """The key of the region an organisation is of; a township's is the county named last before it."""
    if org.place is None or org.place.kind != "other":
        return org.place.key if org.place else None
    before = [p for p in _places(reading) if p.level == "county" and p.start < org.start]
    return before[-1].key if before and org.place.level == "township" else None


def _meant(reading: Reading, org: Organisation) -> str | None:
    """The region that a word like 省 or 该市 stands for: the nearest of its tier named before it, else the article's."""
    word = org.scope or ""
    subject = reading.subject_region
    before = [p.keys[0] for p in reversed(_places(reading)) if p.key and p.start < org.start]
    for place in (*before, *([subject] if subject else [])):
        chain = (place, *reading.regions.ancestors(place))
        for key in chain if reading.regions.get(place).level in _OWN_TIERS or place == subject else ():
            region = reading.regions.get(key)
            if region.level in _TIERS[word] and (word == "省" or region.name.endswith(word)):
                return key
    return None


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
