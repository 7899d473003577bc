"""A client on a small store with measured quality."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.web import create_app, fixed_view
from kg.web.quality import Quality
from tests.kg.web.bulletin import filled_store
from tests.kg.web.serving import serving

QUALITY = {
    "measures": Quality("measures", 4, 40, 38, 30, 0.79, 0.75, 0.77, 0.9),
    "targets": Quality("targets", 4, 10, 6, 5, 0.83, 0.51, 0.63, 0.8),
}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the pages are served."""
    with serving(create_app(fixed_view(filled_store()), quality=QUALITY)) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client without cookies that follows no redirects."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as opened:
        yield opened
