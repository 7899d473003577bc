"""Organisations known by name and bodies of the centre: 国务院, 财政部预算司, 全国…领导小组, and 发展改革委 among ministries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.model import ActorType
from loaders import organisation_patterns as patterns
from loaders.organisation_names import Organisation, followers, words
from loaders.organisation_text import MARKS, STOP_TAGS, OrganisationText

_WITH_UNITS = frozenset({"school", "public_institution", "government"})
_UNITS = frozenset({"school", "public_institution"})
_TIERS = frozenset({"province", "prefecture", "county"})
_STATE = "中华人民共和国"
_GUARDED = "二三四五六七八九十两各"
_JOINTS = ("、", "和", "与", "，", "及", "会同", "联合")


def central_bodies(source: OrganisationText) -> Iterator[Organisation]:
    """全国…领导小组办公室, 国务院…指挥部: bodies of the centre that no table lists."""
    for match in patterns.CENTRAL.finditer(source.text):
        start, end = match.span()
        inside = source.tokens.within(start, end)[1:]
        loose = patterns.GROUP.search(match[0]) is not None
        stops = (
            token.word in words("actor_stop") or token.tag in STOP_TAGS - {"c", "m"}
            if loose
            else source.breaks(token)
            for token in inside
        )
        if start in source.index and end in source.ending and not any(stops):
            kind: ActorType = "party_body" if match[0].startswith("中央") else "government"
            yield Organisation(start, end, kind, match[0], score=0.8)


def named_bodies(source: OrganisationText) -> Iterator[Organisation]:
    """Organisations known by name, with the branch or the unit that stands behind."""
    text = source.text
    for start, name in source.names.known_index.longest(text).items():
        kind, official = source.names.known[name]
        end = start + len(name)
        if start not in source.index and start and text[start - 1] not in MARKS:
            continue
        if text.startswith(followers().get(name, ()), end) and name in followers():
            continue
        if (name[0] == "国" and start and text[start - 1] in _GUARDED) or text.startswith("级", end):
            continue  # 五国|开行, 商务部|级
        official = official or (name.removeprefix(_STATE) if name.startswith(_STATE) else None)
        branch = _branch(source, end) if kind in ("bank", "government") else None
        if branch:
            yield Organisation(start, branch.end, kind, text[start : branch.end], branch.place, score=0.9)
        elif end in source.ending or end == len(text) or text[end] in "，。、；：》”）和与及等将在\n":
            yield from _with_unit(
                source, Organisation(start, end, kind, name, known=official, score=0.97, named=True)
            )


def _with_unit(source: OrganisationText, org: Organisation) -> Iterator[Organisation]:
    """The body, or the unit of it that is named: a university's institute, a ministry's department."""
    text, end = source.text, org.end
    unit = source.walk(end) if org.type in _WITH_UNITS else None
    department = patterns.DEPARTMENT.match(text, end) if org.type == "government" else None
    institute = patterns.INSTITUTE.match(text, end) if org.type in _UNITS else None
    if institute and not any(
        t.tag in STOP_TAGS | {"v"} for t in source.tokens.within(end, institute.end() - 1)
    ):
        unit = (institute.end(), "public_institution", False)
    if unit and not unit[2] and unit[1] in _UNITS:
        yield Organisation(org.start, unit[0], unit[1], text[org.start : unit[0]], score=0.8)
    elif department and not any(source.breaks(t) for t in source.tokens.within(end, department.end() - 1)):
        yield replace(
            org, end=department.end(), rest=text[org.start : department.end()], known=None, score=0.85
        )
    else:
        yield org


def _branch(source: OrganisationText, at: int) -> Organisation | None:
    """上海分行 at an offset: a bank's branch, as an organisation without its bank."""
    place = next((p for p in source.places if p.start == at), None)
    match = patterns.BRANCH.match(source.text, place.end) if place else None
    return Organisation(at, match.end(), "bank", "", place) if match and place else None


def branches(found: list[Organisation]) -> Iterator[Organisation]:
    """国家税务总局|江苏省税务局: a body known by name with its office of a region behind it is that office."""
    for head, office in pairwise(found):
        if office.start == head.end and office.place and not head.place:
            yield replace(office, start=head.start, rest=head.rest + office.rest)


def bare_bodies(source: OrganisationText, found: Iterable[Organisation]) -> Iterator[Organisation]:
    """发展改革委、教育部: commissions and offices of the centre without 国家, in a list with a ministry; anywhere in
    a text that names ministries and no region below the country."""
    taken = {o for org in found for o in range(org.start, org.end)}
    ministries = [o for o in found if o.named and o.type == "government" and not o.place]
    if not ministries:
        return
    central = not any(place.level in _TIERS for place in source.places)
    starts, ends = {o.start for o in ministries}, {o.end for o in ministries}
    bare = [
        Organisation(
            start,
            start + len(form),
            "government",
            form,
            known=source.names.bare[form],
            score=0.85,
            named=True,
        )
        for start, form in source.names.bare_index.longest(source.text).items()
        if start not in taken and source.opens(start) and source.closes(start + len(form))
    ]
    for org in (*bare, *reversed(bare)):  # forwards and backwards along the lists
        if central or _beside(source.text, org, starts, ends):
            starts.add(org.start)
            ends.add(org.end)
    for org in bare:
        if org.start in starts:
            yield from _with_unit(source, org)


def _beside(text: str, org: Organisation, starts: set[int], ends: set[int]) -> bool:
    before = any(text.endswith(joint, 0, org.start) and org.start - len(joint) in ends for joint in _JOINTS)
    return before or any(
        text.startswith(joint, org.end) and org.end + len(joint) in starts for joint in _JOINTS
    )
