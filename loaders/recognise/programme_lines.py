"""Names of programmes that no head closes or no border opens: lines by their ends, roads by number, fixed names, drives.

Each is found by a pattern of its own over the masked text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.alternatives import guarded_words
from loaders.lexicon import read_table
from loaders.recognise.programme_lexicon import CUT, Candidate, heads_in, kinds, prefix, verbs

_SHORTEST_LINE = 5
_STOP = "(?:(?!的)[\u4e00-\u9fff]){2,4}?"
_LINE = f"{_STOP}(?:经{_STOP})?[至到—－-]{_STOP}"
_LINE_HEAD = re.compile("高速|高铁|铁路|公路")
_LINES = re.compile(f"(?P<members>(?:{_LINE}、)*{_LINE})(?P<head>高速公路|高速铁路|高速|高铁|铁路|公路)")
_ROADS = re.compile(
    r"[SGX]\d{2,4}(?!次)[\u4e00-\u9fff]{1,6}?(?:国道|省道|公路|大桥|隧道|高速|路|线)(?![径线面网])"
)
_ROAD_SIGN = re.compile(r"[SGX]\d{2}")
_DRIVE = re.compile("专项行动|专项整治(?:行动)?|专项治理(?:行动)?|专项检查|集中整治(?:行动)?")
_DRIVE_LONGEST = 32
_STARTS = ("开展", "启动", "部署", "组织", "实施", "推进", "发起")


def shared_lines(masked: str) -> Iterator[tuple[Candidate, str]]:
    """Lines by their ends (甲至乙、丙至丁高速公路), each with the head that it has from the last one, if it has none."""
    if not _LINE_HEAD.search(masked):
        return  # the pattern of lines is dear, and few articles have one
    for match in _LINES.finditer(masked):
        kind = kinds("programme_heads", "head")[match["head"]]
        start = match.start()
        while governing := verbs().match(masked, start) or prefix().match(masked, start):
            start = governing.end()
        *others, last = masked[start : match.end("members")].split("、")
        for member in others:
            yield Candidate(start, start + len(member), kind, False, True), match["head"]
            start += len(member) + 1
        if len(last) >= _SHORTEST_LINE:
            yield Candidate(start, match.end(), kind, False, True), ""


def roads(masked: str) -> Iterator[Candidate]:
    """Roads and bridges by their numbers (S205甲乙路)."""
    if _ROAD_SIGN.search(masked):
        for match in _ROADS.finditer(masked):
            yield Candidate(match.start(), match.end(), "project", False, True)


def drives(masked: str) -> Iterator[Candidate]:
    """Drives whose object is a list or a clause (开展预防、打击非法采砂和盗采专项行动): all from the verb that starts it."""
    for match in _DRIVE.finditer(masked):
        begin = max(masked.rfind(mark, 0, match.start()) for mark in f"，。；：\n{CUT}") + 1
        begin = max([begin, *(head.end for head in heads_in(masked, begin, match.start()))])
        starts = [
            masked.rfind(verb, begin, match.start()) + len(verb)
            for verb in _STARTS
            if verb in masked[begin : match.start()]
        ]
        if not starts or not any(mark in masked[max(starts) : match.start()] for mark in "、和与及"):
            continue
        if match.end() - max(starts) <= _DRIVE_LONGEST:
            yield Candidate(max(starts), match.end(), "campaign", False, True)


@cache
def _fixed() -> re.Pattern[str]:
    rows = read_table("programme_fixed")
    return re.compile(
        guarded_words({r["name"]: f"(?![{r['unless_after']}])" if r["unless_after"] else "" for r in rows})
    )


def fixed(masked: str) -> Iterator[Candidate]:
    """Names of the lexicon (家电下乡, 东数西算)."""
    for match in _fixed().finditer(masked):
        yield Candidate(match.start(), match.end(), kinds("programme_fixed", "name")[match[0]], True, False)
