"""Network files: networkx reads back what the network holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kg.analysis.network import NETWORKS, build_network
from kg.exports import EXPORTS, Options
from kg.exports.cleaning import clean
from kg.exports.graphs import SEPARATOR
from kg.namespaces import ID
from kg.store import memory_store
from tests.kg.bulletins import FORMULA, GRAIN, HOSTILE, filled_store

READERS: dict[str, Callable[[io.BytesIO], Any]] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
PAIR = (ID + "region/320000", ID + "region/330000")


def export(form: str, network: str) -> bytes:
    return EXPORTS[form].write(filled_store(), Options(network=network))


def read(form: str, data: bytes) -> Any:
    return READERS[form](io.BytesIO(data))


@pytest.mark.parametrize("network", sorted(NETWORKS))
@pytest.mark.parametrize("form", sorted(READERS))
def test_networkx_reads_back_the_same_nodes_and_edges(form: str, network: str) -> None:
    built = build_network(filled_store(), network)
    graph = read(form, export(form, network))
    expected = sorted((*sorted((e.source.iri, e.target.iri)), e.kind.key, e.weight) for e in built.edges())
    found = sorted((*sorted((a, b)), data["kind"], data["weight"]) for a, b, data in graph.edges(data=True))
    assert found == expected
    assert set(graph.nodes) == {node.iri for node in built.nodes}
    assert {graph.nodes[node.iri]["label"] for node in built.nodes} == {
        clean(node.label) for node in built.nodes
    }


@pytest.mark.parametrize("form", sorted(READERS))
def test_parallel_edges_keep_their_kinds_and_quotes(form: str) -> None:
    graph = read(form, export(form, "region"))
    assert graph.is_multigraph()
    quotes = {data["kind"]: data["quotes"] for data in graph.get_edge_data(*PAIR).values()}
    assert quotes == {"agreement": f"签下《{GRAIN}》", "shared_service": "开通药店购药跨省通办"}
    data = next(data for data in graph.get_edge_data(*PAIR).values() if data["kind"] == "agreement")
    assert (data["cooperations"], data["dates"], data["signatories"]) == (GRAIN, "2021-02", "department")
    assert data["kind_zh"] == "签订协议"


@pytest.mark.parametrize("form", sorted(READERS))
def test_what_xml_cannot_hold_is_replaced_and_all_else_kept(form: str) -> None:
    graph = read(form, export(form, "actor"))
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert FORMULA in labels
    assert HOSTILE not in labels
    assert "甲\ufffd乙<&\ufffd>公司" in labels


@pytest.mark.parametrize("form", sorted(READERS))
def test_an_empty_store_gives_a_valid_empty_file(form: str) -> None:
    data = EXPORTS[form].write(memory_store(), Options())
    graph = read(form, data)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (0, 0)


@pytest.mark.parametrize("form", sorted(READERS))
def test_the_same_content_gives_the_same_bytes_and_no_clock(form: str) -> None:
    data = export(form, "region")
    assert data == export(form, "region")
    assert b"lastmodified" not in data
    assert data.decode().startswith('<?xml version="1.0" encoding="UTF-8"?>')


def test_gexf_is_1_3_with_places_and_unique_edge_ids() -> None:
    root = ET.fromstring(export("gexf", "region"))
    names = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
    assert root.get("version") == "1.3"
    positions = root.findall(".//g:node/viz:position", names)
    assert len(positions) == 5
    assert b"viz:position" not in export("gexf", "actor")
    assert all(7000 < float(p.get("x", 0)) < 13600 and 1800 < float(p.get("y", 0)) < 5400 for p in positions)
    ids = [edge.get("id") for edge in root.findall(".//g:edge", names)]
    assert len(ids) == len(set(ids)) == 8


def test_cleaning_is_harmless_to_what_xml_holds() -> None:
    assert clean("稻香\t𠮷\n<&>") == "稻香\t𠮷\n<&>"
    assert clean("a\r\nb\rc") == "a\nb\nc"
    assert clean("\x00\ud800\uffff") == "\ufffd" * 3
    assert SEPARATOR.strip() == "|"
