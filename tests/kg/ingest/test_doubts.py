"""Doubts in the graph: a node each in their article's graph, told by that article alone, gone with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions
from rdflib import Literal

from kg.corrections import Action, Correction, Corrections, fingerprint
from kg.ingest import Ingestion
from kg.issues import Issue
from kg.model import Bulletin
from kg.namespaces import ID, SH, Graphs, expand
from kg.queries import catalogue
from kg.store import memory_store
from kg.store.base import OxigraphStore
from kg.validation import shapes_graph
from tests.corpus import PACT, RULES, bulletin, small_base, value

UNDATED = "四川省生态环境厅、省公安厅联合印发《噪声治理办法》"
WHO = {"who": "甲", "when": "2026-01-02T03:04:05Z", "why": "试"}


@pytest.fixture
def store() -> OxigraphStore:
    return memory_store(small_base())


def lines(store: OxigraphStore) -> list[str]:
    aside = {NamedNode(Graphs.SYSTEM), NamedNode(Graphs.CORRECTIONS)}
    return sorted(str(quad) for quad in store.quads() if quad.graph_name not in aside)


def listed(store: OxigraphStore) -> list[tuple[str, str, str | None]]:
    """What the saved query tells: code, severity and quote of each doubt."""
    found = store.query(catalogue()["explore-doubts"].text)
    assert isinstance(found, QuerySolutions)
    return [
        (value(row["code"]), value(row["severity"]), value(row["quote"]) if row["quote"] else None)
        for row in found
    ]


def slots(store: OxigraphStore, code: str) -> dict[str, list[str]]:
    """What the graph says of the one doubt with a code."""
    [doubt] = store.quads(None, NamedNode(expand("rp:doubtCode")), None)
    [doubt] = [q for q in [doubt] if value(q.object) == code]
    assert isinstance(doubt.subject, NamedNode)
    told: dict[str, list[str]] = {}
    for quad in store.quads(doubt.subject):
        told.setdefault(re.split("[#/]", quad.predicate.value)[-1], []).append(value(quad.object))
    return told


def told(*issues: Issue, **item: Any) -> Bulletin:
    loaded = bulletin("week", {**PACT, **item})
    [facts] = loaded.articles
    return loaded.model_copy(
        update={"articles": [facts.model_copy(update={"issues": [*facts.issues, *issues]})]}
    )


def unclear(quote: str | None, start: int | None = None, code: str = "ambiguous-region") -> Issue:
    return Issue(code, "可能是两地之一", "it may be either of two", quote=quote, start=start)


def test_a_reader_s_doubt_is_a_node_with_its_words(store: OxigraphStore) -> None:
    loaded = told(unclear("合肥"))
    Ingestion(store).load(loaded)
    [facts] = loaded.articles
    start = facts.article.content.index("合肥")
    found = slots(store, "ambiguous-region")
    assert found["type"] == [str(expand("rp:Doubt"))]
    assert found["severity"] == ["warning"]
    assert sorted(found["message"]) == ["it may be either of two", "可能是两地之一"]
    assert found["inArticle"] == [f"{ID}article/{facts.article.key}"]
    assert found["evidence"] == [f"{ID}evidence/{facts.article.key}/{start}-{start + 2}"]
    assert listed(store) == [("ambiguous-region", "warning", "合肥")]


@pytest.mark.parametrize(("quote", "start"), [("从未写过", None), ("合肥", 0), (None, None)])
def test_words_that_do_not_stand_there_are_no_evidence(
    store: OxigraphStore, quote: str | None, start: int | None
) -> None:
    outcome = Ingestion(store).load(told(unclear(quote, start)))
    assert outcome.violations == 0
    assert "evidence" not in slots(store, "ambiguous-region")
    assert listed(store) == [("ambiguous-region", "warning", None)]


def test_the_same_doubt_is_one_node_and_others_of_its_place_are_others(store: OxigraphStore) -> None:
    other = Issue("ambiguous-region", "也可能是第三地", "it may be a third", quote="合肥")
    Ingestion(store).load(told(unclear("合肥"), other, unclear("合肥")))
    again = memory_store(small_base())
    Ingestion(again).load(told(other, unclear("合肥")))
    assert len(listed(store)) == 2
    assert lines(store) == lines(again)


def test_a_doubt_goes_with_its_article(store: OxigraphStore) -> None:
    before = lines(store)
    ingestion = Ingestion(store)
    ingestion.load(told(unclear("合肥")))
    ingestion.remove("week")
    assert lines(store) == before


def test_a_fact_that_is_unclear_is_pointed_to(store: OxigraphStore) -> None:
    loaded = bulletin("week", RULES)
    Ingestion(store).load(loaded)
    [event] = loaded.articles[0].facts.events
    found = slots(store, "shape-Event-dated")
    assert found["subject"] == [ID + event.id]
    assert listed(store) == [("shape-Event-dated", "warning", UNDATED)]


def test_a_fact_that_is_left_out_leaves_its_doubt(store: OxigraphStore) -> None:
    target = PACT["targets"][0] | {"value_max": 2}
    outcome = Ingestion(store).load(bulletin("week", PACT | {"targets": [target]}))
    assert (outcome.violations, outcome.counts["targets"]) == (1, 0)
    [issue] = [issue for issue in outcome.issues if issue.severity == "violation"]
    assert (issue.article, issue.quote) == (PACT["title"], target["evidence"])
    assert listed(store) == [(issue.code, "violation", target["evidence"])]
    assert "subject" not in slots(store, issue.code)


def correcting(loaded: Bulletin, action: Action, **slots: Any) -> Corrections:
    [facts] = loaded.articles
    [event] = facts.facts.events
    key = facts.article.key
    return Corrections(
        [
            Correction(
                target=event.id, action=action, article=key, fingerprint=fingerprint(event.evidence, key),
                quote=event.evidence, **slots, **WHO,
            )
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "given"), [("set", {"field": "date", "new": "2021-04"}), ("reject", {})], ids=["set", "reject"]
)
def test_a_correction_settles_a_doubt_and_lifting_it_brings_it_back(
    store: OxigraphStore, action: Action, given: dict[str, Any]
) -> None:
    loaded = bulletin("week", RULES)
    Ingestion(store).load(loaded)
    read = lines(store)
    corrections = correcting(loaded, action, **given)
    Ingestion(store, corrections=corrections).correct()
    assert listed(store) == []
    rebuilt = memory_store(small_base())
    Ingestion(rebuilt, corrections=corrections).load(loaded)
    assert lines(store) == lines(rebuilt)
    Ingestion(store).correct()
    assert lines(store) == read


def test_what_another_article_may_settle_is_no_node_and_is_listed_as_it_stands(store: OxigraphStore) -> None:
    measure = RULES | {"regions": [], "actors": [], "documents": [], "events": []}
    outcome = Ingestion(store).load(bulletin("week", measure))
    assert [issue.code for issue in outcome.issues] == ["shape-Measure-placed"]
    assert [issue.quote for issue in outcome.issues] == ["禁止夜间在居民区施工"]
    assert list(store.quads(None, NamedNode(expand("rp:doubtCode")))) == []
    assert listed(store) == [("shape-Measure-placed", "warning", "禁止夜间在居民区施工")]


def test_the_query_says_what_the_shapes_say() -> None:
    text = catalogue()["explore-doubts"].text
    rows = re.findall(r'\(rp:\w+ rp:\w+ "shape-([\w-]+)" "([^"]+)"@zh "([^"]+)"@en\)', text)
    assert len(rows) == 3
    for check, zh, en in rows:
        messages = set(shapes_graph().objects(expand(f"rps:{check}"), SH.message))
        assert messages == {Literal(zh, lang="zh"), Literal(en, lang="en")}
