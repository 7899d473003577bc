"""Results for people: a plain table for a terminal and a workbook for a spreadsheet."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import pyoxigraph as ox
import xlsxwriter

from kg.errors import QueryError
from kg.namespaces import short
from kg.sparql.evaluation import Answer, Result, Solutions, Term

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset(
    _XSD + name
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger", "int")
)
MAX_SHEET_ROWS: Final = 1_048_576
MAX_CELL: Final = 32_767
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def table(result: Result, *, max_width: int | None = 60) -> str:
    """A plain table: IRIs short, columns aligned as a terminal shows them (Chinese takes two columns).

    A cell wider than ``max_width`` columns is cut and ends in …; None cuts nothing.
    """
    if isinstance(result, Answer):
        return "yes\n" if result.value else "no\n"
    header, rows = _cells(result)
    shown = [[_fit(cell, max_width) for cell in row] for row in [header, *rows]]
    widths = [max(display_width(row[column]) for row in shown) for column in range(len(header))]
    lines = [
        "  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    if result.truncated:
        lines.append(f"(cut after {len(rows)} rows)")
    return "\n".join(lines) + "\n"


def workbook(result: Result, *, title: str = "result", about: str | None = None) -> bytes:
    """An Excel workbook: a sheet of rows and, with ``about`` (the question, the query), one that holds it.

    Text is written as text, so a cell that begins with ``=`` or ``@`` is no formula; numbers are numbers.
    The same result gives the same bytes. Raises QueryError where a sheet cannot hold the rows.
    """
    header, rows = _cells(result)
    if len(rows) >= MAX_SHEET_ROWS:
        raise QueryError(f"{len(rows)} rows are more than a sheet holds ({MAX_SHEET_ROWS - 1}); take csv")
    terms = result.rows if isinstance(result, Solutions) else None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, _sheet_width([name, *(row[column] for row in rows[:200])]))
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(sheet, index + 1, column, cell, None if terms is None else terms[index][column])
        if about is not None:
            notes = book.add_worksheet("about")
            for index, line in enumerate(about.splitlines()):
                notes.write_string(index, 0, line[:MAX_CELL])
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: str, term: Term | None) -> None:
    number = _number(term)
    if number is None:
        sheet.write_string(row, column, cell[:MAX_CELL])
    else:
        sheet.write_number(row, column, number)


def _number(term: Term | None) -> float | None:
    """The number of a numeric literal that a sheet can hold exactly enough (15 digits), else None."""
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMBERS:
        return None
    try:
        exact = Decimal(term.value)
    except InvalidOperation:
        return None
    return float(exact) if exact.is_finite() and len(exact.normalize().as_tuple().digits) <= 15 else None


def _cells(result: Any) -> tuple[list[str], list[list[str]]]:
    if isinstance(result, Answer):
        return ["answer"], [["yes" if result.value else "no"]]
    if isinstance(result, Solutions):
        return list(result.variables), [[cell_text(term) for term in row] for row in result.rows]
    rows = [[cell_text(part) for part in (t.subject, t.predicate, t.object)] for t in result.triples]
    return ["subject", "predicate", "object"], rows


def cell_text(term: Term | None) -> str:
    """A term as people read it: IRIs short, literals by their text alone, nothing where unbound."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def display_width(text: str) -> int:
    """How many columns a terminal gives a text: two for wide characters, none for combining ones."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _fit(text: str, max_width: int | None) -> str:
    # Control characters could steer the terminal; a newline would break the row.
    clean = "".join(_visible(character) for character in text)
    if max_width is None or display_width(clean) <= max_width:
        return clean
    kept, used = "", 0
    for character in clean:
        used += _character_width(character)
        if used > max_width - 1:
            break
        kept += character
    return kept + "…"


def _visible(character: str) -> str:
    if character.isspace():
        return " " if character in "\t\n\r" or unicodedata.category(character) != "Zs" else character
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def _pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _sheet_width(cells: list[str]) -> int:
    return min(60, max(8, *(display_width(cell) + 1 for cell in cells)))
