"""Linking: what can be said only once all facts of an article are found. A pact holds the measures its agreement sets out."""

from __future__ import annotations

from kg.model import CooperationFact, Facts, MeasureFact


def link(facts: Facts) -> Facts:
    """The same facts with ``measures`` of each cooperation filled in; pure, and idempotent."""
    linked = [_with_measures(fact, facts.measures) for fact in facts.cooperations]
    return facts.model_copy(update={"cooperations": linked})


def _with_measures(pact: CooperationFact, measures: list[MeasureFact]) -> CooperationFact:
    """Measures set out in the agreement, and those inside the pact's own quote.

    A jointly issued document is no pact about its measures: these already stand under the document.
    """
    found = [
        measure.id
        for measure in measures
        if (pact.kind != "joint_issuance" and pact.agreement and measure.document == pact.agreement)
        or (measure.type == "cooperation_agreement" and _overlaps(measure, pact))
    ]
    return pact.model_copy(update={"measures": found})


def _overlaps(a: MeasureFact, b: CooperationFact) -> bool:
    return a.start < b.end and b.start < a.end
