"""Evaluate a SPARQL query on a view, guarded, with errors of one line that name the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.queries import QueryResults, View
from kg.sparql.guard import check, used_prefixes

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_POSITION = re.compile(r"\A(?:error|parse error|.*?)\s*at (\d+):(\d+):?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Solutions:
    """Rows of a SELECT: variables as projected, rows as the engine gave them, None where unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The graph of a CONSTRUCT or DESCRIBE: each triple once, in order of its N-Triples line."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False


Result = Solutions | Answer | Triples


def evaluate(
    view: View,
    text: str,
    *,
    default_graph: Literal["union", "strict"] = "union",
    base_iri: str | None = None,
    max_rows: int | None = None,
) -> Result:
    """Run one query and hold its whole result.

    ``default_graph`` "union" lets patterns outside GRAPH match in every graph, "strict" in the default
    graph alone. ``base_iri`` resolves relative IRIs. ``max_rows`` cuts the result after so many rows (or
    triples) and says so in ``truncated``; ``SELECT *`` gives its variables in the order of the alphabet,
    all else as written.

    Raises QueryError: a malformed query, an update, SERVICE or LOAD, an unknown function.
    """
    if check(text) == "update":
        raise QueryError("this is an update, not a query")
    head = "" if base_iri is None else f"BASE {_base(base_iri)} "
    try:
        results = view.query(head + text, union=default_graph == "union")
        return _hold(results, max_rows)
    except (SyntaxError, RuntimeError, ValueError) as error:
        if "Prefix not found" in str(error) and (undeclared := sorted(used_prefixes(text))):
            raise QueryError(f"the prefix {undeclared[0]}: is not declared") from error
        raise QueryError(_one_line(error, len(head))) from error


def add_prefixes(text: str) -> str:
    """The text with PREFIX lines for the prefixes it uses, does not declare, and the project knows.

    For people at a command line; an endpoint takes queries as they are. The lines go on one line at the head.
    """
    missing = sorted(prefix for prefix in used_prefixes(text) if prefix in PREFIXES)
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing) + text


def _base(iri: str) -> str:
    if re.search(r'[<>"{}|^`\\\x00-\x20]', iri):
        raise QueryError(f"the base is not an IRI: {iri!r}")
    return f"<{iri}>"


def _hold(results: QueryResults, max_rows: int | None) -> Result:
    if isinstance(results, ox.QueryBoolean):
        return Answer(bool(results))
    if isinstance(results, ox.QuerySolutions):
        variables = tuple(variable.value for variable in results.variables)
        rows = tuple(_rows(results, len(variables), max_rows))
        is_cut = max_rows is not None and len(rows) > max_rows
        return Solutions(variables, rows[:max_rows], is_cut)
    triples = sorted({str(triple): triple for triple in results}.items())
    is_cut = max_rows is not None and len(triples) > max_rows
    return Triples(tuple(triple for _, triple in triples[:max_rows]), is_cut)


def _rows(results: ox.QuerySolutions, width: int, max_rows: int | None) -> Iterator[tuple[Term | None, ...]]:
    # One row more than asked for tells whether there are more.
    for row in islice(results, None if max_rows is None else max_rows + 1):
        yield tuple(row[index] for index in range(width))


def _one_line(error: Exception, head: int) -> str:
    """The engine's message in one line, its position counted in the user's own text."""
    message = " ".join(str(error).split())
    found = _POSITION.match(message)
    if found is None:
        return message
    line, column = int(found.group(1)), int(found.group(2))
    column -= head if line == 1 else 0
    what = message[found.end() :]
    if not what or what.startswith("expected"):
        what = "unexpected text here"  # the grammar's list of all that could stand there helps nobody
    return f"the query is malformed at line {line}, column {column}: {what}"
