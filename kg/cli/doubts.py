"""What a build tells of its doubts: by article and sentence, a few lines; the rest stands in the store."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.cli.wording import either, say
from kg.issues import Issue
from loaders.read import BulletinText
from loaders.reading import SENTENCE_END

LINES = 15
"""How many lines the list has at most, its head and the line that tells of more not counted."""

_RANK = {"violation": 0, "warning": 1, "info": 2}
_AROUND = 24  # characters of its sentence shown on either side of the place
_PLACE = 36  # characters of the place itself


@dataclass(frozen=True)
class _Doubt:
    severity: str
    code: str
    bulletin: str
    article: str | None
    line: str


@dataclass
class DoubtList:
    """Collects the doubts of the bulletins of one build; of each sort it keeps only as many as it could show."""

    _kept: list[_Doubt] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, text: BulletinText, issues: Iterable[Issue]) -> None:
        """Take in what one bulletin left in doubt."""
        contents: defaultdict[str, list[str]] = defaultdict(list)
        for article, _ in text.articles:
            contents[article.title].append(article.content)
        for issue in issues:
            self._counts[issue.code] += 1
            if self._counts[issue.code] <= LINES:
                line = _told(issue, contents.get(issue.article or "", []))
                self._kept.append(_Doubt(issue.severity, issue.code, text.key, issue.article, line))

    def lines(self, store: Path) -> list[str]:
        """The list: the gravest first, then the sorts with the fewest, so that none hides the others."""
        if not self._kept:
            return []
        chosen = self._chosen()
        lines = [say("doubts_head", n=self._counts.total())]
        for heading, doubts in chosen.items():
            lines += [heading, *(f"  - {doubt.line}" for doubt in doubts)]
        more = self._counts.total() - sum(map(len, chosen.values()))
        if more:
            lines.append(say("doubts_more", n=more, folder=store / "issues", store=shlex.quote(str(store))))
        return lines

    def _chosen(self) -> dict[str, list[_Doubt]]:
        """The doubts to show under the headings of their articles, both in the order of reading."""
        order = {id(doubt): place for place, doubt in enumerate(self._kept)}
        ranked = sorted(self._kept, key=lambda d: (_RANK[d.severity], self._counts[d.code], order[id(d)]))
        taken: list[_Doubt] = []
        headings: set[str] = set()
        for doubt in ranked:
            if len(taken) + 1 + len(headings | {_heading(doubt)}) > LINES:
                break
            taken.append(doubt)
            headings.add(_heading(doubt))
        found: dict[str, list[_Doubt]] = {}
        for doubt in sorted(taken, key=lambda d: order[id(d)]):
            found.setdefault(_heading(doubt), []).append(doubt)
        return found


def _heading(doubt: _Doubt) -> str:
    return f"{doubt.bulletin}: {doubt.article}" if doubt.article else doubt.bulletin


def _told(issue: Issue, contents: list[str]) -> str:
    """The sentence with the place marked, and what is unclear in both languages."""
    said = either(issue.message_zh, issue.message_en)
    if not issue.quote:
        return said
    for content in contents:
        start = content.find(issue.quote) if issue.start is None else issue.start
        if start >= 0 and content.startswith(issue.quote, start):
            return f"{marked(content, start, start + len(issue.quote))} {said}"
    return f"“{_short(issue.quote)}” {said}"


def marked(content: str, start: int, end: int) -> str:
    """The sentence around a span with the span in 【】."""
    before, place, after = around(content, start, end)
    return f"{before}【{place}】{after}"


def around(content: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around a span: before, the span, after; what is long is cut, with … for what is left out."""
    first = max(content.rfind(mark, 0, start) for mark in SENTENCE_END) + 1
    last = min((at for mark in SENTENCE_END if (at := content.find(mark, end)) >= 0), default=len(content))
    before, after = content[first:start].lstrip(), content[end:last].rstrip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return before, _short(content[start:end]), after


def _short(place: str) -> str:
    whole = place.replace("\n", " ")
    half = _PLACE // 2
    return whole if len(whole) <= _PLACE else f"{whole[:half]}…{whole[-half:]}"
