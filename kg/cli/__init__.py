"""The command line: one module a command. It parses, calls one function and prints; nothing imports it."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from kg import __version__
from kg.cli.wording import LANGUAGES, error_line
from kg.errors import ConformanceError, RegpolError

COMMANDS = {
    "analyse": "kg.cli.analyse",
    "build": "kg.cli.build",
    "correct": "kg.cli.correct",
    "demo": "kg.cli.demo",
    "evaluate": "kg.cli.evaluate",
    "explain": "kg.cli.explain",
    "export": "kg.cli.export",
    "extract": "kg.cli.extract",
    "infer": "kg.cli.infer",
    "queries": "kg.cli.queries",
    "query": "kg.cli.query",
    "remove": "kg.cli.remove",
    "serve": "kg.cli.serve",
    "status": "kg.cli.status",
    "validate": "kg.cli.validate",
}
"""Each command and the module whose ``command`` it is. Modules are imported when asked for: pySHACL alone takes
longer to import than most commands take to run."""

_COLLECTION = (50_000, 20, 20)
"""When Python looks for cycles: a command makes hundreds of thousands of terms and hardly any cycle, and with Python's
own thresholds a tenth of a build went into looking."""


class CommandTable(click.Group):
    """A group whose commands are imported one at a time."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = importlib.import_module(module).command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Errors that a user can meet become one line on standard error and an exit status."""
        try:
            return super().invoke(ctx)
        except RegpolError as error:
            click.echo(error_line(error), err=True)
            ctx.exit(1 if isinstance(error, ConformanceError) else 2)


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of summaries and errors; else by LC_ALL or LANG. 摘要与报错的语言，默认随系统。",
)
def group(lang: str | None) -> None:
    """Regpol 区域政策知识图谱: bulletins in, a checked and reasoned graph out, each fact with its sentence.

    Exit status: 0 done; 1 the data do not conform, or a question answered no; 2 wrong use or unreadable input.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``kg``."""
    gc.set_threshold(*_COLLECTION)
    try:
        group.main(args=None if arguments is None else list(arguments), prog_name="kg", standalone_mode=True)
    except BrokenPipeError:
        # the reader of our output went away (`kg query … | head`): nothing to say, and nothing to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
