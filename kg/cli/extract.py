"""``kg extract``: read bulletins and print their articles with all facts, without a store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from kg.cli.options import ReaderChoice, files_argument, output_option, reader_options, year_option
from kg.cli.output import write_text
from kg.cli.reading import reader_of
from kg.issues import Issue
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
    found = [
        (facts, bulletin.title)
        for bulletin in read_all(paths, year)
        for facts in read([article for article, _ in bulletin.articles], None)
    ]
    if choice.reader != "rules":
        _tell_issues(issue for facts, _ in found for issue in facts.issues)
    articles = [to_json(facts, title) for facts, title in found]
    if form == "json":
        write_text(json.dumps(articles, ensure_ascii=False, indent=1) + "\n", output)
    else:
        write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), output)


def _tell_issues(issues: Iterable[Issue]) -> None:
    """What the model's facts lack, on standard error: one line a reason, the most frequent first."""
    counts = Counter(f"{issue.message_zh} / {issue.message_en}" for issue in issues if "llm" in issue.code)
    for said, number in counts.most_common():
        click.echo(f"{number} x {said}", err=True)


def to_json(facts: ArticleFacts, source: str) -> dict[str, Any]:
    """One article with its facts under the guide's keys; building from it gives the same graph."""
    article = facts.article.model_dump(exclude_none=True, exclude_defaults=True)
    return {"section": None, "source": source, **article, **facts.facts.model_dump()}
