"""A query's result as a table of a page: IRIs become links, a label stands in the cell of what it names."""

from __future__ import annotations

from dataclasses import dataclass

from kg.sparql import Answer, Result, Solutions
from kg.web.entity import Cell
from kg.web.reader import Reader
from kg.web.wording import Words

_LABEL_SUFFIXES = ("Zh", "En", "Title")


@dataclass(frozen=True)
class Table:
    """Rows for a page; ``answer`` is the answer of an ASK, which has no rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool = False
    answer: bool | None = None
    is_graph: bool = False


def table_of(reader: Reader, result: Result, *, saved: bool = False) -> Table:
    """A result as a table. That of a saved question has its columns named in words, without those of labels.

    There ``?x`` swallows ``?xZh``, ``?xEn`` and ``?xTitle``; where there is no ``?x``, the page's language is kept.
    """
    if isinstance(result, Answer):
        return Table((), (), answer=result.value)
    if isinstance(result, Solutions):
        names = result.variables
        shown = [i for i, name in enumerate(names) if not (saved and _is_label(name, names, reader.lang))]
        columns = tuple(Words(reader.lang).column(names[i]) if saved else names[i] for i in shown)
        rows = tuple(tuple(_cell(reader, row[index]) for index in shown) for row in result.rows)
    else:
        columns = ("subject", "predicate", "object")
        rows = tuple(
            tuple(_cell(reader, term) for term in (t.subject, t.predicate, t.object)) for t in result.triples
        )
    return Table(columns, rows, result.truncated, is_graph=not isinstance(result, Solutions))


def _is_label(name: str, variables: tuple[str, ...], lang: str) -> bool:
    if any(name.endswith(end) and name.removesuffix(end) in variables for end in _LABEL_SUFFIXES):
        return True
    stem, own = name[:-2], lang.title()
    return name.endswith(("Zh", "En")) and not name.endswith(own) and stem + own in variables


def _cell(reader: Reader, term: object) -> Cell:
    return () if term is None else (reader.value(term),)
