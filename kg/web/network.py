"""Ties between regions: pairs with the kind of tie and the cooperations behind it, never summed over kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions

from kg.namespaces import RP, sparql_prefixes
from kg.store import View
from kg.web.links import explanation_of
from kg.web.reader import Reader, Value

_TIES: Final = """
SELECT DISTINCT ?kind ?a ?b ?pact {
  ?x rdf:predicate rp:cooperatesWith ; rdf:subject ?a ; rdf:object ?b ; rp:premise ?pact .
  ?pact rp:cooperationKind ?kind .
  ?a a rp:Region . ?b a rp:Region .
  FILTER(STR(?a) < STR(?b))
} ORDER BY ?kind ?a ?b ?pact"""


@dataclass(frozen=True)
class Tie:
    """Two regions, one kind of tie, and the cooperations of that kind that both take part in."""

    kind: NamedNode
    one: NamedNode
    other: NamedNode
    pacts: tuple[NamedNode, ...]

    def shown(self, reader: Reader) -> tuple[Value, Value, Value, tuple[Value, ...]]:
        """The tie as a page shows it; the second region leads to the explanation."""
        why = explanation_of(self.one, RP.cooperatesWith, self.other)
        return (
            reader.value(self.kind),
            reader.value(self.one),
            reader.value(self.other, why=why, mark="inferred"),
            tuple(reader.value(pact) for pact in self.pacts),
        )


def ties(view: View) -> list[Tie]:
    """All ties between regions, by kind, then by region."""
    solutions = view.query(sparql_prefixes() + _TIES)
    assert isinstance(solutions, QuerySolutions)
    found: dict[tuple[NamedNode, NamedNode, NamedNode], list[NamedNode]] = {}
    for kind, one, other, pact in solutions:
        if all(isinstance(term, NamedNode) for term in (kind, one, other, pact)):
            found.setdefault((kind, one, other), []).append(pact)
    return [Tie(kind, one, other, tuple(pacts)) for (kind, one, other), pacts in found.items()]
