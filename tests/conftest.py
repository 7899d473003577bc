"""Where the reference data are, and what a run without them does; how often a run collects garbage."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

REFERENCE = Path(os.environ.get("REGPOL_REFERENCE", "../shared")).absolute()


def pytest_configure() -> None:
    """Collect cyclic garbage more seldom: a quarter of the time of the tests in this process went into it."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``reference`` run where the reference data are; under CI they are required, elsewhere skipped."""
    if REFERENCE.is_dir():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"the reference data are missing: REGPOL_REFERENCE={REFERENCE}")
    skipped = pytest.mark.skip(reason=f"no reference data at {REFERENCE}")
    for item in items:
        if item.get_closest_marker("reference"):
            item.add_marker(skipped)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference data."""
    return REFERENCE
