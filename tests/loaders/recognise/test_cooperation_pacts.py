"""Pacts and joint issues of documents: signed, headed by bodies, nested titles, generic titles, what they bring."""

from __future__ import annotations

from loaders.recognise.cooperation_pacts import own_places, subject_of_title
from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, add_document, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
HEFEI: Place = ("合肥", "合肥市", "340100", "prefecture")
XIAMEN: Place = ("厦门", "厦门市", "350200", "prefecture")
FINANCE = ("省财政厅", "安徽省财政厅", "340000")
LABOUR = ("省人社厅", "安徽省人社厅", "340000")
ISSUERS = ["安徽省财政厅", "安徽省人社厅"]


def test_a_text_that_two_bodies_head_is_a_joint_issuance() -> None:
    reading = reading_of("省财政厅、省人社厅《茶农培训意见》已经省政府同意。", actors=[FINANCE, LABOUR])
    add_document(reading, "茶农培训意见", ISSUERS)
    (fact,) = recognise(reading)
    assert (fact.kind, fact.parties) == ("joint_issuance", ISSUERS)


def test_a_text_that_is_only_followed_is_none() -> None:
    reading = reading_of("根据省财政厅、省人社厅《茶农培训意见》要求，各地自查。", actors=[FINANCE, LABOUR])
    add_document(reading, "茶农培训意见", ISSUERS)
    assert recognise(reading) == []


def test_a_title_inside_a_longer_one_has_no_place_of_its_own() -> None:
    text = "安徽与福建签署《关于修订〈茶业安排〉的议定书》。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN])
    inner = add_document(reading, "茶业安排", ["安徽省", "福建省"])
    add_document(reading, "关于修订〈茶业安排〉的议定书", ["安徽省", "福建省"])
    assert own_places(reading, inner) == []
    assert len(recognise(reading)) == 1


def test_pacts_of_the_same_general_name_are_all_told() -> None:
    text = "安徽与福建签订战略合作协议。合肥与厦门签订战略合作协议。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN, HEFEI, XIAMEN])
    add_document(reading, "战略合作协议", ["安徽省", "福建省"])
    assert [f.parties for f in recognise(reading)] == [["安徽省", "福建省"], ["合肥市", "厦门市"]]


def test_those_who_sign_for_the_parties_sign_the_same_pact() -> None:
    text = "安徽与福建签署《茶业协议》。安徽副省长与福建副省长分别代表双方签署协议。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN])
    add_document(reading, "茶业协议", ["安徽省", "福建省"])
    assert len(recognise(reading)) == 1


def test_a_service_that_a_pact_brings_is_one_of_those_who_signed() -> None:
    text = "合肥与厦门签署《茶企办事协议》。首批30个事项实现“跨省通办”。"
    reading = reading_of(text, regions=[HEFEI, XIAMEN])
    add_document(reading, "茶企办事协议", ["合肥市", "厦门市"])
    assert [(f.kind, f.parties) for f in recognise(reading)] == [
        ("agreement", ["合肥市", "厦门市"]),
        ("shared_service", ["合肥市", "厦门市"]),
    ]


def test_what_a_title_is_about() -> None:
    assert subject_of_title("关于加强茶农培训的意见") == "茶农培训"
