"""Reading: a path in, bulletins out. The one entry to the readers, for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.identifiers import slug
from kg.model import Article
from loaders.articles import parse_articles
from loaders.bulletin import split_articles
from loaders.decoding import read_text
from loaders.years import assume_years

JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class BulletinText:
    """A bulletin before extraction: its key and title, and each article with the facts its file brings, if any."""

    key: str
    title: str
    articles: tuple[tuple[Article, dict[str, Any] | None], ...]

    @property
    def years(self) -> set[tuple[int | None, str | None]]:
        """The years that bare dates take, each with its reason."""
        return {(article.year, article.year_from) for article, _ in self.articles}


def read(path: Path, year: int | None = None) -> list[BulletinText]:
    """The bulletins of one file: text is one bulletin, JSON one for each ``source`` of its articles.

    Raises InputError where the file cannot be read or holds no article.
    """
    if path.suffix.lower() in JSON_SUFFIXES:
        pairs = parse_articles(read_text(path, max_line=None), path)
    else:
        pairs = [(article, None) for article in split_articles(read_text(path))]
    if not pairs:
        raise InputError(f"{path}: no article found (an article is a title line followed by sentences)")
    groups: dict[str, list[tuple[Article, dict[str, Any] | None]]] = {}
    for article, facts in pairs:
        groups.setdefault(article.source or path.stem, []).append((article, facts))
    return [_bulletin(title, members, year) for title, members in groups.items()]


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


def _bulletin(
    title: str, members: list[tuple[Article, dict[str, Any] | None]], year: int | None
) -> BulletinText:
    articles = assume_years([article for article, _ in members], year)
    pairs = zip(articles, (facts for _, facts in members), strict=True)
    return BulletinText(slug(title), title, tuple(pairs))
