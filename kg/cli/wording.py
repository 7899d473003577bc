"""What the command line says, in the language of its user: a table (``messages.tsv``), never words in the code.

Chinese is spoken with ``--lang zh``, or where LC_ALL, LC_MESSAGES or LANG begins with zh; else English, with the
Chinese terms beside.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import click

from kg.errors import RegpolError

LANGUAGES: Final = ("zh", "en")
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """``zh`` or ``en``: what --lang of the command that runs says, else the locale. English where no command runs."""
    context = click.get_current_context(silent=True)
    if context is None:
        return "en"
    given = context.find_root().params.get("lang")
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return given or ("zh" if locale.startswith("zh") else "en")


def say(message: str, *, n: int | None = None, **blanks: object) -> str:
    """The message under a key with its blanks filled; ``n`` also chooses between one and many.

    Raises KeyError for a key that is not in the table.
    """
    words = _messages()[message][LANGUAGES.index(language())]
    one, bar, many = words.partition("|")
    return (many if bar and n != 1 else one).format(n=n, **blanks)


def either(zh: str, en: str) -> str:
    """A message that comes in both languages: the Chinese one alone for who reads Chinese, else both."""
    return zh if language() == "zh" else f"{zh} {en}"


def error_line(error: RegpolError) -> str:
    """An error as the one line that a user meets."""
    keys = (f"error {cls.__name__}" for cls in type(error).__mro__)
    return f"kg: {say(next(key for key in keys if key in _messages()), error=error)}"


@cache
def _messages() -> dict[str, tuple[str, str]]:
    text = (files("kg.cli") / "messages.tsv").read_text("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["key"]: (row["zh"], row["en"]) for row in rows}
