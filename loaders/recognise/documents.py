"""Recognise documents: one fact for each titled text, with its kind and who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.identifiers import fold_name
from kg.model import DocumentFact, RegionFact
from loaders.reading import Reading
from loaders.recognise.dates import find_dates
from loaders.recognise.mentions import find_mentions, mentions_in
from loaders.recognise.subjects import Party, parties_between, subjects_of
from loaders.recognise.titles import (
    OFFICIAL_TITLE,
    Title,
    defined_names,
    headline_form,
    kind_of,
    quoted_titles,
    resolve_short,
    unquoted_titles,
    verbs,
)

_JOINT = re.compile(r"[、，]?(?:以及|和|及|与)?")
_BREAK = re.compile(r"[，；。：《》]")
_TEXTS = re.compile(r"[^，。《]*(?:文件|办法|政策|规定|制度)")
_SAYS = re.compile(r"^》?(?:提出|明确|指出|要求|规定|强调)")
_WITH = re.compile(r"^(?:并|又|还)?(?:与|同|和)")


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
        kind = kind_of(text.title)
        facts.append(
            reading.make(
                DocumentFact,
                text.first.start,
                text.first.end,
                discriminator=fold_name(text.title),
                confidence=text.first.confidence,
                title=reading.quote(text.first.start, text.first.end),
                issuers=[party.name for party in issuers.of(text)],
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
    quoted = quoted_titles(reading)
    titles = quoted + unquoted_titles(reading, quoted)
    title_text = reading.text[: reading.title_end]
    if OFFICIAL_TITLE.match(title_text) and "《" not in title_text:
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
            if not _BREAK.search(between):
                found = match
        return found

    def _subjects(self, verb: re.Match[str], start: int, place: Title) -> list[Party]:
        signing = bool(verbs("sign").fullmatch(verb.group()))
        parties = subjects_of(self._reading, self._mentions, self._dates, verb.start(), both=signing)
        clause = next(c for c in self._reading.sentence_at(verb.start()).clauses if verb.start() < c.end)
        before = self._reading.text[clause.start : verb.start()]
        if _WITH.match(before) and self._last and clause.start > start:
            parties = [self._last[0], *(p for p in parties if p.id != self._last[0].id)]
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
        verb = verbs("issue").search(reading.text, place.end, max(place.end, end))
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
        limit = match.end("issuer") if match else 0
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
