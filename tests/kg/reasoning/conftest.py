"""A small bulletin and the authorities it needs, and a lookup over sets of triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.reasoning import Inference, closure, infer

HERE = Path(__file__).parent
Term = NamedNode | BlankNode | Literal | Triple


def read(name: str) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in parse(path=HERE / name, format=RdfFormat.TURTLE))


class SetLookup:
    """Asserted, authority and inferred triples in memory."""

    def __init__(
        self, asserted: Iterable[Triple], authorities: Iterable[Triple], inferred: Iterable[Triple]
    ) -> None:
        self._authorities = frozenset(authorities)
        self._asserted = frozenset(asserted) | self._authorities
        self._by_subject: defaultdict[Term, list[Triple]] = defaultdict(list)
        self._by_object: defaultdict[Term, list[Triple]] = defaultdict(list)
        self._all = list(self._asserted | frozenset(inferred))
        for triple in self._all:
            self._by_subject[triple.subject].append(triple)
            self._by_object[triple.object].append(triple)

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        if subject is not None:
            near = self._by_subject.get(subject, [])
        else:
            near = self._all if value is None else self._by_object.get(value, [])
        for triple in near:
            if predicate in (None, triple.predicate) and value in (None, triple.object):
                yield triple

    def asserted(self, triple: Triple, /) -> bool:
        return triple in self._asserted

    def authority(self, triple: Triple, /) -> bool:
        return triple in self._authorities


@pytest.fixture(scope="package")
def asserted() -> frozenset[Triple]:
    return read("bulletin.ttl")


@pytest.fixture(scope="package")
def tables() -> frozenset[Triple]:
    """The authorities as asserted."""
    return read("authorities.ttl")


@pytest.fixture(scope="package")
def authorities(tables: frozenset[Triple]) -> frozenset[Triple]:
    """The authorities with their closure."""
    return tables | closure(tables).inferred


@pytest.fixture(scope="package")
def inference(asserted: frozenset[Triple], authorities: frozenset[Triple]) -> Inference:
    return infer(asserted, authorities)


@pytest.fixture(scope="package")
def lookup(
    asserted: frozenset[Triple],
    tables: frozenset[Triple],
    authorities: frozenset[Triple],
    inference: Inference,
) -> SetLookup:
    return SetLookup(asserted, tables, (authorities - tables) | inference.triples)
