"""``kg evaluate``: how good the reader is, measured against articles annotated by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.extract import to_json
from kg.cli.options import output_option
from kg.cli.output import write_text
from kg.errors import InputError
from kg.evaluation import Evaluation, evaluate
from loaders.articles import parse_articles
from loaders.decoding import read_text
from loaders.extraction import extract
from loaders.years import assume_years


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@output_option
def command(gold: tuple[Path, ...], form: str, output: str) -> None:
    """Extract the articles of GOLD files anew and score the facts against theirs 评测.

    GOLD is JSON in the form of the annotation guide. Printed are precision, recall, F1 and label accuracy of each
    kind of fact, and their macro F1, over all files. CSV has rows for each file by itself: it is the form of
    ontology/quality.csv, which the pages and the README show.
    """
    annotated = {path: _annotated(path) for path in gold}
    if form == "csv":
        write_text(_csv({path.stem: _score(items) for path, items in annotated.items()}), output)
        return
    result = _score([item for items in annotated.values() for item in items])
    write_text(_json(result) if form == "json" else _table(result), output)


def _score(annotated: list[dict[str, Any]]) -> Evaluation:
    return evaluate([item["found"] for item in annotated], [item["gold"] for item in annotated])


def _annotated(path: Path) -> list[dict[str, Any]]:
    pairs = parse_articles(read_text(path), path)
    if not any(facts for _, facts in pairs):
        raise InputError(f"{path}: brings no annotated facts to measure against")
    articles = assume_years([article for article, _ in pairs])
    return [
        {
            "found": to_json(extract(article), path.stem),
            "gold": {"title": article.title, "text": article.text, **(facts or {})},
        }
        for article, (_, facts) in zip(articles, pairs, strict=True)
    ]


def _table(result: Evaluation) -> str:
    lines = [
        f"{'kind':13}{'gold':>6}{'found':>7}{'hit':>6}{'P':>8}{'R':>8}{'F1':>8}{'labels':>8}{'too long':>10}"
    ]
    lines += [
        f"{s.kind:13}{s.gold:6}{s.found:7}{s.hits:6}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}{s.labels:8.3f}{s.too_long:10}"
        for s in result.kinds
    ]
    verbatim = sum(s.not_verbatim for s in result.kinds)
    lines.append(
        f"articles {result.articles_found}/{result.articles} (+{result.articles_extra} extra)  "
        f"not verbatim {verbatim}  macro F1 {result.macro_f1:.3f}"
    )
    return "\n".join(lines) + "\n"


def _json(result: Evaluation) -> str:
    kinds = {
        s.kind: {
            "gold": s.gold, "found": s.found, "hit": s.hits, "precision": round(s.precision, 4),
            "recall": round(s.recall, 4), "f1": round(s.f1, 4), "labels": round(s.labels, 4),
            "not_verbatim": s.not_verbatim, "too_long": s.too_long,
        }
        for s in result.kinds
    }  # fmt: skip
    document = {
        "articles": result.articles,
        "articles_found": result.articles_found,
        "articles_extra": result.articles_extra,
        "macro_f1": round(result.macro_f1, 4),
        "kinds": kinds,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _csv(results: dict[str, Evaluation]) -> str:
    lines = ["set,kind,articles,gold,found,hits,precision,recall,f1,labels"]
    lines += [
        f"{name},{s.kind},{result.articles},{s.gold},{s.found},{s.hits},"
        f"{s.precision:.3f},{s.recall:.3f},{s.f1:.3f},{s.labels:.3f}"
        for name, result in results.items()
        for s in result.kinds
    ]
    return "\n".join(lines) + "\n"
