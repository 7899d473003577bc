"""The container files and the Makefile say what the project is, checked by reading them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    assert set(compose["services"]) == {"regpol"}
    found: dict[str, Any] = compose["services"]["regpol"]
    assert {volume.split(":")[0] for volume in found["volumes"]} == set(compose["volumes"])
    return found


def test_the_service_is_published_on_loopback_only(service: dict[str, Any]) -> None:
    assert service["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_carries_the_version(service: dict[str, Any]) -> None:
    assert service["image"] == f"regpol:{__version__}"


def test_the_volume_and_the_port_are_those_of_the_dockerfile(service: dict[str, Any]) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    [volume] = service["volumes"]
    assert f"VOLUME {volume.split(':')[1]}\n" in dockerfile
    assert "EXPOSE 8000\n" in dockerfile
    assert '"--store", "/data/store"' in dockerfile


def test_the_dockerfile_copies_what_the_wheel_needs() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    for folder in (*wheel["packages"], *wheel["force-include"]):
        assert re.search(rf"^COPY {folder} {folder}$", dockerfile, re.MULTILINE), folder


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for requirement in project["project"]["dependencies"]:
        name = re.match(r"[\w-]+", requirement)
        assert name is not None
        assert re.search(rf"^{name[0]}==\S+ .*\\\n +--hash=sha256:", lock, re.MULTILINE), requirement


def test_the_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__
