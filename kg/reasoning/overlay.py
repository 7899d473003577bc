"""A graph and what a change has made of it: read as one, while the graph itself stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Triple

from kg.reasoning.backward import Term

_Key = tuple[Term | None, NamedNode | None, Term | None]


class Snapshot(Protocol):
    """A graph as it was before a change: asserted, authority and inferred triples together."""

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        """The triples with these terms, each once; None stands for any."""

    def asserted(self, triple: Triple, /) -> bool:
        """Whether the triple stood there otherwise than by inference from asserted triples."""


class Overlay:
    """A snapshot less the triples removed and more the triples added since.

    ``removed`` are the triples of the snapshot that are gone, ``added`` those that it never had.
    """

    def __init__(self, old: Snapshot) -> None:
        self._old = old
        self._read: dict[_Key, tuple[Triple, ...]] = {}
        self._absent: dict[tuple[Term, bool], bool] = {}
        self._by_subject: defaultdict[tuple[Term, NamedNode], set[Triple]] = defaultdict(set)
        self._by_object: defaultdict[tuple[Term, NamedNode], set[Triple]] = defaultdict(set)
        self.removed: set[Triple] = set()
        self.added: set[Triple] = set()

    def __contains__(self, triple: Triple) -> bool:
        return triple in self.added or (triple not in self.removed and self._had(triple))

    def match(self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /) -> list[Triple]:
        """The triples with these terms. A predicate and a subject or an object must be given."""
        assert predicate is not None
        found = self._before(subject, predicate, value)
        triples = [triple for triple in found if triple not in self.removed] if self.removed else list(found)
        if subject is not None:
            new = self._by_subject.get((subject, predicate), ())
            triples += new if value is None else [triple for triple in new if triple.object == value]
        elif value is not None:
            triples += self._by_object.get((value, predicate), ())
        return triples

    def add(self, triples: Iterable[Triple]) -> list[Triple]:
        """Add triples; returns those that were not there."""
        fresh = [triple for triple in triples if triple not in self]
        for triple in fresh:
            if triple in self.removed:
                self.removed.discard(triple)
            else:
                self.added.add(triple)
                self._by_subject[triple.subject, triple.predicate].add(triple)
                self._by_object[triple.object, triple.predicate].add(triple)
        return fresh

    def remove(self, triples: Iterable[Triple]) -> None:
        """Take triples away, as far as they are there."""
        for triple in triples:
            if triple in self.added:
                self.added.discard(triple)
                self._by_subject[triple.subject, triple.predicate].discard(triple)
                self._by_object[triple.object, triple.predicate].discard(triple)
            elif self._had(triple):
                self.removed.add(triple)

    def _had(self, triple: Triple) -> bool:
        return bool(self._before(*triple))

    def _before(self, subject: Term | None, predicate: NamedNode, value: Term | None) -> tuple[Triple, ...]:
        """What the snapshot has. It never changes, so every answer is kept; most nodes of a change are new to it."""
        key = (subject, predicate, value)
        found = self._read.get(key)
        if found is None:
            new = (subject is not None and self._is_new(subject, True)) or (
                value is not None and self._is_new(value, False)
            )
            found = self._read[key] = () if new else tuple(self._old.match(subject, predicate, value))
        return found

    def _is_new(self, node: Term, subject: bool) -> bool:
        """Whether the snapshot has no triple with the node as its subject, or as its object."""
        known = self._absent.get((node, subject))
        if known is None:
            near = self._old.match(node, None, None) if subject else self._old.match(None, None, node)
            known = self._absent[node, subject] = next(near, None) is None
        return known
