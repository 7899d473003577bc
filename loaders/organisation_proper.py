"""Organisations with a name of their own: 宝业集团, a firm with its head named, a quoted alliance, a foreign ministry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from kg.model import ActorType
from loaders import organisation_patterns as patterns
from loaders.areas import governing_verbs
from loaders.gazetteer import Token
from loaders.organisation_lists import is_proper
from loaders.organisation_names import Head, Organisation, words
from loaders.organisation_text import MARKS, SHORT_HEAD, OrganisationText

_LEGAL = ("有限公司", "有限责任公司", "（有限合伙）")
_QUOTABLE = frozenset({"alliance", "association", "other"})
_MAX_FREE_TOKENS, _MAX_QUOTED = 7, 16
_MAX_BODY = 24
_JOINTS = MARKS + "与和由及"
_PERSONS = frozenset({"nr", "nrt", "nrfg"})
_GOVERNING = frozenset({"v", "vn"})
_ADVERBS = frozenset("已将也还均都就仍又再在对向从为由")
_NOT_FOREIGN = frozenset({"u", "uj", "r", "m", "v"})


def proper_names(source: OrganisationText) -> Iterator[Organisation]:
    """宝业集团股份有限公司: a proper name and a head, with or without a region in it."""
    for end, head in source.ends.items():
        if not head.free:
            continue
        tail = end - len(head.form)
        legal = head.form.endswith(_LEGAL)
        bracket = patterns.BRACKET.search(source.text, max(0, tail - 10), tail) if legal else None
        left = _left(source, bracket.start() if bracket else tail, loose=legal)
        quoted = _quoted(source, left) if head.type in _QUOTABLE else None
        start = left if quoted is not None else _behind_verb(source, left, tail)
        if quoted is None and (tail - start < SHORT_HEAD or not _is_named(source, start, end, head)):
            continue
        start = quoted if quoted is not None else start
        place = next((p for p in source.places if start <= p.start and p.end <= end), None)
        yield Organisation(start, end, head.type, source.text[start:end], place, score=0.8)


def _quoted(source: OrganisationText, at: int) -> int | None:
    """Where a quotation that ends at an offset begins (“甲乙”|发展联盟)."""
    if not at or source.text[at - 1] != "”":
        return None
    start = source.text.rfind("“", max(0, at - _MAX_QUOTED), at)
    return start if start >= 0 else None


def _behind_verb(source: OrganisationText, start: int, tail: int) -> int:
    """The start of a name without the verb that governs it: one before the first region of the name."""
    place = next((p for p in source.places if start < p.start < tail), None)
    before = source.tokens.within(start, place.start) if place else []
    return place.start if place and before and all(_governs(t) for t in before) else start


def _governs(token: Token) -> bool:
    return token.tag in _GOVERNING or token.word in governing_verbs()


def _left(source: OrganisationText, at: int, *, loose: bool = False) -> int:
    """Where a proper name before an offset begins; ``loose``: a legal name, in which verbs and adverbs may stand."""
    start = at
    i = source.ending.get(at)
    if i is None:
        i = bisect_right(source.tokens.starts, at) - 1
    for _ in range(_MAX_FREE_TOKENS):
        if i < 0 or (
            _ends_name(source, source.tokens[i]) and not (loose and _in_legal_name(source.tokens[i]))
        ):
            break
        start = min(source.tokens.starts[i], at)
        i -= 1
    return start


def _ends_name(source: OrganisationText, token: Token) -> bool:
    return source.breaks(token) and not patterns.ORDINAL.match(source.text, token.start)


def _in_legal_name(token: Token) -> bool:
    return token.tag in ("v", "d", "ad") and token.word not in words("actor_stop")


def _is_named(source: OrganisationText, start: int, end: int, head: Head) -> bool:
    """Whether a body names someone: a proper or unknown word in it; for a legal name any word will do."""
    tail = end - len(head.form)
    if head.form.endswith(_LEGAL):
        return not source.generic(start, tail)
    if head.type == "alliance":
        return patterns.MEMBERS.match(source.text, end) is not None and not source.generic(start, tail)
    if any(start <= place.start < tail for place in source.places):
        return not (head.form == "医院" and source.generic(start, tail))
    inside = [t for t in source.tokens.within(start, tail + _MAX_BODY) if t.start < tail]
    if any(is_proper(token) for token in inside):
        return True
    own = not any(word in source.text[start:tail] for word in words("actor_generic") if len(word) > 1)
    return (
        head.form.startswith("集团")
        and own
        and tail - start > SHORT_HEAD
        and _is_between_marks(source, start, end)
    )


def _is_between_marks(source: OrganisationText, start: int, end: int) -> bool:
    """Whether nothing but marks and joining words stands on either side: an item of a list or the whole of a phrase."""
    after = source.text[end : end + 1]
    return bool(start) and source.text[start - 1] in _JOINTS and after in (*_JOINTS, "等", "")


def titled_names(source: OrganisationText, found: list[Organisation]) -> Iterator[Organisation]:
    """中景科技董事长: a firm without a head, known by who leads it."""
    taken = {o for org in found for o in range(org.start, org.end)}
    for match in patterns.TITLE.finditer(source.text):
        end = match.start()
        start = _left(source, end)
        inside = source.tokens.within(start, end)
        if (
            end - start <= SHORT_HEAD
            or end - 1 in taken
            or not start
            or source.text[start - 1] not in _JOINTS
        ):
            continue
        if all(t.tag in _PERSONS for t in inside) or not any(is_proper(t) for t in inside):
            continue
        if any(place.start <= start < place.end for place in source.places) and len(inside) == 1:
            continue
        kind: ActorType = "other" if source.text[start:end].endswith("基金") else "enterprise"
        yield Organisation(start, end, kind, source.text[start:end], score=0.6)


def foreign_bodies(source: OrganisationText) -> Iterator[Organisation]:
    """新加坡贸易与工业部: a ministry or an office behind a foreign country."""
    for place in source.places:
        match = (
            patterns.FOREIGN.match(source.text, place.end)
            if place.level == "country" and not place.key
            else None
        )
        if match is None or any(match.start() <= p.start < match.end() for p in source.places):
            continue
        inside = source.tokens.within(place.end, match.end())
        if not any(
            t.word in words("actor_stop") or t.tag in _NOT_FOREIGN or t.word in _ADVERBS for t in inside
        ):
            name = source.text[place.start : match.end()]
            yield Organisation(place.start, match.end(), "government", name, score=0.8)
