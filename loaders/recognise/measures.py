"""Recognise measures: the clauses in which somebody does, decides, promises or asks for a policy action."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import exp, fsum

from kg.model import MeasureFact
from loaders.lexicon import read_table
from loaders.reading import Reading
from loaders.recognise.clause_features import features_of
from loaders.recognise.clauses import Piece, find_names, find_pieces, names_within
from loaders.recognise.instruments import classify
from loaders.recognise.links import Links, links_of
from loaders.recognise.predicates import Spans, find_predicate
from loaders.recognise.target_scopes import is_to_come

THRESHOLD = 0.38
LABEL_LENGTH = 40
_LABEL_READS = 400
_LABEL_LEAST = 8
_LEAD = 200
_LABEL_CUT = re.compile(r"[，；、：。]")
_LIST = re.compile(r"([^、，]{2,}?)(?:、[^、，]{2,}?)+等")
_JOINED = "、与和及同"
_WILL = frozenset(("将", "拟", "计划", "将会", "还将", "也将", "都将", "均将", "即将"))
_MUST = frozenset(("要", "应", "应当", "须", "必须", "需", "还要", "也要"))
_NEVER = frozenset(("time", "saying", "title"))
_ASKING = frozenset(("鼓励", "要求", "督促", "倡导", "建议"))
_DONE = re.compile(r"已经?(?!成为)|了(?<![为除]了)|正式|(?<!\d)日前|近日|截至|以来")
_COMING = re.compile(
    r"下一步|下阶段|今后|接下来|未来|明年|后年|届时|年底前|年内|月底前|到20\d\d年|力争|争取|有望|计划(?:在|于|今年|明年|到)|拟于|即将"
)
_SOON = re.compile(rf"今年(?!以来)|月起(?<=\d月起)|即日起|{_COMING.pattern}")


@cache
def weights(kind: str) -> dict[str, float]:
    """The weight of each feature for ``measure`` or ``target``, in log odds."""
    return {row["feature"]: float(row["weight"]) for row in read_table(f"{kind}_weights")}


@cache
def fixed_types() -> dict[str, str]:
    """The instrument of predicates that leave no choice, by verb."""
    return {row["verb"]: row["type"] for row in read_table("measure_fixed")}


def odds(seen: Iterable[str], table: Mapping[str, float]) -> float:
    """The probability that features speak for."""
    # an exact sum: a set has no order, and rounding would depend on one
    return 1 / (1 + exp(-fsum(filter(None, map(table.get, seen)))))


def chances(reading: Reading, pieces: tuple[Piece, ...], table: Mapping[str, float]) -> list[float]:
    """The probability of each piece of an article that it is a measure, by the weights of ``table``; targets ask too."""
    rated = features_of(reading, pieces)
    # kept with what it was made of, so that no other object can take its place in the key
    key = ("chances", id(table), id(rated))
    return reading.once(key, lambda: (table, rated, [odds(seen, table) for seen in rated]))[2]


def recognise(reading: Reading) -> list[MeasureFact]:
    """The measures of one article, in order of offset."""
    return find_measures(reading, weights("measure"))


def find_measures(reading: Reading, table: Mapping[str, float]) -> list[MeasureFact]:
    """The measures that the given weights make of an article, in order of offset."""
    pieces, links, names = find_pieces(reading), links_of(reading), find_names(reading)
    rated = zip(pieces, chances(reading, pieces, table), strict=True)
    chosen = [
        (piece, chance)
        for piece, chance in rated
        if chance >= THRESHOLD and not piece.title and piece.role not in _NEVER
    ]
    instruments = classify(
        [_unnamed(piece, links) for piece, _ in chosen], [piece.predicate.verb for piece, _ in chosen]
    )
    return [
        reading.make(
            MeasureFact,
            piece.start,
            piece.end,
            confidence=round(chance, 2),
            label=label_of(
                reading.quote(piece.start, piece.end), names_within(names, piece.start, piece.end)
            ),
            type=fixed_types().get(piece.predicate.verb, instrument),
            region_codes=links.regions(piece),
            document=links.document(piece),
            taken_by=links.actors(piece),
            status=status_of(reading, piece),
        )
        for (piece, chance), instrument in zip(chosen, instruments, strict=True)
    ]


def _unnamed(piece: Piece, links: Links) -> str:
    """The text of a piece without the names of bodies, which would speak for what they are there for."""
    text = piece.text
    for name in sorted((name for name in links.bodies if name in text), key=lambda name: (-len(name), name)):
        text = text.replace(name, "某" * min(len(name), 2))
    return text


def label_of(quote: str, names: Spans = ()) -> str:
    """A phrase of at most 40 characters from a quote, its spaces gone; the first that fits of: all of it, without the
    middle of its lists, its last clause with a predicate, from the predicate on with the first name of several before
    it, from the predicate on, cut at a mark. ``names`` are the spans of proper names in the quote without spaces."""
    text = "".join(quote.split())[:_LABEL_READS]
    fitting = (phrase for phrase in _phrases(text, names) if len(phrase) <= LABEL_LENGTH)
    if (label := next(fitting, None)) is not None:
        return label
    *_, text = _phrases(text, names)
    cuts = [cut.start() for cut in _LABEL_CUT.finditer(text[:LABEL_LENGTH])]
    at = next((cut for cut in reversed(cuts) if cut >= _LABEL_LEAST), LABEL_LENGTH - 1)
    return f"{text[:at]}…" if at == LABEL_LENGTH - 1 else f"{text[:at]}等"


def _phrases(text: str, names: Spans) -> Iterator[str]:
    """The label candidates of a text, each shorter or later than the one before."""
    yield text
    yield _without_middle(text, find_predicate(text, names).at)
    end = len(text)
    for part in reversed(text.split("，")):
        begin = end - len(part)
        within = names_within(names, begin, end)
        if (predicate := find_predicate(part, within)).kind != "none":
            break
        end = begin - 1
    else:
        return
    yield part
    yield _without_middle(part, predicate.at)
    if predicate.where != "head" and 0 < predicate.at <= len(part) - _LABEL_LEAST:
        said = part[predicate.at :]
        first = within[0] if within else (0, 0)
        if first[0] <= 0 < first[1] <= predicate.at and part[first[1]] in _JOINED:
            yield f"{part[: first[1]]}等{said}"
        yield said
        yield _without_middle(said, 0)


def _without_middle(text: str, predicate: int) -> str:
    """A text without all but the first of its listed things (甲、乙、丙等); a list round the predicate stays."""

    def shorten(found: re.Match[str]) -> str:
        return found[0] if found.end(1) <= predicate < found.end() else f"{found[1]}等"

    return _LIST.sub(shorten, text) if "、" in text and "等" in text else text


def status_of(reading: Reading, piece: Piece) -> str | None:
    """done, decided, promised or asked_for, by the modal, the aspect and who speaks."""
    sentence = reading.sentences[piece.sentence]
    lead = reading.text[max(sentence.start, piece.start - _LEAD) : piece.start]
    if piece.predicate.modal in _WILL or is_to_come(piece):
        return "promised"
    if piece.predicate.modal in _MUST or piece.predicate.verb in _ASKING:
        return "asked_for"
    if piece.said:
        return "decided"
    if _COMING.search(piece.text):
        return "promised"
    if _DONE.search(piece.text):
        return "done"
    told, soon = _last(_DONE, lead), _last(_SOON, lead + piece.text)
    if told != soon:
        return "done" if told > soon else "promised"
    return "done" if piece.predicate.where == "subject" else "decided"


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, -1 for none."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)
