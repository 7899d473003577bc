"""DOCX, by python-docx (MIT): paragraphs and rows of tables in their order. A line is a paragraph, counted from 1."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from kg.errors import InputError
from loaders.formats.archive import check_package
from loaders.lines import Line
from loaders.marks import BOLD_LEVEL

_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = (PackageNotFoundError, LookupError, ValueError, SyntaxError, OSError, TypeError, AttributeError)
"""What python-docx raises for a package whose parts are missing or are not what they should be."""
_HEADING = re.compile(r"^(?:heading|标题)\s*(\d)$", re.I)
_TITLES = ("title", "标题")
_SCHEMA = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_lines(data: bytes, path: Path) -> list[Line]:
    """The paragraphs of a document. Raises InputError for an old .doc, an encrypted, broken or empty one."""
    if data.startswith(_OLE):
        raise InputError(f"{path}: an old .doc or an encrypted document; save it as .docx without a password")
    check_package(data, path)
    try:
        lines = list(_lines(docx.Document(io.BytesIO(data))))
    except _BROKEN as error:
        raise InputError(f"{path}: not a DOCX that can be read ({_short(error)})") from None
    if not lines:
        raise InputError(f"{path}: the document has no text")
    return lines


def _lines(document: Document) -> Iterator[Line]:
    """Each line of each paragraph; the page is counted where the document says where pages broke when it was saved."""
    paged = any(True for _ in document.element.body.iter(f"{_SCHEMA}lastRenderedPageBreak"))
    page = 1
    for number, paragraph in enumerate(_paragraphs(document), start=1):
        before, within = _breaks(paragraph)
        page += before
        yield from _pieces(paragraph, number, page if paged else None)
        page += within


def _paragraphs(container: Any) -> Iterator[Paragraph]:
    for item in container.iter_inner_content():
        if isinstance(item, Table):
            seen = set()
            for row in item.rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # a merged cell is given once for each place it covers
                        seen.add(cell._tc)
                        yield from _paragraphs(cell)
        else:
            yield item


def _breaks(paragraph: Paragraph) -> tuple[int, int]:
    """The page breaks before the first text of a paragraph and those after."""
    before = after = 0
    text = False
    for element in paragraph._p.iter(f"{_SCHEMA}lastRenderedPageBreak", f"{_SCHEMA}t"):
        if element.tag.endswith("}t"):
            text = text or bool(element.text)
        elif text:
            after += 1
        else:
            before += 1
    return before, after


def _pieces(paragraph: Paragraph, number: int, page: int | None) -> Iterator[Line]:
    """A paragraph's text; a line break inside it (shift and return) ends a block as the end of a paragraph does."""
    column = 0
    level = _level(paragraph)
    for piece in paragraph.text.split("\n"):
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield Line(piece.strip(), number, column + lead, page=page, ends=True, heading=level)
        column += len(piece) + 1


def _level(paragraph: Paragraph) -> int | None:
    style = paragraph.style
    name = (style.name or "").lower() if style is not None else ""
    if match := _HEADING.match(name):
        return int(match[1])
    if name in _TITLES:
        return 1
    outline = paragraph._p.find(f"{_SCHEMA}pPr/{_SCHEMA}outlineLvl")
    if outline is not None and (outline.get(f"{_SCHEMA}val") or "").isdigit():
        level = int(outline.get(f"{_SCHEMA}val"))
        return level + 1 if level < 9 else None  # 9 is Word's number for body text
    runs = [run for run in paragraph.runs if run.text.strip()]
    return BOLD_LEVEL if runs and all(run.bold for run in runs) else None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
