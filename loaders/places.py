"""Places in a folded text: which stretches name a region, and which region each one is.

The gazetteer proposes; token borders, parents before it and other places of the article dispose. What stands only
as a name of an organisation is found here all the same: ``loaders.recognise.regions`` decides what counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from kg.authorities import Region, RegionAuthority
from kg.authorities.names import split_name
from kg.model import Level
from loaders.gazetteer import Hit, gazetteer, tokens_of
from loaders.lexicon import read_words

Kind = Literal["region", "group", "ambiguous", "other"]

_SAFE_LENGTH = 3
_PLACE_TAGS = frozenset({"ns", "nt", "nz", "nrt", "nrfg"})
_MARKS = frozenset("，。；：、！？“”《》（）()\n")
_GROUP_TAIL = re.compile(r"[两二三四五六七八九]?(?:省市|省区市|省区|地|省|市|区)(?:[一两二]市)?")
_GOES_ON = {"区": "域块间位", "市": "场", "县": "域", "省": "级", "州": "际"}
# Characters that make another word of a name's last one (中原|区域, 县域).
_COUNTRY = "cn"
_COUNTED = re.compile(r"(?P<n>[二三四五六七八九十]|\d{1,2})省(?:区市|区|市|（区）|（市）)?")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_DIRECTION_LIST = re.compile(r"(?:、[东西南北华中]{2})*(?:、|和)[东西南北华中]{2}地区")
_LISTED = re.compile(r"(?:、[\u4e00-\u9fa5]{2,4}){0,8}等[一二三四五六七八九十\d]{1,2}个?(?:地|市|县|区)")
_TOWN = re.compile(r"(?:镇|乡|街道)(?=[、，。；：和与及等（）“”\n])")
_NEAR = 20
_MEMORY = 15
"""Years for which a name that is no longer official is still understood."""


def in_memory(region: Region, year: int | None) -> bool:
    """Whether an article of that year may mean a region: it stands, or ended not long before."""
    if region.is_current:
        return True
    return year is not None and region.to_year is not None and year - region.to_year < _MEMORY


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at [start, end) of the folded text.

    ``keys``: one key of the authority for a region, all members for a group (三省一市), all candidates for an
    ambiguous name, none for a place that the authority does not know. ``head`` is where the last name of a chain
    (苏州市吴江区) begins.
    """

    start: int
    end: int
    head: int
    kind: Kind
    keys: tuple[str, ...]
    name: str
    level: Level

    @property
    def key(self) -> str | None:
        """The one region meant, or None."""
        return self.keys[0] if self.kind == "region" else None


@cache
def _not_before() -> tuple[str, ...]:
    return read_words("region_not_before")


@cache
def _not_after() -> tuple[str, ...]:
    return read_words("region_not_after")


@cache
def _zone_heads() -> tuple[str, ...]:
    return tuple(head for head in read_words("region_zone") if len(head) >= _SAFE_LENGTH)


@cache
def _contexts(authority: RegionAuthority) -> Mapping[str, tuple[str, ...]]:
    """Collective words → the megaregions whose members they may mean."""
    return authority.collectives()


class PlaceFinder:
    """One pass over one text. Forms of the authority only; ``loaders.areas`` adds what no authority lists."""

    def __init__(self, authority: RegionAuthority, text: str, year: int | None) -> None:
        self.authority = authority
        self.text = text
        self.year = year
        self.tokens = tokens_of(text)
        self.found: list[Place] = []
        self.full: set[str] = set()

    def run(self) -> list[Place]:
        """Places by start; none overlaps another."""
        position = 0
        for hits in gazetteer(self.authority).hits(self.text):
            if hits[0].start < position:
                continue
            place = next((p for hit in hits if (p := self.accept(hit))), None)
            if place:
                self.found.append(place)
                position = place.end
        return [self._settled(place) for place in self.found]

    def _settled(self, place: Place) -> Place:
        """An ambiguous place settled by the places named after it, where they leave one candidate."""
        if place.kind != "ambiguous":
            return place
        near = sorted((p for p in self.found if p.key), key=lambda p: abs(p.start - place.start))[:_NEAR]
        form = self.text[place.head : place.end]
        found = self.authority.find_name(form, self.year, [p.keys[0] for p in near])
        return replace(place, kind="region", keys=(found[0].key,)) if len(found) == 1 else place

    def accept(self, hit: Hit) -> Place | None:
        """The place that a hit names, or None where it names none."""
        parent = self.found[-1] if self.found and self.found[-1].end == hit.start else None
        if not self._bordered(hit, parent) or self.text.startswith(_not_before(), hit.end):
            return None
        if hit.group:
            return self._group(hit)
        keys = self._candidates(hit)
        if not keys:
            return None
        if hit.proof and not self._proven(hit, keys, parent):
            return None
        return self._place(hit, keys, parent)

    def _bordered(self, hit: Hit, parent: Place | None) -> bool:
        if self.text[hit.end : hit.end + 1] in _GOES_ON.get(hit.form[-1], ()) or _TOWN.match(
            self.text, hit.end
        ):
            return False
        if self.text.endswith(_not_after(), 0, hit.start):
            return False
        begins = (
            hit.start in self.tokens.by_start
            or parent is not None
            or self.text.endswith("中共", 0, hit.start)
        )
        if not begins and hit.start and self.text[hit.start - 1] not in _MARKS:
            begins = len(hit.form) > _SAFE_LENGTH
        if len(hit.form) >= _SAFE_LENGTH and not hit.proof:
            return begins
        if hit.end in self.tokens.by_end or self._before_zone(hit):
            return begins
        token = self.tokens.starting(hit.start)
        return begins and token is not None and token.tag in _PLACE_TAGS and not hit.proof

    def _before_zone(self, hit: Hit) -> bool:
        """张家港|保税区: a zone's name behind a place's short one."""
        return self.text.startswith(_zone_heads(), hit.end)

    def _context(self) -> list[str]:
        """Keys of the regions named before, nearest first."""
        return list(dict.fromkeys(p.keys[0] for p in reversed(self.found) if p.kind == "region"))[:_NEAR]

    def _candidates(self, hit: Hit) -> tuple[str, ...]:
        found = self.authority.find_name(hit.form, self.year)
        if len(found) > 1:
            context = self._context()
            found = self.authority.find_name(hit.form, self.year, context)
        return tuple(region.key for region in found if in_memory(region, self.year))

    def _proven(self, hit: Hit, keys: Sequence[str], parent: Place | None) -> bool:
        """A county's stem or a name that is also a word: after its parent, or a place to jieba and in the context."""
        if parent and parent.key and any(self.authority.is_within(key, parent.key) for key in keys):
            return True
        if hit.form in self.full or any(place.key in keys for place in self.found):
            return True
        if _DIRECTION_LIST.match(self.text, hit.end) or self._before_zone(hit):
            return True
        if len(keys) == 1 and _LISTED.match(self.text, hit.end):
            return True
        if self._beside_kin(hit, keys):
            return True
        token = self.tokens.starting(hit.start)
        if token is None or token.end != hit.end or token.tag not in _PLACE_TAGS:
            return False
        if any(self.authority.get(key).level == "province" for key in keys):
            return True
        return len(keys) == 1 and any(
            place.key and self.authority.is_within(keys[0], place.key) and place.key != _COUNTRY
            for place in self.found
        )

    def _beside_kin(self, hit: Hit, keys: Sequence[str]) -> bool:
        """Whether a name stands in a list behind a place of the same prefecture (青县、|南皮), or as one more
        prefecture behind another of the same province."""
        before = self.found[-1] if self.found else None
        if before is None or not before.key or len(keys) != 1 or self.text[before.end : hit.start] != "、":
            return False
        one, other = self.authority.get(before.key), self.authority.get(keys[0])
        if one.level == other.level == "prefecture" and one.key != other.key:
            return self.authority.province_of(one.key) == self.authority.province_of(other.key)
        whole = self.authority.prefecture_of(before.key)
        return whole is not None and whole == self.authority.prefecture_of(keys[0])

    def _group(self, hit: Hit) -> Place | None:
        whole = self._whole(hit)
        members = self.authority.expand(hit.form, whole)
        if not members:
            return None
        keys = tuple(member.key for member in members)
        named = self._named_megaregion(hit)
        if named:
            return named
        tail = _GROUP_TAIL.match(self.text, hit.end)
        end = tail.end() if tail and tail.end() in self.tokens.by_end else hit.end
        return Place(hit.start, end, hit.start, "group", keys, hit.form, "province")

    def _whole(self, hit: Hit) -> str | None:
        """The megaregion that a collective word takes from before: one that is named, or the one of a zone."""
        contexts = _contexts(self.authority)[hit.form]
        for place in reversed(self.found):
            if place.key and place.level == "megaregion":
                return place.key
            if place.key and self.authority.get(place.key).spans:
                within = [c for c in contexts if c and self.authority.is_within(place.key, c)]
                if within:
                    return within[0]
        return None

    def _named_megaregion(self, hit: Hit) -> Place | None:
        """长三角、粤港澳: in a list of megaregions, a group's word is short for the megaregion that begins with it."""
        before = self.found[-1] if self.found else None
        if (
            before is None
            or before.level != "megaregion"
            or self.text[before.end : hit.start] not in ("、", "和", "与")
        ):
            return None
        for region in self.authority:
            if region.level == "megaregion" and region.name.startswith(hit.form):
                return Place(
                    hit.start, hit.end, hit.start, "region", (region.key,), region.name, "megaregion"
                )
        return None

    def _counted(self, hit: Hit, keys: tuple[str, ...]) -> Place | None:
        """东北四省区: a megaregion with the number of its members behind it is its members."""
        match = _COUNTED.match(self.text, hit.end)
        if not match or len(keys) != 1 or self.authority.get(keys[0]).level != "megaregion":
            return None
        members = tuple(region.key for region in self.authority.members(keys[0], self.year))
        if len(members) != (_NUMERALS.get(match.group("n")) or int(match.group("n"))):
            return None
        return Place(hit.start, match.end(), hit.start, "group", members, hit.form, "province")

    def _place(self, hit: Hit, keys: tuple[str, ...], parent: Place | None) -> Place:
        region = self.authority.get(keys[0])
        kind: Kind = "region" if len(keys) == 1 else "ambiguous"
        counted = self._counted(hit, keys)
        if counted:
            return counted
        start = hit.start
        if parent and parent.key and any(self.authority.is_within(key, parent.key) for key in keys):
            start = parent.start
            self.found.pop()
        if kind == "region":
            self.full.add(split_name(region.name)[0])
        return Place(start, hit.end, hit.start, kind, keys, region.name, cast(Level, region.level))
