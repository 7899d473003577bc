"""How ``kg evaluate`` shows what it measured: tables with headers in both languages, JSON, and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from kg.evaluation import Evaluation, Interval, KindIntervals, KindScore, Reliability, Report, Rule, Scored
from kg.sparql.tabular import display_width

CSV_HEADER = (
    "set,kind,articles,gold,found,hits,precision,recall,f1,labels,"
    "precision_low,precision_high,recall_low,recall_high,f1_low,f1_high,f1_article,f1_exact"
)
"""The columns of ``ontology/quality.csv``. Readers go by name: columns may be added at the end."""

_RULES = {
    Rule.ARTICLE: "article 同篇",
    Rule.OVERLAP: "overlap 重叠",
    Rule.EXACT: "exact 逐字",
}

Row = Sequence[str]


def as_table(report: Report) -> str:
    """Everything that was measured as text for a terminal."""
    parts = [_scores(report), _rules(report), _sources(report), _confusion(report), _reliability(report)]
    return "\n".join(part for part in parts if part)


def as_json(report: Report) -> str:
    """Everything that was measured, shares rounded to four places; intervals are [low, high]."""
    document = {
        **_scored_json(report.headline),
        "rules": {rule.value: _scored_json(scored) for rule, scored in report.rules.items()},
        "sources": {source: _scored_json(scored) for source, scored in report.by_source.items()},
        "confusion": _nested(report.confusion),
        "reliability": {
            "all": _reliability_json(report.reliability),
            "kinds": {kind: _reliability_json(found) for kind, found in report.by_kind.items()},
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(reports: Mapping[str, Report]) -> str:
    """One row for each annotated set and kind: the form of ``ontology/quality.csv``."""
    lines = [CSV_HEADER]
    for name, report in reports.items():
        looser, stricter = (_by_kind(report.rules[rule].scores) for rule in (Rule.ARTICLE, Rule.EXACT))
        for score in report.headline.scores.kinds:
            held = report.headline.intervals.kinds[score.kind]
            shares = [score.precision, score.recall, score.f1, score.labels]
            shares += [*held.precision, *held.recall, *held.f1]
            shares += [looser[score.kind].f1, stricter[score.kind].f1]
            counts = [report.headline.scores.articles, score.gold, score.found, score.hits]
            lines.append(
                ",".join([name, score.kind, *map(str, counts), *(f"{share:.3f}" for share in shares)])
            )
    return "\n".join(lines) + "\n"


def _by_kind(scores: Evaluation) -> dict[str, KindScore]:
    return {score.kind: score for score in scores.kinds}


def _scores(report: Report) -> str:
    result, intervals = report.headline.scores, report.headline.intervals
    header = [
        "kind 种类", "gold 标注", "found 抽取", "hit 命中", "P 准确率 [95 %]", "R 召回率 [95 %]", "F1 [95 %]",
        "labels 类别", "too long 过长",
    ]  # fmt: skip
    rows = [_score_row(score, intervals.kinds[score.kind]) for score in result.kinds]
    verbatim = sum(score.not_verbatim for score in result.kinds)
    return _lay_out([header, *rows]) + (
        f"articles 文章 {result.articles_found}/{result.articles} (+{result.articles_extra} extra 多出)  "
        f"not verbatim 非原文 {verbatim}  macro F1 {_with(result.macro_f1, intervals.macro_f1)}\n"
    )


def _score_row(score: KindScore, held: KindIntervals) -> Row:
    return [
        score.kind, str(score.gold), str(score.found), str(score.hits), _with(score.precision, held.precision),
        _with(score.recall, held.recall), _with(score.f1, held.f1), f"{score.labels:.3f}", str(score.too_long),
    ]  # fmt: skip


def _with(share: float, interval: Interval) -> str:
    return f"{share:.3f} [{interval[0]:.2f}, {interval[1]:.2f}]"


def _rules(report: Report) -> str:
    by_rule = [_by_kind(report.rules[rule].scores) for rule in _RULES]
    rows: list[Row] = [["kind 种类", *_RULES.values()]]
    rows += [
        [kind, *(f"{scores[kind].f1:.3f}" for scores in by_rule)] for kind in _by_kind(report.headline.scores)
    ]
    rows.append(["macro F1", *(f"{report.rules[rule].scores.macro_f1:.3f}" for rule in _RULES)])
    return _titled("F1 under three rules 三种判定规则下的 F1", rows)


def _sources(report: Report) -> str:
    rows: list[Row] = [["source 来源", "articles 文章", "facts 标注事实", "macro F1 [95 %]"]]
    rows += [
        [
            source, str(scored.scores.articles), str(sum(score.gold for score in scored.scores.kinds)),
            _with(scored.scores.macro_f1, scored.intervals.macro_f1),
        ]
        for source, scored in report.by_source.items()
    ]  # fmt: skip
    return _titled("By source 按来源", rows, last_left=False) if len(report.by_source) > 1 else ""


def _confusion(report: Report) -> str:
    rows: list[Row] = [["gold 标注", "right 一致", "found as 误为"]]
    for gold, cells in groupby(report.confusion.items(), key=lambda cell: cell[0][0]):
        counts = {found: number for (_, found), number in cells}
        wrong = sorted(((-number, found) for found, number in counts.items() if found != gold))
        rows.append(
            [
                gold,
                f"{counts.get(gold, 0)}/{sum(counts.values())}",
                ", ".join(f"{found} {-n}" for n, found in wrong),
            ]
        )
    return _titled("Instruments of matched measures 命中举措的政策工具", rows, last_left=True)


def _reliability(report: Report) -> str:
    rows: list[Row] = [
        ["kind 种类", "confidence 置信度", "facts 事实", "mean 平均置信度", "right 属实比例"],
        *_bins("all 全部", report.reliability),
    ]
    for kind, found in report.by_kind.items():
        rows += _bins(kind, found)
    errors = [("all 全部", report.reliability), *report.by_kind.items()]
    listed = ", ".join(f"{name} {found.expected_error:.3f}" for name, found in errors)
    return (
        _titled("Reliability 置信度的可靠性", rows) + f"expected calibration error 期望校准误差: {listed}\n"
    )


def _bins(name: str, found: Reliability) -> Iterator[Row]:
    for held in found.bins:
        bounds = f"{held.low:.1f}-{held.high:.1f}"
        yield [name, bounds, str(held.facts), f"{held.confidence:.3f}", f"{held.share:.3f}"]


def _titled(title: str, rows: Sequence[Row], *, last_left: bool = False) -> str:
    return f"{title}\n{_lay_out(rows, last_left=last_left)}"


def _lay_out(rows: Sequence[Row], *, last_left: bool = False) -> str:
    """Columns by display width: names to the left, numbers to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    left = {0, len(widths) - 1} if last_left else {0}
    lines = (
        "  ".join(
            cell + gap if place in left else gap + cell
            for place, (cell, gap) in enumerate(_gaps(row, widths))
        )
        for row in rows
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def _gaps(row: Row, widths: Iterable[int]) -> Iterator[tuple[str, str]]:
    for cell, width in zip(row, widths, strict=True):
        yield cell, " " * (width - display_width(cell))


def _scored_json(scored: Scored) -> dict[str, Any]:
    result, intervals = scored.scores, scored.intervals
    return {
        "articles": result.articles,
        "articles_found": result.articles_found,
        "articles_extra": result.articles_extra,
        "macro_f1": round(result.macro_f1, 4),
        "macro_f1_interval": _rounded(intervals.macro_f1),
        "kinds": {score.kind: _kind_json(score, intervals.kinds[score.kind]) for score in result.kinds},
    }


def _kind_json(score: KindScore, held: KindIntervals) -> dict[str, Any]:
    return {
        "gold": score.gold, "found": score.found, "hit": score.hits, "precision": round(score.precision, 4),
        "recall": round(score.recall, 4), "f1": round(score.f1, 4), "labels": round(score.labels, 4),
        "not_verbatim": score.not_verbatim, "too_long": score.too_long,
        "precision_interval": _rounded(held.precision), "recall_interval": _rounded(held.recall),
        "f1_interval": _rounded(held.f1),
    }  # fmt: skip


def _rounded(interval: Interval) -> list[float]:
    return [round(bound, 4) for bound in interval]


def _nested(confusion: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for (gold, found), number in confusion.items():
        table.setdefault(gold, {})[found] = number
    return table


def _reliability_json(found: Reliability) -> dict[str, Any]:
    bins = [
        {
            "low": held.low, "high": held.high, "facts": held.facts, "right": held.right,
            "confidence": round(held.confidence, 4), "share": round(held.share, 4),
        }
        for held in found.bins
    ]  # fmt: skip
    return {"facts": found.facts, "expected_error": round(found.expected_error, 4), "bins": bins}
