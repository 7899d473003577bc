"""SPARQL over a read view: the guard, evaluation, result formats and content negotiation."""

from __future__ import annotations

from kg.sparql.evaluation import Answer, Result, Solutions, Triples, add_prefixes, evaluate
from kg.sparql.guard import Operation, check
from kg.sparql.negotiation import negotiate
from kg.sparql.results import FORMATS, Format, formats_for, serialise

__all__ = [
    "FORMATS",
    "Answer",
    "Format",
    "Operation",
    "Result",
    "Solutions",
    "Triples",
    "add_prefixes",
    "check",
    "evaluate",
    "formats_for",
    "negotiate",
    "serialise",
]
