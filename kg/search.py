"""Search: from a name, a code or a CURIE as a person types it to the node it means."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode
from rdflib import OWL, RDF, RDFS

from kg.errors import NotFoundError
from kg.mapping.terms import node
from kg.namespaces import ID, PREFIXES, RP, checked_iri, expand
from kg.queries import describe, resolver
from kg.store import View

CLASSES = frozenset(
    [
        "region",
        "actor",
        "document",
        "programme",
        "cooperation",
        "measure",
        "target",
        "figure",
        "event",
        "first",
        "mention",
        "evidence",
        "article",
        "bulletin",
        "explanation",
        "membership",
        "extraction",
        "correction",
    ]
)
"""The classes in data IRIs."""

NAMED = ("region", "actor", "document", "programme", "cooperation", "article", "bulletin")
"""The classes of things that go by a name; facts go by their IRI."""


def find_node(view: View, text: str) -> NamedNode:
    """The thing meant by an IRI, a CURIE, a key as tables show it (``cooperation/x-…``), a code, or a name.

    Raises NotFoundError where nothing, or more than one thing, is meant; then the candidates are listed.
    """
    if _is_iri(text):
        return node(expand(text))
    if text.partition("/")[0] in CLASSES and text.count("/") in (1, 2):
        return node(checked_iri(ID + text))
    if text.isdigit() and len(text) == 6:
        return node(f"{ID}region/{text}")
    resolve = resolver(view)
    found = sorted({iri for cls in NAMED for iri in resolve(text, cls)})
    return _only(text, (NamedNode(iri) for iri in found))


def find_property(view: View, text: str) -> NamedNode:
    """The property meant by ``a``, an IRI, a CURIE, a term's local name or its label. Errors as ``find_node``."""
    if text == "a" or _is_iri(text):
        return node(expand(text))
    if text in RP.__annotations__:
        return node(RP[text])
    labels = (Literal(text, language="zh"), Literal(text, language="en"))
    subjects = {quad.subject for label in labels for quad in view.quads(None, node(RDFS.label), label)}
    found = {term for term in subjects if isinstance(term, NamedNode) and _is_property(view, term)}
    return _only(text, found)


def find_term(view: View, text: str) -> NamedNode | Literal:
    """The node or the value meant: a name as for ``find_node``, a class by its CURIE, or a literal in quotes."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return Literal(text[1:-1])
    return find_node(view, text)


def _is_property(view: View, term: NamedNode) -> bool:
    kinds = (node(OWL.ObjectProperty), node(OWL.DatatypeProperty))
    return any(next(view.quads(term, node(RDF.type), kind), None) for kind in kinds)


def _is_iri(text: str) -> bool:
    prefix, colon, _ = text.partition(":")
    return bool(colon) and (text.startswith(("<", "http://", "https://")) or prefix in PREFIXES)


def _only(text: str, found: Iterable[NamedNode]) -> NamedNode:
    terms = sorted(found, key=lambda term: term.value)
    if not terms:
        raise NotFoundError(f"nothing in the store is called {text!r}")
    if len(terms) > 1:
        listed = ", ".join(describe(term.value) for term in terms)
        raise NotFoundError(f"{text!r} is the name of several things: {listed}")
    return terms[0]
