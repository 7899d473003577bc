"""The form of the model's reply: the guide's drafts, generated from the fact models.

A draft has quotations and labels. Ids, offsets, links by id, confidence and reader are ours to give and no part of it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, create_model

from kg.model import GUIDE_KINDS, KINDS

_OURS = frozenset(
    ("id", "start", "end", "confidence", "reader", "candidates", "stated_value", "document", "agreement", "about_id",
     "taken_by", "actors", "measures")
)  # fmt: skip
_OURS_OF = {"events": frozenset(("about",))} | dict.fromkeys(
    ("regions", "documents", "programs"), frozenset(("evidence",))
)
"""Links of one kind; and the evidence of kinds whose quote is their mention, title or name."""
_KEPT = ("type", "enum", "$ref")
"""The keywords that every server with structured output understands; limits are checked on the reply instead."""


@cache
def draft_model(kind: str) -> type[BaseModel]:
    """The model of one draft of a kind (the guide's key): the fact's own slots and rules. Other keys are ignored."""
    fact = KINDS[kind]
    ours = _OURS | _OURS_OF.get(kind, frozenset())
    slots = {name: (slot.annotation, slot) for name, slot in fact.model_fields.items() if name not in ours}
    name = f"{fact.__name__.removesuffix('Fact')}Draft"
    return create_model(name, __config__=ConfigDict(extra="ignore"), **cast("dict[str, Any]", slots))


@cache
def reply_schema() -> dict[str, Any]:
    """The JSON Schema of a reply, in the strict form of structured output: every key required, none added.

    An absent value is null.
    """
    lists = {kind: (list[draft_model(kind)], ...) for kind in GUIDE_KINDS}  # type: ignore[misc]
    model = create_model("Drafts", **cast("dict[str, Any]", lists))
    return _strict(model.model_json_schema())


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    strict: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    if "anyOf" in schema:
        strict["anyOf"] = [_strict(one) for one in schema["anyOf"]]
    if "items" in schema:
        strict["items"] = _strict(schema["items"])
    if "properties" in schema:
        strict["properties"] = {name: _strict(slot) for name, slot in schema["properties"].items()}
        strict["required"] = list(schema["properties"])
        strict["additionalProperties"] = False
    if "$defs" in schema:
        strict["$defs"] = {name: _strict(one) for name, one in schema["$defs"].items()}
    return strict
