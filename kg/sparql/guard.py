"""What a query or update may not do: call other servers (SERVICE) or fetch files (LOAD).

The engine has a live HTTP client and no switch for it, so the text is looked at before any engine sees
it. In doubt it is refused: an engine whose parser has no tokens of its own reads ``trueSERVICE:x {`` as
``true SERVICE :x {``.
"""

from __future__ import annotations

from typing import Final, Literal

from kg.errors import QueryError
from kg.sparql.lexer import Token, place, tokens, unescape_code_points

Operation = Literal["query", "update"]

_FORBIDDEN: Final = ("service", "load")
_QUERIES: Final = frozenset({"select", "ask", "construct", "describe"})
_UPDATES: Final = frozenset(
    {"insert", "delete", "with", "load", "clear", "create", "drop", "copy", "move", "add"}
)
_PROLOGUE: Final = frozenset({"base", "prefix", "version"})


def check(text: str) -> Operation:
    """Say whether the text is a query or an update, and refuse it where it may reach outside the store.

    Raises QueryError, with line and column, at SERVICE or LOAD in any case, at a place that could hide
    one of them, and where the text begins as neither a query nor an update.
    """
    folded = text.lower()
    unescaped = unescape_code_points(text)
    if any(word in folded for word in _FORBIDDEN):
        _refuse(text, text)
    if unescaped != text and any(word in unescaped.lower() for word in _FORBIDDEN):
        _refuse(unescaped, text)
    return operation(text)


def operation(text: str) -> Operation:
    """Query or update, told by the first word after the prologue. An empty update is not accepted."""
    for token in tokens(text):
        word = token.text.lower()
        # Between its keywords a prologue holds names, IRIs and strings only.
        if token.kind in ("name", "iri", "string") or word in _PROLOGUE:
            continue
        if word in _QUERIES:
            return "query"
        if word in _UPDATES:
            return "update"
        where = place(text, token.start)
        raise QueryError(f"expected a query or an update at {where}, found {token.text[:40]!r}")
    raise QueryError("the query is empty")


def _refuse(text: str, original: str) -> None:
    found = list(tokens(text))
    for index, token in enumerate(found):
        word = _hidden_word(found, index)
        if word is not None:
            where = place(text, token.start)
            note = "" if text == original else ", counted after \\u escapes are resolved"
            raise QueryError(f"{word.upper()} is not allowed ({where}{note}): queries stay inside the store")
        if token.doubtful:
            where = place(text, token.start)
            raise QueryError(f"'<' can be read in two ways at {where}: write a space after it")


def _hidden_word(found: list[Token], index: int) -> str | None:
    """The forbidden word that an engine could read in this token, if any."""
    token = found[index]
    if token.kind == "word":
        return next((word for word in _FORBIDDEN if word in token.text.lower()), None)
    if token.kind != "name":
        return None
    prefix = token.text.partition(":")[0].lower()
    before = found[index - 1].text.lower() if index else ""
    after = found[index + 1].text if index + 1 < len(found) else ""
    if "service" in prefix and after == "{" and before != "graph":
        return "service"
    begins_operation = index == 0 or before == ";" or found[index - 1].kind in ("iri", "string")
    if "load" in prefix and token.depth <= 0 and begins_operation:
        return "load"
    return None


def used_prefixes(text: str) -> set[str]:
    """The prefixes a text uses without declaring them."""
    used: set[str] = set()
    declared: set[str] = set()
    previous = ""
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            (declared if previous == "prefix" else used).add(prefix)
        previous = token.text.lower() if token.kind == "word" else ""
    return used - declared
