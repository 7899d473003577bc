"""Organisations in lists: items that share a region, names without a head, examples of a kind (甲、乙等企业)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.model import ActorType
from loaders import organisation_patterns as patterns
from loaders.gazetteer import Token
from loaders.organisation_names import Organisation, example_types, words
from loaders.organisation_text import MARKS, OPENERS, SHORT_HEAD, OrganisationText

PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "nz", "ns", "nt", "eng"})
_JOINT = re.compile("[、和与及]")
_UNCUT = 4
_WITH_UNITS = frozenset({"school", "public_institution"})


def items(source: OrganisationText, found: list[Organisation]) -> Iterator[Organisation]:
    """江苏省科技厅、财政厅: the items behind an organisation that share its region."""
    for org in found:
        if not (org.place or org.scope) or org.type in ("enterprise", "bank", "alliance"):
            continue
        at = org.end
        while source.text[at : at + 1] in ("、", "和", "与", "及"):
            item = _item(source, at + 1)
            if item is None:
                break
            end, kind = item
            rest = source.text[at + 1 : end]
            yield Organisation(at + 1, end, kind, rest, org.place, org.scope, score=0.75, listed=True)
            at = end


def _item(source: OrganisationText, at: int) -> tuple[int, ActorType] | None:
    found = source.walk(at)
    head = source.ends.get(found[0]) if found else None
    if found is None or not (found[2] or (head and len(head.form) > SHORT_HEAD)):
        return None
    closed = source.text[found[0] : found[0] + 1] in (*MARKS, "等", "和", "")
    return (found[0], found[1]) if closed or found[2] else None


def numbered_units(source: OrganisationText, found: list[Organisation]) -> Iterator[Organisation]:
    """东江大学第一、第二附属医院: the units of a school or an office that their numbers tell apart."""
    for org in found:
        match = patterns.ORDINALS.match(source.text, org.end) if org.type in _WITH_UNITS else None
        head = source.names.heads.get(match["head"]) if match else None
        if match and head:
            for number in (match["first"], match["second"]):
                name = f"{source.text[org.start : org.end]}第{number}{match['head']}"
                yield Organisation(org.start, match.end(), head.type, name, score=0.8, listed=True)


def unknown_items(source: OrganisationText, found: list[Organisation]) -> Iterator[Organisation]:
    """联合东方惠金、滨江小贷: names without a head, before an enterprise in a list of those that act together."""
    text = source.text
    taken = {o for org in found for o in range(org.start, org.end)}
    for org in found:
        if org.type not in ("bank", "enterprise") or org.place:
            continue
        at = org.start
        line = text.rfind("\n", 0, at) + 1
        if not patterns.TOGETHER.search(text, line, at):
            continue
        while (start := _unknown_item(source, at, line)) is not None and start not in taken:
            yield Organisation(start, at - 1, org.type, text[start : at - 1], score=0.6)
            at = start


def _unknown_item(source: OrganisationText, at: int, line: int) -> int | None:
    """Where the item before a 、 at ``at - 1`` begins, if it is one of those that act together."""
    if source.text[at - 1] != "、":
        return None
    for start in range(at - 3, max(line, at - 10), -1):
        name = source.text[start : at - 1]
        if not patterns.ITEM.fullmatch(name):
            return None
        if source.text.endswith(OPENERS, line, start):
            parts = source.tokens.within(start, at - 1)
            return None if any(source.breaks(token) for token in parts) else start
    return None


def examples(source: OrganisationText, found: list[Organisation]) -> Iterator[Organisation]:
    """甲、乙、丙等企业: short names of those that a list gives as examples of a kind, if most of them are proper."""
    if not patterns.OF_KIND.search(source.text):
        return
    taken = {o for org in found for o in range(org.start, org.end)}
    places = {o for place in source.places for o in range(place.start, place.end)}
    for match in patterns.EXAMPLES.finditer(source.text):
        kind = example_types()[match["kind"]]
        spans = _spans(source, match.start("list"), match.end("list"))
        if any(source.breaks(t) for t in source.tokens.within(match.end("list") + 1, match.start("kind"))):
            continue
        fresh = [span for span in spans if span[0] not in taken | places and _is_short_name(source, *span)]
        known = [span for span in spans if span[1] - 1 in taken]
        if len(spans) > 1 and fresh and 2 * len(fresh + known) > len(spans):
            for start, end in fresh:
                yield Organisation(start, end, kind, source.text[start:end], score=0.6)


def _spans(source: OrganisationText, start: int, end: int) -> list[tuple[int, int]]:
    """The items of a list; what governs the first one is cut off."""
    cuts = [m.start() for m in _JOINT.finditer(source.text, start, end)]
    spans = [*zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True)]
    first = spans[0]
    governing = [t.end for t in source.tokens.within(*first) if source.breaks(t)]
    return [(max([first[0], *governing]), first[1]), *spans[1:]]


def _is_short_name(source: OrganisationText, start: int, end: int) -> bool:
    inside = source.tokens.within(start, end)
    if not inside and end - start <= _UNCUT:
        return True  # a name that no dictionary has, run into the next word
    if not patterns.ITEM.fullmatch(source.text[start:end]) or any(source.breaks(t) for t in inside):
        return False
    return any(is_proper(token) for token in inside)


def is_proper(token: Token) -> bool:
    """Whether a word is a name's or none that the dictionary knows."""
    known = token.tag not in PROPER_TAGS and rjieba.has_word(token.word)
    return not known and token.word not in words("actor_generic")
