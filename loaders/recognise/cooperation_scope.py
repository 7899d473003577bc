"""Clauses that tell of no cooperation of their own: headings, and what a pact is said to be about."""

from __future__ import annotations

import re

from loaders.alternatives import gated
from loaders.reading import Clause, Reading

_HEADING = 32
_ABOUT = re.compile(r"(?:(?<![成造迁高])就(?![是业近地医读学餐诊职任座此能会可将])|围绕|针对)")
_AGREED = re.compile(
    gated(r"达成|签署|签订|签约|进行[^，]{0,12}(?:交流|磋商|洽谈|协商|座谈|商讨)|展开[^，]{0,8}合作")
)
_SET_UP = re.compile(
    gated(
        r"(?:建立|形成|搭建|构建|成立|设立|健全|启动|开通|组建|出台)(?:了|起)?"
        r"(?P<what>[^，]{2,32}?(?:机制|制度|联盟|平台|工程|行动|专班))"
    )
)


def told_apart(reading: Reading) -> frozenset[int]:
    """The starts of the clauses that are headings or name what was agreed (就甲、乙等方面达成协议)."""
    members = (c.start for clauses in topics(reading).values() for c in clauses)
    return frozenset([*(c.start for c in reading.clauses if _is_heading(reading, c)), *members])


def set_up(words: str) -> str | None:
    """The mechanism, platform or joint work that a clause says to be set up; None for none."""
    match = _SET_UP.search(words)
    return match["what"] if match else None


def _is_heading(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is a short line of its own without a mark at its end, and more lines follow."""
    text = reading.text
    alone = text[clause.start - 1 : clause.start] == "\n" and text[clause.end : clause.end + 1] == "\n"
    return alone and clause.end - clause.start <= _HEADING and clause.end + 1 < len(text)


def topics(reading: Reading) -> dict[int, tuple[Clause, ...]]:
    """The clauses from 就 or 围绕 up to one that says 达成协议, by the start of that one, which is not among them."""
    found: dict[int, tuple[Clause, ...]] = {}
    if not _AGREED.search(reading.text):
        return found
    for sentence in reading.sentences:
        begin: int | None = None
        for i, clause in enumerate(sentence.clauses):
            words = reading.text[clause.start : clause.end]
            about = _ABOUT.search(words)
            agreed = _AGREED.search(words, about.end() if about else 0)
            if agreed and begin is not None:
                found[clause.start] = sentence.clauses[begin:i]
            if agreed:
                begin = None
            elif about and begin is None:
                begin = i
    return found
