"""Recognise targets: states to be reached, with a deadline, a required quantity, or neither (建成…, 形成…)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import TargetFact
from loaders.numbers import NumberMention, find_numbers
from loaders.reading import Reading
from loaders.recognise.clause_features import RANK, features
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.dates import DateMention, find_dates
from loaders.recognise.links import Links
from loaders.recognise.measures import odds, weights

THRESHOLD = 0.3
_STATE = re.compile(
    r"形成|建成|成为|建设成|打造成|实现|达到|达成|基本建立|基本形成|明显(?:改善|提升|提高|减少|增强)|显著(?:改善|提升|提高|减少|增强)"
    r"|大幅(?:提升|提高|减少|增加|下降)|得到(?:推广|改善|提升|保障|遏制|有效)|全覆盖|取得[^，]{0,6}(?:进展|突破|成效)|走在[^，]{0,6}前列|迈上|再上"
)
_AIM = re.compile(r"力争|努力|目标|预计|确保|逐步|争取|奋力|加快建成|推动实现|到20\d\d年|将(?!来)|计划|拟")
_PAST = re.compile(r"了|已经?(?!成为)|目前|截至|以来|达到了|同比|较上年|增长\d|去年|期间")
_FROM_YEAR = re.compile(r"^(?:以来|至|到|[-—–])")
_NOW = re.compile(r"^(?:目前|已)|目前已|现已|已(?:经)?[^，]{0,4}(?:完成|接入|建成|达)")
_MADE = re.compile(r"(?:将|把|使)[^，]+(?:建成|建设成|打造成|打造为|建设为|成为)")
_CUT_METRIC = re.compile(
    r"^(?:到|至|力争|今年|预计|争取|努力|全面|加快|逐步|将|把|要|使|着力|基本|进一步|推动|还|实现|年底前|年内|目标|，)+"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The time that holds for a piece: ``strength`` is hard (到2022年, 年底前), soft (今年), carried (from the sentence
    before) or none."""

    strength: str
    deadline: str | None


_NO_SCOPE = Scope("none", None)


def recognise(reading: Reading) -> list[TargetFact]:
    """The targets of one article, in order of offset: one for each number of a clause, or one for a state."""
    pieces, links = find_pieces(reading), Links(reading)
    numbers, table = find_numbers(reading), weights("target")
    measured = weights("measure")
    found: list[TargetFact] = []
    for piece, seen, scope in zip(
        pieces, features(pieces, reading.text, links.names), scopes(reading, pieces, numbers), strict=True
    ):
        inside = numbers_of(reading, piece, numbers)
        chance = odds(target_features(piece, seen, scope, inside, odds(seen, measured)), table)
        if chance >= THRESHOLD:
            found.extend(_facts(links, piece, scope, inside, chance))
    return found


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
    if date.kind == "deadline":
        return Scope("hard", date.value)
    this_year = reading.year
    if date.kind == "date" and len(date.value) == 4 and this_year and int(date.value) >= this_year:
        at_head = date.start <= piece.clause_start + 12 or date.start < piece.clause_start
        return Scope("soft", date.value) if at_head and not text.startswith("自") else None
    return None


def numbers_of(reading: Reading, piece: Piece, numbers: list[NumberMention]) -> list[NumberMention]:
    """The quantities a piece is about: not those that only qualify a noun (投资1亿元以上的项目), nor time spans."""
    out = []
    for number in numbers:
        if not piece.start <= number.start or number.end > piece.end:
            continue
        after = reading.text[number.end : piece.end]
        qualifies = (
            re.match(r"(?:以上|以下|左右|以内)?的", after) and len(after) > 3 and number.dimension != "rate"
        )
        if not qualifies and number.unit != "级":
            out.append(number)
    return out


def target_features(
    piece: Piece, seen: set[str], scope: Scope, inside: list[NumberMention], measure: float
) -> set[str]:
    """What speaks for a target. ``measure`` is the chance that the piece is a measure."""
    predicate = piece.predicate
    state = predicate.kind == "state" or bool(_STATE.search(piece.text))
    past = bool(_PAST.search(piece.text)) or "past" in seen
    flags = {
        "bias": True,
        f"scope:{scope.strength}": True,
        "quantity": bool(inside),
        f"scope:{scope.strength}+quantity": bool(inside),
        f"scope:{scope.strength}+state": state,
        f"scope:{scope.strength}+measure": measure >= 0.4,
        "bound": any(number.comparator in (">=", "<=") for number in inside),
        "rate": any(number.dimension == "rate" for number in inside),
        "state": state,
        "state+head": state and predicate.where == "head",
        "state+past": state and past,
        "quantity+past": bool(inside) and past,
        "past": past,
        "made": bool(_MADE.search(piece.text)),
        "heading+state": "heading" in seen and (state or bool(RANK.search(piece.text))),
        "rank": bool(RANK.search(piece.text)),
        "aim": bool(_AIM.search(piece.text)),
        "aim+state": state and bool(_AIM.search(piece.text)),
        "aim+quantity": bool(inside) and bool(_AIM.search(piece.text)),
        "heading": "heading" in seen,
        "heading-rest": "heading-rest" in seen,
        "ban+carried": predicate.kind == "ban" and scope.strength in ("hard", "carried"),
        "title": piece.title,
        f"kind:{predicate.kind}": True,
        f"role:{piece.role}": True,
        "said": piece.said,
        "purpose": bool(seen & {"purpose-tail", "trouble-tail"}),
        "statistic": "statistic" in seen,
        f"measure:{int(measure * 4)}": True,
    }
    return {f"t:{name}" for name, holds in flags.items() if holds}


def _facts(links: Links, piece: Piece, scope: Scope, inside: list[NumberMention], chance: float) -> list[TargetFact]:
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
        return _CUT_METRIC.sub("", text)[:40] or text[:40]
    before, after = text[: number.start - start], text[number.end - start :]
    after = re.sub(r"^(?:以上|以下|左右|以内|的)+", "", after)
    thing = re.split(r"[，、和及]", after)[0] if len(after) > 1 else ""
    if len(thing) > 1:
        return f"{thing}数" if number.dimension == "count" else thing[:40]
    subject = re.sub(
        r"(?:达到?|突破|超过?|增长|提高|稳定在?|完成|确保|保持|为|至|到|在|约|近|不低于|不少于|继续|力争)+$",
        "",
        before,
    )
    return (_CUT_METRIC.sub("", subject.split("，")[-1]) or text)[:40]
