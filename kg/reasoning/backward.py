"""The axioms run backward: for one triple, the steps by which each axiom could have given it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.reasoning.axioms import TYPE, Axioms, ontology_axioms

Term = NamedNode | BlankNode | Literal | Triple
Match = Callable[[Term | None, NamedNode | None, Term | None], Iterable[Triple]]


@dataclass(frozen=True)
class Step:
    """One use of an axiom: its kind (the local name of the OWL term), its premises, and its sentence."""

    axiom: str
    premises: tuple[Triple, ...]
    zh: str
    en: str


class Backward:
    """The axioms indexed by what they conclude."""

    def __init__(self, axioms: Axioms) -> None:
        self._axioms = axioms
        self._narrower = _by_conclusion(axioms.subproperty)
        self._inverse = _by_conclusion(axioms.inverse)
        self._subclasses = _by_conclusion(axioms.subclass)
        self._domains = _by_conclusion(axioms.domain)
        self._ranges = _by_conclusion(axioms.range)

    def steps(self, triple: Triple, match: Match) -> Iterator[Step]:
        """The steps that conclude ``triple`` from triples that ``match`` finds, in an order of their own."""
        if triple.predicate == TYPE:
            if isinstance(triple.object, NamedNode):
                yield from self._type_steps(triple.subject, triple.object, match)
            return
        yield from self._simple_steps(triple, match)
        if triple.predicate in self._axioms.transitive:
            yield from self._transitive_steps(triple, match)
        for head, path in self._axioms.chains:
            if head == triple.predicate:
                for premises in _paths(triple.subject, path, triple.object, match):
                    yield self._chain_step(head, path, premises)

    def _simple_steps(self, triple: Triple, match: Match) -> Iterator[Step]:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        broad = self._names(predicate)
        for narrow in self._narrower.get(predicate, ()):
            zh, en = self._names(narrow)
            for premise in match(subject, narrow, value):
                yield Step(
                    "subPropertyOf",
                    (premise,),
                    f"“{zh}”是“{broad[0]}”的一种",
                    f"“{en}” is a kind of “{broad[1]}”",
                )
        if isinstance(value, Literal):
            return
        for other in self._inverse.get(predicate, ()):
            zh, en = self._names(other)
            for premise in match(value, other, subject):
                yield Step(
                    "inverseOf",
                    (premise,),
                    f"“{zh}”反过来就是“{broad[0]}”",
                    f"“{en}” the other way round is “{broad[1]}”",
                )
        if predicate in self._axioms.symmetric:
            for premise in match(value, predicate, subject):
                yield Step(
                    "SymmetricProperty", (premise,), f"“{broad[0]}”是相互的", f"“{broad[1]}” is mutual"
                )

    def _transitive_steps(self, triple: Triple, match: Match) -> Iterator[Step]:
        zh, en = self._names(triple.predicate)
        path = (triple.predicate, triple.predicate)
        for premises in _paths(triple.subject, path, triple.object, match):
            if triple not in premises:
                yield Step(
                    "TransitiveProperty",
                    premises,
                    f"“{zh}”可以逐级传递",
                    f"“{en}” carries on from step to step",
                )

    def _type_steps(self, subject: Term, cls: NamedNode, match: Match) -> Iterator[Step]:
        zh, en = self._names(cls)
        for narrow in self._subclasses.get(cls, ()):
            for premise in match(subject, TYPE, narrow):
                names = self._names(narrow)
                yield Step(
                    "subClassOf",
                    (premise,),
                    f"“{names[0]}”是“{zh}”的一种",
                    f"“{names[1]}” is a kind of “{en}”",
                )
        for prop in self._domains.get(cls, ()):
            for premise in _first(match(subject, prop, None)):
                names = self._names(prop)
                yield Step(
                    "domain",
                    (premise,),
                    f"凡有“{names[0]}”的，都属于“{zh}”",
                    f"whatever has “{names[1]}” is of the class “{en}”",
                )
        for prop in self._ranges.get(cls, ()):
            for premise in _first(match(None, prop, subject)):
                names = self._names(prop)
                yield Step(
                    "range",
                    (premise,),
                    f"凡“{names[0]}”所指的，都属于“{zh}”",
                    f"whatever “{names[1]}” points to is of the class “{en}”",
                )

    def _chain_step(self, head: NamedNode, path: tuple[NamedNode, ...], premises: tuple[Triple, ...]) -> Step:
        zh = "之".join(f"“{self._names(step)[0]}”" for step in path)
        en = ", then ".join(f"“{self._names(step)[1]}”" for step in path)
        names = self._names(head)
        return Step("propertyChainAxiom", premises, f"{zh}即为“{names[0]}”", f"{en}, makes “{names[1]}”")

    def _names(self, term: NamedNode) -> tuple[str, str]:
        labels = self._axioms.labels.get(term, {})
        local = term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        return labels.get("zh", local), labels.get("en", local)


@cache
def ontology_backward() -> Backward:
    """The project's own axioms, indexed by conclusion."""
    return Backward(ontology_axioms())


def _by_conclusion(pairs: frozenset[tuple[NamedNode, NamedNode]]) -> dict[NamedNode, list[NamedNode]]:
    table: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for premise, conclusion in sorted(pairs, key=str):
        table[conclusion].append(premise)
    return dict(table)


def _first(triples: Iterable[Triple]) -> list[Triple]:
    """The lowest of the triples: one is enough to type a node, and which one must not depend on the store."""
    lowest = min(triples, key=str, default=None)
    return [] if lowest is None else [lowest]


def _paths(start: Term, path: tuple[NamedNode, ...], end: Term, match: Match) -> Iterator[tuple[Triple, ...]]:
    """The paths of triples from start to end along the properties."""
    if len(path) == 1:
        yield from ((triple,) for triple in match(start, path[0], end))
        return
    for triple in sorted(match(start, path[0], None), key=str):
        if not isinstance(triple.object, Literal):
            for rest in _paths(triple.object, path[1:], end, match):
                yield (triple, *rest)
