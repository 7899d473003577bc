"""Recognise programmes: named platforms, facilities, alliances, pilots, projects, mechanisms and campaigns.

A name ends in a head of the lexicon (平台 试点 工程 …) or is a quotation of a kind that names. Its left border is found
in three steps: the last mark or conjunction, the last governing verb, then words that only introduce.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from kg.identifiers import fold_name
from kg.model import ProgrammeFact, ProgrammeKind
from loaders.lexicon import read_table, read_words
from loaders.numerals import HAN
from loaders.reading import Clause, Reading

_QUOTED = "\ue000"  # stands for a character inside quotation marks, so that no rule looks inside
_CUT = "\ue001"  # stands for a character of a document's title
_VERSION = re.compile(r"\d(?:\.\d+)?版")
_LONGEST = 32
_GENERIC_TOKENS = 2  # so many general modifiers in a row name one thing after all
_POINTING = ("该", "此", "这", "其", "各", "某", "每个", "多个")
_AFTER_VERBS = ("机制", "制度", "计划", "行动", "模式")  # heads that take a verb before them (一体推进机制)
_ALIAS = re.compile("(?:简称|下称|以下称|又称|俗称|即)$")
_LONGEST_QUOTE = 14
_HOURS = re.compile(r"\d+小时")
_NEW = re.compile("建成|投运|投用|成立|揭牌|挂牌|启用|启动")  # says that a facility came into being
_NEW_REACH = 14
_LEADING_LEVELS = ("province", "prefecture", "county")
_SHARED = re.compile("等(?:[\u4e00-\u9fff]{0,2}项)?(行动|工程|计划)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible name in folded coordinates, with what speaks for it."""

    start: int
    end: int
    kind: ProgrammeKind
    quoted: bool
    governed: bool


def recognise(reading: Reading) -> list[ProgrammeFact]:
    """The programmes of one article, each once, at its first mention, in order of offset."""
    masked = _mask(reading)
    shared = list(_shared_heads(reading, masked))
    named = [c for c in _candidates(reading, masked) if not _is_other(reading, c)]
    kept = [(c, reading.quote(c.start, c.end)) for c in _once(reading, named)]
    kept += [(c, reading.quote(c.start, c.end) + head) for c, head in shared]
    return [_fact(reading, c, name) for c, name in sorted(kept, key=lambda pair: pair[0].start)]


def _once(reading: Reading, found: list[_Candidate]) -> list[_Candidate]:
    """The longest form of each name, where it first stands: a part of it, or its quotation alone, is the same one."""
    kept: dict[str, _Candidate] = {}
    quotations: list[str] = []
    for candidate in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        text = reading.text[candidate.start : candidate.end]
        name = fold_name(text)
        quoted = re.findall("“([^”]+)”", text)
        told = any(name in longer for longer in kept) or any(
            q in known for q in quoted for known in quotations
        )
        if told or not name:
            continue
        kept[name] = candidate
        quotations += quoted
    return list(kept.values())


def _mask(reading: Reading) -> str:
    """The folded text with quotations and document titles made opaque."""
    text = re.sub("“[^”\n]*”", lambda m: _QUOTED * len(m[0]), reading.text)
    text = re.sub("《[^》\n]*》", lambda m: _CUT * len(m[0]), text)
    for document in reading.facts.documents:
        start, end = reading.folded_span(document)
        text = text[:start] + _CUT * (end - start) + text[end:]
    return text


@cache
def _kinds(table: str, column: str) -> dict[str, ProgrammeKind]:
    legal: dict[str, ProgrammeKind] = {kind: kind for kind in get_args(ProgrammeKind)}
    return {row[column]: legal[row["kind"]] for row in read_table(table)}


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _by_length(_kinds("programme_heads", "head")))))


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@cache
def _guarded(table: str, column: str) -> re.Pattern[str]:
    """All words of a table, none where a neighbour makes it a part of another word."""
    parts = []
    for row in sorted(read_table(table), key=lambda row: -len(row[column])):
        before = f"(?<![{row['unless_before']}])" if row["unless_before"] else ""
        after = f"(?![{row['unless_after']}])" if row["unless_after"] else ""
        parts.append(before + re.escape(row[column]) + after)
    return re.compile("|".join(parts))


@cache
def _either(table: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _by_length(read_words(table)))))


def _candidates(reading: Reading, masked: str) -> Iterator[_Candidate]:
    places = frozenset(_squeezed(region.mention) for region in reading.facts.regions)
    for clause in reading.clauses:
        governed = False
        for start, end, joined in _chunks(masked, clause):
            chunk = _Chunk(reading.text, masked, start, end, governed and joined, places)
            governed = chunk.governs or (governed and joined)
            yield from chunk.names()


def _chunks(masked: str, clause: Clause) -> Iterator[tuple[int, int, bool]]:
    """Stretches of a clause between conjunctions and 的, and whether each goes on from the one before."""
    begin, joined = clause.start, False
    joins = {row["border"]: row["joins"] == "yes" for row in read_table("programme_borders")}
    for match in _border().finditer(masked, clause.start, clause.end):
        if match.start() > begin:
            yield begin, match.start(), joined
        begin, joined = match.end(), joins.get(match[0], False) or match[0] == "的"
    if clause.end > begin:
        yield begin, clause.end, joined


@cache
def _border() -> re.Pattern[str]:
    """Borders, but a conjunction between two quotations (“甲”和“乙”试点) joins them to one name."""
    words = _guarded("programme_borders", "border").pattern
    return re.compile(rf"(?!(?<={_QUOTED})[和与及、]{_QUOTED})(?:{words})|[{_CUT}（）()]+")


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch of a clause without conjunctions.

    ``governed``: a making verb of the stretch before reaches here. ``places``: the region mentions of the article.
    """

    text: str
    masked: str
    start: int
    end: int
    governed: bool
    places: frozenset[str]

    @property
    def governs(self) -> bool:
        """Whether a making verb stands in the chunk."""
        verbs = _verbs().finditer(self.masked, self.start, self.end)
        return any(verb[0] in _marked("making") for verb in verbs) or self.left(self.end)[1]

    def names(self) -> Iterator[_Candidate]:
        """The name in the chunk, if there is one: by its last fitting head, else by a quotation."""
        headed = self._headed()
        if headed is not None:
            yield headed
        for quote in re.finditer(f"{_QUOTED}+", self.masked[self.start : self.end]):
            first, last = self.start + quote.start(), self.start + quote.end()
            if headed is None or not headed.start <= first < headed.end:
                yield from self._quoted(first, last)

    def _headed(self) -> _Candidate | None:
        for head in reversed(list(_heads().finditer(self.masked, self.start, self.end))):
            version = _VERSION.match(self.masked, head.end(), self.end)
            end = version.end() if version else head.end()
            first, governed = self.left(head.start())
            modifier = self.masked[first : head.start()]
            quoted = _QUOTED in modifier
            needs = _needs("programme_heads", "head")[head[0]]
            if not modifier or not self._ends(end, quoted and needs != "quoted"):
                continue
            stands = needs == "strong" or (needs == "governed" and governed)
            if quoted or (stands and _is_specific(modifier, governed, head[0] if needs == "strong" else "")):
                kind = _kinds("programme_heads", "head")[head[0]]
                return _Candidate(first, end, kind, quoted, governed)
        return None

    def _ends(self, end: int, quoted: bool) -> bool:
        """Whether a name may end here: not in the middle of a longer noun."""
        if end == self.end:
            return True
        if _either("programme_not_after").match(self.masked, end, self.end):
            return False
        return quoted or _either("programme_followers").match(self.masked, end, self.end) is not None

    def left(self, head: int) -> tuple[int, bool]:
        """Where the name before ``head`` begins, and whether a making verb governs it."""
        start, governed = self.start, self.governed
        for verb in _verbs().finditer(self.masked, self.start, head):
            directly = verb.end() == head and self.masked[head : head + 2] in _AFTER_VERBS
            subject = self.masked[self._skip(start, verb.start())[0] : verb.start()]
            bound = not subject or subject in self.places or self.masked.startswith(_QUOTED, verb.end())
            if bound or not (directly or verb[0] in _marked("soft")):
                start, governed = verb.end(), verb[0] in _marked("making")
        start, builds = self._skip(start, head)
        quote = self.masked.find(_QUOTED, start, head + 1)
        if quote > start and self.masked[start:quote] in self.places:
            start = quote  # a place before a quotation is not quoted with it
        return start, governed or builds

    def _skip(self, start: int, end: int) -> tuple[int, bool]:
        """What introduces a name (首批, 进一步, 3个) left out, and whether 建设 is part of it."""
        builds = False
        while start < end:
            prefix = _prefix().match(self.masked, start, end)
            if prefix is None:
                break
            builds = builds or prefix[0] == "建设"
            start = prefix.end()
        return start, builds

    def _quoted(self, first: int, last: int) -> Iterator[_Candidate]:
        """A quotation that is a name by its own ending (“云长制”), or by the verb that makes it."""
        content = self.text[first + 1 : last - 1]
        if content in _unnamed("within") or self.text.startswith(_unnamed("after"), last):
            return
        if _ALIAS.search(self.text[max(0, first - 4) : first]) or _HOURS.match(content):
            return
        begin, governed = self.left(first)
        begin = max(
            begin,
            self.masked.rfind(_QUOTED, self.start, first) + 2
            if _QUOTED in self.masked[self.start : first]
            else 0,
        )
        head = _last_head(content)
        if head is not None:
            yield _Candidate(first, last, head, True, governed)
            return
        for ending, kind in _kinds("programme_quotes", "ending").items():
            if content.endswith(ending):
                needs = _needs("programme_quotes", "ending")[ending]
                if (needs != "left" or begin < first) and (needs != "governed" or governed):
                    yield _Candidate(begin, last, kind, True, governed)
                return
        if governed and 3 <= len(content) <= _LONGEST_QUOTE:
            yield _Candidate(begin, last, "mechanism", True, governed)


def _last_head(content: str) -> ProgrammeKind | None:
    """The kind of the head in which a quotation ends, where more than the head is quoted."""
    for head in _by_length(_kinds("programme_heads", "head")):
        own = content[: -len(head)]
        if content.endswith(head) and own[-1:] not in HAN and _is_specific(own, False, ""):
            return _kinds("programme_heads", "head")[head]
    return None


@cache
def _unnamed(place: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("programme_quotes_not") if row["place"] == place)


@cache
def _verbs() -> re.Pattern[str]:
    return _guarded("programme_verbs", "verb")


@cache
def _marked(column: str) -> frozenset[str]:
    """The verbs with yes in a column."""
    return frozenset(row["verb"] for row in read_table("programme_verbs") if row[column] == "yes")


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(
        rf"[\d一二两三四五六七八九十]+(?:余|多)?[个项条批家座类]|{_either('programme_prefixes').pattern}"
    )


@cache
def _needs(table: str, column: str) -> dict[str, str]:
    return {row[column]: row["needs"] or "" for row in read_table(table)}


def _is_specific(modifier: str, governed: bool, strong_head: str) -> bool:
    """Whether the words before a head name something: more than general modifiers, or many of these."""
    if modifier.startswith(_POINTING) or len(modifier) < 2:
        return False
    if len(strong_head) > 2 and governed:
        return True
    rest = _either("programme_generic").sub("", modifier)
    if len(rest) >= (1 if strong_head and rest != modifier else 2):
        return True
    full = [word for word in _either("programme_generic").findall(modifier) if word not in _empty()]
    return governed and len(full) >= _GENERIC_TOKENS


@cache
def _empty() -> frozenset[str]:
    return frozenset(row["modifier"] for row in read_table("programme_generic") if row["empty"] == "yes")


def _shared_heads(reading: Reading, masked: str) -> Iterator[tuple[_Candidate, str]]:
    """Members of a list that share the head after 等 (实施甲、乙等行动), each with that head."""
    for match in _SHARED.finditer(masked):
        clause = next(c for c in reading.clauses if match.start() < c.end)
        members = masked[clause.start : match.start()].split("、")
        starts = [match.start() - len("、".join(members[i:])) for i in range(len(members))]
        end = starts[0] + len(members[0])
        first, governed = _Chunk(reading.text, masked, clause.start, end, False, frozenset()).left(end)
        spans = [(first if i == 0 else at, at + len(members[i])) for i, at in enumerate(starts)]
        if governed and len(spans) > 1 and all(4 <= end - start <= 12 for start, end in spans):
            for start, end in spans:
                yield (
                    _Candidate(start, end, _kinds("programme_heads", "head")[match[1]], False, True),
                    match[1],
                )


def _is_other(reading: Reading, candidate: _Candidate) -> bool:
    """Whether the name is too long, or that of a region, or of a body that is no alliance or new facility."""
    if candidate.end - candidate.start > _LONGEST:
        return True
    facts = reading.facts
    text = reading.text
    names = {fold_name(name) for f in facts.regions for name in (f.name, f.evidence)}
    if fold_name(text[candidate.start : candidate.end]) in names:
        return True
    for actor in facts.actors:
        start, end = reading.folded_span(actor)
        if actor.type in ("alliance", "other") or not (start <= candidate.start and candidate.end <= end):
            continue
        new = actor.type == "public_institution" and _NEW.search(text, end, end + _NEW_REACH)
        if not (new or (candidate.quoted and end > candidate.end)):
            return True
    return False


def _fact(reading: Reading, candidate: _Candidate, name: str) -> ProgrammeFact:
    confidence = 0.5 + 0.2 * candidate.quoted + 0.15 * candidate.governed
    return reading.make(
        ProgrammeFact,
        candidate.start,
        candidate.end,
        confidence=round(confidence, 2),
        name=name,
        kind=candidate.kind,
        lead=_lead(reading, candidate),
    )


def _lead(reading: Reading, candidate: _Candidate) -> list[str]:
    """The actors before the name in its sentence; else, under a making verb, the one subject region before it."""
    before = reading.text[reading.sentence_at(candidate.start).start : candidate.start]
    actors = [
        actor.name
        for actor in reading.facts.actors
        if any(form in before for form in (actor.name, _squeezed(actor.evidence), *actor.aliases))
    ]
    if actors or not candidate.governed:
        return actors
    regions = {
        region.name
        for region in reading.facts.regions
        if region.role == "subject"
        and region.level in _LEADING_LEVELS
        and re.search(f"(?<![在对向为从、]){re.escape(_squeezed(region.mention))}", before)
    }
    return sorted(regions) if len(regions) == 1 else []


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
