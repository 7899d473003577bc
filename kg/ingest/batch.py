"""The batch: the data graph that one validation looks at, and what its violations mean for the facts."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad
from rdflib import Graph

from kg.entities import derive
from kg.identifiers import data_iri
from kg.ingest.layers import asserted_quads
from kg.issues import Issue
from kg.mapping.articles import MappedArticle
from kg.mapping.facts import ArticleSheet
from kg.mapping.terms import node
from kg.model import KINDS, AnyFact, Bulletin, Facts
from kg.namespaces import RP, Graphs
from kg.store import View
from kg.validation import ValidationResult

_EXPLANATION = node(RP.Explanation)


def articles_batch(mapped: Iterable[MappedArticle]) -> Graph:
    """The articles, their texts, and their entities as they alone tell them."""
    quads = [quad for article in mapped for quad in (*article.quads, article.text)]
    return _data_graph([*quads, *derive(quads).quads])


def store_batch(view: View) -> Graph:
    """The whole store: all articles, texts and entities."""
    return _data_graph([*asserted_quads(view), *view.quads(graph=node(Graphs.TEXT))])


def without_violations(bulletin: Bulletin, violations: Iterable[ValidationResult]) -> Bulletin:
    """The bulletin without the facts that the violations are about."""
    focus = {str(result.focus_node) for result in violations}
    articles = []
    for facts in bulletin.articles:
        sheet = ArticleSheet(facts)
        kept = Facts()
        for kind in KINDS:
            getattr(kept, kind).extend(f for f in getattr(facts.facts, kind) if not _nodes(sheet, f) & focus)
        articles.append(facts.model_copy(update={"facts": kept}))
    return bulletin.model_copy(update={"articles": articles})


def issue_of(result: ValidationResult) -> Issue:
    """A validation result as an issue."""
    return Issue(
        code=f"shape-{str(result.source_shape).rsplit('/', 1)[-1]}",
        message_zh=result.message_zh,
        message_en=result.message_en,
        severity=result.severity,
        detail={"node": str(result.focus_node)},
    )


def closure_batch(inferred: Iterable[Quad]) -> Graph:
    """The explanations among inferred quads: each must name its rule, its premises and its triple."""
    subjects = {quad.subject for quad in inferred if quad.object == _EXPLANATION}
    return _data_graph([quad for quad in inferred if quad.subject in subjects])


def _data_graph(quads: Iterable[Quad]) -> Graph:
    lines = {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads}
    return Graph().parse(data="\n".join(sorted(lines)), format="nt")


def _nodes(sheet: ArticleSheet, fact: AnyFact) -> set[str]:
    """The nodes that a fact puts into the graph, as IRIs."""
    return {
        str(sheet.identities.of(fact)),
        str(data_iri(*fact.id.split("/", 1))),
        str(data_iri("mention", fact.id.split("/", 1)[1] + "-" + fact.cls)),
        str(data_iri("evidence", f"{sheet.article.key}/{fact.start}-{fact.end}")),
    }
