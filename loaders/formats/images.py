"""Images of pages (PNG, JPEG, TIFF with one or more pages, …), by character recognition."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from loaders.formats import ocr
from loaders.formats.geometry import Placed, in_order
from loaders.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 100_000_000
MAX_FRAMES = 500
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
"""What Pillow raises for files that are damaged."""


def read_lines(data: bytes, path: Path) -> list[Line]:
    """The lines of an image. Raises InputError for one that is broken, too large or shows no text."""
    placed: list[Placed] = []
    for number, frame in enumerate(_frames(data, path), start=1):
        placed += ocr.recognise(frame, number, path)
    if not placed:
        raise InputError(f"{path}: no text found in the image")
    return in_order(placed, scanned=True)


def _frames(data: bytes, path: Path) -> Iterator[Image]:
    """The pages of an image, upright, one after the other."""
    try:
        from PIL import Image, ImageOps
    except ModuleNotFoundError:
        raise InputError(f"{path}: to read an image install the extra: pip install 'regpol[ocr]'") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage that is skipped, and of sizes: the limit is below
            image = Image.open(io.BytesIO(data))
            count = getattr(image, "n_frames", 1)
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise InputError(f"{path}: not an image that can be read ({_short(error)})") from None
    if count > MAX_FRAMES:
        raise InputError(f"{path}: {count:,} pages in one image; the most is {MAX_FRAMES}")
    for number in range(count):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image.seek(number)
                if image.width * image.height > MAX_PIXELS:
                    raise InputError(
                        f"{path}: {image.width:,} x {image.height:,} pixels; the most is {MAX_PIXELS:,}"
                    )
                frame = ImageOps.exif_transpose(image.copy())
        except (*_BROKEN, Image.DecompressionBombError) as error:
            raise InputError(f"{path}: not an image that can be read ({_short(error)})") from None
        yield frame


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
