"""The wording: both languages for every word, the same blanks in both, and a word for every column of a question."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import kg.web
from kg.model import KINDS
from kg.queries import SavedQuery, catalogue
from kg.web.entity import COLUMNS, PROPERTIES, SECTIONS
from kg.web.wording import WORDING, Words


@pytest.mark.parametrize("key", WORDING)
def test_every_word_has_both_languages_with_the_same_blanks(key: str) -> None:
    chinese, english = WORDING[key]
    assert chinese.strip()
    assert english.strip()
    assert _blanks(chinese) == _blanks(english)


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("cooperations", "合作"), ("parties", "参与方"), ("evidence", "出处"), ("quote", "原文"), ("measure", "举措"),
        ("instrument", "政策工具"), ("target", "目标"), ("figure", "数字"), ("kind_firsts", "“首个”表述"),
        ("col_counterpart", "同类部门"), ("assumed_region", "推定地区"),
    ],
)  # fmt: skip
def test_the_projects_words_are_used(key: str, word: str) -> None:
    assert Words("zh")(key) == word


def test_no_word_is_one_that_the_project_avoids() -> None:
    for chinese, _ in WORDING.values():
        assert not re.search("违规|对口|工具类型", chinese)


def test_tables_of_pages_have_words() -> None:
    used = {word for columns in COLUMNS.values() for word, _ in columns}
    used |= {word for properties in PROPERTIES.values() for word, _ in properties}
    used |= {heading for sections in SECTIONS.values() for heading, _, _ in sections}
    used |= {f"kind_{kind}" for kind in KINDS}
    assert used <= WORDING.keys()


@pytest.mark.parametrize("query", catalogue().values(), ids=list(catalogue()))
def test_columns_of_ready_questions_have_words(query: SavedQuery) -> None:
    projection = re.search(
        r"SELECT (?:DISTINCT )?([^{]*)\{", re.sub(r"^#.*$", "", query.text, flags=re.MULTILINE)
    )
    assert projection is not None
    names = re.findall(r"\?(\w+)", projection.group(1))
    labels = {name + ending for name in names for ending in ("Zh", "En", "Title")}
    assert {f"col_{name}" for name in names if name not in labels} <= WORDING.keys()


def test_no_word_is_left_over() -> None:
    folder = Path(kg.web.__file__).parent
    files = [*folder.glob("*.py"), *folder.glob("templates/*.html")]
    used = "".join(file.read_text("utf-8") for file in files if file.name != "wording.py")
    composed = ("col_", "kind_", "error_", "regions_note", "actors_note")
    assert [
        key for key in WORDING if not key.startswith(composed) and not re.search(rf"[\"']{key}[\"']", used)
    ] == []


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
