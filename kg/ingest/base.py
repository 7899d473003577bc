"""The base: what every store holds before the first bulletin."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad

from kg.ingest.ingestion import Ingestion
from kg.ingest.layers import triples
from kg.mapping.authorities import authority_quads, base_digest, ontology_quads, scheme_quads
from kg.mapping.quality import quality_quads
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.reasoning import closure, rule_descriptions
from kg.store import Transaction, create_store, open_store

_DIGEST = "base"
_GRAPHS = (Graphs.AUTHORITIES, Graphs.AUTHORITIES_INFERRED, Graphs.SCHEMES, Graphs.ONTOLOGY, Graphs.QUALITY)


def base_quads() -> list[Quad]:
    """The authorities with their closure, the concept schemes, the ontology and the sentences of the rules."""
    graph, ontology = node(Graphs.AUTHORITIES_INFERRED), node(Graphs.ONTOLOGY)
    with _uncollected():
        authorities = authority_quads()
        closed = [
            Quad(t.subject, t.predicate, t.object, graph) for t in closure(triples(authorities)).inferred
        ]
        rules = [Quad(t.subject, t.predicate, t.object, ontology) for t in rule_descriptions()]
        return [*authorities, *closed, *scheme_quads(), *ontology_quads(), *quality_quads(), *rules]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector meanwhile.

    Nothing made here is cyclic, and while hundreds of thousands of pairs come into being it would walk all of them
    again and again: half of the time that the base takes.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def ensure_base(path: Path) -> None:
    """Make the store where there is none; renew its base where that is of other tables, schemes or rules.

    Raises StoreError where the store cannot be made or opened.
    """
    if create_store(path, base_quads):
        (path / _DIGEST).write_text(base_digest(), "ascii")
    else:
        renew_base(path)


def renew_base(path: Path) -> None:
    """Renew the base of a store, and all that is derived, where it is of other tables, schemes or rules than ours.

    Whatever changes a store does this first, since a change is inferred from what the store holds. The digest of the
    files behind the base stands beside the data and is written last: a killed renewal is done again. Raises StoreError
    where the store cannot be opened.
    """
    digest, noted = base_digest(), path / _DIGEST
    if noted.is_file() and noted.read_text("ascii") == digest:
        return
    with open_store(path, write=True) as store:
        held = [quad for graph in _GRAPHS for quad in store.quads(graph=node(graph))]
        change = Transaction.between(held, base_quads(), action="renew the base")
        if change:
            store.apply(change)
        Ingestion(store).renew()
    noted.write_text(digest, "ascii")
