"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.store import DEFAULT_PATH


class StorePath(click.ParamType[Path]):
    """A store's folder. URLs of SPARQL servers are told apart, since a path would lose one of their slashes."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder. Fails for a URL."""
        if str(value).startswith(("http://", "https://")):
            self.fail("a URL: this version opens stores in folders only", param, ctx)
        return Path(value)


store_option = click.option(
    "--store",
    type=StorePath(),
    default=DEFAULT_PATH,
    show_default=True,
    help="The store's folder. 图谱所在文件夹。",
)
year_option = click.option(
    "--year", type=click.IntRange(1949, 2100), help="The year that bare dates take. 未写年份的日期所属年份。"
)
output_option = click.option(
    "-o", "--output", default="-", show_default=True, help="File to write; - is standard output. 输出文件。"
)
files_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
