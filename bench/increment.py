"""What one bulletin costs in a store of a million triples, beside validating and inferring everything anew: one run.

    python -m bench.increment [BULLETINS] [--memory]

The bulletins are made up (bench/policy.py, 20 articles each, about 5,000 triples with what follows from them) and loaded
one after the other into a store on disk, so the run shows too what a bulletin costs as the store grows. Then a few more
are loaded, with validation and inference timed by themselves; then all that the store holds is validated and inferred
anew, and must be what it was. Counted on both sides is what it takes from the store's quads to results, in seconds of
the processor, so that what else the machine does does not count.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from bench.policy import ARTICLES_A_BULLETIN, bulletins
from kg.ingest import Ingestion, asserted_quads, base_quads, ensure_base, ingestion, store_batch
from kg.ingest.increment import inferred_quads
from kg.ingest.layers import authority_triples, triples
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.reasoning import Authorities, infer
from kg.store import Store, memory_store, open_store
from kg.validation import validate

MOST = 0.02
"""The share of doing all anew that one bulletin may cost."""
REPEATS = 5
_BASE = (Graphs.AUTHORITIES, Graphs.AUTHORITIES_INFERRED, Graphs.SCHEMES, Graphs.ONTOLOGY, Graphs.QUALITY)


class Clock:
    """Adds up the seconds that some functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted."""

        def timed(*args: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*args)
            finally:
                self.seconds += time.process_time() - begun

        return timed


@contextmanager
def a_store(memory: bool) -> Iterator[Store]:
    """A store with its base: on disk, or in memory."""
    if memory:
        yield memory_store(base_quads())
        return
    with tempfile.TemporaryDirectory() as folder:
        ensure_base(Path(folder) / "store")
        with open_store(Path(folder) / "store", write=True) as store:
            yield store


def size_of(store: Store) -> int:
    """How many triples the bulletins have brought, inferred ones included."""
    base = {node(name) for name in _BASE}
    return sum(1 for name in store.graphs() if name not in base for _ in store.quads(graph=name))


def anew(store: Store) -> tuple[float, float]:
    """The seconds of validating everything and of inferring everything. Fails where inferring gives something else.

    The authorities are read before the clock starts and the garbage collector rests: nothing that makes it slower than
    it must be counts.
    """
    authorities = Authorities(authority_triples(store))
    gc.collect()
    gc.disable()
    begun = time.process_time()
    validate(store_batch(store))
    validated = time.process_time()
    found = infer(triples(asserted_quads(store)), authorities)
    inferred = time.process_time()
    gc.enable()
    difference = inferred_quads(found.triples) ^ set(store.quads(graph=node(Graphs.INFERRED)))
    if difference:
        raise SystemExit(f"not equal: {len(difference)} inferred triples differ from inferring anew")
    return validated - begun, inferred - validated


def main() -> None:
    """Print the times; fails where one bulletin costs more than ``MOST`` of all, or inference is not the same."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bulletins", type=int, nargs="?", default=210)
    parser.add_argument("--memory", action="store_true", help="a store in memory instead of one on disk")
    options = parser.parse_args()
    clock, wholes, parts = Clock(), [], []
    ingestion.validate = clock.around(validate)  # type: ignore[attr-defined]
    ingestion.increment = clock.around(ingestion.increment)  # type: ignore[attr-defined]
    supply = bulletins((options.bulletins + REPEATS) * ARTICLES_A_BULLETIN)
    with a_store(options.memory) as store:
        loader = Ingestion(store)
        for number, bulletin in enumerate(islice(supply, options.bulletins + REPEATS), start=1):
            clock.seconds = 0.0
            begun = time.process_time()
            loader.load(bulletin)
            wholes.append(time.process_time() - begun)
            parts.append(clock.seconds)
            if number in (10, 50, 100, 200, 400, options.bulletins):
                last = slice(max(number - 10, 0), number)
                print(f"bulletin {number:4}: {median(wholes[last]):.3f} s to load, of which validate and infer "
                      f"{median(parts[last]):.3f} s (median of ten)", flush=True)  # fmt: skip
        size = size_of(store)
        validating, inferring = anew(store)
    one, all_ = median(parts[-REPEATS:]), validating + inferring
    print(f"a store of {size:,} triples, {options.bulletins} bulletins")
    print(f"  all anew      {all_:8.3f} s   (validate {validating:.3f} s, infer {inferring:.3f} s)")
    print(f"  one bulletin  {one:8.3f} s   {one / all_:.2%} of all, the same inferred triples")
    print(f"  its whole load{median(wholes[-REPEATS:]):8.3f} s   mapping, entities and writing included")
    if one / all_ > MOST:
        raise SystemExit(f"more than {MOST:.0%} of all")


if __name__ == "__main__":
    main()
