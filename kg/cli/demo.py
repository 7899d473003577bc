"""``kg demo``: build the sample bulletin and serve it, for a first look."""

from __future__ import annotations

from collections.abc import Generator
from importlib.resources import as_file, files
from pathlib import Path

import click

from kg.cli.build import build, echoed
from kg.cli.serve import host_option, port_option, serve
from kg.errors import InputError


@click.command("demo")
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("demo-store"),
    show_default=True,
    help="The folder for the sample's store. 样例图谱所在文件夹。",
)
@host_option
@port_option
def command(store: Path, host: str, port: int) -> None:
    """Build the sample bulletin and serve it 读入样例简报并启动服务."""
    echoed(build_sample(store))
    serve(store, host, port)


def build_sample(store: Path, *, quiet: bool = False) -> Generator[str, None, int]:
    """Build the bulletins that come with the package into the store; the summary, line by line."""
    with as_file(files("loaders") / "samples") as folder:
        paths = sorted(folder.glob("*.txt"))
        if not paths:
            raise InputError("the package holds no sample bulletin")
        return (yield from build(paths, store, quiet=quiet))
