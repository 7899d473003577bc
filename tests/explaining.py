"""What must hold of the explanation of any inferred triple of any store."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from kg.namespaces import ID, Graphs
from kg.reasoning import Explanation, StoreLookup, explain, walk
from kg.store.base import OxigraphStore

_EVERY = 400  # what the authorities imply is the same in every store, and much


def inferred_triples(store: OxigraphStore) -> list[Triple]:
    """All triples inferred from bulletins but the Explanation nodes' own, and some of the authorities'."""
    of_bulletins = store.quads(graph=NamedNode(Graphs.INFERRED))
    of_tables = store.quads(graph=NamedNode(Graphs.AUTHORITIES_INFERRED))
    told = [quad.triple for quad in of_bulletins if not str(quad.subject).startswith(f"<{ID}explanation/")]
    return told + sorted((quad.triple for quad in of_tables), key=str)[::_EVERY]


def faults(tree: Explanation, lookup: StoreLookup) -> list[str]:
    """What is wrong with a tree: a leaf that is not asserted, one read from an article without a quote, no words."""
    found = []
    for part in walk(tree):
        is_leaf = part.kind in ("asserted", "authority")
        if is_leaf == bool(part.premises) or is_leaf != lookup.asserted(part.triple):
            found.append(f"ends where nothing was asserted: {part.triple}")
        if part.kind == "asserted" and not any(quote.quote for quote in part.quotes):
            found.append(f"no quote: {part.triple}")
        if not (part.sentence_zh and part.sentence_en):
            found.append(f"no sentence: {part.triple}")
    return found


def check_explained(store: OxigraphStore) -> int:
    """Explain every inferred triple of a store, down to asserted triples and quotes; how many these were."""
    lookup = StoreLookup(store)
    triples = inferred_triples(store)
    for triple in triples:
        tree = explain(triple, lookup)
        assert tree.kind in ("owl", "rule"), triple
        assert not faults(tree, lookup), triple
    return len(triples)
