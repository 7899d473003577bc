"""Exports of the graph, by format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kg.analysis.network import build_network
from kg.errors import NotFoundError
from kg.exports import graphs, nquads, workbook
from kg.store import View

__all__ = ["EXPORTS", "Export", "Options", "find_export"]


@dataclass(frozen=True, slots=True)
class Options:
    """What some formats can be told: whether to add the articles' texts, and which network to write."""

    with_text: bool = False
    network: str = "region"


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its names, how it is written, and which fields of Options it heeds."""

    zh: str
    en: str
    media_type: str
    suffix: str
    write: Callable[[View, Options], bytes]
    heeds: frozenset[str] = frozenset()


def _nquads(view: View, options: Options) -> bytes:
    return nquads.write(view, with_text=options.with_text)


def _xlsx(view: View, _options: Options) -> bytes:
    return workbook.write(view)


def _gexf(view: View, options: Options) -> bytes:
    return graphs.write_gexf(build_network(view, options.network))


def _graphml(view: View, options: Options) -> bytes:
    return graphs.write_graphml(build_network(view, options.network))


_NETWORK: Final = frozenset({"network"})
EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        "nquads": Export(
            "全部图谱（N-Quads）", "the whole graph", "application/n-quads", ".nq", _nquads, frozenset({"with_text"})
        ),
        "xlsx": Export(
            "事实表（Excel）", "a sheet for each kind of fact",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", _xlsx,
        ),
        "gexf": Export("合作网络（GEXF 1.3）", "a network for Gephi", "application/xml", ".gexf", _gexf, _NETWORK),
        "graphml": Export(
            "合作网络（GraphML）", "a network for yEd, igraph, networkx", "application/xml", ".graphml", _graphml, _NETWORK
        ),
    }
)  # fmt: skip


def find_export(name: str) -> Export:
    """The format of that name. Raises NotFoundError that lists the known ones."""
    if name not in EXPORTS:
        raise NotFoundError(f"unknown format {name!r}; known: {', '.join(EXPORTS)}")
    return EXPORTS[name]
