"""The axioms run forward over a change: what follows from some triples together with a graph that is only looked up.

The closure engine joins by index. Here its indexes are filled with what stands next to the triples at hand, when a join
asks for it, so the cost is that of the change and not of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.reasoning.axioms import Axioms, ontology_axioms
from kg.reasoning.backward import Term
from kg.reasoning.closure import Delta, Engine, Pair
from kg.reasoning.reach import Graph


class Forward(Engine):
    """What follows from triples and a graph, which must not change as long as this is used.

    ``add`` gives the conclusions of which a triple added so far is a premise; the graph may have them already.
    """

    def __init__(self, graph: Graph, axioms: Axioms | None = None) -> None:
        super().__init__(axioms or ontology_axioms())
        self._graph = graph
        self._met: set[tuple[int, int, bool]] = set()

    def _apply(self, predicate: int, pairs: set[Pair], fresh: Delta) -> None:
        for right, _ in self._left.get(predicate, ()):
            for node in {value for _, value in pairs}:
                self._meet(node, right, onward=True)
        for left, _ in self._right.get(predicate, ()):
            for node in {subject for subject, _ in pairs}:
                self._meet(node, left, onward=False)
        super()._apply(predicate, pairs, fresh)

    def _meet(self, node: int, predicate: int, *, onward: bool) -> None:
        """Fill an index with the neighbours of a node; they are not known facts, so nothing is drawn from them alone."""
        if (node, predicate, onward) not in self._met:
            self._met.add((node, predicate, onward))
            index = self._forward if onward else self._backward
            index[predicate].setdefault(node, []).extend(self._neighbours(node, predicate, onward))

    def _neighbours(self, node: int, predicate: int, onward: bool) -> list[int]:
        if predicate < 0:  # a helper: the first steps of a longer chain, which only ever stands on the left
            left, step = self._helper_parts[predicate]
            middles = self._neighbours(node, step, False)
            return [start for middle in middles for start in self._neighbours(middle, left, False)]
        prop, term = self._terms[predicate], self._terms[node]
        assert isinstance(prop, NamedNode)
        found = self._graph.match(term, prop, None) if onward else self._graph.match(None, prop, term)
        ends: Iterable[Term] = (triple.object if onward else triple.subject for triple in found)
        return [self._id(end) for end in ends if isinstance(end, NamedNode)]
