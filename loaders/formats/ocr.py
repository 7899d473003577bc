"""Character recognition in scans, by rapidocr-onnxruntime (Apache-2.0; models in its wheel, nothing is downloaded).

The library is the extra ``[ocr]``: it is imported when the first picture is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from loaders.formats.geometry import Placed

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_RATIO = 50
"""A picture so much longer than wide is a rule, not a page; the engine cannot scale it."""
MIN_SCORE = 0.5
"""Below it a box is dirt, not text."""


def recognise(image: Image, page: int, path: Path) -> list[Placed]:
    """The lines of text in a picture, from top to bottom. Raises InputError where the extra is not installed."""
    engine = _engine(path)
    if max(image.size) > MAX_RATIO * min(image.size):
        return []
    found, _ = engine(_array(image))
    boxes = [
        _Box.of(corners, text)
        for corners, text, score in found or []
        if float(score) >= MIN_SCORE and text.strip()
    ]
    lines = [_line(row, page) for row in _rows(boxes)]
    texts = curled([line.text for line in lines])
    return [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]


def curled(lines: Iterable[str]) -> list[str]:
    """The lines with straight quotation marks as “ ”: the models know the marks of Chinese, but often give straight
    ones for the closing half. A quotation may go on in the next line."""
    opened = False
    found = []
    for line in lines:
        marks = []
        for character in line:
            mark = ("”" if opened else "“") if character == '"' else character
            opened = mark == "“" or (opened and mark != "”")
            marks.append(mark)
        found.append("".join(marks))
    return found


def require(path: Path) -> None:
    """Raises InputError, naming the extra and the file that needs it, where character recognition cannot be had."""
    _engine(path)


def _engine(path: Path) -> Any:
    try:
        return _load()
    except ModuleNotFoundError:
        raise InputError(
            f"{path}: a scan without text; to read it install the extra: pip install 'regpol[ocr]'"
        ) from None
    except ImportError as error:  # a library of the system that OpenCV needs
        raise InputError(f"{path}: the extra [ocr] cannot be loaded ({error})") from None


@cache
def _load() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _array(image: Image) -> Any:
    import numpy
    from PIL import Image

    if image.has_transparency_data:  # what is not painted is paper
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return numpy.asarray(image.convert("RGB"))[:, :, ::-1]  # the engine expects blue first


class _Box(Placed):
    """A piece of text in the picture."""

    __slots__ = ()

    @classmethod
    def of(cls, corners: Any, text: str) -> _Box:
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        return cls(text, 0, min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys))


def _rows(boxes: list[_Box]) -> list[list[_Box]]:
    """Pieces that stand side by side are one line."""
    rows: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda box: (box.top + box.bottom, box.left)):
        middle = (box.top + box.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom and not _overlap(rows[-1], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _overlap(row: list[_Box], box: _Box) -> bool:
    return any(min(box.right, other.right) - max(box.left, other.left) > box.size / 2 for other in row)


def _line(row: list[_Box], page: int) -> Placed:
    return Placed(
        "".join(box.text.strip() for box in row),
        page,
        min(box.left for box in row),
        min(box.top for box in row),
        max(box.right for box in row),
        max(box.bottom for box in row),
        median(box.size for box in row),
    )
