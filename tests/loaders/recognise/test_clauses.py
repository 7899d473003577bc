"""Clauses: what is trimmed, which verb carries a clause, what is joined and what is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from loaders.recognise.clauses import Piece, find_pieces, trim
from loaders.recognise.predicates import find_predicate
from tests.loaders.recognise.readings import reading_of
from tests.strategies import chinese_texts


def pieces_of(text: str) -> list[Piece]:
    return [piece for piece in find_pieces(reading_of(text)) if not piece.title]


def texts_of(text: str) -> list[str]:
    return [piece.text for piece in pieces_of(text)]


@pytest.mark.parametrize(
    ("clause", "verb", "kind", "where"),
    [
        ("建立河道巡护制度", "建立", "act", "head"),
        ("进一步完善窗口服务", "完善", "act", "head"),
        ("该市将推行电子合同", "推行", "act", "subject"),
        ("禁止在湖区投放饵料", "禁止", "ban", "head"),
        ("对小微商户发放消费券", "发放", "act", "adjunct"),
        ("湖区水质明显改善", "明显改善", "state", "subject"),
        ("把老码头打造成滨水公园", "打造", "state", "adjunct"),
        ("港口吞吐量同比增长三成", "同比", "stat", "subject"),
        ("茶叶产区", "", "none", "none"),
        ("记者来到了花卉市场", "来到", "say", "subject"),
    ],
)
def test_predicate(clause: str, verb: str, kind: str, where: str) -> None:
    found = find_predicate(clause)
    assert (found.verb, found.kind, found.where) == (verb, kind, where)


def test_a_verb_before_de_is_no_predicate() -> None:
    assert find_predicate("镇里推广的稻种").kind == "none"


def test_jiang_before_a_noun_marks_the_object_not_the_future() -> None:
    found = find_predicate("将服务窗口延伸到村里")
    assert (found.verb, found.modal, found.prep) == ("延伸", "", "将")
    assert find_predicate("将建设三座泵站").modal == "将"


@pytest.mark.parametrize(
    ("clause", "rest"),
    [
        ("一是完善渡口安全制度", "完善渡口安全制度"),
        ("同时支持渔民转产", "支持渔民转产"),
        ("并公开办理结果", "公开办理结果"),
        ("并网发电", "并网发电"),
        ("《办法》还鼓励村民参与管护", "鼓励村民参与管护"),
        ("通知要求建立台账制度", "建立台账制度"),
        ("要素市场持续发展", "要素市场持续发展"),
    ],
)
def test_trim(clause: str, rest: str) -> None:
    assert clause[trim(clause)[0] :] == rest


def test_what_a_document_says_is_said_until_the_paragraph_ends() -> None:
    said = {
        piece.text: piece.said for piece in pieces_of("《方案》提出，建设冷库，扶持果农。\n农民种下果树。")
    }
    assert said["建设冷库"] and said["扶持果农"] and not said["农民种下果树"]


def test_an_adjunct_joins_its_predicate() -> None:
    assert "对种粮大户，发放农机补贴" in texts_of("对种粮大户，发放农机补贴。")


def test_a_bare_subject_joins_a_ban() -> None:
    assert texts_of("湖区的渔船和码头，禁止排放油污。") == ["湖区的渔船和码头，禁止排放油污"]


def test_a_scope_adjunct_stays_apart() -> None:
    assert texts_of("在农业方面，推广节水灌溉。") == ["在农业方面", "推广节水灌溉"]


def test_a_ratio_is_not_cut() -> None:
    assert texts_of("市县按1：1提供配套资金。") == ["市县按1：1提供配套资金"]


def test_a_list_of_tasks_is_cut_and_a_list_of_things_is_not() -> None:
    tasks = pieces_of("两市开展合作，包括共建码头、互认检测报告、联合开展巡查以及培训船员等。")
    assert [piece.text for piece in tasks if piece.task] == [
        "共建码头",
        "互认检测报告",
        "联合开展巡查",
        "培训船员",
    ]
    things = "产品包括茶叶、菌菇、竹笋、蜂蜜等"
    assert texts_of(f"当地{things}。") == [f"当地{things}"]


@given(chinese_texts())
def test_pieces_stand_in_the_text_in_order_and_apart(text: str) -> None:
    reading = reading_of(text)
    pieces = find_pieces(reading)
    assert all(0 <= piece.start < piece.end <= len(reading.text) for piece in pieces)
    assert all(left.end <= right.start for left, right in pairwise(pieces))
    assert all(
        reading.text[piece.end - len(piece.text) : piece.end][-1:] == piece.text[-1:] for piece in pieces
    )
