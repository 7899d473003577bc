"""Decoding: bytes of a text file into characters, or an error that says why not."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

MAX_LINE = 1_000_000
"""No line of a bulletin has so many characters; a file that does is not text for reading."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_text(path: Path, *, max_line: int | None = MAX_LINE) -> str:
    """The characters of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Line ends become ``\\n``. Raises InputError for a file that is missing, empty, binary, of another encoding, or
    with a line of more than ``max_line`` characters.
    """
    return decode_text(read_bytes(path), path, max_line=max_line)


def decode_text(data: bytes, path: Path, *, max_line: int | None = MAX_LINE) -> str:
    """The characters of a file's bytes, as ``read_text``; ``path`` names the file in messages."""
    if not data.strip():
        raise InputError(f"{path}: the file is empty")
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if max_line is not None and len(line) > max_line:
            raise InputError(
                f"{path}: line {number} has {len(line):,} characters; more than {max_line:,} is no line of a bulletin"
            )
    return text


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _decode(data: bytes, path: Path) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    if b"\x00" in data:
        raise InputError(f"{path}: a binary file (zero byte at offset {data.index(0)}), not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(data, "gb18030", path)
    strange = sum(1 for c in text if "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\n\r\t\f"))
    if strange > len(text) // 50:
        raise InputError(f"{path}: neither UTF-8 nor GB18030 text ({strange} characters make no sense)")
    return text


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not {encoding} text (byte {error.start:,}: {error.reason})") from None
