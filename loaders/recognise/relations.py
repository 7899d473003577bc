"""Recognise relations: what one document does to another (根据《甲》制定乙, 《乙》施行，《甲》同时废止, 关于修改〈甲〉的决定).

The quote is the clauses that hold the cue, the title and the acting document where that stands in the same sentence.
Kinds follow what legal metadata tells apart (ELI ontology 1.4: based on, amends, repeals, and its extension in time).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.model import DocumentRelation, RelationFact
from loaders.lexicon import read_table
from loaders.reading import Reading, Sentence
from loaders.recognise.dates import find_dates
from loaders.recognise.documents import document_places
from loaders.recognise.subjects import is_wish
from loaders.recognise.titles import mask_titles, verbs

_JOINED = re.compile(r"[》〉]?(?:[（(][^（）()\n]*[）)]|〔[^〕\n]*〕)*(?:等)?、?(?:以及|和|及|与|或)?[《〈]?")
_BEHIND = (
    r"[》〉]?(?:[（(][^（）()\n]*[）)])*(?:等[^，。；《》]{0,8})?，?"
    r"(?:同时|即行|予以|相应|均|已|将|一并|自行|自(?:即日|本[^，。；]{1,6}之日|[0-9年月日]+)起)*"
)
_BETWEEN = r"(?:了|原有?|以下|上述|[^，。；：、《》]{0,10}?(?:发布|印发|公布|出台|下发|部署|制定|省|市|党中央|国务院)的?)?[《〈“]*\Z"
_OWN = re.compile(
    r"本(?:办法|通知|意见|条例|规定|决定|方案|细则|规划|规则|公告|通告|措施|计划|标准|纲要|协议|法)"
)
_MADE = re.compile(r"制[定订]|提出|现就|现将|(?:通知|批复|意见|公告|通告|决定|规定)如下|编制")
_IN_FORCE = re.compile(r"起[^，]{0,4}(?:施行|实施|生效|执行)")
_ISSUED_THEN = re.compile(
    r"[^，。；《》]{0,20}(?:发布|印发|公布|出台|下发|颁布|制定|通过)的?[^，。；《》]{0,6}《"
)
_CUT = re.compile("[，；：]")
_LOOK_BACK = 40
_CONFIDENCE = 0.85
_UNNAMED = 0.7


@dataclass(frozen=True, slots=True)
class _Place:
    """A document where the text names it, in folded coordinates without 《》."""

    start: int
    end: int
    document: str


@dataclass(frozen=True, slots=True)
class _Cue:
    """The word that tells the relation, in folded coordinates."""

    kind: DocumentRelation
    start: int
    end: int


def recognise(reading: Reading) -> list[RelationFact]:
    """The relations between the documents of one article, in order of offset. Documents are recognised before.

    A relation that nobody has brought about yet (拟修订, 推动修改) is none; that a document is carried out is told only
    with the document that carries it out.
    """
    if not reading.facts.documents or not _any_cue().search(reading.text):
        return []
    return _Relations(reading).all()


@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(row["pattern"] for row in read_table("relation_cues"))))


@cache
def _cues(side: str) -> tuple[tuple[re.Pattern[str], DocumentRelation], ...]:
    """The patterns of one side: for what ends at a title, or what begins behind one."""
    found = []
    for row in read_table("relation_cues"):
        if row["side"] == side:
            cue = f"(?P<cue>{row['pattern']})"
            pattern = re.compile(cue + _BETWEEN if side == "before" else _BEHIND + cue)
            found.append((pattern, cast(DocumentRelation, row["kind"])))
    return tuple(found)


class _Relations:
    """Finds the relations of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._shown = mask_titles(reading.text)
        by_title = {fact.title: fact.id for fact in reading.facts.documents}
        self._places = [
            _Place(start, end, by_title[title])
            for start, end, title in document_places(reading)
            if title in by_title
        ]

    def all(self) -> list[RelationFact]:
        """Each relation once, where it is first told."""
        found: dict[tuple[str, str, str | None], RelationFact] = {}
        for run in self._runs():
            outer = self._outer(run[0])
            cue = self._cue(run, outer)
            if cue is None:
                continue
            by = outer or self._acting(run, cue)
            kind: DocumentRelation = cue.kind
            if kind == "repeals" and by and "同时" in self._reading.text[run[-1].end : cue.end]:
                kind = "replaces"  # what ends makes way for what begins
            if kind == "carries_out" and by is None:
                continue
            for place in run:
                if by is None or by.document != place.document:
                    key = (kind, place.document, by.document if by else None)
                    found.setdefault(key, self._fact(place, by, kind, cue))
        return sorted(found.values(), key=lambda fact: (fact.start, fact.end))

    def _runs(self) -> list[list[_Place]]:
        """The documents in lists (《甲》《乙》和《丙》), those inside one title apart from those outside."""
        runs: list[list[_Place]] = []
        for place in self._places:
            last = runs[-1][-1] if runs else None
            joined = last and _JOINED.fullmatch(self._reading.text, last.end, max(last.end, place.start))
            if last and joined and self._outer(last) == self._outer(place):
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def _outer(self, place: _Place) -> _Place | None:
        """The document inside whose title a title stands (《关于修改〈甲〉的决定》), the innermost."""
        around = [p for p in self._places if p.start <= place.start and place.end <= p.end and p != place]
        return min(around, key=lambda p: p.end - p.start, default=None)

    def _cue(self, run: list[_Place], outer: _Place | None) -> _Cue | None:
        text, sentence = self._reading.text, self._reading.sentence_at(run[0].start)
        begin, end = (outer.start, outer.end) if outer else (sentence.start, sentence.end)
        begin = max(begin, run[0].start - _LOOK_BACK)
        for pattern, kind in _cues("before"):
            cue = pattern.search(text, begin, run[0].start)
            if cue and (kind == "carries_out" or not self._is_planned(cue.start())):
                return _Cue(kind, cue.start("cue"), cue.end("cue"))
        for pattern, kind in _cues("after"):
            cue = pattern.match(text, run[-1].end, end)
            if cue and not self._is_planned(run[0].start):
                return _Cue(kind, cue.start("cue"), cue.end("cue"))
        return None

    def _is_planned(self, at: int) -> bool:
        clause = next((c for c in self._reading.sentence_at(at).clauses if at <= c.end), None)
        return clause is not None and is_wish(self._shown[clause.start : at])

    def _acting(self, run: list[_Place], cue: _Cue) -> _Place | None:
        """The document that acts: one that is issued in the sentence, the one spoken of before, or the article itself."""
        sentence = self._reading.sentence_at(run[0].start)
        inside = [p for p in self._places if sentence.start <= p.start and p.end <= sentence.end]
        others = [p for p in inside if p not in run and self._outer(p) is None]
        if cue.kind == "carries_out":
            behind = (p for p in others if p.start > run[-1].end)
            issued = next((p for p in behind if self._is_issued(run[-1].end, p)), None)
            return issued or (self._own() if self._speaks_of_itself(sentence) else None)
        named = next((p for p in reversed(others) if p.end < run[0].start), None)
        return named or self._in_force_before(sentence) or self._own()

    def _in_force_before(self, sentence: Sentence) -> _Place | None:
        """The document of which the sentence before says from when it is in force."""
        before = self._sentence_before(sentence.start)
        if before is None or not _IN_FORCE.search(self._reading.text, before.start, before.end):
            return None
        told = [p for p in self._places if before.start <= p.start and p.end <= before.end]
        return next((p for p in reversed(told) if self._outer(p) is None), None)

    def _sentence_before(self, start: int) -> Sentence | None:
        """The sentence before the one that begins at ``start``, in the same paragraph."""
        paragraph = self._reading.text.rfind("\n", 0, start) + 1
        before = self._reading.sentence_at(max(paragraph, start - 2))
        return before if before.end < start else None

    def _is_issued(self, start: int, place: _Place) -> bool:
        """Whether a verb of issuing stands before the document, with no mark of punctuation between."""
        issued = [verb.end() for verb in verbs("issue").finditer(self._shown, start, place.start)]
        return bool(issued) and not _CUT.search(self._shown, issued[-1], place.start)

    def _speaks_of_itself(self, sentence: Sentence) -> bool:
        """Whether a sentence of a document says on what that document rests (根据《甲》，制定本办法)."""
        return bool(
            _OWN.search(self._shown, sentence.start, sentence.end)
            or _MADE.search(self._shown, sentence.start, sentence.end)
        )

    def _own(self) -> _Place | None:
        """The article where it is itself a document."""
        return next((p for p in self._places if p.start == 0 and p.end >= self._reading.title_end - 1), None)

    def _fact(self, place: _Place, by: _Place | None, kind: DocumentRelation, cue: _Cue) -> RelationFact:
        start, end = self._quote(place, by, cue)
        return self._reading.make(
            RelationFact,
            start,
            end,
            discriminator=f"{kind} {place.document} {by.document if by else ''}",
            confidence=_CONFIDENCE if by else _UNNAMED,
            kind=kind,
            document=place.document,
            by=by.document if by else None,
            date=None if kind == "carries_out" else self._date(start, end),
        )

    def _quote(self, place: _Place, by: _Place | None, cue: _Cue) -> tuple[int, int]:
        """The clauses from the first to the last of cue, document and acting document, as far as one sentence holds them."""
        sentence = self._reading.sentence_at(place.start)
        parts = [(place.start, place.end), (cue.start, cue.end)]
        if by is not None and sentence.start <= by.start and by.end <= sentence.end:
            parts.append((by.start, by.end))
        first, last = min(parts)[0], max(end for _, end in parts)
        clauses = [clause for clause in sentence.clauses if clause.end > first and clause.start < last]
        return min(first, clauses[0].start), max(last, clauses[-1].end)

    def _date(self, start: int, end: int) -> str | None:
        """The one date that the quote states, else the one from which the sentence before says that a text is in force.

        The day on which the other document was issued (2003年公布的《甲》) is none.
        """
        stated = self._dates_in(start, end)
        before = self._sentence_before(start)
        if not stated and before and _IN_FORCE.search(self._reading.text, before.start, before.end):
            stated = self._dates_in(before.start, before.end)
        return stated.pop() if len(stated) == 1 else None

    def _dates_in(self, start: int, end: int) -> set[str]:
        text = self._reading.text
        return {
            date.value
            for date in find_dates(self._reading)
            if start <= date.start
            and date.end <= end
            and date.value
            and not _ISSUED_THEN.match(text, date.end)
        }
