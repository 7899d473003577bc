"""``kg queries``: the catalogue of saved questions."""

from __future__ import annotations

import click

from kg.queries import SavedQuery, catalogue, find


@click.command("queries")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List the saved questions, or show the one called NAME with its parameters and text 现成问题."""
    if name is None:
        width = max(len(key) for key in catalogue())
        for query in catalogue().values():
            click.echo(f"{query.name:{width}}  {query.question_zh} {query.question_en}")
        return
    click.echo(describe(find(name)))


def describe(query: SavedQuery) -> str:
    """A saved question in words, with its parameters and text."""
    lines = [query.name, f"{query.title_zh} / {query.title_en}", query.question_zh, query.question_en]
    for parameter in query.parameters:
        kind = f"{parameter.kind}:{parameter.cls}" if parameter.cls else parameter.kind
        default = f" (default {parameter.default})" if parameter.default else ""
        lines.append(f"  -p {parameter.name}={kind}{default}  {parameter.label_zh} / {parameter.label_en}")
    return "\n".join([*lines, "", query.text])
