"""What a store does: it is read through a view, and changed by transactions that hold or fail as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples
from pyoxigraph import Store as Oxigraph
from rdflib import XSD

from kg.errors import StoreError
from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs

_SYSTEM = node(Graphs.SYSTEM)
_STORE = NamedNode(ID + "store")
_VERSION = node(RP.storeVersion)
_INTEGER = node(str(XSD.integer))


@dataclass(frozen=True)
class Transaction:
    """A change: the quads that go and the quads that come. Applying it twice is the same as once."""

    delete: frozenset[Quad] = frozenset()
    insert: frozenset[Quad] = frozenset()
    note: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def between(cls, old: Iterable[Quad], new: Iterable[Quad], **note: Any) -> Transaction:
        """The transaction that turns the old quads into the new ones: their differences only."""
        before, after = frozenset(old), frozenset(new)
        return cls(before - after, after - before, note)

    def __bool__(self) -> bool:
        return bool(self.delete or self.insert)


class View(Protocol):
    """The reading side of a store."""

    def query(self, text: str, *, union: bool = True) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a SPARQL query; ``union`` makes the default graph the union of all named graphs."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads that match the pattern; None matches all."""

    def graphs(self) -> list[NamedNode]:
        """The names of all graphs, sorted, without the system graph."""

    @property
    def version(self) -> int:
        """How many transactions the store has seen."""


class Store(View, Protocol):
    """The writing side."""

    def apply(self, transaction: Transaction) -> int:
        """Apply a transaction whole and return the store's new version."""

    def close(self) -> None:
        """Let go of the store."""


class OxigraphStore:
    """A store in a pyoxigraph store, in memory or on disk."""

    def __init__(self, oxigraph: Oxigraph) -> None:
        self._oxigraph = oxigraph

    def query(self, text: str, *, union: bool = True) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Run a SPARQL query."""
        return self._oxigraph.query(text, use_default_graph_as_union=union)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads that match the pattern."""
        return iter(self._oxigraph.quads_for_pattern(subject, predicate, object, graph))

    def graphs(self) -> list[NamedNode]:
        """The names of all graphs, sorted, without the system graph."""
        named = (found for found in self._oxigraph.named_graphs() if isinstance(found, NamedNode))
        # Oxigraph remembers the names of emptied graphs
        held = (found for found in named if found != _SYSTEM and next(self.quads(graph=found), None))
        return sorted(held, key=lambda found: found.value)

    @property
    def version(self) -> int:
        """How many transactions the store has seen."""
        quad = next(self.quads(_STORE, _VERSION, None, _SYSTEM), None)
        return int(quad.object.value) if quad is not None and isinstance(quad.object, Literal) else 0

    def apply(self, transaction: Transaction) -> int:
        """Apply a transaction whole: one SPARQL update text, which Oxigraph commits or drops as one."""
        old = self.version
        text = _data("DELETE", [*transaction.delete, *([_version_quad(old)] if old else [])])
        text += _data("INSERT", [*transaction.insert, _version_quad(old + 1)])
        try:
            self._oxigraph.update(text)
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from None
        return old + 1

    def close(self) -> None:
        """Let go of the store."""
        del self._oxigraph


def _version_quad(version: int) -> Quad:
    return Quad(_STORE, _VERSION, Literal(str(version), datatype=_INTEGER), _SYSTEM)


def _data(verb: str, quads: Iterable[Quad]) -> str:
    """``DELETE DATA`` or ``INSERT DATA`` of the quads, grouped by graph, in one fixed order; empty for none."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        grouped[str(quad.graph_name)].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    if not grouped:
        return ""
    body = "\n".join(
        f"GRAPH {graph} {{\n" + "\n".join(sorted(lines)) + "\n}" for graph, lines in sorted(grouped.items())
    )
    return f"{verb} DATA {{\n{body}\n}} ;\n"
