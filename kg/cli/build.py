"""``kg build``: the main job, from bulletins to a checked and reasoned graph."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from kg.cli.doubts import DoubtList
from kg.cli.issues import keep_issues
from kg.cli.options import ReaderChoice, files_argument, reader_options, store_option, year_option
from kg.cli.reading import Read, read_by_rules, reader_of
from kg.cli.rehearsal import rehearsed
from kg.cli.wording import language, say
from kg.curation import read_log, states
from kg.ingest import Ingestion, Outcome, ensure_base
from kg.model import Bulletin
from kg.store import open_store
from kg.web.wording import Words
from loaders.anchoring import anchor
from loaders.read import BulletinText, read_all


@click.command("build")
@files_argument
@store_option
@year_option
@click.option(
    "--strict",
    is_flag=True,
    help="Load nothing at all where anything violates a check. 任何一处有校验问题，整次不载入。",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no list of doubts. 不显示进度与待核清单。")
@reader_options
def command(
    paths: tuple[Path, ...], store: Path, year: int | None, strict: bool, quiet: bool, choice: ReaderChoice
) -> None:
    """Read FILES into the store 建库: extract, validate, reason, save.

    FILES are bulletins as text, or articles as JSON or JSONL; articles that bring facts (in the form of the
    annotation guide) are loaded with these facts. A bulletin of the same key is replaced.

    Exit status 1 where something violates a check 校验问题: it stays out and is listed, the rest is loaded. With
    --strict nothing is loaded then: a store that was there stays as it was, and none is made.
    """
    if echoed(build(paths, store, year=year, strict=strict, quiet=quiet, read=reader_of(choice))):
        sys.exit(1)


def echoed(lines: Generator[str, None, int]) -> int:
    """Print the lines of a build as they come; the number of violations that it met."""
    while True:
        try:
            click.echo(next(lines))
        except StopIteration as end:
            return int(end.value)


def build(
    paths: Iterable[Path],
    store: Path,
    *,
    year: int | None = None,
    strict: bool = False,
    quiet: bool = False,
    read: Read = read_by_rules,
) -> Generator[str, None, int]:
    """Build, and give the summary line by line as each bulletin is loaded; at last the number of violations.

    Every file is read before the first is loaded. With ``strict`` every one is checked before, too, and a violation
    raises ConformanceError with the store untouched.
    """
    begun = time.monotonic()
    texts = read_all(paths, year)
    total = sum(len(text.articles) for text in texts)
    violations: Counter[str] = Counter()
    with tqdm(total=total, unit="article", disable=quiet or None) as bar:
        found = (read_facts(text, bar, read) for text in texts)
        with rehearsed(found, read_log(store)) if strict else nullcontext(found) as bulletins:
            ensure_base(store)
            doubts = DoubtList()
            yield from _loaded(store, zip(texts, bulletins, strict=True), strict, doubts, violations)
    yield from () if quiet else doubts.lines(store)
    if violations.total():
        yield say("left_out", bulletins=say("comma").join(+violations))
    yield say("done", seconds=f"{time.monotonic() - begun:.1f}", store=store)
    return violations.total()


def _loaded(
    store: Path,
    bulletins: Iterable[tuple[BulletinText, Bulletin]],
    strict: bool,
    doubts: DoubtList,
    violations: Counter[str],
) -> Iterator[str]:
    """Load the bulletins one by one, each with the lines of its summary; ``doubts`` and ``violations`` take in theirs."""
    with open_store(store, write=True) as opened:
        corrections = read_log(store)
        ingestion = Ingestion(opened, strict=strict, corrections=corrections)
        ingestion.correct()  # what a killed command or a copied log left undone
        for text, bulletin in bulletins:
            outcome = ingestion.load(bulletin)
            outcome.issues = [*text.doubts, *outcome.issues]
            keep_issues(store, outcome.bulletin, outcome.issues)
            doubts.add(text, outcome.issues)
            violations[outcome.bulletin] += outcome.violations
            yield from _summary(text, outcome)
        if corrections.log:
            count = Counter(state for _, state in states(opened, corrections))
            yield say("corrections", held=count["in force"], waiting=count["waiting"])


def read_facts(text: BulletinText, bar: tqdm[Any] | None = None, read: Read = read_by_rules) -> Bulletin:
    """The bulletin with the facts of each article: the ones its file brings, else those that ``read`` finds."""
    found = iter(read([article for article, facts in text.articles if facts is None], bar))
    articles = []
    for article, facts in text.articles:
        articles.append(next(found) if facts is None else anchor(article, facts))
        if bar is not None and facts is not None:
            bar.update()
    return Bulletin(key=text.key, title=text.title, articles=articles)


def _summary(text: BulletinText, outcome: Outcome) -> Iterator[str]:
    yield say(
        "loaded", bulletin=outcome.bulletin, articles=say("articles", n=outcome.articles),
        facts=say("facts", n=outcome.facts), listed=_listed(outcome.counts),
        inferred=outcome.inferred, withdrawn=outcome.withdrawn,
    )  # fmt: skip
    for reader, counts in outcome.readers.items():
        if len(outcome.readers) > 1 or reader == "llm":
            facts = say("facts", n=sum(counts.values()))
            yield say("read_by", reader=reader, facts=facts, listed=_listed(counts))
    years = {_year(year, reason) for year, reason in text.years}
    yield say("years", years=say("semicolon").join(sorted(years)))
    if text.issued:
        dated = sum(article.published == text.issued for article, _ in text.articles)
        yield say("issued", day=text.issued, n=dated)
    yield say(
        "conforms", yes=say("no" if outcome.violations else "yes"),
        violations=say("violations", n=outcome.violations),
        doubts=say("other_doubts", n=len(outcome.issues) - outcome.violations),
    )  # fmt: skip


def _year(year: int | None, reason: str | None) -> str:
    return say("year_of", year=year, reason=say(f"year {reason}")) if year else say("unknown")


def _listed(counts: Mapping[str, int]) -> str:
    told = say("comma").join(_counted(number, kind) for kind, number in counts.items() if number)
    return say("listed", kinds=told) if told else ""


def _counted(number: int, kind: str) -> str:
    """``3 regions``, ``1 region``, ``地区 3``."""
    if language() == "zh":
        return f"{Words('zh')(f'kind_{kind}')} {number}"
    return f"{number} {kind.removesuffix('s') if number == 1 else kind}"
