"""The validation report: which nodes fail which checks, in a form of ours and as a sh:ValidationReport."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Literal, Node

from kg.namespaces import SH
from kg.validation.shapes import Severity, path_turtle, shapes_graph, wording

_RANK: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One node that fails one check.

    ``source_shape`` is the check's own IRI (``rps:Measure-instrument``); ``path`` is the property checked, the first
    one where the path is longer, and None where the check is about the node as a whole; ``component`` is the SHACL
    constraint component.
    """

    focus_node: Node
    path: URIRef | None
    value: Node | None
    severity: Severity
    source_shape: URIRef
    component: URIRef
    message_zh: str
    message_en: str

    @classmethod
    def of(cls, shape: URIRef, component: URIRef, focus: Node, value: Node | None = None) -> ValidationResult:
        """The result of a check, in the check's own words."""
        said = wording(shape)
        return cls(focus, said.path, value, said.severity, shape, component, said.message_zh, said.message_en)

    def order(self) -> tuple[int, str, str, str, str]:
        """A key that sorts results the same way whatever the order in which they were found."""
        value = "" if self.value is None else self.value.n3()
        return _RANK[self.severity], self.focus_node.n3(), str(self.source_shape), str(self.component), value


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results, violations first. ``conforms`` is true where nothing is violated: warnings do not count."""

    conforms: bool
    results: tuple[ValidationResult, ...]

    @classmethod
    def of(cls, results: Iterable[ValidationResult]) -> ValidationReport:
        """The report of these results, each once, in their order."""
        ordered = tuple(sorted(set(results), key=ValidationResult.order))
        return cls(all(result.severity != "violation" for result in ordered), ordered)

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """What cannot be true."""
        return tuple(result for result in self.results if result.severity == "violation")

    @property
    def warnings(self) -> tuple[ValidationResult, ...]:
        """What is merely unknown."""
        return tuple(result for result in self.results if result.severity == "warning")

    def to_turtle(self) -> str:
        """The report as a sh:ValidationReport in Turtle; equal reports give equal text."""
        head = f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms {str(self.conforms).lower()}"
        return " ;\n    sh:result ".join([head, *(_turtle(result) for result in self.results)]) + " .\n"


def _turtle(result: ValidationResult) -> str:
    lines = [
        "a sh:ValidationResult",
        f"sh:focusNode {result.focus_node.n3()}",
        f"sh:resultSeverity sh:{result.severity.capitalize()}",
        f"sh:sourceShape {result.source_shape.n3()}",
        f"sh:sourceConstraintComponent {result.component.n3()}",
    ]
    path = shapes_graph().value(result.source_shape, SH.path)
    if path is not None:
        lines.append(f"sh:resultPath {path_turtle(path)}")
    if result.value is not None:
        lines.append(f"sh:value {result.value.n3()}")
    zh, en = Literal(result.message_zh, lang="zh").n3(), Literal(result.message_en, lang="en").n3()
    return "[ " + " ;\n        ".join([*lines, f"sh:resultMessage {zh} , {en}"]) + " ]"
