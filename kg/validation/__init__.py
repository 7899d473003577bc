"""SHACL validation of batches: what cannot be true (violations) and what is merely unknown (warnings).

The shapes stand in ``ontology/shapes.ttl``. They are compiled to SPARQL and run on Oxigraph;
``kg.validation.reference`` runs pySHACL on the same shapes and finds the same. Messages are read from the shapes, where both languages stand (pySHACL drops the
language of a SPARQL constraint's message).
"""

from kg.validation.processor import validate
from kg.validation.remedies import remedy
from kg.validation.report import ValidationReport, ValidationResult
from kg.validation.shapes import shapes_graph

__all__ = ["ValidationReport", "ValidationResult", "remedy", "shapes_graph", "validate"]
