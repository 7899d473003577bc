"""A command line of its own for each test, and stores made once: read as they are, copied to be written to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kg.ingest import ensure_base

Run = Callable[..., "subprocess.CompletedProcess[str]"]

BULLETIN = """要闻

贵州、云南两省民政部门签署协作协议

4 月 2 日，贵州省民政厅、云南省民政厅在贵阳共同签署《流动老人服务协作协议》。协议明确，到 2023 年底，建成不少于 20 个跨省服务站。

动态

贵州出台养老服务补贴办法

近日，贵州省民政厅、省财政厅联合印发《养老服务补贴办法》。《办法》提出，对新建养老机构给予每张床位 5000 元的补助，建立养老服务信息平台。
"""


def kg(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=180, cwd=cwd, env=environment
    )


@pytest.fixture(scope="session")
def run() -> Run:
    return kg


@pytest.fixture(scope="session")
def bulletin_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulletins") / "guizhou-7.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def from_nothing(
    bulletin_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A store that a build of one bulletin has made where nothing was, and what the build said."""
    store = tmp_path_factory.mktemp("stores") / "store"
    done = kg("build", bulletin_file, "--store", store)
    assert done.returncode == 0, done.stderr
    return store, done


@pytest.fixture(scope="session")
def built(from_nothing: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """A store with one bulletin; not to be written to."""
    return from_nothing[0]


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A store with one bulletin, to be written to."""
    return Path(shutil.copytree(built, tmp_path / "built"))


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its base and no bulletin; not to be written to."""
    path = tmp_path_factory.mktemp("bases") / "base"
    ensure_base(path)
    return path


@pytest.fixture
def empty(laid: Path, tmp_path: Path) -> Path:
    """A store with its base and no bulletin, to be written to: a build of it need not lay the base again."""
    return Path(shutil.copytree(laid, tmp_path / "empty"))
