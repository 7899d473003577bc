"""The articles in the order of their bulletins, read once for a version of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.namespaces import sparql_prefixes
from kg.store import View

# Section and position belong to the bulletin, whose graph holds them: a reprint has others elsewhere.
_ARTICLES: Final = """
SELECT ?article ?bulletin ?position ?section ?day {
  GRAPH ?graph {
    ?article rp:inBulletin ?bulletin .
    OPTIONAL { ?article rp:position ?position }
    OPTIONAL { ?article rp:section ?section }
  }
  OPTIONAL { ?article rp:day ?day }
}"""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a bulletin; ``day`` is the ISO date of its publication, empty where unknown."""

    article: NamedNode
    bulletin: NamedNode
    position: int
    section: str
    day: str


def listed_articles(view: View) -> list[Listed]:
    """Every article of every bulletin, by bulletin and place in it."""
    solutions = view.query(sparql_prefixes() + _ARTICLES)
    assert isinstance(solutions, QuerySolutions)
    rows = [
        Listed(article, bulletin, int(_text(position) or 0), _text(section), _text(day))
        for article, bulletin, position, section, day in solutions
        if isinstance(article, NamedNode) and isinstance(bulletin, NamedNode)
    ]
    return sorted(rows, key=lambda row: (row.bulletin.value, row.position, row.article.value))


def newest_articles(rows: list[Listed], number: int) -> list[Listed]:
    """The articles published last, each once; of one day the later bulletin's first, in its order."""
    by_place = sorted(rows, key=lambda row: row.position)
    latest = sorted(by_place, key=lambda row: (row.day, row.bulletin.value), reverse=True)
    return list({row.article: row for row in latest}.values())[:number]


def _text(term: Any) -> str:
    return term.value if isinstance(term, Literal) else ""
