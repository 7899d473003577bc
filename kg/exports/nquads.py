"""The whole graph as N-Quads: the same store content gives the same bytes."""

from __future__ import annotations

from pyoxigraph import BlankNode, Quad, Triple

from kg.errors import ConformanceError
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.store import View


def write(view: View, *, with_text: bool) -> bytes:
    """All named graphs, one line a quad, sorted by code point; the texts of articles only with ``with_text``.

    The system graph stays out. Raises ConformanceError for a graph with blank nodes: their names change from run to
    run, so the file could not be compared with another.
    """
    text = node(Graphs.TEXT)
    lines: list[bytes] = []
    for graph in view.graphs():
        if graph == text and not with_text:
            continue
        lines.extend(_line(quad) for quad in view.quads(graph=graph))
    lines.sort()  # the order of UTF-8 bytes is the order of code points
    return b"".join(lines)


def _line(quad: Quad) -> bytes:
    if any(isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object)):
        raise ConformanceError(
            f"{quad.graph_name}: holds a blank node or a triple term, which N-Quads of one spelling cannot"
        )
    return f"{quad} .\n".encode()
