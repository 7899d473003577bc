"""Measures on networks small enough to know the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from kg.analysis import analyse_network, find_analysis
from kg.analysis.measures import measure_network
from kg.analysis.network import Cooperation, Kind, Network, Node, Tie
from kg.errors import QueryError
from kg.store import memory_store
from tests.kg.bulletins import filled_store

KINDS = (Kind("agreement", "签订协议", "Agreement"), Kind("pairing", "结对", "Pairing"))


def network_of(
    nodes: Sequence[tuple[str, str | None]], edges: Sequence[tuple[int, int, int]], within: dict[str, str]
) -> Network:
    """Nodes as name and province, edges as two indexes and a kind's index."""
    return Network(
        name="region",
        nodes=tuple(
            Node(name, name, None, "county", None, name, province, province, frozenset({within.get(name, "")}), None, None)
            for name, province in nodes
        ),
        kinds=KINDS,
        sources=tuple(edge[0] for edge in edges),
        targets=tuple(edge[1] for edge in edges),
        edge_kinds=tuple(edge[2] for edge in edges),
        ties=tuple(
            (Tie(Cooperation(f"pact{number}", "协议", None, None, ()), ("government",)),)
            for number in range(len(edges))
        ),
    )  # fmt: skip


def rows_of(network: Network) -> dict[str, list[dict[str, Any]]]:
    return {measure.key: measure.to_json()["rows"] for measure in measure_network(network)}


CHAIN = network_of(
    [("a1", "A"), ("a2", "A"), ("b1", "B"), ("c1", "C")], [(0, 1, 0), (1, 2, 0), (1, 2, 1), (2, 3, 1)], {}
)
"""a1 - a2 = b1 - c1, with a1 and a2 in one province and two kinds of tie in the middle."""


def test_components_and_communities_hold_every_node_once() -> None:
    network = network_of([("a", "A"), ("b", "B"), ("c", "C"), ("d", "C")], [(0, 1, 0), (2, 3, 0)], {})
    rows = rows_of(network)
    assert [row["names"] for row in rows["components"]] == [["a", "b"], ["c", "d"]]
    assert [row["provinces"] for row in rows["components"]] == [2, 1]
    assert sorted(name for row in rows["communities"] for name in row["names"]) == ["a", "b", "c", "d"]


def test_degree_keeps_kinds_apart_and_counts_a_partner_once() -> None:
    row = next(row for row in rows_of(CHAIN)["degree"] if row["name"] == "b1")
    assert row["partners"] == 2
    assert (row["agreement_partners"], row["agreement_cooperations"]) == (1, 1)
    assert (row["pairing_partners"], row["pairing_cooperations"]) == (2, 2)


def test_betweenness_of_a_chain() -> None:
    found = {row["name"]: row["betweenness"] for row in rows_of(CHAIN)["betweenness"]}
    assert found == {"a1": 0, "c1": 0, "a2": pytest.approx(2 / 3), "b1": pytest.approx(2 / 3)}


def test_bridges_are_what_provinces_hang_on() -> None:
    rows = rows_of(CHAIN)["bridges"]
    ties = {row["name"]: row for row in rows if row["what"] == "tie"}
    assert set(ties) == {"a2 — b1", "b1 — c1"}  # a1 and a2 are of one province
    assert ties["a2 — b1"]["kinds"] == ["agreement", "pairing"]
    assert ties["a2 — b1"]["separated"] == 2
    nodes = {row["name"]: row["examples"] for row in rows if row["what"] == "node"}
    assert nodes == {"a2": ["A — B", "A — C"], "b1": ["A — C"]}


def test_a_circle_has_no_bridges() -> None:
    circle = network_of([("a", "A"), ("b", "B"), ("c", "C")], [(0, 1, 0), (0, 2, 0), (1, 2, 1)], {})
    rows = rows_of(circle)
    assert rows["bridges"] == []
    assert rows["brokers"] == []


def test_brokers_stand_between_partners_without_a_pact_that_are_not_nested() -> None:
    star = network_of(
        [("x", "X"), ("a", "A"), ("b", "B"), ("c", "B")], [(0, 1, 0), (0, 2, 0), (0, 3, 0)], {"c": "b"}
    )
    (row,) = rows_of(star)["brokers"]
    assert (row["name"], row["partners"], row["open_pairs"]) == ("x", 3, 2)
    assert row["examples"] == ["a — b", "a — c"]


def test_the_bulletin_has_the_bridge_that_was_put_into_it() -> None:
    """Jiangxi hangs on Jiangsu alone."""
    report = analyse_network(filled_store(), "region", None).to_json()
    rows = report["measures"]["bridges"]["rows"]
    assert ("江苏省 — 江西省", ["pairing"], 4) in [
        (row["name"], row["kinds"], row["separated"]) for row in rows
    ]
    assert report["pairs"] == 7
    assert report["nodes"] == 5


def test_the_report_says_which_kinds_it_looked_at_and_who_signed() -> None:
    report = analyse_network(filled_store(), "region", ["agreement"]).to_json()
    assert report["kinds"] == [{"key": "agreement", "zh": "签订协议", "en": "Agreement"}]
    (row,) = report["measures"]["kinds"]["rows"]
    assert (row["pairs"], row["cooperations"], row["department"], row["government"]) == (6, 1, 1, 0)


@pytest.mark.parametrize("network", ["region", "actor"])
def test_an_empty_network_has_measures_without_rows(network: str) -> None:
    report = analyse_network(memory_store(), network, None).to_json()
    empty = [key for key, measure in report["measures"].items() if not measure["rows"]]
    assert empty == ["components", "degree", "betweenness", "communities", "bridges", "brokers"]


def test_the_same_store_gives_the_same_report() -> None:
    first, second = (analyse_network(filled_store(), "actor", None).to_json() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_an_unknown_analysis_is_told_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"^unknown analysis 'phrenology'; known: network$"):
        find_analysis("phrenology")
