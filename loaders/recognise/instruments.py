"""The instrument of a measure: weighted cues, the words near the end of the clause (what is done) above those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

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
def _cues() -> dict[str, tuple[tuple[str, Scores], ...]]:
    """The cues by their first character, the longest first: faster than one pattern of a thousand words."""
    weights: dict[str, Scores] = {}
    for row in read_table("measure_cues"):
        weights.setdefault(row["cue"], {})[row["type"]] = float(row["weight"])
    index: dict[str, list[tuple[str, Scores]]] = {}
    for cue in sorted(weights, key=lambda word: (-len(word), word)):
        index.setdefault(cue[0], []).append((cue, weights[cue]))
    return {first: tuple(group) for first, group in index.items()}


@lru_cache(maxsize=512)
def score(clause: str) -> Mapping[str, float]:
    """How much each instrument speaks from one clause (folded text). Of several cues for one instrument the second
    counts half, the third a quarter and so on, so that a long list of things does not outweigh what is done to them."""
    index = _cues()
    found: defaultdict[str, list[float]] = defaultdict(list)
    length, last_de = len(clause), clause.rfind("的")
    at = 0
    while at < length:
        cue = next((pair for pair in index.get(clause[at], ()) if clause.startswith(pair[0], at)), None)
        if cue is None:
            at += 1
            continue
        end = at + len(cue[0])
        factor = 1 + _POSITION * end / length
        factor *= _AT_END if end >= length - 1 else 1.0
        factor *= _IN_MODIFIER if at < last_de < length - 3 else 1.0
        for instrument, weight in cue[1].items():
            found[instrument].append(weight * factor)
        at = end
    return {
        instrument: sum(weight * _REPEATED**rank for rank, weight in enumerate(sorted(weights, reverse=True)))
        for instrument, weights in found.items()
    }


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
