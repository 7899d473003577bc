"""PDF: the text layer by pypdfium2 (BSD, Apache-2.0); pages that are pictures go through character recognition."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pypdfium2
from pypdfium2 import raw

from kg.errors import InputError
from loaders.formats import ocr
from loaders.formats.geometry import Placed, in_order
from loaders.lines import Line

MAX_PAGES = 5_000
SCAN_DPI = 200
MAX_PIXELS = 40_000_000
"""No page is rendered larger: a poster of metres' side is rendered coarser."""
_FEW = 20
"""A page of a picture and fewer characters (a page number, a stamp) is a scan."""
_BOLD_WEIGHT = 600


def read_lines(data: bytes, path: Path) -> list[Line]:
    """The lines of a PDF. Raises InputError for one that is encrypted, broken or has no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(f"{path}: the PDF is encrypted; save it without a password first") from None
        raise InputError(f"{path}: not a PDF that can be read ({error})") from None
    try:
        if len(document) > MAX_PAGES:
            raise InputError(f"{path}: {len(document):,} pages; more than {MAX_PAGES:,} is no bulletin")
        placed, scanned = _pages(document, path)
    finally:
        document.close()
    if not placed:
        raise InputError(f"{path}: the PDF has no text")
    return in_order(placed, scanned=scanned)


def _pages(document: pypdfium2.PdfDocument, path: Path) -> tuple[list[Placed], bool]:
    """The lines of all pages, and whether any of them was recognised in a picture."""
    placed: list[Placed] = []
    scanned = False
    for number in range(1, len(document) + 1):
        try:
            lines, scan = _page(document[number - 1], number, path)
        except pypdfium2.PdfiumError as error:
            raise InputError(f"{path}: page {number} of the PDF cannot be read ({error})") from None
        placed += lines
        scanned = scanned or scan
    return placed, scanned


def _page(page: pypdfium2.PdfPage, number: int, path: Path) -> tuple[list[Placed], bool]:
    """The lines of a page, and whether they were recognised in a picture."""
    text = page.get_textpage()
    try:
        lines = [] if text.count_chars() == 0 else list(_text_lines(text, page, number))
    finally:
        text.close()
    if sum(len(line.text) for line in lines) >= _FEW or not _has_picture(page):
        return lines, False
    ocr.require(path)
    width, height = page.get_size()
    scale = min(SCAN_DPI / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    return ocr.recognise(page.render(scale=scale).to_pil(), number, path), True


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _text_lines(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage, number: int) -> Iterator[Placed]:
    """The page's lines as pdfium cuts them (``\\r\\n``), each with the box of its characters."""
    height = page.get_height()
    for start, end in _line_spans(text):
        content = _content(text, start, end)
        if content.strip():
            left, bottom, right, top, size, bold = _measure(text, start, end)
            yield Placed(content, number, left, height - top, right, height - bottom, size, bold)


def _line_spans(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int]]:
    start = 0
    total = text.count_chars()
    for i in range(total + 1):
        code = raw.FPDFText_GetUnicode(text, i) if i < total else 10
        if code in (10, 13):
            if i > start:
                yield start, i
            start = i + 1


def _content(text: pypdfium2.PdfTextPage, start: int, end: int) -> str:
    """The characters of a line; marks of broken words and control characters left out, pairs put together."""
    codes = [raw.FPDFText_GetUnicode(text, i) for i in range(start, end)]
    units = b"".join(
        code.to_bytes(2, "little") if code < 0x10000 else chr(code).encode("utf-16-le") for code in codes
    )
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", units.decode("utf-16-le", errors="replace"))


def _measure(
    text: pypdfium2.PdfTextPage, start: int, end: int
) -> tuple[float, float, float, float, float, bool]:
    boxes = []
    sizes = []
    heavy = 0
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    for i in range(start, end):
        if chr(raw.FPDFText_GetUnicode(text, i)).isspace():
            continue
        boxes.append(text.get_charbox(i, loose=True))
        sizes.append(_size(text, i))
        raw.FPDFText_GetFontInfo(text, i, name, 128, ctypes.byref(flags))
        heavy += raw.FPDFText_GetFontWeight(text, i) >= _BOLD_WEIGHT or b"bold" in name.value.lower()
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return left, bottom, right, top, median(sizes), heavy * 2 > len(boxes)


def _size(text: pypdfium2.PdfTextPage, i: int) -> float:
    """The size of a character as it is seen: the font's size by the scale of its matrix."""
    matrix = raw.FS_MATRIX()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text, i, ctypes.byref(matrix)):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    return float(raw.FPDFText_GetFontSize(text, i)) * scale
