"""Issues: what was skipped, doubtful or refused, said in a form that a person and a program can read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["info", "warning", "violation"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt about one place.

    ``code`` is a stable short name (``unresolved-region``); ``article`` is the article's title; ``start`` is a
    code point offset into ``title + "\\n" + text``; ``fact`` is the fact's id where there is one.
    """

    code: str
    message_zh: str
    message_en: str
    severity: Severity = "warning"
    article: str | None = None
    quote: str | None = None
    start: int | None = None
    fact: str | None = None
    detail: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The issue as a JSON object without empty slots."""
        return {key: value for key, value in asdict(self).items() if value not in (None, {})}
