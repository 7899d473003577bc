"""Recognise documents: one fact for each titled text, with its kind and who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.identifiers import fold_name
from kg.model import DocumentFact, RegionFact
from loaders.reading import Reading
from loaders.recognise.bare_titles import unquoted_titles
from loaders.recognise.dates import find_dates
from loaders.recognise.mentions import find_mentions, mentions_in
from loaders.recognise.named_titles import named_titles
from loaders.recognise.subjects import Party, parties_between, subjects_of
from loaders.recognise.titles import (
    OFFICIAL_TITLE,
    Title,
    defined_names,
    head_of,
    headline_form,
    is_title_of_document,
    kind_of,
    quoted_titles,
    resolve_short,
    verbs,
)

_JOINT = re.compile(r"(?:[（(][^（）()]*[）)])?[、，]?(?:以及|和|及|与)?")
_BREAK = re.compile(r"[，；。：《》]")
_TEXTS = re.compile(r"[^，。《]*(?:文件|办法|政策|规定|制度)")
_SAYS = re.compile(r"^》?(?:提出|明确|指出|要求|规定|强调)")
_IN_TITLE = re.compile(r"^([^《〈，。\n]{2,40}?)关于")
_BODY = re.compile(
    r"(?:部|委|委员会|厅|局|署|办公室|办|人民政府|政府|国务院|人民银行|总局|法院|检察院|省委|市委|中央)$"
)
_STANDARD = re.compile(r"标准《?\Z")
_HANDED_ON = re.compile(r"贯彻|落实|转发|执行|实施")
_SIGNED = re.compile(r"(?:签署|签订)了?《?\Z")
_INCLUDES = re.compile(r"(?:包括|分别(?:是|为)|主要有|即|如下)[:：]?\Z")
_WITH = re.compile(r"^(?:[一二三四五六]是)?(?:会上)?(?:并|又|还)?(?:分别)?(?:与|同|和)")


@dataclass(slots=True)
class _Text:
    """A document in the making: its title's first place and all places, short forms too."""

    title: str
    first: Title
    places: list[Title] = field(default_factory=list)


def recognise(reading: Reading) -> list[DocumentFact]:
    """The documents of one article, in order of offset; the quote is the title at its first place."""
    texts = _collect(reading)
    if not texts:
        return []
    issuers = _Issuers(reading, texts)
    facts = []
    for text in texts:
        before = reading.text[max(0, text.first.start - 4) : text.first.start]
        kind = "standard" if _STANDARD.search(before) and text.first.quoted else kind_of(text.title)
        if head_of(text.title) is None and _SIGNED.search(before):
            kind = "agreement"
        facts.append(
            reading.make(
                DocumentFact,
                text.first.start,
                text.first.end,
                discriminator=fold_name(text.title),
                confidence=text.first.confidence,
                title=reading.quote(text.first.start, text.first.end),
                issuers=issuers.names(text),
                kind=kind,
            )
        )
    return facts


def document_places(reading: Reading) -> list[tuple[int, int, str]]:
    """Every place of a document, short forms too: folded start and end (without 《》) and its full title."""
    places = [
        (place.start, place.end, reading.quote(text.first.start, text.first.end))
        for text in _collect(reading)
        for place in text.places
    ]
    return sorted(places)


def _collect(reading: Reading) -> list[_Text]:
    """The documents of an article, found once for a state of its regions and actors; others must not change them."""
    return reading.once(("documents", *reading.known("actors", "regions")), lambda: _find(reading))


def _find(reading: Reading) -> list[_Text]:
    quoted = quoted_titles(reading)
    titles = quoted + named_titles(reading) + unquoted_titles(reading, quoted)
    title_text = reading.text[: reading.title_end]
    official = OFFICIAL_TITLE.match(title_text) or is_title_of_document(title_text)
    if official and not title_text.startswith("《"):
        titles.append(Title(0, reading.title_end, False, 0.85))
    titles.sort(key=lambda t: (t.start, -t.end))
    words = [reading.text[t.start : t.end] for t in titles]
    texts: dict[str, _Text] = {}
    short: dict[str, str] = {}
    for i, title in enumerate(titles):
        word = words[i]
        known = [text.title for text in texts.values()]
        full = short.get(fold_name(word)) or resolve_short(word, known, words[i + 1 :]) or word
        if title.quoted and title.start < reading.title_end and word not in words[i + 1 :]:
            full = headline_form(word, words[i + 1 :]) or full
        text = texts.get(fold_name(full))
        if text is None:
            if full != word:
                continue
            text = texts[fold_name(full)] = _Text(full, title)
        text.places.append(title)
        for name in defined_names(reading, title):
            short[fold_name(name)] = text.title
    return sorted(texts.values(), key=lambda t: t.first.start)


class _Issuers:
    """Finds who issued the documents of one article."""

    def __init__(self, reading: Reading, texts: list[_Text]) -> None:
        self._reading = reading
        self._mentions = find_mentions(reading)
        self._dates = find_dates(reading)
        self._places = sorted((p for text in texts for p in text.places), key=lambda p: p.start)
        self._last: list[Party] = []

    def names(self, text: _Text) -> list[str]:
        """Names of the issuers: those that the title begins with (《国务院关于…的批复》), else those that are told."""
        place = text.first
        match = _IN_TITLE.match(self._reading.text[place.start : place.end])
        if match is not None:
            told = _HANDED_ON.search(self._reading.text, place.start, place.start + match.end(1))
            names = self._bodies(place.start, told.start() if told else place.start + match.end(1))
            if names:
                return names
        return [party.name for party in self.of(text)]

    def _bodies(self, start: int, end: int) -> list[str]:
        """The names that stand in a folded span of a title: each a body by its last word, or else all recognised."""
        within = mentions_in(self._mentions, start, end)
        words = re.split(r"[、\s]+", self._reading.quote(start, end))
        if all(_BODY.search(word) for word in words):
            known = {self._reading.quote(m.start, m.end): m.facts[0].name for m in within}
            return [known.get(word, word) for word in words]
        covered = bool(within) and within[-1].end == end
        return list(dict.fromkeys(fact.name for m in within for fact in m.facts)) if covered else []

    def of(self, text: _Text) -> list[Party]:
        """The issuers by the first place that names them, places in the body before the headline."""
        body = [p for p in text.places if p.start > self._reading.title_end]
        for place in (*body, *(p for p in text.places if p.start < self._reading.title_end)):
            found = self._at(place)
            if found:
                self._last = found
                return found
        return self._owner(text)

    def _at(self, place: Title) -> list[Party]:
        reading = self._reading
        if place.start == 0:
            return self._in_official_title(place)
        if any(p.start < place.start and place.end < p.end for p in self._places):
            return []
        sentence = reading.sentence_at(place.start)
        begin = self._list_start(place, sentence.start)
        verb = self._verb_before(sentence.start, begin)
        if verb is not None:
            return self._subjects(verb, sentence.start, place)
        after = self._passive(place)
        if after is not None:
            return after
        adjacent = [m for m in self._mentions if m.end == begin]
        if adjacent and place.quoted:
            return list(adjacent[0].facts)
        return self._announced(sentence.start) if begin == sentence.start else []

    def _list_start(self, place: Title, floor: int) -> int:
        """Where the list of titles begins that the place stands in (《甲》《乙》和《丙》), its opening 《 included."""
        begin = place.start - place.quoted
        for earlier in reversed(self._places):
            end = earlier.end + earlier.quoted
            if floor <= earlier.start and end <= begin and _JOINT.fullmatch(self._reading.text[end:begin]):
                begin = earlier.start - earlier.quoted
        return begin

    def _verb_before(self, start: int, end: int) -> re.Match[str] | None:
        """The verb whose object the title is: nothing but a modifier between, no mark of punctuation."""
        found: re.Match[str] | None = None
        for match in verbs("issue", "sign", "submit").finditer(self._reading.text, start, end):
            between = self._reading.text[match.end() : end]
            if not _BREAK.search(between) or _INCLUDES.search(between):
                found = match
        return found

    def _subjects(self, verb: re.Match[str], start: int, place: Title) -> list[Party]:
        signing = bool(verbs("sign").fullmatch(verb.group()))
        parties = subjects_of(self._reading, self._mentions, self._dates, verb.start(), both=signing)
        clause = next(c for c in self._reading.sentence_at(verb.start()).clauses if verb.start() < c.end)
        before = self._reading.text[clause.start : verb.start()]
        named = parties_between(self._reading, self._mentions, clause.start, verb.start(), both=True)
        if not named and self._reading.text.startswith("的", verb.end()):
            return []
        if _WITH.match(before) and clause.start > start:
            doers = (
                parties_between(self._reading, self._mentions, start, clause.start, both=True) or self._last
            )
            parties = list({p.id: p for p in [*doers[:1], *parties]}.values())
        return self._share(before, parties, verb.end(), place)

    def _share(self, before: str, parties: list[Party], verb_end: int, place: Title) -> list[Party]:
        """甲与乙、丙分别签署一、二: the first party shares each text with one of the others."""
        sentence = self._reading.sentence_at(verb_end)
        places = [p for p in self._places if verb_end <= p.start < sentence.end]
        if "分别" not in before or len(places) != len(parties) - 1 or len(places) < 2:
            return parties
        index = next((i for i, p in enumerate(places) if p.start == place.start), None)
        return parties if index is None else [parties[0], parties[index + 1]]

    def _passive(self, place: Title) -> list[Party] | None:
        """Issuers after the title (《…》由…发布), empty where it is said to be issued by nobody named."""
        reading = self._reading
        clause = next((c for c in reading.clauses if place.start < c.end), None)
        end = clause.end if clause else place.end
        verb = verbs("issue", "sign").search(reading.text, place.end, max(place.end, end))
        if verb is None or _SAYS.match(reading.text[place.end : place.end + 4]):
            return None
        return parties_between(reading, self._mentions, place.end, verb.start(), both=True)

    def _announced(self, start: int) -> list[Party]:
        """A title that opens a sentence belongs to the issue that the paragraph tells of before it (多个文件)."""
        reading = self._reading
        paragraph = reading.text.rfind("\n", 0, start) + 1
        earlier = [
            match.start()
            for match in verbs("issue").finditer(reading.text, paragraph, start)
            if _TEXTS.match(reading.text, match.end(), start)
        ]
        return subjects_of(reading, self._mentions, self._dates, earlier[-1]) if earlier else []

    def _in_official_title(self, place: Title) -> list[Party]:
        match = OFFICIAL_TITLE.match(self._reading.text[place.start : place.end])
        if match is None:
            heading = [m for m in self._mentions if m.start == place.start]
            return list(heading[0].facts) if heading else []
        told = _HANDED_ON.search(self._reading.text, 0, match.end("issuer"))
        limit = told.start() if told else match.end("issuer")
        return [fact for m in mentions_in(self._mentions, 0, limit) for fact in m.facts]

    def _owner(self, text: _Text) -> list[Party]:
        """The region whose name begins the title, for texts of one's own (江苏省…办法); none for pacts and laws."""
        if kind_of(text.title) in ("agreement", "law", "other"):
            return []
        at_start = (m for m in self._mentions if m.start == text.first.start and m.is_region)
        return [
            fact
            for mention in at_start
            for fact in mention.facts
            if isinstance(fact, RegionFact) and fact.level in ("province", "prefecture", "county")
        ]
