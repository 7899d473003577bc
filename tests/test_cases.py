"""Golden bulletins: a folder each with the input, the facts and the graph. ``scripts/golden_cases.py`` writes them anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "golden_cases", CASES.parents[1] / "scripts" / "golden_cases.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_a_bulletin_gives_its_facts_and_its_graph(golden: ModuleType, name: str) -> None:
    for file, content in golden.outcome(CASES / name).items():
        expected = (CASES / name / file).read_text("utf-8")
        assert content.splitlines() == expected.splitlines(), f"{name}/{file}: see scripts/golden_cases.py"
