"""Every saved question on its own small graph: the golden rows, in both engines, in the same order."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.queries import SavedQuery, bind, catalogue, term
from kg.sparql import add_prefixes
from kg.sparql.guard import check, used_prefixes

HERE = Path(__file__).parent
# rdflib warns of properties that here only rdflib itself uses.
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use Dataset:DeprecationWarning")
QUERIES = list(catalogue().values())
Row = list[Any]


def folder(query: SavedQuery) -> Path:
    return HERE / query.number


def nobody(name: str, cls: str) -> list[str]:
    raise AssertionError(f"{cls} {name!r} was looked up")


def by_name(query: SavedQuery) -> str:
    return query.name


def in_oxigraph(data: Path, text: str) -> tuple[list[str], list[Row]]:
    store = ox.Store()
    store.load(path=str(data), format=ox.RdfFormat.TRIG)
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    return columns, [[cell(value) for value in row] for row in found]


def cell(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    if isinstance(value, ox.Literal):
        return plain(value.value, value.language, value.datatype.value)
    return None if value is None else str(value)


def in_rdflib(data: Path, text: str) -> tuple[list[str], list[Row]]:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data.read_text(encoding="utf-8"), format="trig")
    found = dataset.query(text)
    columns = [str(variable) for variable in found.vars or []]
    rows: Any = found
    return columns, [[rdflib_cell(value) for value in row] for row in rows]


def rdflib_cell(value: Any) -> Any:
    if isinstance(value, rdflib.Literal):
        return plain(str(value), value.language, str(value.datatype))
    return None if value is None else f"<{value}>"


def plain(text: str, language: str | None, datatype: str) -> Any:
    """A literal as in expected.json: numbers by value (engines spell decimals differently), text with its language."""
    if datatype.rpartition("#")[2] in ("integer", "decimal"):
        number = Decimal(text)
        return int(number) if number == int(number) else float(number)
    return f"{text}@{language}" if language else text


@pytest.mark.parametrize("query", QUERIES, ids=by_name)
def test_golden_rows_in_both_engines(query: SavedQuery) -> None:
    expected = json.loads((folder(query) / "expected.json").read_text(encoding="utf-8"))
    data = folder(query) / "data.trig"
    assert expected, "each question has at least one answer"
    for case in expected:
        text = bind(query, case["parameters"], nobody)
        columns, rows = in_oxigraph(data, text)
        assert (columns, rows) == (case["columns"], case["rows"])
        assert (columns, rows) == in_rdflib(data, text)
    assert expected[0]["rows"], "the first case has rows"


@pytest.mark.parametrize("query", QUERIES, ids=by_name)
def test_file_runs_as_it_is(query: SavedQuery) -> None:
    assert check(query.text) == "query"
    assert used_prefixes(query.text) == set()
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("query", QUERIES, ids=by_name)
def test_defaults_of_header_and_text_agree(query: SavedQuery) -> None:
    for parameter in query.parameters:
        block = re.search(rf"VALUES \${parameter.name} \{{ (.*?) \}}", query.text)
        assert block is not None
        assert value_of(block.group(1)) == value_of(term(parameter, parameter.default or "", nobody))


def value_of(written: str) -> list[Row]:
    found = ox.Store().query(add_prefixes(f"SELECT ?v {{ VALUES ?v {{ {written} }} }}"))
    assert isinstance(found, ox.QuerySolutions)
    return [[str(term) for term in row] for row in found]


@pytest.mark.parametrize("query", QUERIES, ids=by_name)
def test_nothing_comes_from_nothing(query: SavedQuery) -> None:
    found = ox.Store().query(query.text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    assert list(found) == []
    assert list(rdflib.Dataset(default_union=True).query(query.text)) == []


@pytest.mark.parametrize("query", QUERIES, ids=by_name)
def test_every_iri_column_has_its_name_beside_it(query: SavedQuery) -> None:
    for case in json.loads((folder(query) / "expected.json").read_text(encoding="utf-8")):
        columns = case["columns"]
        for index, column in enumerate(columns):
            is_iri = any(str(row[index]).startswith("<") for row in case["rows"])
            names = {f"{column}Zh", f"{column}Title", "sentenceZh", "surfaceForm"}
            assert not is_iri or names & set(columns), f"{column} has no name"


def test_each_folder_belongs_to_a_question() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {query.number for query in QUERIES}


def test_all_competency_questions_are_there() -> None:
    numbers = [query.number for query in QUERIES if query.number.startswith("cq")]
    assert len(numbers) >= 25
    assert numbers == [f"cq{n:02d}" for n in range(1, len(numbers) + 1)]
