"""The reader is no worse than recorded: ``ontology/quality.csv`` on the sets that rules may be tuned to.

The holdout is never read here: it is measured seldom, by ``make quality``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.cli.evaluate import read_annotated
from kg.evaluation import evaluate
from kg.model import GUIDE_KINDS
from kg.resources import data_path

ALLOWED = 0.02
"""How far F1 may fall below the recorded one."""


@pytest.mark.reference
@pytest.mark.parametrize("name", ["seed", "dev"])
def test_no_kind_is_read_worse_than_recorded(reference: Path, name: str) -> None:
    with data_path("ontology", "quality.csv").open(encoding="utf-8", newline="") as file:
        recorded = {row["kind"]: float(row["f1"]) for row in csv.DictReader(file) if row["set"] == name}
    assert list(recorded) == list(GUIDE_KINDS)
    annotated = read_annotated(reference / "score" / f"{name}.json")
    scores = evaluate([found for found, _ in annotated], [gold for _, gold in annotated]).kinds
    worse = {
        score.kind: f"{score.f1:.3f} < {recorded[score.kind]:.3f} - {ALLOWED}"
        for score in scores
        if score.f1 < recorded[score.kind] - ALLOWED
    }
    assert worse == {}
