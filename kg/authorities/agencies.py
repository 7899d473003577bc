"""The agency authority: which body a name like 江苏省发改委 or 国家税务总局上海市税务局 means.

Source: the tables in `ontology/agencies/`: functions of government (one row each, with the surface forms of
the body at every level), named national bodies, and official names that differ from the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kg.authorities.names import read_table, split_list, split_name
from kg.authorities.records import COUNTRY, Region
from kg.authorities.regions import RegionAuthority, region_authority

_MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
_LONGEST_REGION = 20
_HEADS_EN = (
    ("委员会", "Commission"),
    ("厅", "Department"),
    ("局", "Bureau"),
    ("办公室", "Office"),
    ("办公厅", "General Office"),
    ("中心", "Centre"),
)
# 省科技厅 in an article about Jiangsu: the word stands for the region nearby of that tier.
_TIER_WORDS = {"省": "province", "自治区": "province", "市": "city", "州": "prefecture", "盟": "prefecture"}
_COUNTY_WORDS = ("区", "县", "旗")
_HEAD_ENDINGS = ("局", "委员会", "办")
_OFFICES = ("办公厅", "办公室")
_NOISE = re.compile(r"\s+")
_PREFIXES = ("中华人民共和国", "中共")


@dataclass(frozen=True, slots=True)
class AgencyFunction:
    """One function of government, as 发展和改革, and how bodies with it are called."""

    key: str
    name: str
    name_en: str
    body_type: str
    forms: tuple[str, ...]
    """Surface forms without a region in front, as 发改委."""
    former: Mapping[str, int]
    """Surface forms of bodies merged into it → the year of the reform."""
    national: tuple[str, ...]
    vertical: tuple[str, ...]
    vertical_forms: tuple[str, ...]
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """What a name of a body means.

    `key` is the last part of the actor's IRI, `{region}-{function}`. `function` is a key of `functions()` or,
    for a national body outside that scheme, the body's own key; `concept` is the function to compare
    counterparts by, or None. `predecessor` says which former body was named: `环保厅 → 生态环境 (2018)`.
    """

    region: str
    function: str
    name: str
    name_en: str
    type: str
    concept: str | None = None
    predecessor: str | None = None

    @property
    def key(self) -> str:
        return f"{self.region}-{self.function}"


class AgencyAuthority:
    """All functions and national bodies, and the reading of names. Immutable; safe to share."""

    def __init__(self, regions: RegionAuthority) -> None:
        self._regions = regions

    # -- tables -------------------------------------------------------------------------------------------

    @cached_property
    def _functions(self) -> dict[str, AgencyFunction]:
        return {row["key"]: _function(row) for row in read_table("agencies", "functions.csv")}

    def functions(self) -> Mapping[str, AgencyFunction]:
        """Functions by key, in key order."""
        return self._functions

    @cached_property
    def _forms(self) -> dict[str, tuple[str, int | None]]:
        """Surface form without region → (function, year of the reform or None); present forms first."""
        found: dict[str, tuple[str, int | None]] = {}
        for function in self._functions.values():
            for form in function.forms:
                found.setdefault(form, (function.key, None))
        for function in self._functions.values():
            for form, year in function.former.items():
                found.setdefault(form, (function.key, year))
        return found

    def forms(self) -> Mapping[str, str]:
        """Surface forms without region (发改委, 环保厅, 人民政府办公厅) → function key: for grammars of names."""
        return {form: function for form, (function, _) in self._forms.items()}

    @cached_property
    def _national(self) -> dict[str, AgencyMatch]:
        found: dict[str, AgencyMatch] = {}
        for function in self._functions.values():
            match = self._country_match(function)
            for form in function.national:
                found.setdefault(form, match)
        for row in read_table("agencies", "national.csv"):
            for form in (row["name"], *split_list(row["aliases"])):
                found.setdefault(form, self._national_match(row))
        return found

    def national_names(self) -> Mapping[str, str]:
        """Names of national bodies that need no region (国务院, 央行, 税务总局) → key of the actor."""
        return {form: match.key for form, match in self._national.items()}

    @staticmethod
    def _country_match(function: AgencyFunction) -> AgencyMatch:
        row = function.row
        official = function.national[0] if function.national else ""
        return AgencyMatch(
            COUNTRY, function.key, official, row["national_en"], function.body_type, function.key
        )

    def _national_match(self, row: Mapping[str, str]) -> AgencyMatch:
        """A row of national.csv; a former body is the present one of its function, with a note."""
        function = row["function"] or None
        if function and row["to"] and self._functions[function].national:
            present = self._country_match(self._functions[function])
            note = f"{row['name']} → {present.name} ({row['to']})"
            return AgencyMatch(COUNTRY, function, present.name, present.name_en, present.type, function, note)
        return AgencyMatch(COUNTRY, row["key"], row["name"], row["name_en"], row["type"], function)

    @cached_property
    def _exceptions(self) -> dict[tuple[str, str], dict[str, str]]:
        rows = read_table("agencies", "exceptions.csv")
        return {(row["region"], row["function"]): row for row in rows}

    # -- reading ------------------------------------------------------------------------------------------

    def find(self, name: str, context: Sequence[str] = ()) -> AgencyMatch | None:
        """The body of a full name; None when no rule reads all of it or its region is ambiguous.

        `context` holds keys of regions nearby, nearest first: they tell 鼓楼区税务局 apart and stand in for the
        region of 省科技厅.
        """
        text = _NOISE.sub("", name)
        for prefix in ("", *_PREFIXES):
            if text.startswith(prefix):
                found = self._find(text[len(prefix) :], tuple(context))
                if found:
                    return found
        return None

    def _find(self, text: str, context: tuple[str, ...]) -> AgencyMatch | None:
        national = self._national.get(text)
        if national:
            return national
        return self._vertical(text, context) or self._local(text, context) or self._by_tier(text, context)

    def _local(self, text: str, context: tuple[str, ...]) -> AgencyMatch | None:
        for region, rest in self._split(text, context):
            form = self._forms.get(rest)
            if form:
                return self._match(region, *form, rest)
        return None

    def _vertical(self, text: str, context: tuple[str, ...]) -> AgencyMatch | None:
        """国家税务总局上海市税务局, 中国人民银行江苏省分行: a branch of a national body."""
        for function in self._functions.values():
            for prefix in function.vertical:
                if not text.startswith(prefix):
                    continue
                for region, rest in self._split(text[len(prefix) :], context):
                    if rest in function.vertical_forms:
                        return self._match(region, function.key, None, rest, text)
        return None

    def _by_tier(self, text: str, context: tuple[str, ...]) -> AgencyMatch | None:
        """省科技厅, 市财政局: the region of that tier nearby stands in."""
        bare = text.removeprefix("该").removeprefix("本").removeprefix("我")
        words = [word for word in (*_TIER_WORDS, *_COUNTY_WORDS) if bare.startswith(word)]
        for word in words:
            form = self._forms.get(bare[len(word) :])
            region = self._of_tier(word, context) if form else None
            if form and region:
                return self._match(region, *form, bare[len(word) :])
        return None

    def _of_tier(self, word: str, context: tuple[str, ...]) -> str | None:
        known = [key for key in context if self._regions.find(key)]
        if not known:
            return None
        near = known[0]
        if word in _COUNTY_WORDS:
            return near if self._regions.get(near).level == "county" else None
        tier = _TIER_WORDS[word]
        province = self._regions.province_of(near)
        if tier == "province":
            return province
        prefecture = self._regions.prefecture_of(near)
        if tier == "city" and prefecture is None and province in _MUNICIPALITIES:
            return province
        return prefecture

    def _split(self, text: str, context: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Ways to read a name as region (or nested regions) and the rest, longest region first."""
        known, risky = self._regions.names(), self._regions.stems()
        for end in range(min(len(text) - 1, _LONGEST_REGION), 1, -1):
            form = text[:end]
            if form not in known and form not in risky:
                continue
            found = self._regions.find_name(form, context=context)
            if len(found) != 1:
                found = [r for r in found if context and self._regions.is_within(r.key, context[0])]
            if len(found) != 1:
                nested = [self._split_within(r.key, text[end:]) for r in self._regions.find_name(form)]
                yield from (pair for pairs in nested for pair in pairs)
                continue
            key = found[0].key
            yield from self._split_within(key, text[end:])
            yield key, text[end:]

    def _split_within(self, key: str, rest: str) -> Iterator[tuple[str, str]]:
        """Readings of the rest that begin with a region inside `key` (上海市 + 青浦区)."""
        for inner, tail in self._split(rest, (key,)) if len(rest) > 2 else ():
            if self._regions.is_within(inner, key):
                yield inner, tail

    # -- results ------------------------------------------------------------------------------------------

    def _match(
        self, region: str, function_key: str, year: int | None, form: str, vertical: str = ""
    ) -> AgencyMatch:
        function = self._functions[function_key]
        if region == COUNTRY and function.national:
            return self._country_match(function)
        official = vertical or _as_called(self.official_name(region, function_key), form)
        note = f"{form} → {function.name} ({year})" if year else None
        english = self._english(region, function, official)
        return AgencyMatch(region, function_key, official, english, function.body_type, function_key, note)

    def official_name(self, region_key: str, function_key: str) -> str:
        """The full name of the body with a function in a region, as 江苏省发展和改革委员会.

        By rule from functions.csv, or as exceptions.csv has it; a district has its city in front.
        """
        region = self._regions.get(region_key)
        row = self._functions[function_key].row
        column = "local"
        if region_key in _MUNICIPALITIES:
            column = "municipality"
        elif region.level == "province":
            column = "province"
        exception = self._exceptions.get((region_key, function_key))
        form = (exception and exception["name"]) or row[column] or row["province"]
        city = self._city_of(region)
        place = (city.name if city else "") + region.name
        if "{" in form:
            return form.format(region=place, stem=split_name(region.name)[0])
        return place + form

    def _city_of(self, region: Region) -> Region | None:
        """The city that belongs to the name of a district (苏州市吴江区)."""
        if region.level != "county" or not region.name.endswith("区") or not region.parent:
            return None
        return self._regions.find(region.parent)

    def _english(self, region_key: str, function: AgencyFunction, official: str) -> str:
        exception = self._exceptions.get((region_key, function.key))
        if exception and exception["name_en"]:
            return exception["name_en"]
        region = self._regions.get(region_key)
        city = self._city_of(region)
        place = f"{region.name_en}, {city.name_en}" if city else region.name_en
        title = function.row["title_en"]
        if "{place}" in title:
            return title.format(place=place)
        if not title:
            head = next((en for zh, en in _HEADS_EN if official.endswith(zh)), "Authority")
            title = f"{function.name_en} {head}"
        return f"{title} of {place}"


def _as_called(official: str, form: str) -> str:
    """The official name with the head that the text gives: a city's office may be a 办公室 or, in large ones, a 办公厅."""
    for head, other in (_OFFICES, _OFFICES[::-1]):
        if form.endswith(head) and official.endswith(other):
            return official.removesuffix(other) + head
    return official


def _function(row: Mapping[str, str]) -> AgencyFunction:
    heads = split_list(row["heads"])
    forms = [*split_list(row["forms"]), *(s + h for s in split_list(row["stems"]) for h in heads)]
    forms += [cell for cell in (row["province"], row["municipality"], row["local"]) if "{" not in cell]
    former: dict[str, int] = {}
    for part in row["predecessors"].split(";") if row["predecessors"] else ():
        stems, _, year = part.partition(">")
        for stem in split_list(stems):
            whole = stem.endswith(_HEAD_ENDINGS)
            for form in (stem,) if whole else (stem + head for head in heads):
                former.setdefault(form, int(year))
    return AgencyFunction(
        key=row["key"],
        name=row["name"],
        name_en=row["name_en"] or row["title_en"],
        body_type=row["body_type"],
        forms=tuple(dict.fromkeys(form for form in forms if form)),
        former=former,
        national=split_list(row["national"]),
        vertical=split_list(row["vertical"]),
        vertical_forms=split_list(row["vertical_forms"]),
        row=row,
    )


@cache
def agency_authority() -> AgencyAuthority:
    """The authority over the tables in `ontology/agencies/`; read at the first question."""
    return AgencyAuthority(region_authority())
