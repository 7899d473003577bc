"""Where the language model is and how it is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import InputError

ENDPOINT, KEY, MODEL = "OPENAI_BASE_URL", "OPENAI_API_KEY", "REGPOL_LLM_MODEL"


@dataclass(frozen=True)
class Settings:
    """``timeout`` is in seconds and for one attempt; ``retries`` are attempts after the first.

    ``parallel`` is the greatest number of articles under way at once; ``cache`` a folder, made when first needed.
    """

    endpoint: str
    model: str
    key: str = field(repr=False)
    cache: Path
    parallel: int = 4
    timeout: float = 120.0
    retries: int = 5

    @classmethod
    def of(
        cls,
        endpoint: str | None = None,
        model: str | None = None,
        cache: Path | None = None,
        parallel: int = 4,
        environment: Mapping[str, str] = os.environ,
    ) -> Settings:
        """What is given, else what the environment says. There is no default endpoint: no text leaves unasked.

        Raises InputError that names all that is missing.
        """
        endpoint = endpoint or environment.get(ENDPOINT, "")
        model = model or environment.get(MODEL, "")
        key = environment.get(KEY, "")
        wanted = {
            f"--llm-endpoint or {ENDPOINT}": endpoint,
            f"--llm-model or {MODEL}": model,
            f"{KEY} (any text where the server asks for no key)": key,
        }
        missing = [name for name, value in wanted.items() if not value]
        if missing:
            raise InputError(f"the language model needs {'; '.join(missing)}")
        if not _is_web_address(endpoint):
            raise InputError(f"the endpoint of the language model is no http address: {endpoint}")
        return cls(endpoint, model, key, cache or default_cache(environment), parallel)


def _is_web_address(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def default_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """The user's cache folder for replies."""
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "regpol" / "llm"
