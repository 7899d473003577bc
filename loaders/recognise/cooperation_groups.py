"""Groups of parties: pairs, lists, helpers and helped, those who head a text, the founders of an alliance."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.model import ActorFact, RegionFact
from loaders.reading import Clause
from loaders.recognise.cooperation_parties import JOINT, WATER, PartyFinder, merge
from loaders.recognise.mentions import Mention, is_whole, mentions_in, region_forms
from loaders.recognise.subjects import Party

_LISTED = re.compile(
    r"(?:在|支持|推动|推进|鼓励|促进|深化|加强)([^，]+?、[^，]+?)等(?:地)?"
    r"(?:开展|探索|实施|推进|[^，、]{0,12}(?:合作|协作|补偿|帮扶))"
)
_LEADER = re.compile(r"理事长|发起单位|发起人|牵头单位|成员单位|成员包括|共同发起")
_AND = re.compile(r"[与和同]")
_BY = re.compile(r"由(?!来|此)")
_HELPS = ("支持", "援助", "帮扶", "支援")
_BARE_LIST = re.compile(r"[^＿]{0,4}＿[＿、和与]*")
_BARE_PAIR = re.compile(r"[^＿]{0,4}＿+[与和同]＿+")


def listed(finder: PartyFinder, clause: Clause) -> list[tuple[str, list[Party]]]:
    """在甲、乙丙、丁戊等开展…: the parts of the list with the regions that each names; empty for other lists."""
    match = _LISTED.search(finder.reading.text[clause.start : clause.end])
    if match is None:
        return []
    items, at = [], clause.start + match.start(1)
    for part in match[1].split("、"):
        inside = [m for m in mentions_in(finder.mentions, at, at + len(part)) if m.is_region]
        parties = [p for p in merge([f for m in inside for f in m.facts]) if not WATER.search(p.name)]
        if parties:
            items.append((part, parties))
        at += len(part) + 1
    return items if len(items) > 1 and any(len(parties) > 1 for _, parties in items) else []


def pairs(finder: PartyFinder, clause: Clause) -> tuple[int, list[list[Party]]]:
    """甲与乙、丙与丁结对 (or with commas between): where it begins and the pairs; none for fewer than two or another list."""
    kept = _named_apart(finder, clause)
    gaps = [finder.text[a.end : b.start] for a, b in pairwise(kept)]
    odd, even = gaps[::2], gaps[1::2]
    if len(kept) < 2 or len(kept) % 2 or any("、" in gap or not _AND.search(gap) for gap in odd):
        return clause.start, []
    if any("、" not in gap or _AND.search(gap) for gap in even):
        return clause.start, []
    own = [merge(list(a.facts), list(b.facts)) for a, b in zip(kept[::2], kept[1::2], strict=True)]
    start = clause.start
    for previous in reversed(
        [c for c in finder.reading.sentences[clause.sentence].clauses if c.end < clause.start]
    ):
        if len(kept) > 2 or not _BARE_PAIR.fullmatch(finder.masked(previous)):
            break
        start = previous.start
        own.insert(0, merge([f for m in _named_apart(finder, previous) for f in m.facts]))
    return (start, own) if len(own) > 1 else (clause.start, [])


def _named_apart(finder: PartyFinder, clause: Clause) -> list[Mention]:
    """The mentions of a clause without places, titles and wholes of parts."""
    inside = [m for m in finder.inside(clause) if not finder.is_venue(m) and finder.text[m.start] != "＿"]
    wholes = {m.start for m, part in pairwise(inside) if is_whole(finder.reading, m, part)}
    return [m for m in inside if m.start not in wholes]


def list_start(finder: PartyFinder, clause: Clause) -> int:
    """Where a list of parties begins whose last ones open a clause (甲省乙、丙，丁省戊、己法院签署…); else that clause's start."""
    start = clause.start
    if not finder.masked(clause).startswith("＿"):
        return start
    sentence = finder.reading.sentences[clause.sentence]
    for previous in reversed([c for c in sentence.clauses if c.end < clause.start]):
        if not _BARE_LIST.fullmatch(finder.masked(previous)):
            break
        start = previous.start
    return start


def helpers(finder: PartyFinder, clause: Clause) -> tuple[list[Party], int] | None:
    """甲、乙支持丙…: the regions and where the last of them ends; None where no region helps another."""
    inside = [m for m in finder.inside(clause) if m.is_region]
    for giver, taker in pairwise(inside):
        told = not finder.text.startswith("的", taker.end)  # 甲支援乙的医疗队: a team, no tie
        if told and finder.text[giver.end : taker.start] in _HELPS:
            return merge([f for m in inside for f in m.facts]), taker.end
    return None


def listed_before(finder: PartyFinder, at: int) -> list[Party]:
    """The bodies that stand in one list right before a title at a folded offset (甲部、乙部《…》)."""
    found: list[Party] = []
    begin = at - 1 if finder.reading.text[at - 1 : at] == "《" else at
    for mention in reversed([m for m in finder.mentions if m.end <= begin]):
        joint = mention.end == begin or (found and JOINT.fullmatch(finder.text, mention.end, begin))
        if mention.is_region or not joint:
            break
        found, begin = [*mention.facts, *found], mention.start
    return merge(found)


def founders(finder: PartyFinder, clause: Clause, name: str) -> list[Party]:
    """Who founds or joins an alliance: those after 由, else the bodies or regions of its clause, else of those before.

    Regions in the name of the alliance found nothing by that.
    """
    by = _BY.search(finder.text, clause.start, clause.end)
    own = finder.named(by.end() if by else clause.start, clause.end)
    earlier = [c for c in finder.reading.sentences[clause.sentence].clauses if c.end < clause.start]
    for parties in (own, *(finder.named(c.start, c.end) for c in reversed(earlier))):
        actors = [p for p in parties if isinstance(p, ActorFact) and p.name not in name]
        regions = [p for p in parties if isinstance(p, RegionFact) and p.level != "megaregion"]
        regions = [r for r in regions if not any(form in name for form in region_forms(finder.reading, r))]
        if actors and len(actors) + len(regions) > 1:
            return [*actors, *(regions if len(actors) == 1 else ())]
        if actors or len(regions) > 1:
            return [*actors, *regions]
    return []


def leaders(finder: PartyFinder, name: str) -> list[Party]:
    """The bodies that lead or found an alliance, where a sentence of the article says so."""
    for clause in finder.reading.clauses:
        if _LEADER.search(finder.text[clause.start : clause.end]):
            named = finder.named(clause.start, clause.end)
            found: list[Party] = [p for p in named if isinstance(p, ActorFact) and p.name != name]
            if found:
                return found
    return []
