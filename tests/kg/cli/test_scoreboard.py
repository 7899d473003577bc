"""How an evaluation is shown: table, JSON and CSV of the same small case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.evaluate import command
from kg.cli.scoreboard import CSV_HEADER, as_csv, as_json, as_table
from kg.evaluation import Report, measure
from kg.mapping.quality import METRICS, quality_quads
from kg.model import GUIDE_KINDS
from kg.sparql.tabular import display_width
from kg.web.quality import read_quality

TEXT = "乙市设立基金。丙县建设园区。"


def article(source: str, *measures: tuple[str, str]) -> dict[str, Any]:
    facts = [{"evidence": quote, "type": kind, "confidence": 0.9} for quote, kind in measures]
    return {"title": f"{source}的短讯", "text": TEXT, "source": source, "measures": facts}


@pytest.fixture(scope="module")
def report() -> Report:
    gold = [
        article("甲报", ("乙市设立基金", "finance_credit"), ("丙县建设园区", "standard")),
        article("乙报", ("丙县建设园区", "standard")),
    ]
    found = [
        article("甲报", ("乙市设立基金", "fiscal_subsidy")),
        article("乙报", ("丙县建设园区", "standard")),
    ]
    return measure(found, gold, resamples=50)


def test_the_table_has_every_part_with_headers_in_both_languages(report: Report) -> None:
    text = as_table(report)
    for words in (
        "kind 种类",
        "article 同篇",
        "By source 按来源",
        "found as 误为",
        "Reliability 置信度的可靠性",
    ):
        assert words in text
    rows = {line.split()[0]: line for line in text.split("\n\n")[0].splitlines()}
    assert rows["measures"].split()[1:5] == ["3", "2", "2", "1.000"]
    assert "finance_credit" in text and "fiscal_subsidy 1" in text


def test_columns_of_numbers_end_together(report: Report) -> None:
    for part in as_table(report).split("\n\n")[:2]:
        lines = [line for line in part.splitlines() if line.split()[0] in {"kind", *GUIDE_KINDS}]
        assert len(lines) == len(GUIDE_KINDS) + 1
        assert len({display_width(line) for line in lines}) == 1


def test_one_source_needs_no_table_of_sources() -> None:
    alone = [article("甲报", ("乙市设立基金", "finance_credit"))]
    assert "By source" not in as_table(measure(alone, alone, resamples=10))


def test_json_has_the_headline_on_top_and_everything_below(report: Report) -> None:
    document = json.loads(as_json(report))
    assert document["kinds"]["measures"]["hit"] == 2
    assert document["macro_f1"] == document["rules"]["overlap"]["macro_f1"] == 0.8
    assert set(document["rules"]) == {"article", "overlap", "exact"}
    assert set(document["sources"]) == {"甲报", "乙报"}
    assert document["confusion"] == {"finance_credit": {"fiscal_subsidy": 1}, "standard": {"standard": 1}}
    assert document["reliability"]["all"] == {
        "facts": 2,
        "expected_error": 0.1,
        "bins": [{"low": 0.9, "high": 1.0, "facts": 2, "right": 2, "confidence": 0.9, "share": 1.0}],
    }
    low, high = document["kinds"]["measures"]["recall_interval"]
    assert low < document["kinds"]["measures"]["recall"] < high


def test_csv_is_what_pages_and_graph_read(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "quality.csv"
    path.write_text(as_csv({"dev-holdout": report, "seed": report}), "utf-8")
    assert read_quality(path)["measures"].precision == 1.0
    assert read_quality(path)["measures"].recall == 0.667
    measured = {quad.subject.value.rpartition("/")[2] for quad in quality_quads(path)}  # type: ignore[union-attr]
    assert set(METRICS) <= measured
    assert CSV_HEADER.startswith("set,kind,articles,gold,found,hits,precision,recall,f1,labels,")
    assert set(METRICS) < set(CSV_HEADER.split(","))


def test_the_command_keeps_files_apart_in_csv_and_takes_them_together_else(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.json"
        gold = {**article(name, ("丙县建设园区", "standard")), "published": "2023"}
        path.write_text(json.dumps([gold], ensure_ascii=False), "utf-8")
        paths.append(str(path))
    rows = CliRunner().invoke(command, [*paths, "--format", "csv"]).output.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["one"] * len(GUIDE_KINDS) + ["two"] * len(GUIDE_KINDS)
    together = json.loads(CliRunner().invoke(command, [*paths, "--format", "json"]).output)
    assert (together["articles"], sorted(together["sources"])) == (2, ["one", "two"])
    assert CliRunner().invoke(command, paths).output.startswith("kind 种类")
