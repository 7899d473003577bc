"""Articles as JSON or JSONL: ``title`` and ``text``, optionally ``id``, ``section``, ``published``, ``source``, and
facts or drafts of facts under the annotation guide's keys, with what their reader was in doubt about under ``doubts``.
Other keys are ignored and told of; one that seems to hold facts is an error, since they would be lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from kg.errors import InputError
from kg.issues import Issue
from kg.model import KINDS, Article

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CODE: Final = re.compile("[A-Za-z][A-Za-z0-9-]*")


_Pair = tuple[Article, dict[str, Any] | None]
_ARTICLE_KEYS: Final = ("id", "section", "title", "text", "published", "source", "year", "year_from", "lines")


def parse_articles(text: str, path: Path) -> list[_Pair]:
    """Each article of the text with its facts (under the guide's keys) and doubts, or None where it brings no facts.

    ``path`` tells JSONL from JSON by its ending and stands in messages. Raises InputError, naming the place.
    """
    return parse_with_doubts(text, path)[0]


def parse_with_doubts(text: str, path: Path) -> tuple[list[_Pair], tuple[Issue, ...]]:
    """The articles as ``parse_articles`` gives them, and an issue that names the keys which nobody reads, if any."""
    unknown: Counter[str] = Counter()
    pairs = []
    for place, item in _objects(text, path):
        pairs.append(_article(item, place))
        unknown.update(_unknown(item, place))
    return pairs, (_unknown_issue(unknown, path),) if unknown else ()


def _unknown(item: dict[str, Any], place: str) -> list[str]:
    """The keys of an article that nobody reads. Raises InputError where one of them seems to hold facts."""
    unknown = [key for key in item if key not in (*_ARTICLE_KEYS, *KINDS, "doubts")]
    for key in unknown:
        value = item[key]
        if isinstance(value, dict) and (held := [kind for kind in KINDS if kind in value]):
            raise InputError(
                f"{place}: unknown key {key!r} holds {', '.join(held)}, which would be lost: "
                f"put them beside title and text, without {key!r}"
            )
        if not isinstance(value, list) or not any(isinstance(one, dict) for one in value):
            continue
        close = get_close_matches(key, [*KINDS], n=1, cutoff=0.75)
        if close or any("evidence" in one for one in value if isinstance(one, dict)):
            hint = f"did you mean {close[0]!r}? " if close else ""
            raise InputError(
                f"{place}: unknown key {key!r} seems to hold facts, which would be lost; {hint}"
                f"the kinds are: {', '.join(KINDS)}"
            )
    return unknown


def _unknown_issue(unknown: Counter[str], path: Path) -> Issue:
    known = ", ".join((*_ARTICLE_KEYS[:6], "doubts", *KINDS))
    zh = "、".join(f"{key}（{number} 篇）" for key, number in unknown.items())
    en = ", ".join(
        f"{key} ({number} {'article' if number == 1 else 'articles'})" for key, number in unknown.items()
    )
    return Issue(
        code="unknown-key",
        message_zh=f"{path.name}：有不认识的键，未读入：{zh}。",
        message_en=f"{path.name}: unknown keys, not read: {en}. Known are: {known}.",
        detail={"file": path.name, "keys": ", ".join(unknown)},
    )


def _objects(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"{path}: line {number}", _json(line, f"{path}: line {number}")
        return
    loaded = _json(text, str(path))
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    if not isinstance(loaded, list):
        raise InputError(f"{path}: expected a list of articles, found {_kind(loaded)}")
    for number, item in enumerate(loaded, start=1):
        yield f"{path}: article {number}", item


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = (
            f"line {error.lineno}, column {error.colno}" if "line " not in place else f"column {error.colno}"
        )
        raise InputError(f"{place}: not JSON ({error.msg}: {where})") from None
    except RecursionError:
        raise InputError(f"{place}: nested too deeply") from None


def _article(item: Any, place: str) -> tuple[Article, dict[str, Any] | None]:
    if not isinstance(item, dict):
        raise InputError(f"{place}: expected an object with title and text, found {_kind(item)}")
    for key in ("title", "text"):
        if not isinstance(item.get(key), str) or not item[key].strip():
            raise InputError(f"{place}: {key} is missing or no text")
        if _SURROGATE.search(item[key]):
            raise InputError(f"{place}: {key} has half a character (a lone surrogate)")
    facts: dict[str, Any] = {}
    for kind in KINDS:
        if kind in item:
            if not isinstance(item[kind], list):
                raise InputError(f"{place}: {kind} is no list")
            facts[kind] = item[kind]
    if facts and item.get("doubts"):
        facts["doubts"] = _doubts(item["doubts"], place)
    try:
        return Article.model_validate(_known(item)), facts or None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        if where == "published" and first["type"] == "value_error":
            raise InputError(
                f"{place}: published: no calendar has the day {item['published']} 日历上没有这一天"
            ) from None
        raise InputError(f"{place}: {where}: {first['msg']}") from None


def _doubts(given: Any, place: str) -> list[Issue]:
    try:
        issues = _issues().validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            f"{place}: doubts.{'.'.join(str(p) for p in first['loc'])}: {first['msg']}"
        ) from None
    for issue in issues:
        if not _CODE.fullmatch(issue.code) or issue.code.startswith("shape-"):
            raise InputError(f"{place}: doubts: {issue.code!r} is no code of a reader's doubt")
        if _SURROGATE.search(f"{issue.message_zh}{issue.message_en}{issue.quote or ''}{issue.detail}"):
            raise InputError(f"{place}: doubts: a message has half a character (a lone surrogate)")
    return issues


@cache
def _issues() -> TypeAdapter[list[Issue]]:
    return TypeAdapter(list[Issue])


def _known(item: dict[str, Any]) -> dict[str, Any]:
    """The article's own keys; a number as an id is as good as a text, and an empty text says nothing."""
    known = {
        key: value for key, value in item.items() if key in Article.model_fields and value not in (None, "")
    }
    return {**known, "id": str(known["id"])} if "id" in known else known


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        int: "a number",
        float: "a number",
        bool: "a boolean",
    }
    return names.get(type(value), "nothing")
