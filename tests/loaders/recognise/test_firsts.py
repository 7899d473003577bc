"""Firsts: only with a scope that is stated or plainly implied."""

from __future__ import annotations

import pytest

from loaders.recognise.firsts import recognise
from tests.loaders.recognise.readings import Place, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
HEFEI: Place = ("合肥", "合肥市", "340100", "prefecture")


def firsts_of(text: str) -> list[tuple[str, str]]:
    places = [place for place in (ANHUI, HEFEI) if place[0] in text]
    return [(f.scope, f.evidence) for f in recognise(reading_of(text, regions=places))]


@pytest.mark.parametrize(
    ("text", "scope", "quote"),
    [
        ("8月3日，安徽上线全国首个茶叶交易网站，服务茶农。", "national", "安徽上线全国首个茶叶交易网站"),
        ("这是国内首次采茶机比赛。", "national", "这是国内首次采茶机比赛"),
        ("这家茶厂成为全国首批零碳工厂。", "national", "这家茶厂成为全国首批零碳工厂"),
        ("安徽在全国率先推行茶农保险。", "national", "安徽在全国率先推行茶农保险"),
        ("安徽首创茶票抵押模式。", "national", "安徽首创茶票抵押模式"),
        ("安徽率先开展采茶机试点。", "national", "安徽率先开展采茶机试点"),
        ("首台国产采茶机下线。", "national", "首台国产采茶机下线"),
        ("这笔款成为安徽第一笔茶园补偿金。", "provincial", "这笔款成为安徽第一笔茶园补偿金"),
        ("全省首家茶叶银行开业。", "provincial", "全省首家茶叶银行开业"),
        ("这是合肥首个茶园。", "other", "这是合肥首个茶园"),
        ("这标志着采茶机首次上山获得成功。", "other", "这标志着采茶机首次上山获得成功"),
    ],
)
def test_one_first(text: str, scope: str, quote: str) -> None:
    assert firsts_of(text) == [(scope, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "首批项目已经开工。",
        "首届茶业大会在安徽举办。",
        "茶叶产量居全国首位。",
        "安徽将率先开展采茶机试点。",
        "推动安徽率先实现绿色发展。",
        "率先在部分地区禁用农药。",
        "涌现一批首创性成果。",
        "目前已首批接入三家茶厂。",
        "安徽首批项目完工。",
        "“率先行动”计划由安徽实施。",
    ],
)
def test_firsts_without_a_scope_or_only_wished_for_are_none(text: str) -> None:
    assert firsts_of(text) == []


def test_the_headline_is_left_out() -> None:
    assert recognise(reading_of("茶叶网站上线。", title="全国首个茶叶网站上线")) == []


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("安徽建成全国高校首个茶叶实验室。", "national"),
        ("安徽上线国内同类首台采茶机。", "national"),
        ("这里诞生了首个国家级茶园。", "national"),
        ("采茶机填补了国内山地作业空白。", "national"),
        ("此举开全国茶票交易之先河。", "national"),
        ("茶园保险在西部首推。", "other"),
        ("这是两地在茶票上的首次联手。", "other"),
    ],
)
def test_further_words_for_a_first(text: str, scope: str) -> None:
    assert [found for found, _ in firsts_of(text)] == [scope]


def test_a_rank_is_no_first() -> None:
    assert firsts_of("茶叶产量位居全国首位。") == []


def test_a_clause_that_only_claims_takes_what_it_claims_of() -> None:
    text = "安徽设立茶园互助基金，属全省首创，惠及茶农。"
    assert firsts_of(text) == [("provincial", "安徽设立茶园互助基金，属全省首创")]


def test_the_first_of_a_series_is_no_first() -> None:
    assert firsts_of("安徽第一批采茶队上山。安徽第二批采茶队随后上山。") == []
    assert firsts_of("安徽第一批采茶队上山。") == [("provincial", "安徽第一批采茶队上山")]
