"""Organisations in a folded text: which stretches name one, of what type, of which place.

An organisation is known by name (国务院), or is a region with an agency behind it (江苏省|科技厅), or a region with a
body and a head (重庆市|新型智慧城市运行|管理中心), or a word for a region with either (省|财政厅), or an item of such
a list (省科技厅、财政厅), or a proper name with a head (宝业|集团). Heads, names and exceptions are tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from kg.authorities import AgencyAuthority, RegionAuthority
from loaders import organisation_patterns as patterns
from loaders.areas import find_places
from loaders.organisation_lists import examples, items, numbered_units, unknown_items
from loaders.organisation_names import ETC, Organisation, names_of
from loaders.organisation_national import bare_bodies, branches, central_bodies, named_bodies
from loaders.organisation_proper import foreign_bodies, proper_names, titled_names
from loaders.organisation_text import SHORT_HEAD, OrganisationText
from loaders.places import Place

__all__ = ["Organisation", "OrganisationFinder", "find_organisations"]

_FAR = frozenset({"alliance", "school"})
_BROAD = frozenset({"megaregion", "other"})
_WITH_BRANCHES = frozenset({"province", "prefecture", "county", "zone"})
_BRANCHES = ("分行", "支行")
_SUFFIXES = ("特区", "特别行政区", "自治区", "省", "市", "区", "县")
_PUBLIC = ("government", "party_body", "public_institution")


class OrganisationFinder(OrganisationText):
    """One pass over one text; ``find_organisations`` is its only user."""

    def run(self) -> list[Organisation]:
        """Organisations by start; of two that overlap the longer one, unless several share a place in the text."""
        found = [
            *central_bodies(self),
            *named_bodies(self),
            *self._behind_places(),
            *self._behind_words(),
            *self._behind_counts(),
            *proper_names(self),
            *foreign_bodies(self),
        ]
        found = self._longest(self._outside_titles(found))
        found = self._longest([*found, *self._outside_titles(bare_bodies(self, found))])
        found = self._longest([*found, *items(self, found), *branches(found), *numbered_units(self, found)])
        found = self._longest([*found, *self._outside_titles(titled_names(self, found))])
        found += self._outside_titles(examples(self, found))
        return sorted([*found, *unknown_items(self, found)], key=lambda org: (org.start, org.end))

    def _outside_titles(self, found: Iterable[Organisation]) -> list[Organisation]:
        found = list(found)
        heads = self._title_heads(found)
        return [
            org for org in found if org.start in heads or not any(s <= org.start < e for s, e in self.titles)
        ]

    def _title_heads(self, found: list[Organisation]) -> set[int]:
        """Where the issuers stand that a title begins with: 《某省人民政府关于…》, 《甲厅 乙厅合作协议》."""
        ends: dict[int, int] = {}
        for org in found:
            ends[org.start] = max(org.end, ends.get(org.start, 0))
        heads: set[int] = set()
        for start, _ in self.titles:
            at, row = start + 1, []
            while at in ends:
                row.append(at)
                at = ends[at]
                at += self.text.startswith(patterns.TITLE_JOINTS, at)
            issued = bool(row) and patterns.ISSUED.match(self.text, ends[row[-1]])
            heads.update(row if issued or len(row) > 1 else ())
        return heads

    @staticmethod
    def _longest(found: list[Organisation]) -> list[Organisation]:
        kept: list[Organisation] = []
        for org in sorted(found, key=lambda org: (-(org.end - org.start), org.start, org.listed)):
            if not any(
                org.start < other.end and other.start < org.end and not (org.listed and other.listed)
                for other in kept
            ):
                kept.append(org)
        return sorted(kept, key=lambda org: org.start)

    def _behind_places(self) -> Iterator[Organisation]:
        for place in self.places:
            several = [*self._departments(place.start, place.end, place, None), *self._numbered(place)]
            if several:
                yield from several
                continue
            if patterns.AIDED.search(self.text, max(0, place.start - 2), place.start):
                continue
            count = patterns.COUNT.match(self.text, place.end)
            term = patterns.TERM.match(self.text, place.end)
            at = count.end() if count else term.end() if term else place.end
            found = self.walk(at)
            if found is None:
                continue
            end, kind, sure = found
            if place.level not in _WITH_BRANCHES and self.text[at:end] in _BRANCHES:
                continue  # 内地|分行
            if patterns.OF_COMMITTEE.match(self.text, at):
                kind = "party_body"
            broad = place.kind == "group" or place.level in _BROAD or self.text[place.start : at] == "全国"
            if not sure and broad and kind not in _FAR:
                continue
            start = place.start - 2 * (kind == "party_body" and self.text.endswith("中共", 0, place.start))
            rest, score = self.text[at:end], 0.95 if sure else 0.8
            org = Organisation(start, end, kind, rest, place, score=score, listed=term is not None)
            more = count is not None and count[0].startswith("等")
            full = count is not None and "地" not in count[0]
            yield from self._distributed(org, more=more, full=full) if sure or count else (org,)

    def _behind_words(self) -> Iterator[Organisation]:
        """省财政厅, 该市大数据发展局: a word that stands for a region, at the start of a phrase."""
        for match in patterns.SCOPE.finditer(self.text):
            start, at, word = match.start(), match.end(), match.group("word")
            if start and not self.opens(start):
                continue
            term = patterns.TERM.match(self.text, at)
            at = term.end() if term else at
            departments = list(self._departments(start, at, None, word))
            if departments:
                yield from departments
                continue
            found = self.walk(at)
            if found and (found[2] or found[1] in _PUBLIC):
                end, kind, sure = found
                yield Organisation(
                    start, end, kind, self.text[at:end], scope=word, score=0.9 if sure else 0.75
                )

    def _behind_counts(self) -> Iterator[Organisation]:
        """两省教育厅: the body of each of the regions that a number stands for."""
        for match in patterns.SEVERAL.finditer(self.text):
            found = self.walk(match.end()) if not match.start() or self.opens(match.start()) else None
            if found and found[2]:
                rest = self.text[match.end() : found[0]]
                yield Organisation(match.start(), found[0], found[1], rest, scope=match[0], score=0.8)

    def _departments(
        self, start: int, at: int, place: Place | None, scope: str | None
    ) -> Iterator[Organisation]:
        """福建省教育、人社等多个部门: one organisation for each body, all of one stretch."""
        match = patterns.DEPARTMENTS.match(self.text, at)
        if not match or not re.search("[、和与及]", match.group("bodies")):
            return
        bodies = re.split("[、和与及]", match.group("bodies"))
        if all(body + "部门" in self.names.agencies for body in bodies):
            for body in bodies:
                rest = body + "部门"
                kind = self.names.agencies[rest]
                yield Organisation(start, match.end(), kind, rest, place, scope, score=0.85, listed=True)

    def _numbered(self, place: Place) -> Iterator[Organisation]:
        """南昌市第一、第二医院: the bodies of one kind that their numbers tell apart."""
        match = patterns.ORDINALS.match(self.text, place.end)
        head = self.names.heads.get(match["head"]) if match else None
        if match and head:
            for number in (match["first"], match["second"]):
                rest = f"第{number}{match['head']}"
                yield Organisation(place.start, match.end(), head.type, rest, place, score=0.8, listed=True)

    def _distributed(self, org: Organisation, *, more: bool, full: bool) -> Iterator[Organisation]:
        """香港、澳门特区政府: the agency of each region of a list; ``more``: of one that ends in 等, of any level;
        ``full``: of one whose count says what they are (甲、乙两省), so that they go by their full names."""
        places = [org.place] if org.place else []
        for place in reversed([p for p in self.places if p.end < org.start]):
            joints = "、和与及" if len(places) == 1 else "、"
            gap = self.text[place.end : places[-1].start]
            if (
                len(gap) != 1
                or gap not in joints
                or (place.level != places[-1].level and not more)
                or place.keys == places[-1].keys
            ):
                break
            places.append(place)
        if len(places) == 1:
            yield org
            return
        tail = ETC if more or full else self._tail(places[0])
        named = _SUFFIXES if tail == ETC else tail
        for place in places:
            own = "" if self.text[place.start : place.end].endswith(named) else tail
            yield replace(org, start=places[-1].start, place=place, listed=True, tail=own)

    def _tail(self, place: Place) -> str:
        """What a place's form has behind its short name: 特区, 省, or nothing."""
        form = self.text[place.head : place.end]
        name = next((n for n in _SUFFIXES if form.endswith(n)), "")
        return name if len(form) - len(name) >= SHORT_HEAD else ""


@lru_cache(maxsize=2)
def find_organisations(
    regions: RegionAuthority, agencies: AgencyAuthority, text: str, year: int | None = None
) -> tuple[Organisation, ...]:
    """Every organisation named in a folded text outside 《》, by start.

    None overlaps another, but for those that one list names together (教育、人社等部门), which share a stretch.
    """
    return tuple(OrganisationFinder(names_of(agencies), text, find_places(regions, text, year)).run())
