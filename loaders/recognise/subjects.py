"""Who acts: the actors or regions that are the subject of a verb."""

from __future__ import annotations

import re
from functools import cache

from kg.model import ActorFact, RegionFact
from loaders.alternatives import gated
from loaders.lexicon import read_table, read_words
from loaders.reading import Clause, Reading
from loaders.recognise.dates import DateMention
from loaders.recognise.mentions import Mention, is_neighbour, is_whole, mentions_in, subject_region

Party = ActorFact | RegionFact

_PLACE_BEFORE = re.compile(
    r"(?:在|位于|于|对|向|为|从|自|面向|围绕|推动|支持|服务|覆盖|针对|落户|来自|赴|根据|按照)$"
)
_PLACE_AFTER = re.compile(r"(?:举行|举办|召开|地区|境内|范围内|市场|[东西南北]部)")
_PURPOSE = re.compile(r"为(?:了|进一步|更好)?(?:推动|推进|加快|支持|鼓励|探索|确保|引导)")
_JOINT = re.compile(r"[、和及与]?")
_OWNER_AFTER = re.compile(r"(?:的|有关负责人|相关负责人|负责人|介绍|消息)")
_OPENING = re.compile(r"^(?:据|根据|按照|针对|围绕|聚焦|为|自|在|通过|作为|对|随着|经|以)")


def subjects_of(
    reading: Reading, mentions: list[Mention], dates: list[DateMention], verb: int, *, both: bool = False
) -> list[Party]:
    """The parties that do what the verb at folded offset ``verb`` says, in order of the text; empty where none is named.

    Actors win over regions unless ``both`` (a pact may join the two). A clause without a subject takes that of the
    clauses before it in the sentence, then the region that the article is about.
    """
    sentence = reading.sentence_at(verb)
    for clause in reversed([c for c in sentence.clauses if c.start <= verb]):
        limit = min(verb, clause.end)
        parties = parties_between(reading, mentions, clause.start, limit, both=both)
        if parties:
            return parties
        if limit == verb and not _is_open(reading, dates, clause, verb):
            return []
    fallback = subject_region(reading)
    return [fallback] if fallback is not None else []


def parties_between(
    reading: Reading, mentions: list[Mention], start: int, end: int, *, both: bool = False
) -> list[Party]:
    """The parties named in a folded span as subjects: places (在上海…) and whole regions of parts are left out."""
    inside = mentions_in(mentions, start, end)
    inside = [m for m in inside if not is_neighbour(reading, m)]
    kept: list[Mention] = []
    place_end = -1
    for i, mention in enumerate(inside):
        following = inside[i + 1] if i + 1 < len(inside) else None
        listed = _JOINT.fullmatch(reading.text, max(place_end, 0), mention.start) is not None
        if mention.is_region and (listed or _is_place(reading, mention, following, start)):
            is_part = following is not None and following.start == mention.end
            place_end = (
                mention.end if listed or not is_part or _before(reading, mention, start) else place_end
            )
            continue
        if _OWNER_AFTER.match(reading.text, mention.end):
            continue
        kept.append(mention)
    if not both and any(not m.is_region for m in kept):
        kept = [m for m in kept if not m.is_region]
    found: dict[str, Party] = {}
    for mention in kept:
        for fact in mention.facts:
            found.setdefault(fact.id, fact)
    return list(found.values())


def _is_place(reading: Reading, mention: Mention, following: Mention | None, start: int) -> bool:
    text = reading.text
    if following is not None and is_whole(reading, mention, following):
        return True
    after = _PLACE_AFTER.match(text, mention.end)
    part_of_name = after is not None and any(name.endswith(after[0]) for name in mention.names)
    return _before(reading, mention, start) or (after is not None and not part_of_name)


def _before(reading: Reading, mention: Mention, start: int) -> bool:
    before = reading.text[max(start, mention.start - 4) : mention.start]
    return _PLACE_BEFORE.search(before) is not None


def _is_open(reading: Reading, dates: list[DateMention], clause: Clause, verb: int) -> bool:
    """Whether nothing but dates and adverbs stands before the verb, so that its subject stands further back."""
    kept = "".join(
        c
        for i, c in enumerate(reading.text[clause.start : verb], clause.start)
        if not any(d.start <= i < d.end for d in dates)
    )
    return bool(_OPENING.match(kept)) or not strip_adverbs(kept)


def is_wish(words: str, *, afterwards: bool = False) -> bool:
    """Whether the words before a verb make it a plan, a wish or a duty; ``afterwards`` for a verb in a later clause.

    Purposes (为推动…) are none: they say why something was done. Names are to be blanked out by the caller.
    """
    return _wishes(afterwards).search(_PURPOSE.sub("", words)) is not None


@cache
def _wishes(afterwards: bool) -> re.Pattern[str]:
    rows = read_table("event_future")
    return re.compile(
        gated("|".join(row["pattern"] for row in rows if row["reach"] == "sentence" or not afterwards))
    )


def strip_adverbs(words: str) -> str:
    """The words before a verb without those that are no subject (正式, 联合); empty where only such stand there."""
    return _adverbs().sub("", words).strip("，、：")


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(read_words("event_adverbs"), key=len, reverse=True))))
