"""What organisations are called: heads, agencies and names known as they are, from the lexicon and the authority."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.authorities import AgencyAuthority
from kg.model import ActorType
from loaders.gazetteer import NameIndex
from loaders.lexicon import read_table, read_words
from loaders.places import Place

_HEADED = re.compile(
    r"(?:[厅局委办署院会队馆部]|办公室|部门|海关|政府|政协|人大|党校|行署|中心|分行|支行|公安机关)$"
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation named at [start, end) of the folded text.

    ``place``: the region it begins with or holds; ``scope``: the word 省, 市, 区, 县 that stands for one; ``rest``:
    what follows region or word; ``tail``: what a list's regions leave to the last one (香港、澳门**特区**政府);
    ``known``: another name of one that is known by name; ``listed``: it shares its stretch or its region with others.
    """

    start: int
    end: int
    type: ActorType
    rest: str
    place: Place | None = None
    scope: str | None = None
    known: str | None = None
    score: float = 0.85
    listed: bool = False
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a name ends in, the type of such bodies, and whether the name needs no region in front."""

    form: str
    type: ActorType
    free: bool


@dataclass(frozen=True)
class Names:
    """What organisations are called, from the lexicon and the agency authority."""

    heads: dict[str, Head]
    head_index: NameIndex
    agencies: dict[str, ActorType]
    agency_index: NameIndex
    known: dict[str, tuple[ActorType, str | None]]
    known_index: NameIndex


@cache
def names_of(authority: AgencyAuthority) -> Names:
    """The names for an agency authority, built at the first call."""
    rows = read_table("actor_head")
    heads = {r["head"]: Head(r["head"], cast(ActorType, r["type"]), r["anchor"] == "free") for r in rows}
    functions = authority.functions()
    agencies = {
        form: cast(ActorType, functions[key].body_type)
        for form, key in authority.forms().items()
        if len(form) > 1 and _HEADED.search(form)
    }
    known: dict[str, tuple[ActorType, str | None]] = {}
    for name in authority.national_names():
        match = authority.find(name)
        if match and name not in agencies:
            known[name] = (cast(ActorType, match.type), match.name if match.name != name else None)
    for row in read_table("actor_named"):
        known[row["name"]] = (cast(ActorType, row["type"]), row["official"] or None)
    return Names(heads, NameIndex(heads), agencies, NameIndex(agencies), known, NameIndex(known))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a lexicon as a set."""
    return frozenset(read_words(name))


@cache
def joined() -> re.Pattern[str]:
    """Pairs that 和 joins inside a name."""
    return re.compile("|".join(read_words("actor_joined")))
