"""The application: routes, headers, and errors as one line or one page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from kg import __version__
from kg.errors import NotFoundError, QueryError, RegpolError, StoreError
from kg.resources import data_path
from kg.sparql import negotiate
from kg.web import api, linked_data, pages, protocol, questions, reasons
from kg.web.headers import Headers
from kg.web.quality import Quality, read_quality
from kg.web.rendering import render
from kg.web.site import Site
from kg.web.views import OpenView
from kg.web.worker import Limits, OvertimeError, Worker

_STATIC: Final = Path(__file__).parent / "static"
_ROUTERS: Final = (pages, questions, reasons, protocol, linked_data, api)
_STATUS: Final[tuple[tuple[type[RegpolError], int], ...]] = (
    (NotFoundError, 404),
    (OvertimeError, 503),
    (StoreError, 503),
    (QueryError, 400),
    (RegpolError, 400),
)
_log = logging.getLogger(__name__)


def create_app(
    open_view: OpenView,
    *,
    quality: Mapping[str, Quality] | None = None,
    limits: Limits | None = None,
) -> FastAPI:
    """The web application over what ``open_view`` lends (``fixed_view(store)`` for a store in memory).

    ``quality`` is the measured quality of the reader, by default that of ``ontology/quality.csv``; ``limits`` what a
    request may cost. Nothing is read from the environment.
    """
    app = FastAPI(
        title="Regpol",
        summary="A knowledge graph of regional policy",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    measured = read_quality(data_path("ontology", "quality.csv")) if quality is None else quality
    app.state.site = Site(open_view, Worker(open_view, limits or Limits()), measured)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Headers)
    app.add_exception_handler(RegpolError, _on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(Exception, _on_failure)
    return app


def _on_error(request: Request, error: Exception) -> Response:
    status = next(status for cls, status in _STATUS if isinstance(error, cls))
    return _error(request, status, str(error))


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _error(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = (f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
    return _error(request, 400, "; ".join(faults))


def _on_failure(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _error(request, 500, "the server failed; its log says more")


def _error(request: Request, status: int, message: str) -> Response:
    """One plain line, or for who prefers HTML a page that says it in their language."""
    kind = negotiate(request.headers.get("accept"), ("text/plain", "text/html"))
    line = " ".join(message.split())
    headers = {"Retry-After": "5"} if status == 503 else {}
    if kind == "text/html":
        known = status if status in (400, 404, 500, 503) else None
        response: Response = render(request, "error.html", status, message=line, known=known)
    else:
        response = PlainTextResponse(line + "\n", status)
    response.headers.update(headers)
    return response
