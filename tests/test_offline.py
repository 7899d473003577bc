"""Building and asking by default need no network and try none: Python code is watched, native code is cut off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import loaders

SAMPLES = sorted(str(path) for path in (Path(loaders.__file__).parent / "samples").glob("*.txt"))
ANSWER = "SELECT (COUNT(?measure) AS ?measures) { ?measure a rp:Measure }"
CAUGHT = 99
WATCH = f"""
import os, sys

def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        sys.stderr.write(f"opened: {{event}} {{arguments}}\\n")
        sys.stderr.flush()
        os._exit({CAUGHT})  # an exception could be caught on its way

sys.addaudithook(watch)
"""
UNREACHABLE = "192.0.2.1"  # an address for documentation: nobody has it
KG = [sys.executable, "-m", "kg"]
TRY = [
    f"import socket; socket.create_connection(({UNREACHABLE!r}, 80), 1)",
    f"import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ({UNREACHABLE!r}, 53))",
    "import urllib.request; urllib.request.urlopen('http://example.org/', timeout=1)",
]
"""Ways to the outside; each is a line of Python."""


def commands(store: Path) -> list[list[str]]:
    """What a first user runs: a store from nothing, and a question."""
    return [
        [*KG, "build", *SAMPLES, "--store", str(store), "--quiet"],
        [*KG, "query", "-e", ANSWER, "--store", str(store), "--format", "csv"],
    ]


def assert_answered(printed: str) -> None:
    """The last line counts the measures."""
    assert int(printed.splitlines()[-1]) > 10


# ---- watched: every Python process of the run, whatever it does with errors


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose Python processes end at the first use of a socket or a resolver."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    path = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def test_building_and_asking_opens_no_socket(watched: dict[str, str], tmp_path: Path) -> None:
    for command in commands(tmp_path / "store"):
        done = subprocess.run(command, env=watched, capture_output=True, text=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr
    assert_answered(done.stdout)


@pytest.mark.parametrize("line", TRY)
def test_the_watch_sees_an_error_that_is_caught(watched: dict[str, str], line: str) -> None:
    hidden = f"try:\n    {line}\nexcept BaseException:\n    pass"
    done = subprocess.run(
        [sys.executable, "-c", hidden], env=watched, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.startswith("opened: socket.")) == (CAUGHT, True), done.stderr


# ---- cut off: a network namespace with nothing in it, whose kernel counts what any code, native too, tries to send


@pytest.fixture(scope="module")
def isolated() -> list[str]:
    """The words before a command that put it into an empty network namespace.

    Skipped where there is no ``unshare``, or where the machine forbids it: Python's sockets are watched all the same.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare on this machine: only Python's sockets are watched")
    for flags in ("-rn", "-n"):
        tried = subprocess.run([unshare, flags, "true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return [unshare, flags]
    pytest.skip(f"this machine allows no network namespace: {tried.stderr.strip()}")


def cut_off(isolated: list[str], command: list[str]) -> tuple[subprocess.CompletedProcess[str], int]:
    """Run a command in an empty namespace of its own; also how often anything in it tried to send by IPv4."""
    script = '"$@"; status=$?; grep ^Ip: /proc/self/net/snmp >&2; exit $status'
    done = subprocess.run(
        [*isolated, "sh", "-c", script, "sh", *command],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    names, counts = (line.split() for line in done.stderr.splitlines()[-2:])
    return done, int(counts[names.index("OutNoRoutes")])


def test_building_and_asking_without_a_network(isolated: list[str], tmp_path: Path) -> None:
    for command in commands(tmp_path / "store"):
        done, attempts = cut_off(isolated, command)
        assert (done.returncode, attempts) == (0, 0), done.stderr
    assert_answered(done.stdout)


@pytest.mark.parametrize("line", TRY[:2])
def test_the_namespace_counts_what_is_tried(isolated: list[str], line: str) -> None:
    done, attempts = cut_off(isolated, [sys.executable, "-c", line])
    assert (done.returncode, attempts) == (1, 1)
    assert "unreachable" in done.stderr
