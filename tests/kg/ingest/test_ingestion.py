"""Load, replace, remove: what the store holds afterwards."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions
from rdflib import Graph

from kg.errors import ConformanceError, NotFoundError
from kg.ingest import Ingestion, asserted_quads, bulletin_keys
from kg.model import KINDS, Bulletin, Facts
from kg.namespaces import Graphs, sparql_prefixes
from kg.store import memory_store
from kg.store.base import OxigraphStore
from tests.corpus import PACT, RULES, bulletin, small_base


@pytest.fixture
def store() -> OxigraphStore:
    return memory_store(small_base())


def lines(store: OxigraphStore) -> list[str]:
    system = NamedNode(Graphs.SYSTEM)
    return sorted(str(quad) for quad in store.quads() if quad.graph_name != system)


def ask(store: OxigraphStore, pattern: str) -> list[tuple[str, ...]]:
    found = store.query(f"{sparql_prefixes()} SELECT * {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(tuple(row[name].value for name in names) for row in found)


def test_a_bulletin_loads_whole_and_conforms(store: OxigraphStore) -> None:
    outcome = Ingestion(store).load(bulletin("week-1", PACT, RULES))
    assert outcome.violations == 0
    assert (outcome.articles, outcome.facts, outcome.version) == (2, 23, 1)
    assert outcome.counts["regions"] == 6
    assert bulletin_keys(store) == ["week-1"]


def test_the_pact_is_cross_region_and_covers_the_delta(store: OxigraphStore) -> None:
    Ingestion(store).load(bulletin("week-1", PACT))
    [(pact,)] = ask(store, "?pact a rp:CrossRegionCooperation ; rp:coversAllOf R:yangtze-delta")
    parties = ask(store, f"<{pact}> rp:party ?party . ?party rp:function ?function")
    assert len(parties) == 4
    ties = ask(
        store,
        "R:310000 rp:cooperatesWith ?other . ?other rp:level <https://w3id.org/regpol/concept/level/province>",
    )
    assert len(ties) == 3
    assert ask(store, f"<{pact}> rp:evidence/rp:quote ?quote") == [
        ("沪苏浙皖四地医保部门在合肥签署《门诊费用互认协议》",)
    ]


def test_a_measure_without_region_gets_its_issuers_by_rule(store: OxigraphStore) -> None:
    loaded = bulletin("week-1", RULES)
    facts = loaded.articles[0].facts
    measure = facts.measures[0].model_copy(update={"document": facts.documents[0].id})
    facts.measures = [measure]
    outcome = Ingestion(store).load(loaded)
    assert "shape-Measure-placed" not in {issue.code for issue in outcome.issues}
    [(region,)] = ask(store, f"<https://w3id.org/regpol/id/{measure.id}> rp:appliesIn ?region")
    assert region.endswith("region/510000")


def test_each_triple_stands_in_one_graph(store: OxigraphStore) -> None:
    Ingestion(store).load(bulletin("week-1", PACT, RULES))
    quads = [quad for quad in store.quads() if quad.graph_name != NamedNode(Graphs.SYSTEM)]
    assert len({quad.triple for quad in quads}) == len(quads)


def test_loading_twice_changes_nothing(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("week-1", PACT))
    before = lines(store)
    ingestion.load(bulletin("week-1", PACT))
    assert lines(store) == before


def test_remove_undoes_load(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    empty = lines(store)
    ingestion.load(bulletin("week-1", PACT))
    loaded = lines(store)
    ingestion.remove("week-1")
    assert lines(store) == empty
    ingestion.load(bulletin("week-1", PACT))
    assert lines(store) == loaded


def test_order_does_not_matter() -> None:
    parts = [bulletin("a", PACT), bulletin("b", RULES), bulletin("c", PACT, RULES)]
    results = []
    for order in permutations(parts):
        store = memory_store(small_base())
        ingestion = Ingestion(store)
        for part in order:
            ingestion.load(part)
        results.append(lines(store))
    assert all(result == results[0] for result in results)


def test_a_reprint_stays_while_another_bulletin_holds_it(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", PACT))
    alone = lines(store)
    ingestion.load(bulletin("b", PACT, RULES))
    ingestion.remove("b")
    assert lines(store) == alone


def test_replacing_drops_what_the_new_edition_lacks(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", PACT, RULES))
    ingestion.load(bulletin("a", RULES))
    fresh = memory_store(small_base())
    Ingestion(fresh).load(bulletin("a", RULES))
    assert lines(store) == lines(fresh)


def test_any_sequence_equals_a_rebuild() -> None:
    choices: dict[str, list[tuple[dict[str, Any], ...]]] = {
        "a": [(PACT,), (RULES,), (PACT, RULES)],
        "b": [(RULES,), (PACT,)],
    }
    random_ = random.Random(7)
    store = memory_store(small_base())
    ingestion = Ingestion(store)
    held: dict[str, tuple[dict[str, Any], ...]] = {}
    for _ in range(12):
        key = random_.choice(sorted(choices))
        if key in held and random_.random() < 0.4:
            ingestion.remove(key)
            del held[key]
        else:
            held[key] = random_.choice(choices[key])
            ingestion.load(bulletin(key, *held[key]))
    fresh = memory_store(small_base())
    for key, items in held.items():
        Ingestion(fresh).load(bulletin(key, *items))
    assert lines(store) == lines(fresh)


def test_a_wrong_fact_stays_out_and_the_rest_loads(store: OxigraphStore) -> None:
    bad = PACT["targets"][0] | {"value": 500, "value_max": 300}
    outcome = Ingestion(store).load(bulletin("a", PACT | {"targets": [bad]}))
    assert outcome.counts["targets"] == 0
    assert outcome.counts["measures"] == 1
    assert outcome.violations == 1
    assert ask(store, "?t a rp:Target") == []


def test_strict_refuses_the_bulletin_whole(store: OxigraphStore) -> None:
    before = lines(store)
    bad = PACT["targets"][0] | {"value": 500, "value_max": 300}
    with pytest.raises(ConformanceError, match="nothing was loaded, violations: 1;"):
        Ingestion(store, strict=True).load(bulletin("a", PACT | {"targets": [bad]}))
    assert lines(store) == before


def test_strict_refuses_a_rejected_draft_too(store: OxigraphStore) -> None:
    bad = PACT["measures"][0] | {"evidence": "从未写过的一句话"}
    with pytest.raises(ConformanceError, match="从未写过的一句话"):
        Ingestion(store, strict=True).load(bulletin("a", PACT | {"measures": [bad]}))


def test_an_unknown_bulletin_is_named_with_the_known_ones(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("week-1", RULES))
    with pytest.raises(NotFoundError, match="no bulletin 'week-2' in the store; there are: week-1"):
        ingestion.remove("week-2")


def test_inferring_again_changes_nothing(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", PACT, RULES))
    report = ingestion.infer()
    assert report.changed == 0
    assert report.triples > 0
    assert report.contradictions == ()


def test_union_counts_are_rdflib_s(store: OxigraphStore) -> None:
    Ingestion(store).load(bulletin("a", PACT, RULES))
    quads = asserted_quads(store)
    graph = Graph().parse(
        data="\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in quads), format="nt"
    )
    assert len(graph) == len(quads)


def by_rules(item: dict[str, Any], key: str) -> Bulletin:
    """The same article as a program reads it: its facts come from rules, and there are fewer."""
    loaded = bulletin(key, {**item, "figures": [], "firsts": []})
    facts = loaded.articles[0].facts
    kinds = {kind: [f.model_copy(update={"reader": "rules"}) for f in getattr(facts, kind)] for kind in KINDS}
    return loaded.model_copy(
        update={"articles": [loaded.articles[0].model_copy(update={"facts": Facts(**kinds)})]}
    )


def test_of_two_tellings_of_one_article_the_annotated_one_stays_whatever_the_order() -> None:
    results = []
    for order in ((0, 1), (1, 0)):
        store = memory_store(small_base())
        parts = [bulletin("a", RULES), by_rules(RULES, "b")]
        outcomes = [Ingestion(store).load(parts[number]) for number in order]
        results.append(lines(store))
        assert [issue.code for issue in outcomes[1].issues if issue.code == "reprint-kept"] == [
            "reprint-kept"
        ] * (order == (0, 1))
    assert results[0] == results[1]


def test_a_better_telling_that_stays_behind_is_told_until_the_other_bulletin_is_loaded_again(
    store: OxigraphStore,
) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", RULES))
    ingestion.load(by_rules(RULES, "b"))
    left = ingestion.remove("a")
    assert [(i.code, i.article) for i in left.issues] == [("reprint-stays", RULES["title"])]
    assert "载入" in left.issues[0].message_zh and " b " in left.issues[0].message_en
    assert ask(store, "?x a rp:FirstClaim") != []
    ingestion.load(by_rules(RULES, "b"))
    assert ask(store, "?x a rp:FirstClaim") == []
    assert ingestion.load(by_rules(PACT, "b")).issues == []


def test_a_bulletin_replaces_its_own_telling(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", RULES))
    ingestion.load(by_rules(RULES, "a"))
    assert ask(store, "?x a rp:FirstClaim") == []


def test_the_same_words_of_another_year_are_another_article() -> None:
    item = {key: value for key, value in RULES.items() if key != "published"}
    first, second = bulletin("a", item), bulletin("b", item)
    moved = second.articles[0].article.model_copy(update={"year": 2019})
    assert moved.key != first.articles[0].article.key


def test_an_article_that_stands_twice_is_loaded_once_and_told(store: OxigraphStore) -> None:
    outcome = Ingestion(store).load(bulletin("a", RULES, RULES))
    assert outcome.articles == 1
    assert [issue.code for issue in outcome.issues if issue.code == "article-repeated"] == [
        "article-repeated"
    ]


def test_loading_the_same_again_is_no_new_version(store: OxigraphStore) -> None:
    ingestion = Ingestion(store)
    ingestion.load(bulletin("a", RULES))
    assert ingestion.load(bulletin("a", RULES)).version == 1


def test_a_measure_that_no_rule_can_place_is_a_doubt(store: OxigraphStore) -> None:
    item = RULES | {"regions": [], "actors": [], "documents": []}
    outcome = Ingestion(store).load(bulletin("a", item))
    assert "shape-Measure-placed" in {issue.code for issue in outcome.issues}
