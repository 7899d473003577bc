"""Recognise measures: the clauses in which somebody does, decides, promises or asks for a policy action."""

from __future__ import annotations

import re
from functools import cache
from math import exp

from kg.model import MeasureFact
from loaders.lexicon import read_table
from loaders.reading import Reading
from loaders.recognise.clause_features import features
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.instruments import classify
from loaders.recognise.links import Links
from loaders.recognise.predicates import find_predicate

THRESHOLD = 0.41
LABEL_LENGTH = 40
_LABEL_CUT = re.compile(r"[，；、：。]")
_LIST = re.compile(r"([^、，]{2,}?)(?:、[^、，]{2,}?)+(?:等|以及)")
_WILL = frozenset(("将", "拟", "计划", "将会", "还将", "也将", "都将", "均将", "即将"))
_MUST = frozenset(("要", "应", "应当", "须", "必须", "需", "还要", "也要"))
_ASKING = frozenset(("鼓励", "要求", "督促", "倡导", "建议"))
_DONE = re.compile(r"已经?(?!成为)|[一-龥]了|正式|日前|近日|截至|以来")
_SOON = re.compile(r"今年(?!以来)|下一步|下阶段|今后|接下来|未来|明年|年底前|年内|\d月起|即日起")


@cache
def weights(kind: str) -> dict[str, float]:
    """The weight of each feature for ``measure`` or ``target``, in log odds."""
    return {row["feature"]: float(row["weight"]) for row in read_table(f"{kind}_weights")}


def odds(seen: set[str], table: dict[str, float]) -> float:
    """The probability that features speak for."""
    return 1 / (1 + exp(-sum(table.get(name, 0.0) for name in sorted(seen))))


def recognise(reading: Reading) -> list[MeasureFact]:
    """The measures of one article, in order of offset."""
    pieces, links = find_pieces(reading), Links(reading)
    table = weights("measure")
    rated = zip(pieces, features(pieces, reading.text, links.names), strict=True)
    scored = [(piece, odds(seen, table)) for piece, seen in rated if not piece.title]
    chosen = [(piece, chance) for piece, chance in scored if chance >= THRESHOLD]
    instruments = classify([piece.text for piece, _ in chosen])
    return [
        reading.make(
            MeasureFact,
            piece.start,
            piece.end,
            discriminator=number,
            confidence=round(chance, 2),
            label=label_of(reading.quote(piece.start, piece.end)),
            type=instrument,
            region_codes=links.regions(piece),
            document=links.document(piece),
            taken_by=links.actors(piece),
            status=status_of(reading, piece),
        )
        for number, ((piece, chance), instrument) in enumerate(zip(chosen, instruments, strict=True))
    ]


def label_of(quote: str) -> str:
    """A phrase of at most 40 characters from a quote: its spaces go, and what is too long loses the middle of its
    lists, then the clauses and the subject before its predicate, then its end from a mark on."""
    text = "".join(quote.split())
    if len(text) > LABEL_LENGTH:
        text = _LIST.sub(r"\1等", text)
    if len(text) > LABEL_LENGTH:
        parts = text.split("，")
        text = next((part for part in reversed(parts) if find_predicate(part).kind != "none"), text)
    if len(text) > LABEL_LENGTH:
        predicate = find_predicate(text)
        if predicate.where != "head" and 0 < predicate.at <= len(text) - 8:
            text = text[predicate.at :]
    if len(text) <= LABEL_LENGTH:
        return text
    cuts = [cut.start() for cut in _LABEL_CUT.finditer(text[:LABEL_LENGTH])]
    at = next((cut for cut in reversed(cuts) if cut >= 8), LABEL_LENGTH - 1)
    return f"{text[:at]}…" if at == LABEL_LENGTH - 1 else f"{text[:at]}等"


def status_of(reading: Reading, piece: Piece) -> str | None:
    """done, decided, promised or asked_for, by the modal, the aspect and who speaks."""
    sentence = reading.sentences[piece.sentence]
    lead = reading.text[sentence.start : piece.start]
    if piece.predicate.modal in _WILL:
        return "promised"
    if piece.predicate.modal in _MUST or piece.predicate.verb in _ASKING:
        return "asked_for"
    if piece.said:
        return "decided"
    if _DONE.search(piece.text) or _DONE.search(lead):
        return "done"
    if _SOON.search(lead):
        return "promised"
    return "done" if piece.predicate.where == "subject" else "decided"
