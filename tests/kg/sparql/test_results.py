"""Result formats: read back by their own readers, the same bytes each time, nothing that steers a terminal or a sheet."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql import FORMATS, Answer, Result, Solutions, Triples, formats_for, serialise
from kg.sparql.tabular import display_width, table, workbook

XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = ox.NamedNode("https://w3id.org/regpol/id/region/310000")
ROWS = Solutions(
    ("x", "label", "n", "o"),
    (
        (IRI, ox.Literal("上海\t<市>&\"\n=1+1", language="zh"), ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")), None),
        (ox.BlankNode("b"), ox.Literal("=HYPERLINK(0)"), ox.Literal("7", datatype=ox.NamedNode(XSD + "integer")), ox.Literal("")),
    ),
)  # fmt: skip
GRAPH = Triples((ox.Triple(IRI, ox.NamedNode("https://w3id.org/regpol/ns#code"), ox.Literal("310000")),))


def read_back(data: bytes, result_format: ox.QueryResultsFormat) -> list[list[Any]]:
    found = ox.parse_query_results(data, format=result_format)
    assert isinstance(found, ox.QuerySolutions)
    assert [variable.value for variable in found.variables] == list(ROWS.variables)
    return [list(row) for row in found]


@pytest.mark.parametrize(
    ("name", "result_format"),
    [
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ],
)
def test_w3c_formats_are_read_back(name: str, result_format: ox.QueryResultsFormat) -> None:
    rows = read_back(serialise(ROWS, name), result_format)
    assert rows[0] == list(ROWS.rows[0])
    assert rows[1][1:] == list(ROWS.rows[1][1:])
    assert isinstance(rows[1][0], ox.BlankNode)


def test_csv_is_the_standards_own() -> None:
    data = serialise(ROWS, "csv")
    assert data.startswith(b"x,label,n,o\r\n")
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[1] == [IRI.value, '上海\t<市>&"\n=1+1', "1.50", ""]
    assert rows[2] == ["_:b", "=HYPERLINK(0)", "7", ""]


def test_ask_in_every_format() -> None:
    assert json.loads(serialise(Answer(True), "json")) == {"head": {}, "boolean": True}
    assert b"<boolean>false</boolean>" in serialise(Answer(False), "xml")
    assert [serialise(Answer(True), name) for name in ("csv", "tsv", "table")] == [b"true", b"true", b"yes\n"]


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_graphs_are_read_back(name: str) -> None:
    known = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
    data = serialise(GRAPH, name)
    quads = list(ox.parse(data, format=getattr(ox.RdfFormat, known[name])))
    assert [quad.triple for quad in quads] == list(GRAPH.triples)


@pytest.mark.parametrize("result", [ROWS, Answer(True), GRAPH], ids=["select", "ask", "graph"])
def test_same_result_same_bytes(result: Result) -> None:
    for found in formats_for(result):
        assert serialise(result, found.name) == serialise(result, found.name)


def test_a_format_that_does_not_fit_is_refused() -> None:
    with pytest.raises(
        QueryError, match="turtle cannot hold the result of such a query; take one of: json, xml"
    ):
        serialise(ROWS, "turtle")
    with pytest.raises(QueryError, match="unknown format 'pdf'; known: json"):
        serialise(ROWS, "pdf")


def test_media_types_are_told_apart() -> None:
    for kind in (Solutions, Answer, Triples):
        media_types = [found.media_type for found in formats_for(kind)]
        assert len(media_types) == len(set(media_types))
    assert next(iter(formats_for(GRAPH))).name == "turtle"
    assert FORMATS["json"].media_type == "application/sparql-results+json"


def test_control_characters_cannot_break_xml() -> None:
    data = serialise(Solutions(("x",), ((ox.Literal("a\x00\x1b\ufffeb\r"),),)), "xml")
    found = ox.parse_query_results(data, format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    assert next(found)["x"] == ox.Literal("a\ufffd\ufffd\ufffdb\r")


def test_triple_terms() -> None:
    result = Solutions(("t",), ((GRAPH.triples[0],),))
    binding = json.loads(serialise(result, "json"))["results"]["bindings"][0]["t"]
    assert binding["value"]["object"] == {"type": "literal", "value": "310000"}
    assert b"<triple><subject><uri>" in serialise(result, "xml")


def test_table_is_aligned_by_display_width() -> None:
    lines = table(ROWS).splitlines()
    assert lines[0].startswith("x              label")
    assert lines[2].startswith('region/310000  上海 <市>&" =1+1')
    columns = {
        display_width(line[: line.index(cell)]) for line, cell in ((lines[2], "1.50"), (lines[3], "7"))
    }
    assert len(columns) == 1


def test_table_cuts_and_cleans() -> None:
    result = Solutions(
        ("x",), ((ox.Literal("长" * 50 + "\x1b[31m"),), (ox.Literal("a\x1b[2Jb\u202e"),)), truncated=True
    )
    lines = table(result, max_width=11).splitlines()
    assert lines[2] == "长" * 5 + "…"
    assert lines[3] == "a\ufffd[2Jb\ufffd"
    assert lines[4] == "(cut after 2 rows)"


@given(st.text(), st.integers(min_value=4, max_value=40))
def test_no_cell_is_wider_than_asked_for(text: str, width: int) -> None:
    lines = table(
        Solutions(("x",), ((ox.Literal(text.encode("utf-8", "replace").decode()),),)), max_width=width
    ).split("\n")
    assert len(lines) == 4
    assert all(display_width(line) <= width for line in lines)


def test_workbook_writes_text_as_text_and_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS, title="问题", about="问？\n=SELECT")))
    assert book.sheetnames == ["问题", "about"]
    sheet = book["问题"]
    assert [cell.value for cell in sheet[1]] == list(ROWS.variables)
    assert (sheet["C2"].value, sheet["C3"].value, sheet["A2"].value) == (1.5, 7, "region/310000")
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=HYPERLINK(0)", "s")
    assert (book["about"]["A2"].value, book["about"]["A2"].data_type) == ("=SELECT", "s")


def test_workbook_keeps_long_numbers_and_cuts_long_text() -> None:
    big = ox.Literal("12345678901234567890", datatype=ox.NamedNode(XSD + "integer"))
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Solutions(("a", "b"), ((big, ox.Literal("x" * 40_000)),))))
    )
    assert book.worksheets[0]["A2"].value == "12345678901234567890"
    assert len(book.worksheets[0]["B2"].value) == 32_767
