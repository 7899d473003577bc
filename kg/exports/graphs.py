"""Networks as files for Gephi, Cytoscape, igraph or networkx: GEXF 1.3 and GraphML.

Both are written here and not by networkx, whose GEXF carries the day of writing and gives all edges of one kind one id.
A pair has an edge for each kind of tie; its cooperations stand in the edge's attributes, separated by `` | ``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from kg.analysis.network import Edge, Network, Node
from kg.exports.cleaning import clean

GEXF: Final = "http://gexf.net/1.3"
VIZ: Final = "http://gexf.net/1.3/viz"
GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
SCALE: Final = 100
"""Units of a drawing to one degree: Gephi's layouts work at some thousand units across."""
SEPARATOR: Final = " | "

Value = str | int | float | None


def _join(values: Iterable[str | None]) -> str:
    return SEPARATOR.join(value or "" for value in values)


NODE_ATTRIBUTES: Final[Mapping[str, tuple[str, Callable[[Node], Value]]]] = MappingProxyType(
    {
        "label_en": ("string", lambda node: node.label_en),
        "type": ("string", lambda node: node.type),
        "code": ("string", lambda node: node.code),
        "province": ("string", lambda node: node.province_label),
        "lon": ("double", lambda node: node.lon),
        "lat": ("double", lambda node: node.lat),
    }
)
EDGE_ATTRIBUTES: Final[Mapping[str, tuple[str, Callable[[Edge], Value]]]] = MappingProxyType(
    {
        "kind": ("string", lambda edge: edge.kind.key),
        "kind_zh": ("string", lambda edge: edge.kind.label),
        "kind_en": ("string", lambda edge: edge.kind.label_en),
        "signatories": ("string", lambda edge: _join(edge.signatories)),
        "cooperations": ("string", lambda edge: _join(tie.cooperation.label for tie in edge.ties)),
        "cooperation_iris": ("string", lambda edge: _join(tie.cooperation.iri for tie in edge.ties)),
        "dates": ("string", lambda edge: _join(tie.cooperation.date for tie in edge.ties)),
        "subjects": ("string", lambda edge: _join(tie.cooperation.subject for tie in edge.ties)),
        "quotes": (
            "string",
            lambda edge: _join(s.quote for tie in edge.ties for s in tie.cooperation.sources),
        ),
        "articles": (
            "string",
            lambda edge: _join(s.title for tie in edge.ties for s in tie.cooperation.sources),
        ),
    }
)
_NODE_LABEL: Final[tuple[str, Callable[[Node], Value]]] = ("string", lambda node: node.label)
_EDGE_WEIGHT: Final[tuple[str, Callable[[Edge], Value]]] = ("int", lambda edge: edge.weight)


def write_gexf(network: Network) -> bytes:
    """GEXF 1.3. Regions stand where they are on the map, where that is known.

    Actors get no place of their own: all those of one jurisdiction would lie upon each other.
    """
    root = ET.Element("gexf", {"xmlns": GEXF, "xmlns:viz": VIZ, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "regpol"
    ET.SubElement(
        meta, "description"
    ).text = f"{network.name} network of cooperation, an edge for each kind of tie; weight: cooperations of that kind"
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    _declare(graph, "node", NODE_ATTRIBUTES)
    _declare(graph, "edge", EDGE_ATTRIBUTES)
    nodes = ET.SubElement(graph, "nodes")
    for found in network.nodes:
        element = ET.SubElement(nodes, "node", {"id": clean(found.iri), "label": clean(found.label)})
        _attvalues(element, ((key, get(found)) for key, (_, get) in NODE_ATTRIBUTES.items()))
        if found.place == found.iri and found.lon is not None and found.lat is not None:
            x, y = (str(round(degrees * SCALE, 2)) for degrees in (found.lon, found.lat))
            ET.SubElement(element, "viz:position", {"x": x, "y": y, "z": "0"})
    edges = ET.SubElement(graph, "edges")
    for number, edge in enumerate(network.edges()):
        element = ET.SubElement(edges, "edge", _ends(number, edge))
        element.attrib |= {"kind": edge.kind.key, "label": clean(edge.kind.label), "weight": str(edge.weight)}
        _attvalues(element, ((key, get(edge)) for key, (_, get) in EDGE_ATTRIBUTES.items()))
    return _bytes(root)


def write_graphml(network: Network) -> bytes:
    """GraphML. ``label`` and ``weight`` are attributes like the others."""
    root = ET.Element("graphml", {"xmlns": GRAPHML})
    node_attributes = {"label": _NODE_LABEL, **NODE_ATTRIBUTES}
    edge_attributes = {"weight": _EDGE_WEIGHT, **EDGE_ATTRIBUTES}
    for name, table in (("node", node_attributes), ("edge", edge_attributes)):
        for key, (kind, _) in table.items():
            ET.SubElement(
                root, "key", {"id": f"{name}_{key}", "for": name, "attr.name": key, "attr.type": kind}
            )
    graph = ET.SubElement(root, "graph", {"id": network.name, "edgedefault": "undirected"})
    for found in network.nodes:
        element = ET.SubElement(graph, "node", {"id": clean(found.iri)})
        _data(element, ((f"node_{key}", get(found)) for key, (_, get) in node_attributes.items()))
    for number, edge in enumerate(network.edges()):
        element = ET.SubElement(graph, "edge", _ends(number, edge))
        _data(element, ((f"edge_{key}", get(edge)) for key, (_, get) in edge_attributes.items()))
    return _bytes(root)


def _declare(graph: ET.Element, name: str, table: Mapping[str, tuple[str, object]]) -> None:
    attributes = ET.SubElement(graph, "attributes", {"class": name, "mode": "static"})
    for key, (kind, _) in table.items():
        ET.SubElement(attributes, "attribute", {"id": key, "title": key, "type": kind})


def _ends(number: int, edge: Edge) -> dict[str, str]:
    return {"id": f"e{number}", "source": clean(edge.source.iri), "target": clean(edge.target.iri)}


def _attvalues(element: ET.Element, values: Iterable[tuple[str, Value]]) -> None:
    parent = ET.SubElement(element, "attvalues")
    for key, value in values:
        if value is not None:
            ET.SubElement(parent, "attvalue", {"for": key, "value": clean(str(value))})


def _data(element: ET.Element, values: Iterable[tuple[str, Value]]) -> None:
    for key, value in values:
        if value is not None:
            ET.SubElement(element, "data", {"key": key}).text = clean(str(value))


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
