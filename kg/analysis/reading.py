"""Reading the graph node by node: names, values and the sentences behind them, each in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS, SKOS, URIRef

from kg.mapping.terms import Node, node
from kg.namespaces import ID, RP
from kg.store import View


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands: the quote, its offsets in the article's content (code points, end exclusive), the
    article, and the bulletins that hold it. ``line`` is that of the file, from 1."""

    quote: str
    start: int
    end: int
    page: int | None
    line: int | None
    article: str
    title: str
    bulletins: tuple[str, ...]
    sections: tuple[str, ...]
    position: tuple[str, int]

    @property
    def order(self) -> tuple[str, int, str, int, int]:
        """The order of reading: by bulletin, place in it, article and offset."""
        return (*self.position, self.article, self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Article:
    title: str
    bulletins: tuple[str, ...]
    sections: tuple[str, ...]
    position: tuple[str, int]


class GraphReader:
    """Reads a view and remembers names and articles; for one piece of work, not for longer than the view lasts."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._labels: dict[tuple[NamedNode, str], str | None] = {}
        self._articles: dict[NamedNode, _Article] = {}

    def objects(self, subject: NamedNode, predicate: URIRef) -> list[Node]:
        """What a subject has under a predicate in any graph, once each, sorted."""
        found = {quad.object for quad in self._view.quads(subject, node(predicate))}
        return sorted(
            (o for o in found if isinstance(o, NamedNode | Literal)), key=lambda o: (o.value, str(o))
        )

    def nodes(self, subject: NamedNode, predicate: URIRef) -> list[NamedNode]:
        """The objects that are IRIs."""
        return [found for found in self.objects(subject, predicate) if isinstance(found, NamedNode)]

    def value(self, subject: NamedNode, predicate: URIRef) -> str | None:
        """The first object as text: the IRI or the literal's own text."""
        return next((found.value for found in self.objects(subject, predicate)), None)

    def subjects(self, predicate: URIRef, value: Node | URIRef) -> list[NamedNode]:
        """The IRIs that have a value under a predicate, once each, sorted."""
        term = node(value) if isinstance(value, URIRef) else value
        found = {quad.subject for quad in self._view.quads(None, node(predicate), term)}
        return sorted((s for s in found if isinstance(s, NamedNode)), key=lambda s: s.value)

    def key(self, subject: NamedNode, predicate: URIRef) -> str | None:
        """The key of the concept under a predicate (``province`` for ``…/level/province``)."""
        return next((concept_key(found) for found in self.nodes(subject, predicate)), None)

    def label_in(self, subject: NamedNode, language: str) -> str | None:
        """The preferred label in a language, or None."""
        if (subject, language) not in self._labels:
            forms = self.objects(subject, SKOS.prefLabel)
            fits = (form.value for form in forms if isinstance(form, Literal) and form.language == language)
            self._labels[subject, language] = next(fits, None)
        return self._labels[subject, language]

    def label(self, subject: NamedNode) -> str:
        """A name for people: the Chinese label, else the English one, else the title, else the IRI's end."""
        return (
            self.label_in(subject, "zh")
            or self.label_in(subject, "en")
            or self.value(subject, DCTERMS.title)
            or subject.value.removeprefix(ID).partition("/")[2]
            or subject.value
        )

    def sources(self, subject: NamedNode) -> list[Source]:
        """The evidence of a fact, a mention or an entity, in the order of reading."""
        found = (self.source(evidence) for evidence in self.nodes(subject, RP.evidence))
        return sorted((source for source in found if source), key=lambda source: source.order)

    def source(self, evidence: NamedNode) -> Source | None:
        """One evidence node, or None where it lacks its quote or its article."""
        quote = self.value(evidence, RP.quote)
        articles = self.nodes(evidence, RP.inArticle)
        if quote is None or not articles:
            return None
        article = self._article(articles[0])
        page, line = self._place(evidence)
        return Source(
            quote=quote,
            start=int(self.value(evidence, RP.start) or 0),
            end=int(self.value(evidence, RP.end) or 0),
            page=page,
            line=line,
            article=articles[0].value,
            title=article.title,
            bulletins=article.bulletins,
            sections=article.sections,
            position=article.position,
        )

    def _place(self, evidence: NamedNode) -> tuple[int | None, int | None]:
        """Page and line in the first of the bulletins that hold the article: those of two files make no place."""
        pages, lines = (
            {
                str(quad.graph_name): int(quad.object.value)
                for quad in self._view.quads(evidence, node(predicate))
                if isinstance(quad.object, Literal)
            }
            for predicate in (RP.page, RP.line)
        )
        first = min(lines, default="")
        return pages.get(first), lines.get(first)

    def _article(self, iri: NamedNode) -> _Article:
        if iri not in self._articles:
            bulletins = self.nodes(iri, RP.inBulletin)
            positions = [int(found.value) for found in self.objects(iri, RP.position)]
            self._articles[iri] = _Article(
                title=self.value(iri, DCTERMS.title) or "",
                bulletins=tuple(self.value(found, DCTERMS.title) or found.value for found in bulletins),
                sections=tuple(found.value for found in self.objects(iri, RP.section)),
                position=(bulletins[0].value if bulletins else "", min(positions, default=0)),
            )
        return self._articles[iri]


def concept_key(concept: NamedNode) -> str:
    """The last part of a concept's IRI."""
    return concept.value.rsplit("/", 1)[1]
