"""A tree of words finds what the plain alternation of them, the longest first, finds."""

from __future__ import annotations

import random
import re

import pytest

from loaders.alternatives import any_word, gated, guarded_words
from loaders.lexicon import read_table


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


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        ("签约|签署(?!仪式)|(?:共同|联合)建设", "签联共"),
        (r"(?<!未)(?:经)?批准|^同意", "经批同"),
        (r"[0-9]{1,2}条|\d+项|(?P<mark>[一二])是|\.省", r"0-9\d一二\."),
        ("(?:甲|乙)?(?:丙|丁{2})戊", "甲乙丙丁"),
        ("x[^，]*y|（z）", "x（"),
        ("(?:正式)?(?<!收)发文(?!号)|甲", "正发甲"),
    ],
)
def test_a_gate_holds_all_that_a_match_can_begin_with(pattern: str, openings: str) -> None:
    gate = gated(pattern)
    assert gate.endswith(f"(?:{pattern})")
    assert set(gate.removesuffix(f"(?:{pattern})")) == set(f"(?=[{openings}])")


@pytest.mark.parametrize(
    "pattern", ["甲?", "甲*|乙", "[^甲]乙", ".甲", "(?:甲|)乙", "甲|$", "(?:甲{0,2})乙|"]
)
def test_a_pattern_whose_beginning_is_open_stays_as_it_is(pattern: str) -> None:
    assert gated(pattern) == pattern


@pytest.mark.parametrize("table", ["event_verbs", "cooperation_cues", "region_roles", "event_future"])
def test_a_gated_pattern_finds_what_the_plain_one_finds(table: str) -> None:
    """On texts shuffled from the patterns' own characters."""
    plain_one = "|".join(row["pattern"] for row in read_table(table))
    chance = random.Random(table)
    text = "".join(
        chance.choices([*re.findall("[\u4e00-\u9fff]{2}", plain_one), *"，。0123“”#@与在至"], k=6000)
    )
    assert gated(plain_one) != plain_one
    found = [m.span() for m in re.finditer(gated(plain_one), text)]
    assert found == [m.span() for m in re.finditer(plain_one, text)]
    assert len(found) > 5
