"""The words of the grammar of programme names as patterns, the text masked for it, and what words name something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import ProgrammeKind
from loaders.alternatives import any_word, gated, guarded_words
from loaders.fold import fold_words
from loaders.lexicon import read_table, read_words
from loaders.numerals import HAN
from loaders.reading import Reading

QUOTED = "\ue000"  # stands for a character inside quotation marks, so that no rule looks inside
CUT = "\ue001"  # stands for a character of a document's title
_INNER = "\ue002"  # stands for a bracket inside a name
_GENERIC_TOKENS = 2  # so many general modifiers in a row name one thing after all
_POINTING = ("该", "此", "这", "其", "各", "某", "每个", "多个")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name in folded coordinates, with what speaks for it."""

    start: int
    end: int
    kind: ProgrammeKind
    quoted: bool
    governed: bool


@cache
def kinds(table: str, column: str) -> dict[str, ProgrammeKind]:
    legal: dict[str, ProgrammeKind] = {kind: kind for kind in get_args(ProgrammeKind)}
    return {row[column]: legal[row["kind"]] for row in read_table(table)}


class Head(NamedTuple):
    """A head at [start, end) of the masked text."""

    start: int
    end: int
    word: str


@cache
def _heads() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = _head_words()
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words


def heads_in(masked: str, start: int = 0, end: int | None = None) -> list[Head]:
    """The heads in a stretch, from the left, none overlapping another; of those that begin at one place the longest."""
    automaton, words = _heads()
    found = automaton.find_matches_as_indexes(masked[start:end])
    return [Head(start + first, start + last, words[number]) for number, first, last in found]


def by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@cache
def guarded(table: str, column: str) -> re.Pattern[str]:
    """All words of a table, none where a neighbour makes it a part of another word."""
    guards = {}
    for row in read_table(table):
        before = f"(?<![{row['unless_before']}]{re.escape(row[column])})" if row["unless_before"] else ""
        after = f"(?![{row['unless_after']}])" if row["unless_after"] else ""
        guards[row[column]] = before + after
    return re.compile(guarded_words(guards))


@cache
def either(table: str) -> re.Pattern[str]:
    return re.compile(any_word(read_words(table)))


@cache
def border() -> re.Pattern[str]:
    """Borders, but a conjunction between two quotations (“甲”和“乙”试点) joins them to one name."""
    words = guarded("programme_borders", "border").pattern
    return re.compile(gated(rf"(?!(?<={QUOTED})[和与及、]{QUOTED})(?:{words})|[{CUT}（）()]+"))


@cache
def verbs() -> re.Pattern[str]:
    return guarded("programme_verbs", "verb")


@cache
def marked(column: str) -> frozenset[str]:
    """The verbs with yes in a column."""
    return frozenset(row["verb"] for row in read_table("programme_verbs") if row[column] == "yes")


@cache
def prefix() -> re.Pattern[str]:
    return re.compile(
        r"第[\d一二两三四五六七八九十]+[批轮期届次]|[\d一二两三四五六七八九十]+(?:余|多)?[个项条批家座类]"
        rf"|{either('programme_prefixes').pattern}"
    )


@cache
def needs(table: str, column: str) -> dict[str, str]:
    return {row[column]: row["needs"] or "" for row in read_table(table)}


@cache
def unnamed(place: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("programme_quotes_not") if row["place"] == place)


@cache
def naming() -> re.Pattern[str]:
    """What says that a quotation before it is a name (落地, 上线); patterns of the lexicon."""
    rows = [row for row in read_table("programme_quotes") if row["needs"] == "after"]
    return re.compile("|".join(row["ending"] for row in rows))


@cache
def _head_words() -> tuple[str, ...]:
    return tuple(kinds("programme_heads", "head"))


def last_head(content: str) -> ProgrammeKind | None:
    """The kind of the head in which a quotation ends, where more than the head is quoted."""
    if not content.endswith(_head_words()):
        return None
    for head in by_length(kinds("programme_heads", "head")):
        own = content[: -len(head)]
        if needs("programme_heads", "head")[head] == "serial":
            continue
        if content.endswith(head) and own[-1:] not in HAN and is_specific(own, False, ""):
            return kinds("programme_heads", "head")[head]
    return None


def is_specific(modifier: str, governed: bool, strong_head: str) -> bool:
    """Whether the words before a head name something: more than general modifiers, or many of these."""
    if modifier.startswith(_POINTING) or len(modifier) < 2:
        return False
    generic = either("programme_generic").findall(modifier)
    rest = either("programme_generic").sub("", modifier)
    full = [word for word in generic if word not in empty()]
    if len(strong_head) > 2 and governed and (rest or full):
        return True
    if len(rest) >= (1 if strong_head and generic else 2):
        return True
    return governed and len(full) >= _GENERIC_TOKENS


@cache
def kept() -> frozenset[str]:
    """Words that jieba takes for adverbs and that stand in names all the same."""
    return frozenset(read_words("programme_adverbs"))


@cache
def empty() -> frozenset[str]:
    return frozenset(row["modifier"] for row in read_table("programme_generic") if row["empty"] == "yes")


def mask(reading: Reading) -> str:
    """The folded text with quotations and document titles made opaque."""
    text = re.sub("“[^”\n]*”", lambda m: QUOTED * len(m[0]), reading.text)
    text = _bracketed(reading, text)
    text = re.sub("《[^》\n]*》", lambda m: CUT * len(m[0]), text)
    for document in reading.facts.documents:
        start, end = reading.folded_span(document)
        text = text[:start] + CUT * (end - start) + text[end:]
    return text


def _bracketed(reading: Reading, text: str) -> str:
    """The text with brackets around a place inside a name (山东（新加坡）企业服务中心) made part of the name."""
    places = {name for region in reading.facts.regions for name in (region.name, fold_words(region.mention))}
    inside = re.compile("(?<=[\u4e00-\u9fff])（([^（）\n]{2,8})）(?=[\u4e00-\u9fff])")

    def joined(match: re.Match[str]) -> str:
        known = match[1] in places or reading.regions.find_name(match[1])
        return f"{_INNER}{match[1]}{_INNER}" if known else match[0]

    return inside.sub(joined, text)
