"""Pages of ready questions: the list, and for each its form, its answer and the SPARQL text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from pyoxigraph import NamedNode
from rdflib import SKOS
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import NotFoundError, QueryError
from kg.namespaces import CONCEPT, compact, expand
from kg.queries import Parameter, SavedQuery, bind, catalogue, find, resolver
from kg.sparql import evaluate
from kg.store import View
from kg.web.reader import Reader
from kg.web.rendering import language_of, render
from kg.web.site import site_of
from kg.web.tables import Table, table_of

router = APIRouter(include_in_schema=False)

_DOWNLOADS: Final = ("csv", "json", "xlsx")


@dataclass(frozen=True)
class Field:
    """One parameter in a form; with ``options`` (value, label) it is a list to choose from."""

    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    is_default: bool = False

    @property
    def asked(self) -> str:
        """The value as the page names it; empty where the parameter is left open."""
        return dict(self.options).get(self.value, self.value)

    @property
    def short_label(self) -> str:
        """The label without what it says in brackets about the form."""
        return self.label.partition("（")[0].partition(" (")[0]


@dataclass(frozen=True)
class Answered:
    """A question asked: its form, its text with the values put in, and the table or what is wrong."""

    fields: tuple[Field, ...]
    text: str
    table: Table | None
    error: str | None
    status: int


def find_question(name: str) -> SavedQuery:
    """The question of that name. Raises NotFoundError (404), where the catalogue would say QueryError."""
    try:
        return find(name)
    except QueryError as error:
        raise NotFoundError(str(error)) from None


@router.get("/queries")
def list_page(request: Request) -> Response:
    """The list of ready questions."""
    lang = language_of(request)
    rows = [
        (q.name, q.number, q.title_zh if lang == "zh" else q.title_en, q.question_zh if lang == "zh" else q.question_en)
        for q in catalogue().values()
    ]  # fmt: skip
    return render(request, "questions.html", questions=rows)


@router.get("/queries/{name}")
async def question_page(request: Request, name: str) -> Response:
    """One question with its form and its answer."""
    question, lang, site = find_question(name), language_of(request), site_of(request)
    known = {parameter.name for parameter in question.parameters}
    values = {key: value for key, value in request.query_params.items() if key in known}

    def work(view: View) -> Answered:
        return _ask(Reader(view, lang), question, values, site.worker.limits.page_rows)

    asked = await site.worker.run(work)
    downloads = {
        form: f"/api/queries/{question.name}?" + urlencode({**values, "format": form}) for form in _DOWNLOADS
    }
    return await run_in_threadpool(
        render, request, "question.html", asked.status, asked=asked, downloads=downloads, name=question.name,
        title=question.title_zh if lang == "zh" else question.title_en,
        question=question.question_zh if lang == "zh" else question.question_en,
        sparql_href="/sparql?" + urlencode({"query": asked.text}), most=site.worker.limits.page_rows,
    )  # fmt: skip


def _ask(reader: Reader, question: SavedQuery, values: dict[str, str], most: int) -> Answered:
    fields = tuple(_asked(reader, parameter, values) for parameter in question.parameters)
    try:
        text = bind(question, values, resolver(reader.view))
        table = table_of(reader, evaluate(reader.view, text, max_rows=most), saved=True)
    except NotFoundError as error:
        return Answered(fields, question.text, None, str(error), 404)
    except QueryError as error:
        return Answered(fields, question.text, None, str(error), 400)
    return Answered(fields, text, table, None, 200)


def _asked(reader: Reader, parameter: Parameter, values: dict[str, str]) -> Field:
    """The field of a parameter; a value given that is the default counts as it: forms send both alike."""
    field = _field(reader, parameter, values)
    is_default = parameter.default is not None and field.value == _field(reader, parameter, {}).value
    return replace(field, is_default=is_default)


def _field(reader: Reader, parameter: Parameter, values: dict[str, str]) -> Field:
    value = values.get(parameter.name, parameter.default or "")
    label = parameter.label_zh if reader.lang == "zh" else parameter.label_en
    if parameter.kind != "iri":
        return Field(parameter.name, label, parameter.kind, value)
    cls = parameter.cls or ""
    iri = _iri(value)
    if cls.startswith("concept/"):
        options = _concepts(reader, cls.removeprefix("concept/"))
        if parameter.default is None:
            options = (("", ""), *options)
        return Field(parameter.name, label, "iri", iri.value if iri else value, options)
    # a name is what people type; where several things bear it, only the identifier tells
    if iri is not None:
        name = reader.label(iri)
        is_unique = len(resolver(reader.view)(name, cls)) == 1
        value = name if is_unique else compact(iri.value)
    return Field(parameter.name, label, "iri", value)


def _iri(value: str) -> NamedNode | None:
    try:
        return NamedNode(str(expand(value)))
    except NotFoundError:
        return None


def _concepts(reader: Reader, scheme: str) -> tuple[tuple[str, str], ...]:
    concepts = reader.subjects(SKOS.inScheme, NamedNode(CONCEPT + scheme))
    return tuple((concept.value, reader.label(concept)) for concept in concepts)
