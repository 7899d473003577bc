"""Evaluation with a deadline, so that a heavy query costs its asker an answer and not everybody the pages.

What this does not do: the engine cannot be interrupted. A query past its deadline is answered with 503, but its
thread runs on, holding its slot, its view and its memory until the engine is done. Since the slots are few, heavy
queries can fill them; then queries are refused (503) while pages, which need no slot, are still served. Nothing
limits the memory of one query. Who opens the endpoint to strangers needs worker processes that can be killed.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar

from kg.errors import RegpolError
from kg.store import View
from kg.web.views import OpenView

Found = TypeVar("Found")
_NAP: Final = 0.02


class OvertimeError(RegpolError):
    """A query that took too long, or found no free slot."""


@dataclass(frozen=True)
class Limits:
    """What one request may cost: seconds, evaluations at a time, rows on a page, rows of an answer, bytes sent."""

    seconds: float = 30.0
    concurrent: int = 4
    page_rows: int = 500
    rows: int = 1_000_000
    body_bytes: int = 1_000_000


class Worker:
    """Runs work on the current view in threads of its own."""

    def __init__(self, open_view: OpenView, limits: Limits) -> None:
        self.limits = limits
        self._open_view = open_view
        self._slots = threading.Semaphore(limits.concurrent)

    async def run(self, work: Callable[[View], Found]) -> Found:
        """The result of the work, or its error. Raises OvertimeError at the deadline, waiting for a slot included."""
        deadline = time.monotonic() + self.limits.seconds
        while not self._slots.acquire(blocking=False):
            if time.monotonic() > deadline:
                raise OvertimeError("all evaluators are busy; try again later")
            await asyncio.sleep(_NAP)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Found] = loop.create_future()
        thread = threading.Thread(target=self._work, args=(work, loop, future), daemon=True)
        thread.start()
        try:
            return await asyncio.wait_for(future, deadline - time.monotonic())
        except TimeoutError:
            raise OvertimeError(f"the query took longer than {self.limits.seconds:g} s") from None

    def _work(
        self, work: Callable[[View], Found], loop: asyncio.AbstractEventLoop, future: asyncio.Future[Found]
    ) -> None:
        found: Found | None = None
        error: BaseException | None = None
        try:
            with self._open_view() as view:
                found = work(view)
        except Exception as caught:
            error = caught
        finally:
            self._slots.release()
        # a loop that was closed meanwhile has nobody left who waits
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, future, found, error)


def _settle(future: asyncio.Future[Found], found: Found | None, error: BaseException | None) -> None:
    if future.done():  # the asker has gone
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(found)  # type: ignore[arg-type]
