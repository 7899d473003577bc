"""The forms of explanations: what each takes of trees and languages."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from pyoxigraph import NamedNode, Triple

from kg.namespaces import ID, expand
from kg.reasoning import FORMS, LANGUAGES, Explanation, Lookup, explanations


@pytest.fixture(scope="module")
def trees(lookup: Lookup) -> Sequence[Explanation]:
    names = ID + "cooperation/fund", str(expand("rdf:type")), str(expand("rp:CrossRegionCooperation"))
    found = explanations(Triple(*map(NamedNode, names)), lookup)
    assert len(found) == 2
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_form_ends_with_a_line(form: str, trees: Sequence[Explanation], lookup: Lookup) -> None:
    text = FORMS[form].write(trees, lookup, LANGUAGES)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert FORMS[form].media_type.count("/") == 1


def test_a_text_has_all_trees_in_each_language(trees: Sequence[Explanation], lookup: Lookup) -> None:
    text = FORMS["text"].write(trees, lookup, LANGUAGES)
    assert len(text.split("\n\n")) == 4
    assert text.index("因为（") < text.index("because (")
    assert "因为" not in FORMS["text"].write(trees, lookup, ["en"])


def test_json_is_a_list_of_all_trees(trees: Sequence[Explanation], lookup: Lookup) -> None:
    found = json.loads(FORMS["json"].write(trees, lookup, LANGUAGES))
    assert [tree["rule"] for tree in found] == [tree.rule for tree in trees]
    assert set(found[0]["statement"]) == {"zh", "en"}


@pytest.mark.parametrize("form", ["mermaid", "svg"])
def test_a_picture_is_of_the_first_tree_in_the_first_language(
    form: str, trees: Sequence[Explanation], lookup: Lookup
) -> None:
    text = FORMS[form].write(trees, lookup, ["en", "zh"])
    assert text == FORMS[form].write(trees[:1], lookup, ["en"])
    assert "because" in text
