"""Who cooperates: the parties that a clause names, and where it names none, those of its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.model import ActorFact, CooperationKind, RegionFact
from loaders.lexicon import read_words
from loaders.reading import Clause, Reading
from loaders.recognise.cooperation_cities import short_cities
from loaders.recognise.mentions import (
    Mention,
    find_mentions,
    is_neighbour,
    is_whole,
    mentions_in,
    region_key,
    subject_region,
)
from loaders.recognise.subjects import Party, parties_between, strip_adverbs
from loaders.recognise.titles import mask_titles

WATER = re.compile(r"(?:江|河|湖|海|流域|运河)$")
JOINT = re.compile(r"(?:等)?[、和与及同]{1,2}")
_FURTHERED = re.compile(r"(?:支持|推动|鼓励|引导|促进|推进|协调|组织)(?=＿|各|有关)")
_PARTNERS = re.compile(r"(?:省市|省区|省份|地区|城市|企业|各地|园区|机构)[与和同]\Z")
_WITH = re.compile(r"(?:与|同|和|携手|联合|牵手|对接)\Z")
_MEET = re.compile(
    r"[^，。；、]{0,14}?(?:召开|举行|举办|成立|启动|签署|签约|签订|揭牌|开幕|闭幕|落幕|拉开|启幕|举办地)"
)
_MEETINGS = (
    r"(?:(?<!联席)会议|论坛|峰会|大会|洽谈会|座谈会|推进会|对接会|交流会|研讨会|发布会|博览会|仪式|活动)"
)
_MEETING = re.compile(
    rf"[^，]*{_MEETINGS}(?=[^，]*(?:举行|召开|举办|开幕|闭幕|揭幕|拉开|启幕|落幕))"
    rf"|(?:举行|召开|举办|出席|参加|列席|揭幕)(?:了)?[^，]*{_MEETINGS}"
)
_TEAM = re.compile(
    r"(?:对口|定点)(?:支援|协作|帮扶|合作|联系)[^，、。]{0,16}?"
    r"(?:指挥部|工作队|医疗队|医护人员|队员|工作组|领导小组|办公室|协调组|干部)"
)
_REACH = 3
_VERB = 4
_MOST = 1.5
_LOOSE = ("pairing", "other")
_SERVICES = ("shared_service", "mutual_recognition")
_SERVED = re.compile(r"通办|联办|互认|一卡通|一码通|直接结算")
_HELPED = re.compile(r"对口|帮扶|支援|援建|协作|结对")


@cache
def _area_pattern() -> re.Pattern[str]:
    return re.compile("|".join(read_words("cooperation_areas")))


def merge(*lists: list[Party]) -> list[Party]:
    """The parties of all lists in order, each once."""
    return list({party.id: party for parties in lists for party in parties}.values())


def is_alliance(mention: Mention) -> bool:
    """Whether it names an alliance."""
    return any(isinstance(fact, ActorFact) and fact.type == "alliance" for fact in mention.facts)


def _blank(pattern: re.Pattern[str], text: str, masked: str) -> str:
    for match in pattern.finditer(text):
        masked = masked[: match.start()] + "＿" * len(match[0]) + masked[match.end() :]
    return masked


def _without_country(parties: list[Party]) -> list[Party]:
    """A country is a party beside other countries alone: 全国 beside an agency of its own is where it applies."""
    wide = [p for p in parties if isinstance(p, RegionFact) and p.level in ("country", "other")]
    return [p for p in parties if len(wide) > 1 or not (isinstance(p, RegionFact) and p.level == "country")]


class PartyFinder:
    """Finds the parties of cooperations in one article. ``text`` is the folded text with titles blanked out."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = mask_titles(reading.text)
        areas = list(self._areas())
        known = [m for m in find_mentions(reading) if not any(a.start <= m.start < a.end for a in areas)]
        taken = [(m.start, m.end) for m in known]
        cities = [c for c in short_cities(reading) if not any(s < c.end and c.start < e for s, e in taken)]
        self.mentions = sorted([*known, *areas, *cities], key=lambda m: m.start)
        things = [reading.folded_span(programme) for programme in reading.facts.programs]
        # what is only a part of the name of a thing does nothing (北部湾国际门户港)
        self.subjects = [m for m in self.mentions if not any(s <= m.start and m.end <= e for s, e in things)]

    def _areas(self) -> Iterator[Mention]:
        """Areas that are no regions of the article, but parties (南水北调中线工程水源区, 甲市及周边地区)."""
        known = find_mentions(self.reading)
        for match in _area_pattern().finditer(self.text):
            start, end = match.span()
            before = [m for m in known if m.is_region and m.end == start - 1]
            wider = any(m.start < end < m.end or m.start < start < m.end for m in known)
            if wider or (match[0].startswith("周边") and not before):
                continue
            name = (before[0].names[-1] if before else "") + match[0]
            region = self.reading.make(
                RegionFact, start, end, discriminator=name, name=name, mention=match[0], level="other"
            )
            yield Mention(start, end, (region,))

    def masked(self, clause: Clause) -> str:
        """The clause with the names of places and bodies blanked out (a 合作区 is no cooperation)."""
        text = self.text[clause.start : clause.end]
        for mention in self.inside(clause):
            if not is_alliance(mention):
                begin, end = mention.start - clause.start, mention.end - clause.start
                text = text[:begin] + "＿" * (end - begin) + text[end:]
        return text

    @staticmethod
    def without_meetings(masked: str) -> str:
        """A masked clause with the names of meetings blanked out: a 合作论坛 that is held is no cooperation yet."""
        return _MEETING.sub(lambda m: "＿" * len(m[0]), masked)

    def without_teams(self, clause: Clause, masked: str) -> str:
        """A masked clause with teams blanked out that are named by whom they help (对口支援某市医疗队)."""
        return _blank(_TEAM, self.text[clause.start : clause.end], masked)

    def inside(self, clause: Clause) -> list[Mention]:
        """The mentions of a clause."""
        return mentions_in(self.mentions, clause.start, clause.end)

    def named(self, start: int, end: int, *, titles: bool = True) -> list[Party]:
        """All parties named in a folded span: waters and the wholes of adjoining parts (浙江省台州市) left out.

        Without ``titles`` what stands in 《》 names none.
        """
        inside = [
            m
            for m in mentions_in(self.mentions, start, end)
            if not self.is_venue(m) and (titles or self.text[m.start] != "＿")
        ]
        wholes = {m.start for m, part in pairwise(inside) if is_whole(self.reading, m, part)}
        found = merge([f for m in inside if m.start not in wholes for f in m.facts])
        found = [p for p in found if not (isinstance(p, RegionFact) and WATER.search(p.name))]
        return self.without_wholes(found)

    def is_venue(self, mention: Mention) -> bool:
        """在…召开: where they met, no party."""
        before = self.text[max(0, mention.start - 2) : mention.start]
        if is_neighbour(self.reading, mention):
            return True
        return before.endswith(("在", "于")) and _MEET.match(self.text, mention.end) is not None

    def builders(self, clause: Clause, cue: int) -> list[Party]:
        """Those who build together: the subjects before the verb, after 由 where there is one."""
        by = self.text.find("由", clause.start, min(cue, clause.end))
        start = by if by > 0 else self._furthered(clause, cue)
        found = parties_between(self.reading, self.mentions, start, min(cue, clause.end), both=True)
        return [p for p in found if not (isinstance(p, RegionFact) and WATER.search(p.name))]

    def _furthered(self, clause: Clause, cue: int) -> int:
        """推动甲、乙共建…: where the names begin of those who are to build; else where the clause begins."""
        told = list(_FURTHERED.finditer(self.masked(clause)[: max(0, cue - clause.start)]))
        return clause.start + told[-1].end() if told else clause.start

    def without_wholes(self, parties: list[Party]) -> list[Party]:
        """A megaregion whose members are named beside it is not one more party."""
        keys = {region_key(self.reading, p): p for p in parties if isinstance(p, RegionFact)}
        kept = []
        for party in parties:
            if isinstance(party, RegionFact) and party.level == "megaregion":
                key = region_key(self.reading, party)
                members = {r.key for r in self.reading.regions.members(key)} if key else set()
                if len(members & {k for k in keys if k}) > 1:
                    continue
            kept.append(party)
        return kept

    def enough(self, parties: list[Party], needs: str) -> bool:
        """Whether there are as many parties as a cue needs: ``1``, ``2``, or ``mega``, two or a megaregion."""
        if needs == "issuers":
            return len([p for p in parties if isinstance(p, ActorFact)]) > 1
        if needs == "1":
            return any(not isinstance(p, RegionFact) or p.level != "country" for p in parties)
        mega = any(isinstance(p, RegionFact) and p.level == "megaregion" for p in parties)
        return len(parties) >= (1 if needs == "mega" and mega else 2)

    def of_cue(
        self,
        clause: Clause,
        cue: int,
        kind: CooperationKind,
        needs: str,
        follow: str,
        other_cue: re.Pattern[str],
    ) -> tuple[int, list[Party]]:
        """Where the quote begins and the parties: of the clause, else of the one before, else of the article."""
        built = kind == "joint_platform"
        own = (
            self.builders(clause, cue)
            if built
            else self.named(clause.start, clause.end, titles=kind == "agreement")
        )
        own = self._without_ruler(self._with_subject(clause, _without_country(own)), kind)
        if self.enough(own, needs) or follow == "no":
            return clause.start, own
        earlier = self._of_earlier(clause, cue, kind, needs, own, other_cue)
        if earlier is not None:
            return earlier
        if built and len(own) == 1:
            own = merge(own, self._of_park(clause, cue))
        if kind == "pairing" and len(own) < 2:
            own = self._of_headline() or own
        if follow == "subject" and not own:
            return clause.start, self._unnamed(clause, cue, kind)
        return clause.start, own

    def _unnamed(self, clause: Clause, cue: int, kind: CooperationKind) -> list[Party]:
        """Who cooperates where neither the clause nor those before name anybody."""
        if kind == "joint_platform":
            return self._area_built(clause, cue) or self._members(clause)
        return self._members(clause) or (self._of_next(clause) if kind in _SERVICES else [])

    def _of_next(self, clause: Clause) -> list[Party]:
        """推动跨省通办，支持甲与乙…: the parties of the next clause of the sentence."""
        after = [c for c in self.reading.sentences[clause.sentence].clauses if c.start > clause.start]
        named = (
            [p for p in self.named(after[0].start, after[0].end) if isinstance(p, RegionFact)]
            if after
            else []
        )
        return list(named) if len(named) > 1 else []

    def _of_park(self, clause: Clause, cue: int) -> list[Party]:
        """共建甲（乙）产业园: the two regions in the name of what is built."""
        after = [m for m in self.inside(clause) if m.start > cue and m.is_region]
        pair = next((two for two in pairwise(after) if self.text[two[0].end : two[1].start] in "（("), ())
        return [f for m in pair for f in m.facts]

    def _of_headline(self) -> list[Party]:
        """The regions of a headline that tells of help (甲对口帮扶乙)."""
        title = self.text[: self.reading.title_end]
        named = self.named(0, self.reading.title_end) if _HELPED.search(title) else []
        return [p for p in named if isinstance(p, RegionFact)]

    def _of_earlier(
        self,
        clause: Clause,
        cue: int,
        kind: CooperationKind,
        needs: str,
        own: list[Party],
        other_cue: re.Pattern[str],
    ) -> tuple[int, list[Party]] | None:
        """The parties that the clauses before name, and where the first of these begins; None for none.

        A clause with a cue and parties of its own ends the search, unless its subject does this too (推进通办、互认;
        甲与乙深化合作，共建…).
        """
        built = kind == "joint_platform"
        alone = built and not strip_adverbs(self.text[clause.start : cue])
        before = [c for c in self.reading.sentences[clause.sentence].clauses if c.end < clause.start]
        for previous in reversed(before[-_REACH:] if not (kind in _LOOSE and not own) else []):
            shown = self.masked(previous)
            together = (alone and "签" not in shown) or (kind in _SERVICES and _SERVED.search(shown))
            if other_cue.search(shown) and self.named(previous.start, previous.end) and not together:
                break
            earlier = (
                self.builders(previous, previous.end) if built else self.named(previous.start, previous.end)
            )
            if not built or self._joined(earlier, previous):
                parties = self._without_ruler(merge(earlier, own), kind)
                if self.enough(parties, needs):
                    return previous.start, parties
        return None

    def _area_built(self, clause: Clause, cue: int) -> list[Party]:
        """共建粤港澳大湾区…: nobody is said to build, so it is the megaregion whose name begins what is built."""
        if strip_adverbs(self.text[clause.start : cue]):
            return []
        after = [m for m in self.inside(clause) if cue < m.start <= cue + _VERB]
        facts = after[0].facts if after else ()
        return [f for f in facts if isinstance(f, RegionFact) and f.level == "megaregion"]

    def _with_subject(self, clause: Clause, own: list[Party]) -> list[Party]:
        """与甲共建…: who does it stands in a clause before, else it is the region that the article is about."""
        inside = self.inside(clause)
        opening = self.text[clause.start : inside[0].start] if inside else ""
        if not own or not _WITH.search(opening) or _PARTNERS.search(opening):
            return own
        earlier = [c for c in self.reading.sentences[clause.sentence].clauses if c.end < clause.start]
        for previous in reversed(earlier):
            doers = parties_between(self.reading, self.subjects, previous.start, previous.end, both=True)
            if doers:
                return merge(doers[:1], own)
        subject = subject_region(self.reading)
        return merge([subject], own) if subject else own

    def _without_ruler(self, parties: list[Party], kind: CooperationKind) -> list[Party]:
        """One agency that furthers the cooperation of regions is no party to it."""
        actors = [p for p in parties if isinstance(p, ActorFact)]
        if kind in (*_LOOSE, "shared_service", "mutual_recognition"):
            parties = self._without_outer(parties)
        if kind in _LOOSE and len(actors) == 1 and actors[0].type in ("government", "party_body"):
            return [p for p in parties if isinstance(p, RegionFact)]
        return parties

    def _without_outer(self, parties: list[Party]) -> list[Party]:
        """A province and a city of its own are not two that cooperate; the city stays."""
        keys = {p.id: region_key(self.reading, p) for p in parties if isinstance(p, RegionFact)}
        within = self.reading.regions.is_within
        outer = {
            a
            for a, whole in keys.items()
            for part in keys.values()
            if whole and part and whole != part and within(part, whole)
        }
        return [p for p in parties if p.id not in outer]

    def _joined(self, parties: list[Party], clause: Clause) -> bool:
        """Whether the parties stand side by side (甲和乙将…)."""
        ids = {p.id for p in parties}
        named = [m for m in self.inside(clause) if any(f.id in ids for f in m.facts)]
        gaps = [self.text[a.end : b.start] for a, b in pairwise(named)]
        return bool(named) and all(JOINT.fullmatch(gap) for gap in gaps)

    def _members(self, clause: Clause) -> list[Party]:
        """The members of the megaregion last named in the paragraph, or that the article is about; else none."""
        paragraph = self.text.rfind("\n", 0, clause.start) + 1
        named = [f for m in mentions_in(self.mentions, paragraph, clause.start) for f in m.facts]
        about = [r for r in self.reading.facts.regions if r.role == "subject"][:3]
        for fact in [*reversed(named), *about]:
            if not isinstance(fact, RegionFact) or fact.level != "megaregion":
                continue
            key = region_key(self.reading, fact)
            members = {r.key for r in self.reading.regions.members(key, self.reading.year)} if key else set()
            found = [r for r in self.reading.facts.regions if region_key(self.reading, r) in members]
            if len(found) > 1 and len(found) * _MOST >= len(members):
                return list(found)
        return []

    def regions_near(self, clause: Clause) -> list[RegionFact]:
        """The regions named in the clause, else the last one named before it."""
        own = [p for p in self.named(clause.start, clause.end) if isinstance(p, RegionFact)]
        title_end = self.reading.title_end
        before = [m for m in self.mentions if m.is_region and title_end < m.start < clause.start]
        last = before[-1].facts if before else ()
        return own or [f for f in last if isinstance(f, RegionFact)]
