"""Evaluation: facts found against facts annotated by hand, kind by kind.

Two facts are the same where their quotes overlap enough (intersection over union, white space aside) and the slots
that identify the kind agree; regions, actors, documents and programmes go by code or name and count once an article.
Matching is one to one, the best pairs first. The headline is the plain mean of the kinds' F1. Two more rules, a
looser and a stricter one, say how much of an error is a matter of where a quote begins and ends.
"""

from kg.evaluation.bootstrap import Interval, Intervals, KindIntervals, bootstrap
from kg.evaluation.matching import Item, Matching, Rule, match
from kg.evaluation.reliability import Bin, Reliability, reliability
from kg.evaluation.report import Report, Scored, measure, source_of
from kg.evaluation.scores import Evaluation, KindScore, Tally, evaluate, tally_article

__all__ = [
    "Bin", "Evaluation", "Interval", "Intervals", "Item", "KindIntervals", "KindScore", "Matching", "Reliability",
    "Report", "Rule", "Scored", "Tally", "bootstrap", "evaluate", "match", "measure", "reliability", "source_of",
    "tally_article",
]  # fmt: skip
