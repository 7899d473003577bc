"""SHACL validation beside pySHACL, in one run: the same results on a small graph, and the speed on a large one.

    python -m bench.validation [--triples 1000000]

The graphs are made-up bulletins (see policy.py), an article in fifty damaged, so that there is something to find. pySHACL
runs every SPARQL constraint once a node and would need an hour and more for a million triples, so it is timed on one
bulletin, and triples a second are compared. Both are timed from triples to report.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, TypeVar

from pyoxigraph import Literal, Triple

from bench.policy import ARTICLES_A_BULLETIN, bulletins
from kg.ingest.batch import articles_batch
from kg.mapping.articles import map_article, map_bulletin
from kg.mapping.terms import node
from kg.model import Bulletin
from kg.namespaces import RP
from kg.validation import reference, validate

T = TypeVar("T")

LEAST: Final = 1
MOST_MEMORY: Final = 4_000
"""Megabytes."""
_DAMAGED: Final = 50
_STATUS = node(RP.status)


def data_of(bulletin: Bulletin, first: int) -> set[Triple]:
    """The asserted triples of a bulletin; in one article of ``_DAMAGED`` the first fact has no known status."""
    mapped = [map_article(facts) for facts in bulletin.articles]
    triples = set(articles_batch(mapped)) | {quad.triple for quad in map_bulletin(bulletin, mapped)}
    for number, facts in enumerate(bulletin.articles, first):
        if number % _DAMAGED == 0 and facts.facts.measures:
            measure = node(f"https://w3id.org/regpol/id/{facts.facts.measures[0].id}")
            triples.add(Triple(measure, _STATUS, Literal("unheard of")))
    return triples


def graph(size: int) -> Iterator[set[Triple]]:
    """The triples of bulletin after bulletin, at least ``size`` of them."""
    made = articles = 0
    for bulletin in bulletins(size):
        triples = data_of(bulletin, articles)
        made, articles = made + len(triples), articles + len(bulletin.articles)
        yield triples
        if made >= size:
            return


def timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def main() -> None:
    """Print the ratio; fails where the results differ, or below the promises."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_000_000)
    size: int = parser.parse_args().triples
    small = next(graph(ARTICLES_A_BULLETIN))
    validate(small)  # the shapes are compiled once a process
    ours, seconds = timed(lambda: validate(small))
    theirs, their_seconds = timed(lambda: reference.validate(small))
    if set(ours.results) != set(theirs.results):
        raise SystemExit(f"not equal: {len(set(ours.results) ^ set(theirs.results))} results differ")
    print(f"validation of {len(small):,} triples: {len(ours.results):,} results, the same from both")
    print(f"  pySHACL        {their_seconds:8.3f} s")
    print(f"  kg.validation  {seconds:8.3f} s   {their_seconds / seconds:,.0f} times faster")
    large = set(chain.from_iterable(graph(size)))
    report, seconds = timed(lambda: validate(large))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = (len(large) / seconds) / (len(small) / their_seconds)
    print(f"validation of {len(large):,} triples: {len(report.results):,} results")
    print(f"  kg.validation  {seconds:8.3f} s   {ratio:,.0f} times pySHACL's triples a second")
    print(f"  memory         {memory:8,.0f} MB at most, the triples in memory included")
    if ratio < LEAST or memory > MOST_MEMORY:
        raise SystemExit(f"less than {LEAST} times pySHACL, or more than {MOST_MEMORY} MB")


if __name__ == "__main__":
    main()
