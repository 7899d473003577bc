"""``kg explain``: why a triple holds, down to the sentences."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pyoxigraph import Triple

from kg.cli.options import output_option, store_option
from kg.cli.output import write_text
from kg.reasoning import FORMS, LANGUAGES, StoreLookup, explanations, labeller, to_json
from kg.search import find_node, find_property, find_term
from kg.store import open_store


@click.command("explain")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
@click.option("--all", "every", is_flag=True, help="Every ground, not only the shortest. 列出全部依据。")
@output_option
@store_option
def command(
    subject: str, predicate: str, object_: str, form: str, lang: str, every: bool, output: str, store: Path
) -> None:
    """Explain why SUBJECT PREDICATE OBJECT holds 推理依据: rules and premises, and at the leaves quotes.

    Each may be an IRI, a CURIE (rp:cooperatesWith) or a name (上海市); an ambiguous name lists its candidates.
    A drawing (svg, mermaid) shows the shortest ground, in Chinese unless --lang is en; turtle is a graph in PROV.
    """
    with open_store(store) as view:
        triple = Triple(find_node(view, subject), find_property(view, predicate), find_term(view, object_))
        lookup = StoreLookup(view)
        trees = explanations(triple, lookup)[: None if every else 1]
        languages = LANGUAGES if lang == "both" else (lang,)
        if form == "json" and not every:
            tree = to_json(trees[0], {code: labeller(lookup, code) for code in languages})
            text = json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
        else:
            text = FORMS[form].write(trees, lookup, languages)
    write_text(text, output)
