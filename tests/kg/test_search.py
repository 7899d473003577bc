"""From what a person types to the node meant."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import NotFoundError
from kg.ingest import Ingestion
from kg.namespaces import ID, RP
from kg.search import find_node, find_property, find_term
from kg.store import memory_store
from kg.store.base import OxigraphStore
from tests.corpus import PACT, bulletin, small_base


@pytest.fixture(scope="module")
def view() -> OxigraphStore:
    store = memory_store(small_base())
    Ingestion(store).load(bulletin("week-1", PACT))
    return store


@pytest.mark.parametrize(
    "text",
    [
        "上海市",
        "Shanghai",
        "310000",
        "R:310000",
        "region/310000",
        f"<{ID}region/310000>",
        f"{ID}region/310000",
    ],
)
def test_a_region_by_name_code_curie_key_and_iri(view: OxigraphStore, text: str) -> None:
    assert find_node(view, text) == NamedNode(ID + "region/310000")


@pytest.mark.parametrize("text", ["cooperatesWith", "rp:cooperatesWith", "合作", "cooperates with"])
def test_a_property_by_its_name_or_label(view: OxigraphStore, text: str) -> None:
    assert find_property(view, text) == NamedNode(str(RP.cooperatesWith))


def test_a_quoted_text_is_a_value(view: OxigraphStore) -> None:
    assert find_term(view, '"310000"') == Literal("310000")


@pytest.mark.parametrize("text", ["亚特兰蒂斯", "region/a b", "<not an iri>", "x:y"])
def test_what_names_nothing_is_said(view: OxigraphStore, text: str) -> None:
    with pytest.raises(NotFoundError):
        find_node(view, text)
