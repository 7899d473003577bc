"""Formats other than plain text and JSON: the bytes of a file in, its lines out, each with its place.

Every reader is a module with ``read_lines(data, path) -> list[Line]``, where ``path`` tells messages what was read.
A module is imported when a file of its format is met: its library costs time to load, and some are extras.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from loaders.lines import Line

PLAIN_SUFFIXES = (".txt", ".text")
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
_MODULES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    **dict.fromkeys(IMAGE_SUFFIXES, "images"),
}
_MAGIC = ((b"%PDF-", ".pdf"), (b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
READABLE = (*PLAIN_SUFFIXES, *JSON_SUFFIXES, *_MODULES)
"""The endings that are read where a folder or an archive is given; its other files are left alone."""


class Reader(Protocol):
    """A module that reads one format."""

    def read_lines(self, data: bytes, path: Path) -> list[Line]:
        """The lines of a file with these bytes. Raises InputError where they are none of this format."""


def reader_for(path: Path, data: bytes) -> Reader | None:
    """The reader of a file, by its ending and, where that says nothing, by its first bytes; None for plain text."""
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        suffix = next((ending for magic, ending in _MAGIC if data.startswith(magic)), suffix)
    name = _MODULES.get(suffix)
    return cast(Reader, import_module(f"loaders.formats.{name}")) if name else None
