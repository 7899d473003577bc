"""Links of the model's facts: a draft has none, so they are looked for where the rules look for those of theirs."""

from __future__ import annotations

from typing import TypeVar

from kg.authorities import agency_authority, region_authority
from kg.model import ArticleFacts, EventFact, FigureFact, MeasureFact, TargetFact
from loaders.fold import fold_words
from loaders.linking import link
from loaders.reading import Reading
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.links import Links, links_of

F = TypeVar("F", MeasureFact, TargetFact)


def with_links(found: ArticleFacts) -> ArticleFacts:
    """The facts of an article with the links of those that the model found. Pure, and idempotent.

    A measure gets the document that sets it out and those who take it, a target its document, by the clause that its
    quote overlaps most; a figure the measure whose quote holds its own; an event the documents and programmes that its
    quote names. A link that is there already stays; the rules' facts are as they were.
    """
    facts = found.facts
    if all(fact.reader != "llm" for fact in facts.all()):
        return found
    reading = Reading(found.article, region_authority(), agency_authority(), facts=facts)
    links, pieces = links_of(reading), find_pieces(reading)
    measures = [_measure(links, pieces, fact) for fact in facts.measures]
    update = {
        "measures": measures,
        "targets": [_set_out(links, pieces, fact) for fact in facts.targets],
        "figures": [_figure(measures, fact) for fact in facts.figures],
        "events": [_event(reading, fact) for fact in facts.events],
    }
    return found.model_copy(update={"facts": link(facts.model_copy(update=update))})


def _measure(links: Links, pieces: tuple[Piece, ...], fact: MeasureFact) -> MeasureFact:
    piece = _piece(links.reading, pieces, fact)
    if fact.reader != "llm" or piece is None:
        return fact
    taken_by = fact.taken_by or links.actors(piece)
    return _set_out(links, pieces, fact.model_copy(update={"taken_by": taken_by}))


def _set_out(links: Links, pieces: tuple[Piece, ...], fact: F) -> F:
    piece = _piece(links.reading, pieces, fact)
    if fact.reader != "llm" or fact.document or piece is None:
        return fact
    return fact.model_copy(update={"document": links.document(piece)})


def _piece(reading: Reading, pieces: tuple[Piece, ...], fact: MeasureFact | TargetFact) -> Piece | None:
    """The clause that a fact's quote shares most with; None where it shares nothing with any."""
    start, end = reading.folded_span(fact)
    best = max(pieces, key=lambda piece: min(end, piece.end) - max(start, piece.start), default=None)
    return best if best is not None and min(end, best.end) > max(start, best.start) else None


def _figure(measures: list[MeasureFact], fact: FigureFact) -> FigureFact:
    if fact.reader != "llm" or fact.about_id:
        return fact
    holding = (measure.id for measure in measures if measure.start <= fact.start and fact.end <= measure.end)
    return fact.model_copy(update={"about_id": next(holding, None)})


def _event(reading: Reading, fact: EventFact) -> EventFact:
    if fact.reader != "llm" or fact.about:
        return fact
    start, end = reading.folded_span(fact)
    quote = reading.text[start:end]
    named = [(document.title, document.id) for document in reading.facts.documents]
    named += [(programme.name, programme.id) for programme in reading.facts.programs]
    return fact.model_copy(update={"about": [key for name, key in named if fold_words(name) in quote]})
