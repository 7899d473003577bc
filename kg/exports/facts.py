"""The rows of the fact tables: facts and mentions with where they stand, and what a cell can say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode
from rdflib import DCTERMS, RDF, SKOS, URIRef

from kg.analysis.reading import GraphReader, Source
from kg.mapping.terms import node
from kg.namespaces import REGION_RULES, RP

Cell = str | float | int | None
JOINER = "；"


@dataclass(frozen=True, slots=True)
class Row:
    """A fact, or a mention of an entity; an entity that only a rule concluded has no mention."""

    subject: NamedNode
    mention: NamedNode | None
    source: Source | None

    @property
    def order(self) -> tuple[object, ...]:
        """The order of reading; what has no source comes last."""
        place = self.source.order if self.source else ()
        return (self.source is None, place, self.subject.value, self.mention.value if self.mention else "")


class FactReader(GraphReader):
    """Reads facts row by row."""

    def rows_of_facts(self, cls: URIRef) -> list[Row]:
        """Every fact of a class."""
        rows = (Row(fact, None, next(iter(self.sources(fact)), None)) for fact in self.subjects(_TYPE, cls))
        return sorted(rows, key=lambda row: row.order)

    def rows_of_mentions(self, cls: str) -> list[Row]:
        """Every mention of an entity of a class (``region``, ``actor``, …)."""
        rows = []
        for mention in self._mentions[cls]:
            source = next(iter(self.sources(mention)), None)
            rows += [Row(entity, mention, source) for entity in self.nodes(mention, RP.of)]
        return sorted(rows, key=lambda row: row.order)

    def rows_of_cooperations(self) -> list[Row]:
        """Every mention of a cooperation, and the cooperations that a rule concluded (joint issuance)."""
        rows = self.rows_of_mentions("cooperation")
        mentioned = {row.subject for row in rows}
        others = (found for found in self.subjects(_TYPE, RP.Cooperation) if found not in mentioned)
        rows += [Row(found, None, next(iter(self.sources(found)), None)) for found in others]
        return sorted(rows, key=lambda row: row.order)

    @cached_property
    def _mentions(self) -> dict[str, list[NamedNode]]:
        found: dict[str, list[NamedNode]] = defaultdict(list)
        for mention in self.subjects(_TYPE, RP.Mention):
            found[mention.value.rsplit("-", 1)[-1]].append(mention)
        return found

    @cached_property
    def default_regions(self) -> frozenset[tuple[str, str]]:
        """Measure and region, where a rule and not the text says that the measure applies there."""
        explanations = [found for rule in REGION_RULES for found in self.subjects(RP.rule, URIRef(rule))]
        return frozenset(
            (measure.value, region.value)
            for explanation in explanations
            for measure in self.nodes(explanation, URIRef(RDF.subject))
            for region in self.nodes(explanation, URIRef(RDF.object))
        )


_TYPE = URIRef(RDF.type)
Getter = Callable[[FactReader, Row], Cell]


def joined(parts: Iterable[str]) -> str | None:
    """Several values in one cell, each once; None for none."""
    return JOINER.join(dict.fromkeys(parts)) or None


def name(reader: FactReader, row: Row) -> Cell:
    """The subject's name in Chinese."""
    return reader.label(row.subject)


def name_en(reader: FactReader, row: Row) -> Cell:
    """The subject's name in English."""
    return reader.label_in(row.subject, "en")


def other_names(reader: FactReader, row: Row) -> Cell:
    """The subject's other names."""
    return joined(found.value for found in reader.objects(row.subject, SKOS.altLabel))


def text(predicate: URIRef) -> Getter:
    """The values of a property as text."""
    return lambda reader, row: joined(found.value for found in reader.objects(row.subject, predicate))


def stated(predicate: URIRef) -> Getter:
    """What the mention itself has under a property, as text; names for IRIs."""

    def get(reader: FactReader, row: Row) -> Cell:
        if row.mention is None:
            return None
        found = reader.objects(row.mention, predicate)
        return joined(reader.label(o) if isinstance(o, NamedNode) else o.value for o in found)

    return get


def number(predicate: URIRef) -> Getter:
    """A property's value as a number; as text where a sheet could not hold it exactly."""

    def get(reader: FactReader, row: Row) -> Cell:
        value = reader.value(row.subject, predicate)
        if value is None:
            return None
        return float(value) if len(value.strip("-0.").replace(".", "")) <= 15 else value

    return get


def names(predicate: URIRef) -> Getter:
    """The names of what a property points to."""
    return lambda reader, row: joined(reader.label(found) for found in reader.nodes(row.subject, predicate))


def english(predicate: URIRef) -> Getter:
    """The English names of what a property points to."""
    return lambda reader, row: joined(
        reader.label_in(found, "en") or reader.label(found) for found in reader.nodes(row.subject, predicate)
    )


def truth(predicate: URIRef) -> Getter:
    """是 or 否."""
    words = {"true": "是 yes", "false": "否 no"}
    return lambda reader, row: words.get(reader.value(row.subject, predicate) or "")


def regions(reader: FactReader, row: Row) -> Cell:
    """The regions that the text states."""
    return joined(
        reader.label(found)
        for found in reader.nodes(row.subject, RP.appliesIn)
        if (row.subject.value, found.value) not in reader.default_regions
    )


def regions_by_rule(reader: FactReader, row: Row) -> Cell:
    """The regions that a rule supplied, marked as such."""
    found = joined(
        reader.label(region)
        for region in reader.nodes(row.subject, RP.appliesIn)
        if (row.subject.value, region.value) in reader.default_regions
    )
    return f"推定：{found}" if found else None


def basis(_reader: FactReader, row: Row) -> Cell:
    """Whether the text states the cooperation or a rule concludes it."""
    return "原文 stated" if row.mention else "推定 by rule"


def crosses_regions(reader: FactReader, row: Row) -> Cell:
    """Whether the rules hold the cooperation to be across regions."""
    is_cross = node(RP.CrossRegionCooperation) in reader.nodes(row.subject, _TYPE)
    return "是 yes" if is_cross else "否 no"


def confidence(reader: FactReader, row: Row) -> Cell:
    """The reader's confidence in the fact or the mention."""
    value = reader.value(row.mention or row.subject, RP.confidence)
    return None if value is None else float(value)


def from_source(get: Callable[[Source], Cell]) -> Getter:
    """Something of the source; nothing where there is none."""
    return lambda _reader, row: get(row.source) if row.source else None


def published(reader: FactReader, row: Row) -> Cell:
    """The article's date."""
    return reader.value(NamedNode(row.source.article), RP.date) if row.source else None


def iri(_reader: FactReader, row: Row) -> Cell:
    """The subject's IRI."""
    return row.subject.value


def title(reader: FactReader, row: Row) -> Cell:
    """The document's title."""
    return reader.value(row.subject, DCTERMS.title) or reader.label(row.subject)
