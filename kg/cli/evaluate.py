"""``kg evaluate``: how good the reader is, measured against articles annotated by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.extract import to_json
from kg.cli.options import ReaderChoice, output_option, reader_options
from kg.cli.output import write_text
from kg.cli.reading import Read, read_by_rules, reader_of
from kg.cli.scoreboard import as_csv, as_json, as_table
from kg.errors import InputError
from kg.evaluation import Report, measure
from loaders.articles import parse_articles
from loaders.decoding import read_text
from loaders.years import assume_years

Annotated = tuple[dict[str, Any], dict[str, Any]]
"""An article with the facts found anew, and the same with those of the annotation."""


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@output_option
@reader_options
def command(gold: tuple[Path, ...], form: str, output: str, choice: ReaderChoice) -> None:
    """Extract the articles of GOLD files anew, by the reader chosen, and score the facts against theirs 评测.

    GOLD is JSON in the form of the annotation guide. Printed are, over all files: precision, recall and F1 of each kind
    of fact with 95 % intervals (articles resampled), label accuracy, F1 under three rules (same article, quotes that
    overlap, the exact span), macro F1 by source, the confusion of instruments, and how often facts of a confidence
    are right. CSV has rows for each file by itself: it is the form of ontology/quality.csv, which the pages, the README
    and the graph show.
    """
    read = reader_of(choice)
    annotated = {path: read_annotated(path, read) for path in gold}
    if form == "csv":
        write_text(as_csv({path.stem: _measured(pairs) for path, pairs in annotated.items()}), output)
        return
    report = _measured([pair for pairs in annotated.values() for pair in pairs])
    write_text(as_json(report) if form == "json" else as_table(report), output)


def _measured(annotated: Sequence[Annotated]) -> Report:
    return measure([found for found, _ in annotated], [gold for _, gold in annotated])


def read_annotated(path: Path, read: Read = read_by_rules) -> list[Annotated]:
    """The articles of an annotated file, read anew by ``read``, each with its annotation.

    Raises InputError where the file cannot be read or brings no facts.
    """
    pairs = parse_articles(read_text(path), path)
    if not any(facts for _, facts in pairs):
        raise InputError(f"{path}: brings no annotated facts to measure against")
    articles = assume_years([article for article, _ in pairs])
    return [
        (
            to_json(found, path.stem),
            {
                "title": found.article.title,
                "text": found.article.text,
                "source": found.article.source or path.stem,
                **(facts or {}),
            },
        )
        for found, (_, facts) in zip(read(articles, None), pairs, strict=True)
    ]
