"""Entities: what all mentions together say of a region, actor, document, programme or cooperation.

``derive`` is a pure function of the mentions, whatever their order: a label, kind or region is the one most mentions
state (on a tie the lowest in code point order); links are their union. Other forms become skos:altLabel.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCTERMS, RDF, SKOS, URIRef

from kg.authorities import agency_authority, region_authority
from kg.issues import Issue
from kg.mapping.terms import Node, Sheet, first_day, node, text
from kg.namespaces import CONCEPT, ID, RP, Graphs, concept

Claims = dict[NamedNode, set[Any]]
"""What one mention says: its objects, property by property."""


@dataclass(frozen=True)
class Entities:
    """The entities graph of some entities, and where their mentions disagree."""

    quads: frozenset[Quad]
    issues: tuple[Issue, ...]


def derive(quads: Iterable[Quad]) -> Entities:
    """The entities graph of all entities that the mentions among the quads are mentions of.

    The caller passes every mention of these entities, from all article graphs.
    """
    mentions: dict[NamedNode, Claims] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_MENTION):
            mentions[quad.subject][quad.predicate].add(quad.object)
    grouped: dict[NamedNode, list[Claims]] = defaultdict(list)
    for claims in mentions.values():
        for entity in claims[node(RP.of)]:
            grouped[entity].append(claims)
    sheet, issues = Sheet(Graphs.ENTITIES), []
    for entity in sorted(grouped, key=lambda found: found.value):
        kind = entity.value[len(ID) :].split("/", 1)[0]
        issues += _DERIVERS[kind](sheet, entity, grouped[entity])
    return Entities(frozenset(sheet.quads), tuple(issues))


def mentioned(quads: Iterable[Quad]) -> set[NamedNode]:
    """The entities that the mentions among the quads are mentions of."""
    of = node(RP.of)
    return {quad.object for quad in quads if quad.predicate == of and isinstance(quad.object, NamedNode)}


_MENTION = ID + "mention/"


def _order(term: Node) -> str:
    return term.value


def _all(mentions: list[Claims], predicate: URIRef) -> list[Any]:
    """Every object that a mention states, sorted, once each."""
    return sorted({o for claims in mentions for o in claims.get(node(predicate), ())}, key=_order)


def _majority(mentions: list[Claims], predicate: URIRef, keep: Callable[[Any], bool] = lambda _: True) -> Any:
    """The object that most mentions state; the lowest on a tie; None where none does."""
    counts = Counter(o for claims in mentions for o in claims.get(node(predicate), ()) if keep(o))
    return min(counts, key=lambda o: (-counts[o], o.value)) if counts else None


def _in_scheme(scheme: str) -> Callable[[Any], bool]:
    return lambda found: str(found.value).startswith(f"{CONCEPT}{scheme}/")


def _label(sheet: Sheet, entity: NamedNode, mentions: list[Claims], official: str | None = None) -> Literal:
    stated = _majority(mentions, RP.statedLabel)
    label = official or (stated.value if stated is not None else entity.value)
    sheet.add(entity, SKOS.prefLabel, text(label, "zh"))
    forms = {
        form.value for predicate in (RP.statedLabel, RP.statedAlias) for form in _all(mentions, predicate)
    }
    sheet.add(entity, SKOS.altLabel, *(text(form, "zh") for form in sorted(forms - {label})))
    sheet.add(entity, RP.evidence, *_all(mentions, RP.evidence))
    return text(label, "zh")


def _kind(
    sheet: Sheet, entity: NamedNode, mentions: list[Claims], predicate: URIRef, scheme: str
) -> tuple[str | None, list[Issue]]:
    """The kind that most mentions state; the others become an issue, never a second value."""
    kinds = [kind for kind in _all(mentions, RP.statedKind) if _in_scheme(scheme)(kind)]
    if not kinds:
        return None, []
    chosen = _majority(mentions, RP.statedKind, _in_scheme(scheme))
    sheet.add(entity, predicate, chosen)
    keys = [kind.value.rsplit("/", 1)[1] for kind in kinds]
    key = chosen.value.rsplit("/", 1)[1]
    if len(kinds) == 1:
        return key, []
    label = _majority(mentions, RP.statedLabel)
    return key, [
        Issue(
            code="kind-disagrees",
            message_zh=f"各处对类型的说法不一（{'、'.join(keys)}），取“{key}”",
            message_en=f"mentions disagree on the {scheme} ({', '.join(keys)}); {key} is taken",
            quote=label.value if label is not None else None,
            detail={"entity": entity.value},
        )
    ]


def _region(sheet: Sheet, entity: NamedNode, mentions: list[Claims]) -> list[Issue]:
    """A region of the authorities has all its statements there; others are named here and typed as what they are."""
    if region_authority().find(entity.value.rsplit("/", 1)[1]) is not None:
        return []
    candidates = _all(mentions, RP.candidate)
    sheet.add(entity, RDF.type, RP.UnresolvedRegion if candidates else RP.OtherRegion)
    sheet.add(entity, RP.candidate, *candidates)
    _label(sheet, entity, mentions)
    return _kind(sheet, entity, mentions, RP.level, "level")[1]


def _actor(sheet: Sheet, entity: NamedNode, mentions: list[Claims]) -> list[Issue]:
    stated = [form.value for form in (*_all(mentions, RP.statedLabel), *_all(mentions, RP.statedAlias))]
    key = entity.value.rsplit("/", 1)[1]
    matches = (agency_authority().find(name) for name in stated)
    match = next((found for found in matches if found and found.key == key), None)
    _label(sheet, entity, mentions, match.name if match else None)
    kind, issues = _kind(sheet, entity, mentions, RP.actorType, "actor-type")
    programme_kind, more = _kind(sheet, entity, mentions, RP.programmeKind, "programme-kind")
    if kind in ("government", "party_body"):
        sheet.add(entity, RDF.type, RP.Agency)
    elif kind == "alliance" or programme_kind:
        sheet.add(entity, RDF.type, RP.Alliance)
    else:
        sheet.add(entity, RDF.type, RP.Actor)
    sheet.add(entity, RP.lead, *_all(mentions, RP.statedLead))
    if match is not None:
        sheet.add(entity, SKOS.prefLabel, text(match.name_en, "en"))
        sheet.add(entity, RP.jurisdiction, node(f"{ID}region/{match.region}"))
        sheet.add(entity, RP.function, node(f"{CONCEPT}function/{match.concept}") if match.concept else None)
    else:
        sheet.add(entity, RP.jurisdiction, _majority(mentions, RP.statedRegion))
    return issues + more


def _document(sheet: Sheet, entity: NamedNode, mentions: list[Claims]) -> list[Issue]:
    sheet.add(entity, RDF.type, RP.PolicyDocument)
    label = _label(sheet, entity, mentions)
    sheet.add(entity, DCTERMS.title, label)
    sheet.add(entity, RP.issuedBy, *_all(mentions, RP.statedIssuer))
    return _kind(sheet, entity, mentions, RP.documentKind, "document-kind")[1]


def _programme(sheet: Sheet, entity: NamedNode, mentions: list[Claims]) -> list[Issue]:
    kind, issues = _kind(sheet, entity, mentions, RP.programmeKind, "programme-kind")
    sheet.add(entity, RDF.type, RP.Alliance if kind == "alliance" else RP.Programme)
    if kind == "alliance":
        sheet.add(entity, RP.actorType, concept("actor-type", "alliance"))
    _label(sheet, entity, mentions)
    sheet.add(entity, RP.lead, *_all(mentions, RP.statedLead))
    return issues


def _cooperation(sheet: Sheet, entity: NamedNode, mentions: list[Claims]) -> list[Issue]:
    sheet.add(entity, RDF.type, RP.Cooperation)
    _label(sheet, entity, mentions)
    sheet.add(entity, RP.party, *_all(mentions, RP.statedParty))
    sheet.add(entity, RP.statedPartyRegion, *_all(mentions, RP.statedRegion))
    sheet.add(entity, RP.subject, _majority(mentions, RP.statedSubject))
    sheet.add(entity, RP.agreement, _majority(mentions, RP.statedAgreement))
    sheet.add(entity, RP.hasMeasure, *_all(mentions, RP.statedMeasure))
    claims = _all(mentions, RP.statedCrossRegion)
    if claims:
        sheet.add(entity, RP.statedCrossRegion, max(claims, key=_order))
    date = _majority(mentions, RP.statedDate)
    if date is not None:
        sheet.add(entity, RP.date, date)
        sheet.add(entity, RP.day, first_day(date.value))
    return _kind(sheet, entity, mentions, RP.cooperationKind, "cooperation-kind")[1]


_DERIVERS: Mapping[str, Callable[[Sheet, NamedNode, list[Claims]], list[Issue]]] = {
    "region": _region,
    "actor": _actor,
    "document": _document,
    "programme": _programme,
    "cooperation": _cooperation,
}
