"""The wheel holds the data and finds them without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_installed_wheel_finds_its_data(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("regpol-*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    script = (
        "import kg, sys; from pathlib import Path; from kg.resources import data_root; from kg.queries import catalogue;"
        "from kg.cli.demo import build_sample; from kg.validation import shapes_graph;"
        "assert Path(kg.__file__).is_relative_to(sys.argv[1]), kg.__file__;"
        "assert data_root() == Path(sys.argv[1]) / 'kg' / '_data', data_root();"
        "assert len(catalogue()) >= 25 and len(shapes_graph()) > 100;"
        "print(*build_sample(Path(sys.argv[1]) / 'store', quiet=True), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(site)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "19 articles" in done.stdout
