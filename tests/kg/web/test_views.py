"""Views on loan: the store on disk is read anew after a commit, and nobody loses the view they have."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store import Transaction, View, create_store, open_store
from kg.web import DiskViews
from kg.web.site import Kept

NAME = NamedNode("http://a.example/name")
GRAPH = NamedNode("http://a.example/graph")


def say(path: Path, word: str) -> None:
    """Commit one statement."""
    with open_store(path, write=True) as store:
        store.apply(Transaction(insert=frozenset({Quad(NAME, NAME, Literal(word), GRAPH)})))


def words(view: View) -> set[str]:
    """What was said."""
    return {quad.object.value for quad in view.quads(NAME) if isinstance(quad.object, Literal)}


def test_a_commit_is_seen_by_the_next_loan_and_not_by_a_running_one(tmp_path: Path) -> None:
    path = tmp_path / "store"
    create_store(path, list)
    say(path, "one")
    views = DiskViews(path)
    with views() as before:
        assert words(before) == {"one"}
        say(path, "two")
        with views() as after:
            assert words(after) == {"one", "two"}
            assert after.version == before.version + 1
        assert words(before) == {"one"}
        with views() as again:
            assert again is after
    views.close()
    with views() as reopened:
        assert words(reopened) == {"one", "two"}
    views.close()


def test_there_must_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store is there"), DiskViews(tmp_path / "none")():
        pass


def test_what_is_kept_is_made_once_a_version(tmp_path: Path) -> None:
    path = tmp_path / "store"
    create_store(path, list)
    views, kept = DiskViews(path), Kept()
    for word, expected in (("one", 1), ("two", 2)):
        say(path, word)
        with views() as view:
            assert kept.get(view, "words", lambda found: len(words(found))) == expected
            assert kept.get(view, "words", lambda _: -1) == expected
    views.close()
