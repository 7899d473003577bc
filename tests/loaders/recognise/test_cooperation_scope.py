"""Headings and the topics of a pact tell of no cooperation; what is set up has a name."""

from __future__ import annotations

import pytest

from loaders.recognise.cooperation_scope import set_up, topics
from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")


def test_a_heading_tells_of_no_cooperation() -> None:
    text = "春茶已经上市。\n安徽福建茶业合作结出硕果\n安徽、福建共建茶叶检测中心。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN])
    assert [f.evidence for f in recognise(reading)] == ["安徽、福建共建茶叶检测中心"]


def test_a_last_line_without_a_mark_is_no_heading() -> None:
    reading = reading_of("茶讯一则。\n安徽、福建共建茶叶检测中心", regions=[ANHUI, FUJIAN])
    assert [f.kind for f in recognise(reading)] == ["joint_platform"]


def test_what_was_agreed_is_part_of_the_pact() -> None:
    text = "安徽、福建就茶企登记跨省通办，茶农证照互认，共建茶叶检测中心等达成合作协议。"
    facts = recognise(reading_of(text, regions=[ANHUI, FUJIAN]))
    assert [(f.kind, f.parties) for f in facts] == [("agreement", ["安徽省", "福建省"])]


def test_topics_end_where_the_agreement_is_told() -> None:
    reading = reading_of("双方围绕茶园修复，良种推广，达成协议。随后，安徽、福建互认证照。")
    ((last, members),) = topics(reading).items()
    words = [reading.text[c.start : c.end] for c in members]
    assert (words, reading.text[last:].startswith("达成协议")) == (["双方围绕茶园修复", "良种推广"], True)


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("两省建立茶山巡查会商机制", "茶山巡查会商机制"),
        ("启动了茶渠联合清理工程", "茶渠联合清理工程"),
        ("茶山巡查机制日趋完善", None),
    ],
)
def test_what_is_set_up(words: str, thing: str | None) -> None:
    assert set_up(words) == thing
