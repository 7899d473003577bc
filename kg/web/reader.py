"""What pages read from a view: terms in one language, each as text with a link, and why where it was inferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import RDF, RDFS, SKOS, URIRef

from kg.mapping.terms import node
from kg.namespaces import ID, REGION_RULES, RP, Graphs, compact
from kg.store import View
from kg.web.links import explanation_of, page_of

Term = NamedNode | Literal

MOST_SUBJECTS: Final = 5000

_INFERRED: Final = frozenset({node(Graphs.INFERRED), node(Graphs.AUTHORITIES_INFERRED)})
_HIDDEN: Final = frozenset({node(Graphs.SYSTEM), node(Graphs.TEXT)})
_BY_RULE: Final = tuple(NamedNode(rule) for rule in REGION_RULES)
# mentions, evidence and doubts have no label of their own
_EXPLANATION: Final = ID + "explanation/"
_LABELS: Final = (
    node(SKOS.prefLabel),
    node(RDFS.label),
    node(RP.statedLabel),
    node(RP.quote),
    node(RP.message),
)


@dataclass(frozen=True)
class Value:
    """One thing on a page. ``why`` is the address of its explanation, ``mark`` the key of a word that qualifies it."""

    text: str
    href: str | None = None
    why: str | None = None
    mark: str | None = None
    lang: str | None = None
    note: str | None = None


@dataclass
class Reader:
    """A view read in one language; labels are looked up once each."""

    view: View
    lang: str
    _names: dict[NamedNode, str] = field(default_factory=dict)

    def quads(
        self, subject: NamedNode | None, predicate: URIRef | None, value: Term | None = None
    ) -> Iterator[Quad]:
        """The matching statements of all graphs but the texts and the store's own, each triple once."""
        seen: set[Triple] = set()
        for quad in self.view.quads(subject, None if predicate is None else node(predicate), value):
            if quad.graph_name not in _HIDDEN and quad.triple not in seen:
                seen.add(quad.triple)
                yield quad

    def objects(self, subject: NamedNode, predicate: URIRef) -> list[Quad]:
        """The statements of a subject by one property, in order of their objects."""
        return sorted(self.quads(subject, predicate), key=lambda quad: str(quad.object))

    def subjects(self, predicate: URIRef, value: Term) -> list[NamedNode]:
        """What has the value, in order of IRI; of very many only so many as a page can count."""
        quads = islice(self.quads(None, predicate, value), MOST_SUBJECTS)
        found = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(found, key=lambda term: term.value)

    def text(self, subject: NamedNode, predicate: URIRef) -> str:
        """The lowest value of a property as text; empty where there is none."""
        return min((plain(quad.object) for quad in self.quads(subject, predicate)), default="")

    def node(self, subject: NamedNode, predicate: URIRef) -> NamedNode | None:
        """The lowest node that a property leads to."""
        found = [q.object for q in self.objects(subject, predicate) if isinstance(q.object, NamedNode)]
        return found[0] if found else None

    def exists(self, subject: NamedNode) -> bool:
        """Whether anything is said of it."""
        return next(self.quads(subject, None), None) is not None

    def names(self, term: NamedNode) -> dict[str, str]:
        """Its preferred labels by language, else its labels in the ontology, else what the text says of it."""
        for predicate in _LABELS:
            labels = {
                quad.object.language or "": quad.object.value
                for quad in self.view.quads(term, predicate)
                if isinstance(quad.object, Literal)
            }
            if labels:
                return labels
        return {}

    def label(self, term: NamedNode) -> str:
        """Its name in the page's language, else in Chinese, else any, else its CURIE."""
        if term not in self._names:
            names = self.names(term)
            fallback = next(iter(sorted(names.values())), compact(term.value))
            self._names[term] = names.get(self.lang) or names.get("zh") or fallback
        return self._names[term]

    def value(self, term: object, *, why: str | None = None, mark: str | None = None) -> Value:
        """A term as a page shows it."""
        if isinstance(term, NamedNode):
            label = self.label(term)
            return Value(label, page_of(term.value), why, mark, language_of(label))
        text = plain(term)
        return Value(text, None, why, mark, language_of(text))

    def stated(self, quad: Quad, *, inverse: bool = False) -> Value:
        """The object of a statement (or its subject); where it was inferred, with the way to the explanation."""
        shown = quad.subject if inverse else quad.object
        if quad.graph_name not in _INFERRED or not isinstance(quad.subject, NamedNode):
            return self.value(shown)
        if not isinstance(quad.object, NamedNode | Literal) or quad.subject.value.startswith(_EXPLANATION):
            return self.value(shown)  # an explanation explains itself
        why = explanation_of(quad.subject, quad.predicate, quad.object)
        return self.value(shown, why=why, mark="assumed_region" if self._by_default(quad) else "inferred")

    def all_stated(self, subject: NamedNode, predicate: URIRef) -> tuple[Value, ...]:
        """The values of a property as a page shows them."""
        return tuple(self.stated(quad) for quad in self.objects(subject, predicate))

    def _by_default(self, quad: Quad) -> bool:
        """Whether the rule that supplies regions where a text names none concluded the statement."""
        if quad.predicate != node(RP.appliesIn) or not isinstance(quad.subject, NamedNode):
            return False
        about = self.view.quads(None, node(RDF.subject), quad.subject)
        return any(
            self._holds(found.subject, RDF.object, quad.object)
            and any(self._holds(found.subject, RP.rule, rule) for rule in _BY_RULE)
            for found in about
        )

    def _holds(self, subject: object, predicate: URIRef, value: object) -> bool:
        assert isinstance(subject, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        return next(self.view.quads(subject, node(predicate), value), None) is not None


def plain(term: object) -> str:
    """A term as text alone."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def language_of(text: str) -> str | None:
    """``zh`` where the text has a Chinese character, so that pages in English can say so; else None."""
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else None


def nodes(terms: Iterable[object]) -> list[NamedNode]:
    """Those of the terms that are nodes."""
    return [term for term in terms if isinstance(term, NamedNode)]
