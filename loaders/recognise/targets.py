"""Recognise targets: states to be reached, with a deadline, a required quantity, or neither (建成…, 形成…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import TargetFact
from loaders.numbers import NumberMention, find_numbers
from loaders.reading import Reading
from loaders.recognise.clause_features import RANK, features_of
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.dates import DateMention, find_dates
from loaders.recognise.links import Links, links_of
from loaders.recognise.measures import odds, weights
from loaders.recognise.predicates import TIME_HEAD, find_predicate, words

THRESHOLD = 0.26
_STATE = re.compile(
    r"(?=[形建成打实达基初全明显大持稳不进有再更健得取走迈])(?:形成|建成(?<![组共筹]建成)(?![立渝都])|成为|建设成|打造成|实现|达到|(?:基本|初步|全面)(?:建立|形成|建成|实现|稳定|消除|达标|达到|健全|完善|完成|满足)"
    r"|(?:明显|显著|大幅|持续|稳步|不断|进一步|有所)(?:改善|提升|提高|减少|增强|降低|下降|增加|好转|优化|缩小|扩大)|再(?:提速|提升)|更加(?:完善|健全|优化|便利|紧密)|健全完善$"
    r"|大幅(?:提升|提高|减少|增加|下降)|得到(?:推广|改善|提升|保障|遏制|有效)|全覆盖|取得[^，]{0,6}(?:进展|突破|成效)|走在[^，]{0,6}前列|迈上|再上)"
)
_AIM = re.compile(r"力争|努力|目标|预计|确保|逐步|争取|奋力|加快建成|推动实现|到20\d\d年|将(?!来)|计划|拟")
_PAST = re.compile(
    r"了|已经?(?!成为)|目前|截至|以来|达到了|同比|较上年|增长(?<!年均增长)(?<!年增长)\d|去年|上半年|季度|累计|日均|当年|增幅|增速"
)
_STRIVE = re.compile(r"^(?:[^，]{0,6}(?:力争|争取|确保)|推动[^，]{2,20}(?:实现|达到?|超过|突破)|奋力|走在)")
_LEVEL = re.compile(
    r"(?:达到?|控制在|稳定在|保持在|下降到?|降到|降至|降低到?|提高到?|提升到?|增加到|增长|突破|超过)[^，]{0,8}\d"
)
_GAIN = re.compile(
    r"^(?:有力|有效|进一步|切实|更好|极大)*(?:地)?(?:方便|便利|便于|助力|惠及|带动|造福|激发|释放|满足|减轻)"
)
_CONDITION = re.compile(
    r"(?=[建形达实为以奠打])(?:(?:建成|形成|达到|实现)[^，]{0,60}(?:后|时)$|达到[^，]{1,8}的可|^为|^以(?:确保|实现|达到)|奠定|打下)"
)
_FROM_YEAR = re.compile(
    r"^(?:以来|至|到|[-—–]|上半年|前[\d一二三四五六七八九]+个?(?:月|季度)|\d{1,2}月|[一二三四]季度|度)"
)
_FROM_START = re.compile(r"(?:起|之日|[去前]年|来)$")
_BULLET = re.compile(r"[—–●•■◆▲※]")
_TIME_END = re.compile("[年月日]$")
_COMING = re.compile(r"未来|年之?内|月之?内|时间|五”(?!以来)")
_SET_FOR = re.compile(r"(?:定于|拟于|将于|计划于)$")
_FROM = re.compile(r"(?:由|从)\d?[^，]{0,12}$")
_TO = re.compile(r"[^，\d]{0,12}?(?:至|到|为)")
_WITHIN = re.compile(r"(?:左右|的)?(?:之?内|时间|累计)")
_LISTED = re.compile(r"(?:条|项)[^，、]{0,8}(?:举措|措施|任务|政策|经验|清单|意见|建议)")
_NOW = re.compile(r"(?=[目已现])(?:^(?:目前|已)|目前已|现已|已(?:经)?[^，]{0,4}(?:完成|接入|建成|达))")
_MADE = re.compile(r"(?:将|把|使)[^，]{1,60}(?:建成|建设成|打造成|打造为|建设为|成为)")
_CUT_METRIC = re.compile(
    r"^(?:到|至|于(?=\d)|力争|今年|预计|争取|努力|奋力|全面|加快|逐步|将|把|要|使(?!用)|着力|基本(?=实现|建成|形成|建立|消除)|进一步|推动|还|实现|年底前|年内|目标是?|确保|计划"
    r"|累计|其中|保持|继续|也|均|全年|之内|[两三四五六七八九十\d]+年之?内|同时|，)+"
)
_AFTER_LAST = re.compile(r"(?<=\d)[^\d、，]{0,6}、|，")
_CUT_TAIL = re.compile(
    r"(?:进入全国前|进入前|位居全国前|居全国前|跻身全国前|将|要|需|的|再|年均|有望|力争|确保|预计|争取|计划|均|总体|全部|至少|不少于|不低于|不超过|不高于|控制|稳定|保持|达到?|突破|超过?|增长|提高|增加|提升"
    r"|降低|下降|压减|压缩|缩短|完成|实现|为|至|到|在|约|近|继续|以内)+$"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The time that holds for a piece: ``strength`` is hard (到2022年, 年底前), soft (今年), carried (from the sentence
    before) or none."""

    strength: str
    deadline: str | None


Candidate = tuple[Piece, set[str], Scope, list[NumberMention]]
"""A piece, what is seen of it, its deadline, its numbers."""

_WILL = frozenset(("将", "拟", "计划", "还将", "也将", "即将"))
_RISES = re.compile(
    r"(?:打造|建设|建成|成为|构建|构筑)[^，]{0,60}(?:高地|极点|支点|枢纽|节点|引擎|标杆|样板|新城|增长极|桥头堡|门户|窗口|先行区|示范区|一流[^，]{2,6}|新格局)$"
)
_SHARED = frozenset(("heading", "heading-rest", "bare-line", "preamble", "sentence-past", "statistic"))
_METRIC_LENGTH = 40
_GRADES = frozenset(("级", "省"))
_SPANS = frozenset(("年", "个月", "月", "天", "日", "周"))
_NO_SCOPE = Scope("none", None)


def recognise(reading: Reading) -> list[TargetFact]:
    """The targets of one article, in order of offset: one for each number of a clause, or one for a state."""
    return find_targets(reading, weights("target"), weights("measure"))


def find_targets(
    reading: Reading, table: Mapping[str, float], measured: Mapping[str, float]
) -> list[TargetFact]:
    """The targets that the given weights, of targets and of measures, make of an article."""
    links, dates, found = links_of(reading), find_dates(reading), list[TargetFact]()
    for piece, seen, scope, inside in candidates(reading, measured):
        chance = odds(seen, table)
        if chance >= THRESHOLD and not piece.title and not (piece.role == "time" or _is_time(piece, dates)):
            found.extend(_facts(links, piece, scope, inside, chance))
    return found


def _is_time(piece: Piece, dates: list[DateMention]) -> bool:
    return any(date.start <= piece.start + 2 and date.end >= piece.end - 1 for date in dates)


def candidates(reading: Reading, measured: Mapping[str, float]) -> Iterator[Candidate]:
    """Every piece of an article with what is seen of it, the deadline that holds for it and the numbers it is about."""
    pieces, numbers = find_pieces(reading), find_numbers(reading)
    rated = features_of(reading, pieces)
    for piece, seen, scope in zip(pieces, rated, scopes(reading, pieces, numbers), strict=True):
        inside = numbers_of(reading, piece, numbers)
        chance = odds(seen, measured)
        yield piece, target_features(piece, seen, scope, inside, chance), scope, inside


def scopes(reading: Reading, pieces: tuple[Piece, ...], numbers: list[NumberMention]) -> list[Scope]:
    """The deadline that holds for each piece: its own, or the last one before it in its sentence; a hard one reaches
    the bans and required quantities of the next sentence of the paragraph, and what follows these."""
    dates = [date for date in find_dates(reading) if date.value]
    out: list[Scope] = []
    ruling, ruled, carrying = _NO_SCOPE, -1, -1
    for piece in pieces:
        sentence = reading.sentences[piece.sentence]
        own = [date for date in dates if sentence.start <= date.start < piece.end]
        if ruled >= 0 and reading.text.find("\n", reading.sentences[ruled].start, piece.start) >= 0:
            if _BULLET.match(reading.text, sentence.start):
                ruled = carrying = piece.sentence
            else:
                ruling, ruled = _NO_SCOPE, -1
        mine = [scope for date in own if (scope := _ruling(reading, date, piece))]
        if _NOW.search(piece.text):
            out.append(_NO_SCOPE)
        elif mine:
            ruling, ruled = mine[-1], piece.sentence
            out.append(ruling)
        elif (
            ruling.strength == "hard"
            and piece.sentence - ruled <= 1
            and not own
            and _carries(piece, numbers, carrying)
        ):
            carrying, ruled = piece.sentence, piece.sentence
            out.append(Scope("carried", ruling.deadline))
        else:
            out.append(_NO_SCOPE)
    return out


def _carries(piece: Piece, numbers: list[NumberMention], carrying: int) -> bool:
    bound = any(piece.start <= n.start < piece.end and n.comparator in (">=", "<=") for n in numbers)
    return piece.sentence == carrying or piece.predicate.kind == "ban" or bound


def _ruling(reading: Reading, date: DateMention, piece: Piece) -> Scope | None:
    text = reading.text[date.start : date.end]
    if _FROM_YEAR.match(reading.text[date.end : date.end + 2]) or date.value is None:
        return None
    before = reading.text[max(0, date.start - 6) : date.start]
    ended = reading.year is not None and int(date.value[:4]) < reading.year + ("五”" in text)
    if ended or (_TIME_END.search(before) and text[0] in "至到"):
        return None
    if date.kind == "deadline" or _SET_FOR.search(before):
        return Scope("hard", date.value)
    if date.kind == "span":
        return Scope("hard", date.value) if _COMING.search(text) and not _FROM_START.search(before) else None
    this_year = reading.year
    if date.kind == "date" and len(date.value) == 4 and this_year and int(date.value) >= this_year:
        at_head = date.start <= piece.clause_start + 12 or date.start < piece.clause_start
        whole = not text.startswith("自") and not text.endswith(("上半年", "季度", "度"))
        return Scope("soft", date.value) if at_head and whole else None
    return None


def numbers_of(reading: Reading, piece: Piece, numbers: list[NumberMention]) -> list[NumberMention]:
    """The quantities a piece is about: not those that only qualify a noun (投资1亿元以上的项目), nor time spans, nor what
    is left behind (由21%提高至74%)."""
    out: list[NumberMention] = []
    within = [number for number in numbers if piece.start <= number.start and number.end <= piece.end]
    dates = find_dates(reading) if within else []
    for number in within:
        if any(date.start <= number.start < date.end for date in dates):
            continue
        after = reading.text[number.end : piece.end]
        qualifies = (
            re.match(r"(?:以上|以下|左右|以内)?的", after) and len(after) > 3 and number.dimension != "rate"
        )
        time = number.unit in _SPANS and _WITHIN.match(after)
        left = _FROM.search(reading.text[piece.start : number.start]) and _TO.match(after)
        listed = _LISTED.match(reading.text, number.end - len(number.unit or ""))
        if not (qualifies or time or listed or left) and number.unit not in _GRADES:
            out.append(number)
    return out


def target_features(
    piece: Piece, seen: set[str], scope: Scope, inside: list[NumberMention], measure: float
) -> set[str]:
    """What speaks for a target. ``measure`` is the chance that the piece is a measure."""
    predicate, state = piece.predicate, piece.predicate.kind == "state" or bool(_STATE.search(piece.text))
    past, aim = bool(_PAST.search(piece.text)) or "past" in seen, bool(_AIM.search(piece.text))
    flags = {
        f"scope:{scope.strength}+quantity": bool(inside),
        f"scope:{scope.strength}+state": state,
        f"scope:{scope.strength}+measure": measure >= 0.4,
        "quantity": bool(inside),
        "bound": any(number.comparator in (">=", "<=") for number in inside),
        "rate": any(number.dimension == "rate" for number in inside),
        "quantity+past": bool(inside) and past,
        "will+quantity": bool(inside) and predicate.modal in _WILL,
        "aim+quantity": bool(inside) and aim,
        "level+said": piece.said and not past and bool(inside) and bool(_LEVEL.search(piece.text)),
        "strive": bool(_STRIVE.match(piece.text)) and (state or bool(inside)),
        "past": past,
        "aim": aim,
        "plain-year": scope.strength == "soft" and not aim and predicate.modal not in _WILL,
        "ban+carried": predicate.kind == "ban" and scope.strength in ("hard", "carried"),
        "condition": bool(_CONDITION.search(piece.text)),
        "gain": bool(_GAIN.match(piece.text)),
        "made": bool(_MADE.search(piece.text)),
        "purpose": bool(seen & {"purpose-tail", "trouble-tail"}),
        "title": piece.title,
        "said": piece.said,
    }
    names = {name for name, holds in flags.items() if holds} | (seen & _SHARED)
    names |= _of_state(piece, seen, scope, past=past, aim=aim) if state else set()
    names |= _of_rank(piece, seen, state=state)
    names |= {"bias", f"scope:{scope.strength}", f"kind:{predicate.kind}", f"role:{piece.role}"}
    return {f"t:{name}" for name in (*names, f"measure:{int(measure * 4)}")}


def _of_state(piece: Piece, seen: set[str], scope: Scope, *, past: bool, aim: bool) -> set[str]:
    """What is seen of a piece that names a state."""
    plain = piece.predicate.where == "subject" and not aim and not piece.said and scope.strength == "none"
    flags = {
        "state": True,
        "state+head": piece.predicate.where == "head",
        "state+past": past,
        "sentence-past+state": "sentence-past" in seen,
        "plain-state": plain,
        "aim+state": aim,
    }
    return {name for name, holds in flags.items() if holds}


def _of_rank(piece: Piece, seen: set[str], *, state: bool) -> set[str]:
    """What is seen of a piece that would raise something to a rank (枢纽, 高地), or heads a list as a state."""
    rank = bool(RANK.search(piece.text))
    flags = {
        "rank": rank,
        "rank+made": piece.predicate.kind in ("act", "state") and bool(_RISES.search(piece.text)),
        "heading+state": "heading" in seen and (state or rank),
    }
    return {name for name, holds in flags.items() if holds}


def _facts(
    links: Links, piece: Piece, scope: Scope, inside: list[NumberMention], chance: float
) -> list[TargetFact]:
    common: dict[str, object] = {
        "confidence": round(chance, 2),
        "deadline": scope.deadline,
        "document": links.document(piece),
        "region_codes": links.regions(piece),
    }
    make, span = links.reading.make, (piece.start, piece.end)
    if not inside:
        metric = metric_of(piece.text, None, 0)
        return [make(TargetFact, *span, discriminator=piece.start, metric=metric, **common)]  # type: ignore[arg-type]
    return [
        make(
            TargetFact,
            *span,
            discriminator=number.start,
            metric=metric_of(piece.text, number, piece.start),
            value=number.value,
            value_max=number.value_max,
            stated_value=number.stated,
            unit=number.unit,
            comparator=number.comparator,
            **common,  # type: ignore[arg-type]
        )
        for number in inside
    ]


def metric_of(text: str, number: NumberMention | None, start: int) -> str:
    """What is measured: for a number what stands round it (粮食总量 | 25个…项目), for a state the whole phrase."""
    if number is None:
        return _bare(text)[:_METRIC_LENGTH]
    before, after = text[: number.start - start], text[number.end - start :]
    thing = re.split(r"[，、和及]", re.sub(r"^(?:以上|以下|左右|以内|的)+", "", after))[0]
    if len(thing) > 1 and not _ends_in_verb(thing):
        return f"{thing}数" if number.dimension == "count" else thing[:_METRIC_LENGTH]
    subject = _CUT_TAIL.sub("", _FROM.sub("", _AFTER_LAST.split(before)[-1])) if len(thing) < 2 else ""
    return (_bare(subject) if subject else _bare(text))[:_METRIC_LENGTH]


def _ends_in_verb(thing: str) -> bool:
    """Whether what follows a number is no noun but goes on with the clause (9个方面开展合作, 10余个领域推开)."""
    verbs = words().verbs
    return any(thing[-size:] in verbs for size in (2, 3, 4)) or find_predicate(thing).kind == "state"


def _bare(text: str) -> str:
    """Without the time and the adverbs before it; the text itself where nothing else is left."""
    at = 0
    while step := TIME_HEAD.match(text, at) or _CUT_METRIC.match(text, at):
        at = step.end()
    return text[at:] or text
