"""The region authority: which place a code or a name means, and what lies within what.

Source: the tables in `ontology/regions/` (see its README). Keys are the last part of a region's IRI:
`310000`, `422401-1981` (an earlier, different holder of the code), `yrd-demo-zone`, `yangtze-delta`, `cn`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations

from kg.authorities.names import read_table, split_list, split_name
from kg.authorities.records import Membership, Region, load_regions
from kg.errors import NotFoundError

_RANK_OFFICIAL, _RANK_ALIAS = 0, 1
_STEM_RANK = {"province": 2, "prefecture": 3, "county": 4}
_LEAST_STEM = 2


class RegionAuthority:
    """All regions and the questions about them. Immutable; safe to share between threads."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self._regions = dict(regions)
        self._within: dict[tuple[str, int | None], frozenset[str]] = {}
        self._named: dict[tuple[str, int | None], tuple[Region, ...]] = {}
        self._by_code: dict[str, list[Region]] = defaultdict(list)
        self._members: dict[str, list[Membership]] = defaultdict(list)
        for region in self._regions.values():
            if region.code:
                self._by_code[region.code].append(region)
            for membership in region.member_of:
                self._members[membership.whole].append(membership)

    # -- one region ---------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def find(self, key: str) -> Region | None:
        """The region of a key, or None."""
        return self._regions.get(key)

    def get(self, key: str) -> Region:
        """The region of a key; raises NotFoundError when there is none."""
        try:
            return self._regions[key]
        except KeyError:
            raise NotFoundError(f"no region has the key {key!r}") from None

    def find_code(self, code: str, year: int | None = None) -> Region | None:
        """The holder of a GB/T 2260 code in that year; without a year (or none then) its last holder."""
        holders = self._by_code.get(code, [])
        if year is not None:
            for region in holders:
                if region.exists_in(year):
                    return region
        return self._regions.get(code)

    def resolve(
        self, code_or_name: str, year: int | None = None, context: Sequence[str] = ()
    ) -> Region | None:
        """The one region meant by a key, a code or a name; None when it is unknown or ambiguous."""
        by_key = self.find_code(code_or_name, year) or self.find(code_or_name)
        if by_key:
            return by_key
        found = self.find_name(code_or_name, year, context)
        return found[0] if len(found) == 1 else None

    def find_name(self, name: str, year: int | None = None, context: Sequence[str] = ()) -> list[Region]:
        """Every region that a name may mean, sorted by key: official names, aliases, short stems.

        `context` holds keys of regions named nearby, nearest first; a candidate that is one of them, lies in
        one, or shares prefecture or province with one is preferred. `year` prefers what existed then; without
        it what exists now. A province's stem (吉林, 海南) means the province.
        """
        if not context and name in self._index:  # asked for again and again, and there are not many names
            known = self._named.get((name, year))
            if known is None:
                known = self._named[name, year] = tuple(self._find_name(name, year, ()))
            return list(known)
        return self._find_name(name, year, context)

    def _find_name(self, name: str, year: int | None, context: Sequence[str]) -> list[Region]:
        ranked = self._index.get(name, ())
        if not ranked:
            return []
        provinces = [key for key, rank in ranked if rank <= _STEM_RANK["province"] and self._is_province(key)]
        if provinces:
            ranked = tuple((key, rank) for key, rank in ranked if key in provinces)
        candidates = [key for key, _ in ranked]
        for near in context:
            candidates = self._nearest(candidates, near)
        candidates = self._in_time(candidates, year)
        rank = dict(ranked)
        best = min((rank[key] for key in candidates), default=0)
        return [self._regions[key] for key in sorted(candidates) if rank[key] == best]

    def _is_province(self, key: str) -> bool:
        return self._regions[key].level in ("province", "country")

    def _nearest(self, candidates: list[str], near: str) -> list[str]:
        """Those candidates that stand closest to one region nearby; all of them when none does."""
        if len(candidates) < 2 or near not in self._regions:
            return candidates
        if near in candidates:
            return [near]
        inside = [key for key in candidates if self.is_within(key, near)]
        if inside:
            return inside
        for tier in (self.prefecture_of, self.province_of):
            home = tier(near)
            beside = [key for key in candidates if home is not None and tier(key) == home]
            if beside:
                return beside
        return candidates

    def _in_time(self, candidates: list[str], year: int | None) -> list[str]:
        """Those that stood at the end of the year, else ended in it, else stand now, else all."""
        regions = [self._regions[key] for key in candidates]
        stood = [r.key for r in regions if year is not None and r.exists_in(year)]
        ended = [r.key for r in regions if year is not None and r.to_year == year]
        return stood or ended or [r.key for r in regions if r.is_current] or candidates

    # -- places within places -----------------------------------------------------------------------------

    def ancestors(self, key: str) -> tuple[str, ...]:
        """Administrative parents from the nearest up to the country."""
        chain: list[str] = []
        parent = self.get(key).parent
        while parent:
            chain.append(parent)
            parent = self.get(parent).parent
        return tuple(chain)

    def province_of(self, key: str) -> str | None:
        """The province-level region it is or lies in; None for megaregions and zones across provinces."""
        return next((k for k in (key, *self.ancestors(key)) if self._regions[k].level == "province"), None)

    def prefecture_of(self, key: str) -> str | None:
        """The prefecture-level region it is or lies in; None where there is no such tier."""
        return next((k for k in (key, *self.ancestors(key)) if self._regions[k].level == "prefecture"), None)

    def within(self, key: str, year: int | None = None) -> frozenset[str]:
        """Everything it lies within: parents, wholes, memberships of that year (or of now), and so on up.

        A zone that spans several regions lies within what all of them lie within.
        """
        known = self._within.get((key, year))
        if known is None:
            known = self._within[(key, year)] = frozenset(self._climb(key, year))
        return known

    def _climb(self, key: str, year: int | None) -> set[str]:
        region = self.get(key)
        above = [*region.part_of, *(m.whole for m in region.member_of if m.holds(year))]
        if region.parent:
            above.append(region.parent)
        found = set(above)
        for whole in above:
            found |= self.within(whole, year)
        if region.spans:
            found |= frozenset.intersection(*(self.within(s, year) | {s} for s in region.spans))
        return found

    def is_within(self, a: str, b: str, year: int | None = None) -> bool:
        """Whether `a` lies inside `b` (never itself) by administration, zone or membership; see `within`."""
        return b in self.within(a, year)

    def members(self, mega_key: str, year: int | None = None) -> tuple[Region, ...]:
        """Stated members of a megaregion in that year (or now), by key; empty where none are stated.

        Smaller wholes inside it (苏锡常 in 长三角) and zones are no members: see `Region.part_of`.
        """
        self.get(mega_key)
        keys = {m.region for m in self._members[mega_key] if m.holds(year)}
        return tuple(self._regions[key] for key in sorted(keys))

    def crosses_regions(self, keys: Iterable[str]) -> bool:
        """Whether parties of these regions cross regions: one is a megaregion, or two are not nested.

        The one definition of "cross-region" for recognisers, rules and tests. Keys that the authority does not
        know prove nothing and are left out.
        """
        known = sorted({key for key in keys if key in self._regions})
        if any(self._regions[key].level == "megaregion" for key in known):
            return True
        pairs = combinations(known, 2)
        return any(not self.is_within(a, b) and not self.is_within(b, a) for a, b in pairs)

    # -- words --------------------------------------------------------------------------------------------

    def expand(self, form: str, context_megaregion: str | None = None) -> tuple[Region, ...]:
        """Members of a collective word (沪苏浙皖, 三省一市) in the order written; empty when it is none.

        A word that depends on its context (三省一市, 三地) is expanded only where the context is given.
        """
        table = self._collectives.get(form, {})
        keys = table.get(context_megaregion or "") or table.get("", ())
        return tuple(self.get(key) for key in keys)

    @cached_property
    def _collectives(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for row in read_table("regions", "collectives.csv"):
            found[row["form"]][row["context"]] = split_list(row["members"])
        return found

    def collectives(self) -> Mapping[str, tuple[str, ...]]:
        """Collective words → contexts (megaregion keys) they need; an empty string stands for none."""
        return {form: tuple(sorted(contexts)) for form, contexts in self._collectives.items()}

    @cached_property
    def _abbreviations(self) -> dict[str, str]:
        return {row["form"]: row["region"] for row in read_table("regions", "abbreviations.csv")}

    def abbreviations(self) -> Mapping[str, str]:
        """One-character names of provinces → key (沪, 苏, 浙); never matched by `find_name`."""
        return self._abbreviations

    @cached_property
    def _index(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Surface form → (key, rank): official name 0, alias 1, stems by level."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for region in self._regions.values():
            for form, rank in _forms(region):
                if rank >= _STEM_RANK["county"] and self._risky.get(form) == "never":
                    continue
                held = found[form]
                held[region.key] = min(rank, held.get(region.key, rank))
        return {form: tuple(sorted(held.items())) for form, held in found.items()}

    @cached_property
    def _risky(self) -> dict[str, str]:
        """Form → `careful` (a stem that needs proof) or `never` (an everyday word, no stem of a county)."""
        return {row["form"]: row["use"] for row in read_table("regions", "risky_names.csv")}

    def _is_risky(self, form: str) -> bool:
        """Whether a form stands by chance inside other words.

        So do listed forms, county stems, stems of what is no more (惠民), and two-character county names
        (应县 in 适应县域).
        """
        if form in self._risky or len(form) < _LEAST_STEM:
            return True
        for key, rank in self._index[form]:
            region = self._regions[key]
            county = region.level == "county"
            if rank < _STEM_RANK["province"]:
                if not (county and len(form) == _LEAST_STEM):
                    return False
            elif region.is_current and not county:
                return False
        return True

    @cached_property
    def _split(self) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
        safe: dict[str, tuple[str, ...]] = {}
        risky: dict[str, tuple[str, ...]] = {}
        for form, ranked in self._index.items():
            (risky if self._is_risky(form) else safe)[form] = tuple(key for key, _ in ranked)
        return safe, risky

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Forms a gazetteer may match anywhere → keys: full names, aliases, stems down to prefectures."""
        return self._split[0]

    def stems(self) -> Mapping[str, tuple[str, ...]]:
        """Forms that need proof from what stands around them → keys: county stems, names like 城区, 白银."""
        return self._split[1]


def _forms(region: Region) -> Iterator[tuple[str, int]]:
    yield region.name, _RANK_OFFICIAL
    for alias in region.aliases:
        yield alias, _RANK_ALIAS
    rank = _STEM_RANK.get(region.level)
    if rank is None:
        return
    for full in (region.name, *region.aliases):
        stem = split_name(full)[0]
        if len(stem) >= _LEAST_STEM and stem != full:
            yield stem, rank


@cache
def region_authority() -> RegionAuthority:
    """The authority over the tables in `ontology/regions/`; read at the first call."""
    return RegionAuthority(load_regions())
