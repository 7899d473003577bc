"""``kg infer``: make the inferred graph anew, or compare it with the oracle's."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import store_option
from kg.cli.wording import say
from kg.ingest import InferenceReport, Ingestion, compare_with_oracle
from kg.store import open_store


@click.command("infer")
@click.option("--engine", type=click.Choice(["regpol", "owlrl"]), default="regpol", show_default=True)
@store_option
def command(engine: str, store: Path) -> None:
    """Infer anew from all asserted facts 推理, and say how much each rule concludes.

    With --engine owlrl the OWL closure is computed by owlrl, in a process of its own and without writing, and
    compared with ours: exit status 1 where they differ.
    """
    if engine == "owlrl":
        with open_store(store) as view:
            ours, theirs = compare_with_oracle(view)
        click.echo(f"closure: {len(ours)} triples by regpol, {len(theirs)} by owlrl")
        if ours != theirs:
            click.echo(
                f"they differ: {len(ours - theirs)} only by regpol, {len(theirs - ours)} only by owlrl"
            )
            raise SystemExit(1)
        click.echo("they are equal")
        return
    with open_store(store, write=True) as opened:
        click.echo(_text(Ingestion(opened).infer()))


def _text(report: InferenceReport) -> str:
    lines = [say("inferred", n=report.triples, changed=report.changed)]
    lines += [f"  {rule}: {number}" for rule, number in sorted(report.by_rule.items())]
    lines += [
        f"contradiction 矛盾: {contradiction.message('zh')} {contradiction.message('en')}"
        for contradiction in report.contradictions
    ]
    return "\n".join(lines)
