"""``--as-of``: what was signed, still ahead or a member by a day, and which questions can tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kg.cli.conftest import Run


def pacts(run: Run, store: Path, *arguments: str) -> int:
    done = run("query", "cq01", "-p", "region=贵州省", "--format", "json", "--store", store, *arguments)
    assert done.returncode == 0, done.stderr
    return len({row["pact"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]})


def test_a_pact_counts_from_the_day_it_was_signed(run: Run, built: Path) -> None:
    """The bulletin says 4 月 2 日, and its year is that of the earliest deadline, 2023."""
    assert pacts(run, built) == 1
    assert pacts(run, built, "--as-of", "2023-04-01") == 0
    assert pacts(run, built, "--as-of", "2023-04-02") == 1
    assert pacts(run, built, "-p", "asof=2023-04-01") == 0


def test_targets_still_ahead(run: Run, built: Path) -> None:
    for day, count in (("2023-12-31", 1), ("2024-01-01", 0)):
        done = run(
            "query", "cq12", "-p", "by=2030-12-31", "--as-of", day, "--format", "csv", "--store", built
        )
        assert len(done.stdout.splitlines()) == count + 1, done.stderr


def test_members_of_then(run: Run, built: Path) -> None:
    then, now = (
        run("query", "cq37", "--as-of", day, "--format", "csv", "--store", built).stdout
        for day in ("2010-01-01", "2024-01-01")
    )
    assert ("安徽省" in then, "安徽省" in now) == (False, True)
    assert "上海市" in then


def test_the_network_of_then(run: Run, built: Path) -> None:
    for day, nodes in (("2023-04-01", 0), ("2023-04-02", 2)):
        done = run("analyse", "network", "--as-of", day, "--format", "json", "--store", built)
        report = json.loads(done.stdout)
        assert (report["as_of"], report["nodes"]) == (day, nodes)
    assert "as of 截至: 2023-04-02" in run("analyse", "network", "--as-of", day, "--store", built).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "cq01", "--as-of", "2023-02-30"), "no calendar has the day 2023-02-30 日历上没有这一天"),
        (("query", "cq01", "--as-of", "20230405"), "a date like 2020-08-31 is wanted, not '20230405'"),
        (("analyse", "network", "--as-of", "yesterday"), "a date like 2020-08-31 is wanted, not 'yesterday'"),
        (("query", "cq05", "--as-of", "2023-04-02"), "cq05-measures-in-region does not look back in time; --as-of goes with cq01, "),
        (("query", "-e", "ASK { }", "--as-of", "2023-04-02"), "parameters and --as-of go with saved questions only"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(
    run: Run, built: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(*arguments, "--store", built)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
