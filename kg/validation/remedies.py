"""What to do about a validation result: from ``ontology/remedies.csv``, by check or else by constraint component."""

from __future__ import annotations

import csv
from functools import cache

from kg.namespaces import SHAPE
from kg.resources import data_path
from kg.validation.report import ValidationResult


def remedy(result: ValidationResult) -> tuple[str, str]:
    """What to do, in Chinese and in English."""
    table = remedies()
    return (
        table.get(str(result.source_shape).removeprefix(SHAPE)) or table[result.component.rpartition("#")[2]]
    )


@cache
def remedies() -> dict[str, tuple[str, str]]:
    """The table: advice by the name of a check or of a constraint component."""
    with data_path("ontology", "remedies.csv").open(encoding="utf-8", newline="") as file:
        return {row["check"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}
