"""When two facts of a kind mean the same thing, apart from where they are quoted."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from kg.identifiers import fold_name

MEANING: dict[str, Callable[[Any], Hashable]] = {
    "regions": lambda fact: fact.code or fold_name(fact.name),
    "actors": lambda fact: fold_name(fact.name),
    "documents": lambda fact: fold_name(fact.title),
    "programs": lambda fact: fold_name(fact.name),
    "measures": lambda _: None,
    "targets": lambda fact: (fact.value, fact.value_max),
    "figures": lambda fact: (fact.value, fact.value_max),
    "events": lambda fact: fact.type,
    "cooperations": lambda fact: fact.kind,
    "firsts": lambda fact: fact.scope,
    "relations": lambda fact: (fact.kind, fact.document, fact.by),
}
"""What a fact of each kind says; of a measure its clause says all."""

ENTITIES = frozenset(("regions", "actors", "documents", "programs"))
"""Kinds of which an article has one fact for each thing, wherever it is quoted."""
