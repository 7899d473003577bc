"""Networks of cooperation: who is tied to whom, by which kind of tie, and in which words.

Kinds of tie are kept apart: an edge is a pair and a kind, and nothing here adds kinds up. Which pairs are tied is what
the rules conclude (``rp:cooperatesWith`` and its explanations): regions of which neither lies in the other, through
themselves or their public bodies; an alliance of enterprises or schools makes no tie between regions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, get_args

import networkx as nx
from pyoxigraph import NamedNode, QuerySolutions
from rdflib import RDF, URIRef

from kg.analysis.reading import GraphReader, Source, concept_key
from kg.errors import QueryError
from kg.mapping.terms import node
from kg.model import CooperationKind
from kg.namespaces import GEO, RP, RULE, concept
from kg.store import View

KIND_KEYS: Final[tuple[str, ...]] = get_args(CooperationKind)
SIGNATORIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "government": ("政府", "governments"),
        "department": ("部门", "departments"),
        "other": ("其他主体", "other bodies"),
    }
)
"""The levels of signatories, highest first, in Chinese and English."""
_GOVERNING: Final = frozenset({"government", "party-committee"})
"""Functions of agencies that sign for the whole of a region; all other agencies are departments."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie."""

    key: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Node:
    """A region or an actor. ``type`` is the region's level or the actor's type; ``place`` is the region itself or the
    actor's jurisdiction, ``province`` the province that it is or lies in, ``within`` all it lies in. ``lon`` and
    ``lat`` are degrees (WGS 84) of the place."""

    iri: str
    label: str
    label_en: str | None
    type: str | None
    code: str | None
    place: str | None
    province: str | None
    province_label: str | None
    within: frozenset[str]
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Cooperation:
    """A cooperation with the sentences that tell of it."""

    iri: str
    label: str
    date: str | None
    subject: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """One cooperation as a tie of one pair; ``signatories`` are the levels (SIGNATORIES) of those who stand for it."""

    cooperation: Cooperation
    signatories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """All ties of one kind between two nodes."""

    source: Node
    target: Node
    kind: Kind
    ties: tuple[Tie, ...]

    @property
    def weight(self) -> int:
        """How many different cooperations of this kind tie the two."""
        return len(self.ties)

    @property
    def signatories(self) -> tuple[str, ...]:
        """The levels of signatories of all the ties, highest first."""
        return _levels({level for tie in self.ties for level in tie.signatories})


@dataclass(frozen=True)
class Network:
    """A network as arrays: edge ``i`` joins ``nodes[sources[i]]`` and ``nodes[targets[i]]`` by ``ties[i]``, all of the
    kind ``kinds[edge_kinds[i]]``. A pair has one edge for each kind. Nodes are those that are tied, by IRI."""

    name: str
    nodes: tuple[Node, ...]
    kinds: tuple[Kind, ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    edge_kinds: tuple[int, ...]
    ties: tuple[tuple[Tie, ...], ...]

    def edges(self) -> Iterator[Edge]:
        """The edges, ordered by pair and kind."""
        for source, target, kind, ties in zip(
            self.sources, self.targets, self.edge_kinds, self.ties, strict=True
        ):
            yield Edge(self.nodes[source], self.nodes[target], self.kinds[kind], ties)

    def to_networkx(self) -> nx.MultiGraph[str]:
        """A MultiGraph of IRIs, its edges keyed by kind. ``weight`` is the number of cooperations of that kind."""
        graph: nx.MultiGraph[str] = nx.MultiGraph(name=self.name)
        for found in self.nodes:
            graph.add_node(
                found.iri, label=found.label, label_en=found.label_en, type=found.type, code=found.code,
                province=found.province_label, lon=found.lon, lat=found.lat,
            )  # fmt: skip
        for edge in self.edges():
            graph.add_edge(
                edge.source.iri, edge.target.iri, key=edge.kind.key, kind=edge.kind.key, kind_zh=edge.kind.label,
                kind_en=edge.kind.label_en, weight=edge.weight, signatories=edge.signatories, ties=edge.ties,
            )  # fmt: skip
        return graph


def region_network(view: View, kinds: Collection[str] | None = None, as_of: date | None = None) -> Network:
    """Regions tied by cooperations, themselves or through their public bodies; ``kinds`` keeps only some kinds.

    With ``as_of`` a cooperation counts where the whole of its stated date (a year, a month, a day) had passed by that
    day, or where an article of that time tells of it; one without any date does not count.

    Raises QueryError for an unknown kind.
    """
    builder = _Builder(view, _region_node, as_of)
    return builder.build("region", "regions-cooperate", kinds, builder.signatories_of_regions)


def actor_network(view: View, kinds: Collection[str] | None = None, as_of: date | None = None) -> Network:
    """Actors tied by cooperations to which both are parties, joint issuance included. As region_network."""
    builder = _Builder(view, _actor_node, as_of)
    return builder.build("actor", "actors-cooperate", kinds, builder.signatories_of_actors)


_Make = Callable[[View, Collection[str] | None, date | None], Network]
NETWORKS: Final[Mapping[str, _Make]] = MappingProxyType({"region": region_network, "actor": actor_network})


def build_network(
    view: View, name: str, kinds: Collection[str] | None = None, as_of: date | None = None
) -> Network:
    """The network of that name, as region_network. Raises QueryError for an unknown name or kind."""
    if name not in NETWORKS:
        raise QueryError(f"unknown network {name!r}; known: {', '.join(NETWORKS)}")
    return NETWORKS[name](view, kinds, as_of)


_PAIRS = f"""SELECT DISTINCT ?a ?b ?c ?kind {{
  ?x <{RP.rule}> <{RULE}%s> ; <{RDF.subject}> ?a ; <{RDF.object}> ?b ; <{RP.premise}> ?c .
  ?c <{RP.cooperationKind}> ?kind FILTER(STR(?a) < STR(?b)) }}"""


class _Builder:
    """Builds one network from one view."""

    def __init__(
        self, view: View, node_of: Callable[[GraphReader, NamedNode], Node], as_of: date | None
    ) -> None:
        self._view = view
        self._as_of = as_of
        self._reader = GraphReader(view)
        self._node_of = node_of
        self._cooperations: dict[NamedNode, Cooperation] = {}

    def build(
        self,
        name: str,
        rule: str,
        kinds: Collection[str] | None,
        signatories: Callable[[NamedNode, NamedNode, NamedNode], tuple[str, ...]],
    ) -> Network:
        """The network of the pairs that the rule ties."""
        wanted = _checked(kinds)
        edges: dict[tuple[NamedNode, NamedNode, int], dict[str, Tie]] = {}
        for a, b, cooperation, kind in self._pairs(rule):
            if (key := concept_key(kind)) in wanted and self._holds(cooperation):
                tie = Tie(self._cooperation(cooperation), signatories(cooperation, a, b))
                edges.setdefault((a, b, wanted.index(key)), {})[cooperation.value] = tie
        order = sorted(edges, key=lambda edge: (edge[0].value, edge[1].value, edge[2]))
        ends = sorted({end for edge in order for end in edge[:2]}, key=lambda end: end.value)
        index = {end: position for position, end in enumerate(ends)}
        return Network(
            name=name,
            nodes=tuple(self._node_of(self._reader, end) for end in ends),
            kinds=tuple(self._kind(key) for key in wanted),
            sources=tuple(index[edge[0]] for edge in order),
            targets=tuple(index[edge[1]] for edge in order),
            edge_kinds=tuple(edge[2] for edge in order),
            ties=tuple(tuple(tie for _, tie in sorted(edges[edge].items())) for edge in order),
        )

    def _pairs(self, rule: str) -> Iterator[tuple[NamedNode, ...]]:
        solutions = self._view.query(_PAIRS % rule)
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            row = tuple(term for term in solution if isinstance(term, NamedNode))
            if len(row) == 4:
                yield row

    def _kind(self, key: str) -> Kind:
        iri = node(concept("cooperation-kind", key))
        label, label_en = (self._reader.label_in(iri, language) for language in ("zh", "en"))
        return Kind(key, label or key, label_en or key)

    def _cooperation(self, iri: NamedNode) -> Cooperation:
        if iri not in self._cooperations:
            self._cooperations[iri] = Cooperation(
                iri=iri.value,
                label=self._reader.label(iri),
                date=self._reader.value(iri, RP.date),
                subject=self._reader.value(iri, RP.subject),
                sources=tuple(self._reader.sources(iri)),
            )
        return self._cooperations[iri]

    def _holds(self, cooperation: NamedNode) -> bool:
        """Whether the cooperation is known to have been made by the day asked for."""
        if self._as_of is None:
            return True
        by = self._as_of.isoformat()
        stated = self._reader.value(cooperation, RP.date)
        if stated is not None and (_over(stated) <= by or stated > by):
            return _over(stated) <= by
        articles = {
            a
            for e in self._reader.nodes(cooperation, RP.evidence)
            for a in self._reader.nodes(e, RP.inArticle)
        }
        dates = (self._reader.value(article, RP.date) for article in articles)
        return any(_over(out) <= by for out in dates if out is not None)

    def signatories_of_regions(self, cooperation: NamedNode, a: NamedNode, b: NamedNode) -> tuple[str, ...]:
        """The levels of the parties that stand for either region.

        A region that the text names beside the parties has none of its own: then all parties speak for it.
        """
        parties = self._reader.nodes(cooperation, RP.party)
        levels: set[str] = set()
        for region in (a, b):
            own = [p for p in parties if p == region or region in self._reader.nodes(p, RP.jurisdiction)]
            levels.update(self._level(party) for party in own or parties)
        return _levels(levels)

    def signatories_of_actors(self, _cooperation: NamedNode, a: NamedNode, b: NamedNode) -> tuple[str, ...]:
        """The levels of the two actors."""
        return _levels({self._level(a), self._level(b)})

    def _level(self, party: NamedNode) -> str:
        """Regions are taken for their governments."""
        types = self._reader.nodes(party, URIRef(RDF.type))
        if node(RP.Region) in types:
            return "government"
        if node(RP.Agency) in types:
            return "government" if self._reader.key(party, RP.function) in _GOVERNING else "department"
        return "other"


def _checked(kinds: Collection[str] | None) -> tuple[str, ...]:
    """The keys asked for, in the scheme's order; all where none are."""
    unknown = [kind for kind in kinds or () if kind not in KIND_KEYS]
    if unknown:
        raise QueryError(f"unknown kind of cooperation {unknown[0]!r}; known: {', '.join(KIND_KEYS)}")
    return tuple(key for key in KIND_KEYS if not kinds or key in kinds)


def _over(stated: str) -> str:
    """When all of a year, month or day is over, to be compared as text: as the saved questions reckon it, a month of 30
    days is over with the first of the next."""
    return stated + "-12-31"[len(stated) - 4 :]


def _levels(found: Collection[str]) -> tuple[str, ...]:
    return tuple(level for level in SIGNATORIES if level in found)


def _region_node(reader: GraphReader, iri: NamedNode) -> Node:
    return _make_node(reader, iri, reader.key(iri, RP.level), iri)


def _actor_node(reader: GraphReader, iri: NamedNode) -> Node:
    place = next(iter(reader.nodes(iri, RP.jurisdiction)), None)
    return _make_node(reader, iri, reader.key(iri, RP.actorType), place)


def _make_node(reader: GraphReader, iri: NamedNode, kind: str | None, place: NamedNode | None) -> Node:
    within = reader.nodes(place, RP.within) if place else []
    chain = [place, *within] if place else []
    province = next((found for found in chain if reader.key(found, RP.level) == "province"), None)
    lon, lat = (reader.value(place, URIRef(GEO[name])) if place else None for name in ("long", "lat"))
    return Node(
        iri=iri.value,
        label=reader.label(iri),
        label_en=reader.label_in(iri, "en"),
        type=kind,
        code=reader.value(place, RP.code) if place else None,
        place=place.value if place else None,
        province=province.value if province else None,
        province_label=reader.label(province) if province else None,
        within=frozenset(found.value for found in within),
        lon=None if lon is None else float(lon),
        lat=None if lat is None else float(lat),
    )
