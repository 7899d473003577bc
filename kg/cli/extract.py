"""``kg extract``: read bulletins and print their articles with all facts, without a store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kg.cli.options import ReaderChoice, files_argument, output_option, reader_options, year_option
from kg.cli.output import write_lines
from kg.cli.reading import reader_of
from kg.cli.wording import either
from kg.model import ArticleFacts
from loaders.read import read_all


@click.command("extract")
@files_argument
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@year_option
@output_option
@reader_options
def command(paths: tuple[Path, ...], form: str, year: int | None, output: str, choice: ReaderChoice) -> None:
    """Print the articles of FILES with their facts as JSON 抽取事实（不建库）.

    Facts that a JSON file brings are not looked at: the text is read anew.
    """
    read = reader_of(choice)
    lacking: Counter[str] = Counter()
    bulletins = read_all(paths, year)
    for issue in chain.from_iterable(bulletin.doubts for bulletin in bulletins):
        click.echo(either(issue.message_zh, issue.message_en), err=True)
    found = (
        to_json(_counted(facts, lacking), bulletin.title)
        for bulletin in bulletins
        for facts in read([article for article, _ in bulletin.articles], None)
    )
    write_lines(_as_list(found) if form == "json" else _as_lines(found), output)
    if choice.reader != "rules":
        _tell_issues(lacking)


def _as_lines(articles: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def _as_list(articles: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The pieces of ``json.dumps`` of the whole list, indented by one: a newline is none of a string's in JSON."""
    opening = "[\n "
    for article in articles:
        yield opening + json.dumps(article, ensure_ascii=False, indent=1).replace("\n", "\n ")
        opening = ",\n "
    yield "\n]\n" if opening.startswith(",") else "[]\n"


def _counted(facts: ArticleFacts, lacking: Counter[str]) -> ArticleFacts:
    """The same facts; what the model's lack is counted by its reason."""
    lacking.update(f"{one.message_zh} / {one.message_en}" for one in facts.issues if "llm" in one.code)
    return facts


def _tell_issues(counts: Counter[str]) -> None:
    """What the model's facts lack, on standard error: one line a reason, the most frequent first."""
    for said, number in counts.most_common():
        click.echo(f"{number} x {said}", err=True)


def to_json(facts: ArticleFacts, source: str) -> dict[str, Any]:
    """One article with its facts under the guide's keys, and what is in doubt; building from it gives the same graph."""
    article = facts.article.model_dump(exclude_none=True, exclude_defaults=True)
    doubts = {"doubts": [issue.to_json() for issue in facts.issues]} if facts.issues else {}
    return {"section": None, "source": source, **article, **facts.facts.model_dump(), **doubts}
