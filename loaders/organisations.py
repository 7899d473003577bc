"""Organisations in a folded text: which stretches name one, of what type, of which place.

An organisation is known by name (国务院), or is a region with an agency behind it (江苏省|科技厅), or a region with a
body and a head (重庆市|新型智慧城市运行|管理中心), or a word for a region with either (省|财政厅), or an item of such
a list (省科技厅、财政厅), or a proper name with a head (宝业|集团). Heads, names and exceptions are tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import rjieba

from kg.authorities import AgencyAuthority, RegionAuthority
from kg.model import ActorType
from loaders import organisation_patterns as patterns
from loaders.areas import find_places
from loaders.gazetteer import Token, tokens_of, tokens_within
from loaders.organisation_names import Head, Names, Organisation, joined, names_of, words
from loaders.places import Place

__all__ = ["Organisation", "OrganisationFinder", "find_organisations"]

_STOP_TAGS = frozenset(
    {"p", "c", "u", "uj", "ul", "ud", "uv", "ug", "uz", "d", "r", "t", "x", "y", "m", "f", "ad"}
)
_PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "nz", "ns", "nt", "eng"})
_FAR = frozenset({"alliance", "school"})
_WITH_UNITS = frozenset({"school", "public_institution", "government"})
_UNITS = frozenset({"school", "public_institution"})
_BROAD = frozenset({"megaregion", "other"})
_OPENERS = ("联合", "会同", "由", "与", "、")
_MARKS = "，。；：、！？\n"
_LEGAL = ("有限公司", "有限责任公司")
_MAX_BODY, _MAX_FREE_TOKENS = 24, 7
_SHORT_HEAD = 2
_BARE = ("政府", "海关", "法院", "大学", "中院", "高院", "党委", "分署")


class OrganisationFinder:
    """One pass over one text; ``find_organisations`` is its only user."""

    def __init__(self, names: Names, text: str, places: tuple[Place, ...]) -> None:
        self.text = text
        self.places = places
        self.names = names
        self.tokens = tokens_of(text)
        self.index = {token.start: i for i, token in enumerate(self.tokens)}
        self.ending = {token.end: i for i, token in enumerate(self.tokens)}
        self.joined = [m.span() for m in joined().finditer(text)]
        self.titles = [m.span() for m in re.finditer(r"《[^《》\n]*》", text)]
        self.quoted = {o for m in re.finditer(r"“[^“”，。；\n]*”", text) for o in range(m.start(), m.end())}
        self.agencies = names.agency_index.longest(text)
        self.ends = {
            end: names.heads[form]
            for end, form in names.head_index.ending(text).items()
            if self._ends_word(end)
        }

    def _ends_word(self, end: int) -> bool:
        """A head ends with a word of the text, and that word is not one of those that only look like heads."""
        at = self.ending.get(end)
        return at is not None and self.tokens[at].word not in words("actor_not")

    def run(self) -> list[Organisation]:
        """Organisations by start; of two that overlap the longer one, unless several share a place in the text."""
        found = [
            *self._central(),
            *self._by_name(),
            *self._behind_places(),
            *self._behindwords(),
            *self._free(),
        ]
        found = [org for org in found if not any(s <= org.start < e for s, e in self.titles)]
        found = self._longest(found)
        found = self._longest([*found, *self._items(found), *self._branches(found)])
        return sorted([*found, *self._unknown_items(found)], key=lambda org: (org.start, org.end))

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

    # -- known by name ------------------------------------------------------------------------------------

    def _central(self) -> Iterator[Organisation]:
        """全国…领导小组办公室, 国务院…指挥部: bodies of the centre that no table lists."""
        for match in patterns.CENTRAL.finditer(self.text):
            start, end = match.span()
            inside = tokens_within(self.tokens, start, end)[1:]
            if start in self.index and end in self.ending and not any(self._breaks(t) for t in inside):
                kind: ActorType = "party_body" if match[0].startswith("中央") else "government"
                yield Organisation(start, end, kind, match[0], score=0.8)

    def _by_name(self) -> Iterator[Organisation]:
        for start, name in self.names.known_index.longest(self.text).items():
            kind, official = self.names.known[name]
            end = start + len(name)
            if start not in self.index and self.text[start - 1] not in _MARKS:
                continue
            if name[0] == "国" and self.text[start - 1] in "二三四五六七八九十两各":
                continue  # 五国|开行
            branch = self._branch(end) if kind in ("bank", "government") else None
            if branch:
                yield Organisation(
                    start, branch.end, kind, self.text[start : branch.end], branch.place, score=0.9
                )
            elif end in self.ending or self.text[end] in "，。、；：》”）和与及等将在\n":
                unit = self._walk(end) if kind in _WITH_UNITS else None
                if unit and not unit[2] and unit[1] in _UNITS:
                    yield Organisation(start, unit[0], unit[1], self.text[start : unit[0]], score=0.8)
                else:
                    yield Organisation(start, end, kind, name, known=official, score=0.97)

    def _branch(self, at: int) -> Organisation | None:
        """上海分行 at an offset: a bank's branch, as an organisation without its bank."""
        place = next((p for p in self.places if p.start == at), None)
        match = patterns.BRANCH.match(self.text, place.end) if place else None
        return Organisation(at, match.end(), "bank", "", place) if match and place else None

    @staticmethod
    def _branches(found: list[Organisation]) -> Iterator[Organisation]:
        """国家税务总局|江苏省税务局: a body known by name with its office of a region behind it is that office."""
        for head, office in pairwise(found):
            if office.start == head.end and office.place and not head.place:
                yield replace(office, start=head.start, rest=head.rest + office.rest)

    # -- behind a region or a word for one ----------------------------------------------------------------

    def _behind_places(self) -> Iterator[Organisation]:
        for place in self.places:
            departments = list(self._departments(place.start, place.end, place, None))
            if departments:
                yield from departments
                continue
            count = patterns.COUNT.match(self.text, place.end)
            at = count.end() if count else place.end
            found = self._walk(at)
            if found is None:
                continue
            end, kind, sure = found
            if not sure and (place.kind == "group" or place.level in _BROAD) and kind not in _FAR:
                continue
            start = place.start - 2 * (kind == "party_body" and self.text.endswith("中共", 0, place.start))
            org = Organisation(start, end, kind, self.text[at:end], place, score=0.95 if sure else 0.8)
            yield from self._distributed(org) if sure or count else (org,)

    def _behindwords(self) -> Iterator[Organisation]:
        """省财政厅, 该市大数据发展局: a word that stands for a region, at the start of a phrase."""
        for match in patterns.SCOPE.finditer(self.text):
            start, at, word = match.start(), match.end(), match.group("word")
            if start and not self._opens(start):
                continue
            departments = list(self._departments(start, at, None, word))
            if departments:
                yield from departments
                continue
            found = self._walk(at)
            if found and (found[2] or found[1] in ("government", "party_body", "public_institution")):
                end, kind, sure = found
                yield Organisation(
                    start, end, kind, self.text[at:end], scope=word, score=0.9 if sure else 0.75
                )

    def _opens(self, start: int) -> bool:
        """Whether a phrase begins at an offset."""
        if self.text[start - 1] in _MARKS + "“（由和与及从向经据同以委":
            return True
        at = self.ending.get(start)
        return at is not None and self.tokens[at].tag in ("p", "c", "v", "vn", "a", "d", "t", "i", "l")

    def _walk(self, at: int) -> tuple[int, ActorType, bool] | None:
        """The end of the longest name of a body behind an offset, its type, and whether the authority knows it."""
        form = self.agencies.get(at)
        sure = at + len(form) if form and self._closes(at + len(form)) else None
        committee = patterns.COMMITTEE.match(self.text, at) and self.text[at - 1] in "省市区县州盟旗"
        best: tuple[int, ActorType, bool] | None = (at + 1, "party_body", True) if committee else None
        for end in range(at + 1, min(at + _MAX_BODY, len(self.text)) + 1):
            if self._stops(end - 1) or (end - 1 > at and patterns.NEXT_BODY.match(self.text, end - 1)):
                break
            head = self.ends.get(end)
            if head and self._bodied(at, end, head):
                best = (end, head.type, False)
        if form and sure and (best is None or sure >= best[0]):
            return sure, self.names.agencies[form], True
        return best

    def _closes(self, end: int) -> bool:
        """Whether a name of an agency may end at an offset: not inside a word that goes on (科技厅|长)."""
        if end in self.ending or end in self.index or self.text[end] in _MARKS:
            return True
        return self.text.startswith(_OPENERS[:3], end)

    def _stops(self, offset: int) -> bool:
        """Whether the word that begins at an offset ends every name before it."""
        at = self.index.get(offset)
        if at is None or patterns.ORDINAL.match(self.text, offset):
            return False
        token = self.tokens[at]
        if offset in self.quoted or any(s <= token.start and token.end <= e for s, e in self.joined):
            return False
        return self._breaks(token)

    def _breaks(self, token: Token) -> bool:
        if token.word in words("actor_stop"):
            return True
        if token.tag == "v":
            return token.word not in words("actor_verb")
        return token.tag in _STOP_TAGS

    def _bodied(self, at: int, end: int, head: Head) -> bool:
        """Whether a head can stand behind a region: short and broad ones need a body of their own."""
        body = self.text[at : end - len(head.form)]
        if (head.type == "enterprise" and head.free) or head.form == "部门":
            return False
        if head.type in ("school", "alliance", "association") and body:
            return not self._generic(at, end - len(head.form))
        return bool(body) or len(head.form) > _SHORT_HEAD or head.form in _BARE

    def _generic(self, start: int, end: int) -> bool:
        inside = [token.word for token in tokens_within(self.tokens, start, end)]
        return bool(inside) and all(word in words("actor_generic") for word in inside)

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

    def _distributed(self, org: Organisation) -> Iterator[Organisation]:
        """香港、澳门特区政府: the agency of each region of a list."""
        places = [org.place] if org.place else []
        for place in reversed([p for p in self.places if p.end < org.start]):
            joints = "、和与及" if len(places) == 1 else "、"
            gap = self.text[place.end : places[-1].start]
            if (
                len(gap) != 1
                or gap not in joints
                or place.level != places[-1].level
                or place.keys == places[-1].keys
            ):
                break
            places.append(place)
        if len(places) == 1:
            yield org
            return
        tail = self._tail(places[0])
        for place in places:
            own = "" if self.text[place.start : place.end].endswith(tail) else tail
            yield replace(org, start=places[-1].start, place=place, listed=True, tail=own)

    def _tail(self, place: Place) -> str:
        """What a place's form has behind its short name: 特区, 省, or nothing."""
        form = self.text[place.head : place.end]
        name = next(
            (n for n in ("特区", "特别行政区", "自治区", "省", "市", "区", "县") if form.endswith(n)), ""
        )
        return name if len(form) - len(name) >= _SHORT_HEAD else ""

    # -- items of a list ----------------------------------------------------------------------------------

    def _items(self, found: list[Organisation]) -> Iterator[Organisation]:
        """江苏省科技厅、财政厅: the items behind an organisation that share its region."""
        for org in found:
            if not (org.place or org.scope) or org.type in ("enterprise", "bank", "alliance"):
                continue
            at = org.end
            while self.text[at : at + 1] in ("、", "和"):
                item = self._item(at + 1)
                if item is None:
                    break
                end, kind = item
                rest = self.text[at + 1 : end]
                yield Organisation(at + 1, end, kind, rest, org.place, org.scope, score=0.75, listed=True)
                at = end

    def _item(self, at: int) -> tuple[int, ActorType] | None:
        found = self._walk(at)
        head = self.ends.get(found[0]) if found else None
        if found is None or not (found[2] or (head and len(head.form) > _SHORT_HEAD)):
            return None
        return (found[0], found[1]) if self.text[found[0]] in _MARKS + "等和" or found[2] else None

    def _unknown_items(self, found: list[Organisation]) -> Iterator[Organisation]:
        """联合东方惠金、滨江小贷: names without a head, before an enterprise in a list of those that act together."""
        taken = {o for org in found for o in range(org.start, org.end)}
        for org in found:
            if org.type not in ("bank", "enterprise") or org.place:
                continue
            at = org.start
            line = self.text.rfind("\n", 0, at) + 1
            if not patterns.TOGETHER.search(self.text, line, at):
                continue
            while (start := self._unknown_item(at, line)) is not None and start not in taken:
                yield Organisation(start, at - 1, org.type, self.text[start : at - 1], score=0.6)
                at = start

    def _unknown_item(self, at: int, line: int) -> int | None:
        """Where the item before a 、 at ``at - 1`` begins, if it is one of those that act together."""
        if self.text[at - 1] != "、":
            return None
        for start in range(at - 3, max(line, at - 10), -1):
            name = self.text[start : at - 1]
            if not patterns.ITEM.fullmatch(name):
                return None
            if self.text.endswith(_OPENERS, line, start):
                parts = tokens_within(self.tokens, start, at - 1)
                return None if any(self._breaks(token) for token in parts) else start
        return None

    # -- proper names -------------------------------------------------------------------------------------

    def _free(self) -> Iterator[Organisation]:
        """宝业集团股份有限公司: a proper name and a head, with or without a region in it."""
        for end, head in self.ends.items():
            if not head.free:
                continue
            tail = end - len(head.form)
            legal = head.form.endswith(_LEGAL)
            bracket = patterns.BRACKET.search(self.text, max(0, tail - 10), tail) if legal else None
            start = self._left(bracket.start() if bracket else tail, loose=legal)
            if tail - start < _SHORT_HEAD or not self._proper(start, tail, head):
                continue
            place = next((p for p in self.places if start <= p.start and p.end <= end), None)
            yield Organisation(start, end, head.type, self.text[start:end], place, score=0.8)

    def _left(self, at: int, *, loose: bool = False) -> int:
        """Where a proper name before an offset begins; ``loose``: a legal name, in which verbs and adverbs may stand."""
        start = at
        i = self.ending.get(at)
        if i is None:
            i = bisect_right(self.tokens, at, key=lambda token: token.start) - 1
        for _ in range(_MAX_FREE_TOKENS):
            if i < 0 or (
                self._breaks(self.tokens[i]) and not (loose and self._in_legal_name(self.tokens[i]))
            ):
                break
            start = min(self.tokens[i].start, at)
            i -= 1
        return start

    @staticmethod
    def _in_legal_name(token: Token) -> bool:
        return token.tag in ("v", "d", "ad") and token.word not in words("actor_stop")

    def _proper(self, start: int, end: int, head: Head) -> bool:
        """Whether a body names someone: a proper or unknown word in it; for a legal name any word will do."""
        if head.form.endswith(_LEGAL):
            return not self._generic(start, end)
        if any(start <= place.start < end for place in self.places):
            return True
        return any(
            (token.tag in _PROPER_TAGS or not rjieba.has_word(token.word))
            and token.word not in words("actor_generic")
            for token in tokens_within(self.tokens, start, end + _MAX_BODY)
            if token.start < end
        )


@lru_cache(maxsize=8)
def find_organisations(
    regions: RegionAuthority, agencies: AgencyAuthority, text: str, year: int | None = None
) -> tuple[Organisation, ...]:
    """Every organisation named in a folded text outside 《》, by start.

    None overlaps another, but for those that one list names together (教育、人社等部门), which share a stretch.
    """
    return tuple(OrganisationFinder(names_of(agencies), text, find_places(regions, text, year)).run())
