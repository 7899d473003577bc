"""The option ``--as-of``: a question or an analysis asked as of a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from kg.cli.wording import say


class Day(click.ParamType[date]):
    """A day written 2020-08-31. Fails for anything else, days that no calendar has included."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            self.fail(f"a date like 2020-08-31 is wanted, not {value!r}", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(say("impossible_date", day=value), param, ctx)


as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="Only what held by that day, like 2020-08-31. 截至某日。"
)
