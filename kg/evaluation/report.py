"""Everything that is measured of a reader on annotated articles, in one object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.bootstrap import RESAMPLES, Intervals, bootstrap
from kg.evaluation.matching import Item, Rule, match, pair_articles
from kg.evaluation.reliability import Judged, Reliability, reliability
from kg.evaluation.scores import Evaluation, kind_scores, tally_article
from kg.model import GUIDE_KINDS

_IN_REPOSITORY = re.compile(r"([\w.\-]+/[\w.\-]+)\s")
"""``owner/name path``: articles of one repository are of one source, whatever file they stood in."""

_UNKNOWN = "?"


@dataclass(frozen=True)
class Scored:
    """Scores with their 95 % intervals."""

    scores: Evaluation
    intervals: Intervals


@dataclass(frozen=True)
class Report:
    """The scores under each rule and by source, the confusion of instruments, and the reliability of confidences.

    ``by_source`` holds the overlap rule. ``confusion`` counts the matched measures by annotated and found instrument.
    ``reliability`` is of all facts, ``by_kind`` of those of each kind that was found.
    """

    rules: Mapping[Rule, Scored]
    by_source: Mapping[str, Scored]
    confusion: Mapping[tuple[str, str], int]
    reliability: Reliability
    by_kind: Mapping[str, Reliability]

    @property
    def headline(self) -> Scored:
        """The scores under the overlap rule."""
        return self.rules[Rule.OVERLAP]


Pair = tuple[Item, Item]
"""A found article and the annotated one."""


def measure(found: Sequence[Item], gold: Sequence[Item], *, resamples: int = RESAMPLES) -> Report:
    """Measure the found articles against the annotated ones, which are paired by title."""
    pairs = pair_articles(found, gold)
    extra = len(found) - sum(bool(ours.get("title")) for ours, _ in pairs)
    judged = {kind: _judged(kind, pairs) for kind in GUIDE_KINDS}
    sources: dict[str, list[Pair]] = {}
    for pair in pairs:
        sources.setdefault(source_of(pair[1]), []).append(pair)
    return Report(
        rules={rule: _scored(pairs, rule, resamples, extra) for rule in Rule},
        by_source={
            source: _scored(sources[source], Rule.OVERLAP, resamples, 0) for source in sorted(sources)
        },
        confusion=_confusion(pairs),
        reliability=reliability(fact for facts in judged.values() for fact in facts),
        by_kind={kind: reliability(facts) for kind, facts in judged.items() if facts},
    )


def source_of(article: Item) -> str:
    """The source of an article: its ``source``, or the repository alone where that is ``owner/name path``."""
    source = str(article.get("source") or _UNKNOWN)
    repository = _IN_REPOSITORY.match(source)
    return repository[1] if repository else source


def _scored(pairs: Sequence[Pair], rule: Rule, resamples: int, extra: int) -> Scored:
    tallies = [tally_article(ours, theirs, rule) for ours, theirs in pairs]
    held = sum(bool(ours.get("title")) for ours, _ in pairs)
    scores = Evaluation(kind_scores(tallies), len(pairs), held, extra)
    return Scored(scores, bootstrap(tallies, resamples=resamples))


def _judged(kind: str, pairs: Sequence[Pair]) -> list[Judged]:
    judged = []
    for ours, theirs in pairs:
        matching = match(kind, ours, theirs)
        right = {i for i, _ in matching.pairs}
        judged += [
            (float(fact.get("confidence", 1.0)), place in right) for place, fact in enumerate(matching.found)
        ]
    return judged


def _confusion(pairs: Sequence[Pair]) -> Mapping[tuple[str, str], int]:
    counted = Counter(
        (str(theirs_fact.get("type")), str(ours_fact.get("type")))
        for ours, theirs in pairs
        for ours_fact, theirs_fact in match("measures", ours, theirs).matched
    )
    return dict(sorted(counted.items()))
