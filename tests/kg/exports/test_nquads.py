"""N-Quads: everything but the system graph and, unless asked for, the texts; the same bytes each time."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import ConformanceError
from kg.exports import EXPORTS, Options
from kg.ingest import base_quads
from kg.mapping.terms import node
from kg.namespaces import GRAPH, Graphs
from kg.store import memory_store
from tests.kg.bulletins import bulletin, fill, filled_store


def export(*, with_text: bool = False) -> bytes:
    return EXPORTS["nquads"].write(filled_store(), Options(with_text=with_text))


def parsed(data: bytes) -> set[ox.Quad]:
    return set(ox.parse(data, format=ox.RdfFormat.N_QUADS))


def test_it_holds_every_graph_but_system_and_text() -> None:
    store = filled_store()
    left_out = {node(Graphs.SYSTEM), node(Graphs.TEXT)}
    assert parsed(export()) == {quad for quad in store.quads() if quad.graph_name not in left_out}


def test_texts_leave_only_when_asked_for() -> None:
    texts = {quad for quad in parsed(export(with_text=True)) if quad.graph_name == node(Graphs.TEXT)}
    assert len(texts) == len(bulletin().articles)
    assert parsed(export(with_text=True)) - texts == parsed(export())


def test_lines_are_sorted_by_code_point_and_stand_once() -> None:
    text = export().decode()
    assert text.endswith(" .\n")
    lines = text.split("\n")[:-1]
    assert lines == sorted(set(lines))


def test_two_builds_give_the_same_bytes() -> None:
    again = memory_store(base_quads())
    fill(again)
    fill(again)
    assert EXPORTS["nquads"].write(again, Options(with_text=True)) == export(with_text=True)


def test_an_empty_store_gives_an_empty_file() -> None:
    assert EXPORTS["nquads"].write(memory_store(), Options()) == b""


def test_blank_nodes_are_refused_with_the_graph_s_name() -> None:
    graph = ox.NamedNode(GRAPH + "curated/x")
    quad = ox.Quad(ox.BlankNode("b0"), ox.NamedNode("http://a.example/p"), ox.Literal("v"), graph)
    with pytest.raises(ConformanceError, match="curated/x"):
        EXPORTS["nquads"].write(memory_store([quad]), Options())
