"""Linked data: every IRI of ours leads to a description, as a page or as RDF; ``/ns`` is the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from fastapi import APIRouter, Query
from pyoxigraph import NamedNode, Quad, Triple
from rdflib import RDF, RDFS
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import NotFoundError, QueryError
from kg.mapping.terms import node
from kg.namespaces import CONCEPT, ID, RP, RULE, checked_iri, compact
from kg.resources import data_path
from kg.sparql import FORMATS, Triples, negotiate, serialise
from kg.web.links import doc_of, page_of
from kg.web.reader import Reader
from kg.web.rendering import language_of, render
from kg.web.site import site_of

router = APIRouter(tags=["linked data"])

MOST_USES: Final = 1000
_HTML: Final = "text/html"
_RDF: Final = {
    found.media_type: found.name
    for found in FORMATS.values()
    if found.name in ("turtle", "ntriples", "jsonld", "rdfxml")
}
_FORMAT: Final = Query(None, description=f"one of {', '.join(_RDF.values())}; default by Accept")


@router.get("/id/{cls}/{key:path}", summary="A node of the graph", status_code=303)
def identifier(request: Request, cls: str, key: str) -> RedirectResponse:
    """Leads to the document about a node: a thing is not its description. 404 where nothing is said of it."""
    thing = node(checked_iri(f"{ID}{cls}/{key}"))
    with site_of(request).open_view() as view:
        if not Reader(view, "zh").exists(thing):
            raise NotFoundError(f"the graph says nothing about {thing.value}")
    return RedirectResponse(doc_of(thing.value), 303, headers={"Vary": "Accept"})


@router.get("/doc/{cls}/{key:path}", summary="What the graph says about a node")
def document(request: Request, cls: str, key: str, format: str | None = _FORMAT) -> Response:
    """A page, or RDF by Accept or ``format``: statements about the node, and up to 1,000 that use it."""
    return _described(request, f"{ID}{cls}/{key}", format)


@router.get("/concept/{path:path}", summary="A concept or a concept scheme")
def concept(request: Request, path: str, format: str | None = _FORMAT) -> Response:
    """As ``/doc``."""
    return _described(request, CONCEPT + path, format)


@router.get("/rule/{slug}", summary="A rule")
def rule(request: Request, slug: str, format: str | None = _FORMAT) -> Response:
    """As ``/doc``."""
    return _described(request, RULE + slug, format)


@router.get("/ns", summary="The ontology")
def ontology(request: Request, format: str | None = Query(None, description="turtle")) -> Response:
    """The ontology in Turtle, for browsers a page that lists its terms."""
    if _chosen(request, {"text/turtle": "turtle"}, format) == _HTML:
        with site_of(request).open_view() as view:
            return render(request, "ontology.html", terms=_terms(Reader(view, language_of(request))))
    data = data_path("ontology", "regpol.ttl").read_bytes()
    return Response(data, media_type="text/turtle; charset=utf-8", headers={"Vary": "Accept"})


def _described(request: Request, iri: str, form: str | None) -> Response:
    thing = node(checked_iri(iri))
    chosen = _chosen(request, _RDF, form)
    with site_of(request).open_view() as view:
        reader = Reader(view, language_of(request))
        said = list(reader.quads(thing, None))
        uses = list(islice(reader.quads(None, None, thing), MOST_USES + 1))
        if not said and not uses:
            raise NotFoundError(f"the graph says nothing about {iri}")
        if chosen != _HTML:
            return _as_rdf([*said, *uses[:MOST_USES]], chosen)
        page = page_of(iri)
        return render(
            request, "node.html", thing=reader.value(thing), iri=iri,
            page=None if page == request.url.path else page,
            said=[(reader.value(q.predicate), reader.stated(q)) for q in _in_order(said)],
            uses=[(reader.stated(q, inverse=True), reader.value(q.predicate)) for q in _in_order(uses[:200])],
            is_cut=len(uses) > 200,
            formats=_RDF.values(),
        )  # fmt: skip


def _in_order(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(quads, key=lambda quad: (str(quad.predicate), str(quad.subject), str(quad.object)))


def _as_rdf(quads: Iterable[Quad], media_type: str) -> Response:
    found = sorted({str(quad.triple): quad.triple for quad in quads}.items())
    triples: tuple[Triple, ...] = tuple(triple for _, triple in found)
    data = serialise(Triples(triples), _RDF[media_type])
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(data, media_type=media_type + charset, headers={"Vary": "Accept"})


def _chosen(request: Request, offered: dict[str, str], form: str | None) -> str:
    """The media type to answer with. Raises QueryError (400) for an unknown format, 406 where none is accepted."""
    if form is not None:
        found = next((media_type for media_type, name in offered.items() if name == form), None)
        if found is None:
            raise QueryError(f"unknown format {form!r}; known: {', '.join(offered.values())}")
        return found
    chosen = negotiate(request.headers.get("accept"), [*offered, _HTML])
    if chosen is None:
        raise HTTPException(406, f"this comes as {', '.join([*offered, _HTML])}")
    return chosen


def _terms(reader: Reader) -> list[tuple[str, str, str, str]]:
    """The classes and properties of the ontology: local name, CURIE, label and meaning."""
    base = str(RP._NS)
    kinds = (reader.view.quads(None, node(RDF.type), cls) for cls in map(node, _OWL))
    found = {quad.subject for quads in kinds for quad in quads if isinstance(quad.subject, NamedNode)}
    return [
        (term.value.removeprefix(base), compact(term.value), reader.label(term), _comment(reader, term))
        for term in sorted(found, key=lambda term: term.value)
        if term.value.startswith(base)
    ]


_OWL: Final = tuple(
    f"http://www.w3.org/2002/07/owl#{name}"
    for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)


def _comment(reader: Reader, term: NamedNode) -> str:
    comments = {
        getattr(quad.object, "language", None): str(getattr(quad.object, "value", ""))
        for quad in reader.quads(term, RDFS.comment)
    }
    return comments.get(reader.lang) or comments.get("en") or ""
