"""Pairs over commas, bodies that head a text, helpers."""

from __future__ import annotations

from loaders.recognise.cooperation_groups import listed_before, pairs
from loaders.recognise.cooperation_parties import PartyFinder
from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
HEFEI: Place = ("合肥", "合肥市", "340100", "prefecture")
XIAMEN: Place = ("厦门", "厦门市", "350200", "prefecture")


def test_pairs_may_stand_in_clauses_of_their_own() -> None:
    text = "近年来，安徽与厦门，合肥与福建合作的茶业园区相继开园。"
    reading = reading_of(text, regions=[ANHUI, XIAMEN, HEFEI, FUJIAN])
    facts = recognise(reading)
    assert [(f.kind, f.parties) for f in facts] == [
        ("joint_platform", ["安徽省", "厦门市"]),
        ("joint_platform", ["合肥市", "福建省"]),
    ]
    assert {f.evidence for f in facts} == {"安徽与厦门，合肥与福建合作的茶业园区相继开园"}


def test_one_pair_alone_is_no_list_of_pairs() -> None:
    reading = reading_of("天气转好，安徽与厦门合作的园区开园。", regions=[ANHUI, XIAMEN])
    finder = PartyFinder(reading)
    assert pairs(finder, reading.clauses[-1])[1] == []


def test_bodies_listed_right_before_a_title() -> None:
    text = "省农办负责。省财政厅、省人社厅《茶农培训意见》已获通过。"
    actors = [(m, f"安徽{m}", "340000") for m in ("省农办", "省财政厅", "省人社厅")]
    finder = PartyFinder(reading_of(text, actors=actors))
    found = listed_before(finder, text.index("茶农培训意见") + len("标题\n"))
    assert [p.name for p in found] == ["安徽省财政厅", "安徽省人社厅"]


def test_a_team_named_by_whom_it_helps_is_no_tie() -> None:
    text = "安徽支援福建的茶业专家今日启程。"
    assert recognise(reading_of(text, regions=[ANHUI, FUJIAN])) == []
    text = "安徽对口支援福建茶业工作队昨日返回。"
    assert recognise(reading_of(text, regions=[ANHUI, FUJIAN])) == []
