"""``kg export`` and ``kg analyse``: formats, options that fit, output, errors of one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.analysis.measures import measure_network
from kg.analysis.network import region_network
from kg.cli import main
from kg.exports import EXPORTS, Options
from kg.store import create_store
from tests.kg.bulletins import filled_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "store"
    create_store(path, filled_store().quads)
    return path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_a_file_and_standard_output_get_the_same_bytes(
    form: str, store: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / f"out{EXPORTS[form].suffix}"
    assert run("export", form, "-o", str(target), "--store", str(store)) == 0
    assert run("export", form, "-o", "-", "--store", str(store)) == 0
    assert capfdbinary.readouterr().out == target.read_bytes()
    assert target.read_bytes() == EXPORTS[form].write(filled_store(), Options())
    assert list(tmp_path.iterdir()) == [target]


def test_the_network_is_the_regions_unless_told(store: Path, tmp_path: Path) -> None:
    for name in ("region", "actor"):
        target = tmp_path / name
        assert run("export", "graphml", "--network", name, "-o", str(target), "--store", str(store)) == 0
        assert target.read_bytes() == EXPORTS["graphml"].write(filled_store(), Options(network=name))


def test_texts_leave_only_when_asked_for(store: Path, tmp_path: Path) -> None:
    plain, full = tmp_path / "plain.nq", tmp_path / "full.nq"
    assert run("export", "nquads", "-o", str(plain), "--store", str(store)) == 0
    assert run("export", "nquads", "--with-text", "-o", str(full), "--store", str(store)) == 0
    assert b"/graph/text>" not in plain.read_bytes()
    assert full.read_bytes().count(b"/graph/text>") == 4


def test_help_lists_the_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--help") == 0
    shown = capsys.readouterr().out
    assert all(f"{name} " in shown and export.zh in shown for name, export in EXPORTS.items())


@pytest.mark.parametrize(
    "arguments",
    [["paper"], ["xlsx", "--network", "actor"], ["gexf", "--with-text"], ["gexf", "--network", "fish"], []],
)
def test_wrong_use_is_exit_2(arguments: list[str], store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", *arguments, "--store", str(store)) == 2
    assert "Error: " in capsys.readouterr().err


def test_what_cannot_be_written_or_read_is_one_line(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "gexf", "-o", str(tmp_path / "no" / "x.gexf"), "--store", str(store)) == 2
    assert run("export", "gexf", "--store", str(tmp_path / "nothing")) == 2
    written, opened = capsys.readouterr().err.splitlines()
    assert written.startswith("kg: ") and "cannot be written" in written
    assert opened.startswith("kg: ") and "no store is there" in opened


def test_analyse_prints_every_measure_with_names_in_both_languages(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("analyse", "network", "--store", str(store)) == 0
    shown = capfd.readouterr().out
    for measure in measure_network(region_network(filled_store())):
        assert f"## {measure.zh} {measure.en}" in shown
    assert "江苏省" in shown and "Jiangsu" in shown
    assert "签订协议 agreement" in shown


def test_analyse_looks_at_the_kinds_asked_for(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("analyse", "network", "--kind", "pairing", "--format", "json", "--store", str(store)) == 0
    report = json.loads(capfd.readouterr().out)
    assert [kind["key"] for kind in report["kinds"]] == ["pairing"]
    assert report["nodes"] == 2


def test_analyse_of_an_unknown_name_or_kind_is_one_line(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyse", "palmistry", "--store", str(store)) == 2
    assert run("analyse", "network", "--kind", "marriage", "--store", str(store)) == 2
    name, kind = capsys.readouterr().err.splitlines()
    assert name == "kg: unknown analysis 'palmistry'; known: network"
    assert kind.startswith("kg: unknown kind of cooperation 'marriage'; known: agreement, ")


def test_the_hash_seed_of_a_run_changes_nothing(store: Path) -> None:
    command = [sys.executable, "-m", "kg", "analyse", "network", "--network", "actor", "--format", "json"]
    outputs = {
        subprocess.run(
            [*command, "--store", str(store)], capture_output=True, check=True, timeout=60,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
