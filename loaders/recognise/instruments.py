"""The instrument of a measure: weighted cues, the words near the end of the clause (what is done) above those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from loaders.lexicon import read_table

_POSITION = 0.5
_AT_END = 1.3
_IN_MODIFIER = 0.7
_OF_ARTICLE = 1.5
_OF_NEIGHBOUR = 0.1
_REPEATED = 0.5
_LIGHT = "-"
_CLOSING = "”’）)》"
DEFAULT = "governance_mechanism"

Scores = dict[str, float]


@cache
def _cues() -> tuple[AhoCorasick, tuple[tuple[tuple[str, float], ...], ...]]:
    """The cues in an automaton that finds the longest ones from the left, and what each speaks for."""
    weights: dict[str, Scores] = {}
    for row in read_table("measure_cues"):
        weights.setdefault(row["cue"], {})[row["type"]] = float(row["weight"])
    speaks = tuple(tuple(scores.items()) for scores in weights.values())
    return AhoCorasick(weights, matchkind=MatchKind.LeftmostLongest), speaks


@lru_cache(maxsize=512)
def score(clause: str) -> Mapping[str, float]:
    """How much each instrument speaks from one clause (folded text). Of several cues for one instrument the second
    counts half, the third a quarter and so on, so that a long list of things does not outweigh what is done to them."""
    automaton, speaks = _cues()
    found: Scores = {}
    several: dict[str, list[float]] = {}
    length, last_de = len(clause), clause.rfind("的")
    modifier_end = last_de if last_de < length - 3 else -1
    for cue, at, end in automaton.find_matches_as_indexes(clause):
        factor = 1 + _POSITION * end / length
        if end >= length - 1:
            factor *= _AT_END
        if at < modifier_end:
            factor *= _IN_MODIFIER
        for instrument, weight in speaks[cue]:
            if instrument in found:
                several.setdefault(instrument, [found[instrument]]).append(weight * factor)
            else:
                found[instrument] = weight * factor
    for instrument, weights in several.items():
        found[instrument] = _fading(weights)
    return found


def _fading(weights: list[float]) -> float:
    """The sum of several weights, the highest whole, the next one half, and so on."""
    return sum([weight * _REPEATED**rank for rank, weight in enumerate(sorted(weights, reverse=True))])


@cache
def _heads() -> tuple[dict[str, Scores], int, tuple[str, ...]]:
    """What the nouns that end a clause speak for, the length of the longest, and what may stand behind them."""
    rows = read_table("measure_heads")
    heads: dict[str, Scores] = {}
    for row in rows:
        if row["type"] != _LIGHT:
            heads.setdefault(row["head"], {})[row["type"]] = float(row["weight"])
    light = sorted((row["head"] for row in rows if row["type"] == _LIGHT), key=len, reverse=True)
    return heads, max(map(len, heads)), tuple(light)


def _of_head(clause: str) -> Mapping[str, float]:
    """What the longest known noun at the end of a clause speaks for; light nouns (工作, 力度) are not its end."""
    heads, longest, light = _heads()
    end = len(clause)
    while end > 1:
        while end > 1 and clause[end - 1] in _CLOSING:
            end -= 1
        for size in range(min(longest, end), 1, -1):
            if found := heads.get(clause[end - size : end]):
                return found
        if not clause.endswith(light, 0, end):
            break
        end -= len(next(word for word in light if clause.endswith(word, 0, end)))
    return {}


@cache
def _leads() -> dict[str, Scores]:
    """What the verbs of clauses speak for."""
    leads: dict[str, Scores] = {}
    for row in read_table("measure_leads"):
        leads.setdefault(row["verb"], {})[row["type"]] = float(row["weight"])
    return leads


def _whole_score(clause: str, verb: str) -> Mapping[str, float]:
    """How much each instrument speaks from a clause, from its verb and from the noun at its end."""
    found = dict(score(clause))
    for more in (_of_head(clause), _leads().get(verb, {})):
        for instrument, weight in more.items():
            found[instrument] = found.get(instrument, 0.0) + weight
    return found


def classify(clauses: Sequence[str], verbs: Sequence[str]) -> list[str]:
    """The instrument of each clause of one article, in order, given its verb (empty where none is known); the clauses
    beside it and the whole article weigh in a little."""
    scores = [_whole_score(clause, verb) for clause, verb in zip(clauses, verbs, strict=True)]
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
        found.append(max(sorted(mixed), key=mixed.__getitem__) if mixed else DEFAULT)
    return found
