"""The store in memory: for tests, and for views that fit."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad
from pyoxigraph import Store as Oxigraph

from kg.store.base import OxigraphStore


def memory_store(quads: Iterable[Quad] = ()) -> OxigraphStore:
    """A store in memory that holds the quads."""
    oxigraph = Oxigraph()
    oxigraph.bulk_extend(quads)
    return OxigraphStore(oxigraph)
