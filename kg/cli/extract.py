"""``kg extract``: read bulletins and print their articles with all facts, without a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.options import files_argument, output_option, year_option
from kg.cli.output import write_text
from kg.model import ArticleFacts
from loaders.extraction import extract
from loaders.read import read_all


@click.command("extract")
@files_argument
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@year_option
@output_option
def command(paths: tuple[Path, ...], form: str, year: int | None, output: str) -> None:
    """Print the articles of FILES with their facts as JSON 抽取事实（不建库）.

    Facts that a JSON file brings are not looked at: the text is read anew.
    """
    articles = [
        to_json(extract(article), bulletin.title)
        for bulletin in read_all(paths, year)
        for article, _ in bulletin.articles
    ]
    if form == "json":
        write_text(json.dumps(articles, ensure_ascii=False, indent=1) + "\n", output)
    else:
        write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), output)


def to_json(facts: ArticleFacts, source: str) -> dict[str, Any]:
    """One article with its facts under the guide's keys; building from it gives the same graph."""
    article = facts.article.model_dump(exclude_none=True, exclude_defaults=True)
    return {"section": None, "source": source, **article, **facts.facts.model_dump()}
