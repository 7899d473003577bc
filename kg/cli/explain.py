"""``kg explain``: why a triple holds, down to the sentences."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pyoxigraph import Triple

from kg.cli.options import store_option
from kg.reasoning import StoreLookup, explanations, labeller, render_text, to_json
from kg.search import find_node, find_property, find_term
from kg.store import open_store


@click.command("explain")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
@click.option("--all", "every", is_flag=True, help="Every ground, not only the shortest. 列出全部依据。")
@store_option
def command(
    subject: str, predicate: str, object_: str, form: str, lang: str, every: bool, store: Path
) -> None:
    """Explain why SUBJECT PREDICATE OBJECT holds 推理依据: rules and premises, and at the leaves quotes.

    Each may be an IRI, a CURIE (rp:cooperatesWith) or a name (上海市); an ambiguous name lists its candidates.
    """
    with open_store(store) as view:
        triple = Triple(find_node(view, subject), find_property(view, predicate), find_term(view, object_))
        lookup = StoreLookup(view)
        trees = explanations(triple, lookup)[: None if every else 1]
        if form == "json":
            found = [to_json(tree) for tree in trees]
            click.echo(json.dumps(found if every else found[0], ensure_ascii=False, indent=1))
            return
        languages = ["zh", "en"] if lang == "both" else [lang]
        texts = [render_text(tree, code, labeller(lookup, code)) for code in languages for tree in trees]
    click.echo("\n\n".join(text.rstrip("\n") for text in texts))
