"""``kg validate``: check what is in the store against the shapes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import click

from kg.cli.options import output_option, store_option
from kg.cli.output import write_text
from kg.ingest import store_batch
from kg.store import open_store
from kg.validation import ValidationReport, validate


@click.command("validate")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "turtle"]), default="text", show_default=True
)
@output_option
@store_option
def command(form: str, output: str, store: Path) -> None:
    """Validate the facts and entities of the store with SHACL 校验.

    Exit status 1 where there are violations; warnings tell what is unknown.
    """
    with open_store(store) as view:
        report = validate(store_batch(view))
    write_text(_WRITERS[form](report), output)
    if report.violations:
        sys.exit(1)


def _text(report: ValidationReport) -> str:
    lines = [f"conforms: {'no' if report.violations else 'yes'}"]
    for name, results in (("violation 校验问题", report.violations), ("warning 待核", report.warnings)):
        lines.append(f"{len(results)} x {name}")
        counts = Counter((result.message_zh, result.message_en) for result in results)
        for (zh, en), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            example = next(result for result in results if result.message_en == en)
            lines.append(f"  {number} x {zh} / {en}  e.g. {example.focus_node}")
    return "\n".join(lines) + "\n"


def _json(report: ValidationReport) -> str:
    results = [
        {
            "severity": result.severity,
            "focusNode": str(result.focus_node),
            "path": str(result.path) if result.path else None,
            "value": str(result.value) if result.value is not None else None,
            "sourceShape": str(result.source_shape),
            "component": str(result.component),
            "message": {"zh": result.message_zh, "en": result.message_en},
        }
        for result in (*report.violations, *report.warnings)
    ]
    return (
        json.dumps({"conforms": not report.violations, "results": results}, ensure_ascii=False, indent=1)
        + "\n"
    )


_WRITERS = {"text": _text, "json": _json, "turtle": ValidationReport.to_turtle}
