"""All facts as an Excel workbook: a sheet for each kind, and one that explains the columns."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

from kg.errors import QueryError
from kg.exports.cleaning import clean
from kg.exports.facts import Cell, FactReader
from kg.exports.sheets import SHEETS, Sheet
from kg.sparql.tabular import MAX_CELL, MAX_SHEET_ROWS, display_width
from kg.store import View

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The workbook's day of making: always the same, so that the same content gives the same bytes."""
_WIDEST: Final = 50
_SAMPLED: Final = 200
_NOTES: Final = (
    "区域政策知识图谱：事实表。每个事实都附原文、文章和位置。",
    "Regpol: tables of facts. Every fact comes with its quote, its article and its place there.",
    "标有“推定”的内容不在原文之中，由规则得出；kg explain 给出依据。",
    "What is marked 推定 is not in the text: a rule concluded it; kg explain gives the grounds.",
)


def write(view: View) -> bytes:
    """The workbook. Text is written as text: a cell that begins with ``=`` or ``@`` is no formula, a URL no link.

    The same content gives the same bytes. Raises QueryError where a sheet cannot hold its rows.
    """
    reader = FactReader(view)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _EPOCH, "title": "Regpol"})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        _readme(book.add_worksheet("说明 README"), bold, wrapped)
        for sheet in SHEETS:
            _fill(book.add_worksheet(sheet.title), sheet, reader, bold)
    return out.getvalue()


def _readme(page: Any, bold: Any, wrapped: Any) -> None:
    for row, line in enumerate(_NOTES):
        page.write_string(row, 0, line)
    top = len(_NOTES) + 1
    header = ("表 Sheet", "列 Column", "说明", "Explanation")
    rows = [header]
    for sheet in SHEETS:
        rows.append((sheet.title, "", sheet.note_zh, sheet.note_en))
        rows += [(sheet.title, column.heading, column.note_zh, column.note_en) for column in sheet.columns]
    for row, cells in enumerate(rows, start=top):
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, bold if row == top else wrapped)
    for column, width in enumerate((22, 30, 50, 60)):
        page.set_column(column, column, width)


def _fill(page: Any, sheet: Sheet, reader: FactReader, bold: Any) -> None:
    rows = sheet.rows(reader)
    if len(rows) >= MAX_SHEET_ROWS:
        raise QueryError(
            f"{sheet.title}: {len(rows)} rows are more than a sheet holds ({MAX_SHEET_ROWS - 1}); take nquads"
        )
    widths = [display_width(column.heading) + 1 for column in sheet.columns]
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.heading, bold)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(sheet.columns):
            cell = column.get(reader, row)
            _write(page, number, index, cell)
            if number <= _SAMPLED and isinstance(cell, str):
                widths[index] = max(widths[index], display_width(cell) + 1)
    for index, width in enumerate(widths):
        page.set_column(index, index, min(_WIDEST, width))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)


def _write(page: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, clean(cell)[:MAX_CELL])
    else:
        page.write_number(row, column, cell)
