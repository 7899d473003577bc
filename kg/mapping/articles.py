"""Articles and bulletins as triples: one graph an article, one a bulletin, and the texts in a graph of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCTERMS, PROV, RDF, SKOS

from kg import __version__
from kg.identifiers import data_iri
from kg.issues import Issue
from kg.mapping.doubts import doubt_quads
from kg.mapping.facts import MAPPERS, ArticleSheet, extraction_node
from kg.mapping.terms import Sheet, first_day, integer, node, partial_date, text
from kg.model import Article, ArticleFacts, Bulletin
from kg.namespaces import RP, Graphs

_START = node(RP.start)


@dataclass(frozen=True)
class MappedArticle:
    """One article in triples: its graph, its text, and what was doubtful while mapping.

    ``difference`` tells what corrections changed of the article as read (see ``kg.mapping.correcting``).
    """

    key: str
    quads: frozenset[Quad]
    text: Quad
    issues: tuple[Issue, ...]
    difference: frozenset[Quad] = frozenset()


def map_article(facts: ArticleFacts) -> MappedArticle:
    """The triples of one article: facts, mentions, evidence, the extraction that made them, and what was doubtful."""
    article = facts.article
    sheet = ArticleSheet(facts)
    sheet.add(sheet.article_node, RDF.type, RP.Article)
    sheet.add(sheet.article_node, DCTERMS.title, text(article.title, "zh"))
    sheet.add(sheet.article_node, SKOS.prefLabel, text(article.title, "zh"))
    if article.published:
        sheet.add(sheet.article_node, RP.date, partial_date(article.published))
        sheet.add(sheet.article_node, RP.day, first_day(article.published))
    if article.year:
        sheet.add(sheet.article_node, RP.year, partial_date(str(article.year)))
    for fact in facts.facts.all():
        MAPPERS[type(fact)](sheet, fact, sheet.identities.of(fact))
    for reader in sorted({fact.reader for fact in facts.facts.all()}):
        extraction = extraction_node(article, reader)
        sheet.add(extraction, RDF.type, RP.Extraction)
        sheet.add(extraction, PROV.used, sheet.article_node)
        sheet.add(extraction, SKOS.prefLabel, text(f"{reader} {__version__}", "en"))
    held = {quad.subject for quad in sheet.quads if isinstance(quad.subject, NamedNode)}
    doubts = doubt_quads(article.key, article.content, [*facts.issues, *sheet.issues], held)
    body = Quad(sheet.article_node, node(RP.text), text(article.content), node(Graphs.TEXT))
    return MappedArticle(article.key, frozenset([*sheet.quads, *doubts]), body, tuple(sheet.issues))


def map_bulletin(bulletin: Bulletin, mapped: Iterable[MappedArticle]) -> frozenset[Quad]:
    """Which articles the bulletin holds, in which section and order, and on which page and line each quote begins.

    ``mapped`` are its articles in triples, in the same order.
    """
    sheet = Sheet(Graphs.bulletin(bulletin.key))
    iri = node(data_iri("bulletin", bulletin.key))
    sheet.add(iri, RDF.type, RP.Bulletin)
    sheet.add(iri, DCTERMS.identifier, text(bulletin.key))
    sheet.add(iri, DCTERMS.title, text(bulletin.title))
    sheet.add(iri, SKOS.prefLabel, text(bulletin.title, "zh"))
    for position, (facts, its) in enumerate(zip(bulletin.articles, mapped, strict=True), start=1):
        article = node(data_iri("article", facts.article.key))
        sheet.add(article, RP.inBulletin, iri)
        sheet.add(article, RP.position, integer(position))
        if facts.article.section:
            sheet.add(article, RP.section, text(facts.article.section))
        for quad in its.quads if facts.article.lines else ():
            if quad.predicate == _START:
                _add_place(sheet, quad, facts.article)
    return frozenset(sheet.quads)


def _add_place(sheet: Sheet, start: Quad, article: Article) -> None:
    """The line, and the page where there are pages, on which the quote with this start begins."""
    assert isinstance(start.subject, NamedNode) and isinstance(start.object, Literal)
    place = article.place_at(int(start.object.value))
    if place is not None:
        sheet.add(start.subject, RP.line, integer(place.line))
        sheet.add(start.subject, RP.page, integer(place.page) if place.page else None)
