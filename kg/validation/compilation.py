"""Shapes compiled to SPARQL: one query a constraint, which finds all nodes that fail it at once.

The subset is what ``ontology/shapes.ttl`` uses of SHACL Core (W3C Recommendation 2017, section 4) and of its SPARQL
constraints (section 5). A constraint outside the subset is refused, so that no check is ever left out in silence. The
queries read a graph in which rdf:type is closed under rdfs:subClassOf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from kg.errors import InputError
from kg.namespaces import SH
from kg.validation.shapes import path_sparql, shapes_graph

_NO_CONSTRAINT = frozenset(
    {RDF.type, SH.path, SH.message, SH.severity, SH.targetClass, SH.property, SH.qualifiedValueShape}
)
_CAST = frozenset({XSD.decimal, XSD.integer, XSD.boolean, XSD.date, XSD.gYear, XSD.gYearMonth})
"""The datatypes whose lexical forms SPARQL checks by a cast."""


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint of one shape: the query binds ``?this`` to the nodes that fail it, and maybe ``?value``."""

    shape: URIRef
    component: URIRef
    query: str
    targets: tuple[str, ...] = ()
    """Where the query does not ask for them itself: the classes of which ``?this`` must be."""


@cache
def checks() -> tuple[Check, ...]:
    """The checks of the project's own shapes. Raises InputError for a constraint outside the subset."""
    return tuple(compile_shapes(shapes_graph()))


def compile_shapes(shapes: Graph) -> Iterator[Check]:
    """The checks of all node shapes that have target classes."""
    prefixes = "".join(
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for declared in sorted(shapes.objects(None, SH.declare), key=str)
    )
    for shape in sorted(shapes.subjects(SH.targetClass, unique=True), key=str):
        classes = tuple(sorted(node.n3() for node in shapes.objects(shape, SH.targetClass)))
        compiler = _Compiler(shapes, _target(classes))
        assert isinstance(shape, URIRef)
        for constraint in shapes.objects(shape, SH.sparql):
            query = prefixes + str(shapes.value(constraint, SH.select))
            yield Check(shape, SH.SPARQLConstraintComponent, query, classes)
        yield from compiler.checks(shape)
        for prop in sorted(shapes.objects(shape, SH.property), key=str):
            assert isinstance(prop, URIRef)
            yield from compiler.checks(prop)


def _target(classes: tuple[str, ...]) -> str:
    if len(classes) == 1:
        return f"?this a {classes[0]} ."
    return f"{{ SELECT DISTINCT ?this {{ VALUES ?class {{ {' '.join(classes)} }} ?this a ?class }} }}"


class _Compiler:
    """The constraints of the shapes of one target."""

    def __init__(self, shapes: Graph, target: str) -> None:
        self._shapes = shapes
        self._target = target

    def checks(self, shape: URIRef) -> Iterator[Check]:
        """The checks of a node shape's own constraints, or of a property shape's."""
        path = self._shapes.value(shape, SH.path)
        for constraint, parameter in sorted(self._shapes.predicate_objects(shape)):
            if constraint in _NO_CONSTRAINT or constraint == SH.sparql:
                continue
            assert isinstance(constraint, URIRef)
            if path is not None and constraint in _ON_PROPERTIES:
                values = f"?this {path_sparql(path)}"
                body = _ON_PROPERTIES[constraint](self, values, parameter, shape)
                query = f"SELECT DISTINCT ?this ?value {{ {self._target} {body} }}"
            else:
                query = self._on_values(path, constraint, parameter)
            yield Check(shape, _component(constraint), query)

    def _on_values(self, path: Node | None, constraint: URIRef, parameter: Node) -> str:
        values = "BIND(?this AS ?value)" if path is None else f"?this {path_sparql(path)} ?value ."
        fits = self._fits("?value", constraint, parameter)
        return f"SELECT DISTINCT ?this ?value {{ {self._target} {values} FILTER(!COALESCE({fits}, false)) }}"

    # ---- constraints on the set of values

    def min_count(self, values: str, parameter: Node, _: URIRef) -> str:
        """Fewer values than the parameter says."""
        if _number(parameter) == 1:
            return f"FILTER NOT EXISTS {{ {values} ?any }}"
        counted = (
            f"SELECT ?this (COUNT(DISTINCT ?any) AS ?n) {{ {self._target} {values} ?any }} GROUP BY ?this"
        )
        return f"OPTIONAL {{ {{ {counted} }} }} FILTER(COALESCE(?n, 0) < {_number(parameter)})"

    def max_count(self, values: str, parameter: Node, _: URIRef) -> str:
        """More values than the parameter says."""
        most = _number(parameter)
        several = " ".join(f"{values} ?v{n} ." for n in range(most + 1))
        pairs = ((a, b) for a in range(most + 1) for b in range(a))
        return several + "".join(f" FILTER(!SAMETERM(?v{a}, ?v{b}))" for a, b in pairs)

    def unique_lang(self, values: str, _: Node, __: URIRef) -> str:
        """Two values in one language."""
        one = "FILTER(!SAMETERM(?a, ?b) && LANG(?a) != '' && LCASE(LANG(?a)) = LCASE(LANG(?b)))"
        return f"{values} ?a , ?b . {one}"

    def less_than(self, values: str, parameter: Node, _: URIRef, sign: str = "<") -> str:
        """A value that is not below one of the other property."""
        return f"{values} ?value . ?this {parameter.n3()} ?other . FILTER(!COALESCE(?value {sign} ?other, false))"

    def less_than_or_equals(self, values: str, parameter: Node, shape: URIRef) -> str:
        """A value that is above one of the other property."""
        return self.less_than(values, parameter, shape, "<=")

    def disjoint(self, values: str, parameter: Node, _: URIRef) -> str:
        """A value that the other property has too."""
        return f"{values} ?value . ?this {parameter.n3()} ?value ."

    def qualified_min_count(self, values: str, parameter: Node, shape: URIRef) -> str:
        """No value that conforms to the qualified value shape."""
        if _number(parameter) != 1:
            raise InputError(f"{shape}: sh:qualifiedMinCount other than 1 is not supported")
        inner = self._shapes.value(shape, SH.qualifiedValueShape)
        assert inner is not None
        return f"FILTER NOT EXISTS {{ {values} ?any FILTER({self._conforms('?any', inner)}) }}"

    # ---- constraints on one value, as conditions that hold where it conforms

    def _conforms(self, value: str, shape: Node) -> str:
        """The condition under which a term conforms to a shape that another one uses."""
        path = self._shapes.value(shape, SH.path)
        conditions = []
        for constraint, parameter in sorted(self._shapes.predicate_objects(shape)):
            if constraint == SH.property:
                conditions.append(self._conforms(value, parameter))
            elif constraint not in _NO_CONSTRAINT:
                assert isinstance(constraint, URIRef)
                conditions.append(
                    self._fits(value, constraint, parameter)
                    if path is None
                    else self._path_fits(value, path, constraint, parameter)
                )
        return f"({' && '.join(conditions) or 'true'})"

    def _path_fits(self, value: str, path: Node, constraint: URIRef, parameter: Node) -> str:
        values = f"{value} {path_sparql(path)}"
        if constraint == SH.maxCount and _number(parameter) == 0:
            return f"NOT EXISTS {{ {values} ?some }}"
        if constraint == SH.minCount and _number(parameter) == 1:
            return f"EXISTS {{ {values} ?some }}"
        if constraint == SH.hasValue:
            return f"EXISTS {{ {values} {parameter.n3()} }}"
        raise InputError(f"{constraint} inside another shape is not supported")

    def _fits(self, value: str, constraint: URIRef, parameter: Node) -> str:
        if constraint == SH["or"]:
            return f"({' || '.join(self._conforms(value, part) for part in self._list(parameter))})"
        if constraint == SH["not"]:
            return f"(!{self._conforms(value, parameter)})"
        if constraint == SH.node:
            return self._conforms(value, parameter)
        if constraint == SH["in"]:
            return f"({value} IN ({', '.join(part.n3() for part in self._list(parameter))}))"
        if constraint == SH.languageIn:
            ranges = (f"LANGMATCHES(LANG({value}), {part.n3()})" for part in self._list(parameter))
            return f"(ISLITERAL({value}) && ({' || '.join(ranges)}))"
        if constraint not in _ON_VALUES:
            raise InputError(f"{constraint} is not supported")
        return _ON_VALUES[constraint](value, parameter)

    def _list(self, head: Node) -> list[Node]:
        return list(Collection(self._shapes, head))


_ON_PROPERTIES: dict[URIRef, Callable[[_Compiler, str, Node, URIRef], str]] = {
    SH.minCount: _Compiler.min_count,
    SH.maxCount: _Compiler.max_count,
    SH.uniqueLang: _Compiler.unique_lang,
    SH.lessThan: _Compiler.less_than,
    SH.lessThanOrEquals: _Compiler.less_than_or_equals,
    SH.disjoint: _Compiler.disjoint,
    SH.qualifiedMinCount: _Compiler.qualified_min_count,
}


def _of_class(value: str, parameter: Node) -> str:
    return f"EXISTS {{ {value} a {parameter.n3()} }}"


def _of_datatype(value: str, parameter: Node) -> str:
    typed = f"DATATYPE({value}) = {parameter.n3()}"
    return f"({typed} && {_is_written_as(value, parameter)})" if parameter in _CAST else f"({typed})"


def _is_written_as(value: str, datatype: Node) -> str:
    return f"ISLITERAL({datatype.n3()}(STR({value})))"


def _of_kind(value: str, parameter: Node) -> str:
    if parameter != SH.IRI:
        raise InputError(f"sh:nodeKind {parameter} is not supported")
    return f"ISIRI({value})"


def _matches(value: str, parameter: Node) -> str:
    return f"(!ISBLANK({value}) && REGEX(STR({value}), {parameter.n3()}))"


_ON_VALUES: dict[URIRef, Callable[[str, Node], str]] = {
    SH["class"]: _of_class,
    SH.datatype: _of_datatype,
    SH.nodeKind: _of_kind,
    SH.pattern: _matches,
    SH.minInclusive: lambda value, parameter: f"({value} >= {parameter.n3()})",
    SH.maxInclusive: lambda value, parameter: f"({value} <= {parameter.n3()})",
    SH.minLength: lambda value, parameter: f"(STRLEN(STR({value})) >= {parameter.n3()})",
    SH.maxLength: lambda value, parameter: f"(STRLEN(STR({value})) <= {parameter.n3()})",
}


def _component(constraint: URIRef) -> URIRef:
    """``sh:minCount`` is checked by ``sh:MinCountConstraintComponent``."""
    local = str(constraint).rpartition("#")[2]
    return URIRef(f"{SH}{local[0].upper()}{local[1:]}ConstraintComponent")


def _number(parameter: Node) -> int:
    assert isinstance(parameter, Literal)
    return int(parameter)
