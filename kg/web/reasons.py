"""The page that explains a statement, as nested lists down to quotes."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotFoundError
from kg.store import View
from kg.web.explaining import Ground, explain_triple, ground
from kg.web.links import explanation_files
from kg.web.reader import Reader
from kg.web.rendering import language_of, render
from kg.web.site import site_of

router = APIRouter(include_in_schema=False)


@router.get("/explain")
async def explain_page(request: Request, s: str = "", p: str = "", o: str = "") -> Response:
    """Why ``s p o`` holds; a form where one of them is missing. 404 where a name is unknown or it does not hold."""
    lang = language_of(request)

    def work(view: View) -> list[Ground]:
        reader = Reader(view, lang)
        return [ground(reader, tree) for tree in explain_triple(view, s, p, o)]

    grounds, error = [], None
    if s and p and o:
        try:
            grounds = await site_of(request).worker.run(work)
        except NotFoundError as found:
            error = str(found)
    status = 200 if error is None else 404
    return await run_in_threadpool(
        render, request, "explain.html", status, grounds=grounds, error=error, s=s, p=p, o=o,
        files=explanation_files(s, p, o, lang),
    )  # fmt: skip
