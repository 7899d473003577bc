"""What a saved question was asked with is told beside the rows, never among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kg.cli.conftest import Run


def test_defaults_and_open_parameters_are_told(run: Run, built: Path) -> None:
    done = run("query", "cq03", "--store", built)
    assert done.stderr.splitlines()[0] == (
        "parameters 参数: region = Shanghai (R:310000), default; other = Jiangsu (R:320000), default; asof = any 不限"
    )


def test_in_chinese_with_a_value_given(run: Run, built: Path) -> None:
    done = run(
        "--lang", "zh", "query", "cq03", "-p", "region=贵州", "--as-of", "2030-01-01", "--store", built
    )
    assert (
        done.stderr.splitlines()[0]
        == "参数：region = 贵州；other = 江苏省 (R:320000)，默认值；asof = 2030-01-01"
    )


def test_a_concept_goes_by_its_name_and_key(run: Run, built: Path) -> None:
    assert "level = Province (province), default" in run("query", "cq08", "--store", built).stderr


@pytest.mark.parametrize("form", ["json", "csv"])
def test_rows_stay_pure(run: Run, built: Path, form: str) -> None:
    done = run("query", "cq07", "--format", form, "--store", built)
    assert "parameters 参数: region = Jiangsu (R:320000), default" in done.stderr
    assert "parameters" not in done.stdout
    if form == "json":
        assert "results" in json.loads(done.stdout)


def test_a_text_and_a_question_without_parameters_tell_none(run: Run, built: Path) -> None:
    assert run("query", "-e", "SELECT * {} LIMIT 1", "--store", built).stderr == ""
    assert "parameters" not in run("query", "explore-classes", "--store", built).stderr


@pytest.mark.parametrize("arguments", [["--as-of", "2021-02-30"], ["-p", "asof=2021-02-30"]])
def test_a_day_that_no_calendar_has(run: Run, built: Path, arguments: list[str]) -> None:
    done = run("query", "cq26", *arguments, "--store", built)
    assert done.returncode == 2
    assert "no calendar has the day 2021-02-30 日历上没有这一天" in done.stderr
