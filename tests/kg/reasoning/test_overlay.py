"""A graph under change is read as one; the snapshot below is asked once for each thing."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.reasoning.overlay import Overlay

Term = NamedNode | BlankNode | Literal | Triple

NODES = [NamedNode(f"https://example.org/n{n}") for n in range(3)]
PROPERTIES = [NamedNode(f"https://example.org/p{n}") for n in range(2)]
triples = st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES))
sets = st.frozensets(triples, max_size=8)


class Old:
    def __init__(self, held: frozenset[Triple]) -> None:
        self.held = held
        self._store = Store()
        self._store.extend(Quad(*t) for t in held)
        self.asked: list[object] = []

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        self.asked.append((subject, predicate, value))
        return (quad.triple for quad in self._store.quads_for_pattern(subject, predicate, value))  # type: ignore[arg-type]

    def asserted(self, triple: Triple, /) -> bool:
        return triple in self.held


@given(sets, st.lists(st.tuples(st.booleans(), sets), max_size=5))
def test_it_reads_as_the_set_that_it_stands_for(
    held: frozenset[Triple], changes: list[tuple[bool, frozenset[Triple]]]
) -> None:
    overlay, expected = Overlay(Old(held)), set(held)
    for adds, changed in changes:
        if adds:
            assert set(overlay.add(changed)) == changed - expected
            expected |= changed
        else:
            overlay.remove(changed)
            expected -= changed
    assert overlay.added == expected - held
    assert overlay.removed == held - expected
    for p in PROPERTIES:
        for a in NODES:
            assert sorted(overlay.match(a, p, None), key=str) == sorted(
                (t for t in expected if (t.subject, t.predicate) == (a, p)), key=str
            )
            assert sorted(overlay.match(None, p, a), key=str) == sorted(
                (t for t in expected if (t.predicate, t.object) == (p, a)), key=str
            )
            for b in NODES:
                one = Triple(a, p, b)
                assert (one in overlay) == (one in expected)
                assert overlay.match(a, p, b) == ([one] if one in expected else [])


def test_the_snapshot_is_asked_once_and_not_about_nodes_it_does_not_know() -> None:
    old = Old(frozenset({Triple(NODES[0], PROPERTIES[0], NODES[1])}))
    overlay = Overlay(old)
    for _ in range(2):
        overlay.match(NODES[0], PROPERTIES[0], None)
        overlay.match(NODES[2], PROPERTIES[0], None)
        overlay.match(NODES[2], PROPERTIES[1], None)
    assert old.asked == [(NODES[0], None, None), (NODES[0], PROPERTIES[0], None), (NODES[2], None, None)]
