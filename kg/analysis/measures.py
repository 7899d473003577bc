"""What a network's shape says: components, degree, betweenness, communities, bridges and brokers.

Counts of cooperations are given kind by kind. The other measures ask who can be reached through whom: for them a pair is
tied or not, however many cooperations and kinds tie it, and the report says which kinds were looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, cast

import networkx as nx

from kg.analysis.network import SIGNATORIES, Network, Node

Cell = str | int | float | tuple[str, ...] | None
EXACT_UP_TO: Final = 1000
"""Betweenness is exact up to so many nodes, beyond that estimated from as many paths' sources as SAMPLE."""
SAMPLE: Final = 256
SEED: Final = 1
EXAMPLES: Final = 3
"""How many examples a row shows; the counts beside them are complete."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its key in JSON and its headings."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A table with what it says, in Chinese and English."""

    key: str
    zh: str
    en: str
    note_zh: str
    note_en: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """The table as JSON: one object a row."""
        keys = [column.key for column in self.columns]
        rows = [dict(zip(keys, map(_plain, row), strict=True)) for row in self.rows]
        titles = {"zh": self.zh, "en": self.en, "note_zh": self.note_zh, "note_en": self.note_en}
        return {"key": self.key, **titles, "rows": rows}


_NAME: Final = (Column("name", "名称", "name"), Column("name_en", "英文名称", "English name"))
_IRI: Final = Column("iri", "标识", "IRI")
_MEMBERS: Final = (
    Column("number", "序号", "number"),
    Column("size", "成员数", "members"),
    Column("provinces", "涉及省份", "provinces"),
    Column("names", "成员", "names"),
    Column("iris", "标识", "IRIs"),
)


def measure_network(network: Network) -> tuple[Measure, ...]:
    """All measures of a network, in the order in which they are printed. The same network gives the same rows."""
    graph = _pairs(network)
    return (
        kinds_of_ties(network),
        components(network, graph),
        degree(network, graph),
        betweenness(network, graph),
        communities(network, graph),
        bridges(network, graph),
        brokers(network, graph),
    )


def _pairs(network: Network) -> nx.Graph[int]:
    """Who is tied to whom, by index: integers, so that no set's order depends on the hash of a string."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    graph.add_edges_from(sorted(set(zip(network.sources, network.targets, strict=True))))
    return graph


def kinds_of_ties(network: Network) -> Measure:
    """How many pairs and cooperations there are of each kind, and who signed."""
    pairs: dict[int, int] = defaultdict(int)
    signed: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, ties in zip(network.edge_kinds, network.ties, strict=True):
        pairs[number] += 1
        for tie in ties:
            signed[number]["any"].add(tie.cooperation.iri)
            for level in tie.signatories:
                signed[number][level].add(tie.cooperation.iri)
    rows: list[tuple[Cell, ...]] = []
    for index, kind in enumerate(network.kinds):
        levels = [len(signed[index][level]) for level in SIGNATORIES]
        rows.append((kind.label, kind.label_en, kind.key, pairs[index], len(signed[index]["any"]), *levels))
    by = tuple(
        Column(level, f"其中{zh}签约", f"of them with {en}") for level, (zh, en) in SIGNATORIES.items()
    )
    return Measure(
        "kinds", "联系的类型", "Kinds of tie",
        "各类联系分别统计，不相加。", "Kinds of tie are counted apart and never added up.",
        (*_NAME, Column("key", "键", "key"), Column("pairs", "成对数", "pairs"),
         Column("cooperations", "合作数", "cooperations"), *by),
        tuple(rows),
    )  # fmt: skip


def components(network: Network, graph: nx.Graph[int]) -> Measure:
    """Groups within which all are joined by some path, largest first."""
    return Measure(
        "components", "连通分量", "Components",
        "分量之内两两有路径相连，分量之间没有联系。", "Within a component some path joins any two; none joins two components.",
        _MEMBERS, _groups(network, nx.connected_components(graph)),
    )  # fmt: skip


def communities(network: Network, graph: nx.Graph[int]) -> Measure:
    """Groups tied more closely within than with others, by the Louvain method."""
    found = nx.community.louvain_communities(graph, weight=None, seed=SEED) if len(graph) else []
    return Measure(
        "communities", "社群", "Communities",
        f"Louvain 方法（固定种子 {SEED}），社群内部联系较密。", f"Louvain method (seed {SEED}): tied more closely within than with others.",
        _MEMBERS, _groups(network, found),
    )  # fmt: skip


def _groups(network: Network, found: Iterable[set[int]]) -> tuple[tuple[Cell, ...], ...]:
    ordered = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    rows: list[tuple[Cell, ...]] = []
    for number, group in enumerate(ordered, start=1):
        nodes = [network.nodes[index] for index in group]
        provinces = {node.province for node in nodes if node.province}
        names, iris = tuple(_both(node) for node in nodes), tuple(node.iri for node in nodes)
        rows.append((number, len(group), len(provinces), names, iris))
    return tuple(rows)


def degree(network: Network, graph: nx.Graph[int]) -> Measure:
    """How many partners each has, and how many partners and cooperations of each kind."""
    partners: dict[tuple[int, int], set[int]] = defaultdict(set)
    pacts: dict[tuple[int, int], set[str]] = defaultdict(set)
    for a, b, kind, ties in zip(
        network.sources, network.targets, network.edge_kinds, network.ties, strict=True
    ):
        for end, other in ((a, b), (b, a)):
            partners[end, kind].add(other)
            pacts[end, kind].update(tie.cooperation.iri for tie in ties)
    present = sorted(set(network.edge_kinds))
    columns = [*_NAME, Column("partners", "伙伴数（任一类型）", "partners of any kind")]
    for shown in (network.kinds[index] for index in present):
        columns.append(Column(f"{shown.key}_partners", f"{shown.label}：伙伴", f"{shown.label_en}: partners"))
        columns.append(
            Column(f"{shown.key}_cooperations", f"{shown.label}：合作", f"{shown.label_en}: pacts")
        )
    rows: list[tuple[Cell, ...]] = []
    for index, node in enumerate(network.nodes):
        counts = [len(table[index, kind]) for kind in present for table in (partners, pacts)]
        rows.append((node.label, node.label_en, graph.degree[index], *counts, node.iri))
    return Measure(
        "degree", "度", "Degree",
        "伙伴数按不同伙伴计（同一伙伴多类联系只计一次）；合作数按类型分别计。",
        "Partners are counted once however many ties there are; cooperations are counted kind by kind.",
        (*columns, _IRI), _ranked(rows, 2),
    )  # fmt: skip


def betweenness(network: Network, graph: nx.Graph[int]) -> Measure:
    """The share of shortest paths between others that lead through each node."""
    is_exact = len(graph) <= EXACT_UP_TO
    found = nx.betweenness_centrality(graph, k=None if is_exact else SAMPLE, normalized=True, seed=SEED)
    rows: list[tuple[Cell, ...]] = [
        (node.label, node.label_en, round(found[index], 6), node.iri)
        for index, node in enumerate(network.nodes)
    ]
    how = (
        ("精确计算", "exact")
        if is_exact
        else (f"由 {SAMPLE} 个源点估计", f"estimated from {SAMPLE} source nodes")
    )
    return Measure(
        "betweenness", "中介中心性", "Betweenness",
        f"其他节点之间的最短路径经过该节点的比例（{how[0]}）。", f"Share of shortest paths between others that lead through it ({how[1]}).",
        (*_NAME, Column("betweenness", "中介中心性", "betweenness"), _IRI), _ranked(rows, 2),
    )  # fmt: skip


def bridges(network: Network, graph: nx.Graph[int]) -> Measure:
    """Ties and nodes whose removal leaves two provinces without a path between them."""
    provinces = [node.province for node in network.nodes]
    names = {node.province: node.province_label or "" for node in network.nodes if node.province}
    kinds = _kinds_of_pairs(network)
    rows: list[tuple[Cell, ...]] = []
    found_edges = cast("Iterable[tuple[int, int]]", nx.bridges(graph))
    for a, b in sorted((min(edge), max(edge)) for edge in found_edges):
        lost = _lost(graph, provinces, a, b)
        if lost:
            ends = network.nodes[a], network.nodes[b]
            label, label_en = (
                " — ".join(forms) for forms in zip(*(_forms(end) for end in ends), strict=True)
            )
            rows.append(
                (
                    "tie",
                    label,
                    label_en,
                    kinds[a, b],
                    len(lost),
                    _shown(lost, names),
                    tuple(e.iri for e in ends),
                )
            )
    for index in sorted(nx.articulation_points(graph)):
        lost = _lost(graph, provinces, index)
        if lost:
            found = network.nodes[index]
            rows.append(("node", *_forms(found), (), len(lost), _shown(lost, names), (found.iri,)))
    return Measure(
        "bridges", "省际桥梁", "Bridges between provinces",
        "去掉该联系（tie）或节点（node）后，所列各对省份之间不再有路径相连。",
        "Without this tie or node, no path joins these pairs of provinces any more.",
        (Column("what", "联系或节点", "tie or node"), *_NAME, Column("kinds", "联系类型", "kinds of tie"),
         Column("separated", "断开的省对数", "pairs of provinces"), Column("examples", "例", "examples"), Column("iris", "标识", "IRIs")),
        _ranked(rows, 4),
    )  # fmt: skip


def brokers(network: Network, graph: nx.Graph[int]) -> Measure:
    """Nodes that lie between partners with no pact with each other (and of which neither lies in the other)."""
    rows: list[tuple[Cell, ...]] = []
    for index, node in enumerate(network.nodes):
        count, examples = 0, []
        for a, b in combinations(sorted(graph[index]), 2):
            if not graph.has_edge(a, b) and not _nested(network.nodes[a], network.nodes[b]):
                count += 1
                if count <= EXAMPLES:
                    examples.append(f"{network.nodes[a].label} — {network.nodes[b].label}")
        if count:
            rows.append((node.label, node.label_en, graph.degree[index], count, tuple(examples), node.iri))
    return Measure(
        "brokers", "处在合作之间", "Between partners with no pact",
        "该节点的两个伙伴互不隶属，彼此没有合作。", "Two of its partners, neither within the other, have no pact with each other.",
        (*_NAME, Column("partners", "伙伴数", "partners"), Column("open_pairs", "无合作的伙伴对", "pairs without a pact"),
         Column("examples", "例", "examples"), _IRI),
        _ranked(rows, 3),
    )  # fmt: skip


def _kinds_of_pairs(network: Network) -> dict[tuple[int, int], tuple[str, ...]]:
    found: dict[tuple[int, int], tuple[str, ...]] = defaultdict(tuple)
    for a, b, kind in zip(network.sources, network.targets, network.edge_kinds, strict=True):
        found[a, b] += (network.kinds[kind].key,)
    return found


def _lost(graph: nx.Graph[int], provinces: Sequence[str | None], *ends: int) -> list[tuple[str, str]]:
    """The pairs of provinces that have a path between them only through one node, or over the edge of two ends.

    The node itself does not count as a place of its province.
    """
    part = graph.subgraph(nx.node_connected_component(graph, ends[0])).copy()
    if len(ends) == 2:
        before = set(_joined([set(part)], provinces))
        part.remove_edge(*ends)
    else:
        before = set(_joined([set(part) - {ends[0]}], provinces))
        part.remove_node(ends[0])
    return sorted(before - set(_joined(nx.connected_components(part), provinces)))


def _joined(groups: Iterable[set[int]], provinces: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    for group in groups:
        yield from combinations(sorted({province for n in group if (province := provinces[n])}), 2)


def _shown(pairs: Sequence[tuple[str, str]], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{names[a]} — {names[b]}" for a, b in pairs[:EXAMPLES])


def _nested(a: Node, b: Node) -> bool:
    return a.iri in b.within or b.iri in a.within


def _forms(node: Node) -> tuple[str, str]:
    return node.label, node.label_en or node.label


def _both(node: Node) -> str:
    return f"{node.label} {node.label_en}" if node.label_en else node.label


def _ranked(rows: Iterable[tuple[Cell, ...]], column: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows by falling number; the IRI, last in each row, decides between equals."""
    return tuple(sorted(rows, key=lambda row: (-float(str(row[column])), str(row[-1]))))


def _plain(cell: Cell) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell
