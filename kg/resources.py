"""Where the project's own data stand: inside an installed wheel or beside the packages in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def data_root() -> Path:
    """The folder that holds ``ontology/`` and ``queries/``.

    In a wheel that is ``kg/_data`` (hatch force-include); in a checkout or an editable install the repository.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        if (root / "ontology").is_dir() and (root / "queries").is_dir():
            return root
    raise FileNotFoundError(f"the data folders ontology/ and queries/ are missing beside {_PACKAGE}")


def data_path(*parts: str) -> Path:
    """The path of one data file, e.g. ``data_path("ontology", "shapes.ttl")``."""
    return data_root().joinpath(*parts)
