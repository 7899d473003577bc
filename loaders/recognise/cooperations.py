"""Recognise cooperations: pacts and joint issues from the documents, all others from cues in the clauses.

Parties keep their own level: an agency stays an agency, a region a region. ``measures`` are linked later.
"""

from __future__ import annotations

import re

from kg.model import ActorFact, CooperationFact, CooperationKind, DocumentFact, RegionFact
from loaders.lexicon import read_words
from loaders.reading import Clause, Reading
from loaders.recognise.cooperation_cues import Cue, any_cue, sieve
from loaders.recognise.cooperation_groups import (
    founders,
    helpers,
    leaders,
    list_start,
    listed,
    listed_before,
    pairs,
)
from loaders.recognise.cooperation_pacts import kind_of_pact, own_places, signing_of, subject_of_title
from loaders.recognise.cooperation_parties import PartyFinder, is_alliance, merge
from loaders.recognise.cooperation_repeats import grows_from, is_part, repeats
from loaders.recognise.cooperation_scope import set_up, told_apart, topics
from loaders.recognise.documents import document_places
from loaders.recognise.mentions import region_forms, region_key, region_label, within_sentence
from loaders.recognise.subjects import Party
from loaders.recognise.titles import verbs

_LABEL = 40
_WORD = r"(?:联盟|联合体|医共体|医联体|共同体|协作体|伙伴计划|协作网)"
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
_NO_PACT = re.compile(
    r"(?:[一二三四五六七八九十]+、)?(?:原则)?同意|这(?:也|还|又)?是|标志着|.*以[^，]*为契机$|在[^，]*框架[下内]$"
    r"|.*(?:走向深入|上新?台阶|新局面|新篇章)$|为.*提供[^，]*(?:支撑|保障|基础|动力)$"
)
_FIGURE = re.compile(
    r"(?:排头兵|高地|样板|典范|标杆|名片|引擎|增长极|新格局)$"
)  # of speech: nothing that is built
_OBJECT = re.compile(
    r"^(?:等地区|等地|等|地区|三地|三省|两地|已|全域|分别|均|都|将|还|也|实现了?|推动|开展|加强|深化|进一步|积极|主动|累计|支持)+"
)
_ANY_PACT = re.compile(
    r"(?:战略|合作|框架|投资|意向|友好|项目|帮扶|结对|共建|对口|全面)*(?:协议书?|备忘录|协定|意向书|合同)"
)
_DEPUTIES = re.compile(r"代表[^，]{0,8}签")
_MEANT = re.compile(r"根据|按照|依据|依照|遵照|贯彻|落实|执行|参照|结合|为[^，]*(?:印发|下发)")
_OPENED = re.compile(r"(?:实现|开通|上线|启用|推出|启动)")
_RESULT = re.compile(r"(?:取得|超过?[0-9]|突破|更加|不断|常态化|成立|落地).*$")


def recognise(reading: Reading) -> list[CooperationFact]:
    """The cooperations of one article, in order of offset; the headline is left out, since the text repeats it."""
    finder = _Finder(reading)
    pacts = finder.of_documents()
    every = pacts + finder.of_clauses(pacts)
    facts = [fact for fact in every if not is_part(fact, every)]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


class _Finder:
    """Finds the cooperations of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parties = PartyFinder(reading)
        self._text = self._parties.text
        self._parties_of: dict[str, list[Party]] = {}
        self._signed: list[CooperationFact] = []
        self._topics = topics(reading)
        self._opened: set[str] = set()  # services that a pact has brought

    # -- documents ------------------------------------------------------------------------------------------

    def of_documents(self) -> list[CooperationFact]:
        """Joint issues (two or more issuers) and pacts (a document that two or more sign)."""
        by_name: dict[str, Party] = {fact.name: fact for fact in self._reading.facts.regions}
        by_name |= {fact.name: fact for fact in self._reading.facts.actors}
        found = []
        for document in self._reading.facts.documents:
            parties = [by_name[name] for name in document.issuers if name in by_name]
            place = signing_of(self._parties, document) if parties else None
            fact = (
                self._of_signing(document, parties, *place) if place else self._of_heading(document, parties)
            )
            if fact is not None:
                found.append(fact)
        self._signed = [fact for fact in found if fact.kind == "agreement"]
        return [fact for fact in found if not self._is_item(fact)]

    def _is_item(self, fact: CooperationFact) -> bool:
        """Whether the parties of a pact told before in the sentence issue what it brings (签订协议，已发布清单)."""
        start, _ = self._reading.folded_span(fact)
        begin = self._reading.sentence_at(start).start
        return fact.kind == "joint_issuance" and any(
            set(fact.parties) == set(pact.parties) and begin <= self._reading.folded_span(pact)[0] < start
            for pact in self._signed
        )

    def _of_signing(
        self, document: DocumentFact, parties: list[Party], clause: Clause, verb: str, end: int
    ) -> CooperationFact | None:
        if len(parties) < 2 and not _AND_OTHERS.search(self._text, clause.start, end):
            return None
        title = document.title
        signed = verbs("sign").fullmatch(verb) is not None
        if (not signed and _DECIDED.search(verb)) or _NO_PACT.match(self._text, clause.start):
            return None
        label = title if signed else f"{verb}《{title}》"
        kind = kind_of_pact(document) if signed else "joint_issuance"
        subject = subject_of_title(title)
        start = list_start(self._parties, clause)
        parties = self._parties.without_wholes(merge(self._parties.named(start, clause.start), parties))
        return self._make(start, end, kind, parties, label, subject, 0.85, agreement=document.id)

    def _of_heading(self, document: DocumentFact, parties: list[Party]) -> CooperationFact | None:
        """A text that two or more bodies head, though no verb says that they issued it (甲部、乙部关于…的通知)."""
        places = own_places(self._reading, document)
        body = [p for p in places if p > self._reading.title_end] or places
        if document.kind == "agreement" or not body:
            return None
        at = body[0]
        heading = listed_before(self._parties, at)
        issuers = heading if len(heading) > 1 else parties
        if sum(isinstance(p, ActorFact) for p in issuers) < 2:
            return None
        clause = next(c for c in self._reading.sentence_at(at).clauses if at < c.end)
        if _MEANT.search(self._text, clause.start, at):
            return None
        label, subject = f"《{document.title}》", subject_of_title(document.title)
        return self._make(
            clause.start, clause.end, "joint_issuance", issuers, label, subject, 0.7, agreement=document.id
        )

    # -- clauses --------------------------------------------------------------------------------------------

    def of_clauses(self, pacts: list[CooperationFact]) -> list[CooperationFact]:
        """Cooperations told in a clause. What is an item of a pact is none of its own."""
        taken = [self._reading.folded_span(pact) for pact in pacts]
        signed = {pact.agreement for pact in pacts if pact.kind != "joint_issuance"}
        known = (d.title for d in self._reading.facts.documents if d.id in signed)
        titles = {title for title in known if not _ANY_PACT.fullmatch(title)}
        taken += [(start, end) for start, end, title in document_places(self._reading) if title in titles]
        apart = told_apart(self._reading)
        found: list[CooperationFact] = []
        for clause in self._reading.clauses:
            if clause.start < self._reading.title_end or clause.start in apart:
                continue
            if any(s < clause.end and clause.start < e for s, e in taken):
                continue
            masked = self._parties.without_teams(clause, self._parties.masked(clause))
            told_of = any(cue.pattern.search(masked) for cue in sieve().open_to(masked))
            if not told_of and not _SUPPORT.search(masked):
                continue
            words = self._text[clause.start : clause.end]
            if _NO_PACT.match(words) or (pacts and (_INCLUDES.match(words) or _DEPUTIES.search(words))):
                continue
            told = self._told_before(clause, pacts, found)
            for fact in self._of_clause(clause, masked):
                new = fact.id in self._opened
                if new or not repeats(fact, told, self._names_again(clause, found)):
                    found = [f for f in found if not grows_from(fact, f)]
                    found.append(fact)
                    self._signed += [fact] if fact.kind == "agreement" else []
        return found

    def _told_before(
        self, clause: Clause, pacts: list[CooperationFact], found: list[CooperationFact]
    ) -> list[CooperationFact]:
        """What a clause may repeat: all, but where it sets up a thing of its own (建立联合河长机制), what told of it."""
        thing = set_up(self._text[clause.start : clause.end])
        if thing is None or len(self._parties.named(clause.start, clause.end)) < 2:
            return pacts + found
        sentence = self._reading.sentence_at(clause.start)
        here = [f for f in pacts + found if self._reading.folded_span(f)[1] > sentence.start]
        return [f for f in pacts + found if thing in f.evidence or (f in here and f.agreement)]

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
        for cue in sieve().open_to(masked if unmet == masked else f"{masked}\n{unmet}"):
            if cue.kind != "agreement" and clause.start in self._topics:
                continue  # what was agreed on
            match = cue.pattern.search(masked if cue.kind in ("agreement", "alliance") else unmet)
            if match is None or (found and not cue.more):
                continue
            found.extend(self._of_cue(clause, cue, clause.start + match.start(), clause.start + match.end()))
        return found or self._of_help(clause)

    def _of_cue(self, clause: Clause, cue: Cue, start: int, end: int) -> list[CooperationFact]:
        if cue.kind == "alliance":
            return self._alliance(clause)
        if cue.kind == "joint_platform" and _FIGURE.search(self._text, end, clause.end):
            return []
        label, subject = self._label(clause), self._subject(clause, cue, start, end)
        if cue.needs == "0":
            return [self._unnamed_pact(clause, cue, label, subject)]
        begin, twos = pairs(self._parties, clause)
        if twos:
            return [
                self._one_of_many(begin, clause, cue, two, "与".join(p.name for p in two), subject)
                for two in twos
            ]
        items = listed(self._parties, clause) if cue.kind in ("other", "pairing") else []
        if items:
            return [self._one_of_many(clause.start, clause, cue, some, part, subject) for part, some in items]
        begin, parties = self._parties.of_cue(clause, start, cue.kind, cue.needs, cue.follow, any_cue())
        if cue.kind == "agreement" and clause.start in self._topics and not parties:
            first = self._topics[clause.start][0]
            begin, parties = first.start, self._parties.named(first.start, first.end)
        opened = (
            not parties and cue.kind == "shared_service" and _OPENED.search(self._text, clause.start, end)
        )
        parties = self._of_last_pact(clause) if opened else parties
        if not self._parties.enough(parties, cue.needs):
            return []
        confidence = 0.55 if cue.kind in ("pairing", "other") else 0.7
        begin = self._behind_titles(begin, start)
        fact = self._make(begin, clause.end, cue.kind, parties, label, subject, confidence, at=start)
        self._opened |= {fact.id} if opened else set()
        return [fact]

    def _behind_titles(self, begin: int, cue: int) -> int:
        """Where the quote begins: behind the titles that a clause refers to before it names who cooperates (《…》中甲与乙)."""
        titles = self._text.rfind("＿", begin, cue) + 1
        named = titles and not self._parties.named(begin, titles, titles=False)
        if not named or len(self._parties.named(titles, cue)) < 2:
            return begin
        return titles + 1 + self._text.startswith("中", titles + 1)

    def _unnamed_pact(self, clause: Clause, cue: Cue, label: str, subject: str | None) -> CooperationFact:
        """A cooperation of which the parties need not be named: the bodies if they are, else the regions."""
        named = self._parties.named(clause.start, clause.end)
        bodies: list[Party] = [p for p in named if isinstance(p, ActorFact)]
        parties = named if len(named) > 1 and bodies else bodies if cue.kind == "agreement" else []
        regions = None if parties else self._parties.regions_near(clause)
        return self._make(clause.start, clause.end, cue.kind, parties, label, subject, 0.5, regions=regions)

    def _one_of_many(
        self, start: int, clause: Clause, cue: Cue, parties: list[Party], name: str, subject: str | None
    ) -> CooperationFact:
        label = f"{name}{subject or ''}"[:_LABEL]
        return self._make(start, clause.end, cue.kind, parties, label, subject, 0.6)

    def _of_last_pact(self, clause: Clause) -> list[Party]:
        """Whose service a clause tells of that names nobody: of those who signed the one pact told before it."""
        told = [
            self._parties_of[f.id] for f in self._signed if self._reading.folded_span(f)[1] <= clause.start
        ]
        signed = [parties for parties in told if len(parties) > 1]
        return signed[0] if len(signed) == 1 else []

    def _of_help(self, clause: Clause) -> list[CooperationFact]:
        helped = helpers(self._parties, clause)
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
        first = founders(self._parties, clause, name)
        groups = merge([f for m in inside if m.is_region and len(m.facts) > 1 for f in m.facts])
        itself = [f for m in inside if is_alliance(m) for f in m.facts][:1]
        parties = first or groups or leaders(self._parties, name) or itself
        regions = [p for p in (groups or first) if isinstance(p, RegionFact)]
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
        fact = self._reading.make(
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
        self._parties_of[fact.id] = parties
        return fact

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
