"""Analyses of the graph, by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from kg.analysis.measures import Measure, measure_network
from kg.analysis.network import NETWORKS, Network, actor_network, build_network, region_network
from kg.errors import QueryError
from kg.store import View

__all__ = [
    "ANALYSES",
    "NETWORKS",
    "Analysis",
    "Measure",
    "Network",
    "Report",
    "actor_network",
    "build_network",
    "find_analysis",
    "measure_network",
    "region_network",
]

NOTE_ZH: Final = "合作数按类型分列；其余指标只看两者之间有无上述任一类联系。"
NOTE_EN: Final = (
    "Cooperations are counted kind by kind; all else asks only whether a pair is tied by any of these kinds."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What an analysis found, as of a day where one was asked for."""

    analysis: str
    network: Network
    measures: tuple[Measure, ...]
    as_of: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as JSON; nodes and pairs are counts of the network."""
        network = self.network
        return {
            "analysis": self.analysis,
            "network": network.name,
            **({"as_of": self.as_of.isoformat()} if self.as_of else {}),
            "kinds": [{"key": kind.key, "zh": kind.label, "en": kind.label_en} for kind in network.kinds],
            "note_zh": NOTE_ZH,
            "note_en": NOTE_EN,
            "nodes": len(network.nodes),
            "pairs": len(set(zip(network.sources, network.targets, strict=True))),
            "measures": {measure.key: measure.to_json() for measure in self.measures},
        }


Analysis = Callable[[View, str, Collection[str] | None, date | None], Report]
"""From a view, the name of a network, the kinds of tie to look at and the day to look back from (None for all)."""


def analyse_network(
    view: View, network: str, kinds: Collection[str] | None, as_of: date | None = None
) -> Report:
    """All measures of a network of cooperation. Raises QueryError for an unknown network or kind."""
    built = build_network(view, network, kinds, as_of)
    return Report("network", built, measure_network(built), as_of)


ANALYSES: Final[Mapping[str, Analysis]] = MappingProxyType({"network": analyse_network})


def find_analysis(name: str) -> Analysis:
    """The analysis of that name. Raises QueryError that lists the known ones."""
    if name not in ANALYSES:
        raise QueryError(f"unknown analysis {name!r}; known: {', '.join(ANALYSES)}")
    return ANALYSES[name]
