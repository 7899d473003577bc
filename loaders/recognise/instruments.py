"""The instrument of a measure: weighted cues, the words near the end of the clause (what is done) above those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from loaders.lexicon import read_table

_POSITION = 0.5
_AT_END = 1.3
_IN_MODIFIER = 0.7
_OF_ARTICLE = 1.5
_OF_NEIGHBOUR = 0.1
_REPEATED = 0.5
DEFAULT = "governance_mechanism"

Scores = dict[str, float]


@cache
def _cues() -> tuple[AhoCorasick, tuple[Scores, ...]]:
    """The cues in an automaton that finds the longest ones from the left, and what each speaks for."""
    weights: dict[str, Scores] = {}
    for row in read_table("measure_cues"):
        weights.setdefault(row["cue"], {})[row["type"]] = float(row["weight"])
    return AhoCorasick(weights, matchkind=MatchKind.LeftmostLongest), tuple(weights.values())


@lru_cache(maxsize=512)
def score(clause: str) -> Mapping[str, float]:
    """How much each instrument speaks from one clause (folded text). Of several cues for one instrument the second
    counts half, the third a quarter and so on, so that a long list of things does not outweigh what is done to them."""
    automaton, speaks = _cues()
    found: defaultdict[str, list[float]] = defaultdict(list)
    length, last_de = len(clause), clause.rfind("的")
    for cue, at, end in automaton.find_matches_as_indexes(clause):
        factor = 1 + _POSITION * end / length
        factor *= _AT_END if end >= length - 1 else 1.0
        factor *= _IN_MODIFIER if at < last_de < length - 3 else 1.0
        for instrument, weight in speaks[cue].items():
            found[instrument].append(weight * factor)
    return {
        instrument: weights[0] if len(weights) == 1 else _fading(weights)
        for instrument, weights in found.items()
    }


def _fading(weights: list[float]) -> float:
    """The sum of several weights, the highest whole, the next one half, and so on."""
    return sum([weight * _REPEATED**rank for rank, weight in enumerate(sorted(weights, reverse=True))])


def classify(clauses: list[str]) -> list[str]:
    """The instrument of each clause of one article, in order; the clauses beside it and the whole article weigh in a
    little."""
    scores = [score(clause) for clause in clauses]
    article: defaultdict[str, float] = defaultdict(float)
    for one in scores:
        for instrument, weight in one.items():
            article[instrument] += weight
    whole = sum(article.values()) or 1.0
    found = []
    for place, one in enumerate(scores):
        mixed = {key: one.get(key, 0.0) + _OF_ARTICLE * weight / whole for key, weight in article.items()}
        for beside in (*scores[max(0, place - 1) : place], *scores[place + 1 : place + 2]):
            for instrument, weight in beside.items():
                mixed[instrument] += _OF_NEIGHBOUR * weight
        found.append(max(sorted(mixed), key=lambda key: mixed[key]) if mixed else DEFAULT)
    return found
