"""``kg status``: what is in the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.issues import count_issues
from kg.cli.options import store_option
from kg.cli.wording import say
from kg.errors import StoreError
from kg.ingest import bulletin_keys, title_of
from kg.namespaces import Graphs
from kg.store import View, open_store
from kg.store.disk import exists

_COUNTS = """PREFIX rp: <https://w3id.org/regpol/ns#>
SELECT (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?fact) AS ?facts) {
  ?article rp:inBulletin ?bulletin . ?bulletin <http://purl.org/dc/terms/identifier> "%s" .
  OPTIONAL { ?fact rp:evidence/rp:inArticle ?article . ?fact rp:confidence ?confidence } }"""

_SIZES = "SELECT ?graph (COUNT(*) AS ?size) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@click.command("status")
@store_option
def command(store: Path) -> None:
    """Print the bulletins in the store with their keys, and the size of each layer 库中概况."""
    if not exists(store):
        raise StoreError(say("no_store", path=store))
    with open_store(store) as view:
        for line in status_lines(view, store):
            click.echo(line)


def status_lines(view: View, store: Path) -> list[str]:
    """The report, line by line."""
    lines = [say("version", n=view.version)]
    keys = bulletin_keys(view)
    lines.append(say("bulletins", n=len(keys)))
    for key in keys:
        row = next(iter(view.query(_COUNTS % key)))  # type: ignore[arg-type]
        articles, facts = (int(row[name].value) for name in ("articles", "facts"))
        lines.append(
            say(
                "status_bulletin",
                key=key,
                title=title_of(view, key),
                articles=say("articles", n=articles),
                facts=say("facts", n=facts),
                doubts=say("doubts", n=count_issues(store, key)),
            )
        )
    layers = {"article": Graphs.ARTICLE_PREFIX, "bulletin": Graphs.BULLETIN_PREFIX}
    sizes: dict[str, int] = {}
    for row in view.query(_SIZES):  # type: ignore[union-attr]
        graph, size = row["graph"].value, int(row["size"].value)
        name = next((layer for layer, prefix in layers.items() if graph.startswith(prefix)), None)
        name = name or graph.split("/graph/", 1)[-1]
        if name != "system":
            sizes[name] = sizes.get(name, 0) + size
    lines.append(say("triples"))
    lines += [f"  {name}: {size:,}" for name, size in sorted(sizes.items())]
    return lines
