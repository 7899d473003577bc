"""Cutting into sentences and clauses, and facts made from folded spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.authorities import agency_authority, region_authority
from kg.model import Article, RegionFact
from loaders.reading import CLAUSE_END, SENTENCE_END, Reading, split_sentences
from tests.strategies import chinese_texts, titles


def reading_of(title: str, text: str) -> Reading:
    return Reading(Article(title=title, text=text, year=2020), region_authority(), agency_authority())


def clauses_of(text: str) -> list[list[str]]:
    return [[text[c.start : c.end] for c in s.clauses] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲，乙。丙：丁；戊", [["甲", "乙"], ["丙", "丁", "戊"]]),
        ("印发《关于甲，乙。丙的办法》，即日施行！", [["印发《关于甲，乙。丙的办法》", "即日施行"]]),
        ("推行“一，二（三。四）”\n次段", [["推行“一，二（三。四）”"], ["次段"]]),
        ("没有闭合的《书名，一句\n下段，又一句", [["没有闭合的《书名，一句"], ["下段", "又一句"]]),
        ("。，；", []),
    ],
)
def test_marks_cut_outside_brackets_only(text: str, expected: list[list[str]]) -> None:
    assert clauses_of(text) == expected


@given(chinese_texts())
def test_clauses_are_in_order_and_lose_nothing_but_marks(text: str) -> None:
    end = 0
    for index, sentence in enumerate(split_sentences(text)):
        assert sentence.clauses[0].start >= sentence.start
        assert sentence.clauses[-1].end <= sentence.end
        for clause in sentence.clauses:
            assert clause.sentence == index
            assert clause.start >= end
            assert clause.start < clause.end
            assert set(text[end : clause.start]) <= set(CLAUSE_END)
            end = clause.end
    assert set(text[end:]) <= set(CLAUSE_END)


@given(chinese_texts())
def test_no_sentence_runs_over_a_line(text: str) -> None:
    for sentence in split_sentences(text):
        assert "\n" not in text[sentence.start : sentence.end]


@given(titles(), chinese_texts())
def test_the_title_ends_where_its_newline_stands(title: str, text: str) -> None:
    reading = reading_of(title, text)
    assert reading.text[reading.title_end] == "\n"
    assert "\n" not in reading.text[: reading.title_end]


@given(titles(), chinese_texts(), st.data())
def test_a_fact_s_quote_stands_at_its_offsets(title: str, text: str, data: st.DataObject) -> None:
    reading = reading_of(title, text)
    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start + 1, len(reading.text)))
    fact = reading.make(RegionFact, start, end, name="甲", mention="甲", level="other")
    assert reading.content[fact.start : fact.end] == fact.evidence == reading.quote(start, end)
    assert reading.folded_span(fact) == (start, end)


@pytest.mark.parametrize("marks", ["，：；（）", ",:;()"])
def test_half_width_marks_cut_as_full_width_ones_do(marks: str) -> None:
    comma, colon, semicolon, opening, closing = list(marks)
    reading = reading_of(
        "标题", f"省里要求{colon}建平台{opening}甲{comma}乙{closing}{comma}8:30开门{semicolon}补助1,000元"
    )
    clauses = [reading.quote(clause.start, clause.end) for clause in reading.clauses]
    assert clauses == ["标题", "省里要求", f"建平台{opening}甲{comma}乙{closing}", "8:30开门", "补助1,000元"]


def test_facts_on_one_span_differ_by_their_discriminator() -> None:
    reading = reading_of("标题", "三省一市")
    ids = {
        reading.make(RegionFact, 3, 7, discriminator=key, name=key, mention="三省一市", level="province").id
        for key in ("310000", "320000", "310000")
    }
    assert len(ids) == 2


@given(titles(), chinese_texts())
def test_the_sentence_at_an_offset_holds_it_or_comes_next(title: str, text: str) -> None:
    reading = reading_of(title, text)
    for offset, character in enumerate(reading.text):
        if character in SENTENCE_END or not reading.sentences:
            continue
        sentence = reading.sentence_at(offset)
        if offset < reading.sentences[-1].end:
            assert offset < sentence.end
