"""Recognise targets: states to be reached, with a deadline, a required quantity, or neither (建成…, 形成…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.model import TargetFact
from loaders.numbers import NumberMention, find_numbers
from loaders.reading import Reading
from loaders.recognise.clause_features import Seen, features_of
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.dates import DateMention, find_dates
from loaders.recognise.links import Links, links_of
from loaders.recognise.measures import chances, odds, weights
from loaders.recognise.predicates import TIME_HEAD, find_predicate, words
from loaders.recognise.target_features import target_features
from loaders.recognise.target_scopes import Scope, scopes

THRESHOLD = 0.3
_QUALIFIES = re.compile("(?:以上|以下|左右|以内)?(?:[或及和、][^，]{0,20})?的")
_SIZED = re.compile("(?:及?以上|及?以下)(?:[或及和、]|[^，。的]{2})")
_FROM = re.compile(r"(?:由|从)\d?[^，]{0,12}$")
_TO = re.compile(r"[^，\d]{0,12}?(?:至|到|为)")
_WITHIN = re.compile(r"(?:左右|的)?(?:之?内|时间|累计)")
_LISTED = re.compile(r"(?:条|项)[^，、]{0,8}(?:举措|措施|任务|政策|经验|清单|意见|建议)")
_CUT_METRIC = re.compile(
    r"(?:到|至|于(?=\d)|力争|今年|预计|争取|努力|奋力|全面|加快|逐步|将|把|要|使(?!用)|着力|基本(?=实现|建成|形成|建立|消除)|进一步|推动|还|实现|年底前|年内|目标是?|确保|计划"
    r"|累计|其中|保持|继续|也|均|全年|之内|[两三四五六七八九十\d]+年之?内|同时|，)+"
)
_AFTER_LAST = re.compile(r"(?<=\d)[^\d、，]{0,6}、|，")
_CUT_TAIL = re.compile(
    r"(?:[较比][^，]{1,8}[年末底期]|翻|进入全国前|进入前|位居全国前|居全国前|跻身全国前|将|要|需|的|再|年均|有望|力争|确保|预计|争取|计划|均|总体|全部|至少|不少于|不低于|不超过|不高于|控制|稳定|保持|达到?|突破|超过?|增长|提高|增加|提升"
    r"|降低|下降|压减|压缩|缩短|完成|实现|为|至|到|在|约|近|继续|以内)+$"
)


Candidate = tuple[Piece, Seen, Scope, list[NumberMention]]
"""A piece, what is seen of it, its deadline, its numbers."""

_METRIC_LENGTH = 40
_ASPECTS = frozenset(("个方面", "方面"))
_GRADES = frozenset(("级", "省"))
_SPANS = frozenset(("年", "个月", "月", "天", "日", "周"))


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
        if piece.title and not _only_there(reading, inside):
            continue
        if chance >= THRESHOLD and not (piece.role == "time" or _is_time(piece, dates)):
            found.extend(_facts(links, piece, scope, inside, chance))
    return found


def _only_there(reading: Reading, inside: list[NumberMention]) -> bool:
    """Whether the text below the title does not tell the numbers of the title."""
    below = {number.value for number in find_numbers(reading) if number.start > reading.title_end}
    return bool(inside) and below.isdisjoint(number.value for number in inside)


def _is_time(piece: Piece, dates: list[DateMention]) -> bool:
    return any(date.start <= piece.start + 2 and date.end >= piece.end - 1 for date in dates)


def candidates(reading: Reading, measured: Mapping[str, float]) -> Iterator[Candidate]:
    """Every piece of an article with what is seen of it, the deadline that holds for it and the numbers it is about."""
    pieces, numbers = find_pieces(reading), find_numbers(reading)
    rated = features_of(reading, pieces)
    held = scopes(reading, pieces, numbers)
    chance_of = chances(reading, pieces, measured)
    for piece, seen, scope, chance in zip(pieces, rated, held, chance_of, strict=True):
        inside = numbers_of(reading, piece, numbers)
        yield piece, target_features(piece, seen, scope, inside, chance), scope, inside


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
        sized = number.dimension not in ("rate", "count", "") and _SIZED.match(after)
        qualifies = (_QUALIFIES.match(after) and len(after) > 3 and number.dimension != "rate") or sized
        time = number.unit in _SPANS and _WITHIN.match(after)
        left = _FROM.search(reading.text[piece.start : number.start]) and _TO.match(after)
        listed = _LISTED.match(reading.text, number.end - len(number.unit or ""))
        named = number.unit in _ASPECTS and reading.text.endswith("等", piece.start, number.start)
        if not (qualifies or time or listed or left or named) and number.unit not in _GRADES:
            out.append(number)
    return out


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
