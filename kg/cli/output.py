"""Output: to a file, written whole or not at all, or to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.errors import InputError


def write_bytes(data: bytes, output: str) -> None:
    """Write to the file ``output``, or to standard output where that is ``-``. Raises InputError where it cannot."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output).resolve()  # a link stays a link: its target is written
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe cannot be replaced
            return
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        _forget(beside)
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None


def write_text(text: str, output: str) -> None:
    """Write text as UTF-8."""
    write_bytes(text.encode(), output)


def write_lines(lines: Iterable[str], output: str) -> None:
    """Write text as UTF-8 piece by piece, none held: the file appears when the last piece is written."""
    if output == "-":
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()
        return
    path = Path(output).resolve()
    whole = path.exists() and not path.is_file()
    beside = path if whole else path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            for line in lines:
                file.write(line.encode())
        if not whole:
            beside.replace(path)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None
    finally:
        if not whole:
            _forget(beside)


def _forget(beside: Path) -> None:
    """Remove what was half written; where nothing could be written there is nothing to remove."""
    with suppress(OSError):
        beside.unlink(missing_ok=True)
