"""A lexer of SPARQL 1.1 that is strict where a lax one could be led astray.

It follows the terminals of https://www.w3.org/TR/sparql11-query/#rQueryUnit (section 19.8). Where an
engine could read a text in another way than this lexer does, the token says so (``doubtful``), and the
guard refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError

_SPACE_OR_COMMENT = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)+")
_IRI = re.compile(r'<([^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>')
_LONG_STRING = re.compile(
    r"'''(?:(?!''')(?:[^\\]|\\.))*'''|\"\"\"(?:(?!\"\"\")(?:[^\\]|\\.))*\"\"\"", re.DOTALL
)
_SHORT_STRING = re.compile(r"'(?:[^'\\\r\n]|\\[^\r\n])*'|\"(?:[^\"\\\r\n]|\\[^\r\n])*\"")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_TOKENS: Final = (
    ("blank", re.compile(r"_:\w(?:[\w.\-]*[\w\-])?")),
    ("variable", re.compile(r"[?$]\w+")),
    ("language", re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*")),
    ("name", re.compile(r"(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:.%\-]|\\.)*(?:[\w:%\-]|\\.))?")),
    ("number", re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+\-]?\d+)?")),
    ("word", re.compile(r"[^\W\d]\w*")),
)
_OPERAND_ENDS: Final = frozenset({"blank", "variable", "language", "name", "number", "string", "iri"})
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text, and where it starts (code points into the text).

    ``kind`` is iri, string, blank, variable, language, name (prefixed), number, word or mark. ``depth``
    is the number of open braces. ``doubtful`` marks an IRI that an engine may read as the operator ``<``
    followed by a comment.
    """

    kind: str
    text: str
    start: int
    depth: int = 0
    doubtful: bool = False


def place(text: str, offset: int) -> str:
    """``line L, column C`` of an offset, both counted from 1, columns in code points."""
    line_start = text.rfind("\n", 0, offset) + 1
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - line_start + 1}"


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or update, without white space and comments.

    Raises QueryError at a string that is not closed or holds an escape that SPARQL does not know: an
    engine that goes on after such a string reads the rest differently.
    """
    position, depth, brackets = 0, 0, [""]
    previous: Token | None = None
    while True:
        if gap := _SPACE_OR_COMMENT.match(text, position):
            position = gap.end()
        if position >= len(text):
            return
        token = _token(text, position, previous, brackets[-1], depth)
        if token.text in ("(", "{", "["):
            brackets.append(token.text)
            depth += token.text == "{"
        elif token.text in (")", "}", "]"):
            depth -= token.text == "}"
            if len(brackets) > 1:
                brackets.pop()
        yield token
        previous, position = token, position + len(token.text)


def _token(text: str, position: int, previous: Token | None, bracket: str, depth: int) -> Token:
    character = text[position]
    if character == "<" and (match := _IRI.match(text, position)):
        doubtful = _may_be_operator(match.group(), previous, bracket)
        return Token("iri", match.group(), position, depth, doubtful)
    if character in "\"'":
        return Token("string", _string(text, position), position, depth)
    for kind, pattern in _TOKENS:
        if match := pattern.match(text, position):
            return Token(kind, match.group(), position, depth)
    return Token("mark", character, position, depth)


def _may_be_operator(iri: str, previous: Token | None, bracket: str) -> bool:
    """Whether an engine may take the ``<`` of this IRI for "less than" (or ``<<``) and so see other tokens.

    That matters only where the inside holds a comment sign or a bracket: nothing else there changes what
    follows. An IRI with ``://`` is no operand: two slashes in a row are no expression.
    """
    if previous is None or not any(sign in iri for sign in "#()") or re.match(r"<[A-Za-z][\w+.\-]*://", iri):
        return False
    if previous.text == "<":
        return True
    ends_operand = previous.kind in _OPERAND_ENDS or previous.text.lower() in (")", "true", "false")
    return bracket == "(" and ends_operand


def _string(text: str, position: int) -> str:
    is_long = text.startswith(text[position] * 3, position)
    match = (_LONG_STRING if is_long else _SHORT_STRING).match(text, position)
    if match is None:
        raise QueryError(f"the string that begins at {place(text, position)} is not closed")
    for escape in _ESCAPE.finditer(match.group()):
        code = escape.group(1)
        is_known = code in tuple("tbnrf\"'\\") if len(code) == 1 else _is_character(int(code[1:], 16))
        if not is_known:
            raise QueryError(f"unknown escape {escape.group()!r} at {place(text, position + escape.start())}")
    return match.group()


def _is_character(code: int) -> bool:
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF


def unescape_code_points(text: str) -> str:
    r"""The text as engines see it that resolve ``\uXXXX`` before they parse (section 19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if _is_character(code) else match.group()

    return _CODE_POINT.sub(character, text)
