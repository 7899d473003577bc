"""The front door: every command is listed and has help in both languages' terms."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

from kg import __version__


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_version_is_the_distribution_s() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.split() == ["kg,", "version", __version__]
    assert version("regpol") == __version__


def test_an_unknown_command_is_wrong_use() -> None:
    done = run("dig")
    assert done.returncode == 2
    assert "dig" in done.stderr
    assert "Traceback" not in done.stderr
