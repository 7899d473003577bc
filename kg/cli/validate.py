"""``kg validate``: check what is in the store against the shapes, and say where, what is wrong and what to do."""

from __future__ import annotations

import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from pyoxigraph import NamedNode
from rdflib import URIRef

from kg.cli.doubts import around
from kg.cli.options import output_option, store_option
from kg.cli.output import write_text
from kg.cli.wording import either, say
from kg.ingest import Place, first_place, store_batch
from kg.mapping.terms import node
from kg.namespaces import RP, SHAPE, short
from kg.store import View, open_store
from kg.validation import ValidationReport, ValidationResult, remedy
from kg.web.validation import validation_page

_ENGINES = {"compiled": "kg.validation.processor", "pyshacl": "kg.validation.reference"}
"""The modules whose ``validate`` does it; pySHACL is imported where it is asked for."""
_APPLIES_IN, _PLACED = node(RP.appliesIn), URIRef(SHAPE + "Measure-placed")
_SEVERITIES = {"violation": "校验问题 violation", "warning": "待核 warning", "info": "说明 info"}


@click.command("validate")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle", "html"]),
    default="text",
    show_default=True,
)
@click.option(
    "--engine",
    type=click.Choice([*_ENGINES]),
    default="compiled",
    show_default=True,
    help="What runs the shapes: their compiled form, or pySHACL (the same results, slower). 校验引擎。",
)
@output_option
@store_option
def command(form: str, engine: str, output: str, store: Path) -> None:
    """Validate the facts and entities of the store with SHACL 校验.

    By article: the sentence with the place marked, what is wrong, what to do. Exit status 1 where there are violations;
    warnings tell what is unknown. Turtle is the standard report, with warnings that a rule has settled since; the other
    forms leave these out.
    """
    with open_store(store) as view:
        report = importlib.import_module(_ENGINES[engine]).validate(store_batch(view))
        write_text(_WRITERS[form](report, view), output)
    if report.violations:
        sys.exit(1)


@dataclass(frozen=True)
class _Finding:
    """A result and the place of its node in a text."""

    result: ValidationResult
    place: Place | None

    @property
    def article(self) -> str:
        return self.place.title if self.place else ""

    @property
    def sentence(self) -> tuple[str, str, str]:
        """The sentence before, at and after the place; the node's key alone where it stands in no text."""
        place = self.place
        if place is None or not place.quote:
            return short(str(self.result.focus_node)), "", ""
        return around(place.content, place.start, place.end)

    @property
    def words(self) -> str:
        """The sentence with the place in 【】."""
        before, place, after = self.sentence
        return f"{before}【{place}】{after}" if place else before


def _findings(report: ValidationReport, view: View) -> Iterator[_Finding]:
    """The results with their places, but for doubts that a rule has settled since (marked as such everywhere)."""
    places: dict[str, Place | None] = {}
    for result in report.results:
        focus = str(result.focus_node)
        if result.source_shape == _PLACED and any(view.quads(NamedNode(focus), _APPLIES_IN)):
            continue
        if focus not in places:
            known = isinstance(result.focus_node, URIRef)
            places[focus] = first_place(view, NamedNode(focus)) if known else None
        yield _Finding(result, places[focus])


def _in_order(report: ValidationReport, view: View) -> list[_Finding]:
    """By article, in reading order; the violations of an article first."""

    def order(found: _Finding) -> tuple[bool, str, int, str, int, str]:
        result, place = found.result, found.place
        rank = [*_SEVERITIES].index(result.severity)
        at = (place is None, place.article if place else "", rank, str(result.source_shape))
        return *at, place.start if place else 0, str(result.focus_node)

    return sorted(_findings(report, view), key=order)


def _text(report: ValidationReport, view: View) -> str:
    findings = _in_order(report, view)
    violations, warnings = _counts(findings)
    lines = [
        say(
            "validated",
            yes=say("validated_yes" if report.conforms else "validated_no"),
            violations=say("violations_both", n=violations),
            warnings=say("warnings", n=warnings),
        )
    ]
    article = None
    for group in _alike(findings):
        first = group[0]
        if first.article != article:
            article = first.article
            lines += ["", article or say("not_in_text")]
        result, (zh, en) = first.result, remedy(first.result)
        lines.append(
            f"  {say(f'severity {result.severity}')}: {either(result.message_zh, result.message_en)}"
        )
        lines += [f"    {found.words}" for found in group]
        lines.append(f"    → {either(zh, en)}")
    return "\n".join(lines) + "\n"


def _counts(findings: Sequence[_Finding]) -> tuple[int, int]:
    severities = [found.result.severity for found in findings]
    return severities.count("violation"), severities.count("warning")


def _alike(findings: Sequence[_Finding]) -> Iterator[list[_Finding]]:
    """The findings of one article and check together, in the order of the first."""
    groups: dict[tuple[str, str, str], list[_Finding]] = defaultdict(list)
    for found in findings:
        at = found.place.article if found.place else ""
        groups[at, str(found.result.source_shape), str(found.result.component)].append(found)
    yield from groups.values()


def _json(report: ValidationReport, view: View) -> str:
    results = [_entry(found) for found in _findings(report, view)]
    return json.dumps({"conforms": report.conforms, "results": results}, ensure_ascii=False, indent=1) + "\n"


def _entry(found: _Finding) -> dict[str, object]:
    result, place = found.result, found.place
    zh, en = remedy(result)
    return {
        "severity": result.severity,
        "focusNode": str(result.focus_node),
        "path": str(result.path) if result.path else None,
        "value": str(result.value) if result.value is not None else None,
        "sourceShape": str(result.source_shape),
        "component": str(result.component),
        "message": {"zh": result.message_zh, "en": result.message_en},
        "remedy": {"zh": zh, "en": en},
        "article": place and {"iri": place.article, "title": place.title},
        "quote": place and {"text": place.quote, "start": place.start, "end": place.end},
    }


def _turtle(report: ValidationReport, _: View) -> str:
    return report.to_turtle()


def _html(report: ValidationReport, view: View) -> str:
    findings, groups = _in_order(report, view), []
    for group in _alike(findings):
        first, (zh, en) = group[0], remedy(group[0].result)
        groups.append(
            {
                "article": first.article,
                "severity": first.result.severity,
                "label": _SEVERITIES[first.result.severity],
                "message": (first.result.message_zh, first.result.message_en),
                "remedy": (zh, en),
                "sentences": [found.sentence for found in group],
            }
        )
    return validation_page(report.conforms, *_counts(findings), groups)


_WRITERS: dict[str, Callable[[ValidationReport, View], str]] = {
    "text": _text,
    "json": _json,
    "turtle": _turtle,
    "html": _html,
}
