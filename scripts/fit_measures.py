"""Fit the weights by which measures and targets are told from other clauses, from articles annotated by hand.

In: annotated sets in the JSON form of the annotation guide (a list of articles, each with ``measures`` and ``targets``).
Out: ``loaders/lexicon/measure_weights.tsv`` and ``target_weights.tsv``, the same bytes for the same sets. The features
are those of ``clause_features.py`` and ``targets.py``: classes of words and positions, never the words of one text.

The model is logistic regression with a prior: each weight is drawn towards what ``measure_priors.tsv`` and
``target_priors.tsv`` expect of it (or 0), the stronger the fewer clauses show it, so that a set of a few hundred
clauses can correct the rules but not replace them. Newton's method finds the one optimum; weights have two places.

``--leave-one-source-out`` writes nothing: it fits on all sources but one (the first word of an article's ``source``)
and scores the articles of that one, beside the scores of the priors alone. These are the honest scores; scores on
the sets that the weights were fitted on flatter.

Usage, from the repository: ``python scripts/fit_measures.py [--leave-one-source-out | --check] GOLD.json...``
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.authorities import agency_authority, region_authority
from kg.evaluation import KindScore, evaluate
from kg.model import Article
from loaders import lexicon
from loaders.extraction import RECOGNISERS
from loaders.reading import Reading
from loaders.recognise.clause_features import features
from loaders.recognise.clauses import Piece, find_pieces
from loaders.recognise.links import Links
from loaders.recognise.measures import find_measures
from loaders.recognise.targets import candidates, find_targets

Item = Mapping[str, Any]
Weights = dict[str, float]
Floats = NDArray[np.float64]

LEXICON = Path(lexicon.__file__).parent
_BEFORE = ("regions", "actors", "documents", "programs")
_LEAST = 3
_STEPS = 30
_FREE = 1e-3


@dataclass(frozen=True)
class Kind:
    """What differs between the two kinds: ``overlap`` is how much of a clause an annotated quote must cover,
    ``stiffness`` how strongly the priors hold."""

    name: str
    overlap: float
    stiffness: float
    bias: str
    head: str


MEASURE = Kind(
    "measure", 0.5, 2.0, "bias", "Log odds of what is seen of a clause (clause_features.py) for a measure."
)
TARGET = Kind(
    "target", 1 / 3, 10.0, "t:bias", "Log odds of what is seen of a clause (targets.py) for a target."
)


def read_article(item: Item) -> Reading:
    """An annotated article as the recognisers of measures and targets find it. Undated articles are of 2020."""
    published = item.get("published")
    article = Article(
        id=item["id"], title=item["title"], text=item["text"], published=published,
        year=int(published[:4]) if published else 2020,
    )  # fmt: skip
    reading = Reading(article, region_authority(), agency_authority())
    for kind in _BEFORE:
        setattr(reading.facts, kind, RECOGNISERS[kind](reading))
    return reading


def labels(reading: Reading, pieces: Sequence[Piece], quotes: Sequence[str], overlap: float) -> list[bool]:
    """Which pieces are annotated: each quote takes the piece that it shares most with, the best pairs first."""
    pairs = []
    for number, quote in enumerate(quotes):
        start = reading.text.find("".join(quote.split()))
        end = start + len("".join(quote.split()))
        for place, piece in enumerate(pieces):
            shared = min(end, piece.end) - max(start, piece.start)
            share = shared / (max(end, piece.end) - min(start, piece.start))
            if start >= 0 and shared > 0 and share >= overlap:
                pairs.append((-share, place, number))
    taken: dict[int, int] = {}
    for _, place, number in sorted(pairs):
        if place not in taken and number not in taken.values():
            taken[place] = number
    return [place in taken for place in range(len(pieces))]


def examples(items: Sequence[Item], kind: Kind, measured: Weights) -> list[tuple[Collection[str], bool]]:
    """What is seen of each clause of annotated articles, and whether it is of the kind."""
    found: list[tuple[Collection[str], bool]] = []
    for item in items:
        reading = read_article(item)
        pieces = find_pieces(reading)
        if kind is MEASURE:
            seen = features(pieces, reading.text, Links(reading).names)
        else:
            seen = [candidate[1] for candidate in candidates(reading, measured)]
        quotes = list(dict.fromkeys(fact["evidence"] for fact in item[f"{kind.name}s"]))
        found.extend(zip(seen, labels(reading, pieces, quotes, kind.overlap), strict=True))
    return found


def priors(kind: Kind) -> Weights:
    """The expected weight of each feature that the guide says something of."""
    return {row["feature"]: float(row["prior"]) for row in lexicon.read_table(f"{kind.name}_priors")}


def fit(items: Sequence[Item], kind: Kind, measured: Weights) -> Weights:
    """The weights of a kind: the features with a prior, and those that at least three clauses show."""
    shown = examples(items, kind, measured)
    expected = priors(kind)
    counts: dict[str, int] = {}
    for seen, _ in shown:
        for name in seen:
            counts[name] = counts.get(name, 0) + 1
    names = sorted({kind.bias, *(name for name, count in counts.items() if count >= _LEAST)})
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(shown), len(names)))
    for row, (seen, _) in enumerate(shown):
        matrix[row, [column[name] for name in seen if name in column]] = 1
    prior = np.array([expected.get(name, 0.0) for name in names])
    pull = np.array([_FREE if name == kind.bias else kind.stiffness for name in names])
    solved = newton(matrix, np.array([float(label) for _, label in shown]), prior, pull)
    return expected | {name: round(float(weight), 2) for name, weight in zip(names, solved, strict=True)}


def newton(matrix: Floats, wanted: Floats, prior: Floats, pull: Floats) -> Floats:
    """The weights of highest posterior odds: logistic likelihood, and a normal prior of precision ``pull``."""
    weights = prior.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (chance - wanted) + pull * (weights - prior)
        curvature = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(pull)
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def fit_both(items: Sequence[Item]) -> tuple[Weights, Weights]:
    """The weights of measures and of targets; those of targets look at how likely a clause is a measure."""
    measured = fit(items, MEASURE, {})
    return measured, fit(items, TARGET, measured)


def score(items: Sequence[Item], measured: Weights, aimed: Weights) -> list[KindScore]:
    """The scores of measures and targets on annotated articles under the given weights."""
    found = []
    for item in items:
        reading = read_article(item)
        facts = {
            "measures": [fact.model_dump() for fact in find_measures(reading, measured)],
            "targets": [fact.model_dump() for fact in find_targets(reading, aimed, measured)],
        }
        found.append({"id": item["id"], "title": item["title"], "text": item["text"], **facts})
    return [one for one in evaluate(found, list(items)).kinds if one.kind in ("measures", "targets")]


def source_of(item: Item) -> str:
    """What an article is left out with: the first word of its source."""
    return str(item.get("source") or "?").split()[0]


def leave_one_out(items: Sequence[Item]) -> list[str]:
    """A table of lines: for each source the scores of the rules alone and of weights fitted on the other sources."""
    lines = [f"{'held out':34}{'kind':10}{'weights':10}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}{'type':>8}"]
    rules = (priors(MEASURE), priors(TARGET))
    for source in sorted({source_of(item) for item in items}):
        held = [item for item in items if source_of(item) == source]
        fitted = fit_both([item for item in items if source_of(item) != source])
        for name, weights in (("rules", rules), ("fitted", fitted)):
            lines += [
                f"{source:34}{one.kind:10}{name:10}{one.gold:6}{one.precision:8.3f}{one.recall:8.3f}{one.f1:8.3f}"
                f"{one.labels:8.3f}"
                for one in score(held, *weights)
            ]
    return lines


def table(kind: Kind, weights: Weights) -> str:
    """The text of a table of weights."""
    head = f"feature\tweight\n# {kind.head}\n# Written by scripts/fit_measures.py: refit when the features change.\n"
    return head + "".join(f"{name}\t{weights[name]:.2f}\n" for name in sorted(weights))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, check that they are current, or print the honest scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path, help="annotated sets, JSON")
    parser.add_argument("--leave-one-source-out", action="store_true", help="print scores on unseen sources")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where a table is not current"
    )
    options = parser.parse_args(arguments)
    items = [item for path in options.gold for item in json.loads(path.read_text(encoding="utf-8"))]
    if options.leave_one_source_out:
        print("\n".join(leave_one_out(items)))
        return 0
    stale = []
    for kind, weights in zip((MEASURE, TARGET), fit_both(items), strict=True):
        path, text = LEXICON / f"{kind.name}_weights.tsv", table(kind, weights)
        if options.check and path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
        elif not options.check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not current: {', '.join(stale)}: run scripts/fit_measures.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
