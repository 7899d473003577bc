"""The service description of the endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from rdflib import RDF

from kg.sparql import Triples

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def service_description(endpoint: str) -> Triples:
    """The triples that describe the endpoint at this address: what it answers, and in which formats."""
    service = ox.NamedNode(f"{endpoint}#service")
    said = [
        (str(RDF.type), ox.NamedNode(f"{_SD}Service")),
        (f"{_SD}endpoint", ox.NamedNode(endpoint)),
        (f"{_SD}supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query")),
        (f"{_SD}feature", ox.NamedNode(f"{_SD}UnionDefaultGraph")),
        *((f"{_SD}resultFormat", ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
    ]
    return Triples(tuple(ox.Triple(service, ox.NamedNode(name), value) for name, value in said))
