"""The sample bulletin, from its text to its explanations."""

from __future__ import annotations

from pathlib import Path

import loaders
from kg.cli.build import read_facts
from kg.ingest import Ingestion
from kg.store import memory_store
from loaders.read import read
from tests.corpus import full_base
from tests.explaining import check_explained


def test_every_inferred_triple_is_explained_down_to_quotes() -> None:
    store = memory_store(full_base())
    [path] = (Path(loaders.__file__).parent / "samples").glob("*.txt")
    [bulletin] = read(path)
    assert Ingestion(store).load(read_facts(bulletin)).violations == 0
    assert check_explained(store) > 2000
