"""The form of a reply: the guide's drafts in the strict form of structured output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from kg.model import GUIDE_KINDS, Instrument
from loaders.llm.schema import draft_model, reply_schema


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_every_kind_is_a_list_and_every_object_is_closed() -> None:
    schema = reply_schema()
    assert list(schema["properties"]) == list(GUIDE_KINDS)
    found = list(objects(schema))
    assert len(found) == 1 + len(GUIDE_KINDS)
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


def test_the_model_is_asked_for_no_id_and_no_offset() -> None:
    asked = {kind: set(draft_model(kind).model_fields) for kind in GUIDE_KINDS}
    ours = {"id", "start", "end", "reader", "confidence", "candidates", "document", "taken_by", "about_id"}
    assert all(not slots & ours for slots in asked.values())
    assert asked["events"] == {"evidence", "type", "date"}
    assert asked["documents"] == {"title", "issuers", "kind"}
    assert "about" in asked["figures"]


def test_labels_are_the_guide_s() -> None:
    measure = reply_schema()["$defs"]["MeasureDraft"]["properties"]
    assert measure["type"]["enum"] == list(get_args(Instrument))
    assert {"type": "null"} in measure["status"]["anyOf"]
