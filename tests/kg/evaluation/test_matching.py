"""The three rules on cases small enough to match by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation import Rule, match

TITLE = "乙市出台行动方案"
TEXT = "乙市设立基金。到 2027 年，培育 30 家企业，建成 30 家工厂。丙县建设园区，丙县举办展会。"


def article(**kinds: Any) -> dict[str, Any]:
    return {"title": TITLE, "text": TEXT, **kinds}


def hits(kind: str, mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[int, int, int]:
    """Matches under the rules article, overlap and exact of one found and one annotated fact."""
    ours, gold = article(**{kind: [mine]}), article(**{kind: [theirs]})
    found = [len(match(kind, ours, gold, rule).pairs) for rule in (Rule.ARTICLE, Rule.OVERLAP, Rule.EXACT)]
    return found[0], found[1], found[2]


def target(evidence: str, **slots: Any) -> dict[str, Any]:
    return {"evidence": evidence, "value": 30, "unit": "家", "deadline": "2027", **slots}


def measure(evidence: str, instrument: str) -> dict[str, Any]:
    return {"evidence": evidence, "type": instrument}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (target("培育 30 家企业"), target("培育30家企业"), (1, 1, 1)),  # white space never counts
        (target("培育 30 家企业，"), target("培育 30 家企业"), (1, 1, 0)),  # one mark too many
        (target("建成 30 家工厂"), target("培育 30 家企业"), (1, 0, 0)),  # elsewhere, and the slots agree
        (target("建成 30 家工厂", value=31), target("培育 30 家企业"), (0, 0, 0)),
        (target("培育 30 家企业", deadline="2028"), target("培育 30 家企业"), (0, 0, 0)),
    ],
)
def test_targets(mine: Any, theirs: Any, expected: tuple[int, int, int]) -> None:
    assert hits("targets", mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (measure("丙县建设园区", "standard"), measure("丙县建设园区", "standard"), (1, 1, 1)),
        (measure("丙县建设园区", "standard"), measure("建设园区", "supervision"), (1, 1, 0)),
        (measure("乙市设立基金", "standard"), measure("丙县建设园区", "standard"), (1, 0, 0)),
        (measure("乙市设立基金", "standard"), measure("丙县建设园区", "supervision"), (0, 0, 0)),
    ],
)
def test_a_measure_quoted_elsewhere_is_known_by_its_instrument(
    mine: Any, theirs: Any, expected: tuple[int, int, int]
) -> None:
    assert hits("measures", mine, theirs) == expected


def test_an_event_quoted_elsewhere_needs_its_type_and_its_date() -> None:
    here = {"evidence": "丙县举办展会", "type": "meeting", "date": "2027"}
    there = {"evidence": "乙市设立基金", "type": "meeting", "date": "2027"}
    assert hits("events", there, here) == (1, 0, 0)
    assert hits("events", {**there, "type": "establish"}, here) == (0, 0, 0)
    assert hits("events", {**here, "type": "establish"}, here) == (1, 1, 1)
    assert hits("events", {**here, "date": "2028"}, here) == (0, 0, 0)


def test_a_region_under_the_exact_rule_is_the_mention_that_was_annotated() -> None:
    first, second = TEXT.index("丙县") + len(TITLE) + 1, TEXT.rindex("丙县") + len(TITLE) + 1
    gold = {"name": "丙县", "mention": "丙县", "code": None}
    assert hits("regions", {**gold, "evidence": "丙县", "start": first, "end": first + 2}, gold) == (1, 1, 1)
    assert hits("regions", {**gold, "evidence": "丙县", "start": second, "end": second + 2}, gold) == (
        1,
        1,
        0,
    )


def test_a_programme_without_an_annotated_quote_is_exact_by_its_name() -> None:
    gold = {"name": "乙市企业培育行动"}
    assert hits("programs", {"name": "乙市企业培育行动", "evidence": "行动"}, gold) == (1, 1, 1)
    assert hits("programs", {"name": "乙市企业培育行动方案", "evidence": "行动"}, gold) == (1, 1, 0)
    assert hits("programs", {"name": "丙县展会", "evidence": "展会"}, gold) == (0, 0, 0)


def test_what_overlaps_is_matched_before_what_stands_elsewhere() -> None:
    ours = article(targets=[target("建成 30 家工厂"), target("培育 30 家企业")])
    gold = article(targets=[target("培育 30 家企业")])
    assert match("targets", ours, gold, Rule.ARTICLE).pairs == ((1, 0),)


def test_a_quote_that_is_not_in_the_article_matches_nothing_by_place() -> None:
    assert hits("measures", measure("丁镇免费", "standard"), measure("丁镇免费", "standard")) == (1, 0, 0)
