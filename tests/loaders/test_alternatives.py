"""A tree of words finds what the plain alternation of them, the longest first, finds."""

from __future__ import annotations

import random
import re

import pytest

from loaders.alternatives import any_word, guarded_words


def plain(words: list[str]) -> re.Pattern[str]:
    """The pattern that the tree stands for."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@pytest.mark.parametrize("seed", range(20))
def test_the_tree_finds_what_the_alternation_finds(seed: int) -> None:
    """Words of one to four signs, some the beginnings of others, marks of patterns among them."""
    chance = random.Random(seed)
    signs = "省市县区乡镇村.*+?()[]^-\\|甲乙丙丁戊己庚辛"
    words = sorted({"".join(chance.choices(signs, k=chance.randint(1, 4))) for _ in range(120)})
    text = "".join(chance.choices(signs, k=2000))
    found = [m.span() for m in re.finditer(any_word(words), text)]
    assert found == [m.span() for m in plain(words).finditer(text)]
    assert len(found) > 100


def test_the_longest_word_wins_and_gives_way_inside_a_longer_pattern() -> None:
    """What follows the words may ask for a shorter one."""
    words = any_word(["试", "试点", "试点区"])
    assert re.findall(words, "试点区试点试") == ["试点区", "试点", "试"]
    assert re.findall(f"(?:{words})区", "试点区") == ["试点区"]


def test_a_guarded_word_gives_way_to_a_shorter_one() -> None:
    """The guard of a word says what may stand round it, on both sides."""
    pattern = re.compile(guarded_words({"打造": "", "打": "(?!击)", "造": "(?<![制]造)"}))
    assert pattern.findall("打造") == ["打造"]
    assert pattern.findall("打击制造") == []
    assert pattern.findall("打铁营造") == ["打", "造"]
