"""``kg correct`` through the front door: it holds at once, after a rebuild, and can be lifted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from kg.curation import FILE
from kg.namespaces import ID
from tests.kg.cli.conftest import Run

WHO = ("--who", "王")
ARTICLE = 'FILTER(CONTAINS(STR(?g), "graph/article/"))'  # as stated, without what is inferred


def cells(run: Run, store: Path, pattern: str) -> list[str]:
    done = run("query", "-e", f"SELECT ?x {{ {pattern} }} ORDER BY ?x", "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return [line.removeprefix("https://w3id.org/regpol/id/") for line in done.stdout.split()[1:]]


def exported(run: Run, store: Path) -> list[str]:
    return str(run("export", "nquads", "--store", store, "-o", "-").stdout).splitlines()


def test_a_rejected_measure_does_not_come_back(
    run: Run, store: Path, built: Path, bulletin_file: Path, tmp_path: Path
) -> None:
    measures = cells(run, store, "?x a rp:Measure")
    done = run("correct", "reject", measures[0], "--why", "不是举措", *WHO, "--store", store)
    assert (done.returncode, done.stdout) == (0, f"reject {measures[0]}: written, 1 article changed\n"), (
        done.stderr
    )
    assert cells(run, store, "?x a rp:Measure") == measures[1:]
    line = json.loads((store / FILE).read_text("utf-8"))
    assert (line["target"], line["action"], line["who"], line["why"]) == (
        measures[0],
        "reject",
        "王",
        "不是举措",
    )
    after = exported(run, store)
    renewed = run("build", bulletin_file, "--store", store, "--quiet")
    assert "corrections 勘误: 1 in force, 0 waiting" in renewed.stdout
    assert exported(run, store) == after
    # the log alone, beside a store made anew, gives the same bytes
    other = Path(shutil.copytree(built, tmp_path / "other"))
    (other / FILE).write_bytes((store / FILE).read_bytes())
    assert run("build", bulletin_file, "--store", other, "--quiet").returncode == 0
    assert exported(run, other) == after
    assert run("validate", "--store", store).returncode == 0
    listed = run("correct", "list", "--store", store).stdout
    assert listed.startswith("[in force] ")
    assert listed.endswith(": 不是举措\n")


def test_a_field_takes_values_names_and_nothing(run: Run, store: Path, bulletin_file: Path) -> None:
    measure = in_the_rules(run, store)
    options = ("--why", "核对", *WHO, "--store", store)
    done = run("correct", "set", measure, "type", "standard", *options)
    assert done.returncode == 0, done.stderr
    assert " → standard: written" in done.stdout
    assert run("correct", "set", measure, "taken_by", "贵州省财政厅", *options).returncode == 0
    assert run("correct", "set", measure, "status", "--clear", *options).returncode == 0
    assert run("build", bulletin_file, "--store", store, "--quiet").returncode == 0
    assert cells(run, store, f"<{ID}{measure}> rp:instrument ?x")[0].endswith("/standard")
    assert cells(run, store, f"GRAPH ?g {{ <{ID}{measure}> rp:takenBy ?x }} {ARTICLE}") == [
        "actor/520000-finance"
    ]
    rows = run("correct", "list", "--format", "jsonl", "--store", store).stdout.splitlines()
    assert [(json.loads(row)["field"], json.loads(row)["state"]) for row in rows] == [
        ("type", "in force"),
        ("taken_by", "in force"),
        ("status", "in force"),
    ]


def test_a_merge_of_two_actors_is_undone_by_a_correction(run: Run, store: Path, bulletin_file: Path) -> None:
    before = exported(run, store)
    options = ("--why", "机构合并", *WHO, "--store", store)
    done = run("correct", "merge", "贵州省财政厅", "贵州省民政厅", *options)
    assert done.returncode == 0, done.stderr
    actors = cells(run, store, "?x a rp:Actor ; rp:jurisdiction R:520000")
    assert actors == ["actor/520000-civil-affairs"]
    assert run("build", bulletin_file, "--store", store, "--quiet").returncode == 0
    assert cells(run, store, "?x a rp:Actor ; rp:jurisdiction R:520000") == actors
    done = run("correct", "accept", "actor/520000-finance", *WHO, "--store", store)
    assert done.returncode == 0, done.stderr
    assert [line for line in exported(run, store) if "graph/corrections" not in line] == before


def test_a_vanished_target_is_an_issue_of_the_build(run: Run, store: Path, bulletin_file: Path) -> None:
    measures = cells(run, store, "?x a rp:Measure")
    for measure in measures:
        done = run("correct", "reject", measure, "--why", "不是举措", *WHO, "--store", store)
        assert done.returncode == 0, done.stderr
    shorter = bulletin_file.read_text("utf-8").split("动态")[0]
    again = store.parent / bulletin_file.name
    again.write_text(shorter, "utf-8")
    built = run("build", again, "--store", store)
    assert built.returncode == 0, built.stderr
    assert "a correction is not applied: its article is no longer in the store" in built.stdout
    issues = "".join(file.read_text("utf-8") for file in (store / "issues").iterdir())
    assert "correction-lost" in issues
    assert "[waiting]" in run("correct", "list", "--store", store).stdout
    assert len((store / FILE).read_text("utf-8").splitlines()) == len(measures)


def test_a_correction_cut_off_by_a_kill_is_applied_by_the_next_command(run: Run, store: Path) -> None:
    [measure, *others] = cells(run, store, "?x a rp:Measure")
    assert run("correct", "reject", measure, "--why", "x", *WHO, "--store", store).returncode == 0
    kept = (store / FILE).read_text("utf-8")
    assert run("correct", "accept", measure, *WHO, "--store", store).returncode == 0
    (store / FILE).write_text(kept.rstrip("\n"), "utf-8")  # also without its last end of line
    [other, *_] = others
    assert run("correct", "accept", other, *WHO, "--store", store).returncode == 0
    assert cells(run, store, "?x a rp:Measure") == others
    assert len((store / FILE).read_text("utf-8").splitlines()) == 2


@pytest.fixture(scope="module")
def measure(run: Run, built: Path) -> str:
    """The measure of the article that has Guizhou's agencies alone."""
    return in_the_rules(run, built)


def in_the_rules(run: Run, store: Path) -> str:
    finance = f"?m rp:of <{ID}actor/520000-finance> ; rp:evidence/rp:inArticle ?a"
    return cells(run, store, f"?x a rp:Measure ; rp:evidence/rp:inArticle ?a . {finance}")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reject", "measure/0/0", "--why", "x"), "no such fact in the store: measure/0/0"),
        (("reject", "从未见过", "--why", "x"), "nothing in the store is called"),
        (("reject", "actor/520000-civil-affairs", "--why", "x"), "has 2 mentions, name one: mention/"),
        (("reject", "rp:Measure", "--why", "x"), "is neither a fact nor an entity"),
        (("reject", "MEASURE", "--why", " "), "a correction needs someone who decides, and a reason"),
        (("set", "MEASURE", "colour", "red", "--why", "x"), "a measure has no field 'colour' to set"),
        (("set", "MEASURE", "type", "magic", "--why", "x"), "'magic' does not fit"),
        (("set", "MEASURE", "type", "--why", "x"), "give either values or --clear"),
        (("set", "MEASURE", "taken_by", "云南省民政厅", "--why", "x"), "the article does not mention"),
        (("merge", "贵州省", "云南省", "--why", "x"), "stands in the table of regions"),
        (("merge", "贵州省财政厅", "贵州省", "--why", "x"), "of different classes"),
        (("accept", "actor/520000-civil-affairs"), "has 2 mentions"),
        (("split", "MEASURE", "--why", "x"), "is no mention of an entity"),
    ],
)
def test_bad_use_is_one_line_and_changes_nothing(
    measure: str, built: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    before = (built / "version").read_text("ascii")
    given = [measure if argument == "MEASURE" else argument for argument in arguments]
    with pytest.raises(SystemExit) as ended:
        main(["correct", *given, *WHO, "--store", str(built)])
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1), err
    assert said in err
    assert not (built / FILE).exists()
    assert (built / "version").read_text("ascii") == before


def test_a_damaged_log_is_named_with_its_line(run: Run, store: Path, bulletin_file: Path) -> None:
    (store / FILE).write_text('{"target": "measure/1/2"}\n', "utf-8")
    for command in (("correct", "list"), ("build", bulletin_file)):
        done = run(*command, "--store", store)
        assert (done.returncode, done.stderr.count("corrections.jsonl:1: no correction")) == (2, 1), (
            done.stderr
        )


def test_a_correction_that_violates_a_shape_is_refused(run: Run, store: Path) -> None:
    [target] = cells(run, store, "?x a rp:Target")
    before = exported(run, store)
    done = run("correct", "set", target, "value_max", "1", "--why", "x", *WHO, "--store", store)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "nothing was corrected" in done.stderr
    assert exported(run, store) == before
    assert not (store / FILE).exists()
