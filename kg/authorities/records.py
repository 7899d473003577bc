"""What the authorities say of one region, and the reading of their tables under `ontology/regions/`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.authorities.names import read_table, split_list

COUNTRY = "cn"


@dataclass(frozen=True, slots=True)
class Membership:
    """A region is part of a greater whole (a megaregion) from one year (inclusive) to another (exclusive)."""

    region: str
    whole: str
    from_year: int | None = None
    to_year: int | None = None

    def holds(self, year: int | None = None) -> bool:
        """Whether it holds in that year; without a year, whether it still holds."""
        if year is None:
            return self.to_year is None
        return (self.from_year or 0) <= year and (self.to_year is None or year < self.to_year)


@dataclass(frozen=True, slots=True)
class Region:
    """One administrative region, functional zone or megaregion; years are [from, to)."""

    key: str
    code: str | None
    name: str
    name_en: str
    level: str
    parent: str | None
    from_year: int | None = None
    to_year: int | None = None
    successors: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    aliases: tuple[str, ...] = ()
    zone_kind: str | None = None
    spans: tuple[str, ...] = ()
    member_of: tuple[Membership, ...] = ()
    part_of: tuple[str, ...] = ()
    """Wholes that a zone or a smaller megaregion lies in without being one of their stated members."""

    @property
    def is_current(self) -> bool:
        return self.to_year is None

    def exists_in(self, year: int) -> bool:
        """Whether it stood at the end of that year."""
        return (self.from_year or 0) <= year and (self.to_year is None or year < self.to_year)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def load_regions() -> dict[str, Region]:
    """All regions by key: the country, administrative regions, zones, megaregions, in table order."""
    memberships = load_memberships()
    regions: dict[str, Region] = {}
    for row in read_table("regions", "regions.csv"):
        key = row["key"]
        regions[key] = Region(
            key=key,
            code=row["code"] or None,
            name=row["name"],
            name_en=row["name_en"],
            level=row["level"],
            parent=row["parent"] or None,
            from_year=_year(row["from"]),
            to_year=_year(row["to"]),
            successors=split_list(row["successors"]),
            lon=_number(row["lon"]),
            lat=_number(row["lat"]),
            aliases=split_list(row["aliases"]),
            member_of=tuple(memberships.get(key, ())),
        )
    for level, table in (("zone", "zones.csv"), ("megaregion", "megaregions.csv")):
        for row in read_table("regions", table):
            regions[row["key"]] = _whole(row, level, tuple(memberships.get(row["key"], ())))
    return regions


def _whole(row: dict[str, str], level: str, memberships: tuple[Membership, ...]) -> Region:
    """A zone or a megaregion."""
    return Region(
        key=row["key"],
        code=None,
        name=row["name"],
        name_en=row["name_en"],
        level=level,
        parent=row["within"] or None,
        from_year=_year(row["from"]),
        to_year=_year(row["to"]),
        aliases=split_list(row["aliases"]),
        zone_kind=row.get("zone_kind"),
        spans=split_list(row.get("spans", "")),
        member_of=memberships,
        part_of=split_list(row.get("part_of", row.get("part_of_megaregion", ""))),
    )


def load_memberships() -> dict[str, list[Membership]]:
    """Memberships of `memberships.csv` by the key of the member."""
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in read_table("regions", "memberships.csv"):
        found[row["region"]].append(
            Membership(row["region"], row["whole"], _year(row["from"]), _year(row["to"]))
        )
    return found
