"""Clauses as candidates: trimmed of what leads them in, with their predicate found, and joined where two make one.

Measures and targets both choose from these pieces. All offsets are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.fold import fold_words
from loaders.reading import Clause, Reading, Sentence, occurrences
from loaders.recognise.clause_roles import EXCEPT, SAID, SAYING, SAYS, SPEAKER, role_of
from loaders.recognise.mentions import find_mentions
from loaders.recognise.predicates import Predicate, Spans, find_predicate, words

_ORDINAL = (
    r"(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十百\d]{1,4}条|第[一二三四五六七八九十]{1,3}[，、]|其[一二三四五]|首先|其次|再次"
    r"|[—–●•■◆▲※]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、)"
)
_LINK = (
    r"(?:同时|此外|另外|其中|比如|例如|譬如|并且|而且|与此同时|为此|因此|据此|并(?![轨网联购发列表存行入])"
    r"|还?要(?![素件闻塞点领害道求])|也要|又|即(?![时办日可将用审验刻])|且(?!末))"
)
_REPORTING = re.compile("介绍|表示|宣布|建议")
_LISTS = re.compile(r"(?:主要|具体|重点|其中)?(?:包括|包含|涵盖|涉及)")
_LEAD = re.compile(rf"^(?:{_ORDINAL}|{_LINK})")
_HEADING = re.compile(rf"^{_ORDINAL}")
_SAID_INSIDE = re.compile(rf"^({SPEAKER})({SAYING})(?=(.{{5,}}))")
_SHORT_TITLE = re.compile("《[^》]{1,12}》(?:还|也|同时|则|将)*(?=[^，]{4})")
_DOCUMENT_END = re.compile(
    r"(?:》|通知|意见|方案|规划|措施|办法|清单|会议|纪要|公告|规范|条例|计划|文件|通告|决定|政策)(?:还|也|同时|并)*$"
)
_RELATIVE = re.compile("的[^的，]{1,10}$")
_RELATIVES = re.compile("的[^的，、]{1,12}(?:、[^的，、]{1,12})*$")
_ORDERS = frozenset(("要求", "提出", "明确", "强调", "部署"))
_CALLED = re.compile("(?:各|有关|相关|所有|全[省市县区国])")
_NO_SPEAKER = re.compile("(?:按照|根据|符合|达到|满足|依据)[^，]*$|(?:有关|相关|任务)$")
_OFFICIAL = re.compile(
    r"关于.+的(?:通知|意见|决定|批复|公告|通告|办法|规定|复?函|方案|措施|建议)(?:（.*）)?$"
    r"|^(?!.*(?:印发|出台|发布|公布|通过|审议|征求|公开|获批|正式)).*(?:条例|办法|规定|细则|实施方案|若干措施|意见)(?:（.*）)?$"
)
_BY_MEANS = re.compile("[^，](?:依托|通过|以[^，]+为|按照|根据|针对|采用)")
_NAME_LENGTH = 4
_GAP = re.compile("…+")


@dataclass(slots=True)  # nothing changes one; frozen, each would take three times as long to make
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
    """All pieces of an article in order of offset; none begins or ends inside a name recognised before."""
    names = find_names(reading)
    return reading.once(("pieces", names), lambda: _pieces_of(reading, names))


def find_names(reading: Reading) -> Spans:
    """Where the article names regions, actors and programmes, in order. A programme may begin with a verb of the
    sentence (开展“清河”行动), so its first two characters are left out."""
    key = ("names", *reading.known("actors", "regions"), "", *reading.known("programs"))
    return reading.once(key, lambda: _names_of(reading))


def _names_of(reading: Reading) -> Spans:
    found = {(m.start, m.end) for m in find_mentions(reading) if m.end - m.start >= _NAME_LENGTH}
    for name in {fold_words(programme.name) for programme in reading.facts.programs}:
        if len(name) > _NAME_LENGTH:
            found.update((at + 2, at + len(name)) for at in occurrences(reading.text, name))
    return tuple(sorted(found))


def names_within(names: Spans, start: int, end: int) -> Spans:
    """The names that lie in [start, end), counted from ``start``."""
    return tuple([(a - start, b - start) for a, b in names if start < b and a < end]) if names else ()


def _pieces_of(reading: Reading, names: Spans) -> tuple[Piece, ...]:
    text, title_end = reading.text, reading.title_end
    pieces: list[Piece] = []
    paragraph = 0
    official = bool(_OFFICIAL.search(text[:title_end]))  # the article is itself the document
    said = official
    last_end = 0
    for number, sentence in enumerate(reading.sentences):
        if "\n" in text[last_end : sentence.start + 1]:
            paragraph += 1
            said = official
        last_end = sentence.end
        made, said = _sentence_pieces(
            text, sentence, Place(number, paragraph, sentence.start < title_end), said, names
        )
        pieces.extend(join(made))
    return tuple(pieces)


def _sentence_pieces(
    whole: str, sentence: Sentence, where: Place, said: bool, names: Spans
) -> tuple[list[Piece], bool]:
    pieces: list[Piece] = []
    for clause in _cut(whole, sentence.clauses):
        text = whole[clause.start : clause.end]
        offset, ordinal, speaks = trim(text)
        said = said or speaks
        named = names_within(names, clause.start, clause.end)
        offset = _outside(named, offset)
        body = text[offset:]
        if not body:
            continue
        within = names_within(named, offset, clause.end - clause.start) if offset else named
        predicate = find_predicate(body, within)
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


def _outside(names: Spans, offset: int) -> int:
    """The offset, or the start of the name in which it lies."""
    return next((max(0, start) for start, end in names if start < offset < end), offset)


def _cut(text: str, clauses: tuple[Clause, ...]) -> list[Clause]:
    """Cut clauses further at …… and in lists of tasks (包括A、B、C等)."""
    out: list[Clause] = []
    wholes = _whole(text, clauses)
    first, last = clauses[0].start, clauses[-1].end
    if text.find(",", first, last) < 0 and text.find("…", first, last) < 0:
        return [task for clause in wholes for task in _tasks(text, clause)]
    for clause in (part for whole in wholes for part in _at_half_width(text, whole)):
        begin = clause.start
        gaps = _GAP.finditer(text, begin, clause.end) if text.find("…", begin, clause.end) >= 0 else ()
        for gap in gaps:
            if gap.start() > begin:
                out.append(Clause(begin, gap.start(), clause.sentence))
            begin = gap.end()
        if begin < clause.end:
            out.extend(_tasks(text, Clause(begin, clause.end, clause.sentence)))
    return out


def _at_half_width(text: str, clause: Clause) -> Iterator[Clause]:
    """The parts of a clause between half-width commas after an ideograph, a mark or a closing bracket (not in 1,200),
    outside brackets: pages of many offices have no others."""
    if text.find(",", clause.start, clause.end) < 0:
        yield clause
        return
    begin, depth = clause.start, 0
    for i in range(clause.start, clause.end):
        depth += (text[i] in "《“（(") - (text[i] in "》”）)")
        ends = text[i] == "," and depth == 0 and begin < i < clause.end - 1
        if ends and (not text[i - 1].isascii() or text[i - 1] in ")%" or not text[i + 1].isascii()):
            yield Clause(begin, i, clause.sentence)
            begin = i + 1
    yield Clause(begin, clause.end, clause.sentence)


def _tasks(text: str, clause: Clause) -> list[Clause]:
    """The items of a list of tasks (包括A、B、C以及D等) as clauses of their own; a list of things stays whole."""
    opening = _LISTS.match(text, clause.start, clause.end)
    if not opening:
        return [clause]
    begin = opening.end()
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
    says = SAYS.search(text) is not None
    ordinal = _LEAD.match(text) is not None and _HEADING.match(text) is not None
    while True:
        rest = text[at:]
        short = _SHORT_TITLE.match(rest) if rest[:1] == "《" else None
        if short and find_predicate(rest[short.end() :]).where == "head" and not _SAID_INSIDE.match(rest):
            at, speaks = at + short.end(), True
            continue
        lead = _LEAD.match(rest)
        if lead and lead.end() < len(rest):
            at += lead.end()
            continue
        inside = _SAID_INSIDE.match(rest) if says else None
        if inside and _opens(inside):
            at += inside.end()
            speaks = speaks or not _REPORTING.match(inside.group(2))
            continue
        alone = SAID.match(rest) if says else None
        return at, ordinal, speaks or bool(alone and not _REPORTING.match(alone.group(2)))


def _opens(said: re.Match[str]) -> bool:
    """Whether a verb of saying inside a clause opens its content."""
    speaker, content = said.group(1), said.group(3)
    if _NO_SPEAKER.search(speaker):
        return False
    if _DOCUMENT_END.search(speaker):
        return find_predicate(content).where == "head" or speaker.endswith("》")
    head = find_predicate(content)
    if (
        not speaker
        and re.match("要|将|以|对|在|把", content)
        and said.group(2) in ("要求", "提出", "强调", "指出")
    ):
        return True
    if said.group(2) in _ORDERS and _CALLED.match(content) and head.kind in ("act", "ban", "soft"):
        return True
    return head.where == "head" and head.kind in ("act", "ban", "soft") and len(content) > 6


_JOINING = frozenset((
    "在", "对", "对于", "以", "针对", "除", "依托", "通过", "根据", "凭", "凭借", "按照", "将", "把", "由", "回应",
    "经", "利用", "运用", "借助", "采用",
))  # fmt: skip
_CARRYING = ("通过", "将", "把", "由")
_GIVES = re.compile(
    "(?:可|均|各|分别|一次性|再|最高|按[^，]{1,12})*(?:给予|予以|奖励|补助|补贴|资助|奖补|享受|减免|免征|减征|发放)"
)


def join(pieces: list[Piece]) -> list[Piece]:
    """Join what makes one clause: an adjunct (对…企业) or a bare subject with the predicate that follows it."""
    out: list[Piece] = []
    for piece in reversed(pieces):
        follower = out[-1] if out else None
        if follower is not None and piece.separator in ("，", ",") and _joins(piece, follower):
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
        ends = piece.predicate.prep == "在" and piece.text.endswith(words().adjunct_end)
        return (
            (piece.predicate.prep in _JOINING or bool(EXCEPT.search(piece.text)))
            and "《" not in piece.text[:4]
            and not ends
        )
    if "《" in piece.text or not 4 <= len(piece.text) <= 70 or follower.predicate.where == "subject":
        return False
    if piece.role == "noun" and _BY_MEANS.search(piece.text):
        return True
    if _GIVES.match(follower.text) and (piece.role == "noun" or _RELATIVES.search(piece.text)):
        return piece.predicate.where != "head" or piece.predicate.verb in words().qualifying
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
        (
            predicate.where == "head"
            and predicate.kind != "copula"
            and predicate.verb not in words().qualifying
        )
        or predicate.modal
        or predicate.prep in ("将", "把")
    ):
        return False
    if piece.text.startswith("了", predicate.at + len(predicate.verb)):
        return False
    return bool(_RELATIVE.search(piece.text[predicate.at :]) and piece.text.endswith(words().subject_end))
