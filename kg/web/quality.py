"""The measured quality of the reader, kind by kind, as ``kg evaluate --format csv`` wrote it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.model import GUIDE_KINDS

FAIR_SET = "dev-holdout"
"""The annotated set that no rule was tuned to: its figures are the ones to show."""


@dataclass(frozen=True)
class Quality:
    """How one kind of fact is read: numbers of facts, and shares between 0 and 1."""

    kind: str
    articles: int
    gold: int
    found: int
    hits: int
    precision: float
    recall: float
    f1: float
    labels: float


def read_quality(path: Path) -> Mapping[str, Quality]:
    """Quality by kind on the fair set, in the order of the kinds; empty where nothing was measured."""
    if not path.is_file():
        return MappingProxyType({})
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["kind"]: _quality(row) for row in csv.DictReader(file) if row["set"] == FAIR_SET}
    return MappingProxyType({kind: rows[kind] for kind in GUIDE_KINDS if kind in rows})


def weakest(quality: Mapping[str, Quality], number: int = 3) -> list[Quality]:
    """The kinds of which the reader misses most: lowest recall first."""
    return sorted(quality.values(), key=lambda found: (found.recall, found.kind))[:number]


def _quality(row: Mapping[str, str]) -> Quality:
    counts = {name: int(row[name]) for name in ("articles", "gold", "found", "hits")}
    shares = {name: float(row[name]) for name in ("precision", "recall", "f1", "labels")}
    return Quality(kind=row["kind"], **counts, **shares)  # type: ignore[arg-type]
