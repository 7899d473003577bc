"""Where the pages get their view from: one that stays, or the store on disk as its last writer left it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from kg.store import View, open_store
from kg.store.disk import written_version

OpenView = Callable[[], AbstractContextManager[View]]
"""Lends the current view; it stays as it is until the loan ends, whatever is written meanwhile."""


def fixed_view(view: View) -> OpenView:
    """A provider that always lends the same view."""
    return lambda: nullcontext(view)


@dataclass
class _Opened:
    """A view on loan, and how many have it."""

    view: View
    version: str
    stack: ExitStack
    loans: int = 0
    is_current: bool = True


@dataclass
class DiskViews:
    """Lends views of the store in a folder and opens it anew when a writer has committed.

    A view that was replaced is closed when its last borrower gives it back. Raises StoreError where the folder
    holds no store that can be opened.
    """

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _current: _Opened | None = None

    @contextmanager
    def __call__(self) -> Iterator[View]:
        """Lend the view of the last commit."""
        with self._lock:
            opened = self._refreshed()
            opened.loans += 1
        try:
            yield opened.view
        finally:
            with self._lock:
                opened.loans -= 1
                _close_if_done(opened)

    def close(self) -> None:
        """Close the current view once nobody has it."""
        with self._lock:
            self._retire()

    def _refreshed(self) -> _Opened:
        version = written_version(self.path)
        if self._current is None or self._current.version != version:
            stack = ExitStack()
            opened = _Opened(stack.enter_context(open_store(self.path)), version, stack)
            self._retire()
            self._current = opened
        return self._current

    def _retire(self) -> None:
        if self._current is not None:
            self._current.is_current = False
            _close_if_done(self._current)
            self._current = None


def _close_if_done(opened: _Opened) -> None:
    if not opened.is_current and opened.loans == 0:
        opened.stack.close()
