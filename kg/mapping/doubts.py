"""Doubts as triples of their article's graph: what was skipped or is unclear, and the words it is about.

A doubt is told by its article alone, so that its graph does not hang on what else is loaded. What a rule or another
article can settle (a measure without a region, a document without an issuer) is no node: ``explore-doubts`` asks the
graph as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCTERMS, RDF

from kg.corrections import graph_key
from kg.identifiers import data_iri, digest
from kg.issues import Issue
from kg.mapping.facts import add_evidence
from kg.mapping.terms import Sheet, node, text
from kg.namespaces import ID, RP, Graphs

SHAPE_CODE = "shape-"
"""How the code of a doubt begins that validation found."""

_CODE = node(RP.doubtCode)
_SEVERITY = node(RP.severity)


def doubt_quads(key: str, content: str, issues: Iterable[Issue], held: Collection[NamedNode]) -> list[Quad]:
    """The doubts of one article, one node for each different issue.

    ``key`` and ``content`` are the article's; ``held`` are the subjects of its graph: a fact that is none of them was
    left out, and the doubt does not point to it. A quote that does not stand in the content is no evidence. The IRI is
    made from the code, the place, the fact and a counter, never from the message.
    """
    sheet = Sheet(Graphs.article(key))
    names = {subject.value for subject in held}
    seen: Counter[tuple[str, int, int, str]] = Counter()
    for issue in sorted(_each_once(issues), key=lambda found: (found.message_en, found.message_zh)):
        start, end = _place(issue, content)
        subject = _subject(issue)
        told = (issue.code, start, end, subject)
        seen[told] += 1
        iri = node(data_iri("doubt", f"{key}/{digest('doubt', *told, seen[told])}"))
        sheet.add(iri, RDF.type, RP.Doubt)
        sheet.add(iri, RP.doubtCode, text(issue.code))
        sheet.add(iri, RP.severity, text(issue.severity))
        sheet.add(iri, RP.message, text(issue.message_zh, "zh"), text(issue.message_en, "en"))
        sheet.add(iri, RP.inArticle, data_iri("article", key))
        if subject in names:
            sheet.add(iri, DCTERMS.subject, node(subject))
        if end:
            sheet.add(iri, RP.evidence, add_evidence(sheet, key, content[start:end], start, end))
    return sheet.quads


def without_warnings_of_shapes(quads: Iterable[Quad]) -> frozenset[Quad]:
    """An article's quads without the doubts that its last validation left; what was left out of it stays told."""
    found = frozenset(quads)
    by_shape = {q.subject for q in found if q.predicate == _CODE and _value(q).startswith(SHAPE_CODE)}
    warned = {q.subject for q in found if q.predicate == _SEVERITY and _value(q) != "violation"}
    return frozenset(quad for quad in found if quad.subject not in by_shape & warned)


def _each_once(issues: Iterable[Issue]) -> list[Issue]:
    told = {
        (i.code, i.start, i.quote, _subject(i), i.message_zh, i.message_en, i.severity): i for i in issues
    }
    return list(told.values())


def _place(issue: Issue, content: str) -> tuple[int, int]:
    """The span of an issue's quote, the first where only the words are known; (0, 0) where it stands nowhere."""
    if not issue.quote:
        return 0, 0
    start = content.find(issue.quote) if issue.start is None else issue.start
    end = start + len(issue.quote)
    return (start, end) if start >= 0 and content[start:end] == issue.quote else (0, 0)


def _subject(issue: Issue) -> str:
    """The IRI of the node that is in doubt, or empty."""
    return issue.detail.get("node") or (ID + graph_key(issue.fact) if issue.fact else "")


def _value(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""
