"""The script that fits the weights of measures and targets: the optimum it finds, and that the tables are current."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from loaders.recognise.clauses import find_pieces
from scripts.fit_measures import MEASURE, labels, leave_one_out, main, newton, read_article, table

ARTICLES = [
    {
        "id": f"x{number}",
        "title": "甲市推行河道巡护",
        "text": "《办法》提出，建立河道巡护制度，禁止投放饵料。游客普遍感到十分方便。",
        "source": f"{source} 1",
        "measures": [
            {"evidence": "建立河道巡护制度", "type": "governance_mechanism"},
            {"evidence": "禁止投放饵料", "type": "ban_restriction"},
        ],
        "targets": [],
    }
    for number, source in enumerate(("bulletin", "daily"))
]


def test_without_clauses_the_weights_are_the_expected_ones() -> None:
    prior = np.array([0.5, -2.0])
    found = newton(np.zeros((0, 2)), np.zeros(0), prior, np.array([1.0, 1.0]))
    assert found == pytest.approx(prior)


def test_the_optimum_has_no_slope() -> None:
    matrix = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
    wanted, prior, pull = np.array([0.0, 1.0, 1.0, 1.0]), np.array([0.0, 1.0]), np.array([0.001, 2.0])
    found = newton(matrix, wanted, prior, pull)
    chance = 1 / (1 + np.exp(-(matrix @ found)))
    assert matrix.T @ (chance - wanted) + pull * (found - prior) == pytest.approx(np.zeros(2), abs=1e-9)
    assert found[1] > 1


def test_each_quote_takes_one_piece() -> None:
    reading = read_article(ARTICLES[0])
    pieces = find_pieces(reading)
    quotes = [fact["evidence"] for fact in ARTICLES[0]["measures"]]  # type: ignore[index]
    marked = [
        piece.text
        for piece, taken in zip(pieces, labels(reading, pieces, quotes, MEASURE.overlap), strict=True)
        if taken
    ]
    assert marked == quotes


def test_a_table_lists_its_features_in_order() -> None:
    lines = table(MEASURE, {"b": 1.0, "a": -0.5}).splitlines()
    assert lines[0] == "feature\tweight"
    assert lines[-2:] == ["a\t-0.50", "b\t1.00"]


def test_each_source_is_left_out_once() -> None:
    held = [line.split()[0] for line in leave_one_out(ARTICLES)[1:]]
    assert held == ["bulletin"] * 4 + ["daily"] * 4


@pytest.mark.reference
def test_the_tables_are_what_the_script_writes(reference: Path) -> None:
    gold = [str(reference / "score" / f"{name}.json") for name in ("seed", "dev")]
    assert main(["--check", *gold]) == 0
