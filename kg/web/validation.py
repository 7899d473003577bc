"""The validation report as a page that stands alone: no style sheet, no script, nothing to fetch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from kg.web.rendering import environment


def validation_page(
    conforms: bool, violations: int, warnings: int, groups: Sequence[Mapping[str, Any]]
) -> str:
    """The page of a report; each group has article, severity, label, message, remedy (zh, en) and sentences.

    In a sentence the place is marked by 【 and 】.
    """
    articles = [
        (title, [{**group, "sentences": [_marked(s) for s in group["sentences"]]} for group in found])
        for title, found in groupby(groups, key=lambda group: group["article"])
    ]
    template = environment().get_template("validation.html")
    return template.render(conforms=conforms, violations=violations, warnings=warnings, articles=articles)


def _marked(sentence: str) -> Markup:
    """The sentence, escaped, with the marked place as a mark element."""
    return Markup(re.sub("【(.*)】", r"<mark>\1</mark>", str(escape(sentence)), count=1, flags=re.DOTALL))
