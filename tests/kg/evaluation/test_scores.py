"""The score: known cases by hand, and the same headline as the reference script."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import Evaluation, evaluate

TITLE, TEXT = "甲地发布办法", "甲地发布办法。到 2025 年，建成 20 个站。计划投入 3 万元。"


def article(**kinds: Any) -> dict[str, Any]:
    return {"title": TITLE, "text": TEXT, **kinds}


def score(found: dict[str, Any], gold: dict[str, Any], kind: str) -> tuple[int, int, int]:
    [row] = [row for row in evaluate([found], [gold]).kinds if row.kind == kind]
    return row.hits, row.found, row.gold


def target(evidence: str, **slots: Any) -> dict[str, Any]:
    return {"evidence": evidence, "value": 20, "unit": "个", "deadline": "2025", **slots}


@pytest.mark.parametrize(
    ("mine", "theirs", "hits"),
    [
        (target("建成 20 个站"), target("建成20个站"), 1),
        (target("建成 20 个站", deadline="2026"), target("建成 20 个站"), 0),
        (target("建成 20 个站", unit="个站"), target("建成 20 个站"), 1),
        (target("建成 20 个站", value=21), target("建成 20 个站"), 0),
        (target("甲地发布办法"), target("建成 20 个站"), 0),
        (target("到 2025 年，建成 20 个站"), target("建成 20 个站"), 1),
    ],
)
def test_targets_agree_by_quote_value_unit_and_deadline(mine: Any, theirs: Any, hits: int) -> None:
    assert score(article(targets=[mine]), article(targets=[theirs]), "targets")[0] == hits


def test_matching_is_one_to_one() -> None:
    twice = article(targets=[target("建成 20 个站"), target("建成 20 个站")])
    assert score(twice, article(targets=[target("建成 20 个站")]), "targets") == (1, 2, 1)


def test_names_count_once_an_article() -> None:
    actors = [{"name": "甲厅", "type": "government", "evidence": "甲地"}] * 3
    assert score(article(actors=actors), article(actors=actors[:1]), "actors") == (1, 1, 1)


def test_nothing_found_is_nought_not_an_error() -> None:
    result = evaluate([], [article(targets=[target("建成 20 个站")])])
    assert (result.macro_f1, result.articles_found, result.articles_extra) == (0.0, 0, 0)


@pytest.mark.reference
@pytest.mark.parametrize("name", ["seed", "dev"])
def test_the_headline_is_the_reference_script_s(reference: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location("reference_score", reference / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold = json.loads((reference / "score" / f"{name}.json").read_text("utf-8"))
    found = [_perturbed(item, number) for number, item in enumerate(gold)]
    theirs, _ = module.score(found, gold)
    ours: Evaluation = evaluate(found, gold)
    assert ours.macro_f1 == pytest.approx(theirs["macro_f1"], abs=1e-4)
    for row in ours.kinds:
        expected = theirs["kinds"][row.kind]
        assert (row.gold, row.found, row.hits) == (expected["gold"], expected["found"], expected["hit"]), (
            row.kind
        )
        assert row.labels == pytest.approx(expected["type"], abs=1e-4)
        assert (row.not_verbatim, row.too_long) == (expected["not_verbatim"], expected["too_long"])


def _perturbed(item: dict[str, Any], number: int) -> dict[str, Any]:
    """Every third fact left out, every fourth quote cut, some labels changed: something to disagree about."""
    changed = dict(item)
    for kind in (
        "regions",
        "actors",
        "documents",
        "programs",
        "measures",
        "targets",
        "figures",
        "events",
        "cooperations",
    ):
        facts = []
        for index, fact in enumerate(item[kind]):
            if (index + number) % 3 == 0:
                continue
            fact = dict(fact)
            if (index + number) % 4 == 0 and len(fact.get("evidence") or "") > 8:
                fact["evidence"] = fact["evidence"][: len(fact["evidence"]) // 2]
            if index % 5 == 0 and "type" in fact:
                fact["type"] = "other"
            facts.append(fact)
        changed[kind] = facts
    return changed
