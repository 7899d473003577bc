"""The main job through the front door: build, extract, query, explain, infer, validate, status, remove."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from rdflib import PROV, Graph

from kg.cli import COMMANDS
from tests.kg.cli.conftest import Run


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Usage: kg " + command in done.stdout


def test_build_says_what_it_did(from_nothing: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, done = from_nothing
    assert "guizhou-7: 2 articles" in done.stdout
    assert "year of bare dates: 2023 (the earliest deadline or plan period)" in done.stdout
    assert "conforms: yes" in done.stdout


def test_status_prints_the_keys_that_remove_takes(run: Run, store: Path) -> None:
    assert "guizhou-7: guizhou-7 (2 articles," in run("status", "--store", store).stdout
    done = run("remove", "guizhou-7", "--store", store)
    assert done.returncode == 0
    assert re.fullmatch(
        r"guizhou-7: removed, \+0 / −[1-9]\d* inferred triples 推断; the store has version 2\n", done.stdout
    )
    left = run("status", "--store", store).stdout
    assert "0 bulletins" in left
    layers = {line.split(":")[0].strip() for line in left.splitlines() if line.startswith("  ")}
    assert layers == {"authorities", "authorities/inferred", "ontology", "quality", "schemes"}


def test_extract_needs_no_store_and_its_json_builds_the_same_graph(
    run: Run, bulletin_file: Path, built: Path, empty: Path, tmp_path: Path
) -> None:
    facts = tmp_path / "facts.json"
    assert run("extract", bulletin_file, "-o", facts).returncode == 0
    articles = json.loads(facts.read_text("utf-8"))
    assert [article["title"] for article in articles] == [
        "贵州、云南两省民政部门签署协作协议",
        "贵州出台养老服务补贴办法",
    ]
    assert all(
        (article["title"] + "\n" + article["text"])[fact["start"] : fact["end"]] == fact["evidence"]
        for article in articles
        for kind in ("regions", "actors", "documents", "measures", "targets", "events", "cooperations")
        for fact in article[kind]
    )
    assert run("build", facts, "--store", empty).returncode == 0
    exports = [run("export", "nquads", "--store", store, "-o", "-").stdout for store in (built, empty)]
    assert exports[0] == exports[1]
    assert "guizhou-7" in exports[0]


def test_a_saved_question_a_text_and_a_file(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("query", "cq10", "--store", built, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "养老服务补贴办法" in done.stdout
    text = "SELECT ?label { ?c a rp:CrossRegionCooperation ; skos:prefLabel ?label }"
    assert "流动老人服务协作协议" in run("query", "-e", text, "--store", built).stdout
    file = tmp_path / "q.rq"
    file.write_text(text, "utf-8")
    rows = json.loads(run("query", file, "--store", built, "--format", "json").stdout)
    assert rows["head"]["vars"] == ["label"]
    assert len(rows["results"]["bindings"]) == 1


def test_a_parameter_takes_a_name_or_a_code(run: Run, built: Path) -> None:
    by_name = run("query", "cq07", "-p", "region=贵州省", "--store", built, "--format", "csv")
    by_code = run("query", "cq07", "-p", "region=520000", "--store", built, "--format", "csv")
    assert by_name.returncode == 0, by_name.stderr
    assert by_name.stdout == by_code.stdout
    assert "养老" in by_name.stdout


def test_ask_answers_by_exit_status(run: Run, built: Path) -> None:
    assert run("query", "-e", "ASK { ?x a rp:Target }", "--store", built).returncode == 0
    assert run("query", "-e", "ASK { ?x a rp:UnresolvedRegion }", "--store", built).returncode == 1


def test_queries_are_listed_and_shown(run: Run) -> None:
    assert len(run("queries").stdout.splitlines()) >= 25
    assert "-p region=iri:region" in run("queries", "cq07").stdout


def test_a_tie_is_explained_down_to_the_sentence(run: Run, built: Path) -> None:
    done = run("explain", "贵州省", "rp:cooperatesWith", "云南省", "--store", built)
    assert done.returncode == 0, done.stderr
    assert "流动老人服务协作协议" in done.stdout
    assert "贵州省民政厅、云南省民政厅在贵阳共同签署" in done.stdout
    assert "because" in done.stdout
    tree = json.loads(run("explain", "贵州省", "合作", "云南省", "--format", "json", "--store", built).stdout)
    assert tree["premises"]
    assert tree["statement"]["zh"] == "贵州省 — 合作 — 云南省"


def test_an_explanation_is_written_as_a_graph_and_as_a_drawing(run: Run, built: Path, tmp_path: Path) -> None:
    asked = ("explain", "贵州省", "rp:cooperatesWith", "云南省", "--store", built, "--format")
    graph = Graph().parse(data=run(*asked, "turtle", "--all").stdout, format="turtle")
    assert next(graph.subject_objects(PROV.wasQuotedFrom), None) is not None
    assert run(*asked, "mermaid", "--lang", "en").stdout.startswith("flowchart")
    path = tmp_path / "why.svg"
    assert run(*asked, "svg", "-o", path).returncode == 0
    assert "规则“地区之间的合作”" in path.read_text(encoding="utf-8")


def test_infer_finds_nothing_to_change_and_owlrl_agrees(run: Run, built: Path) -> None:
    done = run("infer", "--store", built)
    assert done.returncode == 0, done.stderr
    assert "0 changed" in done.stdout
    oracle = run("infer", "--engine", "owlrl", "--store", built)
    assert (oracle.returncode, oracle.stdout.splitlines()[-1]) == (0, "they are equal"), oracle.stdout


def test_evaluate_scores_the_reader(run: Run, tmp_path: Path) -> None:
    gold = [
        {
            "title": "贵州出台养老服务补贴办法",
            "text": "近日，贵州省民政厅印发《养老服务补贴办法》。",
            "published": "2023",
            "actors": [{"name": "贵州省民政厅", "type": "government", "evidence": "贵州省民政厅"}],
            "documents": [{"title": "养老服务补贴办法", "issuers": ["贵州省民政厅"], "kind": "measures"}],
        }
    ]
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    result = json.loads(run("evaluate", path, "--format", "json").stdout)
    assert result["articles_found"] == 1
    assert result["kinds"]["actors"]["f1"] == 1.0
    assert result["kinds"]["documents"]["f1"] == 1.0


def test_removal_from_a_store_of_other_rules_renews_what_is_inferred_first(run: Run, store: Path) -> None:
    (store / "base").write_text("other", "ascii")
    assert run("remove", "guizhou-7", "--store", store).returncode == 0
    assert (store / "base").read_text("ascii") != "other"
    assert "0 changed" in run("infer", "--store", store).stdout
