"""The batch: the data graph that one validation looks at, and what its violations mean for the facts."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, Triple

from kg.corrections import Corrections, graph_key
from kg.entities import derive
from kg.ingest.layers import asserted_quads
from kg.issues import Issue
from kg.mapping.articles import MappedArticle
from kg.mapping.doubts import SHAPE_CODE
from kg.mapping.facts import ArticleSheet
from kg.mapping.terms import node
from kg.model import KINDS, AnyFact, Bulletin, Facts
from kg.namespaces import ID, RP, Graphs
from kg.store import View
from kg.validation import ValidationResult

_EXPLANATION = node(RP.Explanation)


def articles_batch(mapped: Iterable[MappedArticle]) -> frozenset[Triple]:
    """The articles, their texts, and their entities as they alone tell them."""
    quads = [quad for article in mapped for quad in (*article.quads, article.text)]
    return _data_graph([*quads, *derive(quads).quads])


def store_batch(view: View) -> frozenset[Triple]:
    """The whole store: all articles, texts and entities."""
    return _data_graph([*asserted_quads(view), *view.quads(graph=node(Graphs.TEXT))])


def without_violations(
    bulletin: Bulletin, violations: Iterable[ValidationResult], corrections: Corrections
) -> Bulletin:
    """The bulletin without the facts that the violations are about, under their own nodes or corrected ones."""
    focus = {str(result.focus_node) for result in violations}
    articles = []
    for facts in bulletin.articles:
        sheet = ArticleSheet(facts)
        kept = Facts()
        for kind in KINDS:
            getattr(kept, kind).extend(
                f for f in getattr(facts.facts, kind) if not _nodes(sheet, f, corrections) & focus
            )
        articles.append(facts.model_copy(update={"facts": kept}))
    return bulletin.model_copy(update={"articles": articles})


def issue_of(result: ValidationResult) -> Issue:
    """A validation result as an issue."""
    return Issue(
        code=f"{SHAPE_CODE}{str(result.source_shape).rsplit('/', 1)[-1]}",
        message_zh=result.message_zh,
        message_en=result.message_en,
        severity=result.severity,
        detail={"node": str(result.focus_node)},
    )


def closure_batch(inferred: Iterable[Quad]) -> frozenset[Triple]:
    """The explanations among inferred quads: each must name its rule, its premises and its triple."""
    subjects = {quad.subject for quad in inferred if quad.object == _EXPLANATION}
    return _data_graph([quad for quad in inferred if quad.subject in subjects])


def _data_graph(quads: Iterable[Quad]) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in quads)


def _nodes(sheet: ArticleSheet, fact: AnyFact, corrections: Corrections) -> set[str]:
    """The nodes that a fact puts into the graph, as IRIs."""
    entity, mention = str(sheet.identities.of(fact)).removeprefix(ID), graph_key(fact.id)
    keys = {fact.id, mention, f"evidence/{sheet.article.key}/{fact.start}-{fact.end}"}
    keys |= {entity, corrections.node_of(entity), corrections.node_of(mention)}
    return {ID + key for key in keys}
