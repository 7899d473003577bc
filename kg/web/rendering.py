"""Pages: which language a request wants, and templates filled for it. Everything is escaped unless marked safe."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg import __version__
from kg.web.wording import LANGUAGES, Words

_COOKIE: Final = "lang"
_YEAR: Final = 365 * 24 * 3600


@cache
def environment() -> Environment:
    """The templates of the pages; whatever fills them is escaped."""
    return Environment(
        loader=PackageLoader("kg.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def language_of(request: Request) -> str:
    """The language of a page: ``?lang=``, else the cookie's, else the first we have of Accept-Language, else zh."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return _accepted(request.headers.get("accept-language", ""))


def _accepted(header: str) -> str:
    best, best_quality = LANGUAGES[0], 0.0
    for part in header.split(","):
        tag, _, parameter = part.strip().partition(";")
        lang = tag.strip().lower().partition("-")[0]
        quality = _quality(parameter)
        if lang in LANGUAGES and quality > best_quality:
            best, best_quality = lang, quality
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page in the request's language; a language chosen by ``?lang=`` is remembered in a cookie."""
    lang = language_of(request)
    text = (
        environment()
        .get_template(template)
        .render(
            t=Words(lang),
            lang=lang,
            switch_href=_switch(request, lang),
            path=request.url.path,
            version=__version__,
            **context,
        )
    )
    response = HTMLResponse(text, status)
    response.headers["Content-Language"] = lang
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(_COOKIE, lang, max_age=_YEAR, samesite="lax", httponly=True)
    return response


def _switch(request: Request, lang: str) -> str:
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return "?" + urlencode([*kept, ("lang", other)])
