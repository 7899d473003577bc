"""The catalogue of saved questions: ``queries/*.rq``, SPARQL with a bilingual header and parameters.

A header line begins with ``#+``::

    #+ title_zh: 跨区域合作协议
    #+ param: region; iri:region; default=R:yangtze-delta; zh=地区; en=region

A parameter stands in the query as ``VALUES $name { default }``. Since ``$name`` and ``?name`` are one
variable, the file runs as it is in any SPARQL engine; ``bind`` replaces what stands between the braces by
one serialised term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import pyoxigraph as ox

from kg.authorities import agency_authority, region_authority
from kg.errors import NotFoundError, QueryError
from kg.namespaces import CONCEPT, ID, PREFIXES, compact
from kg.resources import data_path

QueryResults = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Resolve = Callable[[str, str], Sequence[str]]
"""``resolve(name, cls)``: the IRIs that bear a name; cls is region, actor, … or ``concept/{scheme}``."""

KINDS: Final = ("iri", "date", "integer", "decimal", "string")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TEXT_FIELDS: Final = ("title_zh", "title_en", "question_zh", "question_en")
_HEADER = re.compile(r"^#\+ ([a-z_]+): (.*)$", re.MULTILINE)
_CURIE = re.compile(r"([A-Za-z][\w.\-]*):([^\s:][^\s]*)")


class View(Protocol):
    """What queries run on: a read view of the store."""

    def query(self, text: str, *, union: bool = True) -> QueryResults:
        """Run a SPARQL query; with ``union`` the default graph is the union of all graphs."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value to ask with. ``cls`` says what an IRI names; one without default may be left open."""

    name: str
    kind: str
    cls: str | None
    default: str | None
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with its SPARQL text; ``name`` is the file's stem (``cq01-cross-region-pacts``)."""

    name: str
    title_zh: str
    title_en: str
    question_zh: str
    question_en: str
    parameters: tuple[Parameter, ...]
    text: str
    path: Path

    @property
    def number(self) -> str:
        """The short name: ``cq01`` for a competency question, else the whole name."""
        head = self.name.partition("-")[0]
        return head if re.fullmatch(r"cq\d\d", head) else self.name


@cache
def catalogue() -> Mapping[str, SavedQuery]:
    """All saved questions by name, in order of name. Read once."""
    found = (read_query(path) for path in sorted(data_path("queries").glob("*.rq")))
    return MappingProxyType({query.name: query for query in found})


def find(name: str) -> SavedQuery:
    """The question of that name or short name (``cq01``). Raises QueryError that lists the known ones."""
    for query in catalogue().values():
        if name in (query.name, query.number):
            return query
    close = get_close_matches(
        name, [form for query in catalogue().values() for form in (query.number, query.name)], n=3, cutoff=0.8
    )
    hint = f"did you mean {', '.join(close)}? " if close else ""
    raise QueryError(f"unknown query {name!r}; {hint}known: {', '.join(catalogue())}")


def read_query(path: Path) -> SavedQuery:
    """Read one file. Raises QueryError where its header is incomplete or wrong."""
    text = path.read_text(encoding="utf-8")
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for match in _HEADER.finditer(text):
        key, value = match.group(1), match.group(2).strip()
        if key == "param":
            parameters.append(_parameter(value, path))
        elif key in _TEXT_FIELDS and key not in fields:
            fields[key] = value
        else:
            raise QueryError(f"{path.name}: header line {key!r} is unknown or given twice")
    missing = [key for key in _TEXT_FIELDS if not fields.get(key)]
    if missing:
        raise QueryError(f"{path.name}: header lines are missing: {', '.join(missing)}")
    query = SavedQuery(path.stem, **fields, parameters=tuple(parameters), text=text, path=path)
    for parameter in query.parameters:
        if not _block([parameter.name]).search(text):
            raise QueryError(f"{path.name}: no block VALUES ${parameter.name} {{ … }}")
    return query


def _parameter(line: str, path: Path) -> Parameter:
    name, _, rest = line.partition(";")
    kind, *pairs = [part.strip() for part in rest.split(";")]
    kind, _, cls = kind.partition(":")
    options = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    is_complete = {"zh", "en"} <= options.keys() <= {"default", "zh", "en"} and re.fullmatch(
        r"[a-z]\w*", name
    )
    if not is_complete or kind not in KINDS or (kind == "iri") != bool(cls):
        raise QueryError(f"{path.name}: malformed parameter line {line!r}")
    return Parameter(name, kind, cls or None, options.get("default"), options["zh"], options["en"])


def _block(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"VALUES \$(" + "|".join(map(re.escape, names)) + r") \{[^{}]*\}")


def bind(query: SavedQuery, values: Mapping[str, str], resolve: Resolve) -> str:
    """The query's text with values put in; parameters not given keep their defaults.

    A value of an IRI parameter is an IRI, a CURIE, a region code, a concept's key, or a name that
    ``resolve`` knows. An empty value leaves a parameter without default open. Values enter as parsed,
    serialised terms, never as text.

    Raises QueryError for a parameter the query does not have and for a value of the wrong type,
    NotFoundError for a name that nothing, or more than one thing, bears.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise QueryError(f"query {query.name} has no parameter {name!r}; known: {listed}")
    terms = {name: term(known[name], value, resolve) for name, value in values.items()}
    if not terms:
        return query.text
    # One pass over the file's own text: a value that looks like a block is never looked at again.
    return _block(list(terms)).sub(lambda m: f"VALUES ${m.group(1)} {{ {terms[m.group(1)]} }}", query.text)


def term(parameter: Parameter, value: str, resolve: Resolve) -> str:
    """One value as a SPARQL term, by the parameter's type. Errors as for ``bind``."""
    value = value.strip()
    if not value and parameter.default is None:
        return "UNDEF"
    if parameter.kind == "iri":
        return f"<{_iri(parameter, value, resolve)}>"
    if parameter.kind == "string":
        return str(ox.Literal(value))
    datatype = {"date": "date", "integer": "integer", "decimal": "decimal"}[parameter.kind]
    return str(ox.Literal(_lexical(parameter, value), datatype=ox.NamedNode(_XSD + datatype)))


def _lexical(parameter: Parameter, value: str) -> str:
    wrong = QueryError(f"{parameter.name} must be {_EXPECTED[parameter.kind]}, not {value!r}")
    if not value.isascii() or "_" in value:
        raise wrong
    try:
        if parameter.kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            wrong = QueryError(f"{parameter.name}: no calendar has the day {value} 日历上没有这一天")
            return date.fromisoformat(value).isoformat()
        if parameter.kind == "integer":
            return str(int(value))
        if parameter.kind == "decimal" and (number := Decimal(value)).is_finite():
            return format(number, "f")
    except (ValueError, InvalidOperation):
        raise wrong from None
    raise wrong


_EXPECTED: Final = {"date": "a date like 2022-12-31", "integer": "a whole number", "decimal": "a number"}


def _iri(parameter: Parameter, value: str, resolve: Resolve) -> str:
    cls = parameter.cls or ""
    if not value:
        raise QueryError(f"{parameter.name} must not be empty")
    if value.startswith("<") and value.endswith(">"):
        return _checked(parameter, value[1:-1])
    if value.startswith(("http://", "https://")):
        return _checked(parameter, value)
    if (curie := _CURIE.fullmatch(value)) and curie.group(1) in PREFIXES:
        return _checked(parameter, PREFIXES[curie.group(1)] + curie.group(2))
    if cls == "region" and re.fullmatch(r"[0-9]{6}", value):
        return f"{ID}region/{value}"
    candidates = sorted(set(resolve(value, cls)))
    if len(candidates) == 1:
        return _checked(parameter, candidates[0])
    if candidates:
        listed = ", ".join(describe(candidate) for candidate in candidates)
        raise NotFoundError(f"{value!r} names more than one {cls}: {listed}")
    raise NotFoundError(f"no {cls} is called {value!r}")


def _checked(parameter: Parameter, iri: str) -> str:
    # pyoxigraph takes any text for an IRI, so the characters that SPARQL forbids in one are looked for here.
    if not re.fullmatch(r'[A-Za-z][A-Za-z0-9+.\-]*:[^<>"{}|^`\\\x00-\x20]*', iri):
        raise QueryError(f"{parameter.name} is not an IRI: {iri!r}")
    return iri


def resolver(view: View) -> Resolve:
    """A ``resolve`` that looks names up: labels, other labels, titles and keys in the view, exact, zh or en; short
    forms of regions and agencies (四川, 湖北省政府) in the authorities. A region of today goes before bygone ones."""

    def resolve(name: str, cls: str) -> list[str]:
        found = stated(name, cls)
        if cls == "region":
            found = _of_today(found or [f"{ID}region/{key}" for key in _region_keys(name)])
        elif cls == "actor" and not found and (match := agency_authority().find(name)):
            found = [f"{ID}actor/{match.key}"]
        return found

    def stated(name: str, cls: str) -> list[str]:
        base = (CONCEPT + cls.removeprefix("concept/") if cls.startswith("concept/") else ID + cls) + "/"
        spellings = (ox.Literal(name), ox.Literal(name, language="zh"), ox.Literal(name, language="en"))
        solutions = view.query(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/> "
            f"SELECT DISTINCT ?x {{ VALUES ?name {{ {' '.join(map(str, spellings))} }} "
            "?x skos:prefLabel|skos:altLabel|skos:notation|dct:title ?name "
            f"FILTER(STRSTARTS(STR(?x), {ox.Literal(base)})) }}"
        )
        return sorted(_iris(solutions)) if isinstance(solutions, ox.QuerySolutions) else []

    return resolve


def _region_keys(name: str) -> list[str]:
    """The regions behind a short form or a one-character abbreviation."""
    short = region_authority().abbreviations().get(name)
    return [short] if short else [region.key for region in region_authority().find_name(name)]


def _of_today(iris: list[str]) -> list[str]:
    """The regions that exist today, where any of them does."""
    known = {iri: region_authority().find(iri.rsplit("/", 1)[1]) for iri in iris}
    today = [iri for iri, region in known.items() if region is None or region.is_current]
    return sorted(today or iris)


def describe(iri: str) -> str:
    """A candidate as people tell it from others: its CURIE, for a region with its name and what it lies in."""
    region = region_authority().find(iri.rsplit("/", 1)[1]) if iri.startswith(ID + "region/") else None
    if region is None:
        return compact(iri)
    parent = region_authority().find(region.parent) if region.parent else None
    years = "" if region.is_current else f", until {region.to_year}"
    return f"{compact(iri)} ({region.name}{f', {parent.name}' if parent else ''}{years})"


def _iris(solutions: ox.QuerySolutions) -> Iterator[str]:
    for (found,) in solutions:
        if isinstance(found, ox.NamedNode):
            yield found.value
