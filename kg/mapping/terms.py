"""Small makers of RDF terms in one canonical spelling each (the store rewrites ``0.90`` to ``0.9``: so do we)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, SKOS, XSD, URIRef

XSD_DATE = NamedNode(str(XSD.date))
_DATE_TYPES = {4: NamedNode(str(XSD.gYear)), 7: NamedNode(str(XSD.gYearMonth)), 10: XSD_DATE}
_DECIMAL = NamedNode(str(XSD.decimal))
_INTEGER = NamedNode(str(XSD.integer))
_BOOLEAN = NamedNode(str(XSD.boolean))

Node = NamedNode | Literal


@cache
def node(iri: URIRef | str) -> NamedNode:
    """The node of an IRI."""
    return NamedNode(str(iri))


RDF_TYPE = node(RDF.type)
PREF_LABEL = node(SKOS.prefLabel)
ALT_LABEL = node(SKOS.altLabel)


def text(value: str, language: str | None = None) -> Literal:
    """A string, with its language where it has one."""
    return Literal(value, language=language) if language else Literal(value)


def decimal(value: float | int | Decimal) -> Literal:
    """A number as xsd:decimal without exponent or trailing zeros."""
    number = Decimal(str(value)).normalize()
    return Literal(format(number, "f"), datatype=_DECIMAL)


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=_INTEGER)


def boolean(value: bool) -> Literal:
    """A truth value."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


def partial_date(value: str) -> Literal:
    """``2022``, ``2022-05`` or ``2022-05-01`` as xsd:gYear, xsd:gYearMonth or xsd:date: as precise as stated."""
    return Literal(value, datatype=_DATE_TYPES[len(value)])


def first_day(value: str) -> Literal:
    """The first day of a partial date, as xsd:date."""
    return Literal(
        value + "-01-01"[3 * (len(value) // 3 - 1) :] if len(value) < 10 else value, datatype=XSD_DATE
    )


def last_day(value: str) -> Literal:
    """The last day of a partial date, as xsd:date."""
    if len(value) == 4:
        value += "-12"
    if len(value) == 7:
        value += f"-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]:02d}"
    return Literal(value, datatype=XSD_DATE)


class Sheet:
    """The triples of one named graph in the making."""

    def __init__(self, graph: URIRef) -> None:
        self.graph = node(graph)
        self.quads: list[Quad] = []

    def add(self, subject: NamedNode, predicate: URIRef, *objects: Node | URIRef | None) -> None:
        """Add one triple for each object; None stands for nothing to say."""
        for found in objects:
            if found is not None:
                term = node(found) if isinstance(found, URIRef) else found
                self.quads.append(Quad(subject, node(predicate), term, self.graph))

    def __iter__(self) -> Iterator[Quad]:
        return iter(self.quads)
