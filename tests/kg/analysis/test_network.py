"""Networks: which pairs are tied, by which kind, by whom, and in which words."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from kg.analysis.network import (
    KIND_KEYS,
    Edge,
    Network,
    actor_network,
    build_network,
    region_network,
)
from kg.errors import QueryError
from kg.namespaces import ID
from kg.store import memory_store
from tests.kg.bulletins import FORMULA, GRAIN, HOSTILE, filled_store

REGION = ID + "region/"
DELTA = ("310000", "320000", "330000", "340000")


def edges_of(network: Network) -> dict[tuple[str, str, str], Edge]:
    return {(edge.source.iri, edge.target.iri, edge.kind.key): edge for edge in network.edges()}


@pytest.fixture(scope="module")
def regions() -> Network:
    return region_network(filled_store())


@pytest.fixture(scope="module")
def actors() -> Network:
    return actor_network(filled_store())


def test_provinces_whose_departments_signed_are_tied_pairwise(regions: Network) -> None:
    found = edges_of(regions)
    for a, b in combinations(DELTA, 2):
        edge = found[REGION + a, REGION + b, "agreement"]
        assert edge.weight == 1
        assert edge.signatories == ("department",)


def test_an_edge_lists_its_cooperations_with_quote_and_article(regions: Network) -> None:
    (tie,) = edges_of(regions)[REGION + "310000", REGION + "320000", "agreement"].ties
    pact = tie.cooperation
    assert (pact.label, pact.date, pact.subject) == (GRAIN, "2021-02", "粮油产销")
    (source,) = pact.sources
    assert source.quote == f"签下《{GRAIN}》"
    assert source.title == "四地粮食部门结伴"
    assert source.bulletins == ("稻香简报",)
    assert source.sections == ("区域协作",)
    assert source.line == 4


def test_kinds_of_one_pair_are_edges_of_their_own(regions: Network) -> None:
    found = edges_of(regions)
    pair = (REGION + "320000", REGION + "330000")
    kinds = {kind: edge.weight for (*ends, kind), edge in found.items() if tuple(ends) == pair}
    assert kinds == {"agreement": 1, "shared_service": 1}


def test_regions_that_are_parties_themselves_sign_as_governments(regions: Network) -> None:
    assert edges_of(regions)[REGION + "320000", REGION + "360000", "pairing"].signatories == ("government",)


def test_an_alliance_of_enterprises_ties_them_and_not_their_regions(
    regions: Network, actors: Network
) -> None:
    assert not [edge for edge in regions.edges() if edge.kind.key == "alliance"]
    (edge,) = [edge for edge in actors.edges() if edge.kind.key == "alliance"]
    assert {edge.source.label, edge.target.label} == {FORMULA, HOSTILE}
    assert edge.signatories == ("other",)
    assert {edge.source.province_label, edge.target.province_label} == {"上海市", "浙江省"}


def test_joint_issuance_ties_actors(actors: Network) -> None:
    (edge,) = [edge for edge in actors.edges() if edge.kind.key == "joint_issuance"]
    assert {edge.source.label, edge.target.label} == {"安徽省财政厅", "安徽省农业农村厅"}
    assert edge.ties[0].cooperation.sources[0].quote == "《皖稻种子补贴实施办法》"


def test_kinds_can_be_chosen(regions: Network) -> None:
    chosen = region_network(filled_store(), ["pairing"])
    assert [kind.key for kind in chosen.kinds] == ["pairing"]
    assert len(chosen.ties) == 1
    assert {node.code for node in chosen.nodes} == {"320000", "360000"}
    assert [kind.key for kind in regions.kinds] == list(KIND_KEYS)


def test_nodes_carry_names_level_code_and_place(regions: Network) -> None:
    shanghai = next(node for node in regions.nodes if node.code == "310000")
    assert (shanghai.label, shanghai.label_en, shanghai.type) == ("上海市", "Shanghai", "province")
    assert shanghai.lon == pytest.approx(121.47, abs=0.1)
    assert shanghai.lat == pytest.approx(31.23, abs=0.1)


def test_the_arrays_fit_each_other_and_networkx(regions: Network) -> None:
    graph = regions.to_networkx()
    assert graph.number_of_nodes() == len(regions.nodes)
    assert set(graph.edges(keys=True)) == set(edges_of(regions))
    assert len(regions.sources) == len(regions.targets) == len(regions.edge_kinds) == len(regions.ties)
    data = graph.edges[REGION + "310000", REGION + "320000", "agreement"]
    assert data["weight"] == 1
    assert graph.nodes[REGION + "310000"]["label"] == "上海市"


@pytest.mark.parametrize("name", ["region", "actor"])
def test_an_empty_store_has_an_empty_network(name: str) -> None:
    network = build_network(memory_store(), name)
    assert (network.nodes, network.ties) == ((), ())
    assert network.to_networkx().number_of_edges() == 0


def test_unknown_names_and_kinds_are_told_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match="known: region, actor"):
        build_network(memory_store(), "fish")
    with pytest.raises(QueryError, match="known: agreement, alliance"):
        region_network(memory_store(), ["agreement", "marriage"])


def ties_on(day: str) -> set[tuple[str, str | None]]:
    network = region_network(filled_store(), as_of=date.fromisoformat(day))
    return {(edge.kind.key, tie.cooperation.date) for edge in network.edges() for tie in edge.ties}


def test_ties_of_a_day_are_those_whose_date_has_passed_or_that_were_told_by_then() -> None:
    """The agreement is of 2021-02, the other two are undated and told on 2021-03-05."""
    assert ties_on("2021-02-28") == set()
    assert ties_on("2021-03-01") == ties_on("2021-03-04") == {("agreement", "2021-02")}
    assert ties_on("2021-03-05") == {("agreement", "2021-02"), ("shared_service", None), ("pairing", None)}
