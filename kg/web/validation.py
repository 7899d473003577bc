"""The validation report as a page that stands alone: no style sheet, no script, nothing to fetch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from kg.web.rendering import environment


def validation_page(
    conforms: bool, violations: int, warnings: int, groups: Sequence[Mapping[str, Any]]
) -> str:
    """The page of a report; each group has article, severity, label, message, remedy (zh, en) and sentences.

    A sentence is what stands before, at and after the place.
    """
    articles = [(title, list(found)) for title, found in groupby(groups, key=lambda group: group["article"])]
    template = environment().get_template("validation.html")
    return template.render(conforms=conforms, violations=violations, warnings=warnings, articles=articles)
