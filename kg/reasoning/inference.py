"""All that follows from asserted triples: the ontology's axioms and the rules, in strata.

Some rules hold only where something is *not* known, so the order matters, and it is fixed: closure, then each
stratum of rules on the closed graph, each followed by a closure. Rules of one stratum see the same graph, so
their order does not matter. Inferences are made anew from asserted data each time; an inferred graph is never
reasoned over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.namespaces import RP
from kg.reasoning.axioms import ontology_axioms
from kg.reasoning.closure import Contradiction, Engine
from kg.reasoning.rules import Rule, ontology_rules, rule_descriptions

_MEMBER_OF: Final = NamedNode(str(RP.memberOf))
_MEGAREGION: Final = NamedNode(str(RP.MegaRegion))
_WITHIN: Final = NamedNode(str(RP.within))
_RULE: Final = NamedNode(str(RP.rule))
_SPANS: Final = NamedNode(str(RP.spans))
_UPWARD: Final = frozenset(
    {_WITHIN, _SPANS, _MEMBER_OF, NamedNode(str(RP.partOf)), NamedNode(str(RP.candidate))}
)
# Downward and sideways lists are long (a country contains thousands), and no rule or axiom joins on them.
_LEFT_OUT: Final = frozenset({NamedNode(str(RP.contains)), NamedNode(str(RP.overlaps))})


@dataclass(frozen=True)
class Inference:
    """What was inferred: triples that were neither asserted nor follow from the authorities alone."""

    triples: frozenset[Triple]
    contradictions: tuple[Contradiction, ...]
    by_rule: dict[str, int]


class Authorities:
    """The authority triples with their closure, indexed once, so that many inferences can use them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: defaultdict[object, list[Triple]] = defaultdict(list)
        self._members: defaultdict[object, list[object]] = defaultdict(list)
        self._left_out: list[Triple] = []
        for triple in triples:
            predicate = triple.predicate
            if predicate in _LEFT_OUT:
                self._left_out.append(triple)
                continue
            self._by_subject[triple.subject].append(triple)
            if predicate == _MEMBER_OF:
                self._members[triple.object].append(triple.subject)

    def __contains__(self, triple: Triple) -> bool:
        if triple.predicate in _LEFT_OUT:
            return triple in self._left_out_set
        return triple in self._by_subject.get(triple.subject, ())

    @cached_property
    def _left_out_set(self) -> frozenset[Triple]:
        return frozenset(self._left_out)

    def about(self, nodes: Iterable[object]) -> list[Triple]:
        """What the authorities say of the nodes, of all these lie in, and of their megaregions' members.

        Relations between IRIs alone: no rule reads an authority's literals.
        """
        seen = {node for node in nodes if node in self._by_subject}
        waiting = list(seen)
        found: list[Triple] = []
        while waiting:
            node = waiting.pop()
            near: list[object] = []
            for triple in self._by_subject[node]:
                value = triple.object
                if not isinstance(value, NamedNode):
                    continue
                found.append(triple)
                if triple.predicate in _UPWARD:
                    near.append(value)
                elif value == _MEGAREGION:
                    near.extend(self._members.get(node, ()))
            for other in near:
                if other not in seen and other in self._by_subject:
                    seen.add(other)
                    waiting.append(other)
        return found


class _Run:
    """One inference: the closure engine and the graph that the rules read, kept in step.

    That graph is a store of its own, in memory, with everything in the default graph.
    """

    def __init__(self, asserted: set[Triple], background: list[Triple]) -> None:
        self._asserted = asserted
        self._engine = Engine(ontology_axioms())
        self._engine.add_closed(background)
        self._graph = Store()
        self._show(background)
        self.concluded: set[Triple] = set()
        self.by_rule: Counter[str] = Counter()
        self._take(asserted)

    def _take(self, triples: Iterable[Triple]) -> None:
        triples = list(triples)
        self._show(triples)
        self._show(self._engine.add(triples))

    def _show(self, triples: Iterable[Triple]) -> None:
        self._graph.extend(Quad(*triple) for triple in triples)

    def apply(self, rules: Iterable[Rule]) -> None:
        """Run rules on the graph as it stands, then add what they say and close."""
        said: set[Triple] = set()
        for rule in rules:
            conclusions = set(rule.conclusions(self._graph))
            self.by_rule[rule.slug] += sum(triple.predicate == _RULE for triple in conclusions)
            said |= conclusions
        said -= self._asserted
        self.concluded |= said
        self._take(said)

    def new(self) -> Iterator[Triple]:
        yield from self._engine.inferred()
        yield from self.concluded

    def contradictions(self) -> tuple[Contradiction, ...]:
        return self._engine.contradictions()


def infer(asserted: Iterable[Triple], authorities: Iterable[Triple] | Authorities) -> Inference:
    """All triples that follow from ``asserted`` and the authorities, Explanation nodes included.

    ``authorities`` holds the authority triples and their closure; index them once with ``Authorities`` where
    many inferences follow. The result holds no triple that is asserted, or among the authorities, or
    describes a rule.
    """
    index = authorities if isinstance(authorities, Authorities) else Authorities(authorities)
    given = set(asserted)
    nodes = {node for triple in given for node in (triple.subject, triple.object)}
    run = _Run(given, index.about(nodes))
    rules = sorted(ontology_rules(), key=lambda rule: rule.stratum)
    for _, stratum in groupby(rules, key=lambda rule: rule.stratum):
        run.apply(stratum)
    background = rule_descriptions()
    triples = frozenset(triple for triple in run.new() if triple not in index and triple not in background)
    return Inference(triples - given, run.contradictions(), dict(sorted(run.by_rule.items())))
