"""Where validation results stand: each in its article and its sentence, as issues and as doubts of the article's graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS

from kg.identifiers import data_iri
from kg.ingest.batch import issue_of
from kg.issues import Issue
from kg.mapping.articles import MappedArticle
from kg.mapping.doubts import SHAPE_CODE, doubt_quads, without_warnings_of_shapes
from kg.mapping.terms import node
from kg.namespaces import RP
from kg.validation import ValidationResult

_SETTLED_ELSEWHERE = frozenset({SHAPE_CODE + "Measure-placed"})
"""What a rule may yet supply: no doubt of the article alone."""

_TITLE, _OF, _EVIDENCE = node(DCTERMS.title), node(RP.of), node(RP.evidence)
_QUOTE, _START = node(RP.quote), node(RP.start)


@dataclass(frozen=True)
class Located:
    """Validation results as issues: all of them once, and by key of article those that its graph tells."""

    issues: list[Issue] = field(default_factory=list)
    told: dict[str, list[Issue]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class _Place:
    """Where a node of an article stands. ``own`` tells a node of the article from an entity that it mentions."""

    key: str
    own: bool
    title: str | None
    quote: str | None
    start: int | None


def locate(results: Iterable[ValidationResult], articles: Iterable[MappedArticle]) -> Located:
    """The results as issues with article, quote and start of the first place of their node.

    A violation leaves its fact out wherever the node is mentioned, so each of these articles tells it; a warning is
    told by the article whose own node it is about.
    """
    places = _places(articles)
    located = Located()
    for result in results:
        issue = issue_of(result)
        found = places.get(issue.detail["node"], ())
        located.issues.append(_placed(issue, found[0]) if found else issue)
        for place in found:
            if issue.severity == "violation" or (place.own and issue.code not in _SETTLED_ELSEWHERE):
                located.told[place.key].append(_placed(issue, place))
    return located


def with_doubts(article: MappedArticle, issues: Iterable[Issue]) -> MappedArticle:
    """The article with these doubts of its validation in place of the warnings that an earlier one left."""
    assert isinstance(article.text.object, Literal)
    quads = without_warnings_of_shapes(article.quads)
    held = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
    doubts = doubt_quads(article.key, article.text.object.value, issues, held)
    return replace(article, quads=quads.union(doubts))


def _placed(issue: Issue, place: _Place) -> Issue:
    return replace(issue, article=place.title, quote=place.quote, start=place.start)


def _places(articles: Iterable[MappedArticle]) -> Mapping[str, Sequence[_Place]]:
    """By IRI, the places of each fact, mention and quote, and of each entity those of its mentions, in reading order."""
    found: dict[str, list[_Place]] = defaultdict(list)
    for article in articles:
        for iri, place in sorted(_places_of(article), key=lambda told: (told[1].start or 0, told[0])):
            found[iri].append(place)
    return found


def _places_of(article: MappedArticle) -> Iterable[tuple[str, _Place]]:
    links: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    for quad in article.quads:
        if quad.predicate in (_TITLE, _OF, _EVIDENCE, _QUOTE, _START):
            assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
            links[quad.subject.value][quad.predicate] = quad.object.value
    title = links.get(str(data_iri("article", article.key)), {}).get(_TITLE)
    for subject, told in links.items():
        words = links.get(told.get(_EVIDENCE, subject), {})
        start = words.get(_START)
        place = _Place(article.key, True, title, words.get(_QUOTE), None if start is None else int(start))
        yield subject, place
        if _OF in told:
            yield told[_OF], replace(place, own=False)
