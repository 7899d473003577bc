"""The tree of an explanation as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Triple

from kg.namespaces import RULE
from kg.reasoning import FORMS, LANGUAGES, Explanation, StoreLookup, explanations, labeller
from kg.search import find_node, find_property, find_term
from kg.store import View
from kg.web.links import page_of
from kg.web.reader import Reader, Value, language_of


@dataclass(frozen=True)
class Ground:
    """One statement in the tree: three terms, the sentence that says why, quotes, and what it rests on."""

    statement: tuple[Value, Value, Value]
    kind: str
    rule: Value | None
    sentence: str
    quotes: tuple[tuple[Value, Value], ...]
    premises: tuple[Ground, ...]


def explain_triple(view: View, subject: str, predicate: str, value: str) -> tuple[Explanation, ...]:
    """All grounds of a triple whose terms are names, codes, CURIEs or IRIs.

    Raises NotFoundError for an unknown or ambiguous name and for a triple that the graph does not hold.
    """
    triple = Triple(find_node(view, subject), find_property(view, predicate), find_term(view, value))
    return explanations(triple, StoreLookup(view))


def written(view: View, trees: Sequence[Explanation], form: str, lang: str | None) -> str:
    """The trees in one of ``FORMS``, in one language or in both."""
    return FORMS[form].write(trees, StoreLookup(view), LANGUAGES if lang is None else (lang,))


def ground(reader: Reader, tree: Explanation) -> Ground:
    """An explanation in the reader's language, with links."""
    label = labeller(StoreLookup(reader.view), reader.lang)
    subject, predicate, value = (
        replace(reader.value(term), text=label(term), lang=language_of(label(term))) for term in tree.triple
    )
    rule = NamedNode(RULE + tree.rule) if tree.kind == "rule" else None
    return Ground(
        statement=(subject, predicate, value),
        kind=tree.kind,
        rule=None if rule is None else reader.value(rule),
        sentence=tree.sentence_zh if reader.lang == "zh" else tree.sentence_en,
        quotes=tuple(
            (
                Value(quote.quote, page_of(quote.evidence), lang="zh"),
                Value(quote.title, page_of(quote.article), lang="zh"),
            )
            for quote in tree.quotes
        ),
        premises=tuple(ground(reader, premise) for premise in tree.premises),
    )
