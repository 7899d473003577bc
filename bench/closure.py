"""How much faster the closure is than owlrl, and what it costs beside parsing: one run, the same triples, side by side.

    python bench/closure.py [TRIPLES]

The triples are made up here: regions, agencies, documents, measures and cooperations as bulletins give them (no
randomness, so every run has the same). owlrl runs in a process of its own and counts its reasoning alone, not its start
or its parsing; ours counts everything from triples to triples. Ours is timed before and after owlrl and the slower time
is taken, so that a busy machine does not flatter it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.namespaces import ID, RP, concept
from kg.reasoning import Authorities, closure, infer, oracle
from kg.reasoning.axioms import TYPE

T = TypeVar("T")

LEAST = 20
PROVINCES, PREFECTURES, COUNTIES = 6, 6, 5


def node(iri: object) -> NamedNode:
    return NamedNode(str(iri))


def region(code: str) -> NamedNode:
    return NamedNode(f"{ID}region/{code}")


def say(subject: NamedNode, predicate: object, value: object) -> Triple:
    return Triple(subject, node(predicate), node(value) if not isinstance(value, Literal) else value)


def regions() -> Iterator[Triple]:
    """A country of provinces, prefectures and counties, with a megaregion for every two provinces."""
    for p in range(PROVINCES):
        yield from place(f"{p}", "cn", "province")
        yield say(region(f"{p}"), RP.memberOf, region(f"mega{p // 2}").value)
        yield say(region(f"mega{p // 2}"), TYPE.value, RP.MegaRegion)
        for q in range(PREFECTURES):
            yield from place(f"{p}-{q}", f"{p}", "prefecture")
            for r in range(COUNTIES):
                yield from place(f"{p}-{q}-{r}", f"{p}-{q}", "county")


def place(key: str, parent: str, level: str) -> Iterator[Triple]:
    yield say(region(key), TYPE.value, RP.AdministrativeRegion)
    yield say(region(key), RP.partOf, region(parent).value)
    yield say(region(key), RP.level, concept("level", level))


def articles() -> Iterator[Triple]:
    """Article after article, without end."""
    number = 0
    while True:
        yield from article(number)
        number += 1


def article(n: int) -> Iterator[Triple]:
    """One article: two agencies issue a document with three measures, and cooperate with a third agency."""
    key = f"{n:05d}"
    this = NamedNode(f"{ID}article/{key}")
    evidence = NamedNode(f"{ID}evidence/{key}/1")
    yield say(this, TYPE.value, RP.Article)
    yield say(evidence, RP.inArticle, this.value)
    yield say(evidence, RP.quote, Literal("两地部门联合印发办法，推出三项举措"))
    places = [region(f"{(n + i) % PROVINCES}-{n % PREFECTURES}-{(n * 3 + i) % COUNTIES}") for i in range(3)]
    agencies = [
        NamedNode(f"{ID}actor/{n % 40}-{i}-{where.value.rsplit('/')[-1]}") for i, where in enumerate(places)
    ]
    document, pact = NamedNode(f"{ID}document/{key}"), NamedNode(f"{ID}cooperation/{key}")
    for agency, where in zip(agencies, places, strict=True):
        yield say(agency, TYPE.value, RP.Agency)
        yield say(agency, RP.jurisdiction, where.value)
        yield say(pact, RP.party, agency.value)
    for issuer in agencies[:2]:
        yield say(document, RP.issuedBy, issuer.value)
    yield say(document, RP.evidence, evidence.value)
    yield say(pact, RP.evidence, evidence.value)
    for i in range(3):
        measure = NamedNode(f"{ID}measure/{key}/{i}")
        yield say(measure, TYPE.value, RP.Measure)
        yield say(measure, RP.instrument, concept("instrument", "standard"))
        yield say(measure, RP.setOutIn, document.value)
        yield say(measure, RP.evidence, evidence.value)
        yield say(pact, RP.hasMeasure, measure.value)
        if i:
            yield say(measure, RP.appliesIn, places[i].value)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def best(work: Callable[[], object], times: int = 3) -> float:
    return min(timed(work)[1] for _ in range(times))


def main() -> None:
    """Print the ratios; fails where the two reasoners do not agree, or ours is less than ``LEAST`` times as fast."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("triples", type=int, nargs="?", default=10_000)
    size: int = parser.parse_args().triples
    tables = set(regions())
    facts = set(islice(articles(), max(size - len(tables), 100)))
    triples = tables | facts
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    before = best(lambda: closure(triples))
    theirs = oracle.closure(triples)
    ours = closure(triples)
    after = best(lambda: closure(triples))
    parsing = best(lambda: list(parse(input=text, format=RdfFormat.N_TRIPLES)))
    authorities = Authorities(tables | closure(tables).inferred)
    inference, inferring = timed(lambda: infer(facts, authorities))
    if ours.inferred != theirs.inferred:
        raise SystemExit(f"not equal: {len(ours.inferred ^ theirs.inferred)} triples differ")
    seconds = max(before, after)
    print(f"closure of {len(triples):,} triples: {len(ours.inferred):,} inferred, the same set from both")
    print(f"  owlrl          {theirs.seconds:8.3f} s")
    print(f"  kg.reasoning   {seconds:8.3f} s   {theirs.seconds / seconds:,.0f} times faster than owlrl")
    print(
        f"  parsing        {parsing:8.3f} s   (pyoxigraph, N-Triples; closure / parsing = {seconds / parsing:.2f})"
    )
    if theirs.seconds / seconds < LEAST:
        raise SystemExit(f"less than {LEAST} times faster than owlrl")
    print(
        f"  all strata     {inferring:8.3f} s   {len(inference.triples):,} triples, rules and explanations included"
    )


if __name__ == "__main__":
    main()
