"""The oracle: the closure by owlrl, a full OWL 2 RL reasoner, in a process of its own.

owlrl changes rdflib for the whole process it runs in, and it is 100 times and more slower than ``closure``;
so it is for tests, for the benchmark and for ``kg infer --engine owlrl``, on small graphs (up to about 8,000
triples).

``python -m kg.reasoning.oracle`` reads N-Triples from standard input and writes the new triples as N-Triples,
with comment lines for contradictions and for the seconds that reasoning took.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from owlrl import DeductiveClosure
from owlrl.OWLRL import OWLRL_Semantics
from pyoxigraph import RdfFormat, Triple, parse, serialize
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef

from kg.errors import InputError
from kg.namespaces import RP
from kg.resources import data_path

_ERROR: Final = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
_CONTRADICTION: Final = "# contradiction: "
_SECONDS: Final = "# seconds: "
_ANNOTATIONS: Final = (RDFS.label, RDFS.comment, RDFS.isDefinedBy)


@dataclass(frozen=True)
class OracleClosure:
    """What owlrl says: the new triples, its messages about contradictions, the seconds of reasoning alone."""

    inferred: frozenset[Triple]
    contradictions: tuple[str, ...]
    seconds: float


def closure(triples: Iterable[Triple], ontology: Path | None = None) -> OracleClosure:
    """The triples owlrl adds to ``triples`` under the ontology, of the kind ``kg.reasoning.closure`` gives.

    Raises InputError where the process fails.
    """
    path = ontology or data_path("ontology", "regpol.ttl")
    done = subprocess.run(
        [sys.executable, "-m", "kg.reasoning.oracle", str(path)],
        input=serialize(triples, format=RdfFormat.N_TRIPLES),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise InputError(f"owlrl failed: {lines[-1] if lines else done.returncode}")
    text = done.stdout.decode()
    found = parse(input=text, format=RdfFormat.N_TRIPLES)
    return OracleClosure(
        frozenset(Triple(quad.subject, quad.predicate, quad.object) for quad in found),
        tuple(sorted(_comments(text, _CONTRADICTION))),
        float(_comments(text, _SECONDS)[0]),
    )


def _comments(text: str, start: str) -> list[str]:
    return [line.removeprefix(start) for line in text.splitlines() if line.startswith(start)]


def _expand(data: Graph, ontology: Graph) -> tuple[Graph, float]:
    """The union of both, expanded in place, and the seconds that took."""
    graph = Graph()
    for triple in data:
        graph.add(triple)
    for triple in ontology:
        if triple[1] not in _ANNOTATIONS:
            graph.add(triple)
    begun = time.perf_counter()
    # owlrl has no types; it changes rdflib's literals as soon as this runs, hence the process of its own.
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)  # type: ignore[no-untyped-call]
    return graph, time.perf_counter() - begun


def _is_conclusion(subject: object, predicate: object, value: object) -> bool:
    """Whether a triple is of the kind that both reasoners are compared on (DESIGN, section 5)."""
    if not isinstance(subject, URIRef) or not isinstance(value, URIRef):
        return False
    return str(predicate).startswith(str(RP._NS)) or (predicate == RDF.type and value.startswith(str(RP._NS)))


def main() -> None:
    """Read a graph from standard input, write what owlrl adds to it to standard output."""
    data = Graph().parse(data=sys.stdin.buffer.read(), format="nt")
    graph, seconds = _expand(data, Graph().parse(sys.argv[1], format="turtle"))
    given = set(data)
    lines = [
        f"{subject.n3()} {predicate.n3()} {value.n3()} ."
        for subject, predicate, value in graph
        if _is_conclusion(subject, predicate, value) and (subject, predicate, value) not in given
    ]
    for node in graph.subjects(_ERROR):
        if isinstance(node, BNode):
            messages = [str(value) for value in graph.objects(node, _ERROR) if isinstance(value, Literal)]
            lines.extend(_CONTRADICTION + re.sub(r"\s+", " ", message) for message in messages)
    sys.stdout.write("".join(line + "\n" for line in [*sorted(lines), f"{_SECONDS}{seconds:.6f}"]))


if __name__ == "__main__":
    main()
