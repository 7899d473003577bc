"""How many of the inferred triples are explained, down to quotes, and how long one takes: one run.

    python -m bench.explanations [BULLETIN ...] [--made-up 20] [--most 1000]

The bulletins are the sample's, those in the files given, and made-up ones (policy.py). Explained is a fixed sample of
what was inferred from them, Explanation nodes aside, and of what the authorities imply: the triples in order of their
text, every so many one. Each is explained anew, nothing remembered from the one before, in milliseconds of the
processor, so that what else the machine does does not count. A tree counts where each of its leaves was asserted and
each leaf that an article asserts has a quote.
"""

from __future__ import annotations

import argparse
import gc
import time
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from pyoxigraph import NamedNode, Triple

import loaders
from bench.policy import ARTICLES_A_BULLETIN, bulletins
from kg.cli.build import read_facts
from kg.errors import NotFoundError
from kg.ingest import Ingestion, base_quads
from kg.mapping.terms import node
from kg.namespaces import ID, Graphs
from kg.reasoning import Explanation, StoreLookup, explain, walk
from kg.store import Store, memory_store
from loaders.read import read

MOST: Final = 50.0
"""The milliseconds that the median explanation may take."""
_EXPLANATION: Final = ID + "explanation/"


def sample_of(store: Store, graph: str, most: int) -> list[Triple]:
    """At most ``most`` of a graph's triples, evenly spread over their order."""
    triples = sorted(
        (quad.triple for quad in store.quads(graph=node(graph)) if not _is_about_why(quad)), key=str
    )
    return triples[:: max(1, -(-len(triples) // most))]


def _is_about_why(triple: object) -> bool:
    subject = getattr(triple, "subject", None)
    return isinstance(subject, NamedNode) and subject.value.startswith(_EXPLANATION)


def is_whole(tree: Explanation, lookup: StoreLookup) -> bool:
    """Whether a tree ends at asserted triples alone, with a quote wherever an article asserts one."""
    return all(
        part.premises or (lookup.asserted(part.triple) and (part.kind == "authority" or part.quotes))
        for part in walk(tree)
    )


def measure(name: str, triples: list[Triple], lookup: StoreLookup) -> tuple[int, list[float]]:
    """Explain the triples; prints and returns how many are explained, and the milliseconds of each."""
    whole, times = 0, []
    for triple in triples:
        begun = time.process_time()
        try:
            tree = explain(triple, lookup)
        except NotFoundError:
            continue
        finally:
            times.append((time.process_time() - begun) * 1000)
        whole += is_whole(tree, lookup)
    print(
        f"  {name:<16} {whole:>6,} of {len(triples):>6,} explained ({whole / len(triples):.1%})   "
        f"median {median(times):6.2f} ms   95 % under {quantiles(times, n=20)[-1]:7.2f} ms"
    )
    return whole, times


def main() -> None:
    """Print the share and the times; fails where a triple is not explained or the median is above ``MOST``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made-up", type=int, default=20, help="how many bulletins to make up")
    parser.add_argument("--most", type=int, default=1000, help="how many triples of each graph to explain")
    options = parser.parse_args()
    store = memory_store(base_quads())
    loader = Ingestion(store)
    for path in [*sorted((Path(loaders.__file__).parent / "samples").glob("*.txt")), *options.files]:
        for bulletin in read(path):
            loader.load(read_facts(bulletin))
    for made_up in islice(bulletins(options.made_up * ARTICLES_A_BULLETIN), options.made_up):
        loader.load(made_up)
    lookup = StoreLookup(store)
    graphs = {"from bulletins": Graphs.INFERRED, "from authorities": Graphs.AUTHORITIES_INFERRED}
    samples = {name: sample_of(store, graph, options.most) for name, graph in graphs.items()}
    gc.collect()
    gc.freeze()
    print("explanations of inferred triples")
    found = [measure(name, triples, lookup) for name, triples in samples.items()]
    whole, times = sum(number for number, _ in found), [ms for _, part in found for ms in part]
    total = len(times)
    print(f"  {'together':<16} {whole:>6,} of {total:>6,} explained ({whole / total:.1%})   "
          f"median {median(times):6.2f} ms   95 % under {quantiles(times, n=20)[-1]:7.2f} ms")  # fmt: skip
    if whole < total:
        raise SystemExit(f"{total - whole} triples are not explained")
    if median(times) > MOST:
        raise SystemExit(f"the median is above {MOST:g} ms")


if __name__ == "__main__":
    main()
