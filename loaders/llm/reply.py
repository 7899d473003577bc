"""The model's reply is data: parsed as JSON, each draft held to the guide's form, nothing else done with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from kg.issues import Issue
from kg.model import GUIDE_KINDS, Article
from loaders.llm.schema import draft_model
from loaders.llm.verdicts import Refusal, rejected

CONFIDENCE = 0.7
"""Not measured on any model in particular: below what the rules give to what they are sure of."""

_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_RIM = "，。；、,;\u3000 \t\r\n"
_QUOTES = ("evidence", "mention", "title", "name")

Drafts = dict[str, list[dict[str, Any]]]


class UnreadableReplyError(ValueError):
    """A reply that is not of the form asked for; ``str(error)`` says why."""


def parse_reply(text: str) -> dict[str, list[Any]]:
    """The lists of drafts of a reply. One code fence around the whole is taken off; anything else is an error."""
    fenced = _FENCED.fullmatch(text)
    try:
        loaded = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        raise UnreadableReplyError("the reply is not JSON") from None
    if not isinstance(loaded, dict) or not any(kind in loaded for kind in GUIDE_KINDS):
        raise UnreadableReplyError("the reply is no object with lists of facts")
    found = {kind: loaded.get(kind) or [] for kind in GUIDE_KINDS}
    for kind, drafts in found.items():
        if not isinstance(drafts, list):
            raise UnreadableReplyError(f"{kind} of the reply is no list")
    return found


def valid_drafts(article: Article, reply: Mapping[str, list[Any]]) -> tuple[Drafts, list[Issue]]:
    """The drafts in the guide's form, marked as the model's; for each other one the reason."""
    drafts: Drafts = {kind: [] for kind in reply}
    issues: list[Issue] = []
    for kind, given in reply.items():
        for one in given:
            found = _valid(kind, one)
            if isinstance(found, Refusal):
                issues.append(rejected(article, kind, _quote(one), found))
            elif found not in drafts[kind]:
                drafts[kind].append(found)
    return drafts, issues


def _valid(kind: str, draft: Any) -> dict[str, Any] | Refusal:
    if not isinstance(draft, Mapping):
        return Refusal("not an object", "不是对象")
    try:
        if _has_half_characters(draft):
            return Refusal("half a character (a lone surrogate)", "含不完整字符")
        slots = {key: value for key, value in draft.items() if value is not None}
        valid = draft_model(kind).model_validate(slots)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return Refusal(f"{where}: {first['msg']}", f"字段 {where} 不合规格")
    except RecursionError:
        return Refusal("nested too deeply", "嵌套过深")
    tidied = {key: _tidy(key, value) for key, value in valid.model_dump(exclude_none=True).items()}
    return {**tidied, "reader": "llm", "confidence": CONFIDENCE}


def _has_half_characters(draft: Mapping[str, Any]) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in json.dumps(draft, ensure_ascii=False))


def _tidy(key: str, value: Any) -> Any:
    """Free text on one line; a quotation without the marks and white space at its rim."""
    if key in ("evidence", "mention"):
        return value.strip(_RIM)
    if isinstance(value, list):
        return [_tidy(key, one) for one in value]
    return _CONTROL.sub(" ", value).strip() if isinstance(value, str) else value


def _quote(draft: Any) -> str:
    """What the draft quotes, fit to be kept in an issue."""
    if not isinstance(draft, Mapping):
        return ""
    quote = next((draft[key] for key in _QUOTES if isinstance(draft.get(key), str)), "")
    return quote.encode("utf-8", "replace").decode()
