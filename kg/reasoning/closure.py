"""The closure of a graph under the ontology's OWL 2 RL axioms: semi-naive evaluation over integer ids.

Terms are numbered once; a fact is a pair of numbers under its predicate. Each round applies every axiom to
the pairs found in the round before, by whole sets where the axiom has one atom and by index where it joins
two, until nothing new comes. The cost is that of reading the triples, not of searching for rules.

Blank nodes take part but no conclusion about one is given. Literals take part in one thing only: the domain of a
property holds of the subject of a literal too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.reasoning.axioms import TYPE, Axioms, Pairs, is_ours, ontology_axioms

_TYPE_ID: Final = 0

_Node = NamedNode | BlankNode
Pair = tuple[int, int]
Delta = defaultdict[int, set[Pair]]


@dataclass(frozen=True, order=True)
class Contradiction:
    """One node in two classes that the ontology declares disjoint (IRIs as strings, so that they sort)."""

    node: str
    first: str
    second: str

    def message(self, lang: str = "en") -> str:
        """One line that names the node and both classes."""
        if lang == "zh":
            return f"<{self.node}> 不能同时属于互斥的类 <{self.first}> 与 <{self.second}>。"
        return f"<{self.node}> is in the disjoint classes <{self.first}> and <{self.second}>."


@dataclass(frozen=True)
class Closure:
    """What follows from a graph: the new triples, and the contradictions found in it."""

    inferred: frozenset[Triple]
    contradictions: tuple[Contradiction, ...]


def closure(triples: Iterable[Triple], axioms: Axioms | None = None) -> Closure:
    """The triples that follow from ``triples`` by the axioms (default: the ontology's), those excluded.

    Conclusions have an IRI as subject and object and a predicate of ``rp:``, or type a node with a class of
    ``rp:``.
    """
    engine = Engine(axioms or ontology_axioms())
    engine.take(triples)
    return Closure(frozenset(engine.inferred()), engine.contradictions())


class Engine:
    """The closure, kept up to date while triples are added; in which order does not matter."""

    def __init__(self, axioms: Axioms) -> None:
        self._ids: dict[_Node, int] = {TYPE: _TYPE_ID}
        self._terms: list[_Node] = [TYPE]
        self._known: Delta = defaultdict(set)
        self._given: Delta = defaultdict(set)
        self._forward: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        self._backward: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        self._axioms = axioms
        self._compile(axioms)

    def add_closed(self, triples: Iterable[Triple]) -> None:
        """Add triples that are closed under the axioms, first of all: nothing is drawn from them alone."""
        for predicate, pairs in self._encode(triples)[0].items():
            self._given[predicate] |= pairs
            self._learn(predicate, pairs)

    def add(self, triples: Iterable[Triple]) -> list[Triple]:
        """As ``take``; returns the new conclusions."""
        return list(self._decode(self.take(triples)))

    def take(self, triples: Iterable[Triple]) -> dict[int, set[Pair]]:
        """Add triples and draw all conclusions. Returns what was not known before, as numbers."""
        delta, typed = self._encode(triples)
        for predicate, pairs in delta.items():
            self._given[predicate] |= pairs
        if typed:
            delta[_TYPE_ID] |= typed
        found: Delta = defaultdict(set)
        for kept in self._rounds(delta):
            for predicate, pairs in kept.items():
                found[predicate] |= pairs
        return found

    def inferred(self) -> Iterator[Triple]:
        """All conclusions so far that were not given."""
        return self._decode(self._known)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """The nodes in two disjoint classes, sorted."""
        members: defaultdict[int, set[int]] = defaultdict(set)
        for node, cls in self._known[_TYPE_ID]:
            members[cls].add(node)
        found = [
            Contradiction(self._terms[node].value, first.value, second.value)
            for first, second in self._axioms.disjoint
            for node in members[self._id(first)] & members[self._id(second)]
        ]
        return tuple(sorted(found))

    # ---- axioms to tables of ids

    def _compile(self, axioms: Axioms) -> None:
        self._broader = {self._id(c): self._ids_of(above) for c, above in _upward(axioms.subclass).items()}
        self._super = self._table(axioms.subproperty)
        self._flip = self._table(axioms.inverse | {(p, p) for p in axioms.symmetric})
        self._domain = self._table(axioms.domain)
        self._range = self._table(axioms.range)
        self._left: defaultdict[int, list[Pair]] = defaultdict(list)
        self._right: defaultdict[int, list[Pair]] = defaultdict(list)
        self._helper_parts: dict[int, Pair] = {}
        for prop in sorted(axioms.transitive, key=str):
            self._join(self._id(prop), self._id(prop), self._id(prop))
        for head, steps in axioms.chains:
            self._compile_chain(self._id(head), [self._id(step) for step in steps])
        self._broader_properties = _upward(axioms.subproperty)
        self._literal_types: dict[NamedNode, tuple[int, ...]] = {}

    def _compile_chain(self, head: int, steps: list[int]) -> None:
        """A chain of n steps as n - 1 joins, over helper properties that have no IRI and never come out."""
        if len(steps) == 1:
            self._super.setdefault(steps[0], []).append(head)
            return
        left = steps[0]
        for step in steps[1:-1]:
            helper = -1 - len(self._helper_parts)
            self._helper_parts[helper] = (left, step)
            self._join(left, step, helper)
            left = helper
        self._join(left, steps[-1], head)

    def _join(self, left: int, right: int, head: int) -> None:
        self._left[left].append((right, head))
        self._right[right].append((left, head))

    def _table(self, pairs: Pairs) -> dict[int, list[int]]:
        table: dict[int, list[int]] = {}
        for narrow, broad in sorted(pairs, key=str):
            table.setdefault(self._id(narrow), []).append(self._id(broad))
        return table

    # ---- terms and ids

    def _id(self, term: _Node) -> int:
        number = self._ids.get(term)
        if number is None:
            number = self._ids[term] = len(self._terms)
            self._terms.append(term)
        return number

    def _ids_of(self, terms: Iterable[NamedNode]) -> tuple[int, ...]:
        return tuple(self._id(term) for term in sorted(terms, key=str))

    def _encode(self, triples: Iterable[Triple]) -> tuple[Delta, set[Pair]]:
        """The triples as pairs by predicate, and the types that follow from those with a literal object."""
        pairs: Delta = defaultdict(set)
        typed: set[Pair] = set()
        number = self._id
        for subject, predicate, value in triples:
            if not isinstance(subject, NamedNode | BlankNode):
                continue
            if isinstance(value, NamedNode | BlankNode):
                pairs[number(predicate)].add((number(subject), number(value)))
            elif isinstance(value, Literal):
                classes = self._types_of_literal(predicate)
                if classes:
                    node = number(subject)
                    typed.update((node, cls) for cls in classes)
        return pairs, typed

    def _decode(self, pairs_of: dict[int, set[Pair]]) -> Iterator[Triple]:
        terms = self._terms
        ours = [is_ours(term) for term in terms]
        for predicate, pairs in pairs_of.items():
            prop = terms[predicate]
            if (
                predicate < 0
                or not isinstance(prop, NamedNode)
                or not (predicate == _TYPE_ID or ours[predicate])
            ):
                continue
            for subject, value in pairs - self._given[predicate]:
                named = isinstance(terms[subject], NamedNode) and isinstance(terms[value], NamedNode)
                if named and (predicate != _TYPE_ID or ours[value]):
                    yield Triple(terms[subject], prop, terms[value])

    def _types_of_literal(self, predicate: NamedNode) -> tuple[int, ...]:
        found = self._literal_types.get(predicate)
        if found is None:
            properties = {predicate} | self._broader_properties.get(predicate, set())
            found = self._ids_of({cls for prop, cls in self._axioms.domain if prop in properties})
            self._literal_types[predicate] = found
        return found

    # ---- evaluation

    def _rounds(self, delta: Delta) -> Iterator[Delta]:
        """Run to the fixpoint; yields what each round added to the known facts."""
        while delta:
            for predicate, pairs in list(delta.items()):
                pairs -= self._known[predicate]
                if pairs:
                    self._learn(predicate, pairs)
                else:
                    del delta[predicate]
            yield delta
            fresh: Delta = defaultdict(set)
            for predicate, pairs in delta.items():
                self._apply(predicate, pairs, fresh)
            delta = fresh

    def _learn(self, predicate: int, pairs: set[Pair]) -> None:
        self._known[predicate] |= pairs
        if predicate in self._right:
            forward = self._forward[predicate]
            for subject, value in pairs:
                forward.setdefault(subject, []).append(value)
        if predicate in self._left:
            backward = self._backward[predicate]
            for subject, value in pairs:
                backward.setdefault(value, []).append(subject)

    def _apply(self, predicate: int, pairs: set[Pair], fresh: Delta) -> None:
        if predicate == _TYPE_ID:
            broader = self._broader
            fresh[_TYPE_ID].update((node, above) for node, cls in pairs for above in broader.get(cls, ()))
            return
        for broad in self._super.get(predicate, ()):
            fresh[broad] |= pairs
        for turned in self._flip.get(predicate, ()):
            fresh[turned].update((value, subject) for subject, value in pairs)
        for cls in self._domain.get(predicate, ()):
            fresh[_TYPE_ID].update((subject, cls) for subject, _ in pairs)
        for cls in self._range.get(predicate, ()):
            fresh[_TYPE_ID].update((value, cls) for _, value in pairs)
        for right, head in self._left.get(predicate, ()):
            onward = self._forward[right]
            fresh[head].update((subject, end) for subject, mid in pairs for end in onward.get(mid, ()))
        for left, head in self._right.get(predicate, ()):
            inward = self._backward[left]
            fresh[head].update((start, value) for mid, value in pairs for start in inward.get(mid, ()))


def _upward(pairs: Pairs) -> dict[NamedNode, set[NamedNode]]:
    """For each narrower term all broader ones, however many steps away."""
    direct: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for narrow, broad in pairs:
        direct[narrow].add(broad)
    found: dict[NamedNode, set[NamedNode]] = {}
    for term in list(direct):
        above: set[NamedNode] = set()
        waiting = list(direct[term])
        while waiting:
            nearest = waiting.pop()
            if nearest not in above:
                above.add(nearest)
                waiting.extend(direct.get(nearest, ()))
        found[term] = above
    return found
