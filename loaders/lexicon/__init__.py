"""The lexicon: words, cues and exceptions as tables, read on demand. Data only; rules live in ``loaders.recognise``."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``{name}.tsv``: a header line, tabs, lines that begin with # left out. No quoting."""
    with (_FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The first column of ``{name}.tsv``, in the file's order."""
    return tuple(next(iter(row.values())) for row in read_table(name))
