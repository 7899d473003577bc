"""One contract, every store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from kg.errors import StoreError
from kg.namespaces import Graphs
from kg.store import Store, Transaction, create_store, memory_store, open_store
from kg.store.disk import FORMAT, written_version

A, B = NamedNode(Graphs.article("a")), NamedNode(Graphs.article("b"))
P = NamedNode("https://example.org/p")
AWKWARD = [
    '引号"与\\反斜杠',
    "换行\n制表\t",
    "\U00020000 beyond the BMP",
    "}} ; DROP ALL",
    "a'''b\"\"\"c",
    "\u2028",
]


def quad(value: str, graph: NamedNode = A) -> Quad:
    return Quad(NamedNode("https://example.org/s"), P, Literal(value, language="zh"), graph)


BASE = [quad("base")]


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield memory_store(BASE)
        return
    create_store(tmp_path / "s", lambda: BASE)
    with open_store(tmp_path / "s", write=True) as opened:
        yield opened


def test_a_new_store_holds_its_base_at_version_nought(store: Store) -> None:
    assert set(store.quads()) == set(BASE)
    assert store.version == 0
    assert store.graphs() == [A]


def test_a_transaction_deletes_and_inserts_as_one(store: Store) -> None:
    assert store.apply(Transaction(frozenset(BASE), frozenset({quad("new", B)}))) == 1
    assert set(store.quads(graph=B)) == {quad("new", B)}
    assert store.graphs() == [B]
    assert store.version == 1


@pytest.mark.parametrize("value", AWKWARD)
def test_any_text_survives(store: Store, value: str) -> None:
    store.apply(Transaction(insert=frozenset({quad(value, B)})))
    assert [found.object for found in store.quads(graph=B)] == [Literal(value, language="zh")]
    store.apply(Transaction(delete=frozenset({quad(value, B)})))
    assert list(store.quads(graph=B)) == []


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    before = set(store.quads())
    nameless = Quad(BlankNode(), P, Literal("x"), B)  # DELETE DATA takes no blank nodes
    with pytest.raises(SyntaxError):
        store.apply(Transaction(delete=frozenset({*BASE, nameless}), insert=frozenset({quad("new", B)})))
    assert set(store.quads()) == before
    assert store.version == 0


def test_between_keeps_only_the_differences() -> None:
    change = Transaction.between([quad("old"), quad("both")], [quad("both"), quad("new")])
    assert change == Transaction(frozenset({quad("old")}), frozenset({quad("new")}))
    assert not Transaction.between([quad("same")], [quad("same")])


def test_queries_see_the_union_or_the_default_graph(store: Store) -> None:
    text = "SELECT ?o { ?s ?p ?o }"
    for union, rows in ((True, 1), (False, 0)):
        found = store.query(text, union=union)
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) == rows


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    create_store(tmp_path / "s", lambda: BASE)
    with open_store(tmp_path / "s", write=True) as opened:
        opened.apply(
            Transaction(insert=frozenset({quad("new", B)}), note={"action": "load", "bulletin": "b"})
        )
    with open_store(tmp_path / "s") as view:
        assert set(view.quads(graph=B)) == {quad("new", B)}
        assert [(entry["version"], entry["bulletin"]) for entry in view.log()] == [(1, "b")]


def test_creating_where_a_store_is_changes_nothing(tmp_path: Path) -> None:
    create_store(tmp_path / "s", lambda: BASE)
    create_store(tmp_path / "s", lambda: [quad("other")])
    with open_store(tmp_path / "s") as view:
        assert set(view.quads()) == set(BASE)


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "s.new-999999999").mkdir()
    create_store(tmp_path / "s", lambda: BASE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(StoreError, match="is no store"):
        create_store(tmp_path, lambda: BASE)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_place_that_cannot_be_written_is_named() -> None:
    with pytest.raises(StoreError, match="/proc/nowhere/s: the store cannot be made"):
        create_store(Path("/proc/nowhere/s"), lambda: BASE)


def test_no_store_a_newer_one_and_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with pytest.raises(StoreError, match="no store is there; make one with: kg build"), open_store(path):
        pass
    create_store(path, lambda: BASE)
    (path / "format").write_text(f"{FORMAT + 1}\n", "ascii")
    with pytest.raises(StoreError, match=f"has format {FORMAT + 1}"), open_store(path):
        pass
    (path / "format").write_text("?", "ascii")
    with pytest.raises(StoreError, match="damaged"), open_store(path):
        pass


def test_a_second_writer_is_told_that_the_store_is_in_use(tmp_path: Path) -> None:
    create_store(tmp_path / "s", lambda: BASE)
    script = (
        "import sys; from pathlib import Path; from kg.store import open_store\n"
        "with open_store(Path(sys.argv[1]), write=True): pass\n"
    )
    with open_store(tmp_path / "s", write=True):
        second = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "s")], capture_output=True, text=True, check=False
        )
    assert "the store is in use by another process" in second.stderr


def test_a_writer_killed_before_it_could_note_its_work_is_noted_by_the_next(tmp_path: Path) -> None:
    create_store(tmp_path / "s", lambda: BASE)
    with open_store(tmp_path / "s", write=True) as opened:
        opened.apply(Transaction(insert=frozenset({quad("new", B)}), note={"action": "load"}))
    (tmp_path / "s" / "version").unlink()
    (tmp_path / "s" / "log.jsonl").unlink()
    with open_store(tmp_path / "s", write=True) as opened:
        assert [entry["action"] for entry in opened.log()] == ["noted after an interruption"]
    assert written_version(tmp_path / "s") == "1"


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    create_store(tmp_path / "s", lambda: BASE)
    for file in (tmp_path / "s" / "data").glob("MANIFEST*"):
        file.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="cannot be opened"), open_store(tmp_path / "s"):
        pass


def test_the_folder_of_a_build_that_lives_is_left(tmp_path: Path) -> None:
    parent = tmp_path / f"s.new-{os.getppid()}"
    parent.mkdir()
    create_store(tmp_path / "s", lambda: BASE)
    assert parent.is_dir()
