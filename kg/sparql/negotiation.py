"""Content negotiation as one pure function (RFC 9110, section 12.5.1: https://www.rfc-editor.org/rfc/rfc9110)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_QUALITY = re.compile(r"(0(\.\d{0,3})?|1(\.0{0,3})?)")
# A comma or a semicolon inside a quoted string separates nothing.
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_SEMICOLON = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_RANGE = re.compile(r"([\w!#$&^.+\-]+|\*)/([\w!#$&^.+\-]+|\*)")


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    @property
    def precision(self) -> tuple[bool, bool, int]:
        return self.type != "*", self.subtype != "*", len(self.parameters)

    def covers(self, offered: _Range) -> bool:
        return (
            self.type in ("*", offered.type)
            and self.subtype in ("*", offered.subtype)
            and self.parameters <= offered.parameters
        )


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that an Accept header likes best, or None where it accepts none of them.

    The most precise range that covers an offered type gives its q; of equal q the one offered first wins.
    No header, or an empty one, accepts all. A charset does not tell types apart; a malformed range is
    passed over.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    ranges = [found for part in _COMMA.split(accept) if (found := _parse(part)) is not None]
    best: str | None = None
    best_quality = 0.0
    for media_type in offered:
        parsed = _parse(media_type)
        covering = [] if parsed is None else [r for r in ranges if r.covers(parsed)]
        quality = max(covering, key=lambda r: r.precision).quality if covering else 0.0
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def _parse(text: str) -> _Range | None:
    name, *parts = [part.strip() for part in _SEMICOLON.split(text)]
    match = _RANGE.fullmatch(name.lower())
    if match is None or (match.group(1) == "*" and match.group(2) != "*"):
        return None
    parameters: set[tuple[str, str]] = set()
    quality = 1.0
    for part in filter(None, parts):
        key, _, value = (piece.strip() for piece in part.partition("="))
        if key.lower() == "q":
            if not _QUALITY.fullmatch(value):
                return None
            quality = float(value)
        elif key.lower() != "charset":
            parameters.add((key.lower(), value.strip('"')))
    return _Range(match.group(1), match.group(2), frozenset(parameters), quality)
