"""A build killed at any moment leaves a store that opens, with every bulletin whole or absent."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from pyoxigraph import Quad

from kg.ingest import asserted_quads, bulletin_keys
from kg.mapping.terms import node
from kg.namespaces import Graphs
from kg.store import open_store
from kg.store.disk import exists, written_version
from tests.kg.cli.conftest import Run

PROVINCES = ["河北省", "山西省", "辽宁省", "吉林省", "江西省", "湖南省", "海南省", "青海省"]


def write_bulletins(folder: Path) -> list[Path]:
    paths = []
    for number, name in enumerate(PROVINCES):
        article = {
            "title": f"{name}发布水资源管理办法",
            "text": f"近日，{name}水利厅印发《水资源管理办法》。到 2025 年，建成 {number + 3} 个节水示范区。",
            "published": "2023",
        }
        path = folder / f"bulletin-{number}.json"
        path.write_text(json.dumps([article], ensure_ascii=False), "utf-8")
        paths.append(path)
    return paths


def graphs(store: Path) -> dict[str, frozenset[Quad]]:
    """The quads of each bulletin's own graphs."""
    with open_store(store) as view:
        return {key: frozenset(view.quads(graph=node(Graphs.bulletin(key)))) for key in bulletin_keys(view)}


def whole(store: Path) -> set[str]:
    """The bulletins in the store; a broken one fails here."""
    with open_store(store) as view:
        articles = {str(quad.graph_name) for quad in asserted_quads(view)}
        keys = bulletin_keys(view)
        named = sum(name.startswith(f"<{Graphs.ARTICLE_PREFIX}") for name in articles)
        assert named == len(keys), "an article without its bulletin, or a bulletin without its article"
        assert view.version == len(keys)
        return set(keys)


def start(paths: list[Path], store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "build", *map(str, paths), "--store", str(store), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_the_first(store: Path, build: subprocess.Popen[bytes]) -> None:
    """Until the first bulletin is in the store."""
    while not written_version(store) and build.poll() is None:
        time.sleep(0.002)


def test_ten_kills(run: Run, laid: Path, tmp_path: Path) -> None:
    paths = write_bulletins(tmp_path)
    begun = time.monotonic()
    build = start(paths, tmp_path / "whole")
    wait_for_the_first(tmp_path / "whole", build)
    first = time.monotonic()
    assert build.wait() == 0
    before, after = first - begun, time.monotonic() - first
    expected = graphs(tmp_path / "whole")
    assert set(expected) == {path.stem for path in paths}
    random_ = random.Random(20200820)
    partial = 0
    for trial in range(10):
        store = tmp_path / f"s{trial}"
        if trial < 3:  # from nothing: the kill falls while the base is made, or soon after
            build = start(paths, store)
            time.sleep(random_.uniform(0.3, 1.0) * before)
        else:  # most kills fall while bulletins are loaded, which is the shorter part
            shutil.copytree(laid, store)
            build = start(paths, store)
            wait_for_the_first(store, build)
            time.sleep(random_.uniform(0.0, 0.8) * after)
        build.send_signal(signal.SIGKILL)
        build.wait()
        if not exists(store):
            continue  # killed before the store was put in its place: nothing is there, and nothing is in the way
        keys = whole(store)
        partial += 0 < len(keys) < len(paths)
        assert all(quads == expected[key] for key, quads in graphs(store).items())
    assert partial, "no kill fell between two bulletins: the test shows nothing"
    # one was killed while its base was made, one while bulletins were loaded
    for last in (tmp_path / "s0", tmp_path / "s9"):
        assert run("build", *paths, "--store", last, "--quiet").returncode == 0
        exports = [run("export", "nquads", "--store", store).stdout for store in (last, tmp_path / "whole")]
        assert exports[0] == exports[1]
