"""The option ``--as-of``: a question or an analysis asked as of a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click


class Day(click.ParamType[date]):
    """A day written 2020-08-31. Fails for anything else, days that no calendar has included."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        day = value if isinstance(value, date) else _read(str(value))
        if day is None:
            self.fail(f"a date like 2020-08-31 is wanted, not {value!r}", param, ctx)
        return day


def _read(value: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="Only what held by that day, like 2020-08-31. 截至某日。"
)
