"""Recognise programmes: named platforms, facilities, alliances, pilots, projects, mechanisms and campaigns.

``loaders.recognise.programme_names`` proposes names; here each is kept once, without regions and bodies, and its lead
is looked for.
"""

from __future__ import annotations

import re

from kg.identifiers import fold_name
from kg.model import ProgrammeFact
from loaders.fold import fold_words
from loaders.reading import Reading
from loaders.recognise.programme_lexicon import Candidate, mask
from loaders.recognise.programme_lines import drives, fixed, roads, shared_lines
from loaders.recognise.programme_names import candidates, shared_heads

_LONGEST = 32
_NEW = re.compile("建成|投运|投用|成立|揭牌|挂牌|启用|启动")  # says that a facility came into being
_NEW_REACH = 14
_CHANNEL = re.compile("(?:官方)?(?:网站|官网|客户端|公众号|热线|微博)")  # 国家某局网站: where news comes from
_FOUNDING = ("组建", "成立", "设立", "筹建", "组建成立")
_CONFIDENCE = {(False, False): 0.65, (True, False): 0.8, (False, True): 0.75, (True, True): 0.8}
# by (quoted, governed): the share that was right in articles read by hand, rounded down
_LEADING_LEVELS = ("province", "prefecture", "county")


def recognise(reading: Reading) -> list[ProgrammeFact]:
    """The programmes of one article, each once, at its first mention, in order of offset."""
    masked = mask(reading)
    shared = [*shared_heads(reading, masked), *shared_lines(masked)]
    regions = {fold_name(name) for f in reading.facts.regions for name in (f.name, fold_words(f.evidence))}
    found = [*candidates(reading, masked), *roads(masked), *drives(masked), *fixed(masked)]
    named = [c for c in found if not _is_other(reading, c, regions)]
    lines = [c for c, _ in shared]
    named = [c for c in named if not any(line.start <= c.start and c.end <= line.end for line in lines)]
    kept = {reading.quote(c.start, c.end): c for c in _once(reading, named)}
    for candidate, head in shared:
        kept.setdefault(reading.quote(candidate.start, candidate.end) + head, candidate)
    return [_fact(reading, c, name) for name, c in sorted(kept.items(), key=lambda item: item[1].start)]


def _once(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The longest form of each name, where it first stands: a part of it, or its quotation alone, is the same one."""
    kept: dict[str, Candidate] = {}
    quotations: list[str] = []
    titles = {fold_name(document.title) for document in reading.facts.documents}
    for candidate in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        text = reading.text[candidate.start : candidate.end]
        name = fold_name(text)
        quoted = re.findall("“([^”]+)”", text)
        told = any(name in longer for longer in kept) or any(
            q in known for q in quoted for known in quotations
        )
        short = candidate.end <= reading.title_end and any(
            _shortens(name, longer) for longer in titles | set(kept)
        )
        if told or short or not name:
            continue
        kept[name] = candidate
        quotations += quoted
    return list(kept.values())


def _shortens(name: str, longer: str) -> bool:
    """Whether a name of a headline is a longer one of the text with words left out (示范区三年计划)."""
    rest = iter(longer)
    return len(name) < len(longer) and name[-2:] == longer[-2:] and all(c in rest for c in name)


def _is_other(reading: Reading, candidate: Candidate, regions: set[str]) -> bool:
    """Whether the name is too long, or that of a region, or of a body that is no alliance or new facility."""
    if candidate.end - candidate.start > _LONGEST:
        return True
    facts = reading.facts
    text = reading.text
    if fold_name(text[candidate.start : candidate.end]) in regions:
        built = candidate.governed or text.startswith("建设", candidate.end)
        return not (built and candidate.kind == "facility")  # a park that is built is a zone as well
    for actor in facts.actors:
        start, end = reading.folded_span(actor)
        if start == candidate.start and _CHANNEL.fullmatch(text, end, candidate.end):
            return True
        if actor.type in ("alliance", "other") or not (start <= candidate.start and candidate.end <= end):
            continue
        new = actor.type == "public_institution" and _NEW.search(text, end, end + _NEW_REACH) is not None
        new = new or (end == candidate.end and text.endswith(_FOUNDING, 0, start))
        if not (new or (candidate.quoted and end > candidate.end)):
            return True
    return False


def _fact(reading: Reading, candidate: Candidate, name: str) -> ProgrammeFact:
    return reading.make(
        ProgrammeFact,
        candidate.start,
        candidate.end,
        confidence=_CONFIDENCE[candidate.quoted, candidate.governed],
        name=name,
        kind=candidate.kind,
        lead=_lead(reading, candidate),
    )


def _lead(reading: Reading, candidate: Candidate) -> list[str]:
    """The actors before the name in its sentence; else, under a making verb, the one subject region before it."""
    before = reading.text[reading.sentence_at(candidate.start).start : candidate.start]
    actors = [
        actor.name
        for actor in reading.facts.actors
        if any(form in before for form in map(fold_words, (actor.name, actor.evidence, *actor.aliases)))
    ]
    if actors or not candidate.governed:
        return actors
    regions = {
        region.name
        for region in reading.facts.regions
        if region.role == "subject"
        and region.level in _LEADING_LEVELS
        and re.search(f"(?<![在对向为从、]){re.escape(fold_words(region.mention))}", before)
    }
    return sorted(regions) if len(regions) == 1 else []
