"""``kg export``: the graph, its facts or its networks as a file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.analysis import NETWORKS
from kg.cli.options import output_option, store_option
from kg.cli.output import write_bytes
from kg.exports import EXPORTS, Options
from kg.store import open_store

_FORMATS = "\b\n" + "\n".join(f"{name:8} {found.zh} {found.en}" for name, found in EXPORTS.items())


@click.command("export", epilog=_FORMATS)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(EXPORTS)))
@output_option
@click.option(
    "--network",
    type=click.Choice(list(NETWORKS)),
    help="The network to write (default region). 要导出的网络。",
)
@click.option("--with-text", is_flag=True, help="With the texts of the articles. 附文章全文。")
@store_option
def command(form: str, output: str, network: str | None, with_text: bool, store: Path) -> None:
    """Write the store's content in FORMAT 导出: nquads, xlsx, gexf or graphml.

    The same content gives the same bytes. --network goes with gexf and graphml, --with-text with nquads.
    """
    export = EXPORTS[form]
    given = {"network": network is not None, "with_text": with_text}
    for name in sorted(name for name, is_given in given.items() if is_given and name not in export.heeds):
        raise click.UsageError(f"--{name.replace('_', '-')} does not go with {form}")
    with open_store(store) as view:
        data = export.write(view, Options(with_text=with_text, network=network or "region"))
    write_bytes(data, output)
