"""The measured quality of the reader as DQV measurements: how far facts of a kind can be trusted, beside the facts.

Each share of ``ontology/quality.csv`` becomes a ``dqv:QualityMeasurement`` computed on the class of its kind (W3C Data
Quality Vocabulary, 2016). A share without anything to be a share of (no fact found, none annotated) is not stated.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad
from rdflib import DCTERMS, PROV, RDF, URIRef

from kg.identifiers import data_iri, slug
from kg.mapping.terms import Sheet, decimal, integer, node, text
from kg.namespaces import DQV, RP, Graphs, concept
from kg.resources import data_path

CLASSES: Mapping[str, URIRef] = {
    "regions": RP.Region,
    "actors": RP.Actor,
    "documents": RP.PolicyDocument,
    "programs": RP.Programme,
    "measures": RP.Measure,
    "targets": RP.Target,
    "figures": RP.Figure,
    "events": RP.Event,
    "cooperations": RP.Cooperation,
    "firsts": RP.FirstClaim,
}
"""The class on which the quality of each kind is computed; the first four and cooperations are kinds of mention."""

METRICS: Mapping[str, tuple[str, ...]] = {
    "precision": ("found",),
    "precision_low": ("found",),
    "precision_high": ("found",),
    "recall": ("gold",),
    "recall_low": ("gold",),
    "recall_high": ("gold",),
    "f1": ("gold", "found"),
    "f1_low": ("gold", "found"),
    "f1_high": ("gold", "found"),
    "f1_article": ("gold", "found"),
    "f1_exact": ("gold", "found"),
    "labels": ("hits",),
}
"""The columns that are metrics, as in the scheme ``quality``, and the counts of which one must not be nought."""


def quality_quads(path: Path | None = None) -> list[Quad]:
    """The measurements of a file in the form of ``ontology/quality.csv`` (the default); none where there is no file."""
    path = data_path("ontology", "quality.csv") if path is None else path
    sheet = Sheet(Graphs.QUALITY)
    if not path.is_file():
        return sheet.quads
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in CLASSES]
    for name, articles in sorted({row["set"]: row["articles"] for row in rows}.items()):
        annotated = node(_set_iri(name))
        sheet.add(annotated, RDF.type, PROV.Collection)
        sheet.add(annotated, DCTERMS.title, text(name))
        sheet.add(annotated, DCTERMS.extent, integer(int(articles)))
    for row in rows:
        _map_row(sheet, row)
    return sheet.quads


def _set_iri(name: str) -> URIRef:
    return data_iri("annotated-set", slug(name))


def _map_row(sheet: Sheet, row: Mapping[str, str]) -> None:
    for metric, counts in METRICS.items():
        if not row.get(metric) or not any(int(row[count]) for count in counts):
            continue
        measurement = node(data_iri("quality", f"{slug(row['set'])}/{row['kind']}/{metric}"))
        sheet.add(measurement, RDF.type, URIRef(DQV.QualityMeasurement))
        sheet.add(measurement, URIRef(DQV.computedOn), CLASSES[row["kind"]])
        sheet.add(measurement, URIRef(DQV.isMeasurementOf), concept("quality", metric))
        sheet.add(measurement, URIRef(DQV.value), decimal(Decimal(row[metric])))
        sheet.add(measurement, DCTERMS.source, _set_iri(row["set"]))
