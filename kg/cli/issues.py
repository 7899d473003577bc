"""The issues of each bulletin as JSON lines beside the store's data: written by build, counted by status."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kg.errors import StoreError
from kg.identifiers import digest
from kg.issues import Issue

_FOLDER = "issues"


def keep_issues(store: Path, bulletin: str, issues: Sequence[Issue]) -> None:
    """Write the issues of a bulletin, replacing those of its last load. Raises StoreError where that fails."""
    lines = (json.dumps(issue.to_json(), ensure_ascii=False) + "\n" for issue in issues)
    try:
        (store / _FOLDER).mkdir(exist_ok=True)
        _file(store, bulletin).write_text("".join(lines), "utf-8")
    except OSError as error:
        raise StoreError(
            f"{store}: {bulletin} is loaded, but its issues cannot be kept ({error.strerror})"
        ) from None


def forget_issues(store: Path, bulletin: str) -> None:
    """Remove the issues of a bulletin that is gone."""
    _file(store, bulletin).unlink(missing_ok=True)


def count_issues(store: Path, bulletin: str) -> int:
    """How many issues the last load of a bulletin met."""
    file = _file(store, bulletin)
    return sum(1 for line in file.read_text("utf-8").split("\n") if line) if file.is_file() else 0


def _file(store: Path, bulletin: str) -> Path:
    return store / _FOLDER / f"{digest(bulletin)}.jsonl"
