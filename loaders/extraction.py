"""Extraction: one article in, its facts out. Recognisers run in a fixed order, each sees what the earlier ones found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.authorities import agency_authority, region_authority
from kg.model import Article, ArticleFacts
from loaders.linking import link
from loaders.processes import Workers
from loaders.reading import Reading
from loaders.recognise import (
    actors,
    cooperations,
    documents,
    events,
    figures,
    firsts,
    measures,
    programmes,
    regions,
    relations,
    targets,
)

RECOGNISERS: dict[str, Callable[[Reading], list[Any]]] = {
    "regions": regions.recognise,
    "actors": actors.recognise,
    "documents": documents.recognise,
    "programs": programmes.recognise,
    "measures": measures.recognise,
    "targets": targets.recognise,
    "figures": figures.recognise,
    "events": events.recognise,
    "cooperations": cooperations.recognise,
    "firsts": firsts.recognise,
    "relations": relations.recognise,
}
"""The recogniser of each kind, in the order in which they run."""


def extract(article: Article) -> ArticleFacts:
    """All facts of one article, with the issues met. Pure: the same article gives the same facts."""
    reading = Reading(article, region_authority(), agency_authority())
    for kind, recognise in RECOGNISERS.items():
        setattr(reading.facts, kind, recognise(reading))
    reading.forget()
    return ArticleFacts(article=article, facts=link(reading.facts), issues=reading.issues)


def extract_all(articles: Iterable[Article], jobs: int = 1) -> Iterator[ArticleFacts]:
    """The facts of each article, in order, the same whatever the number of processes. Neither the articles nor their
    facts are held: memory does not grow with their number. Raises RegpolError where a process dies."""
    if jobs <= 1:
        yield from map(extract, articles)
        return
    with Workers(extract, jobs) as workers:
        yield from workers.map(articles)
