"""Which reader finds the facts: the rules, a language model, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tqdm import tqdm

from kg.cli.options import ReaderChoice
from kg.model import Article, ArticleFacts
from loaders.extraction import extract

Read = Callable[[Sequence[Article], "tqdm[Any] | None"], list[ArticleFacts]]
"""Articles in, the facts of each out, in the same order; a bar is moved on by one an article."""


def read_by_rules(articles: Sequence[Article], bar: tqdm[Any] | None = None) -> list[ArticleFacts]:
    """The facts that the rules find; the default, offline."""
    found = []
    for article in articles:
        found.append(extract(article))
        if bar is not None:
            bar.update()
    return found


def reader_of(choice: ReaderChoice) -> Read:
    """The reader chosen. Raises InputError where a language model is chosen and its extra or a setting is missing."""
    if choice.reader == "rules":
        return read_by_rules
    # the extra is not imported on the default path
    from loaders.llm import LanguageModelReader, Settings

    settings = Settings.of(choice.endpoint, choice.model, choice.cache, choice.parallel)
    return LanguageModelReader(settings, with_rules=choice.reader == "both").read
