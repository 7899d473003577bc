"""The rules of events: patterns of the lexicon ``event_verbs``, with the type of event and what a pattern needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.model import EventType
from loaders.alternatives import gated
from loaders.lexicon import read_table
from loaders.sieve import Sieve


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for a clause, the type of event that it tells, and its strength (see the table's head)."""

    pattern: re.Pattern[str]
    type: EventType
    strength: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried."""
    return tuple(
        Rule(re.compile(row["pattern"]), cast(EventType, row["type"]), row["strength"])
        for row in read_table("event_verbs")
    )


@cache
def trigger() -> re.Pattern[str]:
    """What any of the rules matches."""
    return re.compile(gated("|".join(f"(?:{rule.pattern.pattern})" for rule in rules())))


@cache
def sieve() -> Sieve[Rule]:
    """The rules, to be asked for those that may match a clause."""
    return Sieve((rule, rule.pattern) for rule in rules())


@cache
def relaxed(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern for a text whose 《》 and “” are filled with blanks rather than empty."""
    return re.compile(pattern.pattern.replace("《》", "《＿*》"))
