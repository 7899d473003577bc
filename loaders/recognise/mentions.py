"""Every place where the article names an actor or a region that is already recognised."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.authorities import RegionAuthority
from kg.authorities.names import split_name
from kg.model import ActorFact, RegionFact
from loaders.alternatives import gated
from loaders.fold import fold_words
from loaders.lexicon import read_words
from loaders.reading import Reading

_LEAST = 2
_COUNT = {"双": 2, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STOP = re.compile("[。！？]")
_SEVERAL = re.compile(
    gated(
        r"([两三四五六七八九])(?:省区|省市|市县|区县|省|市|地|区|县)(?!级)|([双两三四])(?:方|校|院|行|家(?:企业|单位|公司))(?![面法式针便案])"
    )
)
_NEXT_TO = re.compile(r"(?:毗邻|邻近|紧邻|靠近|临近)\Z")
_LIST = re.compile(r"[、和与及同，]")
_WHOLE_GAP = 8
_PREAMBLE = re.compile(
    "为(?:了|进一步|深入|全面|认真|切实|更好|贯彻|落实|推进|推动|加快)|按照|根据|依据|依照|遵照|贯彻"
)
_PLACE = re.compile(r"(?:在|于|赴|抵|来到|到访|访问|莅)\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in folded coordinates, the end exclusive, with the actors or the regions that it names.

    A collective word names several (三省一市住建部门). Actors and regions are never mixed.
    """

    start: int
    end: int
    facts: tuple[ActorFact | RegionFact, ...]

    @property
    def is_region(self) -> bool:
        """Whether it names regions."""
        return isinstance(self.facts[0], RegionFact)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what it names."""
        return tuple(fact.name for fact in self.facts)


def find_mentions(reading: Reading) -> list[Mention]:
    """All places of actors and regions in order; the longest name wins, so a region in an actor's name is none."""
    return reading.once(("mentions", *reading.known("actors", "regions")), lambda: _find(reading))


def _find(reading: Reading) -> list[Mention]:
    forms: dict[str, list[ActorFact | RegionFact]] = defaultdict(list)
    for actor in reading.facts.actors:
        for form in {fold_words(actor.evidence), fold_words(actor.name), *map(fold_words, actor.aliases)}:
            forms[form].append(actor)
    for region in reading.facts.regions:
        for form in region_forms(reading, region):
            if not any(isinstance(fact, ActorFact) for fact in forms[form]):
                forms[form].append(region)
    for form, members in _collectives(reading).items():
        if all(isinstance(fact, RegionFact) and fact.level != "megaregion" for fact in forms[form]):
            forms[form].extend(member for member in members if member not in forms[form])
    _share_collectives(forms)
    text = reading.text
    known = [form for form, facts in forms.items() if len(form) >= _LEAST and facts and form in text]
    if not known:
        return []
    # the automaton that is quickest to build: it reads one text
    built = Implementation.NoncontiguousNFA
    matcher = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest, implementation=built)
    found = [
        Mention(start, end, tuple(forms[known[i]])) for i, start, end in matcher.find_matches_as_indexes(text)
    ]
    return sorted([*found, *_both_of_them(reading, found)], key=lambda m: m.start)


def _both_of_them(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """两市, 三省, 双方: as many as the nearest sentence before (or the same one) has named, no more and no fewer.

    两市 are regions; 双方 may be bodies, or a region and a body. Places (在杭州) and adjoining wholes do not count.
    """
    found = []
    for match in _SEVERAL.finditer(reading.text):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in mentions):
            continue
        sentence = reading.sentence_at(start)
        spans = [
            (sentence.start, start),
            *((s.start, s.end) for s in reversed(reading.sentences) if s.end <= start),
        ]
        for begin, finish in spans:
            named = [m for m in mentions_in(mentions, begin, finish) if not _in_preamble(reading, m)]
            groups = _counted(reading, named, mixed=match[1] is None)
            tried = [*groups, _homes(reading, named)]
            number = _COUNT[match[1] or match[2]]
            fitting = next((group for group in tried if len(group) == number), None)
            if fitting is not None:
                found.append(Mention(start, end, tuple(fitting)))
            if any(groups):
                break
    return found


def _homes(reading: Reading, named: list[Mention]) -> list[ActorFact | RegionFact]:
    """The recognised regions of the bodies that one mention names (甲、乙两地法院)."""
    codes = {f.region_code for m in named if len(m.facts) > 1 for f in m.facts if isinstance(f, ActorFact)}
    return [region for region in reading.facts.regions if region.code and region.code in codes]


def _in_preamble(reading: Reading, mention: Mention) -> bool:
    """按照国务院…: whom a clause names that only says why or by what something is done, is none of 双方."""
    clauses = reading.sentence_at(mention.start).clauses
    clause = next((c for c in clauses if mention.start < c.end), None)
    return clause is not None and _PREAMBLE.match(reading.text, clause.start) is not None


def _counted(reading: Reading, named: list[Mention], *, mixed: bool) -> list[list[ActorFact | RegionFact]]:
    """The groups that a count word may stand for: the regions, and where it is 双方, the bodies or both together."""
    borders = {m.start for m in named}
    kept = [
        m
        for m in named
        if not m.is_region
        or (m.end not in borders and not _PLACE.search(reading.text[max(0, m.start - 2) : m.start]))
    ]
    regions = {f.id: f for m in kept if m.is_region for f in m.facts}
    actors = {f.id: f for m in kept if not m.is_region for f in m.facts}
    groups: list[list[ActorFact | RegionFact]] = [list(regions.values()), list(_members(reading, kept))]
    return [list(actors.values()), *groups, list((actors | regions).values())] if mixed else groups


def _members(reading: Reading, mentions: list[Mention]) -> list[RegionFact]:
    """The recognised members of the megaregions that the mentions name."""
    facts = [fact for mention in mentions for fact in mention.facts]
    wholes = [fact for fact in facts if isinstance(fact, RegionFact) and fact.level == "megaregion"]
    keys = [key for fact in wholes if (key := region_key(reading, fact))]
    parts = {member.key for key in keys for member in reading.regions.members(key, reading.year)}
    return [r for r in reading.facts.regions if region_key(reading, r) in parts] if parts else []


def _share_collectives(forms: dict[str, list[ActorFact | RegionFact]]) -> None:
    """A form that lists bodies (香港、澳门特区政府) names also the body whose form ends it."""
    for form, facts in forms.items():
        if "、" in form and facts:
            last = form.rsplit("、", 1)[1]
            facts.extend(fact for fact in forms.get(last, []) if fact not in facts)


_start = attrgetter("start")


def mentions_in(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Those of a list in order that lie in the folded span [start, end)."""
    first = bisect_left(mentions, start, key=_start)
    last = bisect_left(mentions, end, first, key=_start)
    return [m for m in mentions[first:last] if m.end <= end]


def is_neighbour(reading: Reading, mention: Mention) -> bool:
    """毗邻江苏的: the region only says where another one lies."""
    before = reading.text[max(0, mention.start - 2) : mention.start]
    return mention.is_region and bool(_NEXT_TO.search(before)) and reading.text.startswith("的", mention.end)


def is_whole(reading: Reading, mention: Mention, part: Mention) -> bool:
    """浙江省台州市, 安徽省靠江的滁州: the first only says where the second lies."""
    outer, inner = mention.facts[0], part.facts[0]
    if not isinstance(outer, RegionFact) or {f.id for f in part.facts} <= {f.id for f in mention.facts}:
        return False
    gap = reading.text[mention.end : part.start]
    if not gap and isinstance(inner, RegionFact) and inner.level == "megaregion" != outer.level:
        return False  # 川渝滇黔西南四省市: the second says again what the first names
    if not gap or not isinstance(inner, RegionFact) or len(gap) > _WHOLE_GAP or _LIST.search(gap):
        return not gap
    whole, key = region_key(reading, outer), region_key(reading, inner)
    return bool(whole and key and whole != key and reading.regions.is_within(key, whole))


def within_sentence(reading: Reading, start: int, end: int, at: int) -> tuple[int, int]:
    """The part of a folded span around ``at`` that no 。！？ ends; brackets left open can hide one in a clause."""
    stops = [m.end() for m in _STOP.finditer(reading.text, start, end - 1)]
    first = max([start, *(stop for stop in stops if stop <= at)])
    last = min([end, *(stop for stop in stops if stop > at)])
    return first, last


def region_key(reading: Reading, region: RegionFact) -> str | None:
    """The authority's key of a recognised region, None where the authority does not know it."""
    name = region.code or region.name
    found = reading.once(("resolved", name), lambda: reading.regions.resolve(name, reading.year))
    return found.key if found else None


def region_label(region: RegionFact) -> str:
    """What stands for a region in ``region_codes``: its code, else its name."""
    return region.code or region.name


def subject_region(reading: Reading) -> RegionFact | None:
    """The recognised region that the article is about; None where there is none."""
    regions = reading.facts.regions
    if reading.subject_region is not None:
        for region in regions:
            if region_key(reading, region) == reading.subject_region:
                return region
    subjects = [r for r in regions if r.role == "subject"]
    administrative = [r for r in subjects if r.level in ("province", "prefecture", "county", "country")]
    return next(iter(administrative or subjects), None)


def region_forms(reading: Reading, region: RegionFact) -> set[str]:
    """The forms under which a recognised region may stand in the text."""
    forms = {fold_words(region.mention), fold_words(region.name)}
    stem = split_name(region.name)[0]
    if region.level in ("province", "prefecture") or (region.level == "county" and stem not in _words()):
        forms.add(stem)
    found = reading.regions.resolve(region.code or region.name, reading.year)
    return forms | set(found.aliases if found else ())


@cache
def _words() -> frozenset[str]:
    """Stems of counties that are words of the language (和平区, 新华区) and so do not stand for the county."""
    return frozenset(read_words("county_words"))


def _collectives(reading: Reading) -> dict[str, list[RegionFact]]:
    """Collective words and runs of abbreviations (京津, 沪苏浙皖) that stand in the text, all members recognised."""
    by_key = {region_key(reading, region): region for region in reading.facts.regions}
    found: dict[str, list[RegionFact]] = {}
    contexts: list[str | None] = [k for k in by_key if k and reading.regions.get(k).level == "megaregion"]
    forms, automaton = _collective_forms(reading.regions)
    present = {i for i, *_ in automaton.find_matches_as_indexes(reading.text, overlapping=True)}
    for form in (forms[i] for i in sorted(present)):
        for context in contexts or [None]:
            members = [region.key for region in reading.regions.expand(form, context)]
            if members and all(key in by_key for key in members):
                found.setdefault(form, [by_key[key] for key in members])
    abbreviations = reading.regions.abbreviations()
    for run in _runs(reading.regions).findall(reading.text):
        members = [abbreviations[c] for c in run]
        if run not in found and all(key in by_key for key in members):
            found[run] = [by_key[key] for key in members]
    return found


@cache
def _runs(authority: RegionAuthority) -> re.Pattern[str]:
    return re.compile(f"[{''.join(authority.abbreviations())}]{{2,}}")


@cache
def _collective_forms(authority: RegionAuthority) -> tuple[tuple[str, ...], AhoCorasick]:
    forms = tuple(authority.collectives())
    return forms, AhoCorasick(forms)
