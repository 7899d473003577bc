"""Corrections: what a curator has decided about facts and entities, as a log that is only ever added to.

A pure value: reading, keeping and applying it are the work of others. Targets are keys as tables show them: a fact
(``measure/{article}/{h12}``), a mention (``mention/{article}/{h12}-actor``) or an entity (``actor/x-{h12}``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kg.errors import InputError
from kg.identifiers import digest

Action = Literal["accept", "reject", "set", "merge", "split"]
ACTIONS: tuple[str, ...] = get_args(Action)

Value = str | tuple[str, ...] | None
"""A field's value as written: one, several for a field that is a list, or none."""

MENTIONED = ("region", "actor", "document", "programme", "cooperation")
"""The classes of entities; their facts stand in the graph as mentions."""


class Correction(BaseModel):
    """One decision. ``article`` and ``fingerprint`` (of quote and article) say which fact was meant; entities have none.

    accept: it is right as read, earlier corrections of it are lifted. reject: the fact goes. set: ``field`` becomes
    ``new``. merge: the entity is another one, ``new``. split: the mention is of another entity, ``new``.
    ``when`` is the clock of the writing, UTC; from then on it is data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: str = Field(pattern=r"^[a-z]+/[^\s<>\"{}|^`\\]+$")
    action: Action
    article: str | None = Field(default=None, pattern=r"^[0-9a-f]+$")
    fingerprint: str | None = None
    quote: str | None = None
    field: str | None = None
    old: Value = None
    new: Value = None
    who: str = Field(pattern=r"\S")
    when: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    why: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Correction:
        if self.action in ("reject", "set", "split") and not (self.article and self.fingerprint):
            raise ValueError(f"a correction that says {self.action} needs article and fingerprint")
        if self.action == "set" and not self.field:
            raise ValueError("a correction that says set needs a field")
        if self.action in ("merge", "split") and not (isinstance(self.new, str) and "/" in self.new):
            raise ValueError(f"a correction that says {self.action} needs an entity as its new value")
        return self

    @property
    def key(self) -> str:
        """A key made of all it says."""
        return digest(self.model_dump_json())

    @property
    def slot(self) -> str:
        """What of the target it decides: a later correction of the same slot takes its place."""
        return f"set {self.field}" if self.action == "set" else self.action

    def line(self) -> str:
        """The correction as one line of JSON, without empty slots, newline included."""
        return self.model_dump_json(exclude_defaults=True) + "\n"


class Corrections:
    """A log of corrections, oldest first, and what of it holds."""

    def __init__(self, log: Sequence[Correction] = ()) -> None:
        self.log = tuple(log)

    @cached_property
    def in_force(self) -> tuple[Correction, ...]:
        """The corrections that hold, in order of target and slot: the last of each slot, none from before an accept."""
        held: dict[str, dict[str, Correction]] = {}
        for correction in self.log:
            if correction.action == "accept":
                held.pop(correction.target, None)
            held.setdefault(correction.target, {})[correction.slot] = correction
        return tuple(slots[slot] for _, slots in sorted(held.items()) for slot in sorted(slots))

    @cached_property
    def _by_article(self) -> dict[str, list[Correction]]:
        found: dict[str, list[Correction]] = {}
        for correction in self.in_force:
            if correction.article:
                found.setdefault(correction.article, []).append(correction)
        return found

    def of_article(self, article: str) -> list[Correction]:
        """The corrections in force of an article's facts and mentions."""
        return self._by_article.get(article, [])

    @cached_property
    def articles(self) -> frozenset[str]:
        """The keys of all articles that the log is about, lifted corrections included."""
        return frozenset(correction.article for correction in self.log if correction.article)

    @cached_property
    def rejected(self) -> frozenset[str]:
        """The facts and mentions that are rejected."""
        return frozenset(c.target for c in self.in_force if c.action == "reject")

    @cached_property
    def merges(self) -> dict[str, str]:
        """Each merged entity and the one it is in the end. A merge that would close a circle is left out."""
        steps: dict[str, str] = {}
        held = {c for c in self.in_force if c.action == "merge"}
        for correction in self.log:
            into = correction.new
            if correction not in held or not isinstance(into, str):
                continue
            if _end(steps, into) != correction.target:
                steps[correction.target] = into
        return {source: _end(steps, source) for source in steps}

    def node_of(self, key: str) -> str:
        """The entity that an entity, or a mention that was split off, is now; another key is given back."""
        for correction in self.of_article(key.split("/")[1]) if key.startswith("mention/") else ():
            if correction.action == "split" and correction.target == key and isinstance(correction.new, str):
                return self.merges.get(correction.new, correction.new)
        return self.merges.get(key, key)


def _end(steps: dict[str, str], start: str) -> str:
    while start in steps:
        start = steps[start]
    return start


def parse_corrections(lines: Iterable[str], source: object) -> Corrections:
    """The corrections in lines of JSON, blank ones skipped.

    Raises InputError, naming ``source`` and the line, where one is no correction.
    """
    log = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                log.append(Correction.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"]))
                raise InputError(
                    f"{source}:{number}: no correction ({place + ': ' if place else ''}{first['msg']})"
                ) from None
    return Corrections(log)


def fingerprint(quote: str, article: str) -> str:
    """What tells whether a fact's key still means the fact that was corrected: a digest of its quote and article."""
    return digest(quote, article)


def graph_key(fact: str) -> str:
    """The key under which a fact stands in the graph: ``actor/{article}/{h12}`` as ``mention/{article}/{h12}-actor``."""
    cls, _, rest = fact.partition("/")
    return f"mention/{rest}-{cls}" if cls in MENTIONED and "/" in rest else fact


def class_of(key: str) -> str:
    """The kind of fact behind a key of the graph (``actor`` for its mentions), or the class of an entity."""
    cls = key.partition("/")[0]
    return key.rsplit("-", 1)[-1] if cls == "mention" else cls
