"""How much the graph holds, for the home page, the indexes and ``/health``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.namespaces import Graphs, sparql_prefixes
from kg.store import View


@dataclass(frozen=True)
class Counts:
    """Numbers of things; ``facts`` are facts and mentions, ``inferred`` statements of the inferred graph."""

    bulletins: int
    articles: int
    facts: int
    inferred: int


_COUNTS: Final = {
    "bulletins": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rp:Bulletin }",
    "articles": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a rp:Article }",
    "facts": "SELECT (COUNT(*) AS ?n) { ?x rp:confidence ?y }",
    "inferred": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{Graphs.INFERRED}> {{ ?s ?p ?o }} }}",
}


def counts_of(view: View) -> Counts:
    """Count."""
    return Counts(**{name: _number(view, text) for name, text in _COUNTS.items()})


def _number(view: View, text: str) -> int:
    solutions = view.query(sparql_prefixes() + text)
    assert isinstance(solutions, QuerySolutions)
    return int(next(iter(solutions))["n"].value)


INDEXES: Final[dict[str, dict[str, str]]] = {
    "region": {
        "n_articles": "?y rp:aboutRegion ?x",
        "n_measures": "?y a rp:Measure ; rp:appliesIn ?x",
        "n_cooperations": "?y rp:partyRegion ?x",
    },
    "actor": {
        "n_articles": "?m rp:of ?x ; rp:evidence/rp:inArticle ?y . ?x a rp:Actor",
        "n_measures": "?y a rp:Measure ; rp:takenBy ?x",
        "n_documents": "?y rp:issuedBy ?x . ?x a rp:Actor",
        "n_cooperations": "?y rp:party ?x . ?x a rp:Actor",
    },
}
"""What an index counts for each thing: the key of the column and a pattern that binds the thing to ?x."""


def index_of(view: View, cls: str) -> list[tuple[NamedNode, dict[str, int]]]:
    """The things of a class that facts are about, with counts by column; those with most articles first."""
    rows: dict[NamedNode, dict[str, int]] = {}
    for column, pattern in INDEXES[cls].items():
        text = f"SELECT ?x (COUNT(DISTINCT ?y) AS ?n) {{ {pattern} }} GROUP BY ?x"
        solutions = view.query(sparql_prefixes() + text)
        assert isinstance(solutions, QuerySolutions)
        for thing, number in solutions:
            if isinstance(thing, NamedNode) and isinstance(number, Literal):
                rows.setdefault(thing, dict.fromkeys(INDEXES[cls], 0))[column] = int(number.value)
    return sorted(rows.items(), key=lambda row: (*(-number for number in row[1].values()), row[0].value))
