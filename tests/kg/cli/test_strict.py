"""Builds with violations: status 1; strict ones load nothing at all, and leave the store as it was or unmade."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kg.cli.conftest import Run

GOOD = {
    "title": "云南启动河湖管护试点",
    "text": "近日，云南省水利厅启动河湖管护试点。",
    "published": "2023-05",
    "source": "甲周报",
    "measures": [{"label": "管护试点", "evidence": "启动河湖管护试点", "type": "governance_mechanism"}],
}
BAD = {
    **GOOD,
    "title": "贵州启动河湖管护试点",
    "source": "乙周报",
    "measures": [*GOOD["measures"], {"label": "奖补", "evidence": "文中没有的话", "type": "fiscal_subsidy"}],
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.json"
    path.write_text(json.dumps([GOOD], ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps([BAD], ensure_ascii=False), "utf-8")
    return path


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_refused_build_makes_no_store(run: Run, good: Path, bad: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    done = run("build", good, bad, "--store", tmp_path / "new", "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing was loaded" in done.stderr
    assert set(tmp_path.iterdir()) == before


def test_a_refused_build_leaves_the_store_as_it_was(run: Run, good: Path, bad: Path, store: Path) -> None:
    before = held(store)
    done = run("build", good, bad, "--store", store, "--strict")  # the first of the two would conform
    assert done.returncode == 1
    assert held(store) == before


def test_a_strict_build_of_what_conforms_is_a_build(
    run: Run, good: Path, empty: Path, tmp_path: Path
) -> None:
    done = run("build", good, "--store", empty, "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "甲周报: 1 article, " in done.stdout
    assert "conforms: yes; 0 violations" in done.stdout
    exported = [tmp_path / "strict.nq", tmp_path / "lax.nq"]
    run("export", "nquads", "-o", exported[0], "--store", empty)
    run("build", good, "--store", empty)
    run("export", "nquads", "-o", exported[1], "--store", empty)
    assert exported[0].read_bytes() == exported[1].read_bytes()


def test_a_lax_build_loads_the_rest_and_says_so(run: Run, good: Path, bad: Path, empty: Path) -> None:
    done = run("build", good, bad, "--store", empty)
    assert done.returncode == 1
    assert "conforms: no; 1 violation, " in done.stdout
    assert "left out for violations 校验问题 in: " in done.stdout
    assert "2 bulletins 简报" in run("status", "--store", empty).stdout


def test_help_tells_the_exit_status(run: Run) -> None:
    told = " ".join(run("build", "--help").stdout.split())
    assert "Exit status 1 where something violates a check" in told
    assert "a store that was there stays as it was, and none is made" in told
