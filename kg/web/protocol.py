"""``/sparql``: the SPARQL 1.1 protocol for queries, and for people a page at the same address."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.queries import catalogue
from kg.sparql import (
    FORMATS,
    Answer,
    Result,
    add_prefixes,
    check,
    evaluate,
    formats_for,
    negotiate,
    serialise,
)
from kg.store import View
from kg.web.reader import Reader
from kg.web.rendering import language_of, render
from kg.web.service_description import service_description
from kg.web.site import site_of
from kg.web.tables import Table, table_of
from kg.web.wording import Words

router = APIRouter()

_HTML: Final = "text/html"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_ALIASES: Final = {"application/json": "json", "application/xml": "xml", "text/xml": "xml"}
"""Media types that clients ask for although the W3C formats have types of their own."""
_GRAPH_PARAMETERS: Final = ("default-graph-uri", "named-graph-uri")
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@router.get("/sparql", tags=["SPARQL"], summary="Run a query; without one, a description of the service")
async def sparql_get(
    request: Request,
    query: str | None = Query(None, description="a SPARQL 1.1 query"),
    format: str | None = Query(None, description=f"one of {', '.join(FORMATS)}; default by Accept"),
) -> Response:
    """The result in the format that Accept or ``format`` asks for. 400 for what is not a query, 406, 503."""
    del query, format  # read below, where repeated parameters are seen
    return await _answer(request, request.query_params.multi_items())


@router.post("/sparql", tags=["SPARQL"], summary="Run a query sent as a form or as application/sparql-query")
async def sparql_post(request: Request) -> Response:
    """As GET. 413 for a body that is too long, 415 for one of another type."""
    body = await _body(request)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given = request.query_params.multi_items()
    if content_type == _QUERY:
        return await _answer(request, [*given, ("query", body)])
    if content_type == _FORM:
        return await _answer(request, [*given, *_form(body)])
    raise HTTPException(415, f"send {_FORM} or {_QUERY}, not {content_type or 'a body without a type'}")


@router.options("/sparql", include_in_schema=False)
def sparql_options() -> Response:
    """What a browser asks before it sends a query from another site."""
    return Response(status_code=204, headers=_PREFLIGHT)


async def _body(request: Request) -> str:
    most = site_of(request).worker.limits.body_bytes
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"the body is longer than {most} bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the body is not UTF-8") from None


def _form(body: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise HTTPException(400, "the form is not UTF-8") from None


async def _answer(request: Request, parameters: list[tuple[str, str]]) -> Response:
    queries = [value for key, value in parameters if key == "query"]
    formats = [value for key, value in parameters if key == "format"]
    if any(key == "update" for key, _ in parameters):
        raise QueryError("updates are not served here, only queries")
    if any(key in _GRAPH_PARAMETERS for key, _ in parameters):
        raise QueryError(
            "default-graph-uri and named-graph-uri are not served; use FROM or GRAPH in the query"
        )
    if len(queries) > 1 or (not queries and request.method == "POST"):
        raise QueryError(f"send one query, not {len(queries)}")
    wants_page = not formats and _wants_page(request)
    if wants_page:
        return await _page(request, queries[0] if queries else "")
    if not queries:
        return _description(request)
    return await answer(request, queries[0], formats[-1] if formats else None)


def _wants_page(request: Request) -> bool:
    machine = [found.media_type for found in FORMATS.values()] + list(_ALIASES)
    return negotiate(request.headers.get("accept"), [*machine, _HTML]) == _HTML


async def answer(request: Request, query: str, form: str | None) -> Response:
    """The query's result in the named format, else by Accept. Raises QueryError for an unknown format."""
    if form is not None and form not in FORMATS:
        raise QueryError(f"unknown format {form!r}; known: {', '.join(FORMATS)}")
    worker = site_of(request).worker

    def work(view: View) -> tuple[str, bytes]:
        result = evaluate(
            view,
            add_prefixes(query),
            base_iri=str(request.url.replace(query="")),
            max_rows=worker.limits.rows,
        )
        if not isinstance(result, Answer) and result.truncated:
            raise QueryError(
                f"the result has more than {worker.limits.rows:,} rows: ask with LIMIT and OFFSET"
            )
        name = form or _format_for(result, request.headers.get("accept"))
        return name, serialise(result, name)

    name, data = await worker.run(work)
    return Response(data, media_type=_with_charset(FORMATS[name].media_type), headers={"Vary": "Accept"})


def _format_for(result: Result, accept: str | None) -> str:
    offered = {found.media_type: found.name for found in formats_for(result)}
    fitting = set(offered.values())
    offered |= {alias: name for alias, name in _ALIASES.items() if name in fitting}
    chosen = negotiate(accept, list(offered))
    if chosen is None:
        raise HTTPException(406, f"this result comes as {', '.join(offered)}")
    return offered[chosen]


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _description(request: Request) -> Response:
    """What the service is, for clients that ask without a query."""
    offered = {
        f.media_type: f.name for f in FORMATS.values() if f.name in ("turtle", "ntriples", "jsonld", "rdfxml")
    }
    chosen = negotiate(request.headers.get("accept"), list(offered))
    if chosen is None:
        raise HTTPException(406, f"the service description comes as {', '.join(offered)}")
    data = service_description(str(request.url.replace(query="")))
    return Response(
        serialise(data, offered[chosen]), media_type=_with_charset(chosen), headers={"Vary": "Accept"}
    )


async def _page(request: Request, query: str) -> Response:
    """The query page: the text, and its result or what is wrong with it."""
    site, t = site_of(request), Words(language_of(request))
    text, table, error, status = query, None, None, 200

    def work(view: View) -> Table:
        reader = Reader(view, t.lang)
        return table_of(reader, evaluate(view, text, max_rows=site.worker.limits.page_rows))

    if query.strip():
        try:
            check(query)
            text = add_prefixes(query)
            table = await site.worker.run(work)
        except QueryError as found:
            error, status = str(found), 400
    downloads = {} if table is None else _downloads(text, table)
    examples = [(q.title_zh if t.lang == "zh" else q.title_en, q.text) for q in catalogue().values()]
    return await run_in_threadpool(
        render, request, "sparql.html", status, query=query, table=table, error=error,
        downloads=downloads, seconds=f"{site.worker.limits.seconds:g}", most=site.worker.limits.page_rows,
        examples=[(title, "/sparql?" + urlencode({"query": sparql})) for title, sparql in examples],
    )  # fmt: skip


def _downloads(query: str, table: Table) -> dict[str, str]:
    """Addresses of the result as files. CSV and the like for rows, RDF for graphs."""
    names = ("turtle", "ntriples", "jsonld") if table.is_graph else ("csv", "json", "xlsx")
    return {name: "/sparql?" + urlencode({"query": query, "format": name}) for name in names}
