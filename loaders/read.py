"""Reading: a path in, bulletins out. The one entry to the readers, for every format, folders and archives included."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.identifiers import slug
from kg.issues import Issue
from kg.model import Article
from loaders.articles import parse_with_doubts
from loaders.bulletin import split_lines
from loaders.decoding import decode_text, read_bytes
from loaders.formats import JSON_SUFFIXES, READABLE, reader_for
from loaders.formats.archive import members
from loaders.lines import text_lines
from loaders.mastheads import Masthead, masthead_of
from loaders.years import assume_years

_Pairs = list[tuple[Article, dict[str, Any] | None]]
_ARCHIVE = ".zip"


@dataclass(frozen=True)
class BulletinText:
    """A bulletin before extraction: its key and title, and each article with the facts its file brings, if any.

    ``issued`` is the date of issue in its masthead, which is ``published`` of the articles without a date of their own;
    ``doubts`` are about its file as a whole.
    """

    key: str
    title: str
    articles: tuple[tuple[Article, dict[str, Any] | None], ...]
    issued: str | None = None
    doubts: tuple[Issue, ...] = ()

    @property
    def years(self) -> set[tuple[int | None, str | None]]:
        """The years that bare dates take, each with its reason."""
        return {(article.year, article.year_from) for article, _ in self.articles}


def read(path: Path, year: int | None = None) -> list[BulletinText]:
    """The bulletins of one file, folder or ZIP archive.

    A text or a document is one bulletin, JSON one for each ``source`` of its articles; a folder (with those inside it)
    and an archive give those of all their files that can be read, in the order of their names. Raises InputError where
    something cannot be read or holds no article.
    """
    if path.is_dir():
        return _many(path, [(file, partial(read_bytes, file)) for file in _files(path)], year)
    data = read_bytes(path)
    if path.suffix.lower() == _ARCHIVE:
        return _many(path, members(data, path, READABLE), year)
    return _read_file(path, data, path.stem, year)


def read_all(paths: Iterable[Path], year: int | None = None) -> list[BulletinText]:
    """The bulletins of several files; two files that give one key are an error, since one would replace the other."""
    bulletins: dict[str, BulletinText] = {}
    for path in paths:
        for bulletin in read(path, year):
            if bulletin.key in bulletins:
                raise InputError(
                    f"{path}: another file of this call already is the bulletin {bulletin.key!r}"
                )
            bulletins[bulletin.key] = bulletin
    return list(bulletins.values())


def _read_file(path: Path, data: bytes, title: str, year: int | None) -> list[BulletinText]:
    """The bulletins of one file; ``title`` is that of articles which name no source."""
    pairs, masthead = _pairs(path, data)
    if not pairs:
        raise InputError(f"{path}: no article found (an article is a title line followed by sentences)")
    groups: dict[str, _Pairs] = {}
    for article, facts in pairs:
        groups.setdefault(article.source or title, []).append((article, facts))
    return [
        _bulletin(source, held, year, masthead if first else replace(masthead, doubts=()))
        for first, (source, held) in zip([True, *repeat(False, len(groups) - 1)], groups.items(), strict=True)
    ]


def _pairs(path: Path, data: bytes) -> tuple[_Pairs, Masthead]:
    """The articles with the facts they bring, and the masthead, which JSON has none of."""
    if path.suffix.lower() in JSON_SUFFIXES:
        pairs, unknown = parse_with_doubts(decode_text(data, path, max_line=None), path)
        return pairs, Masthead(doubts=unknown)
    reader = reader_for(path, data)
    if reader is not None and not data:
        raise InputError(f"{path}: the file is empty")
    lines = reader.read_lines(data, path) if reader else text_lines(decode_text(data, path))
    articles = split_lines(lines)
    return [(article, None) for article in articles], masthead_of(lines, articles, path)


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder and those inside it, sorted by path; hidden ones and links to folders are left out."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(root) / name for name in names if not name.startswith((".", "~$"))]
    readable = (*READABLE, _ARCHIVE)
    return (path for path in sorted(found) if path.suffix.lower() in readable)


def _many(path: Path, files: list[tuple[Path, Callable[[], bytes]]], year: int | None) -> list[BulletinText]:
    """The bulletins of a folder or an archive. A file is titled by its stem, or where two have one, by its path."""
    if not files:
        raise InputError(f"{path}: holds no file that can be read ({', '.join(READABLE)})")
    stems = Counter(slug(file.stem) for file, _ in files)
    bulletins: list[BulletinText] = []
    for file, data in files:
        if file.suffix.lower() == _ARCHIVE:
            bulletins += _many(file, members(data(), file, READABLE), year)
        else:
            title = file.stem if stems[slug(file.stem)] == 1 else _inner(file, path)
            bulletins += _read_file(file, data(), title, year)
    return bulletins


def _inner(file: Path, whole: Path) -> str:
    """The path of a file inside a folder or an archive, without its ending and with hyphens: ``2024-08``."""
    return "-".join(file.relative_to(whole).with_suffix("").parts)


def _bulletin(title: str, members: _Pairs, year: int | None, masthead: Masthead) -> BulletinText:
    articles = assume_years([article for article, _ in members], year, masthead.text)
    if masthead.issued:
        issued = {"published": masthead.issued}
        articles = [
            article if article.published else article.model_copy(update=issued) for article in articles
        ]
    pairs = zip(articles, (facts for _, facts in members), strict=True)
    return BulletinText(slug(title), title, tuple(pairs), masthead.issued, masthead.doubts)
