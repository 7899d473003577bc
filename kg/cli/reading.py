"""Which reader finds the facts: the rules, a language model, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click
from tqdm import tqdm

from kg.cli.options import ReaderChoice
from kg.errors import InputError
from kg.model import Article, ArticleFacts
from loaders.extraction import extract
from loaders.processes import Workers, cores, worth

Read = Callable[[Sequence[Article], "tqdm[Any] | None"], Iterable[ArticleFacts]]
"""Articles in, the facts of each out, in the same order; a bar is moved on by one an article."""


class RulesReader:
    """Finds facts by the rules, offline: in this process, or where that pays, or is asked for, in several.

    ``jobs`` is their number; None begins as many as there are cores once more articles were read than they cost.
    """

    def __init__(self, jobs: int | None = 1) -> None:
        self._jobs = cores() if jobs is None else jobs
        self._asked = 0
        self._workers: Workers | None = None
        if jobs is not None and jobs > 1:
            self._workers = Workers(extract, jobs)  # before a store is open, see Workers

    def read(self, articles: Sequence[Article], bar: tqdm[Any] | None = None) -> Iterator[ArticleFacts]:
        """The facts of each article, in order, as they are found."""
        self._asked += len(articles)
        # asked anew each time: a store that was opened since has threads, and then to begin costs more
        if self._workers is None and self._jobs > 1 and self._asked >= worth():
            self._workers = Workers(extract, self._jobs)
        for facts in self._workers.map(articles) if self._workers else map(extract, articles):
            yield facts
            if bar is not None:
                bar.update()

    def close(self) -> None:
        """End the processes."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None


def read_by_rules(articles: Sequence[Article], bar: tqdm[Any] | None = None) -> Iterator[ArticleFacts]:
    """The facts that the rules find, in this process; the default."""
    return RulesReader().read(articles, bar)


def reader_of(choice: ReaderChoice) -> Read:
    """The reader chosen, for the command that runs.

    Raises InputError where a language model is chosen and its extra or a setting is missing, or ``jobs`` is given,
    which it has no use for.
    """
    if choice.reader == "rules":
        reader = RulesReader(choice.jobs)
        click.get_current_context().call_on_close(reader.close)
        return reader.read
    if choice.jobs is not None:
        raise InputError(
            f"--jobs is for --reader rules; with --reader {choice.reader}, "
            "--llm-parallel says how many articles are asked about at once"
        )
    # the extra is not imported on the default path
    from loaders.llm import LanguageModelReader, Settings

    settings = Settings.of(choice.endpoint, choice.model, choice.cache, choice.parallel)
    return LanguageModelReader(settings, with_rules=choice.reader == "both").read
