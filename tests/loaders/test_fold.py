"""The folded copy and its map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.fold import Folded, fold_words
from tests.strategies import WHITE_SPACE, chinese_texts, chinese_words


def test_white_space_goes_and_full_width_becomes_half_width() -> None:
    assert Folded.of("８ 月 20 日，ＡＰＰ 使用率 50％").text == "8月20日，APP使用率50%"


def test_newlines_and_chinese_punctuation_stay() -> None:
    assert Folded.of("标题 \n《办法》：“一”、（二）；三。").text == "标题\n《办法》：“一”、（二）；三。"


def test_a_span_covers_inner_white_space_but_none_at_its_rim() -> None:
    content = "到 ２ ０２２ 年 底"
    folded = Folded.of(content)
    start, end = folded.span(1, 6)
    assert content[start:end] == "２ ０２２ 年"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no folded span"):
        Folded.of("三个字").span(start, end)


@given(chinese_texts())
def test_the_map_names_the_character_each_one_came_from(content: str) -> None:
    folded = Folded.of(content)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(set(folded.origin))
    for character, offset in zip(folded.text, folded.origin, strict=True):
        assert Folded.of(content[offset]).text == character


@given(chinese_texts(), st.data())
def test_offsets_survive_the_way_there_and_back(content: str, data: st.DataObject) -> None:
    folded = Folded.of(content)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert folded.folded_span(first, last) == (start, end)
    assert Folded.of(content[first:last]).text == folded.text[start:end]
    if "\n" not in content[first:last]:
        assert content[first:last] == content[first:last].strip()


@given(chinese_texts())
def test_folding_twice_is_folding_once(content: str) -> None:
    once = Folded.of(content).text
    assert Folded.of(once).text == once


@given(chinese_words(), st.lists(WHITE_SPACE, min_size=8, max_size=8))
def test_white_space_inside_a_word_never_matters(word: str, blanks: list[str]) -> None:
    spread = "".join(c + blank for c, blank in zip(word, blanks, strict=False))
    assert Folded.of(spread).text == Folded.of(word).text


def test_traditional_characters_and_quotation_marks_fold_one_by_one() -> None:
    content = "臺灣與長三角「一網通辦」，江蘇省財政廳發佈『細則』"
    folded = Folded.of(content)
    assert folded.text == "台湾与长三角“一网通办”，江苏省财政厅发布‘细则’"
    assert folded.origin == tuple(range(len(content)))


@pytest.mark.parametrize("name", ["乾县", "乾安县", "巫溪县", "重庆"])
def test_simplified_names_fold_to_themselves(name: str) -> None:
    assert Folded.of(name).text == name


@pytest.mark.parametrize(
    ("content", "folded"),
    [
        ("省财政厅发文,要求:加快(试行)办理;谁来办?", "省财政厅发文，要求：加快（试行）办理；谁来办？"),
        ('建设"甲乙丙"平台,推行"一网通办"', "建设“甲乙丙”平台，推行“一网通办”"),
        ("投资1,000万元,上午8:30开工", "投资1,000万元，上午8:30开工"),
        ("投资１,０００万元", "投资1,000万元"),
        ("上午9：00开会，附件1：30项清单", "上午9:00开会，附件1：30项清单"),
        ("见https://example.org/a?b=1,2。", "见https://example.org/a?b=1,2。"),
        ("推广5G, AI和6G", "推广5G，AI和6G"),
    ],
)
def test_half_width_marks_fold_but_not_inside_numbers_times_and_addresses(content: str, folded: str) -> None:
    assert Folded.of(content).text == folded
    assert fold_words(content) == folded


def test_a_quotation_mark_without_a_partner_on_its_line_stays() -> None:
    assert Folded.of('宽5"的管\n设"专窗"').text == '宽5"的管\n设“专窗”'
