"""``kg serve`` and ``kg demo``: they serve a store, and say in one line why they cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.cli.demo import build_sample
from kg.cli.serve import listen
from kg.errors import InputError
from kg.store import create_store


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A ``kg`` that runs meanwhile, and the address that it prints."""
    # PYTHONUNBUFFERED: the address must come before the server ends
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = next((line for line in process.stdout if line.startswith("http://")), "")
        yield process, line.partition(" ")[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def test_it_serves_a_store_and_stops_when_told(tmp_path: Path) -> None:
    create_store(tmp_path / "store", list)
    with running("serve", "--store", str(tmp_path / "store"), "--port", "0") as (process, address):
        assert httpx.get(address + "health", trust_env=False).json()["status"] == "ok"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, -signal.SIGINT)


def test_a_missing_store_is_told_before_it_serves(tmp_path: Path) -> None:
    with running("serve", "--store", str(tmp_path / "none"), "--port", "0") as (process, address):
        assert address == ""
        assert process.wait(timeout=20) == 2
        assert process.stderr is not None
        assert process.stderr.read().count("\n") == 1


def test_a_busy_port_is_told_in_one_line(tmp_path: Path) -> None:
    create_store(tmp_path / "store", list)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with running("serve", "--store", str(tmp_path / "store"), "--port", port) as (process, _):
            assert process.wait(timeout=20) == 2
            assert process.stderr is not None
            assert process.stderr.read() == f"kg: port {port} is in use; take another one with --port\n"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(InputError, match="cannot listen on"):
        listen(host, 0)


def test_the_demo_builds_the_sample(tmp_path: Path) -> None:
    lines = list(build_sample(tmp_path / "demo-store"))
    assert "articles" in lines[0]
    with running("serve", "--store", str(tmp_path / "demo-store"), "--port", "0") as (_, address):
        assert httpx.get(address + "health", trust_env=False).json()["articles"] >= 10
