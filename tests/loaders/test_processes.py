"""Processes side by side: the same facts in the same order, a bounded number of articles under way, none left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kg.errors import RegpolError
from kg.model import Article, ArticleFacts, SourceLine
from loaders.extraction import extract, extract_all
from loaders.processes import Workers, worth

TEXT = "近日，甘肃省水利厅印发《旱地水窖建设方案》，提出到2031年新建水窖不少于40座。鼓楼区同步实施。"


def article(number: int) -> Article:
    return Article(
        title=f"甘肃修建水窖之{number}", text=TEXT, year=2029, lines=(SourceLine(start=0, line=number + 1),)
    )


@pytest.mark.parametrize("threads", [0, 1], ids=["forked", "begun anew"])
def test_facts_issues_and_articles_come_back_whole_and_in_order(threads: int) -> None:
    """With a second thread in this process its children are begun anew, without one they may be forked."""
    stop = threading.Event()
    others = [threading.Thread(target=stop.wait) for _ in range(threads)]
    for other in others:
        other.start()
    articles = [article(number) for number in range(45)]
    found = list(extract_all(articles, jobs=2))
    stop.set()
    expected = [extract(one) for one in articles]
    assert found == expected
    assert expected[0].issues
    assert [one.model_dump_json() for one in found] == [one.model_dump_json() for one in expected]
    assert [one.facts.model_dump(exclude_unset=True) for one in found] == [
        one.facts.model_dump(exclude_unset=True) for one in expected
    ]


def test_articles_are_taken_only_a_little_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            yield article(taken)
            taken += 1

    with Workers(extract, 2) as workers:
        assert len(list(islice(workers.map(endless()), 30))) == 30
    assert taken < 120


def _dies(one: Article) -> ArticleFacts:
    if one.title.endswith("9"):
        os._exit(3)
    return extract(one)


def test_the_death_of_a_process_is_told_in_one_line() -> None:
    with Workers(_dies, 2) as workers, pytest.raises(RegpolError, match="--jobs 1"):
        list(workers.map(article(number) for number in range(20)))


def _fails(one: Article) -> ArticleFacts:
    if one.text == TEXT:
        raise ValueError(one.title)
    return extract(one)


def test_an_error_of_the_work_is_raised_here() -> None:
    with Workers(_fails, 1) as workers, pytest.raises(ValueError, match="水窖"):
        list(workers.map([article(1)]))


def test_no_process_outlives_a_killed_parent() -> None:
    script = (
        "import time\n"
        "from multiprocessing import active_children\n"
        "from loaders.extraction import extract\n"
        "from loaders.processes import Workers\n"
        "if __name__ == '__main__':\n"
        "    workers = Workers(extract, 2)\n"
        "    print(*(process.pid for process in active_children()), flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(number) for number in parent.stdout.readline().split()]
    parent.stdout.close()
    assert len(children) == 2
    parent.kill()
    parent.wait()
    ends = time.monotonic() + 20
    while (left := [one for one in children if _runs(one)]) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not left


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_more_articles_are_needed_where_processes_begin_anew() -> None:
    stop = threading.Event()
    alone = worth()
    other = threading.Thread(target=stop.wait)
    other.start()
    with_another = worth()
    stop.set()
    other.join()
    assert 0 < alone <= with_another
