"""``kg validate``: article, sentence with the place marked, what is wrong, what to do; and the standard report."""

from __future__ import annotations

import json
from pathlib import Path

from rdflib import RDF, Graph

from kg.namespaces import SH
from tests.kg.cli.conftest import Run


def test_words_name_article_sentence_fault_and_remedy(run: Run, built: Path) -> None:
    done = run("validate", "--store", built)
    assert done.returncode == 0, done.stdout
    head, *lines = done.stdout.splitlines()
    assert head.startswith("conforms 符合: yes 是   0 violations 校验问题, ")
    at = lines.index("贵州出台养老服务补贴办法")
    assert lines[at + 1 : at + 4] == [
        "  待核 warning: 未写明事件日期。 The date of the event is not stated.",
        "    【近日，贵州省民政厅、省财政厅联合印发《养老服务补贴办法》】",
        "    → 原文没有可用的日期（“近日”不算）：查到后用 kg correct set 补上。 "
        "The text gives no usable date (近日 is none): set it with kg correct set once it is known.",
    ]


def test_what_a_rule_has_supplied_is_no_doubt(run: Run, built: Path) -> None:
    text = run("validate", "--store", built).stdout
    asked = run("query", "-e", "SELECT ?m { ?m a rp:Measure MINUS { ?m rp:appliesIn ?r } }", "--format", "csv",
                "--store", built)  # fmt: skip
    assert text.count("→ 原文没有写明适用地区") <= len(asked.stdout.splitlines()) - 1


def test_json_has_the_place_and_the_remedy(run: Run, built: Path) -> None:
    report = json.loads(run("validate", "--format", "json", "--store", built).stdout)
    assert report["conforms"] is True
    for result in report["results"]:
        assert result["remedy"]["zh"] and result["remedy"]["en"] and result["message"]["zh"]
    placed = [result for result in report["results"] if result["quote"]]
    assert placed
    assert all(len(r["quote"]["text"]) == r["quote"]["end"] - r["quote"]["start"] for r in placed)


def test_turtle_is_the_same_from_pyshacl(run: Run, built: Path) -> None:
    ours, theirs = (
        run("validate", "--format", "turtle", "--engine", engine, "--store", built).stdout
        for engine in ("compiled", "pyshacl")
    )
    graph = Graph().parse(data=ours)
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) > 2
    assert ours == theirs


def test_html_stands_alone_and_escapes(run: Run, tmp_path: Path) -> None:
    title = "甲市<script>alert(1)</script>动态"
    articles = [{"title": title, "text": "甲市近日印发《便民办法》。", "published": "2023"}]
    source, page = tmp_path / "in.json", tmp_path / "report.html"
    source.write_text(json.dumps(articles), "utf-8")
    assert run("build", source, "--store", tmp_path / "s").returncode == 0
    done = run("validate", "--format", "html", "-o", page, "--store", tmp_path / "s")
    assert done.returncode == 0, done.stderr
    text = page.read_text("utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "src=" not in text and "href=" not in text
    assert "<mark>" in text
