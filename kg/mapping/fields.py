"""Fields of facts as properties in the graph: what a correction of one field changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from rdflib import SKOS, URIRef

from kg.corrections import Value
from kg.errors import InputError
from kg.identifiers import data_iri
from kg.mapping.facts import COMPARATOR_KEYS
from kg.mapping.terms import Node, boolean, decimal, first_day, last_day, node, partial_date, text
from kg.model import KINDS, Fact
from kg.namespaces import RP, concept

Make = Callable[[Any], Node]
Part = tuple[URIRef, Make]


def _concept(scheme: str) -> Make:
    return lambda key: node(concept(scheme, COMPARATOR_KEYS.get(str(key), str(key))))


def _label(value: str) -> Node:
    return text(value[:40], "zh")


def _link(key: str) -> Node:
    return node(data_iri(*key.split("/", 1)))


LINKS: dict[str, tuple[str, ...]] = {
    "region_codes": ("region",),
    "region_code": ("region",),
    "document": ("document",),
    "by": ("document",),
    "agreement": ("document",),
    "taken_by": ("actor", "programme"),
    "actors": ("actor", "programme"),
    "issuers": ("actor", "region", "programme"),
    "lead": ("actor", "region", "programme"),
    "parties": ("actor", "region", "programme"),
    "measures": ("measure",),
    "event.about": ("measure", "target", "document", "programme", "cooperation"),
    "about_id": ("measure", "target", "event", "document", "programme", "cooperation"),
}
"""The fields whose values are keys of other nodes, with the classes these may have."""

_PLACED: dict[str, tuple[Part, ...]] = {
    "document": ((RP.setOutIn, _link),),
    "region_codes": ((RP.appliesIn, _link),),
}
_QUANTITY: dict[str, tuple[Part, ...]] = {
    "value": ((RP.value, decimal),),
    "value_max": ((RP.valueMax, decimal),),
    "unit": ((RP.unit, text),),
    "comparator": ((RP.comparator, _concept("comparator")),),
}

FIELDS: dict[str, dict[str, tuple[Part, ...]]] = {
    "region": {
        "name": ((RP.statedLabel, text),),
        "level": ((RP.statedKind, _concept("level")),),
        "role": ((RP.role, _concept("role")),),
    },
    "actor": {
        "name": ((RP.statedLabel, text),),
        "aliases": ((RP.statedAlias, text),),
        "type": ((RP.statedKind, _concept("actor-type")),),
        "region_code": ((RP.statedRegion, _link),),
    },
    "document": {
        "title": ((RP.statedLabel, text),),
        "kind": ((RP.statedKind, _concept("document-kind")),),
        "issuers": ((RP.statedIssuer, _link),),
    },
    "programme": {
        "name": ((RP.statedLabel, text),),
        "kind": ((RP.statedKind, _concept("programme-kind")),),
        "lead": ((RP.statedLead, _link),),
    },
    "cooperation": {
        "label": ((RP.statedLabel, text),),
        "kind": ((RP.statedKind, _concept("cooperation-kind")),),
        "parties": ((RP.statedParty, _link),),
        "region_codes": ((RP.statedRegion, _link),),
        "subject": ((RP.statedSubject, text),),
        "cross_region": ((RP.statedCrossRegion, boolean),),
        "date": ((RP.statedDate, partial_date),),
        "agreement": ((RP.statedAgreement, _link),),
        "measures": ((RP.statedMeasure, _link),),
    },
    "measure": {
        "label": ((SKOS.prefLabel, _label),),
        "type": ((RP.instrument, _concept("instrument")),),
        "taken_by": ((RP.takenBy, _link),),
        "status": ((RP.status, _concept("status")),),
        **_PLACED,
    },
    "target": {
        "metric": ((RP.metric, text), (SKOS.prefLabel, _label)),
        "deadline": ((RP.deadline, partial_date), (RP.deadlineDay, last_day)),
        **_QUANTITY,
        **_PLACED,
    },
    "figure": {
        "about": ((RP.subject, text), (SKOS.prefLabel, _label)),
        "kind": ((RP.figureKind, _concept("figure-kind")),),
        "about_id": ((RP.about, _link),),
        **_QUANTITY,
    },
    "event": {
        "type": ((RP.eventType, _concept("event-type")),),
        "date": ((RP.date, partial_date), (RP.day, first_day)),
        "actors": ((RP.actor, _link),),
        "about": ((RP.about, _link),),
    },
    "first": {"scope": ((RP.scope, _concept("first-scope")),)},
    "relation": {
        "kind": ((RP.relationKind, _concept("document-relation")),),
        "document": ((RP.about, _link),),
        "by": ((RP.actingDocument, _link),),
        "date": ((RP.date, partial_date), (RP.day, first_day)),
    },
}
"""For each kind of fact its fields that can be set, each with its properties and what makes their objects."""

_MODELS: dict[str, type[Fact]] = {model.cls: model for model in KINDS.values()}


def linked_classes(cls: str, field: str) -> tuple[str, ...]:
    """The classes of nodes that a field points to; empty for a field that holds a value."""
    return LINKS.get(f"{cls}.{field}", () if f"{cls}.{field}" == "figure.about" else LINKS.get(field, ()))


def is_list(cls: str, field: str) -> bool:
    """Whether a field holds several values."""
    return isinstance(_MODELS[cls].model_fields[field].get_default(call_default_factory=True), list)


def set_field(cls: str, field: str, value: Value) -> dict[URIRef, tuple[Node, ...]]:
    """The objects that each property of a fact has when its field has the value.

    Raises InputError where facts of the class have no such field, or the value does not fit it.
    """
    parts = parts_of(cls, field)
    links = linked_classes(cls, field)
    given = list(value) if isinstance(value, tuple) else [] if value is None else [value]
    if links and (wrong := [key for key in given if key.partition("/")[0] not in links]):
        raise InputError(f"{field} of a {cls} takes a key of {' or '.join(links)}, not {wrong[0]!r}")
    try:
        read = _adapter(cls, field).validate_python(_plain(value) if links else value)
    except ValidationError as error:
        raise InputError(f"{field} of a {cls}: {value!r} does not fit ({error.errors()[0]['msg']})") from None
    values = (
        (given if links else read)
        if isinstance(read, list)
        else []
        if read is None
        else given
        if links
        else [read]
    )
    if values == [""]:
        raise InputError(f"{field} of a {cls} cannot be empty text")
    return {predicate: tuple(make(found) for found in values) for predicate, make in parts}


def parts_of(cls: str, field: str) -> tuple[Part, ...]:
    """The properties of a field. Raises InputError, listing the fields, where there is none of that name."""
    fields = FIELDS.get(cls, {})
    if field not in fields:
        raise InputError(
            f"a {cls} has no field {field!r} to set; it has: {', '.join(sorted(fields)) or 'none'}"
        )
    return fields[field]


def _plain(value: Value) -> Value:
    """The keys of nodes without their classes: the model checks the form of a code or an id."""
    if isinstance(value, tuple):
        return tuple(key.partition("/")[2] for key in value)
    return value and value.partition("/")[2]


@cache
def _adapter(cls: str, field: str) -> TypeAdapter[Any]:
    info = _MODELS[cls].model_fields[field]
    form: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return TypeAdapter(form)
