"""``kg query``: ask the store, by a saved question, a file or a text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click
from pyoxigraph import NamedNode

from kg.cli.dates import as_of_option
from kg.cli.options import output_option, store_option
from kg.cli.output import write_bytes, write_text
from kg.cli.wording import language, say
from kg.errors import InputError, NotFoundError, QueryError
from kg.namespaces import compact, expand
from kg.queries import Parameter, SavedQuery, bind, catalogue, find, resolver
from kg.sparql.evaluation import Answer, Result, Solutions, add_prefixes, evaluate
from kg.sparql.results import serialise
from kg.sparql.tabular import table, workbook
from kg.store import View, open_store
from kg.web.reader import Reader

_ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".ttl": "turtle",
    ".xlsx": "xlsx",
}
_QUERY_FILES = (".rq", ".sparql")
AS_OF = "asof"
"""The parameter by which saved questions look back in time."""
FORMATS = ["table", "csv", "tsv", "json", "xml", "turtle", "xlsx"]


@click.command("query")
@click.argument("question", required=False)
@click.option("-e", "--expression", help="The text of a SPARQL query. SPARQL 查询文本。")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter. 参数。")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: by the output's ending, else table. 格式。"
)
@click.option("--wide", is_flag=True, help="All columns in a table, IRIs too. 表格含全部列。")
@as_of_option
@output_option
@store_option
def command(
    question: str | None,
    expression: str | None,
    params: tuple[str, ...],
    as_of: date | None,
    form: str | None,
    wide: bool,
    output: str,
    store: Path,
) -> None:
    """Ask a saved QUESTION (kg queries lists them), a .rq file, or the text given with -e 查询.

    Prefixes that the project knows need not be declared. A value of -p may be an IRI, a code or a name. --as-of DATE
    is -p asof=DATE: what was signed, in force, still ahead or a member by then, for questions that can tell. The
    parameters and their values, defaults included, are told on standard error; rows alone go to the output.
    Exit status 1 where an ASK is answered no.
    """
    if (question is None) == (expression is None):
        raise QueryError("give either the name of a saved question (or a file), or a text with -e")
    with open_store(store) as view:
        values = dict(_pair(param) for param in params)
        result = evaluate(view, _text(view, question, expression, values, as_of))
        if question and (asked := parameters_line(view, question, {**values, **_day(as_of)})):
            click.echo(asked, err=True)
    _print(result, form or _ENDINGS.get(Path(output).suffix, "table"), output, wide)
    if isinstance(result, Answer) and not result.value:
        sys.exit(1)


def _text(
    view: View,
    question: str | None,
    expression: str | None,
    values: dict[str, str],
    as_of: date | None,
) -> str:
    if expression is None:
        assert question is not None
        path = Path(question)
        if path.suffix not in _QUERY_FILES:
            saved = find(question)
            return bind(saved, {**values, **_as_of(saved, as_of)}, resolver(view))
        try:
            expression = path.read_text("utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise InputError(f"{path}: cannot be read (not UTF-8 text)") from None
    if values or as_of:
        raise QueryError("parameters and --as-of go with saved questions only")
    return add_prefixes(expression)


def _as_of(question: SavedQuery, day: date | None) -> dict[str, str]:
    """The day as a value of the question. Raises QueryError where the question does not ask for one."""
    if day is None:
        return {}
    able = [query.number for query in catalogue().values() if _takes_day(query)]
    if not _takes_day(question):
        raise QueryError(
            f"query {question.name} does not look back in time; --as-of goes with {', '.join(able)}"
        )
    return _day(day)


def _day(day: date | None) -> dict[str, str]:
    return {AS_OF: day.isoformat()} if day else {}


def parameters_line(view: View, question: str, values: Mapping[str, str]) -> str:
    """The parameters of a saved question and the values that it is asked with, or empty where it has none."""
    if Path(question).suffix in _QUERY_FILES:
        return ""
    told = [_told(view, parameter, values) for parameter in find(question).parameters]
    return say("parameters", values=say("semicolon").join(told)) if told else ""


def _told(view: View, parameter: Parameter, values: Mapping[str, str]) -> str:
    given = values.get(parameter.name, "").strip()
    shown = given or (say("any") if parameter.default is None else _named_default(view, parameter.default))
    suffix = "" if given or parameter.default is None else say("default")
    return f"{parameter.name} = {shown}{suffix}"


def _named_default(view: View, default: str) -> str:
    """A default as people read it: the name of what an IRI stands for, and its short form."""
    try:
        iri = NamedNode(str(expand(default)))
    except NotFoundError:
        return default
    short = compact(iri.value)
    key = iri.value.rsplit("/", 1)[1] if short.startswith("<") else short  # a concept goes by its key
    return f"{Reader(view, language()).label(iri)} ({key})"


def _takes_day(question: SavedQuery) -> bool:
    return any(parameter.name == AS_OF for parameter in question.parameters)


def _named(result: Solutions) -> Solutions:
    """The columns a person reads: names instead of the IRIs they name, and none that is empty throughout."""
    held = [
        index
        for index, _ in enumerate(result.variables)
        if any(row[index] is not None for row in result.rows)
    ]
    names = {result.variables[index] for index in held}
    kept = (
        [i for i in held if f"{result.variables[i]}Zh" not in names]
        if result.rows
        else range(len(result.variables))
    )
    variables = tuple(result.variables[index] for index in kept)
    return Solutions(
        variables, tuple(tuple(row[index] for index in kept) for row in result.rows), result.truncated
    )


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise QueryError(f"a parameter is written name=value, not {param!r}")
    return name, value


def _print(result: Result, form: str, output: str, wide: bool) -> None:
    if form == "table":
        shown = result if wide or not isinstance(result, Solutions) else _named(result)
        write_text(table(shown, max_width=None if output != "-" else 60), output)
        if isinstance(result, Solutions) and not result.rows:
            click.echo("0 rows 没有结果", err=True)
    elif form == "xlsx":
        write_bytes(workbook(result), output)
    else:
        write_bytes(serialise(result, form), output)
