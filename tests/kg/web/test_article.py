"""Cutting a text at its quotes: nothing is lost, and every quote can be put together again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.article import Piece, Span, cut
from tests.strategies import chinese_texts


@st.composite
def quoted_texts(draw: st.DrawFn) -> tuple[str, set[Span]]:
    """A text with places in it that may overlap, nest, touch and go over a line's end."""
    text = draw(chinese_texts())
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=6))
    return text, {Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


@given(quoted_texts())
def test_the_pieces_are_the_text(case: tuple[str, set[Span]]) -> None:
    text, spans = case
    assert "\n".join("".join(piece.text for piece in line) for line in cut(text, spans)) == text


@given(quoted_texts())
def test_each_quote_is_marked_whole_and_begins_once(case: tuple[str, set[Span]]) -> None:
    text, spans = case
    pieces = [piece for line in cut(text, spans) for piece in line]
    for span in spans:
        marked = "".join(piece.text for piece in pieces if span.anchor in piece.quotes)
        assert marked == text[span.start : span.end].replace("\n", "")
        assert sum(span.anchor in piece.begins for piece in pieces) == 1


def test_overlapping_quotes_share_the_piece_in_the_middle() -> None:
    assert cut("甲乙丙丁", {Span(0, 3), Span(1, 4)}) == [[
        Piece("甲", ("q0-3",), ("q0-3",)),
        Piece("乙丙", ("q0-3", "q1-4"), ("q1-4",)),
        Piece("丁", ("q1-4",), ()),
    ]]  # fmt: skip


def test_a_quote_may_go_over_a_lines_end() -> None:
    assert cut("甲\n乙", {Span(0, 3)}) == [[Piece("甲", ("q0-3",), ("q0-3",))], [Piece("乙", ("q0-3",), ())]]


def test_a_place_outside_the_text_is_no_error() -> None:
    assert cut("甲乙", {Span(1, 9)}) == [[Piece("甲"), Piece("乙", ("q1-9",), ("q1-9",))]]
