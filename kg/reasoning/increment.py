"""What a change of asserted triples does to the inferred ones, without inferring the rest anew.

The method is delete and re-derive, stratum by stratum. First falls all that may rest on what is no longer asserted, by
axioms and by rules, followed in the graph as it was. Then what still stands without any of that is put back, the
new triples come in with what follows from them, and each stratum of rules is applied to the foci that the change can
reach. The result is that of ``infer`` on the new asserted triples, always: a test compares the two.

Something falls before it is put back because a triple must not support itself: of two triples of a symmetric property
each is a reason for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode, Triple

from kg.reasoning.axioms import TYPE, ontology_axioms
from kg.reasoning.backward import Term, ontology_backward
from kg.reasoning.closure import Contradiction
from kg.reasoning.firing import Firing, Reasons, ontology_firings
from kg.reasoning.forward import Forward
from kg.reasoning.overlay import Overlay, Snapshot
from kg.reasoning.rules import rule_descriptions


@dataclass(frozen=True)
class Revision:
    """What a change does to the inferred triples, and the contradictions at the nodes that it has typed."""

    removed: frozenset[Triple]
    added: frozenset[Triple]
    contradictions: tuple[Contradiction, ...]


def revise(old: Snapshot, gone: Iterable[Triple], come: Iterable[Triple]) -> Revision:
    """The inferred triples that go and come when ``gone`` are no longer asserted and ``come`` are.

    ``old`` holds the graph before the change: asserted triples, the authorities and the closure of these, and what
    ``infer`` gave for them. ``gone`` were asserted there, ``come`` were not. The authorities do not change.
    """
    change = _Change(old, frozenset(gone), frozenset(come), ontology_firings())
    change.run()
    return change.revision()


class _Change:
    """One change in the making: ``graph`` is what holds so far."""

    def __init__(
        self,
        old: Snapshot,
        gone: frozenset[Triple],
        come: frozenset[Triple],
        firings: tuple[Firing, ...],
    ) -> None:
        self._old = old
        self._gone = gone
        self._come = come
        self._firings = firings
        self._reasons = Reasons(firings)
        self._news = set(come)
        self._waiting: defaultdict[Firing, set[Term]] = defaultdict(set)
        self.graph = Overlay(old)

    def run(self) -> None:
        """Bring the graph from its old state to the new one."""
        standing = self._withdraw(self._gone, self._firings)
        self._put(self._come | standing)
        for stratum, firings in groupby(self._firings, key=lambda firing: firing.rule.stratum):
            self._apply(tuple(firings), stratum)

    def revision(self) -> Revision:
        """What has become of the inferred triples. What was inferred and is asserted now is inferred no more."""
        graph = self.graph
        return Revision(
            frozenset((self._come - graph.added) | (graph.removed - self._gone)),
            frozenset((graph.added - self._come) | (self._gone - graph.removed)),
            self._contradictions(),
        )

    def _given(self, triple: Triple) -> bool:
        """Whether the triple is asserted after the change, or was and is no inference at all."""
        if triple in self._come or triple in rule_descriptions():
            return True
        return triple not in self._gone and self._old.asserted(triple)

    # ---- what goes

    def _withdraw(self, triples: Collection[Triple], firings: Iterable[Firing]) -> set[Triple]:
        """Take away triples and all that may rest on them, by the axioms and by these rules, which wait to be applied
        anew. Returns the triples that stand all the same."""
        falling = self._falling(triples, tuple(firings)) if triples else set[Triple]()
        self.graph.remove(falling)
        return {triple for triple in falling if self._stands(triple)}

    def _falling(self, triples: Iterable[Triple], firings: tuple[Firing, ...]) -> set[Triple]:
        """The triples, and those of which one is a premise, and so on; none that is given, all of them in the graph."""
        forward, falling, unfollowed = Forward(self.graph), set[Triple](), set[Triple]()
        fresh = self._fallible(triples, falling)
        while fresh:
            falling |= fresh
            unfollowed |= fresh
            fresh = self._fallible(forward.add(fresh), falling)
            if not fresh:
                fresh = self._fallible(self._renounced(unfollowed, firings), falling)
                unfollowed.clear()
        return falling

    def _fallible(self, triples: Iterable[Triple], falling: set[Triple]) -> set[Triple]:
        return {t for t in triples if t not in falling and t in self.graph and not self._given(t)}

    def _renounced(self, falling: set[Triple], firings: Iterable[Firing]) -> set[Triple]:
        """What the rules have said of foci that the falling triples reach and that do not wait yet."""
        changed = _by_predicate(falling)
        found: set[Triple] = set()
        for firing in firings:
            foci = firing.reach.foci(changed, self.graph) - self._waiting[firing]
            self._waiting[firing] |= foci
            found |= firing.said(foci, self.graph)
        return found

    def _stands(self, triple: Triple) -> bool:
        """Whether the graph as it is supports the triple in one step."""
        if self._reasons.support(triple, self.graph):
            return True
        steps = ontology_backward().steps(triple, self.graph.match)
        return next(steps, None) is not None

    # ---- what comes

    def _put(self, triples: Iterable[Triple]) -> None:
        """Add triples and all that follows from them by the axioms."""
        fresh = self.graph.add(triples)
        if fresh:
            found = Forward(self.graph).add(fresh)
            self.graph.add(triple for triple in found if triple not in rule_descriptions())

    def _apply(self, firings: tuple[Firing, ...], stratum: int) -> None:
        """Apply the rules of one stratum to all foci that the change reaches, at once."""
        changed = _by_predicate(self.graph.added | self._news)
        said, says = set[Triple](), set[Triple]()
        for firing in firings:
            foci = self._waiting[firing] | firing.reach.foci(changed, self.graph)
            said |= firing.said(foci, self.graph)
            says |= firing.says(foci, self.graph, self._given)
        later = tuple(firing for firing in self._firings if firing.rule.stratum > stratum)
        # what held before for a later reason is news to the rules that see the earlier reasons alone
        self._news |= says - said
        standing = self._withdraw(said - says, later)
        self._put(says | standing)

    def _contradictions(self) -> tuple[Contradiction, ...]:
        """The disjoint classes of each node that has a class it did not have before."""
        graph = self.graph
        nodes = {t.subject for t in graph.added if t.predicate == TYPE and isinstance(t.subject, NamedNode)}
        found = []
        for node in nodes:
            classes = {triple.object for triple in graph.match(node, TYPE, None)}
            found += [
                Contradiction(node.value, first.value, second.value)
                for first, second in ontology_axioms().disjoint
                if first in classes and second in classes
            ]
        return tuple(sorted(found))


def _by_predicate(triples: Iterable[Triple]) -> dict[NamedNode, list[Triple]]:
    found: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        found[triple.predicate].append(triple)
    return found
