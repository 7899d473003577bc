"""What a rule reads and says, compiled from its own query: triple patterns in the groups of its WHERE part.

A group holds the patterns that must match together; its parts (OPTIONAL, MINUS, EXISTS, NOT EXISTS) are groups of their
own that share its variables. A UNION makes a group for each of its alternatives, with all that surrounds it. Filters are
left out: whoever follows patterns alone reaches too much rather than too little. What cannot be followed so is refused,
so that nothing is ever left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count, product
from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import BNode, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.paths import MulPath, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kg.errors import InputError

_UNDEFINED = "UNDEF"  # rdflib leaves the word of a VALUES row as it is

Constant = NamedNode | Literal
Name = str
"""A variable's name."""


@dataclass(frozen=True)
class Pattern:
    """One triple pattern; a ``str`` is a variable. ``optional`` stands for the path ``p?``: the edge or no step."""

    subject: NamedNode | Name
    predicate: NamedNode
    object: Constant | Name
    optional: bool = False

    def variables(self) -> tuple[Name, ...]:
        """The names of its variables, the subject's first."""
        return tuple(term for term in (self.subject, self.object) if isinstance(term, str))

    def renamed(self, names: dict[Name, Name]) -> Pattern:
        """The pattern with other names for some variables."""
        return replace(self, subject=_other(self.subject, names), object=_other(self.object, names))


@dataclass(frozen=True)
class Group:
    """Patterns that match together, the constants that VALUES allows for a variable, and the groups inside."""

    patterns: tuple[Pattern, ...] = ()
    values: dict[Name, frozenset[Constant]] = field(default_factory=dict)
    parts: tuple[Group, ...] = ()

    def own_variables(self) -> set[Name]:
        """The variables of its own patterns and VALUES."""
        return {name for pattern in self.patterns for name in pattern.variables()}.union(self.values)

    def groups(self) -> Iterator[Group]:
        """Itself and all groups inside."""
        yield self
        for part in self.parts:
            yield from part.groups()

    def joined(self, other: Group) -> Group:
        """Both as one group."""
        values = self.values | other.values
        for name in self.values.keys() & other.values.keys():
            values[name] = self.values[name] & other.values[name]
        return Group(self.patterns + other.patterns, values, self.parts + other.parts)

    def holding(self, parts: list[Group]) -> Group:
        """The group with further parts."""
        return replace(self, parts=(*self.parts, *parts))

    def renamed(self, names: dict[Name, Name]) -> Group:
        """The group with other names for some variables, its parts included."""
        return Group(
            tuple(pattern.renamed(names) for pattern in self.patterns),
            {names.get(name, name): allowed for name, allowed in self.values.items()},
            tuple(part.renamed(names) for part in self.parts),
        )


@dataclass(frozen=True)
class Form:
    """A CONSTRUCT query: the triples it makes, and what it reads: a group for each alternative."""

    template: tuple[Pattern, ...]
    where: tuple[Group, ...]

    def groups(self) -> Iterator[Group]:
        """All groups, those inside others too."""
        for group in self.where:
            yield from group.groups()


@cache
def read_form(query: str, name: str) -> Form:
    """The form of a CONSTRUCT query. Raises InputError, naming the query, where it uses what cannot be followed."""
    algebra = prepareQuery(query).algebra
    if algebra.name != "ConstructQuery":
        raise InputError(f"rule {name} is no CONSTRUCT query")
    reader = _Reader(name)
    # the outermost Project stands for CONSTRUCT itself
    where = reader.read(algebra.p.p if algebra.p.name == "Project" else algebra.p)
    return Form(reader.patterns(algebra.template), tuple(where))


class _Reader:
    """One reading of an algebra tree; ``name`` is the rule's, for errors."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers = count(1)

    def read(self, node: CompValue) -> list[Group]:
        """The alternatives of what an algebra node reads."""
        match node.name:
            case "BGP":
                return [Group(self.patterns(node.triples))]
            case "Join":
                return [a.joined(b) for a, b in product(self.read(node.p1), self.read(node.p2))]
            case "Union":
                return [*self.read(node.p1), *self.read(node.p2)]
            case "Minus":
                parts = self.read(node.p2)
                return [group.holding(parts) for group in self.read(node.p1)]
            case "LeftJoin":
                tests = self._tests(node.get("expr"))
                parts = [part.holding(tests) for part in self.read(node.p2)]
                return [group.holding(parts) for group in self.read(node.p1)]
            case "Filter" | "Extend":
                tests = self._tests(node.expr)
                return [group.holding(tests) for group in self.read(node.p)]
            case "ToMultiSet":
                return [_values(node.p)] if node.p.name == "values" else self._subquery(node.p)
        raise InputError(f"rule {self._name}: {node.name} cannot be followed from a change")

    def patterns(self, triples: Any) -> tuple[Pattern, ...]:
        """The patterns of a basic graph pattern."""
        return tuple(pattern for triple in triples for pattern in self._pattern(*triple))

    def _pattern(self, subject: Any, predicate: Any, value: Any) -> Iterator[Pattern]:
        """One triple pattern; a sequence path becomes several."""
        if isinstance(predicate, SequencePath):
            for step in predicate.args[:-1]:
                middle = Variable(f"_step{next(self._numbers)}")
                yield from self._pattern(subject, step, middle)
                subject = middle
            yield from self._pattern(subject, predicate.args[-1], value)
            return
        optional = isinstance(predicate, MulPath) and predicate.mod == "?"
        edge = predicate.path if isinstance(predicate, MulPath) and optional else predicate
        if isinstance(edge, Path) or not isinstance(edge, URIRef):
            raise InputError(f"rule {self._name}: the path {predicate} cannot be followed from a change")
        source = _term(subject)
        assert not isinstance(source, Literal)
        yield Pattern(source, NamedNode(str(edge)), _term(value), optional)

    def _subquery(self, node: CompValue) -> list[Group]:
        """A subquery's groups; the variables that it keeps for itself get names that nothing else has."""
        given: set[Name] = set()
        while node.name in ("Distinct", "Project"):
            given |= {str(name) for name in node.PV} if node.name == "Project" else set()
            node = node.p
        groups = self.read(node)
        names = {name for group in groups for part in group.groups() for name in part.own_variables()}
        fresh = {name: f"{name}_{next(self._numbers)}" for name in sorted(names - given)}
        return [group.renamed(fresh) for group in groups]

    def _tests(self, node: Any) -> list[Group]:
        """The groups of EXISTS and NOT EXISTS anywhere in an expression."""
        if isinstance(node, CompValue):
            if node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                # rdflib sets the translated group as an attribute and leaves the syntax tree among the items
                return self.read(node.graph)
            return [group for child in node.values() for group in self._tests(child)]
        return [group for child in node for group in self._tests(child)] if isinstance(node, list) else []


def _values(node: CompValue) -> Group:
    """VALUES: what it allows for each variable that every row binds."""
    values = {}
    for name in set.intersection(*(set(row) for row in node.res)):
        terms = {row[name] for row in node.res}
        if _UNDEFINED not in terms:
            values[str(name)] = frozenset(map(_constant, terms))
    return Group(values=values)


def _other(term: Any, names: dict[Name, Name]) -> Any:
    return names.get(term, term) if isinstance(term, str) else term


def _term(term: Any) -> Constant | Name:
    if isinstance(term, Variable):
        return str(term)
    if isinstance(term, BNode):
        return f"_:{term}"
    return _constant(term)


def _constant(term: Any) -> Constant:
    if isinstance(term, RdfLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        datatype = NamedNode(str(term.datatype)) if term.datatype else None
        return Literal(str(term), datatype=datatype)
    return NamedNode(str(term))
