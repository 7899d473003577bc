"""Recognise figures: every number of substance that is not part of a target."""

from __future__ import annotations

import re
from functools import cache

from kg.model import Fact, FigureFact, FigureKind
from loaders.lexicon import read_table
from loaders.numbers import NumberMention, find_numbers
from loaders.reading import Clause, Reading
from loaders.recognise.clauses import find_pieces
from loaders.recognise.predicates import find_predicate

_LONG_CLAUSE = 32
_HEAD_GAP = 6  # a number this near to the start of a long clause belongs to its subject
_SUBJECT_END = re.compile("在|运用|使用|享受|实现|将|向|对|为|从|由|被|以|已|均|都")
_ABOUT_END = re.compile(  # each with the words in which it ends nothing (许可, 目的, 参与, 平等)
    "[、，；：。（）()\n]|以及|或|的(?<!目的|标的)|在(?<![存所现正潜内实]在)(?![建线校职岗编在])|将(?<!即将)(?![来军])|已|可(?<![许认]可)(?![研持再])"
    "|被(?<!植被)|为(?<![行作成认较极]为)|以(?<![可所足难予]以)(?![上下内])|与(?<![参给赠]与)|及(?<![普涉以]及)|和(?<![总饱平温中共柔缓]和)(?![平谐解睦])"
    "|等(?<![平高中初优同对相均]等)(?![级候待量效])|(?<=.)[正均都][在已将]?(?![式常确面衡城])"
)
_ABOUT_TAIL = re.compile(
    "(?:达到|达|为(?<![行作]为)|是|约|近|超过|超|逾|突破|高达|至少|不少于|不低于|不超过|不高于|最高|至|共计?|共有|仅?有|提出|提供|分别|增长|增[至加]|提高|下降|降低?|翻|了|个|每|其中|已|[的：，、“])+$"
)
_REACHES = re.compile(
    "(?:达到?|突破|高达|[增升降]至|恢复至|提高到|增加到|扩大到|控制在|稳定在)了?(?:约|近|超过?)?$"
)
_PREPOSED = tuple("对将把从由")
_ONE = "省市县区镇乡村校国人户"
_HEAD_ADVERBS = re.compile(
    "(?:实实在在|同步|全部|纷纷|共同|联合|先后|陆续|累计|分类|分别|正式|成功|加快|就|也|还|均|都|全|获准)+$"
)
_BEFORE_FROM = re.compile("[，；：、](?![^“]*”)|(?:其中|累计|分别是?|将|对|向|由|从|在)(?=.{4})")
_QUOTED = re.compile("“[^”]*”|《[^》]*》")
_ITEM_UNITS = frozenset({"条", "项", "个方面", "方面", "部分", "大部分", "类", "大类", "大"})
_ABOUT_LENGTH = 24
_INCLUDED = ("（含", "(含", "（不含", "(不含", "（包括", "(包括")
_SINCE = ("来", "以来")
_SHORT = 8
_BRIEF = 10
_FOLLOWING = 8
_ROUNDED = 0.1  # by so much of itself a number of the title may differ from the one it rounds


def recognise(reading: Reading) -> list[FigureFact]:
    """The figures of one article, in order of offset."""
    mentions = find_numbers(reading)
    body = [m for m in mentions if m.start > reading.title_end]
    kept: list[NumberMention] = []
    for mention in body:
        told = any(_is_retold(reading, mention, earlier) for earlier in kept)
        if not told and not _is_excluded(reading, mention):
            kept.append(mention)
    kept += [
        m
        for m in mentions
        if m.start < reading.title_end and not _is_told_below(m, body) and not _is_excluded(reading, m)
    ]
    kept.sort(key=lambda m: m.start)
    return [_figure(reading, mention) for mention in kept]


def _is_told_below(headline: NumberMention, body: list[NumberMention]) -> bool:
    """Whether the text has the number of the title, or the exact one that the title rounds (超3万亿元: 3.17万亿元)."""
    for told in body:
        if told.value == headline.value:
            return True
        near = abs(told.value - headline.value) <= _ROUNDED * headline.value
        if near and told.unit == headline.unit and headline.comparator != "=":
            return True
    return False


@cache
def _not(place: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("figure_not") if row["place"] == place)


@cache
def _cues(kind: str, place: str) -> re.Pattern[str]:
    rows = [row for row in read_table("figure_cues") if (row["kind"], row["place"]) == (kind, place)]
    return re.compile(
        "|".join(row["cue"] + (f"(?![{row['unless']}])" if row["unless"] else "") for row in rows) or "(?!)"
    )


def _is_excluded(reading: Reading, mention: NumberMention) -> bool:
    """Part of a target, or a number that counts nothing here."""
    for target in reading.facts.targets:
        start, end = reading.folded_span(target)
        if start <= mention.start < end:
            return True
    text = reading.text
    if mention.unit in _not("unit") or text.startswith(_not("after"), mention.end):
        return True
    if mention.dimension != "duration":
        return False
    before = text[max(0, mention.start - 2) : mention.start]
    return before.endswith(_not("before")) or text.startswith(_not("then"), mention.end)


def _is_retold(reading: Reading, later: NumberMention, earlier: NumberMention) -> bool:
    """Whether a number is told again: a span of time of equal length, or an equal count of the same thing."""
    if (later.value, later.value_max, later.unit) != (earlier.value, earlier.value_max, earlier.unit):
        return False
    if later.dimension == "duration" or reading.text.endswith(_INCLUDED, 0, later.start):
        return True
    return later.dimension != "rate" and bool(_bigrams(reading.text, later) & _bigrams(reading.text, earlier))


def _bigrams(text: str, mention: NumberMention) -> set[str]:
    following = _ABOUT_END.split(text[mention.end : mention.end + _FOLLOWING])[0]
    return {following[i : i + 2] for i in range(len(following) - 1)}


def _figure(reading: Reading, mention: NumberMention) -> FigureFact:
    start, end = _phrase(reading, mention)
    kind = _kind(reading.text, mention, start, end)
    return reading.make(
        FigureFact,
        start,
        end,
        discriminator=mention.start,
        confidence=_confidence(reading, mention),
        value=mention.value,
        value_max=mention.value_max,
        stated_value=mention.stated,
        unit=mention.unit,
        about=_about(reading.text, mention, start, end),
        kind=kind,
        comparator=mention.comparator,
        about_id=_about_id(reading, mention),
    )


def _confidence(reading: Reading, mention: NumberMention) -> float:
    """About the share of such figures that was right in articles read by hand."""
    if mention.start < reading.title_end:
        return 0.5
    return 0.9 if mention.unit and mention.stated[0].isdigit() else 0.75


def _clause_of(reading: Reading, mention: NumberMention) -> Clause:
    return next(clause for clause in reading.clauses if mention.start < clause.end)


def _phrase(reading: Reading, mention: NumberMention) -> tuple[int, int]:
    """The clause around a number; of a list of numbers, or of a long clause, the member that holds it."""
    clause = _clause_of(reading, mention)
    start, end = clause.start, clause.end
    if mention.end > end:  # a ratio goes over its own colon
        end = max([mention.end, *(c.end for c in reading.clauses if c.start < mention.end)])
    if (
        mention.dimension == "duration"
        and end - start <= _SHORT
        and reading.text.endswith(_SINCE, start, end)
    ):
        end = next(
            (c.end for c in reading.clauses if c.start == end + 1 and c.sentence == clause.sentence), end
        )
    if end - start <= _BRIEF and (whole := _joined(reading, start)):
        return whole
    members = _members(reading.text, start, end)
    here = next((m for m in members if m[0] <= mention.start < m[1]), (start, end))
    if len(members) > 1 and _sums_up(reading.text, members, mention):
        return start, end
    if _is_list_of_numbers(reading.text, members):
        return here[0], max(here[1], mention.end)
    if end - start <= _LONG_CLAUSE:
        return start, end
    if mention.start - start <= _HEAD_GAP:
        stop = _SUBJECT_END.search(reading.text, mention.end + 2, end)
        return start, stop.start() if stop else end
    if _numbers(reading.text, here) and not _bare_numbers(reading.text, members):
        return here[0], max(here[1], mention.end)
    return start, end


def _joined(reading: Reading, start: int) -> tuple[int, int] | None:
    """The clauses that make one with the short one at ``start`` (通过评审的城市，各奖励20万元), where there are such."""
    pieces = find_pieces(reading)
    return next(((p.start, p.end) for p in pieces if p.merged > 1 and p.start < start < p.end), None)


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clause cut at 、 outside brackets and quotes."""
    members, depth, begin = [], 0, start
    for i in range(start, end):
        depth += (text[i] in "“《（(") - (text[i] in "”》）)")
        if text[i] == "、" and depth <= 0:
            members.append((begin, i))
            begin = i + 1
    return [*members, (begin, end)]


def _numbers(text: str, span: tuple[int, int]) -> bool:
    return re.search(r"\d|[两三四五六七八九十][个家项条类所种大]", text[slice(*span)]) is not None


def _bare_numbers(text: str, members: list[tuple[int, int]]) -> bool:
    """Whether a member is a number with its unit and nothing else (1.4倍、5.2倍): not a phrase of its own."""
    return any(re.fullmatch(r"\d[\d.]*[万亿]?\D{1,2}", text[slice(*m)]) for m in members)


def _sums_up(text: str, members: list[tuple[int, int]], mention: NumberMention) -> bool:
    """Whether a number counts the members of the list before it (“甲”、“乙”两大品牌); after 等 the last stands for all."""
    if text.endswith("等", 0, mention.start):
        return False
    place = next(i for i, m in enumerate(members) if m[0] <= mention.start < m[1] or i == len(members) - 1)
    return (
        0 < place == mention.value - 1
        and mention.start > members[place][0]
        and not _numbers(text, members[0])
    )


def _is_list_of_numbers(text: str, members: list[tuple[int, int]]) -> bool:
    counted = [m for m in members if _numbers(text, m)]
    if len(counted) < 2 or _bare_numbers(text, members):
        return False
    summed_up = any(re.search(r"等[\d两三四五六七八九十]", text[slice(*m)]) for m in counted)
    return not summed_up or len(counted) > 2


def _kind(text: str, mention: NumberMention, start: int, end: int) -> FigureKind:
    """The guide's order: effect, money, duration, rate, limit, count."""
    before, after = text[start : mention.start], text[mention.end : end]
    per_unit = mention.dimension == "money" and "每" in before
    if not per_unit and (_cues("effect", "before").search(before) or _cues("effect", "after").search(after)):
        return "effect"
    if mention.dimension == "money":
        return "money"
    if mention.dimension == "duration":
        return "duration"
    if mention.dimension in ("rate", "ratio", "fraction") or _cues("rate", "before").search(before):
        return "rate"
    if mention.comparator in (">=", "<=") and _cues("limit", "before").search(before):
        return "limit"
    return "count"


def _about(text: str, mention: NumberMention, start: int, end: int) -> str:
    """What is counted: the noun after the unit, else what stands before the number. Neither ends inside a word."""
    after = re.sub(
        "^(?:及?以上|及?以下|以内|之内|内|左右|多|余)?(?:以?来，?)?的?", "", text[mention.end : end]
    )
    before = text[start : mention.start]
    noun = _noun(after)
    told = mention.dimension in ("rate", "fraction") or (bool(_REACHES.search(before)) and len(before) > 4)
    if noun and not told and (len(noun) > 1 or noun in _ONE):
        return noun
    return (
        _subject(before)
        or noun
        or _subject(text[text.rfind("\n", 0, start) + 1 : start - 1])
        or text[start:end]
    )


def _noun(after: str) -> str:
    """The noun phrase that opens a text: up to what ends one, or to a verb and its adverbs."""
    masked = _QUOTED.sub(lambda quoted: "某" * len(quoted[0]), after)
    stop = _ABOUT_END.search(masked)
    head = masked[: stop.start()] if stop else masked
    predicate = find_predicate(head)
    if predicate.where == "subject":
        subject = _HEAD_ADVERBS.sub("", head[: predicate.at])
        noun = predicate.at + len(predicate.verb) == len(head) and len(subject) == predicate.at  # 学习考察
        head = head if noun else subject
    return after[: len(head)] if len(head) <= _ABOUT_LENGTH else ""


def _subject(before: str) -> str:
    """What a number tells of: the text before it without the verb, from the last mark or preposition on if it is long."""
    told = _ABOUT_TAIL.sub("", before.removeprefix("其中"))
    while len(told) > _ABOUT_LENGTH and (cut := _BEFORE_FROM.search(told)):
        told = told[cut.end() :]
    return told[1:] if told[:1] in _PREPOSED and len(told) > 2 else told


def _about_id(reading: Reading, mention: NumberMention) -> str | None:
    """The measure that holds the number; else the one document or programme of its sentence."""
    facts = reading.facts
    for measure in facts.measures:
        start, end = reading.folded_span(measure)
        if start <= mention.start < end:
            return measure.id
    sentence = reading.sentence_at(mention.start)
    pools: list[list[Fact]] = [list(facts.documents), list(facts.programs)]
    for pool in pools if mention.unit in _ITEM_UNITS else pools[1:]:
        near = [f for f in pool if sentence.start <= reading.folded_span(f)[0] < sentence.end]
        if len(near) == 1:
            return near[0].id
    return None
