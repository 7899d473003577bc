"""Whatever is loaded, replaced and removed, the store is what a rebuild from nothing makes."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from pyoxigraph import NamedNode, Quad

from kg.corrections import Correction, Corrections, fingerprint
from kg.ingest import Ingestion, asserted_quads
from kg.ingest.increment import INFERRED, StoreSnapshot, increment, inferred_quads
from kg.ingest.layers import authority_triples, is_known_region, triples
from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs
from kg.reasoning import Authorities, infer, ontology_rules
from kg.store import memory_store
from kg.store.base import OxigraphStore
from tests.kg.ingest.made_up import article, bulletin, few_regions

SEQUENCES, STEPS, ARTICLES = 200, 4, 60
KEYS = ("a", "b", "c")


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities(authority_triples(memory_store(few_regions())))


def content(store: OxigraphStore) -> set[Quad]:
    system = node(Graphs.SYSTEM)
    return {quad for quad in store.quads() if quad.graph_name != system}


def inferred_anew(store: OxigraphStore, authorities: Authorities) -> frozenset[Quad]:
    return inferred_quads(infer(triples(asserted_quads(store)), authorities).triples)


def some_corrections(dice: random.Random) -> Corrections:
    """None in most cases; else a fact rejected, a region taken from a measure and two actors made one."""
    if dice.random() < 0.7:
        return Corrections()
    log = [
        Correction(target=f"actor/{source}", action="merge", new=f"actor/{into}", who="t", when="2021-01-01T00:00:00Z")
        for source, into in [("310000-finance", "320000-finance")]
    ]  # fmt: skip
    for number in dice.sample(range(ARTICLES), 20):
        found = article(number)
        for fact in found.facts.measures[:1]:
            log.append(
                Correction(
                    target=fact.id, action="reject", article=found.article.key, quote=fact.evidence,
                    fingerprint=fingerprint(fact.evidence, found.article.key), who="t", when="2021-01-01T00:00:00Z",
                )
            )  # fmt: skip
    return Corrections(log)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_sequence_equals_a_rebuild(seed: int, authorities: Authorities) -> None:
    dice = random.Random(seed)
    corrections = some_corrections(dice)
    store = memory_store(few_regions())
    ingestion = Ingestion(store, corrections=corrections)
    held: dict[str, tuple[int, ...]] = {}
    for _ in range(STEPS):
        key = dice.choice(KEYS)
        if key in held and dice.random() < 0.4:
            ingestion.remove(key)
            del held[key]
        else:
            kept = tuple(n for n in held.get(key, ()) if dice.random() < 0.5)
            held[key] = (*kept, *dice.sample(range(ARTICLES), dice.randint(1, 3)))
            ingestion.load(bulletin(key, held[key]))
        assert set(store.quads(graph=INFERRED)) == inferred_anew(store, authorities), (key, held)
    fresh = memory_store(few_regions())
    rebuilding = Ingestion(fresh, corrections=corrections)
    for key in sorted(held):
        rebuilding.load(bulletin(key, held[key]))
    assert content(store) == content(fresh)


def test_the_articles_use_every_rule() -> None:
    used: Counter[object] = Counter()
    for first in range(0, 2 * ARTICLES, 2):
        store = memory_store(few_regions())
        Ingestion(store).load(bulletin("some", tuple(range(first, first + 2))))
        used.update(quad.object for quad in store.quads(None, node(RP.rule), None, INFERRED))
    assert used.keys() == {rule.iri for rule in ontology_rules()}
    assert min(used.values()) > 1


def test_an_outcome_tells_what_came_and_went() -> None:
    store = memory_store(few_regions())
    ingestion = Ingestion(store)
    loaded = ingestion.load(bulletin("a", (1, 2, 3)))
    assert (loaded.inferred, loaded.withdrawn) == (len(list(store.quads(graph=INFERRED))), 0)
    again = ingestion.load(bulletin("a", (1, 2, 3)))
    assert (again.inferred, again.withdrawn) == (0, 0)
    removed = ingestion.remove("a")
    assert (removed.inferred, removed.withdrawn) == (0, loaded.inferred)


def test_a_triple_of_two_graphs_goes_with_the_last() -> None:
    p, region = node(RP.appliesIn), NamedNode(ID + "region/310000")
    measure = NamedNode(ID + "measure/m")
    one, other = (Quad(measure, p, region, node(Graphs.article(key))) for key in ("1", "2"))
    store = memory_store([*few_regions(), one, other])
    came = increment(memory_store(few_regions()), [], [one]).insert
    assert {quad.predicate for quad in came} == {node(RP.inRegion)}
    assert increment(store, [one], []).delete == frozenset()
    held = memory_store([*few_regions(), one, *came])
    assert increment(held, [one], []).delete == came
    assert increment(held, [one], [other]).delete == frozenset()


def test_a_snapshot_is_what_reasoning_starts_from() -> None:
    store = memory_store(few_regions())
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", (1, 2, 3)))
    snapshot = StoreSnapshot(store)
    assert not list(snapshot.match(None, node(RP.text), None))
    inferred = next(iter(store.quads(graph=INFERRED))).triple
    asserted = next(iter(asserted_quads(store))).triple
    assert (snapshot.asserted(inferred), snapshot.asserted(asserted)) == (False, True)
    assert list(snapshot.match(*inferred)) == [inferred]


@pytest.mark.parametrize(
    ("key", "known"), [("region/310000", True), ("region/x-1", False), ("actor/310000", False)]
)
def test_known_regions(key: str, known: bool) -> None:
    assert is_known_region(NamedNode(ID + key)) is known
