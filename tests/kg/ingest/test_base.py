"""The base of a store is made once, and renewed where the tables behind it have changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.ingest import Ingestion, base, ensure_base, renew_base
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.store import Transaction, open_store
from tests.corpus import RULES, bulletin, small_base


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(base, "base_quads", small_base)
    ensure_base(tmp_path / "s")
    return tmp_path / "s"


def test_a_base_that_is_right_is_left_alone(path: Path) -> None:
    with open_store(path, write=True) as store:
        Ingestion(store).load(bulletin("a", RULES))
    ensure_base(path)
    with open_store(path) as view:
        assert view.version == 1


def test_a_base_of_other_tables_is_renewed_and_the_bulletins_stay(path: Path) -> None:
    old = Quad(
        NamedNode("https://example.org/bygone"),
        NamedNode("https://example.org/p"),
        NamedNode("https://example.org/o"),
        node(Graphs.AUTHORITIES),
    )
    with open_store(path, write=True) as store:
        Ingestion(store).load(bulletin("a", RULES))
        before = set(store.quads())
        store.apply(Transaction(insert=frozenset({old})))
    (path / "base").write_text("other", "ascii")
    ensure_base(path)
    with open_store(path) as view:
        system = node(Graphs.SYSTEM)
        assert view.version == 3
        assert {q for q in view.quads() if q.graph_name != system} == {
            q for q in before if q.graph_name != system
        }


def test_a_store_that_is_not_there_has_no_base_to_renew(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        renew_base(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_renewed_base_renews_entities_and_inferences(path: Path) -> None:
    with open_store(path, write=True) as store:
        Ingestion(store).load(bulletin("a", RULES))
        before = set(store.quads())
        derived = [q for g in (Graphs.ENTITIES, Graphs.INFERRED) for q in store.quads(graph=node(g))]
        store.apply(Transaction(delete=frozenset(derived)))
    (path / "base").write_text("other", "ascii")
    ensure_base(path)
    with open_store(path) as view:
        system = node(Graphs.SYSTEM)
        assert {q for q in view.quads() if q.graph_name != system} == {
            q for q in before if q.graph_name != system
        }
