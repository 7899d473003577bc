"""The increment: what a change of asserted quads does to the inferred graph of a store, read from it piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.reasoning import Contradiction, revise
from kg.store import View

Term = NamedNode | BlankNode | Literal | Triple

INFERRED = node(Graphs.INFERRED)
_ASIDE = frozenset(
    node(name) for name in (Graphs.TEXT, Graphs.CORRECTIONS, Graphs.SYSTEM, Graphs.ONTOLOGY, Graphs.QUALITY)
)
"""The graphs that no inference starts from."""


class StoreSnapshot:
    """A store as reasoning sees it: asserted, authority and inferred triples."""

    def __init__(self, view: View) -> None:
        self._view = view

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        """The triples with these terms, each once."""
        if isinstance(subject, NamedNode | None) and isinstance(value, NamedNode | Literal | None):
            seen: set[Triple] = set()
            for quad in self._view.quads(subject, predicate, value):
                if quad.graph_name not in _ASIDE and quad.triple not in seen:
                    seen.add(quad.triple)
                    yield quad.triple

    def asserted(self, triple: Triple, /) -> bool:
        """Whether a graph other than the inferred one has the triple."""
        return any(True for _ in self.holders(triple))

    def holders(self, triple: Triple) -> Iterator[Quad]:
        """The quads that assert the triple."""
        subject, predicate, value = triple
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            for quad in self._view.quads(subject, predicate, value):
                if quad.graph_name != INFERRED and quad.graph_name not in _ASIDE:
                    yield quad


@dataclass(frozen=True)
class Increment:
    """The inferred quads that go and come, and the contradictions that have come up."""

    delete: frozenset[Quad]
    insert: frozenset[Quad]
    contradictions: tuple[Contradiction, ...]


def increment(view: View, delete: Iterable[Quad], insert: Iterable[Quad]) -> Increment:
    """What deleting and inserting these quads would do to the inferred graph of a store that does not have them so yet.

    A triple that several graphs hold goes with the last of them and comes with the first.
    """
    old = StoreSnapshot(view)
    deleted = {quad for quad in delete if quad.graph_name not in _ASIDE}
    inserted = {quad.triple for quad in insert if quad.graph_name not in _ASIDE}
    gone = {
        quad.triple
        for quad in deleted
        if quad.triple not in inserted and all(holder in deleted for holder in old.holders(quad.triple))
    }
    found = revise(old, gone, _unasserted(inserted, old))
    return Increment(inferred_quads(found.removed), inferred_quads(found.added), found.contradictions)


def _unasserted(triples: Iterable[Triple], old: StoreSnapshot) -> set[Triple]:
    """The triples that are not asserted yet. Most have a subject that the store does not know at all."""
    by_subject: defaultdict[Term, set[Triple]] = defaultdict(set)
    for triple in triples:
        by_subject[triple.subject].add(triple)
    found: set[Triple] = set()
    for subject, about in by_subject.items():
        known = next(old.match(subject, None, None), None) is not None
        found |= {triple for triple in about if not old.asserted(triple)} if known else about
    return found


def inferred_quads(triples: Iterable[Triple]) -> frozenset[Quad]:
    """The triples as quads of the inferred graph."""
    return frozenset(Quad(t.subject, t.predicate, t.object, INFERRED) for t in triples)
