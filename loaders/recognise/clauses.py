"""Clauses as candidates: trimmed of what leads them in, with their predicate found, and joined where two make one.

Measures and targets both choose from these pieces. All offsets are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.reading import Clause, Reading, Sentence, split_sentences
from loaders.recognise.predicates import TIME_ONLY, Predicate, find_predicate, words

_ORDINAL = (
    r"(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[，、]|其[一二三四五]|首先|其次|再次"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、)"
)
_LINK = (
    r"(?:同时|此外|另外|其中|比如|例如|譬如|并且|而且|与此同时|为此|因此|据此|并(?![轨网联购发列表存行入])"
    r"|还?要(?![素件闻塞点领害道求])|也要|又|即(?![时办日可将用审验刻])|且(?!末))"
)
_SPEAKER = r"(?:《[^》]+》|[^，。；：、]{0,22}?)(?:还|也|同时|并|强?调)*"
_SAYING = r"(?:提出|明确|要求|强调|指出|规定|决定|宣布|表示|介绍|建议|部署)(?:了|称)?"
_REPORTING = re.compile("介绍|表示|宣布|建议")
_LISTS = re.compile(r"^(?:主要|具体|重点|其中)?(?:包括|包含|涵盖|涉及)")
_LEAD = re.compile(rf"^(?:{_ORDINAL}|{_LINK})")
_HEADING = re.compile(rf"^{_ORDINAL}")
_SAID = re.compile(rf"^({_SPEAKER})({_SAYING})$")
_SAID_INSIDE = re.compile(rf"^({_SPEAKER})({_SAYING})(?=(.{{5,}}))")
_SHORT_TITLE = re.compile("《[^》]{1,12}》(?:还|也|同时|则|将)*(?=[^，]{4})")
_TITLES = re.compile("^(?:《[^》]*》[、和及与]?(?:等)?)+$")
_DOCUMENT_END = re.compile(
    r"(?:》|通知|意见|方案|规划|措施|办法|清单|会议|纪要|公告|规范|条例|计划|文件|通告|决定|政策)(?:还|也|同时|并)*$"
)


_RELATIVE = re.compile("的[^的，]{1,10}$")
_ADJUNCT_TAIL = re.compile("(?:的同时|以来|之际|基础上|过程中|年来|背景下|前提下|情况下|之时|的情况|方面)$")
_EXCEPT = re.compile("除(?!了)[^，]*[外]$")
_BY_MEANS = re.compile("[^，](?:依托|通过|以[^，]+为|按照|根据|针对|采用)")
_OPEN_TAIL = re.compile(
    "(?:企业|单位|机构|人员|问题|难题|产品|领域|行为|情形|人才|项目|车辆|货物|事项|主体|群众|群体|地区|者|外|家庭|农户|学校)$"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate: a clause, or several that make one, in folded coordinates.

    ``clause_start`` is where its first clause begins, before trimming.
    """

    start: int
    end: int
    clause_start: int
    text: str
    predicate: Predicate
    sentence: int
    paragraph: int
    place: int
    role: str
    said: bool
    title: bool
    ordinal: bool
    task: bool = False
    merged: int = 1
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its number, its paragraph's, and whether it is in the title."""

    sentence: int
    paragraph: int
    title: bool


def find_pieces(reading: Reading) -> tuple[Piece, ...]:
    """All pieces of an article in order of offset."""
    return _pieces_of(reading.text, reading.title_end)


@lru_cache(maxsize=4)
def _pieces_of(text: str, title_end: int) -> tuple[Piece, ...]:
    """Several recognisers of one article ask for the same pieces one after the other, hence the small cache."""
    pieces: list[Piece] = []
    paragraph = 0
    said = False
    last_end = 0
    for number, sentence in enumerate(split_sentences(text)):
        if "\n" in text[last_end : sentence.start + 1]:
            paragraph += 1
            said = False
        last_end = sentence.end
        made, said = _sentence_pieces(
            text, sentence, Place(number, paragraph, sentence.start < title_end), said
        )
        pieces.extend(join(made))
    return tuple(pieces)


def _sentence_pieces(whole: str, sentence: Sentence, where: Place, said: bool) -> tuple[list[Piece], bool]:
    pieces: list[Piece] = []
    for clause in _cut(whole, sentence.clauses):
        text = whole[clause.start : clause.end]
        offset, ordinal, speaks = trim(text)
        said = said or speaks
        body = text[offset:]
        if not body:
            continue
        predicate = find_predicate(body)
        pieces.append(
            Piece(
                start=clause.start + offset,
                end=clause.end,
                clause_start=clause.start,
                text=body,
                predicate=predicate,
                sentence=where.sentence,
                paragraph=where.paragraph,
                place=len(pieces),
                role=role_of(body, predicate),
                said=said,
                title=where.title,
                ordinal=ordinal,
                task=whole[clause.start - 1 : clause.start] in ("、", "及")
                or whole[clause.end : clause.end + 1] in ("、", "以"),
                separator=whole[clause.end : clause.end + 1],
            )
        )
    return pieces, said


def _cut(text: str, clauses: tuple[Clause, ...]) -> list[Clause]:
    """Cut clauses further at …… and in lists of tasks (包括A、B、C等)."""
    out: list[Clause] = []
    for clause in _whole(text, clauses):
        begin = clause.start
        for gap in re.finditer("…+", text[clause.start : clause.end]):
            if clause.start + gap.start() > begin:
                out.append(Clause(begin, clause.start + gap.start(), clause.sentence))
            begin = clause.start + gap.end()
        if begin < clause.end:
            out.extend(_tasks(text, Clause(begin, clause.end, clause.sentence)))
    return out


def _tasks(text: str, clause: Clause) -> list[Clause]:
    """The items of a list of tasks (包括A、B、C以及D等) as clauses of their own; a list of things stays whole."""
    opening = _LISTS.match(text[clause.start : clause.end])
    if not opening:
        return [clause]
    begin = clause.start + opening.end()
    end = clause.end - (1 if text[clause.end - 1] == "等" else 0)
    bounds, depth = [begin], 0
    for i in range(begin, end):
        depth += (text[i] in "《“（(") - (text[i] in "》”）)")
        if depth == 0 and (text[i] == "、" or text.startswith("以及", i)):
            bounds += [i, i + (1 if text[i] == "、" else 2)]
    items = [
        Clause(a, b, clause.sentence) for a, b in zip(bounds[::2], [*bounds[1::2], end], strict=True) if b > a
    ]
    acts = sum(find_predicate(text[item.start : item.end]).kind in ("act", "soft") for item in items)
    return items if len(items) > 3 and acts * 2 >= len(items) else [clause]


def _whole(text: str, clauses: tuple[Clause, ...]) -> list[Clause]:
    """Undo cuts inside a ratio (1：1) and before 以及, which goes on with the clause before it."""
    out: list[Clause] = []
    for clause in clauses:
        ratio = (
            text[clause.start - 1] in "：:"
            and text[clause.start].isdigit()
            and text[clause.start - 2].isdigit()
        )
        if out and out[-1].end + 1 == clause.start and (ratio or text.startswith("以及", clause.start)):
            out[-1] = Clause(out[-1].start, clause.end, clause.sentence)
        else:
            out.append(clause)
    return out


def trim(text: str) -> tuple[int, bool, bool]:
    """How much of a clause only leads in (一是, 同时, 《意见》提出), whether an ordinal opens it, whether someone speaks."""
    at, speaks = 0, False
    ordinal = bool(_HEADING.match(text))
    while True:
        rest = text[at:]
        short = _SHORT_TITLE.match(rest)
        if short and find_predicate(rest[short.end() :]).where == "head" and not _SAID_INSIDE.match(rest):
            at, speaks = at + short.end(), True
            continue
        lead = _LEAD.match(rest)
        if lead and lead.end() < len(rest):
            at += lead.end()
            continue
        inside = _SAID_INSIDE.match(rest)
        if inside and _opens(inside):
            at += inside.end()
            speaks = speaks or not _REPORTING.match(inside.group(2))
            continue
        alone = _SAID.match(rest)
        return at, ordinal, speaks or bool(alone and not _REPORTING.match(alone.group(2)))


def _opens(said: re.Match[str]) -> bool:
    """Whether a verb of saying inside a clause opens its content."""
    speaker, content = said.group(1), said.group(3)
    if _DOCUMENT_END.search(speaker):
        return find_predicate(content).where == "head" or speaker.endswith("》")
    head = find_predicate(content)
    if (
        not speaker
        and re.match("要|将|以|对|在|把", content)
        and said.group(2) in ("要求", "提出", "强调", "指出")
    ):
        return True
    return head.where == "head" and head.kind in ("act", "ban", "soft") and len(content) > 6


def role_of(text: str, predicate: Predicate) -> str:
    """The part a clause plays: time, saying, adjunct (no predicate of its own), noun or predicate."""
    lexicon = words()
    if TIME_ONLY.match(text):
        return "time"
    if _SAID.match(text):
        return "saying"
    if _EXCEPT.search(text):
        return "adjunct"
    if _TITLES.match(text):
        return "title"
    if predicate.kind == "none":
        return "adjunct" if predicate.prep or lexicon.adjunct_end.search(text) else "noun"
    if predicate.prep and "的" in text[predicate.at :] and not lexicon.adjunct_end.search(text):
        return (
            "open"
            if predicate.prep in ("对", "对于", "针对", "除") and _OPEN_TAIL.search(text)
            else "predicate"
        )
    if _ADJUNCT_TAIL.search(text) or (
        lexicon.adjunct_end.search(text) and (predicate.prep or len(text) < 12)
    ):
        return "adjunct"
    return "predicate"


_JOINING = (
    "在",
    "对",
    "对于",
    "以",
    "针对",
    "除",
    "依托",
    "通过",
    "根据",
    "凭",
    "凭借",
    "按照",
    "将",
    "把",
    "由",
    "回应",
)


_CARRYING = ("通过", "将", "把", "由")


def join(pieces: list[Piece]) -> list[Piece]:
    """Join what makes one clause: an adjunct (对…企业) or a bare subject with the predicate that follows it."""
    out: list[Piece] = []
    for piece in reversed(pieces):
        follower = out[-1] if out else None
        if follower is not None and piece.separator == "，" and _joins(piece, follower):
            gap = follower.start - piece.end
            text = piece.text + "，" * (1 if gap else 0) + follower.text
            shift = len(piece.text) + 1
            predicate = replace(
                follower.predicate, at=follower.predicate.at + shift, prep=piece.predicate.prep
            )
            out[-1] = replace(
                follower, start=piece.start, clause_start=piece.clause_start, text=text, predicate=predicate,
                place=piece.place, ordinal=piece.ordinal, merged=follower.merged + 1,
            )  # fmt: skip
        else:
            out.append(piece)
    out.reverse()
    return out


def _joins(piece: Piece, follower: Piece) -> bool:
    if follower.role != "predicate" or follower.predicate.kind in ("copula", "say", "effect"):
        return False
    if piece.role in ("adjunct", "open"):
        ends = piece.predicate.prep == "在" and words().adjunct_end.search(piece.text)
        return (piece.predicate.prep in _JOINING or bool(_EXCEPT.search(piece.text))) and "《" not in piece.text[:4] and not ends
    if "《" in piece.text or not 4 <= len(piece.text) <= 70 or follower.predicate.where == "subject":
        return False
    if piece.role == "noun" and _BY_MEANS.search(piece.text):
        return True
    told = (
        follower.predicate.modal or follower.predicate.kind == "ban" or follower.predicate.prep in _CARRYING
    )
    return (bool(told) and (piece.role == "noun" or _is_noun_phrase(piece))) or bool(
        told and piece.text.endswith("的")
    )


def _is_noun_phrase(piece: Piece) -> bool:
    """A subject with a relative clause (…无法整合的事项), its verb inside the relative clause."""
    predicate = piece.predicate
    if (
        (predicate.where == "head" and predicate.kind != "copula")
        or predicate.modal
        or predicate.prep in ("将", "把")
    ):
        return False
    if piece.text.startswith("了", predicate.at + len(predicate.verb)):
        return False
    return bool(_RELATIVE.search(piece.text[predicate.at :]) and words().subject_end.search(piece.text))
