"""Pages of the graph: home, articles, regions, actors and the other things it holds, and the network of ties."""

from __future__ import annotations

from itertools import product
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from pyoxigraph import Literal, NamedNode
from rdflib import DCTERMS, SKOS
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotFoundError
from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs, checked_iri
from kg.store import View
from kg.web import article as article_page
from kg.web.counts import INDEXES, counts_of, index_of
from kg.web.entity import describe
from kg.web.links import doc_of
from kg.web.listing import Listed, listed_articles, newest_articles
from kg.web.network import ties
from kg.web.quality import weakest
from kg.web.reader import Reader, Value
from kg.web.rendering import language_of, render
from kg.web.site import site_of

router = APIRouter(include_in_schema=False)

NEWEST: Final = 8
PER_PAGE: Final = 100
Row = tuple[Value, Value, str, str]
"""An article with its bulletin, section and date."""


@router.get("/")
def home(request: Request) -> Response:
    """What this is, how much it holds, what is new, and how well it was read."""
    site = site_of(request)
    with site.open_view() as view:
        reader = Reader(view, language_of(request))
        counts = site.kept.get(view, "counts", counts_of)
        newest = newest_articles(site.kept.get(view, "articles", listed_articles), NEWEST)
        regions = site.kept.get(view, "region", lambda found: index_of(found, "region"))
        busiest = reader.value(regions[0][0]) if regions else None
        shown = [_row(reader, found) for found in newest]
    return render(
        request, "home.html", counts=counts, newest=shown, busiest=busiest, quality=site.quality,
        weakest=weakest(site.quality),
    )  # fmt: skip


@router.get("/articles")
def articles(request: Request, bulletin: str | None = None, page: int = 1) -> Response:
    """The articles by bulletin and section, a hundred a page."""
    page, site = max(page, 1), site_of(request)
    with site.open_view() as view:
        reader = Reader(view, language_of(request))
        found = site.kept.get(view, "articles", listed_articles)
        bulletins = sorted({row.bulletin for row in found}, key=lambda node: node.value)
        if bulletin is not None:
            found = [row for row in found if row.bulletin.value == f"{ID}bulletin/{bulletin}"]
            if not found:
                raise NotFoundError(f"no bulletin {bulletin!r} in the store")
        rows = [_row(reader, row) for row in found[(page - 1) * PER_PAGE : page * PER_PAGE]]
        shown = [reader.value(each) for each in bulletins]
    kept = {} if bulletin is None else {"bulletin": bulletin}
    return render(
        request, "articles.html", groups=_grouped(rows), bulletins=shown, page=page,
        earlier="?" + urlencode({**kept, "page": page - 1}) if page > 1 else None,
        later="?" + urlencode({**kept, "page": page + 1}) if len(found) > page * PER_PAGE else None,
    )  # fmt: skip


def _row(reader: Reader, listed: Listed) -> Row:
    date = reader.text(listed.article, RP.date)
    return reader.value(listed.article), reader.value(listed.bulletin), listed.section, date


def _grouped(rows: list[Row]) -> list[tuple[Value, str, list[Row]]]:
    """Rows that follow each other under one bulletin and section."""
    groups: list[tuple[Value, str, list[Row]]] = []
    for row in rows:
        if not groups or groups[-1][:2] != (row[1], row[2]):
            groups.append((row[1], row[2], []))
        groups[-1][2].append(row)
    return groups


@router.get("/article/{key}")
def article(request: Request, key: str) -> Response:
    """One article: its text with the quotes in place, its facts and its doubts."""
    site = site_of(request)
    with site.open_view() as view:
        reader = Reader(view, language_of(request))
        thing = _existing(reader, "article", key)
        facts = article_page.facts_by_kind(reader, key)
        doubts = article_page.doubts_of(reader, key)
        content = article_page.text_of(reader, thing)
        context: dict[str, Any] = {
            "title": reader.text(thing, DCTERMS.title),
            "date": reader.text(thing, RP.date),
            "sections": sorted({value.text for value in reader.all_stated(thing, RP.section)}),
            "bulletins": reader.all_stated(thing, RP.inBulletin),
            "about": reader.all_stated(thing, RP.aboutRegion),
        }
    lines = None if content is None else article_page.cut(content, article_page.spans_of(facts, doubts))
    return render(
        request,
        "article.html",
        facts=facts,
        doubts=doubts,
        lines=lines,
        quality=site.quality,
        doc=doc_of(thing.value),
        **context,
    )


def _existing(reader: Reader, cls: str, key: str) -> NamedNode:
    thing = node(checked_iri(f"{ID}{cls}/{key}"))
    if not reader.exists(thing):
        raise NotFoundError(f"the graph says nothing about {cls}/{key}")
    return thing


def _entity(request: Request, cls: str, key: str) -> Response:
    with site_of(request).open_view() as view:
        reader = Reader(view, language_of(request))
        entity = describe(reader, _existing(reader, cls, key))
        title = reader.label(NamedNode(entity.iri))
    return render(request, "entity.html", entity=entity, title=title, key=key, doc=doc_of(entity.iri))


@router.get("/region/{key}")
def region(request: Request, key: str) -> Response:
    """All that is known of a region."""
    return _entity(request, "region", key)


@router.get("/actor/{key}")
def actor(request: Request, key: str) -> Response:
    """All that is known of an actor."""
    return _entity(request, "actor", key)


@router.get("/document/{key}")
def document(request: Request, key: str) -> Response:
    """All that is known of a policy document."""
    return _entity(request, "document", key)


@router.get("/programme/{key}")
def programme(request: Request, key: str) -> Response:
    """All that is known of a programme."""
    return _entity(request, "programme", key)


@router.get("/cooperation/{key}")
def cooperation(request: Request, key: str) -> Response:
    """All that is known of a cooperation."""
    return _entity(request, "cooperation", key)


@router.get("/regions")
def regions(request: Request, q: str = "") -> Response:
    """Regions that facts are about, or all whose name contains ``q``."""
    return _index(request, "region", q)


@router.get("/actors")
def actors(request: Request, q: str = "") -> Response:
    """Actors that facts are about, or all whose name contains ``q``."""
    return _index(request, "actor", q)


def _index(request: Request, cls: str, q: str) -> Response:
    site, wanted = site_of(request), q.strip()
    with site.open_view() as view:
        reader = Reader(view, language_of(request))
        index = site.kept.get(view, cls, lambda found: index_of(found, cls))
        if wanted:
            counted = dict(index)
            nothing = dict.fromkeys(INDEXES[cls], 0)
            index = [(thing, counted.get(thing, nothing)) for thing in _named(view, cls, wanted)]
        kind = RP.level if cls == "region" else RP.actorType
        rows = [
            (reader.value(thing), reader.all_stated(thing, kind), numbers)
            for thing, numbers in index[: 2 * PER_PAGE]
        ]
    return render(
        request, "index.html", cls=cls, q=wanted, rows=rows, total=len(index), columns=tuple(INDEXES[cls]),
        most=2 * PER_PAGE,
    )  # fmt: skip


def _named(view: View, cls: str, wanted: str) -> list[NamedNode]:
    """Things of a class with a name that contains the words, whole matches first, then the shorter name first."""
    folded, base = wanted.casefold(), f"{ID}{cls}/"
    found: dict[NamedNode, int] = {}
    # names of things stand in these graphs alone; labels of facts, which are many more, elsewhere
    for predicate, graph in product((SKOS.prefLabel, SKOS.altLabel), (Graphs.AUTHORITIES, Graphs.ENTITIES)):
        for quad in view.quads(None, node(predicate), None, node(graph)):
            if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(base):
                continue
            name = quad.object.value.casefold() if isinstance(quad.object, Literal) else ""
            if folded in name:
                found[quad.subject] = min(len(name), found.get(quad.subject, len(name)))
    return sorted(found, key=lambda thing: (found[thing], thing.value))


@router.get("/cooperation")
def cooperation_network(request: Request) -> Response:
    """Ties between regions, kind by kind."""
    site = site_of(request)
    with site.open_view() as view:
        found = site.kept.get(view, "ties", ties)
        reader = Reader(view, language_of(request))
        shown = [tie.shown(reader) for tie in found]
    return render(request, "network.html", ties=shown)


@router.get("/api")
def machines(request: Request) -> Response:
    """What programs can ask for."""
    return render(request, "machines.html")
