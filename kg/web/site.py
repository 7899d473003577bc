"""What all routes share: the lender of views, the worker, measured quality, and counts kept until the next commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import Request

from kg.store import View
from kg.web.quality import Quality
from kg.web.views import OpenView
from kg.web.worker import Worker

Found = TypeVar("Found")


@dataclass
class Kept:
    """Results that hold for one version of the store."""

    _version: int = -1
    _found: dict[Hashable, object] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, view: View, key: Hashable, make: Callable[[View], Found]) -> Found:
        """The result under the key, made where this version of the store has none yet."""
        version = view.version
        with self._lock:
            if version != self._version:
                self._version, self._found = version, {}
            if key in self._found:
                return self._found[key]  # type: ignore[return-value]
        found = make(view)
        with self._lock:
            if version == self._version:
                self._found[key] = found
        return found


@dataclass(frozen=True)
class Site:
    """The parts of one running application."""

    open_view: OpenView
    worker: Worker
    quality: Mapping[str, Quality]
    kept: Kept = field(default_factory=Kept)


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
