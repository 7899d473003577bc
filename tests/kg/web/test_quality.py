"""Measured quality: the file as the command writes it, and none."""

from __future__ import annotations

from pathlib import Path

from kg.web.quality import Quality, read_quality, weakest

HEADER = "set,kind,articles,gold,found,hits,precision,recall,f1,labels\n"


def test_kinds_come_in_the_guides_order(tmp_path: Path) -> None:
    path = tmp_path / "quality.csv"
    path.write_text(
        HEADER
        + "dev-holdout,targets,3,9,8,6,0.75,0.667,0.706,0.9\ndev-holdout,regions,3,5,5,5,1.000,1.000,1.000,1.000\n"
        "dev-holdout,odd,1,1,1,1,1,1,1,1\nseed,figures,1,1,1,1,1,1,1,1\n"
    )
    found = read_quality(path)
    assert list(found) == ["regions", "targets"]
    assert found["targets"] == Quality("targets", 3, 9, 8, 6, 0.75, 0.667, 0.706, 0.9)
    assert [quality.kind for quality in weakest(found, 1)] == ["targets"]


def test_nothing_measured(tmp_path: Path) -> None:
    assert read_quality(tmp_path / "none.csv") == {}
    assert weakest({}) == []
