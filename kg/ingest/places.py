"""Where a node of the store stands in a text: the sentence that a reader looks up."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS

from kg.mapping.terms import node
from kg.namespaces import RP, Graphs
from kg.store import View

_EVIDENCE, _START, _END = node(RP.evidence), node(RP.start), node(RP.end)
_IN_ARTICLE, _TITLE, _TEXT = node(RP.inArticle), node(DCTERMS.title), node(RP.text)


@dataclass(frozen=True)
class Place:
    """A span of an article: offsets are code points of ``content``, the end exclusive."""

    article: str
    title: str
    content: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words of the span."""
        return self.content[self.start : self.end]


def first_place(view: View, focus: NamedNode) -> Place | None:
    """The first place of a fact, mention, entity or quote, by article and offset; None where it has none."""
    quotes = [quad.object for quad in view.quads(focus, _EVIDENCE)] or [focus]
    places = (_place(view, quote) for quote in quotes if isinstance(quote, NamedNode))
    return min(filter(None, places), key=lambda found: (found.article, found.start, found.end), default=None)


def _place(view: View, evidence: NamedNode) -> Place | None:
    article = next((quad.object for quad in view.quads(evidence, _IN_ARTICLE)), None)
    start, end = (_number(view, evidence, predicate) for predicate in (_START, _END))
    if not isinstance(article, NamedNode) or start is None or end is None:
        return None
    content = next((_value(quad.object) for quad in view.quads(article, _TEXT, None, node(Graphs.TEXT))), "")
    title = next((_value(quad.object) for quad in view.quads(article, _TITLE)), "")
    return Place(article.value, title, content, start, end)


def _number(view: View, subject: NamedNode, predicate: NamedNode) -> int | None:
    return next((int(_value(quad.object)) for quad in view.quads(subject, predicate)), None)


def _value(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""
