"""IRIs are minted from content, and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.identifiers import article_key, entity_key, fact_id, fold_name, slug
from kg.namespaces import RP, compact, concept, expand


def test_a_name_is_folded_for_comparison() -> None:
    assert fold_name("《“十四五”规划（２０２１ 年）》") == "十四五规划2021年"


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text())
def test_a_slug_is_a_usable_key(text: str) -> None:
    key = slug(text)
    assert key
    assert not set(key) & set("/ <>\"'?#")
    assert slug(key) == key


@given(st.text(), st.text())
def test_an_article_is_its_title_text_and_date(title: str, text: str) -> None:
    assert article_key(title, text, None) == article_key(title, text, "")
    assert article_key(title, text, "2021") != article_key(title, text, "2022")
    assert article_key(title, text + "。", None) != article_key(title, text, None)


def test_a_fact_is_its_kind_span_and_discriminator() -> None:
    assert fact_id("measure", "a", 1, 5, 0) == fact_id("measure", "a", 1, 5, 0)
    assert len({fact_id("measure", "a", 1, 5, n) for n in range(3)}) == 3


def test_spellings_of_one_name_are_one_entity() -> None:
    assert entity_key("数字 重庆公司") == entity_key("数字重庆公司")
    assert entity_key("数字重庆公司", "500000") == f"500000-{entity_key('数字重庆公司')[2:]}"


def test_curies_go_there_and_back() -> None:
    assert compact(str(RP.party)) == "rp:party"
    assert expand("rp:party") == RP.party
    assert expand("R:310000") == expand("<https://w3id.org/regpol/id/region/310000>")
    assert (
        compact(str(concept("instrument", "standard")))
        == "<https://w3id.org/regpol/concept/instrument/standard>"
    )
    with pytest.raises(NotFoundError, match="unknown prefix"):
        expand("xx:party")


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError):
        _ = RP.partyy
