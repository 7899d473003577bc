"""A sieve lets through every pattern that matches, and few others."""

from __future__ import annotations

import random
import re

import pytest

from loaders.alternatives import needed
from loaders.lexicon import read_table
from loaders.sieve import Sieve

PATTERNS = (
    "甲乙+丙",
    "(?:甲乙|丙丁)?戊己",
    "(?<!甲)乙丙|丁[戊己]庚",
    "^甲{2,3}乙",
    "[^甲]乙*丙",
    "甲(?=乙)乙丙?",
    r"\d甲\.",
)


def test_a_match_holds_one_of_the_words_that_are_needed() -> None:
    """The longest words that can be told; none where a pattern may match without any."""
    assert needed("(?:全面|基本)完成") == {"完成"}
    assert needed("建成(?<!筹建成)(?:后|时)$") == {"建成"}
    assert needed("甲?乙丙|[丁戊]") == {"乙丙", "丁", "戊"}
    assert needed(r"\d+") == needed("甲*") == needed("甲|") == needed("[一-龥]") == frozenset()


@pytest.mark.parametrize("seed", range(10))
def test_what_matches_is_let_through_in_order(seed: int) -> None:
    """Random texts of few characters, so that all patterns match somewhere."""
    chance = random.Random(seed)
    sieve = Sieve((pattern, re.compile(pattern)) for pattern in PATTERNS)
    held = 0
    for _ in range(300):
        text = "".join(chance.choices("甲乙丙丁戊己庚1.", k=chance.randint(0, 9)))
        passed = sieve.open_to(text)
        matching = [pattern for pattern in PATTERNS if re.search(pattern, text)]
        assert [pattern for pattern in passed if pattern in matching] == matching
        held += len(PATTERNS) - len(passed)
    assert held > 300


@pytest.mark.parametrize("table", ["event_verbs", "cooperation_cues"])
def test_the_patterns_of_the_lexicon_need_words(table: str) -> None:
    """A pattern without any would be tried on every clause."""
    assert [row["pattern"] for row in read_table(table) if not needed(row["pattern"])] == []
