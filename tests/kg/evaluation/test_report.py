"""What is measured in one go: rules, sources, confusion and reliability of the same articles."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation import Report, Rule, evaluate, measure, source_of

TEXT = "乙市设立基金。丙县建设园区。丁镇举办展会。"


def article(number: int, source: str, *measures: tuple[str, str, float]) -> dict[str, Any]:
    facts = [{"evidence": quote, "type": kind, "confidence": sure} for quote, kind, sure in measures]
    return {"title": f"第{number}篇短讯", "text": TEXT, "source": source, "measures": facts}


GOLD = [
    article(1, "some-one/news 1.md", ("乙市设立基金", "finance_credit", 1), ("丙县建设园区", "standard", 1)),
    article(2, "some-one/news 2.md", ("丁镇举办展会", "market_development", 1)),
    article(3, "weekly bulletin", ("乙市设立基金", "finance_credit", 1)),
]
FOUND = [
    article(1, "x", ("乙市设立基金", "fiscal_subsidy", 0.9), ("丙县建设园区。", "standard", 0.6)),
    article(2, "x", ("乙市设立基金", "finance_credit", 0.9)),
    article(3, "x", ("乙市设立基金", "finance_credit", 0.9)),
    article(44, "x"),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return measure(FOUND, GOLD, resamples=50)


def measures_f1(report: Report, rule: Rule) -> float:
    return next(score.f1 for score in report.rules[rule].scores.kinds if score.kind == "measures")


def test_each_rule_is_scored_and_overlap_is_the_headline(report: Report) -> None:
    assert [measures_f1(report, rule) for rule in Rule] == [0.75, 0.75, 0.5]
    for rule in Rule:
        assert report.rules[rule].scores == evaluate(FOUND, GOLD, rule)
    assert report.headline is report.rules[Rule.OVERLAP]
    assert report.headline.scores.articles_extra == 1


def test_articles_of_one_repository_are_one_source(report: Report) -> None:
    found = {
        source: (scored.scores.articles, scored.scores.macro_f1)
        for source, scored in report.by_source.items()
    }
    assert found == {"some-one/news": (2, 0.6667), "weekly bulletin": (1, 1.0)}
    assert source_of({"title": "甲"}) == "?"


def test_instruments_are_confused_in_matched_measures_alone(report: Report) -> None:
    assert report.confusion == {
        ("finance_credit", "finance_credit"): 1,
        ("finance_credit", "fiscal_subsidy"): 1,
        ("standard", "standard"): 1,
    }


def test_a_fact_is_right_for_its_confidence_where_it_matches(report: Report) -> None:
    assert [(held.low, held.facts, held.right) for held in report.reliability.bins] == [
        (0.6, 1, 1),
        (0.9, 3, 2),
    ]
    assert report.by_kind == {"measures": report.reliability}
