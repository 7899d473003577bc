"""Bad input: one line that names what and where, the right exit status, nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kg.cli.conftest import BULLETIN, Run


def refused(done: subprocess.CompletedProcess[str], *parts: str, status: int = 2) -> None:
    assert done.returncode == status, (done.stdout, done.stderr)
    message = [line for line in done.stderr.splitlines() if line.startswith(("kg: ", "Error: "))]
    assert len(message) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in message[0]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("line.txt", "长".encode() * 7_000_000, "line 1 has 7,000,000 characters"),
        ("plain.txt", "没有标题，只有一句话。".encode(), "no article found"),
        ("form.json", b'{"articles": "none"}', "expected a list of articles"),
        ("broken.json", b'[{"title": ', "not JSON"),
    ],
)
def test_files_that_hold_no_bulletin(run: Run, tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused(run("build", path, "--store", tmp_path / "s"), name, why)
    refused(run("extract", path), name, why)
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_gb18030_and_a_bom_are_read(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(BULLETIN.encode(encoding))
    done = run("extract", path)
    assert done.returncode == 0, done.stderr
    assert "贵州出台养老服务补贴办法" in done.stdout


def test_a_missing_path(run: Run, tmp_path: Path) -> None:
    refused(run("build", tmp_path / "none.txt", "--store", tmp_path / "s"), "none.txt: no such file")


def test_one_bad_file_among_good_ones_loads_none(run: Run, bulletin_file: Path, tmp_path: Path) -> None:
    refused(run("build", bulletin_file, tmp_path / "none.txt", "--store", tmp_path / "s"), "none.txt")
    assert not (tmp_path / "s").exists()


def test_a_store_that_cannot_be_written(run: Run, bulletin_file: Path, tmp_path: Path) -> None:
    refused(
        run("build", bulletin_file, "--store", "/proc/nowhere/s"), "/proc/nowhere/s: the store cannot be made"
    )
    (tmp_path / "file").write_text("x", "utf-8")
    refused(run("build", bulletin_file, "--store", tmp_path / "file"), "is no store")
    assert (tmp_path / "file").read_text("utf-8") == "x"


def test_no_store(run: Run, tmp_path: Path) -> None:
    for command in (["status"], ["query", "cq01"], ["export", "nquads"], ["validate"], ["infer"]):
        refused(run(*command, "--store", tmp_path / "s"), "no store is there")


def test_a_store_in_use(run: Run, bulletin_file: Path, store: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from kg.store import open_store\n"
            "with open_store(Path(sys.argv[1]), write=True): print('open', flush=True); sys.stdin.read()",
            str(store),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    try:
        refused(run("build", bulletin_file, "--store", store), "in use by another process")
        assert run("status", "--store", store).returncode == 0
    finally:
        holder.communicate("")


def test_a_store_of_a_newer_format(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "s"
    store.mkdir()
    (store / "format").write_text("99\n", "ascii")
    refused(run("status", "--store", store), "format 99", "install a newer kg")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["-e", "SELECT { broken"], "malformed at line 1"),
        (["-e", "SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }"], "SERVICE"),
        (["-e", "LOAD <http://192.0.2.1/>"], "LOAD"),
        (["-e", "DROP ALL"], "update"),
        (["-e", "SELECT (<http://example.org/f>(1) AS ?x) {}"], "example.org/f"),
        (["cq99"], "unknown query 'cq99'; known: cq01"),
        (["cq07", "-p", "colour=red"], "no parameter 'colour'; known: region"),
        (["cq07", "-p", "region"], "name=value"),
        (["cq07", "-p", "region=鼓楼区"], "names more than one region"),
        (["cq07", "-p", "region=亚特兰蒂斯"], "no region is called"),
        ([], "give either the name"),
        (["none.rq"], "none.rq: cannot be read"),
    ],
)
def test_wrong_questions(run: Run, built: Path, arguments: list[str], why: str) -> None:
    refused(run("query", *arguments, "--store", built), why)


def test_wrong_explanations(run: Run, built: Path) -> None:
    refused(run("explain", "鼓楼区", "rp:within", "中国", "--store", built), "several things", "R:320106")
    refused(run("explain", "贵州省", "rp:cooperatesWith", "四川省", "--store", built), "rp:cooperatesWith")
    refused(run("explain", "贵州省", "no:thing", "四川省", "--store", built), "no:thing")


def test_an_unknown_bulletin_is_not_removed(run: Run, built: Path) -> None:
    refused(
        run("remove", "week-9", "--store", built), "no bulletin 'week-9' in the store; there are: guizhou-7"
    )


def test_strict_refuses_data_that_do_not_conform(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(
        '[{"title": "云南启动试点", "text": "近日，云南省启动试点。", "published": "2023",'
        ' "measures": [{"label": "试点", "evidence": "文中没有的话", "type": "standard"}]}]',
        "utf-8",
    )
    refused(run("build", path, "--store", empty, "--strict"), "文中没有的话", status=1)
    assert "0 bulletins" in run("status", "--store", empty).stdout
    loaded = run("build", path, "--store", empty)
    assert loaded.returncode == 1
    assert "left out for violations 校验问题 in: gold; the rest is loaded" in loaded.stdout
    assert "1 bulletin 简报\n" in run("status", "--store", empty).stdout


def test_an_output_that_cannot_be_written(run: Run, bulletin_file: Path, built: Path) -> None:
    refused(
        run("extract", bulletin_file, "-o", "/proc/nowhere/f.json"), "/proc/nowhere/f.json: cannot be written"
    )
    under_a_file = bulletin_file / "f.json"
    refused(run("extract", bulletin_file, "-o", under_a_file), f"{under_a_file}: cannot be written")
    wanted = ["query", "-e", "ASK {}", "-o", under_a_file, "--store", built]
    refused(run(*wanted), f"{under_a_file}: cannot be written")


@pytest.mark.parametrize(
    ("doubt", "told"),
    [
        ({"code": "shape-Measure-placed"}, "no code of a reader's doubt"),
        ({"code": "x y"}, "no code of a reader's doubt"),
        ({"code": "unclear", "message_en": "\ud800"}, "lone surrogate"),
        ({"code": "unclear", "severity": "grave"}, "doubts.0.severity"),
    ],
)
def test_a_doubt_that_is_none(
    run: Run, empty: Path, tmp_path: Path, doubt: dict[str, str], told: str
) -> None:
    path = tmp_path / "doubts.json"
    article = {"title": "甲市动态", "text": "甲市近日开会。", "measures": []}
    whole = {"message_zh": "不明", "message_en": "unclear", **doubt}
    path.write_text(json.dumps([{**article, "doubts": [whole]}]), "utf-8")
    refused(run("build", path, "--store", empty), told)


def test_a_doubt_about_what_is_no_node_is_told_without_it(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "doubts.json"
    doubt = {
        "code": "unclear",
        "message_zh": "不明",
        "message_en": "unclear",
        "detail": {"node": "not an iri"},
    }
    article = {"title": "甲市动态", "text": "甲市近日开会。", "measures": [], "doubts": [doubt]}
    path.write_text(json.dumps([article]), "utf-8")
    assert run("build", path, "--store", empty).returncode == 0
    asked = run("query", "explore-doubts", "--format", "csv", "--store", empty)
    assert "unclear" in asked.stdout


def test_a_store_at_a_url_is_not_taken_for_a_folder(run: Run) -> None:
    refused(run("status", "--store", "http://127.0.0.1:9/x"), "a URL")


def test_an_output_that_is_a_link_or_a_device_stays_one(
    run: Run, bulletin_file: Path, tmp_path: Path
) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert run("extract", bulletin_file, "-o", link).returncode == 0
    assert link.is_symlink()
    assert "养老服务补贴办法" in target.read_text("utf-8")
    assert run("extract", bulletin_file, "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_iris_from_users_are_checked(run: Run, built: Path) -> None:
    refused(run("explain", "region/a b", "rp:within", "中国", "--store", built), "not an IRI")
    refused(run("explain", "<http://a b>", "rp:within", "中国", "--store", built), "not an IRI")
