"""The rules on the project's own authorities: one definition of "cross-region", and no time lost on 200,000 triples."""

from __future__ import annotations

from itertools import combinations

import pytest
from pyoxigraph import NamedNode, Triple

from kg.authorities import region_authority
from kg.mapping.authorities import authority_quads
from kg.namespaces import ID, RP
from kg.reasoning import Authorities, closure, infer
from kg.reasoning.axioms import TYPE

STATED = NamedNode(str(RP.statedPartyRegion))
COOPERATION = NamedNode(str(RP.Cooperation))
CROSS_REGION = NamedNode(str(RP.CrossRegionCooperation))
COVERS = NamedNode(str(RP.coversAllOf))


@pytest.fixture(scope="module")
def real() -> Authorities:
    tables = {quad.triple for quad in authority_quads()}
    found = closure(tables)
    assert found.contradictions == ()
    assert not [triple for triple in found.inferred if triple.subject == triple.object]
    return Authorities(tables | found.inferred)


def cooperation(keys: tuple[str, ...]) -> NamedNode:
    return NamedNode(f"{ID}cooperation/{'+'.join(keys)}")


def stated(many: list[tuple[str, ...]]) -> set[Triple]:
    return {
        Triple(cooperation(keys), STATED, NamedNode(f"{ID}region/{key}")) for keys in many for key in keys
    } | {Triple(cooperation(keys), TYPE, COOPERATION) for keys in many}


def some_keys() -> list[str]:
    """The country, zones, megaregions, and regions of every tier in two provinces and a municipality."""
    regions = list(region_authority())
    whole = [r.key for r in regions if r.level in ("country", "zone", "megaregion")]
    tiers = [
        r.key for r in regions if r.key.startswith(("3100", "3205", "3301", "3300", "3200")) and not r.to_year
    ]
    return sorted([*whole[::3], *tiers[::2]])[:70]


def test_cross_region_is_what_the_authorities_say(real: Authorities) -> None:
    many: list[tuple[str, ...]] = [(key,) for key in some_keys()]
    many += list(combinations(some_keys(), 2))
    inferred = infer(stated(many), real).triples
    said = {keys for keys in many if Triple(cooperation(keys), TYPE, CROSS_REGION) in inferred}
    expected = {keys for keys in many if region_authority().crosses_regions(keys)}
    assert said == expected
    assert 0 < len(expected) < len(many)


@pytest.mark.parametrize("whole", ["yangtze-delta", "jing-jin-ji"])
def test_all_members_cover_their_megaregion(real: Authorities, whole: str) -> None:
    members = tuple(region.key for region in region_authority().members(whole))
    some = members[1:]
    covering = infer(stated([members, some]), real).triples
    assert Triple(cooperation(members), COVERS, NamedNode(f"{ID}region/{whole}")) in covering
    assert Triple(cooperation(some), COVERS, NamedNode(f"{ID}region/{whole}")) not in covering
