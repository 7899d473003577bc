"""The predicate of a clause: which verb carries it, and what stands before that verb.

Chinese has no marks for this; a lexicon of the genre's verbs, adverbs and prepositions stands in for a parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from loaders.lexicon import read_table
from loaders.reading import occurrences

_DAY = r"(?:\d{1,2}月(?:份|底|初|末)?(?:\d{1,2}日)?)"
_YEAR = r"(?:\d{4}(?:[-—–~至到]\d{4})?年(?:代)?|今年|明年|去年|前年|当年|年|“[一二三四五六七八九十]{1,3}五”(?:时期|期间|末|以来|规划期)?)"
_TAIL = r"(?:以来|之前|以前|以后|之后|前|后|起|内|间|底|末|初|期间|上半年|下半年|前\d+个?月|一季度|[一二三四]季度|开始)*"
_TIME_LEADS = "“一二两三四五六七八九十今明去前当年近日目如多即现眼最下接未昨长届此过自从到至在截力争预计"
_TIME_OPENS = rf"[\d{_TIME_LEADS}]"
_TIME_STARTS = re.compile(_TIME_OPENS)
# Atomic: 前年 can be read as one word or as two, and a text must not make the matcher try all readings of a long run.
_TIME = (
    rf"(?>(?={_TIME_OPENS})(?:自|从|到|至|在|截至|截止|力争|争取|预计|计划|目标|力争到|计划到|目标到|预计到|到了)?"
    rf"(?:{_YEAR}{_DAY}?|{_DAY}|近日|日前|目前|如今|近年来|多年来|即日起|今后|当前|现阶段|眼下|最近|下一步|下阶段|接下来|未来[一二三四五六七八九十\d]+年"
    rf"|今天|昨天|近期|[一二两三四五六七八九十\d]+年来|一直以来|长期以来|届时|此前|过去){_TAIL}(?:\([^)]*\)|（[^）]*）)?)"
)
TIME_TAIL = re.compile(rf"^[^，]{{0,12}}(?:计划|力争|将|预计|目标是?|争取|拟)(?:在)?{_TIME}$")
TIME_ONLY = re.compile(rf"^{_TIME}++$")
TIME_HEAD = re.compile(rf"{_TIME}++[、，]?")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|\([^)]*\)")
_FUSED = re.compile(
    "(?:[智功职节产效机性可才热电动潜][能]|[主重必需首][要]|[社议协学商大省市][会]|[适供响对反][应]|[修改公真][正]|[首大][都])"
)
_TAKES = re.compile("了|到(?!位|期)|至|给|为(?!主|重点|目标|期)|成(?!果|本|效|员|立|为)")
_BECOMES = re.compile("成(?![立渝都本员效果])")
_DID = re.compile("[一-龥]{2}了")


_BA = "将"  # without a verb after it not the future but the object marker: 将端口延伸到乡镇
_LONGEST = 8
_HASTEN = "加快"
_STATING = ("根据", "按照", "依托", "围绕", "按", "依据", "结合", "立足")


Spans = tuple[tuple[int, int], ...]
"""Stretches of a text, the end exclusive."""


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon of clauses, ready for matching."""

    verbs: dict[str, tuple[str, bool]]
    all: AhoCorasick
    listed: tuple[tuple[str, tuple[int, ...]], ...]
    leads: frozenset[str]
    subject_end: tuple[str, ...]
    adjunct_end: tuple[str, ...]
    qualifying: frozenset[str]

    def ends_subject(self, text: str, at: int) -> bool:
        """Whether a word that can end a subject stands right before ``at``."""
        return text.endswith(self.subject_end, max(0, at - _LONGEST), at)

    def spots(self, text: str) -> Spots:
        """Where the words of the lexicon begin in a text."""
        spots = Spots({}, {}, {}, {}, {})
        for number, start, _ in self.all.find_matches_as_indexes(text, overlapping=True):
            word, classes = self.listed[number]
            for each in classes:
                spots[each][start] = word  # a longer word of the same start comes later, for it ends later
        return spots


class Spots(NamedTuple):
    """Where words of the lexicon begin in a text: offset → the longest word of a class that begins there.

    ``block`` are words that only look like verbs.
    """

    verb: dict[int, str]
    adverb: dict[int, str]
    modal: dict[int, str]
    block: dict[int, str]
    prep: dict[int, str]

    def openings(self, text: str) -> list[int]:
        """Where a verb may begin, or what leads one in or hides one: nothing before such an offset does."""
        found = {*self.verb, *self.adverb, *self.modal, *self.block}
        found.update([time.start() for time in _TIME_STARTS.finditer(text)])
        found.update([at - 2 for at in occurrences(text, "了") if at > 1 and _DID.match(text, at - 2)])
        return sorted(found)


@cache
def words() -> Words:
    """Read the lexicon once."""
    verbs = {row["word"]: (row["class"], row["noun"] == "1") for row in read_table("measure_verbs")}
    groups: dict[str, list[str]] = {}
    for row in read_table("measure_words"):
        groups.setdefault(row["class"], []).append(row["word"])
    classes: dict[str, list[int]] = {word: [0] for word in verbs}
    for number, name in enumerate(Spots._fields[1:], 1):
        for word in dict.fromkeys(groups[name]):
            classes.setdefault(word, []).append(number)
    return Words(
        verbs=verbs,
        all=AhoCorasick(classes),
        listed=tuple((word, tuple(numbers)) for word, numbers in classes.items()),
        leads=frozenset(
            [*_TIME_LEADS, *"0123456789", *(word[0] for word in (*groups["adverb"], *groups["modal"]))]
        ),
        subject_end=tuple(word + more for word in groups["subject"] for more in ("", "们", "等")),
        adjunct_end=tuple(groups["adjunct_end"]),
        qualifying=frozenset(groups["qualifying"]),
    )


@dataclass(slots=True)  # nothing changes one; frozen, each would take three times as long to make
class Predicate:
    """What a clause says: ``verb`` at ``at`` (offsets in the clause), what stands before it, and how it is reached.

    ``where`` is "head" (nothing but adverbs before it), "subject" (a noun phrase before it), "adjunct" (a preposition
    opens the clause) or "none".
    """

    verb: str
    kind: str
    at: int
    where: str
    modal: str
    prep: str
    adverbs: int


@lru_cache(maxsize=512)
def find_predicate(text: str, names: Spans = ()) -> Predicate:
    """The predicate of a clause: the verb at its head, or else the first verb after its subject or adjunct.

    ``names`` are spans of proper names in the clause: a verb inside one (发展 in 示范发展区) is none.
    """
    lexicon = words()
    spots = lexicon.spots(text)
    at, modal, adverbs, soft = _strip(text, 0, spots)
    named = bool(names) and any(start <= at < end for start, end in names)
    found = "" if named or at in spots.block else spots.verb.get(at, "")
    moved = modal == _BA and text[at - 1] == _BA and bool(found) and _moves(text, at + 1, spots)
    if found and not moved and not text.startswith("的", at + len(found)):
        return Predicate(found, kind_of(found, text, at), at, "head", modal, "", adverbs)
    if soft is not None:
        word = soft[0]
        return Predicate(word, "soft", soft[1], "head", modal, "", adverbs)
    prep = spots.prep.get(at, "")
    if not prep and modal == _BA and text[at - 1] == _BA:
        prep, modal = _BA, ""
    where = "adjunct" if prep else "subject"
    later = _later_verb(text, at + 1, spots, names)
    if later is None:
        return Predicate("", "none", 0, "adjunct" if prep else "none", modal, prep, adverbs)
    word, place, inner = later
    if prep in _STATING and word in lexicon.verbs and lexicon.verbs[word][1]:
        return Predicate("", "none", 0, "adjunct", modal, prep, adverbs)
    return Predicate(word, kind_of(word, text, place), place, where, inner or modal, prep, adverbs)


def _moves(text: str, begin: int, spots: Spots) -> bool:
    """Whether a later verb takes a goal (延伸到…), so that 将 marks its object."""
    later = _later_verb(text, begin, spots)
    return (
        later is not None
        and bool(_TAKES.match(text, later[1] + len(later[0])))
        and text[later[1] - 1] != "的"
    )


def kind_of(word: str, text: str, at: int) -> str:
    """The class of a predicate: the lexicon's, "did" for an unknown verb with 了, "soft" for an adverb that stands for one."""
    if _BECOMES.match(text, at + len(word)):
        return "state"
    entry = words().verbs.get(word)
    return entry[0] if entry else "did" if word.endswith("了") else "soft"


def _strip(text: str, at: int, spots: Spots) -> tuple[int, str, int, tuple[str, int] | None]:
    """Skip times, modals and adverbs from ``at``: where they end, the last modal, how many, the last one that is a verb."""
    lexicon = words()
    modal, count = "", 0
    soft: tuple[str, int] | None = None
    while True:
        if text[at : at + 1] not in lexicon.leads:
            return at, modal, count, soft
        time = TIME_HEAD.match(text, at)
        if time and time.end() < len(text):
            at = time.end()
            continue
        changes = spots.modal.get(at, "")
        step = changes or spots.adverb.get(at, "")
        if not step:
            return at, modal, count, soft
        verb = spots.verb.get(at, "")
        if len(verb) > len(step):
            return at, modal, count, soft
        if changes:
            modal = step
        if verb == step or step == _HASTEN:
            soft = (step, at)
        count += 1
        at += len(step)


def _later_verb(text: str, begin: int, spots: Spots, names: Spans = ()) -> tuple[str, int, str] | None:
    """The first verb after ``begin`` that can be a predicate: (verb, place, modal before it)."""
    shut = [*[m.span() for m in _QUOTED.finditer(text)], *names]
    ends = {end for _, end in names}
    least = begin
    for at in spots.openings(text):
        if at < least:
            continue
        inside = next((end for start, end in shut if start <= at < end), None) if shut else None
        if inside is not None or at in spots.block:
            least = at + len(spots.block[at]) if inside is None else inside
            continue
        found = _verb_after(text, at, spots, named=at in ends)
        if found:
            return found
    return None


def _verb_after(text: str, at: int, spots: Spots, *, named: bool) -> tuple[str, int, str] | None:
    """The verb at ``at``, its modals and adverbs skipped; ``named`` is whether a proper name ends right before."""
    lexicon = words()
    place, modal, adverbs, soft = _strip(text, at, spots)
    if _FUSED.match(text, at - 1):
        modal, adverbs, soft, place = "", 0, None, at
    word = "" if place in spots.block else spots.verb.get(place, "")
    end = place + len(word)
    if soft is not None and (not word or (soft[0] == _HASTEN and lexicon.verbs[word][1])):
        return soft[0], soft[1], modal
    if not word or text.startswith("的", end) or text[place - 1] == "的":
        did = _DID.match(text, at)
        return (did.group(), at, "") if did and lexicon.ends_subject(text, at) else None
    bare = not lexicon.verbs[word][1] or (end == len(text) and bool(re.search("[向与由对]", text[:place])))
    if bare or named or modal or adverbs or lexicon.ends_subject(text, at) or _TAKES.match(text, end):
        return word, place, modal
    return None
