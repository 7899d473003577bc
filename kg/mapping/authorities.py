"""The authorities, schemes and ontology as triples: what every store holds before the first bulletin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse
from rdflib import DCTERMS, RDF, SKOS, URIRef

from kg.authorities import region_authority
from kg.authorities.records import Region
from kg.identifiers import data_iri
from kg.mapping.terms import Sheet, decimal, node, partial_date, text
from kg.namespaces import GEO, RP, Graphs, concept
from kg.resources import data_path

_FIRST_LIST = 1981
_CLASSES = {"country": RP.Country, "zone": RP.FunctionalZone, "megaregion": RP.MegaRegion}


def authority_quads() -> list[Quad]:
    """Every region, zone, megaregion and dated membership."""
    sheet = Sheet(Graphs.AUTHORITIES)
    for region in region_authority():
        _map_region(sheet, region)
    return sheet.quads


def _map_region(sheet: Sheet, region: Region) -> None:
    iri = node(data_iri("region", region.key))
    sheet.add(iri, RDF.type, _CLASSES.get(region.level, RP.AdministrativeRegion))
    sheet.add(
        iri, SKOS.prefLabel, text(region.name, "zh"), text(region.name_en, "en") if region.name_en else None
    )
    sheet.add(iri, SKOS.altLabel, *(text(alias, "zh") for alias in region.aliases if alias != region.name))
    sheet.add(iri, RP.level, concept("level", region.level))
    sheet.add(iri, RP.code, text(region.code) if region.code else None)
    sheet.add(iri, RP.partOf, data_iri("region", region.parent) if region.parent else None)
    # what a zone that spans several regions lies in whole, no chain of axioms can tell
    wholes = region_authority().within(region.key) if region.spans else region.part_of
    sheet.add(iri, RP.within, *(data_iri("region", key) for key in sorted(wholes)))
    sheet.add(iri, RP.spans, *(data_iri("region", key) for key in region.spans))
    # the lists begin in 1981, which says nothing of when a place of that year's list began
    begun = region.from_year if region.from_year and region.from_year > _FIRST_LIST else None
    sheet.add(iri, RP.validFrom, partial_date(str(begun)) if begun else None)
    sheet.add(iri, RP.validTo, partial_date(str(region.to_year)) if region.to_year else None)
    sheet.add(iri, DCTERMS.isReplacedBy, *(data_iri("region", key) for key in region.successors))
    sheet.add(iri, RP.zoneKind, concept("zone-kind", region.zone_kind) if region.zone_kind else None)
    if region.lon is not None and region.lat is not None:
        sheet.add(iri, URIRef(GEO.lat), decimal(region.lat))
        sheet.add(iri, URIRef(GEO.long), decimal(region.lon))
    for membership in region.member_of:
        whole = data_iri("region", membership.whole)
        if membership.to_year is None:
            sheet.add(iri, RP.memberOf, whole)
        period = f"{region.key}-{membership.whole}" + (
            f"-{membership.from_year}" if membership.from_year else ""
        )
        held = node(data_iri("membership", period))
        sheet.add(held, RDF.type, RP.Membership)
        sheet.add(held, RP.member, iri)
        sheet.add(held, RP.whole, whole)
        sheet.add(
            held, RP.validFrom, partial_date(str(membership.from_year)) if membership.from_year else None
        )
        sheet.add(held, RP.validTo, partial_date(str(membership.to_year)) if membership.to_year else None)


def scheme_quads() -> list[Quad]:
    """The SKOS concept schemes."""
    return [
        quad
        for path in sorted(data_path("ontology", "schemes").glob("*.ttl"))
        for quad in _read(path, Graphs.SCHEMES)
    ]


def ontology_quads() -> list[Quad]:
    """Labels, comments and simple axioms of the ontology; axioms that need blank nodes (chains) stay in the file."""
    return list(_read(data_path("ontology", "regpol.ttl"), Graphs.ONTOLOGY))


def _read(path: Path, graph: URIRef) -> Iterator[Quad]:
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, BlankNode):
            yield Quad(quad.subject, quad.predicate, quad.object, node(graph))


def base_digest() -> str:
    """A digest of the files behind the base graphs: a store with another one has an older base."""
    state = hashlib.sha256()
    for path in sorted(data_path("ontology").rglob("*")):
        if path.suffix in (".csv", ".ttl", ".rq"):
            state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()[:16]
