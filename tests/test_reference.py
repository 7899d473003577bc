"""The real bulletin and the annotated sets: what the first issue promised, held for good."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from pyoxigraph import NamedNode, QuerySolutions, Triple

from kg.analysis import region_network
from kg.cli.build import read_facts
from kg.cli.extract import to_json
from kg.evaluation import evaluate
from kg.exports import EXPORTS, Options
from kg.ingest import Ingestion, compare_with_oracle
from kg.model import Article
from kg.namespaces import Graphs, sparql_prefixes
from kg.reasoning import StoreLookup, explain, labeller, render_text
from kg.search import find_node
from kg.store import memory_store
from kg.store.base import OxigraphStore
from loaders.extraction import extract
from loaders.read import read
from loaders.years import assume_years
from tests.corpus import full_base
from tests.explaining import check_explained

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def seed(reference: Path) -> OxigraphStore:
    store = memory_store(full_base())
    [bulletin] = read(reference / "seed" / "bulletin.txt")
    outcome = Ingestion(store).load(read_facts(bulletin))
    assert outcome.violations == 0
    return store


def ask(store: OxigraphStore, pattern: str) -> list[tuple[str, ...]]:
    found = store.query(f"{sparql_prefixes()} SELECT DISTINCT * {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(tuple(row[name].value for name in names) for row in found)


@cache
def extracted(path: Path) -> list[dict[str, Any]]:
    items = [Article.model_validate(item) for item in json.loads(path.read_text("utf-8"))]
    return [to_json(extract(article), "x") for article in assume_years(items)]


def test_the_bulletin_s_articles_are_the_annotation_s(reference: Path) -> None:
    gold = json.loads((reference / "score" / "seed.json").read_text("utf-8"))
    [bulletin] = read(reference / "seed" / "bulletin.txt")
    found = [(article.section, article.title, article.text) for article, _ in bulletin.articles]
    assert found == [(item["section"], item["title"], item["text"]) for item in gold]
    assert {article.year for article, _ in bulletin.articles} == {2020}


def test_every_character_of_the_bulletin_is_mapped_back(reference: Path) -> None:
    path = reference / "seed" / "bulletin.txt"
    lines = path.read_text("utf-8").split("\n")
    [bulletin] = read(path)
    for article, _ in bulletin.articles:
        places = [*article.lines]
        for offset, character in enumerate(article.content):
            if character == "\n":
                continue
            place = max((found for found in places if found.start <= offset), key=lambda found: found.start)
            assert lines[place.line - 1][place.column + offset - place.start] == character


@pytest.mark.parametrize(("name", "floor", "labels"), [("seed", 0.90, 0.85), ("dev", 0.80, 0.65)])
def test_extraction_holds_its_score(reference: Path, name: str, floor: float, labels: float) -> None:
    path = reference / "score" / f"{name}.json"
    gold = json.loads(path.read_text("utf-8"))
    result = evaluate(extracted(path), gold)
    longest = {row.kind: row.too_long for row in evaluate(gold, gold).kinds}
    assert result.macro_f1 >= floor
    for row in result.kinds:
        assert row.not_verbatim == 0, row.kind
        assert row.too_long <= longest[row.kind], row.kind
        assert row.labels >= labels, row.kind


@pytest.mark.parametrize("name", ["seed", "dev"])
def test_gold_facts_load_without_violations(reference: Path, name: str) -> None:
    store = memory_store(full_base())
    ingestion = Ingestion(store)
    for bulletin in read(reference / "score" / f"{name}.json"):
        outcome = ingestion.load(read_facts(bulletin))
        assert outcome.violations == 0, [issue for issue in outcome.issues if issue.severity == "violation"]


@pytest.mark.parametrize(
    ("subject", "parties"),
    [
        ("公积金", {"310000", "320000", "330000", "340000"}),
        ("涉税", {"310118", "320509", "330421"}),
    ],
)
def test_both_delta_pacts_are_cross_region_with_their_parties(
    seed: OxigraphStore, subject: str, parties: set[str]
) -> None:
    rows = ask(
        seed,
        "?c a rp:CrossRegionCooperation ; skos:prefLabel ?label ; rp:partyRegion ?region ; rp:evidence/rp:quote ?quote ."
        f' FILTER(CONTAINS(?label, "{subject}")) ?region a rp:AdministrativeRegion',
    )
    found = {value.rsplit("/", 1)[1] for row in rows for value in row if "/id/region/" in value}
    assert found == parties


def test_the_fund_pact_covers_the_whole_delta(seed: OxigraphStore) -> None:
    rows = ask(
        seed, '?c rp:coversAllOf R:yangtze-delta ; skos:prefLabel ?label . FILTER(CONTAINS(?label, "公积金"))'
    )
    assert len(rows) == 1


def test_the_closure_is_owlrl_s(seed: OxigraphStore) -> None:
    ours, theirs = compare_with_oracle(seed)
    assert ours == theirs
    assert len(ours) > 1000


def test_no_triple_stands_in_two_graphs(seed: OxigraphStore) -> None:
    quads = [quad for quad in seed.quads() if quad.graph_name != NamedNode(Graphs.SYSTEM)]
    assert len({quad.triple for quad in quads}) == len(quads)


def exported(store: OxigraphStore) -> bytes:
    return EXPORTS["nquads"].write(store, Options())


def test_building_removing_and_building_again_gives_the_same_bytes(
    seed: OxigraphStore, reference: Path
) -> None:
    [text] = read(reference / "seed" / "bulletin.txt")
    store = memory_store(full_base())
    empty = exported(store)
    ingestion = Ingestion(store)
    ingestion.load(read_facts(text))
    assert exported(store) == exported(seed)
    ingestion.remove("bulletin")
    assert exported(store) == empty
    assert {graph.value.rsplit("/graph/", 1)[1] for graph in store.graphs()} == {
        "authorities", "authorities/inferred", "ontology", "quality", "schemes",
    }  # fmt: skip
    ingestion.load(read_facts(text))
    assert exported(store) == exported(seed)


def test_shanghai_and_zhejiang_cooperate_for_a_reason_with_a_quote(seed: OxigraphStore) -> None:
    triple = Triple(*(find_node(seed, name) for name in ("上海市", "rp:cooperatesWith", "浙江省")))
    tree = explain(triple, StoreLookup(seed))
    text = render_text(tree, "zh", labeller(StoreLookup(seed), "zh"))
    assert "规则" in text
    assert "原文 [1]：" in text
    assert "公积金" in text


def test_every_inferred_triple_is_explained_down_to_quotes(seed: OxigraphStore) -> None:
    assert check_explained(seed) > 3000


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_the_delta_is_tied_pairwise_and_reads_back(seed: OxigraphStore, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"network.{form}"
    path.write_bytes(EXPORTS[form].write(seed, Options(network="region")))
    graph = networkx.read_gexf(path) if form == "gexf" else networkx.read_graphml(path)
    ours = region_network(seed).to_networkx()
    assert set(graph.nodes) == set(ours.nodes)
    assert graph.number_of_edges() == ours.number_of_edges()
    delta = [f"https://w3id.org/regpol/id/region/{code}" for code in ("310000", "320000", "330000", "340000")]
    tied = {frozenset((a, b)) for a, b, data in graph.edges(data=True) if data["kind"] == "agreement"}
    assert {frozenset(pair) for pair in combinations(delta, 2)} <= tied
    assert "上海市" in path.read_text("utf-8")
