"""``kg build``: the main job, from bulletins to a checked and reasoned graph."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from kg.cli.doubts import DoubtList
from kg.cli.issues import keep_issues
from kg.cli.options import ReaderChoice, files_argument, reader_options, store_option, year_option
from kg.cli.reading import Read, read_by_rules, reader_of
from kg.curation import read_log, states
from kg.ingest import Ingestion, Outcome, ensure_base
from kg.model import Bulletin
from kg.store import open_store
from loaders.anchoring import anchor
from loaders.read import BulletinText, read_all


@click.command("build")
@files_argument
@store_option
@year_option
@click.option("--strict", is_flag=True, help="Refuse a bulletin with any violation. 有校验问题即拒收。")
@click.option("--quiet", is_flag=True, help="No progress bar and no list of doubts. 不显示进度与待核清单。")
@reader_options
def command(
    paths: tuple[Path, ...], store: Path, year: int | None, strict: bool, quiet: bool, choice: ReaderChoice
) -> None:
    """Read FILES into the store 建库: extract, validate, reason, save.

    FILES are bulletins as text, or articles as JSON or JSONL; articles that bring facts (in the form of the
    annotation guide) are loaded with these facts. A bulletin of the same key is replaced.
    """
    for line in build(paths, store, year=year, strict=strict, quiet=quiet, read=reader_of(choice)):
        click.echo(line)


def build(
    paths: Iterable[Path],
    store: Path,
    *,
    year: int | None = None,
    strict: bool = False,
    quiet: bool = False,
    read: Read = read_by_rules,
) -> Iterator[str]:
    """Build, and give the summary line by line as each bulletin is loaded. Every file is read before the first."""
    begun = time.monotonic()
    texts = read_all(paths, year)
    ensure_base(store)
    total = sum(len(text.articles) for text in texts)
    with (
        open_store(store, write=True) as opened,
        tqdm(total=total, unit="article", disable=quiet or None) as bar,
    ):
        corrections = read_log(store)
        ingestion = Ingestion(opened, strict=strict, corrections=corrections)
        ingestion.correct()  # what a killed command or a copied log left undone
        doubts = DoubtList()
        for text in texts:
            outcome = ingestion.load(read_facts(text, bar, read))
            keep_issues(store, outcome.bulletin, outcome.issues)
            doubts.add(text, outcome.issues)
            yield from _summary(text, outcome)
        if corrections.log:
            count = Counter(state for _, state in states(opened, corrections))
            yield f"corrections 勘误: {count['in force']} in force, {count['waiting']} waiting for their target"
    yield from () if quiet else doubts.lines(store)
    yield f"done in {time.monotonic() - begun:.1f} s: {store}"


def read_facts(text: BulletinText, bar: tqdm[Any] | None = None, read: Read = read_by_rules) -> Bulletin:
    """The bulletin with the facts of each article: the ones its file brings, else those that ``read`` finds."""
    found = iter(read([article for article, facts in text.articles if facts is None], bar))
    articles = []
    for article, facts in text.articles:
        articles.append(next(found) if facts is None else anchor(article, facts))
        if bar is not None and facts is not None:
            bar.update()
    return Bulletin(key=text.key, title=text.title, articles=articles)


def _summary(text: BulletinText, outcome: Outcome) -> list[str]:
    years = "; ".join(sorted({f"{year} ({reason})" if year else "unknown" for year, reason in text.years}))
    return [
        f"{outcome.bulletin}: {outcome.articles} articles, {outcome.facts} facts{_listed(outcome.counts)}, "
        f"+{outcome.inferred} / −{outcome.withdrawn} inferred triples 推断",
        *(f"  read by 读法 {reader}: {sum(counts.values())} facts{_listed(counts)}"
          for reader, counts in outcome.readers.items() if len(outcome.readers) > 1 or reader == "llm"),
        f"  year of bare dates: {years}",
        f"  conforms: {'no' if outcome.violations else 'yes'}; {outcome.violations} violations, "
        f"{len(outcome.issues) - outcome.violations} other doubts 待核",
    ]  # fmt: skip


def _listed(counts: Mapping[str, int]) -> str:
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
    return f" ({told})" if told else ""
