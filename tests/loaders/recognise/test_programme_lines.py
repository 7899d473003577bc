"""Names found by a pattern of their own: roads by number, drives with a list before them, fixed names."""

from __future__ import annotations

import pytest

from loaders.recognise.programme_lines import drives, fixed, roads
from loaders.recognise.programmes import recognise
from tests.loaders.recognise.readings import reading_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推进S317茶山路、G528淮水大桥建设。", ["S317茶山路", "G528淮水大桥"]),
        ("乘坐G7023次列车前往。", []),
        ("发布G60科创走廊方案。", []),
    ],
)
def test_roads_by_number(text: str, found: list[str]) -> None:
    assert [text[c.start : c.end] for c in roads(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("开展预防、打击茶叶掺假和盗采专项行动。", ["预防、打击茶叶掺假和盗采专项行动"]),
        ("开展茶叶掺假专项行动。", []),
        ("开展茶市专项行动、茶园专项整治。", []),
        ("该省茶山、茶园专项行动。", []),
    ],
)
def test_drives_reach_back_to_their_verb_over_a_list(text: str, found: list[str]) -> None:
    assert [text[c.start : c.end] for c in drives(text)] == found


def test_fixed_names_but_not_inside_others() -> None:
    text = "家电下乡带动消费。南水北调中线通水。推进东数西算。"
    assert [text[c.start : c.end] for c in fixed(text)] == ["家电下乡", "东数西算"]


def test_a_drive_is_one_programme_with_its_list() -> None:
    reading = reading_of("该省开展预防、打击茶叶掺假和盗采专项行动。")
    assert [(p.name, p.kind) for p in recognise(reading)] == [
        ("预防、打击茶叶掺假和盗采专项行动", "campaign")
    ]
