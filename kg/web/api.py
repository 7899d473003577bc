"""The JSON API: health, the catalogue and the answers of ready questions, explanations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from kg import __version__
from kg.errors import InputError
from kg.queries import SavedQuery, bind, catalogue, resolver
from kg.reasoning import FORMS, LANGUAGES
from kg.sparql import FORMATS
from kg.store import View
from kg.web.counts import counts_of
from kg.web.explaining import explain_triple, written
from kg.web.protocol import answer
from kg.web.questions import find_question
from kg.web.site import site_of

router = APIRouter(tags=["API"])


@router.get("/health", summary="State of the service")
def health(request: Request) -> dict[str, Any]:
    """Status, version of the program and of the store, numbers of bulletins and facts. 503 without a store."""
    site = site_of(request)
    with site.open_view() as view:
        counts = site.kept.get(view, "counts", counts_of)
        return {
            "status": "ok",
            "version": __version__,
            "store_version": view.version,
            "bulletins": counts.bulletins,
            "articles": counts.articles,
            "facts": counts.facts,
        }


@router.get("/api/queries", summary="The catalogue of ready questions")
def queries() -> list[dict[str, Any]]:
    """All questions with their parameters, in both languages."""
    return [_question(query) for query in catalogue().values()]


def _question(query: SavedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": {"zh": query.title_zh, "en": query.title_en},
        "question": {"zh": query.question_zh, "en": query.question_en},
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "class": parameter.cls,
                "default": parameter.default,
                "label": {"zh": parameter.label_zh, "en": parameter.label_en},
            }
            for parameter in query.parameters
        ],
        "sparql": query.text,
    }


@router.get("/api/queries/{name}", summary="The answer to a ready question")
async def query(
    request: Request,
    name: str,
    format: str | None = Query(None, description=f"one of {', '.join(FORMATS)}; default by Accept"),
) -> Response:
    """The result with the question's parameters from the address; values are IRIs, codes or names."""
    question = find_question(name)
    values = {key: value for key, value in request.query_params.items() if key not in ("format", "lang")}

    def bound(view: View) -> str:
        return bind(question, values, resolver(view))

    text = await site_of(request).worker.run(bound)
    response = await answer(request, text, format)
    if format in FORMATS:
        ending = {"json": ".json"}.get(format, FORMATS[format].extension)
        response.headers["Content-Disposition"] = f'attachment; filename="{question.name}{ending}"'
    return response


@router.get("/api/explain", summary="Why a triple holds")
async def explain(
    request: Request,
    s: str = Query(description="subject: IRI, CURIE, region code or name"),
    p: str = Query(description="property: IRI, CURIE or label"),
    o: str = Query(description="object: as the subject, or a literal in double quotes"),
    format: str = Query("json", description=f"one of {', '.join(FORMS)}"),
    lang: str | None = Query(None, description="zh or en; default both, of which a picture has the first"),
) -> Response:
    """All grounds of the triple as trees down to quotes, the shortest first; a picture shows that one.

    404 for an unknown or ambiguous name or triple, 400 for an unknown format or language.
    """
    if format not in FORMS or lang not in (None, *LANGUAGES):
        raise InputError(f"format is one of {', '.join(FORMS)}; lang is one of {', '.join(LANGUAGES)}")

    def work(view: View) -> str:
        return written(view, explain_triple(view, s, p, o), format, lang)

    return Response(await site_of(request).worker.run(work), media_type=FORMS[format].media_type)
