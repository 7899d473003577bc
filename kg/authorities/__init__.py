"""Authorities: regions, zones and megaregions; functions of government agencies. Tables in `ontology/`."""

from __future__ import annotations

from kg.authorities.agencies import AgencyAuthority, AgencyFunction, AgencyMatch, agency_authority
from kg.authorities.records import COUNTRY, Membership, Region
from kg.authorities.regions import RegionAuthority, region_authority

__all__ = [
    "COUNTRY",
    "AgencyAuthority",
    "AgencyFunction",
    "AgencyMatch",
    "Membership",
    "Region",
    "RegionAuthority",
    "agency_authority",
    "region_authority",
]
