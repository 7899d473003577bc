"""What is outside the subset of SHACL that is compiled is refused; every check of the shapes is compiled."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.errors import InputError
from kg.namespaces import SH
from kg.validation import shapes_graph
from kg.validation.compilation import checks, compile_shapes

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
ex:Thing a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:part .
ex:part a sh:PropertyShape ; sh:path ex:p ; """


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:equals ex:q",
        "sh:xone ( [ sh:class ex:A ] [ sh:class ex:B ] )",
        "sh:nodeKind sh:Literal",
        "sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:class ex:A ]",
        "sh:node [ sh:path ex:q ; sh:minCount 2 ]",
    ],
)
def test_a_constraint_outside_the_subset_is_refused(constraint: str) -> None:
    with pytest.raises(InputError, match="not supported"):
        list(compile_shapes(Graph().parse(data=f"{HEAD} {constraint} .")))


def test_each_shape_with_a_message_is_checked() -> None:
    shapes = shapes_graph()
    told = {shapes.value(None, SH.sparql, node) or node for node in shapes.subjects(SH.message)}
    assert {check.shape for check in checks()} == told
