"""A rule applied to some foci instead of the whole graph: what it says of them now, and what it said of them before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Final, Protocol

from pyoxigraph import NamedNode, Quad, Store, Triple
from rdflib import RDF

from kg.errors import InputError
from kg.namespaces import RP
from kg.reasoning.axioms import TYPE, Axioms, ontology_axioms
from kg.reasoning.backward import Term
from kg.reasoning.patterns import Form, Name, Pattern, read_form
from kg.reasoning.reach import Graph, Reach
from kg.reasoning.rules import Rule, ontology_rules

SUBJECT: Final = NamedNode(str(RDF.subject))
PREDICATE: Final = NamedNode(str(RDF.predicate))
OBJECT: Final = NamedNode(str(RDF.object))
RULE: Final = NamedNode(str(RP.rule))
_PREMISE: Final = NamedNode(str(RP.premise))
_FEW: Final = 20
"""Up to so many nodes are looked at one by one: what a province is the object of is more."""

_LOCAL: Final = frozenset(NamedNode(str(cls)) for cls in (RP.Evidence, RP.Article, RP.Mention, RP.Fact))
_PARTS: Final = (TYPE, SUBJECT, PREDICATE, OBJECT, RULE, _PREMISE)


class Given(Protocol):
    """Tells whether a triple is given: asserted, or among the authorities."""

    def __call__(self, triple: Triple, /) -> bool:
        """Whether it is."""


class Firing:
    """One rule, compiled so that it can be applied to some foci."""

    def __init__(self, rule: Rule, rules: Iterable[Rule], axioms: Axioms) -> None:
        """``rules`` are all rules, this one included. Raises InputError where the rule cannot be applied so."""
        self.rule = rule
        self._form = read_form(rule.query, rule.slug)
        self.reach = Reach(self._form.where, rule.focus, rule.slug, _narrow(axioms))
        self._hidden = _hidden(rule, self._form, rules, axioms)
        self._earlier = {other.iri for other in rules if other.stratum < rule.stratum}
        self._link = self._focus_link()

    @cached_property
    def mints(self) -> tuple[Pattern, ...]:
        """What the rule says of a node that it makes up, besides the one statement that its Explanation names."""
        read = {name for group in self._form.groups() for name in group.own_variables()}
        node = self._explanation
        named = {p.object for p in self._form.template if p.subject == node and p.predicate == SUBJECT}
        return tuple(p for p in self._form.template if p.subject in named - read)

    def says(self, foci: set[Term], graph: Graph, given: Given) -> set[Triple]:
        """What the rule says of the foci, explanations included, in a graph whose earlier strata are done.

        It sees what is given and what earlier strata have concluded, and nothing that it or a rule after it has.
        """
        admitted = {focus for focus in foci if self.reach.admits(focus, graph)}
        nodes = [focus for focus in admitted if isinstance(focus, NamedNode)]
        if not nodes:
            return set()
        scratch = Store()
        near = self.reach.neighbourhood(admitted, graph)
        scratch.extend(Quad(*triple) for triple in near if self._sees(triple, graph, given))
        return set(self.rule.conclusions(scratch, nodes))

    def said(self, foci: set[Term], graph: Graph) -> set[Triple]:
        """What the graph holds of the rule's conclusions about the foci: Explanations, and all that they stand for."""
        nodes = {
            link.subject
            for focus in foci
            for link in graph.match(None, self._link, focus)
            if isinstance(link.subject, NamedNode) and self._is_ours(link.subject, graph)
        }
        return {triple for node in nodes for triple in self._stands_for(node, graph)}

    def _stands_for(self, node: NamedNode, graph: Graph) -> Iterator[Triple]:
        parts = {part: list(graph.match(node, part, None)) for part in _PARTS}
        for triples in parts.values():
            yield from triples
        for subject in (triple.object for triple in parts[SUBJECT]):
            for predicate, value in ((p.object, v.object) for p in parts[PREDICATE] for v in parts[OBJECT]):
                if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
                    yield Triple(subject, predicate, value)
            for pattern in self.mints:
                known = None if isinstance(pattern.object, str) else pattern.object
                yield from graph.match(subject, pattern.predicate, known)

    def _is_ours(self, node: NamedNode, graph: Graph) -> bool:
        return any(True for _ in graph.match(node, RULE, self.rule.iri))

    def _sees(self, triple: Triple, graph: Graph, given: Given) -> bool:
        if triple.predicate not in self._hidden or given(triple):
            return True
        return any(
            link.object in self._earlier
            for node in exact_reasons(triple, graph)
            for link in graph.match(node, RULE, None)
        )

    @cached_property
    def _explanation(self) -> Name:
        """The variable of the Explanation node."""
        return next(str(p.subject) for p in self._form.template if p.predicate == RULE)

    def _focus_link(self) -> NamedNode:
        """The property that leads from an Explanation to its focus."""
        for link in (SUBJECT, OBJECT, _PREMISE):
            if Pattern(self._explanation, link, self.rule.focus) in self._form.template:
                return link
        raise InputError(f"rule {self.rule.slug}: its Explanation does not name its focus ?{self.rule.focus}")


def exact_reasons(triple: Triple, graph: Graph) -> set[Term]:
    """The Explanations that name the triple as what they conclude."""
    both: set[Term] = {link.subject for link in graph.match(None, SUBJECT, triple.subject)}
    if len(both) <= _FEW:
        both = {node for node in both if any(True for _ in graph.match(node, OBJECT, triple.object))}
    else:
        both &= {link.subject for link in graph.match(None, OBJECT, triple.object)}
    return {node for node in both if any(True for _ in graph.match(node, PREDICATE, triple.predicate))}


class Reasons:
    """The support that Explanations in a graph give to triples."""

    def __init__(self, firings: Iterable[Firing]) -> None:
        self._mints: dict[Term, tuple[Pattern, ...]] = {f.rule.iri: f.mints for f in firings}
        self._concluded = {term for firing in firings for term in firing.rule.concludes}
        minted = {pattern.predicate for patterns in self._mints.values() for pattern in patterns}
        self._minted = minted - {TYPE}
        self._minted_classes = {
            p.object for patterns in self._mints.values() for p in patterns if p.predicate == TYPE
        }

    def support(self, triple: Triple, graph: Graph) -> bool:
        """Whether an Explanation in the graph says that a rule concludes the triple."""
        term = triple.object if triple.predicate == TYPE else triple.predicate
        if term in self._concluded and exact_reasons(triple, graph):
            return True
        if term not in self._minted and term not in self._minted_classes:
            return False
        return any(
            pattern.predicate == triple.predicate
            and (isinstance(pattern.object, str) or pattern.object == triple.object)
            for link in graph.match(None, SUBJECT, triple.subject)
            for rule in graph.match(link.subject, RULE, None)
            for pattern in self._mints.get(rule.object, ())
        )


def _hidden(rule: Rule, form: Form, rules: Iterable[Rule], axioms: Axioms) -> frozenset[NamedNode]:
    """The properties that the rule reads and that a rule of its stratum or a later one concludes.

    A rule sees no such conclusion. To tell them from others each must have an Explanation, so no axiom may give any.
    """
    read = {pattern.predicate for group in form.groups() for pattern in group.patterns}
    classes: set[Term | Name] = set()
    for group in form.groups():
        for pattern in group.patterns:
            if pattern.predicate == TYPE:
                classes |= set(group.values.get(str(pattern.object), (pattern.object,)))
    later = [
        pattern
        for other in rules
        if other.stratum >= rule.stratum
        for pattern in read_form(other.query, other.slug).template
    ]
    hidden = {pattern.predicate for pattern in later if pattern.predicate != TYPE} & read
    refused = classes & {pattern.object for pattern in later if pattern.predicate == TYPE}
    refused.update(hidden & _axiom_conclusions(axioms))
    if refused or any(isinstance(cls, str) for cls in classes):
        raise InputError(f"rule {rule.slug} reads what later rules may conclude: {refused or classes}")
    return frozenset(hidden)


def _narrow(axioms: Axioms) -> frozenset[NamedNode]:
    """The properties whose objects belong to one article, so that few things point to each."""
    local = _LOCAL | {narrow for narrow, broad in axioms.subclass if broad in _LOCAL}
    return frozenset(prop for prop, cls in axioms.range if cls in local)


def _axiom_conclusions(axioms: Axioms) -> set[Term]:
    pairs = axioms.subproperty | axioms.inverse
    heads = {broad for _, broad in pairs} | {head for head, _ in axioms.chains}
    return {*heads, *axioms.symmetric, *axioms.transitive}


@cache
def ontology_firings() -> tuple[Firing, ...]:
    """The project's own rules, compiled, in the order of their strata."""
    rules = ontology_rules()
    firings = (Firing(rule, rules, ontology_axioms()) for rule in rules)
    return tuple(sorted(firings, key=lambda firing: firing.rule.stratum))
