"""The year that bare dates of a bulletin take (DESIGN section 3, Input); never the clock's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Article

_FULL_DATE = re.compile(r"((?:19|20)\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_ISSUE = re.compile(r"((?:19|20)\d\d)\s*(?:年|-|\.|/)\s*(?:第|总第|\d{1,2}\s*(?:月|-|\.|/|期))")
_DEADLINE = re.compile(r"(?:到|至|截至)\s*((?:19|20)\d\d)\s*年|((?:19|20)\d\d)\s*年底")
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-－—–~～至]{1,2}\s*(?:19|20)\d\d\s*年?")


def assume_years(articles: Sequence[Article], year: int | None = None, masthead: str = "") -> list[Article]:
    """The articles with ``year`` and ``year_from`` set.

    The year is the one given, else the article's ``published``, else that of the issue in the masthead (what stands
    before the first article), else that of a full date in the bulletin, else the earliest year that is a running
    deadline or begins a plan's period; else it stays unknown.
    """
    if year is not None:
        return [article.model_copy(update={"year": year, "year_from": "given"}) for article in articles]
    common, reason = _common_year("\n".join(article.content for article in articles), masthead)
    return [_with_year(article, common, reason) for article in articles]


def _with_year(article: Article, common: int | None, reason: str | None) -> Article:
    if article.year is not None:
        return article
    if article.published:
        return article.model_copy(update={"year": int(article.published[:4]), "year_from": "published"})
    return article.model_copy(update={"year": common, "year_from": reason})


def _common_year(text: str, masthead: str) -> tuple[int | None, str | None]:
    issue = _ISSUE.search(masthead)
    if issue:
        return int(issue[1]), "the masthead"
    full = [int(match[1]) for match in _FULL_DATE.finditer(text)]
    if full:
        return max(set(full), key=lambda found: (full.count(found), found)), "a full date in the text"
    running = [int(match[1] or match[2]) for match in _DEADLINE.finditer(text)]
    running += [int(match[1]) for match in _PERIOD.finditer(text)]
    return (min(running), "the earliest deadline or plan period") if running else (None, None)
