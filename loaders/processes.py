"""Processes that extract side by side: chunks of articles out, their facts back in order, a bounded number under way."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.errors import RegpolError
from kg.issues import Issue
from kg.model import Article, ArticleFacts, Facts

_CHUNK, _AHEAD = 8, 3
"""Articles a message, and messages under way for each process."""

_Work = Callable[[Article], ArticleFacts]
_Message = list[dict[str, Any]]
_Answer = list[tuple[str, list[Issue]]]

_SAMPLE = Article(
    title="甲省印发茶园发展方案",
    text="近日，甲省发展改革委印发《甲省茶园发展实施方案》，提出到2030年建成5个示范基地，与乙省共建联盟，支持企业技术改造。",
    year=2024,
)
"""Read once before processes are forked, so that they share what reading it loads."""


_WORTH_FORKED, _WORTH_BEGUN_ANEW = 300, 1500


def worth() -> int:
    """The number of articles from which a second process saves more time than its start takes."""
    return _WORTH_FORKED if _may_fork() else _WORTH_BEGUN_ANEW


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Workers:
    """Processes for one piece of work, from ``with`` on. They end with it, and where the process that began them dies."""

    def __init__(self, work: _Work, jobs: int) -> None:
        self._work, self._jobs = work, jobs
        forked = _may_fork()
        if forked:
            work(_SAMPLE)
            gc.collect()
            gc.freeze()  # what a collection would touch, the processes could not share
        self._pool = ProcessPoolExecutor(
            jobs, mp_context=get_context("fork" if forked else "spawn"), initializer=_begin
        )
        self._pool.submit(work, _SAMPLE)  # begins all of them now, while nothing else is open
        if forked:
            gc.unfreeze()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what they have not begun they leave."""
        self._pool.shutdown(cancel_futures=True)

    def map(self, articles: Iterable[Article]) -> Iterator[ArticleFacts]:
        """The facts of each article, in order. Articles are taken from the iterable a little ahead of what is given.

        Raises RegpolError where a process dies (it was killed, or ran out of memory).
        """
        waiting = iter(articles)
        under_way: deque[tuple[list[Article], Future[_Answer]]] = deque()
        try:
            while True:
                while len(under_way) < self._jobs * _AHEAD and (chunk := list(islice(waiting, _CHUNK))):
                    message = [article.model_dump(exclude={"lines"}) for article in chunk]
                    under_way.append((chunk, self._pool.submit(_answer, self._work, message)))
                if not under_way:
                    return
                chunk, future = under_way.popleft()
                for article, (facts, issues) in zip(chunk, future.result(), strict=True):
                    yield ArticleFacts(article=article, facts=Facts.model_validate_json(facts), issues=issues)
        except BrokenProcessPool:
            raise RegpolError("a process that reads articles died (out of memory?); try --jobs 1") from None
        finally:
            for _, future in under_way:
                future.cancel()


def _answer(work: _Work, message: _Message) -> _Answer:
    """The facts of some articles, as JSON, which is quicker to send than the facts."""
    found = [work(Article.model_validate(article)) for article in message]
    return [(one.facts.model_dump_json(exclude_unset=True), one.issues) for one in found]


def _may_fork() -> bool:
    """Whether a fork is safe: on Linux, with a single thread. A store's threads could hold a lock that a fork copies.
    Forked processes begin at once and share memory; others take a second to load what they need."""
    return sys.platform == "linux" and sum(1 for _ in Path("/proc/self/task").iterdir()) == 1


def _begin() -> None:
    """In a new process: leave Ctrl-C to the one that began it, and end with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
