"""How much faster the closure is than owlrl, and what it costs beside parsing: one run, made-up bulletins (policy.py).

    python -m bench.closure [--triples 100000] [--oracle 3000 10000 25000]

On graphs of the sizes given by ``--oracle`` both reasoners must find the same triples: those not given, with an IRI as
subject and object, a predicate of ``rp:`` or a class of ``rp:``. owlrl runs in a process of its own and counts its
reasoning alone, not its start or its parsing; ours counts everything from triples to triples, the slowest of several
runs. As owlrl takes minutes for 100,000 triples, triples a second are compared: owlrl's on the graph nearest to 10,000,
ours on the large one.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from itertools import chain
from typing import Final, TypeVar

from pyoxigraph import RdfFormat, Triple, parse, serialize

from bench.policy import bulletins
from kg.entities import derive
from kg.mapping.articles import map_article, map_bulletin
from kg.mapping.authorities import authority_quads
from kg.reasoning import Authorities, closure, infer, oracle

T = TypeVar("T")

LEAST: Final = 100
MOST: Final = 6
"""How many times the time of parsing the closure may take."""
_OWLRL: Final = 10_000
_ROUNDS: Final = 3


def policy_graph(size: int, authorities: Authorities, seed: int) -> tuple[set[Triple], set[Triple]]:
    """About ``size`` triples: what made-up bulletins assert, and what the authorities say of their regions."""
    facts: set[Triple] = set()
    for bulletin in bulletins(size, seed):
        mapped = [map_article(article) for article in bulletin.articles]
        quads = [*map_bulletin(bulletin, mapped), *chain.from_iterable(article.quads for article in mapped)]
        facts.update(quad.triple for quad in (*quads, *derive(quads).quads))
        nodes = {term for triple in facts for term in (triple.subject, triple.object)}
        regions = set(authorities.about(nodes))
        if len(facts) + len(regions) >= size:
            break
    return facts, regions


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives and its seconds, without garbage collection, as timeit does."""
    gc.collect()
    gc.disable()
    begun = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - begun
    gc.enable()
    return result, seconds


def against_owlrl(size: int, authorities: Authorities) -> float:
    """Compare both reasoners on one graph; returns owlrl's triples a second."""
    facts, regions = policy_graph(size, authorities, seed=size)
    given = facts | regions
    ours, seconds = timed(lambda: closure(given))
    theirs = oracle.closure(given)
    if ours.inferred != theirs.inferred:
        raise SystemExit(f"not equal: {len(ours.inferred ^ theirs.inferred)} triples differ")
    print(
        f"  {len(given):>9,} triples: {len(ours.inferred):>7,} inferred, the same set; owlrl {theirs.seconds:8.2f} s, "
        f"kg.reasoning {seconds:6.3f} s, {theirs.seconds / seconds:,.0f} times"
    )
    return len(given) / theirs.seconds


def main() -> None:
    """Print the ratios; fails where the reasoners do not agree, or below the promises."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--oracle", type=int, nargs="*", default=[3_000, 10_000, 25_000])
    options = parser.parse_args()
    tables = {quad.triple for quad in authority_quads()}
    authorities = Authorities(tables | closure(tables).inferred)
    print("closure, beside owlrl")
    speeds = {size: against_owlrl(size, authorities) for size in options.oracle}
    facts, regions = policy_graph(options.triples, authorities, seed=1)
    given = facts | regions
    text = serialize(given, format=RdfFormat.N_TRIPLES)
    closing = max(timed(lambda: closure(given))[1] for _ in range(_ROUNDS))
    parsing = min(timed(lambda: list(parse(text, RdfFormat.N_TRIPLES)))[1] for _ in range(_ROUNDS))
    found, inferring = timed(lambda: infer(facts, authorities))
    print(
        f"  {len(given):>9,} triples: closure {closing:.3f} s, {closing / parsing:.1f} times pyoxigraph's parsing"
    )
    print(
        f"            all strata, rules and explanations: {inferring:.3f} s, {len(found.triples):,} triples"
    )
    if speeds:
        theirs = speeds[min(speeds, key=lambda size: abs(size - _OWLRL))]
        ratio = len(given) / closing / theirs
        print(f"            {ratio:,.0f} times owlrl's triples a second")
        if ratio < LEAST:
            raise SystemExit(f"less than {LEAST} times owlrl")
    if closing > MOST * parsing:
        raise SystemExit(f"more than {MOST} times the time of parsing")


if __name__ == "__main__":
    main()
