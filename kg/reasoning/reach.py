"""How far a rule reaches: from changed triples to the nodes that own its conclusions, and from such a node to all that
the rule reads for it.

Both follow the rule's own patterns (``kg.reasoning.patterns``) and ignore its filters: they may reach too much, never
too little. Steps from subject to object are preferred, since many things point to a province and it points to few; then
steps back over properties that are said to be narrow, such as the one from an article to its quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from pyoxigraph import NamedNode, Triple

from kg.errors import InputError
from kg.reasoning.backward import Term
from kg.reasoning.patterns import Constant, Group, Name, Pattern

_FORWARD_COST, _NARROW_COST, _WIDE_COST = 1, 2, 10
_Values = Mapping[Name, frozenset[Constant]]


class Graph(Protocol):
    """What is followed: a graph that finds its triples by subject, predicate and object."""

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterable[Triple]:
        """The triples with these terms; None stands for any."""


@dataclass(frozen=True)
class Hop:
    """One pattern followed in one direction; ``allowed`` are the objects that it may have, None for any."""

    pattern: Pattern
    forward: bool
    allowed: frozenset[Constant] | None

    def triples(self, starts: Iterable[Term], graph: Graph) -> Iterator[Triple]:
        """The triples that match the pattern and begin (or end, where it is followed backward) at the starts."""
        pattern = self.pattern
        for start in starts:
            if self.forward:
                value = None if isinstance(pattern.object, str) else pattern.object
                for triple in graph.match(start, pattern.predicate, value):
                    if self.allowed is None or triple.object in self.allowed:
                        yield triple
            else:
                yield from graph.match(None, pattern.predicate, start)

    def ends(self, starts: set[Term], graph: Graph) -> set[Term]:
        """Where the hop leads from the starts."""
        found = {t.object if self.forward else t.subject for t in self.triples(starts, graph)}
        return found | starts if self.pattern.optional else found


@dataclass(frozen=True)
class Entry:
    """A pattern that a changed triple may match, and the way from that triple to the focus."""

    pattern: Pattern
    allowed: frozenset[Constant] | None
    from_subject: bool
    route: tuple[Hop, ...]

    def starts(self, triples: Iterable[Triple]) -> set[Term]:
        """Where the way begins in those of the triples that match the pattern."""
        subject, value = self.pattern.subject, self.pattern.object
        return {
            triple.subject if self.from_subject else triple.object
            for triple in triples
            if (isinstance(value, str) or triple.object == value)
            and (isinstance(subject, str) or triple.subject == subject)
            and (self.allowed is None or triple.object in self.allowed)
        }


@dataclass(frozen=True)
class _Plan:
    """In which order and direction the patterns of a group are fetched, those of its parts after them."""

    hops: tuple[Hop, ...]
    parts: tuple[_Plan, ...]


class Reach:
    """The reach of one rule: ``where`` is what it reads, ``focus`` the variable that owns a conclusion."""

    def __init__(
        self, where: Iterable[Group], focus: Name, rule: str, narrow: frozenset[NamedNode] = frozenset()
    ) -> None:
        """``narrow`` are the properties by which few subjects have one object.

        Raises InputError, naming the rule, where a pattern has no way to the focus.
        """
        compiler = _Compiler(focus, rule, narrow)
        self._focus = focus
        alternatives = tuple(where)
        # alternatives share most of their patterns, and often the ways too
        entries = (entry for group in alternatives for entry in compiler.entries(group))
        self._entries = tuple(dict.fromkeys(entries))
        self._plans = tuple(compiler.plan(group) for group in alternatives)
        self._guards = tuple(dict.fromkeys(_guards(plan, focus) for plan in self._plans))

    def foci(self, changed: Mapping[NamedNode, Iterable[Triple]], graph: Graph) -> set[Term]:
        """The nodes whose conclusions the changed triples (by predicate) may change, followed in the graph.

        Triples that went are to be followed in the graph as it was, triples that came in the graph as it is.
        """
        found: set[Term] = set()
        for entry in self._entries:
            nodes = entry.starts(changed.get(entry.pattern.predicate, ()))
            for hop in entry.route:
                if not nodes:
                    break
                nodes = hop.ends(nodes, graph)
            found |= nodes
        return found

    def admits(self, node: Term, graph: Graph) -> bool:
        """Whether the node has what the rule asks of every focus; where it has not, nothing is concluded of it."""
        return any(
            all(next(hop.triples([node], graph), None) is not None for hop in guards)
            for guards in self._guards
        )

    def neighbourhood(self, foci: set[Term], graph: Graph) -> set[Triple]:
        """All triples of the graph that the rule reads to conclude something of the foci."""
        found: set[Triple] = set()
        for plan in self._plans:
            _gather(plan, {self._focus: foci}, graph, found)
        return found


# ---- what is compiled


class _Compiler:
    """Finds the ways of one rule."""

    def __init__(self, focus: Name, rule: str, narrow: frozenset[NamedNode]) -> None:
        self._focus = focus
        self._rule = rule
        self._narrow = narrow

    def entries(
        self, group: Group, around: tuple[Pattern, ...] = (), values: _Values | None = None
    ) -> Iterator[Entry]:
        """An entry for each pattern of the group and its parts; ways lead through the group and those around it alone,
        since a variable of a sibling may have the same name and be another one."""
        context = (*around, *group.patterns)
        allowed = {**(values or {}), **group.values}
        for pattern in group.patterns:
            routes = [
                (cost, name == pattern.subject, route)
                for name in pattern.variables()
                for cost, route in self._routes(name, context, allowed)
            ]
            if not routes:
                raise self._unconnected(pattern)
            _, from_subject, route = min(routes, key=lambda found: found[0])
            yield Entry(pattern, _allowed(pattern, allowed), from_subject, route)
        for part in group.parts:
            yield from self.entries(part, context, allowed)

    def plan(
        self, group: Group, reached: frozenset[Name] | None = None, values: _Values | None = None
    ) -> _Plan:
        """The order in which a group's patterns are fetched, from the variables reached before (the focus)."""
        allowed = {**(values or {}), **group.values}
        known = {self._focus} if reached is None else set(reached)
        left, hops = list(group.patterns), []
        while left:
            possible = (hop for pattern in left for hop in _hops(pattern, known, allowed))
            hop = min(possible, key=self._price, default=None)
            if hop is None:
                raise self._unconnected(left[0])
            left.remove(hop.pattern)
            hops.append(hop)
            known.update(hop.pattern.variables())
        return _Plan(tuple(hops), tuple(self.plan(part, frozenset(known), allowed) for part in group.parts))

    def _routes(
        self, start: Name, patterns: tuple[Pattern, ...], values: _Values
    ) -> Iterator[tuple[int, tuple[Hop, ...]]]:
        """The cheapest way from a variable to the focus with its cost; none where they are not connected."""
        waiting: list[tuple[int, int, Name, tuple[Hop, ...]]] = [(0, 0, start, ())]
        # a constant that VALUES gives leads everywhere: no way goes through its variable
        done, order = set(values), count(1)
        while waiting:
            cost, _, name, route = heappop(waiting)
            if name == self._focus:
                yield cost, route
                return
            if name in done:
                continue
            done.add(name)
            for pattern in patterns:
                if len(pattern.variables()) == 2 and name in pattern.variables():
                    forward = pattern.subject == name
                    hop = Hop(pattern, forward, _allowed(pattern, values))
                    other = pattern.object if forward else pattern.subject
                    heappush(waiting, (cost + self._cost(hop), next(order), str(other), (*route, hop)))

    def _cost(self, hop: Hop) -> int:
        if hop.forward:
            return _FORWARD_COST
        return _NARROW_COST if hop.pattern.predicate in self._narrow else _WIDE_COST

    def _price(self, hop: Hop) -> int:
        """As the cost, but checks come first of all."""
        is_check = hop.allowed is not None or not isinstance(hop.pattern.object, str)
        return 0 if hop.forward and is_check else self._cost(hop)

    def _unconnected(self, pattern: Pattern) -> InputError:
        shown = f"{pattern.subject} {pattern.predicate} {pattern.object}"
        return InputError(f"rule {self._rule}: no way between “{shown}” and its focus ?{self._focus}")


def _guards(plan: _Plan, focus: Name) -> tuple[Hop, ...]:
    """What is asked of the focus itself."""
    return tuple(hop for hop in plan.hops if hop.pattern.subject == focus and not hop.pattern.optional)


def _hops(pattern: Pattern, reached: set[Name], values: _Values) -> Iterator[Hop]:
    """The directions in which the pattern can be followed from the variables reached so far."""
    if not isinstance(pattern.subject, str) or pattern.subject in reached:
        yield Hop(pattern, True, _allowed(pattern, values))
    elif isinstance(pattern.object, str) and pattern.object in reached - values.keys():
        yield Hop(pattern, False, None)


def _allowed(pattern: Pattern, values: _Values) -> frozenset[Constant] | None:
    return values.get(pattern.object) if isinstance(pattern.object, str) else None


# ---- what is followed


def _gather(plan: _Plan, bound: dict[Name, set[Term]], graph: Graph, found: set[Triple]) -> None:
    """Fetch the triples of a plan; ``bound`` are the values that each variable may have so far."""
    bound = dict(bound)
    for hop in plan.hops:
        pattern = hop.pattern
        start, end = (pattern.subject, pattern.object) if hop.forward else (pattern.object, pattern.subject)
        starts: set[Term] = bound[start] if isinstance(start, str) else {start}
        known = bound.get(end) if isinstance(end, str) else None
        begun: set[Term] = set()
        ended: set[Term] = set()
        for triple in hop.triples(starts, graph):
            source, goal = (triple.subject, triple.object) if hop.forward else (triple.object, triple.subject)
            if known is None or goal in known:
                found.add(triple)
                begun.add(source)
                ended.add(goal)
        if pattern.optional:
            begun, ended = starts, ended | (starts if known is None else starts & known)
        # what matches all patterns of a group matches this one: values that do not are done with
        if isinstance(start, str):
            bound[start] = begun
        if isinstance(end, str):
            bound[end] = ended
    for part in plan.parts:
        _gather(part, bound, graph, found)
