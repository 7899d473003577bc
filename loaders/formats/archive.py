"""ZIP archives, read in memory: nothing is unpacked to disk, so that no path from an archive is ever used."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

from kg.errors import InputError

MAX_MEMBERS = 10_000
MAX_MEMBER = 200_000_000
MAX_TOTAL = 1_000_000_000
MAX_RATIO = 200
"""Text packs to a tenth of its size; a file of more than a megabyte that packs to less than this share is a bomb."""
_RATIO_FROM = 1_000_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_UTF8 = 0x800
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


def members(data: bytes, path: Path, readable: tuple[str, ...]) -> list[tuple[Path, Callable[[], bytes]]]:
    """The files of a ZIP whose names have one of the endings ``readable``, in order of their names; each is unpacked
    when it is called for.

    The path given with each is a label, ``archive.zip/name``. Raises InputError, here or when a file is called for,
    for an archive that is broken, is encrypted, holds an archive or is larger than its limits when unpacked.
    """
    archive = _open(data, path)
    found: list[tuple[Path, Callable[[], bytes]]] = []
    infos = [info for info in _checked(archive, path) if not _ignored(_name(info), info)]
    for name, info in sorted(((_name(info), info) for info in infos), key=lambda pair: pair[0]):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _ARCHIVES:
            raise InputError(f"{path}: holds another archive, {name}; unpack it first")
        if suffix in readable:
            found.append((path / name, partial(_member, archive, info, path, name)))
    return found


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, name: str) -> bytes:
    content = _bytes(archive, info, path, name)
    if content[:4] == b"PK\x03\x04" and not name.lower().endswith(".docx"):
        raise InputError(f"{path}: holds another archive, {name}; unpack it first")
    return content


def check_package(data: bytes, path: Path) -> None:
    """Refuse a document that is a ZIP inside (DOCX) where it is broken or larger than the limits when unpacked."""
    with _open(data, path) as package:
        total = 0
        for info in _checked(package, path):
            total += len(_bytes(package, info, path, _name(info)))
            if total > MAX_MEMBER:
                raise InputError(f"{path}: more than {MAX_MEMBER:,} bytes when unpacked")


def _open(data: bytes, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise InputError(f"{path}: a broken archive ({error})") from None


def _checked(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The entries of an archive whose declared numbers are within the limits."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise InputError(f"{path}: {len(infos):,} files in the archive; the most is {MAX_MEMBERS:,}")
    for info in infos:
        name = _name(info)
        if info.flag_bits & _ENCRYPTED:
            raise InputError(f"{path}: {name} is encrypted; pack it without a password")
        if info.file_size > MAX_MEMBER:
            raise InputError(f"{path}: {name} has {info.file_size:,} bytes; the most is {MAX_MEMBER:,}")
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise InputError(f"{path}: {name} unpacks to more than {MAX_RATIO} times its size; refused")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise InputError(f"{path}: more than {MAX_TOTAL:,} bytes when unpacked")
    return infos


def _ignored(name: str, info: zipfile.ZipInfo) -> bool:
    """Folders, links and what operating systems leave in archives."""
    link = stat.S_ISLNK(info.external_attr >> 16)
    hidden = any(
        part.startswith((".", "__MACOSX", "~$")) for part in name.split("/") if part not in (".", "..")
    )
    return info.is_dir() or link or hidden


def _name(info: zipfile.ZipInfo) -> str:
    """The name in the archive; Chinese Windows writes it in GB18030 where zipfile expects code page 437."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            return name
    return name.replace("\\", "/").lstrip("/")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, name: str) -> bytes:
    """The bytes of an entry, never more than it declares: what an archive says of itself may be a lie."""
    content = bytearray()
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                content += chunk
                if len(content) > info.file_size:
                    raise InputError(f"{path}: {name} unpacks to more than it says; refused")
    except _BROKEN as error:
        raise InputError(f"{path}: {name} cannot be unpacked ({error})") from None
    return bytes(content)
