"""``kg analyse``: what the shape of the graph says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
from pyoxigraph import Literal

from kg.analysis import NETWORKS, NOTE_EN, NOTE_ZH, Measure, Report, find_analysis
from kg.analysis.measures import Cell
from kg.cli.dates import as_of_option
from kg.cli.options import output_option, store_option
from kg.cli.output import write_text
from kg.cli.wording import say
from kg.namespaces import ID, compact
from kg.sparql.evaluation import Solutions
from kg.sparql.tabular import table
from kg.store import open_store

SHOWN = 20
"""How many rows of each measure the table shows."""


@click.command("analyse")
@click.argument("name")
@click.option(
    "--network",
    type=click.Choice(list(NETWORKS)),
    default="region",
    show_default=True,
    help="Which ties. 联系的网络。",
)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of tie, repeatable. 只看该类联系。"
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--all", "every", is_flag=True, help=f"All rows, not only the first {SHOWN} of each table. 全部列出。"
)
@as_of_option
@output_option
@store_option
def command(
    name: str,
    network: str,
    kinds: tuple[str, ...],
    form: str,
    every: bool,
    as_of: date | None,
    output: str,
    store: Path,
) -> None:
    """Run the analysis NAME 分析: `network` gives components, degree, betweenness, communities, bridges and brokers.

    The network of regions ties regions that cooperate, themselves or through their public bodies; that of actors ties
    the parties. Kinds of tie: agreement, alliance, joint_issuance, mutual_recognition, shared_service, pairing,
    joint_platform, other. JSON has all rows. With --as-of a cooperation counts where all of its stated date had passed
    by that day, or where an article of that time tells of it; undated ones do not count.
    """
    analysis = find_analysis(name)
    with open_store(store) as view:
        report = analysis(view, network, kinds or None, as_of)
    if form == "json":
        write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n", output)
    else:
        write_text(render(report, None if every else SHOWN), output)


def render(report: Report, shown: int | None) -> str:
    """The report as tables, each of at most ``shown`` rows."""
    kinds = ", ".join(f"{kind.label} {kind.key}" for kind in report.network.kinds)
    lines = [
        f"{report.network.name} network: {len(report.network.nodes)} nodes 节点",
        *([f"as of 截至: {report.as_of.isoformat()}"] if report.as_of else []),
        f"kinds of tie looked at 所看联系类型: {kinds}",
        NOTE_ZH,
        NOTE_EN,
    ]
    return "\n".join(lines) + "\n" + "".join(_section(measure, shown) for measure in report.measures)


def _section(measure: Measure, shown: int | None) -> str:
    head = f"\n## {measure.zh} {measure.en}\n{measure.note_zh} {measure.note_en}\n"
    if not measure.rows:
        return f"{head}(none 无)\n"
    rows = tuple(tuple(_term(cell) for cell in row) for row in measure.rows[:shown])
    text = table(Solutions(tuple(f"{column.zh} {column.en}" for column in measure.columns), rows))
    left = len(measure.rows) - len(rows)
    return head + text + (say("more_rows", n=left) + "\n" if left else "")


def _term(cell: Cell) -> Literal | None:
    if cell is None:
        return None
    parts = cell if isinstance(cell, tuple) else (str(cell),)
    return Literal("; ".join(compact(part) if part.startswith(ID) else part for part in parts))
