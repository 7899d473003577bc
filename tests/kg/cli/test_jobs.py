"""``--jobs``: several processes print and build the same bytes as one, and a large input is not held."""

from __future__ import annotations

import json
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kg.cli.options import ReaderChoice
from kg.cli.reading import RulesReader, reader_of
from kg.errors import InputError
from kg.model import Article
from loaders.processes import worth

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture(scope="module")
def articles_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bulletins of forty articles, no two alike."""
    path = tmp_path_factory.mktemp("jobs") / "articles.json"
    articles = [
        {
            "title": f"青海省第{number}批湿地名录公布",
            "text": f"{number % 28 + 1}日，青海省林草局发布《湿地名录》，要求到2033年修复湿地{number}公顷。朝阳区参与协作。",
            "published": "2031-04-02",
            "source": f"湿地简报{number % 2}",
        }
        for number in range(1, 41)
    ]
    path.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_extract_prints_the_same_bytes_whatever_the_jobs(run: Run, articles_file: Path, form: str) -> None:
    printed = [
        run("extract", articles_file, "--format", form, *jobs) for jobs in ((), ("--jobs", 1), ("--jobs", 3))
    ]
    assert [done.returncode for done in printed] == [0, 0, 0]
    assert printed[0].stdout == printed[1].stdout == printed[2].stdout
    lines = printed[0].stdout
    articles = json.loads(lines) if form == "json" else [json.loads(line) for line in lines.splitlines()]
    assert len(articles) == 40
    assert all(article["targets"] for article in articles)


def test_the_list_is_printed_as_json_prints_it(run: Run, articles_file: Path) -> None:
    printed = run("extract", articles_file).stdout
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=1) + "\n"


def test_build_makes_the_same_graph_whatever_the_jobs(run: Run, articles_file: Path, tmp_path: Path) -> None:
    graphs = []
    for jobs in (1, 2):
        store = tmp_path / f"store{jobs}"
        built = run("build", articles_file, "--store", store, "--quiet", "--jobs", jobs)
        assert built.returncode == 0, built.stderr
        exported = tmp_path / f"{jobs}.nq"
        done = run("export", "nquads", "--store", store, "-o", exported)
        assert done.returncode == 0, done.stderr
        graphs.append(exported.read_bytes())
    assert graphs[0] == graphs[1]
    assert "湿地名录".encode() in graphs[0]


def test_jobs_must_be_a_number_of_processes(run: Run, articles_file: Path) -> None:
    done = run("extract", articles_file, "--jobs", 0)
    assert done.returncode == 2
    assert "--jobs" in done.stderr


def test_by_default_processes_begin_once_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many bulletins the articles come in, and at what it costs then: a store opened meanwhile raises it."""
    needed = 1
    monkeypatch.setattr("kg.cli.reading.cores", lambda: 2)
    monkeypatch.setattr("kg.cli.reading.worth", lambda: needed)
    before = set(active_children())
    reader = RulesReader(ReaderChoice().jobs)
    needed = 3
    articles = [Article(title=f"第{number}号", text="青海省公布湿地名录。", year=2031) for number in range(4)]
    try:
        assert [found.article for found in reader.read(articles[:2])] == articles[:2]
        assert set(active_children()) == before
        assert [found.article for found in reader.read(articles[2:])] == articles[2:]
        assert set(active_children()) > before
    finally:
        reader.close()
    assert set(active_children()) == before
    assert worth() > 100


@pytest.mark.parametrize("reader", ["llm", "both"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_jobs_are_refused_where_a_language_model_reads(reader: str, jobs: int) -> None:
    choice = ReaderChoice(reader, endpoint="http://localhost:1/v1", model="m", jobs=jobs)
    with pytest.raises(InputError, match=f"--jobs is for --reader rules; with --reader {reader}"):
        reader_of(choice)
