"""What finding all facts costs, beside what jieba takes merely to tag the words; what two processes gain; what memory
ten thousand articles take. One run, the same articles.

    python -m bench.extraction [ARTICLES] [--articles 5000] [--memory 10000]

ARTICLES is any file that ``kg build`` reads; by default the development set where REGPOL_REFERENCE has it, else the
sample bulletin of the package. The articles are repeated up to the number asked for, each copy with a mark of its own,
so that nothing is found in a cache.

Tagging is timed in turn with extraction, in processor time, so that a busy machine slows both; the processes by the
clock, one and two in turn. Memory is that of ``kg extract --jobs 2`` and all its processes, pages they share counted
for each. Fails below what is promised: ``MOST_TIME``, ``LEAST_GAIN`` (where the machine has two cores to give),
``MOST_MEMORY``.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib.resources import as_file, files
from itertools import count, islice
from pathlib import Path

from kg.model import Article
from loaders.extraction import extract, extract_all
from loaders.processes import cores
from loaders.read import read

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba imports what setuptools is about to drop
    import jieba
    import jieba.posseg

MOST_TIME = 1.6
"""Times that jieba.posseg takes, for all facts. The goal is 1.0; it is not reached."""
LEAST_GAIN = 1.6
"""Times one process, for two."""
MOST_MEMORY = 1024.0
"""Megabytes at most, for ten thousand articles."""
LEAST_POSSIBLE = 1.8
"""What the machine must let two processes gain that share nothing, or else their gain cannot be measured."""
COUNTED = 3_000_000
ROUNDS = 5
TURNS = 2


def source() -> Path:
    """The articles to measure on where none are given."""
    reference = Path(os.environ.get("REGPOL_REFERENCE") or "../shared") / "score" / "dev.json"
    if reference.is_file():
        return reference
    with as_file(files("loaders") / "samples") as folder:
        return next(iter(sorted(folder.glob("*.txt"))))


def copies(articles: list[Article], mark: str) -> Iterator[Article]:
    """The articles over and over, each different from the others by a mark at its end."""
    for number in count():
        for article in articles:
            yield article.model_copy(update={"text": f"{article.text}\n{mark}{number}。"})


def consume(work: Iterable[object]) -> None:
    """Go through some work and keep nothing of it."""
    deque(work, maxlen=0)


def tag(article: Article) -> list[object]:
    return list(jieba.posseg.cut(article.content))  # type: ignore[no-untyped-call]


def timed(work: Iterable[object], clock: Callable[[], float]) -> float:
    """The seconds of a clock that it takes to go through some work, nothing of which is kept."""
    begun = clock()
    consume(work)
    return clock() - begun


def beside_tagging(articles: list[Article]) -> float:
    """Print what all facts and tagging take; how many times the time of tagging all facts take."""
    ours, theirs = [], []
    size = max(len(articles), 120)
    for number in range(ROUNDS + 1):
        fresh = list(islice(copies(articles, f"第{number}轮"), size))
        ours.append(timed(map(extract, fresh), time.process_time))
        theirs.append(timed(map(tag, fresh), time.process_time))
    ours, theirs = ours[1:], theirs[1:]  # the first round loads what both need
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"  all facts       {1000 * statistics.median(ours) / size:6.2f} ms an article, in one process")
    print(f"  jieba.posseg    {1000 * statistics.median(theirs) / size:6.2f} ms an article")
    print(f"  all facts / tagging = {ratio:.2f} (median of {ROUNDS} rounds; promised: at most {MOST_TIME})")
    return ratio


def gain(articles: list[Article], size: int) -> float:
    """Print what one process and two take; how many times as fast two are, their start included."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(TURNS):
        for jobs, taken in seconds.items():
            many = islice(copies(articles, f"第{turn}回{jobs}"), size)
            taken.append(timed(extract_all(many, jobs), time.perf_counter))
    one, two = min(seconds[1]), min(seconds[2])
    print(f"  one process     {one:6.1f} s for {size:,} articles, two {two:.1f} s, their start included")
    print(f"  two processes / one = {one / two:.2f} (best of {TURNS} turns; promised: at least {LEAST_GAIN})")
    return one / two


def counted(number: int) -> int:
    """Some work that shares nothing with anybody."""
    return sum(i * i for i in range(number))


def of_machine() -> float:
    """What two processes gain on this machine with work that shares nothing: near 2, unless it is busy."""
    with ProcessPoolExecutor(2) as pool:
        consume(pool.map(counted, [1, 1]))
        one = min(timed(pool.map(counted, [COUNTED]), time.perf_counter) for _ in range(ROUNDS))
        two = min(timed(pool.map(counted, [COUNTED] * 2), time.perf_counter) for _ in range(ROUNDS))
    return 2 * one / two


def peak(articles: list[Article], size: int) -> float:
    """Print the memory of a command that extracts, with all its processes; megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "articles.jsonl", Path(folder) / "facts.jsonl"
        with given.open("w", encoding="utf-8") as file:
            for article in islice(copies(articles, "第"), size):
                told = article.model_dump(include={"title", "text", "published"}, exclude_none=True)
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "kg", "extract", str(given), "--format", "jsonl", "-o", str(found)]
        with subprocess.Popen([*command, "--jobs", "2", "--year", "2024"]) as running:
            most = 0.0
            while running.poll() is None:
                most = max(most, sum(map(resident, family(running.pid))))
                time.sleep(0.02)
        with found.open("rb") as file:
            lines = sum(1 for _ in file)
    if running.returncode or lines != size:
        raise SystemExit(f"kg extract ended with {running.returncode} after {lines:,} articles")
    print(
        f"  memory          {most:6.0f} MB at most for {size:,} articles (promised: at most {MOST_MEMORY:.0f})"
    )
    return most


def family(process: int) -> Iterator[int]:
    """A process and all that it began."""
    yield process
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def resident(process: int) -> float:
    """Megabytes of a process in memory; none once it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Print the figures; fails where one is below what is promised."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", metavar="ARTICLES", type=Path, nargs="?", default=source())
    parser.add_argument("--articles", type=int, default=5_000, help="for one process beside two")
    parser.add_argument("--memory", type=int, default=10_000, help="for the memory")
    options = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)  # type: ignore[no-untyped-call]
    articles = [article for bulletin in read(options.path) for article, _ in bulletin.articles]
    mean = sum(len(article.content) for article in articles) / len(articles)
    print(f"{options.path.name}: {len(articles)} articles of {mean:.0f} characters, repeated")
    failed = [] if beside_tagging(articles) <= MOST_TIME else ["all facts take longer than tagging"]
    if cores() < 2:
        print("  two processes need two cores: not measured")
    elif gain(articles, options.articles) < LEAST_GAIN:
        if (possible := of_machine()) < LEAST_POSSIBLE:
            print(f"  the machine is busy: it lets two loops of additions gain {possible:.2f}; not measured")
        else:
            failed.append(f"two processes gain less than {LEAST_GAIN}")
    if sys.platform != "linux":
        print("  memory is measured on Linux only")
    elif peak(articles, options.memory) > MOST_MEMORY:
        failed.append(f"more than {MOST_MEMORY:.0f} MB")
    if failed:
        raise SystemExit("; ".join(failed))


if __name__ == "__main__":
    main()
