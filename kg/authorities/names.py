"""How official names of Chinese administrative units are built: stem, peoples, word for the kind."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from kg.resources import data_path


def read_table(*parts: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV table of the project under `ontology/`, in file order."""
    with data_path("ontology", *parts).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def split_list(cell: str) -> tuple[str, ...]:
    """The parts of a `|`-separated cell; an empty cell has none."""
    return tuple(part for part in cell.split("|") if part) if cell else ()


@cache
def name_parts(kind: str) -> dict[str, str]:
    """English words of the name parts of one kind (`suffix` or `people`), longest suffix first."""
    rows = read_table("regions", "name_parts.csv")
    return {row["form"]: row["name_en"] for row in rows if row["kind"] == kind}


@cache
def split_name(name: str) -> tuple[str, tuple[str, ...], str]:
    """Stem, peoples and suffix of an official name; without a known suffix the third part is empty.

    `秀山土家族苗族自治县` → (`秀山`, (`土家族`, `苗族`), `自治县`).
    A suffix of several characters needs a stem of two: `碑林区` is `碑林` + `区`.
    """
    suffix = ""
    for candidate in name_parts("suffix"):
        least = 1 if len(candidate) == 1 else 2
        if name.endswith(candidate) and len(name) - len(candidate) >= least:
            suffix = candidate
            break
    stem = name[: len(name) - len(suffix)]
    peoples: list[str] = []
    while suffix.startswith("自治"):
        people = next((p for p in name_parts("people") if stem.endswith(p) and len(stem) - len(p) > 1), None)
        if people is None:
            break
        peoples.insert(0, people)
        stem = stem[: len(stem) - len(people)]
    return stem, tuple(peoples), suffix
