"""How long it takes to find all facts of an article, beside what jieba takes merely to tag its words; and what two
processes gain. One run, the same articles, in turn.

    python bench/extraction.py ARTICLES.json [--copies N]

ARTICLES is JSON in the form that ``kg build`` reads. Each copy of an article gets a mark of its own, so that nothing is
found in a cache. Times are of the process (and its children), the median of three rounds in turn.
"""

from __future__ import annotations

import argparse
import logging
import resource
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from kg.model import Article
from loaders.articles import parse_articles
from loaders.decoding import read_text
from loaders.extraction import extract, extract_all
from loaders.years import assume_years

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba imports what setuptools is about to drop
    import jieba
    import jieba.posseg

ROUNDS = 3


def copies(articles: list[Article], number: int, mark: str) -> list[Article]:
    """The articles several times over, each different from the others by a mark at its end."""
    return [
        article.model_copy(update={"text": f"{article.text}\n{mark}{copy}。"})
        for copy in range(number)
        for article in articles
    ]


def timed(work: Callable[[], object]) -> float:
    """The seconds by the clock that the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--copies", type=int, default=4)
    options = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    pairs = parse_articles(read_text(options.articles, max_line=None), options.articles)
    articles = assume_years([article for article, _ in pairs])
    for article in articles:
        extract(article)
        list(jieba.posseg.cut(article.content))
    ours, theirs = [], []
    for number in range(ROUNDS):
        fresh = copies(articles, options.copies, f"第{number}轮")
        ours.append(timed(lambda fresh=fresh: [extract(article) for article in fresh]))
        theirs.append(
            timed(lambda fresh=fresh: [list(jieba.posseg.cut(article.content)) for article in fresh])
        )
    count = len(articles) * options.copies
    mine, tagging = statistics.median(ours), statistics.median(theirs)
    print(f"{count} articles, one process, median of {ROUNDS}")
    print(f"  all facts       {1000 * mine / count:6.2f} ms an article")
    print(
        f"  jieba.posseg    {1000 * tagging / count:6.2f} ms an article   all facts / tagging = {mine / tagging:.2f}"
    )
    many = copies(articles, options.copies * 6, "并行")
    one = timed(lambda: list(extract_all(many)))
    two = timed(lambda: list(extract_all(copies(articles, options.copies * 6, "并行两"), jobs=2)))
    print(
        f"  two processes   {one / two:6.2f} times one ({len(many)} articles, start of the processes included)"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  memory          {peak:6.0f} MB at most in this process")


if __name__ == "__main__":
    main()
