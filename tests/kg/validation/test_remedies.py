"""There is something to do about every result that a check can give."""

from __future__ import annotations

import pytest
from rdflib import URIRef

from kg.namespaces import ID, SHAPE
from kg.validation import ValidationResult, remedy
from kg.validation.compilation import Check, checks
from kg.validation.remedies import remedies


@pytest.mark.parametrize(
    "check", checks(), ids=lambda c: f"{c.shape.rpartition('/')[2]}-{c.component.rpartition('#')[2]}"
)
def test_each_check_has_a_remedy_in_both_languages(check: Check) -> None:
    zh, en = remedy(ValidationResult.of(check.shape, check.component, URIRef(ID + "measure/x")))
    assert zh.endswith("。") and en.endswith(".")


def test_the_table_names_checks_and_components_alone() -> None:
    known = {str(check.shape).removeprefix(SHAPE) for check in checks()}
    known |= {check.component.rpartition("#")[2] for check in checks()}
    assert set(remedies()) <= known
