"""Recognise cooperations: pacts and joint issues from the documents, all others from cues in the clauses.

Parties keep their own level: an agency stays an agency, a region a region. ``measures`` are linked later.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from kg.model import ActorFact, CooperationFact, CooperationKind, DocumentFact, RegionFact
from loaders.lexicon import read_table, read_words
from loaders.reading import Clause, Reading
from loaders.recognise.cooperation_cues import Cue, any_cue, cues
from loaders.recognise.cooperation_parties import PartyFinder, is_alliance, merge
from loaders.recognise.documents import document_places
from loaders.recognise.mentions import region_forms, region_key, region_label, within_sentence
from loaders.recognise.subjects import Party
from loaders.recognise.titles import strip_edition, verbs

_LABEL = 40
_ABOUT = re.compile(
    r"^.{0,30}?关于(?:进一步)?(?:推进|加强|支持|加快|促进|推动|开展|做好|深化|规范)?(?P<subject>.+?)的[^的]+$"
)
_TAIL = re.compile(
    r"(?:战略)?(?:合作)?(?:框架)?(?:试点|行动|实施|总体|工作|合作|指导|管理|若干|专项)*"
    r"(?:协议|备忘录|协定|方案|计划|规划|意见|办法|措施|清单|规定|通知|细则)$"
)
_WORD = r"(?:联盟|联合体|医共体|医联体|共同体|协作体|伙伴计划)"
_ALLIANCE = re.compile(
    rf"“[^”、]{{2,30}}{_WORD}[^”]{{0,4}}”"
    r"|(?:推动|加入|发起|成立|组建|建立|批|[0-9一二两三四五六七八九十]个|的|由|了|^)"
    rf"(?P<name>[^，、“”了的]{{3,30}}?{_WORD})"
)
_DECIDED = re.compile(r"通过|审议|批准|批复|转发|修订$")
_AND_OTHERS = re.compile(
    r"等[^，。；]{0,6}(?:部门|单位|部委|厅局|委办局|机构|机关|司局)[^，。；]*(?:印发|下发|发布|发出|出台|推出|制定|公布|签署|签订)|(?:会同|联合)(?:有关|相关|多个)部门"
)
_SUPPORT = re.compile(r"＿(?:支持|援助|帮扶|支援)＿")
_INCLUDES = re.compile(r"^(?:主要|具体|其中)?(?:包括|涵盖|包含)")
_NO_PACT = re.compile(r"(?:[一二三四五六七八九十]+、)?(?:原则)?同意|这(?:也|还|又)?是|标志着")
_OBJECT = re.compile(
    r"^(?:等地区|等地|等|地区|三地|三省|两地|已|全域|分别|均|都|将|还|也|实现了?|推动|开展|加强|深化|进一步|积极|主动|累计|支持)+"
)
_RESULT = re.compile(r"(?:取得|超过?[0-9]|突破|更加|不断|常态化|成立|落地).*$")


@cache
def _title_kinds() -> tuple[tuple[str, CooperationKind], ...]:
    return tuple(
        (row["word"], cast(CooperationKind, row["kind"])) for row in read_table("cooperation_titles")
    )


def recognise(reading: Reading) -> list[CooperationFact]:
    """The cooperations of one article, in order of offset; the headline is left out, since the text repeats it."""
    finder = _Finder(reading)
    pacts = finder.of_documents()
    every = pacts + finder.of_clauses(pacts)
    facts = [fact for fact in every if not _is_part(fact, every)]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


class _Finder:
    """Finds the cooperations of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parties = PartyFinder(reading)
        self._text = self._parties.text

    # -- documents ------------------------------------------------------------------------------------------

    def of_documents(self) -> list[CooperationFact]:
        """Joint issues (two or more issuers) and pacts (a document that two or more sign)."""
        by_name: dict[str, Party] = {fact.name: fact for fact in self._reading.facts.regions}
        by_name |= {fact.name: fact for fact in self._reading.facts.actors}
        found = []
        for document in self._reading.facts.documents:
            parties = [by_name[name] for name in document.issuers if name in by_name]
            place = self._signing_of(document) if parties else None
            if place is None:
                continue
            clause, verb, end = place
            if len(parties) < 2 and not _AND_OTHERS.search(self._text, clause.start, end):
                continue
            title = document.title
            signed = verbs("sign").fullmatch(verb) is not None
            if (not signed and _DECIDED.search(verb)) or _NO_PACT.match(self._text, clause.start):
                continue
            label = title if signed else f"{verb}《{title}》"
            kind = self._kind_of_pact(document) if signed else "joint_issuance"
            subject = _subject_of_title(title)
            found.append(
                self._make(clause.start, end, kind, parties, label, subject, 0.85, agreement=document.id)
            )
        return found

    def _kind_of_pact(self, document: DocumentFact) -> CooperationKind:
        """What is signed is an agreement, unless it is a list of what is done together (…通办清单)."""
        if document.kind != "agreement":
            for word, kind in _title_kinds():
                if word in document.title:
                    return kind
        return "agreement"

    def _signing_of(self, document: DocumentFact) -> tuple[Clause, str, int] | None:
        """The clause of the issue or the signing, the verb, and where the clause with the title ends.

        The first place whose clauses name one who issued or signed it, else the first of the body.
        """
        word = re.escape(re.sub(r"\s+", "", document.title))
        places = [m.start() for m in re.finditer(word, self._reading.text)]
        ordered = sorted(places, key=lambda p: p < self._reading.title_end)
        told = [place for p in ordered if (place := self._signing_at(p)) is not None]
        names = set(document.issuers)
        body = [p for p in told if p[0].start > self._reading.title_end]
        naming = (p for p in body if names & {n.name for n in self._parties.named(p[0].start, p[2])})
        return next(naming, told[0] if told else None)

    def _signing_at(self, place: int) -> tuple[Clause, str, int] | None:
        """The clause of the verb before a title, else that of the verb after it (《…》在甲地签署)."""
        sentence = self._reading.sentence_at(place)
        own = next(c for c in sentence.clauses if place < c.end)
        for clause in reversed([c for c in sentence.clauses if c.start <= place]):
            found = list(verbs("issue", "sign").finditer(self._text, clause.start, min(place, clause.end)))
            if not found and clause == own:
                found = list(verbs("issue", "sign").finditer(self._text, place, own.end))[:1]
            if found:
                return clause, found[-1].group(), own.end
        return None

    # -- clauses --------------------------------------------------------------------------------------------

    def of_clauses(self, pacts: list[CooperationFact]) -> list[CooperationFact]:
        """Cooperations told in a clause. What is an item of a pact is none of its own."""
        taken = [self._reading.folded_span(pact) for pact in pacts]
        signed = {pact.agreement for pact in pacts if pact.kind != "joint_issuance"}
        titles = {d.title for d in self._reading.facts.documents if d.id in signed}
        taken += [(start, end) for start, end, title in document_places(self._reading) if title in titles]
        found: list[CooperationFact] = []
        for clause in self._reading.clauses:
            if clause.start < self._reading.title_end or any(
                s < clause.end and clause.start < e for s, e in taken
            ):
                continue
            masked = self._parties.masked(clause)
            if not any_cue().search(masked) and not _SUPPORT.search(masked):
                continue
            words = self._text[clause.start : clause.end]
            if _NO_PACT.match(words) or (pacts and _INCLUDES.match(words)):
                continue
            for fact in self._of_clause(clause, masked):
                if not _repeats(fact, pacts + found, self._names_again(clause, found)):
                    found.append(fact)
        return found

    def _names_again(self, clause: Clause, found: list[CooperationFact]) -> bool:
        """Whether a clause has two parties of its own and its sentence has not told of the same (甲补偿乙，乙补偿甲)."""
        sentence = self._reading.sentence_at(clause.start)
        cue = any_cue().search(self._text, clause.start, clause.end)
        earlier = [f.evidence for f in found if self._reading.folded_span(f)[1] > sentence.start]
        told = [m[0] for quote in earlier if (m := any_cue().search(quote))]
        return (cue is None or cue[0] not in told) and len(self._parties.named(clause.start, clause.end)) > 1

    def _of_clause(self, clause: Clause, masked: str) -> list[CooperationFact]:
        found: list[CooperationFact] = []
        unmet = self._parties.without_meetings(masked)
        for cue in cues():
            match = cue.pattern.search(masked if cue.kind in ("agreement", "alliance") else unmet)
            if match is None or (found and not cue.more):
                continue
            found.extend(self._of_cue(clause, cue, clause.start + match.start(), clause.start + match.end()))
        return found or self._of_help(clause)

    def _of_cue(self, clause: Clause, cue: Cue, start: int, end: int) -> list[CooperationFact]:
        if cue.kind == "alliance":
            return self._alliance(clause)
        label, subject = self._label(clause), self._subject(clause, cue, start, end)
        if cue.needs == "0":
            named = self._parties.named(clause.start, clause.end)
            parties = named if len(named) > 1 and any(isinstance(p, ActorFact) for p in named) else []
            regions = None if parties else self._parties.regions_near(clause)
            return [
                self._make(clause.start, clause.end, cue.kind, parties, label, subject, 0.5, regions=regions)
            ]
        pairs = self._parties.pairs(clause)
        if pairs:
            return [
                self._make(
                    clause.start,
                    clause.end,
                    cue.kind,
                    pair,
                    f"{'与'.join(p.name for p in pair)}{subject or ''}"[:_LABEL],
                    subject,
                    0.6,
                )
                for pair in pairs
            ]
        items = self._parties.listed(clause) if cue.kind in ("other", "pairing") else []
        if items:
            return [
                self._make(
                    clause.start, clause.end, cue.kind, parties, f"{part}{subject}"[:_LABEL], subject, 0.6
                )
                for part, parties in items
            ]
        begin, parties = self._parties.of_cue(clause, start, cue.kind, cue.needs, cue.follow, any_cue())
        if not self._parties.enough(parties, cue.needs):
            return []
        confidence = 0.55 if cue.kind in ("pairing", "other") else 0.7
        return [self._make(begin, clause.end, cue.kind, parties, label, subject, confidence, at=start)]

    def _of_help(self, clause: Clause) -> list[CooperationFact]:
        helped = self._parties.helpers(clause)
        if helped is None:
            return []
        parties, end = helped
        subject = self._text[end : clause.end][:_LABEL] or None
        return [self._make(clause.start, clause.end, "pairing", parties, self._label(clause), subject, 0.6)]

    def _alliance(self, clause: Clause) -> list[CooperationFact]:
        inside = self._parties.inside(clause)
        known = [m.names[0] for m in inside if is_alliance(m)]
        match = _ALLIANCE.search(self._reading.text[clause.start : clause.end])
        name = known[0] if known else (match["name"] or match[0]) if match else ""
        if not name:
            return []
        founders = self._parties.founders(clause, name)
        groups = merge([f for m in inside if m.is_region and len(m.facts) > 1 for f in m.facts])
        parties = founders or groups or self._parties.leaders(name)
        regions = [p for p in (groups or founders) if isinstance(p, RegionFact)]
        regions = regions or [
            r
            for r in self._reading.facts.regions
            if any(form in name for form in region_forms(self._reading, r))
        ]
        regions = regions or self._parties.regions_near(clause)
        subject = re.sub(rf"{_WORD}|[“”]|(?:跨区域)", "", name)
        return [
            self._make(
                clause.start, clause.end, "alliance", parties, name[:_LABEL], subject, 0.7, regions=regions
            )
        ]

    # -- facts ----------------------------------------------------------------------------------------------

    def _make(
        self,
        start: int,
        end: int,
        kind: CooperationKind,
        parties: list[Party],
        label: str,
        subject: str | None,
        confidence: float,
        *,
        agreement: str | None = None,
        regions: list[RegionFact] | None = None,
        at: int | None = None,
    ) -> CooperationFact:
        keys, codes = self._regions(parties, regions)
        start, end = within_sentence(self._reading, start, end, max(start, at or start))
        quote = self._reading.text[start:end]
        several = len(parties) > 1 or len(codes) > 1
        claims = several and any(word in quote for word in read_words("cooperation_claims"))
        first, last = self._reading.folded.span(start, end)
        dates = [e.date for e in self._reading.facts.events if e.start < last and first < e.end]
        return self._reading.make(
            CooperationFact,
            start,
            end,
            discriminator=f"{kind}/{label}/{at or 0}",
            confidence=confidence,
            label=label,
            kind=kind,
            parties=[p.name for p in parties],
            region_codes=codes,
            subject=subject,
            cross_region=self._reading.regions.crosses_regions(keys) or claims or _apart(codes, len(keys)),
            date=dates[0] if dates else None,
            agreement=agreement,
        )

    def _regions(self, parties: list[Party], regions: list[RegionFact] | None) -> tuple[list[str], list[str]]:
        """The authority's keys of the regions concerned, and what stands for them in ``region_codes``.

        Where ``regions`` are given they stand for those of the actors. Bodies of no region are the country's.
        """
        keys: list[str] = []
        codes: list[str] = []
        for fact in [*(regions or []), *parties]:
            if isinstance(fact, RegionFact):
                key, code = region_key(self._reading, fact), region_label(fact)
            elif regions:
                continue
            else:
                code = fact.region_code or ""
                found = self._reading.regions.resolve(code, self._reading.year) if code else None
                key = found.key if found else None
            if key and key not in keys:
                keys.append(key)
            if code and code not in codes:
                codes.append(code)
        if not codes:
            codes = [r.name for r in self._reading.facts.regions if r.level == "country"][:1]
        return keys, codes

    def _label(self, clause: Clause) -> str:
        return self._reading.quote(clause.start, clause.end)[:_LABEL]

    def _subject(self, clause: Clause, cue: Cue, start: int, end: int) -> str | None:
        """What the cooperation is about: what is built, else the words after the last party, else after the cue."""
        text = self._reading.text
        if cue.kind == "joint_platform":
            first, _ = self._reading.folded.span(start, start + 1)
            earlier = [p.name for p in self._reading.facts.programs if p.start < first]
            built = text[end : clause.end] or (earlier[-1] if earlier else "")
            return built[:_LABEL] or None
        begin = max([clause.start, *(m.end for m in self._parties.inside(clause))])
        words = _RESULT.sub("", _OBJECT.sub("", text[begin : clause.end]))
        rest = "" if begin > end else text[end : clause.end]
        return (words or rest or text[start:end])[:_LABEL] or None


def _apart(codes: list[str], known: int) -> bool:
    """Whether a region that the authority does not know (老挝, 北京市周边地区) stands beside another one."""
    nested = any(a != b and a in b for a in codes for b in codes)
    return len(codes) > 1 and known < len(codes) and not nested


def _repeats(fact: CooperationFact, earlier: list[CooperationFact], named: bool) -> bool:
    """The parties of a pact named again after it (三省一市合作机制), or the same kind with the same parties.

    Where the clause itself has ``named`` its parties again, it tells of another cooperation of theirs.
    """
    for other in earlier:
        same = bool(fact.parties) and set(fact.parties) == set(other.parties)
        if other.agreement is not None and other.kind != "joint_issuance" and other.start < fact.start:
            covers = bool(other.region_codes) and set(other.region_codes) <= set(fact.region_codes)
            if fact.kind not in ("joint_platform", "alliance") and (
                same or (covers and fact.kind != "agreement")
            ):
                return True
        loose = bool(fact.parties) and fact.kind in ("pairing", "other")
        if same and other.agreement is not None and other.kind != "joint_issuance" and loose:
            return True
        if loose and other.kind == "agreement" and set(fact.parties) <= set(other.parties):
            return True
        if same and fact.kind == other.kind and fact.start != other.start and not named:
            return True
    return False


def _is_part(fact: CooperationFact, every: list[CooperationFact]) -> bool:
    """A loose tie that names fewer of the parties of another one of its kind (江苏援藏 beside 江苏与拉萨)."""
    if fact.kind not in ("pairing", "other") or not fact.parties:
        return False
    return any(
        fact.kind == other.kind and fact.start != other.start and set(fact.parties) < set(other.parties)
        for other in every
    )


def _subject_of_title(title: str) -> str:
    """What a document is about: its title without 关于 and the word for its kind."""
    bare = strip_edition(re.sub(r"\s+", "", title))
    match = _ABOUT.match(bare)
    words = match["subject"] if match else _TAIL.sub("", bare)
    return words or bare
