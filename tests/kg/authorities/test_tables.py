"""The region and agency tables are sound, and regions.csv is what its script makes of the reference list."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from types import ModuleType

import pytest

from kg.authorities import RegionAuthority, agency_authority, region_authority
from kg.authorities.names import read_table, split_list
from kg.resources import data_path

# Founded after cpca's table and without a predecessor of their name.
WITHOUT_COORDINATES = {"653228", "653229", "659012"}
# A rough box around China's land and waters: west, east, south, north.
BOX = (73.0, 136.0, 3.0, 54.0)
REGION_TABLES = ("regions.csv", "zones.csv", "megaregions.csv")


@pytest.fixture(scope="module")
def regions() -> RegionAuthority:
    return region_authority()


def test_keys_are_unique_over_all_tables() -> None:
    keys = [row["key"] for table in REGION_TABLES for row in read_table("regions", table)]
    assert len(keys) == len(set(keys)) > 6000


@pytest.mark.parametrize("table", REGION_TABLES)
def test_rows_are_sorted_by_key_behind_the_country(table: str) -> None:
    keys = [row["key"] for row in read_table("regions", table) if row["key"] != "cn"]
    assert keys == sorted(keys)


def test_every_reference_to_a_region_leads_to_one(regions: RegionAuthority) -> None:
    for region in regions:
        wholes = [membership.whole for membership in region.member_of]
        others = [region.parent] if region.parent else []
        for key in (*others, *region.successors, *region.spans, *region.part_of, *wholes):
            assert regions.find(key) is not None, (region.key, key)
        assert region.key not in region.successors
    for row in read_table("regions", "memberships.csv"):
        assert regions.find(row["region"]), row
        assert regions.get(row["whole"]).level == "megaregion", row
    for row in read_table("regions", "collectives.csv"):
        assert len(split_list(row["members"])) > 1, row
        assert all(regions.find(key) for key in split_list(row["members"])), row
        assert not row["context"] or regions.get(row["context"]).level == "megaregion", row


def test_levels_nest_and_nothing_lies_within_itself(regions: RegionAuthority) -> None:
    above = {"country": set(), "province": {"country"}, "prefecture": {"province"}}
    above["county"] = {"province", "prefecture"}
    for region in regions:
        assert region.key not in regions.within(region.key), region.key
        if region.level in above and region.parent:
            assert regions.get(region.parent).level in above[region.level], region.key
        if region.level in ("province", "prefecture", "county"):
            assert regions.ancestors(region.key)[-1] == "cn", region.key


def test_a_code_begins_with_the_prefix_of_its_parent(regions: RegionAuthority) -> None:
    for region in regions:
        if region.code:
            assert region.key.split("-")[0] == region.code
            parent = regions.get(region.parent or "cn")
            if parent.level != "country":
                assert parent.code is not None
                assert region.code.startswith(parent.code.rstrip("0") or "-"), region.key


def test_years_are_consistent(regions: RegionAuthority) -> None:
    for region in regions:
        if region.from_year and region.to_year:
            assert region.from_year < region.to_year, region.key
        if region.code:
            assert region.from_year is not None
            assert region.from_year >= 1981
        assert region.is_current or region.successors or region.level in ("prefecture", "zone"), region.key
        for membership in region.member_of:
            if membership.from_year and membership.to_year:
                assert membership.from_year < membership.to_year, membership


def test_holders_of_one_code_do_not_overlap(regions: RegionAuthority) -> None:
    holders: dict[str, list[tuple[int, int]]] = {}
    for region in regions:
        if region.code:
            holders.setdefault(region.code, []).append((region.from_year or 0, region.to_year or 9999))
    for code, spans in holders.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start, code


def test_current_regions_have_a_place_inside_china(regions: RegionAuthority) -> None:
    west, east, south, north = BOX
    missing = set()
    for region in regions:
        if region.lon is not None and region.lat is not None:
            assert west < region.lon < east, region.key
            assert south < region.lat < north, region.key
        elif region.code and region.is_current:
            missing.add(region.key)
    assert missing == WITHOUT_COORDINATES


def test_the_table_holds_the_whole_country(regions: RegionAuthority) -> None:
    current = [region for region in regions if region.code and region.is_current]
    count = {level: sum(r.level == level for r in current) for level in ("province", "prefecture", "county")}
    assert count == {"province": 34, "prefecture": 333, "county": 2846}
    assert {regions.get(code).name for code in ("710000", "810000", "820000")} == {
        "台湾省", "香港特别行政区", "澳门特别行政区",
    }  # fmt: skip


def test_every_zone_and_megaregion_names_its_source_and_kind() -> None:
    for row in read_table("regions", "zones.csv"):
        assert row["source"], row["key"]
        assert row["zone_kind"], row["key"]
        assert row["within"] or row["spans"], row["key"]
    assert all(row["source"] for row in read_table("regions", "megaregions.csv"))


def test_every_province_has_its_character(regions: RegionAuthority) -> None:
    provinces = {r.key for r in regions if r.level == "province" and r.is_current}
    assert set(regions.abbreviations().values()) == provinces
    assert all(len(form) == 1 for form in regions.abbreviations())


def test_agency_tables_refer_to_what_exists(regions: RegionAuthority) -> None:
    functions = agency_authority().functions()
    assert list(functions) == sorted(functions)
    kinds = {"government", "party_body", "public_institution", "enterprise", "bank", "association", "other"}
    own = {row["key"] for row in read_table("agencies", "national.csv")}
    assert not own & functions.keys()
    assert {function.body_type for function in functions.values()} <= kinds
    for row in read_table("agencies", "national.csv"):
        assert row["type"] in kinds, row
        assert not row["function"] or row["function"] in functions, row
        assert not row["successor"] or row["successor"] in own | functions.keys(), row
    for row in read_table("agencies", "exceptions.csv"):
        assert regions.find(row["region"]), row
        assert row["function"] in functions, row


def region_script() -> ModuleType:
    path = data_path("ontology").parent / "scripts" / "regions.py"
    spec = importlib.util.spec_from_file_location("region_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.reference
def test_the_reference_list_gives_the_table() -> None:
    script = region_script()
    columns = ("key", "code", "name", "level", "parent", "from", "to", "successors", "aliases")
    made = [[row[c] for c in columns] for row in script.records(script.transform(script.reference()))]
    held = [[row[c] for c in columns] for row in read_table("regions", "regions.csv")]
    assert made == held
