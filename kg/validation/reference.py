"""Validation by pySHACL, the reference: slower, and the oracle of the compiled checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyshacl
from pyoxigraph import RdfFormat, Triple, serialize
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph, URIRef

from kg.errors import InputError
from kg.namespaces import SH
from kg.validation.batch import schemes, subclasses, with_known_regions
from kg.validation.report import ValidationReport, ValidationResult
from kg.validation.shapes import shapes_graph


def data_graph(data: Iterable[Triple]) -> Graph:
    """A batch with its background as an rdflib graph, which any SHACL processor can check."""
    triples = {*with_known_regions(data), *schemes(), *subclasses()}
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def validate(data: Iterable[Triple]) -> ValidationReport:
    """What pySHACL says of a batch (see ``kg.validation.processor.validate``), in the shapes' own words.

    Raises InputError where the batch holds a blank node that a comparison meets: pySHACL gives up there.
    """
    try:
        _, found, _ = pyshacl.validate(
            data_graph(data), shacl_graph=shapes_graph(), inference="none", inplace=True
        )
    except ReportableRuntimeError as error:
        raise InputError(f"the data cannot be validated: {error}") from error
    assert isinstance(found, Graph)
    return ValidationReport.of(_results(found))


def _results(found: Graph) -> Iterator[ValidationResult]:
    """Pyshacl's results; those inside sh:detail are parts of others and left out."""
    for node in found.objects(None, SH.result):
        shape, focus = found.value(node, SH.sourceShape), found.value(node, SH.focusNode)
        component = found.value(node, SH.sourceConstraintComponent)
        assert isinstance(shape, URIRef) and focus is not None and isinstance(component, URIRef)
        yield ValidationResult.of(shape, component, focus, found.value(node, SH.value))
