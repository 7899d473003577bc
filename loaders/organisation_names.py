"""What organisations are called: heads, agencies and names known as they are, from the lexicon and the authority."""

from __future__ import annotations

import re
from collections.abc import Container
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
ETC = "等"
"""The tail of places of a list that ends in 等: they go by their full names."""
_CENTRE = ("国家", "国务院", "中国")
_BARE = re.compile(r"[\u4e00-\u9fa5]{2,}(?:局|委|委员会|办|办公室|署|会)$")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation named at [start, end) of the folded text.

    ``place``: the region it begins with or holds; ``scope``: the word 省, 市, 区, 县 that stands for one; ``rest``:
    what follows region or word; ``tail``: what a list's regions leave to the last one (香港、澳门**特区**政府);
    ``known``: another name of one that is known by name; ``listed``: it shares its stretch or its region with others;
    ``named``: it is known by name.
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
    named: bool = False


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
    bare: dict[str, str]
    """Names of commissions and offices of the centre without 国家 or 国务院 (发展改革委) → their official names."""
    bare_index: NameIndex


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
    agencies.update({row["form"]: cast(ActorType, row["type"]) for row in read_table("actor_local")})
    known: dict[str, tuple[ActorType, str | None]] = {}
    for name in authority.national_names():
        match = authority.find(name)
        if match and name not in agencies:
            known[name] = (cast(ActorType, match.type), match.name if match.name != name else None)
    for row in read_table("actor_named"):
        known[row["name"]] = (cast(ActorType, row["type"]), row["official"] or None)
    bare = _bare_names(authority, known)
    return Names(
        heads, NameIndex(heads), agencies, NameIndex(agencies), known, NameIndex(known), bare, NameIndex(bare)
    )


def _bare_names(authority: AgencyAuthority, known: Container[str]) -> dict[str, str]:
    """What ministries' lists leave of the names of commissions and offices: 国家|林草局, 国务院|国资委."""
    bare: dict[str, str] = {}
    for name in authority.national_names():
        form = next((name.removeprefix(p) for p in _CENTRE if name.startswith(p)), name)
        match = authority.find(name)
        if match and match.type == "government" and form not in known and _BARE.search(form):
            bare.setdefault(form, match.name if not match.predecessor else name)
    return bare


@cache
def followers() -> dict[str, tuple[str, ...]]:
    """Names of bodies → what makes them part of another word when it stands behind (全国政协|委员)."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("actor_followers"):
        found[row["name"]] = (*found.get(row["name"], ()), row["follower"])
    return found


@cache
def example_types() -> dict[str, ActorType]:
    """Words for what a list gives examples of → the type of such bodies."""
    return {row["kind"]: cast(ActorType, row["type"]) for row in read_table("actor_examples")}


@cache
def words(name: str) -> frozenset[str]:
    """The words of a lexicon as a set."""
    return frozenset(read_words(name))


@cache
def joined() -> re.Pattern[str]:
    """Pairs that 和 joins inside a name."""
    return re.compile("|".join(read_words("actor_joined")))
