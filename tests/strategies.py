"""Hypothesis strategies for Chinese text as bulletins have it: words, marks, brackets, full width, stray white space."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "江苏省", "苏州市", "合作", "东方", "近日", "印发", "《办法》", "“一网通办”", "（试行）", "8 月 20 日", "１２项",
    "ＡＰＰ", "50％", "推动", "跨区域", "通办", "长三角", "省财政厅", "、", "，", "。", "；", "：", "！", "？", "\n",
    " ", "\u3000", "\t", "《", "》", "“", "”", "（", "）", "-", "3.0", "万元", "𠮷",
)  # fmt: skip
"""Pieces that matter to folding and cutting, unbalanced brackets among them."""

IDEOGRAPHS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
WHITE_SPACE = st.text(st.sampled_from(" \u3000\t\u00a0"), max_size=3)


def chinese_words(*, min_size: int = 1, max_size: int = 8) -> st.SearchStrategy[str]:
    """Runs of ideographs."""
    return st.text(IDEOGRAPHS, min_size=min_size, max_size=max_size)


def chinese_texts(*, max_pieces: int = 30) -> st.SearchStrategy[str]:
    """Texts of several lines with marks, brackets (balanced or not), numbers and white space; may be empty."""
    piece = st.one_of(st.sampled_from(WORDS), chinese_words(max_size=4))
    return st.lists(piece, max_size=max_pieces).map("".join)


def titles() -> st.SearchStrategy[str]:
    """Titles: one line, not blank."""
    piece = st.one_of(st.sampled_from([w for w in WORDS if w != "\n"]), chinese_words(max_size=4))
    return st.lists(piece, min_size=1, max_size=8).map("".join).filter(lambda title: bool(title.strip()))
