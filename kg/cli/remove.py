"""``kg remove``: take bulletins out of the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.issues import forget_issues
from kg.cli.options import store_option
from kg.cli.wording import say
from kg.ingest import Ingestion, renew_base
from kg.store import open_store


@click.command("remove")
@click.argument("keys", nargs=-1, required=True)
@store_option
def command(keys: tuple[str, ...], store: Path) -> None:
    """Remove the bulletins KEYS, as kg status prints them 移除简报."""
    renew_base(store)
    with open_store(store, write=True) as opened:
        ingestion = Ingestion(opened)
        for key in keys:
            ingestion.require(key)
        for key in dict.fromkeys(keys):
            outcome = ingestion.remove(key)
            forget_issues(store, key)
            click.echo(
                say(
                    "removed",
                    key=key,
                    inferred=outcome.inferred,
                    withdrawn=outcome.withdrawn,
                    version=outcome.version,
                )
            )
