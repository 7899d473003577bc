"""What tells of a cooperation: the patterns of the lexicon ``cooperation_cues``, in the order in which they are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.model import CooperationKind
from loaders.alternatives import gated
from loaders.lexicon import read_table
from loaders.sieve import Sieve


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern for a clause, the kind of cooperation, and which parties it needs (see the table's head)."""

    pattern: re.Pattern[str]
    kind: CooperationKind
    needs: str
    follow: str
    more: bool


@cache
def cues() -> tuple[Cue, ...]:
    """The cues in the order in which they are tried."""
    return tuple(
        Cue(
            re.compile(row["pattern"]),
            cast(CooperationKind, row["kind"]),
            row["needs"],
            row["follow"],
            row["more"] == "yes",
        )
        for row in read_table("cooperation_cues")
    )


@cache
def sieve() -> Sieve[Cue]:
    """The cues, to be asked for those that may match a clause."""
    return Sieve((cue, cue.pattern) for cue in cues())


@cache
def any_cue() -> re.Pattern[str]:
    """What any of the cues matches."""
    return re.compile(gated("|".join(f"(?:{cue.pattern.pattern})" for cue in cues())))
