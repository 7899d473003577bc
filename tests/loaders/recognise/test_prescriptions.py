"""Whether a text tells or prescribes."""

from __future__ import annotations

import pytest

from loaders.recognise.prescriptions import opens_with_order, prescribes


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("加强茶山保护。推动茶企培育。", True),
        ("（一）完善茶市规则。2.建立茶票制度。茶农自愿参加。", True),
        ("加强茶山保护。推动茶企培育。目前茶农有三千户。", False),
        ("加强茶山保护。茶农自愿参加。茶企按章缴费。", False),
        ("加强茶山保护。", False),
    ],
)
def test_orders_prescribe_unless_something_is_told(body: str, expected: bool) -> None:
    assert prescribes(body) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("加快茶山公路进度，开工建设驿站", True), ("（三）推动茶票互认", True), ("茶农加快采摘", False)],
)
def test_an_order_opens_its_sentence(sentence: str, expected: bool) -> None:
    assert opens_with_order(sentence) is expected
