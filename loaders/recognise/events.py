"""Recognise events: what was done, signed, issued or begun, with its date and who did it.

The quote runs from the date clause that opens the sentence to the end of the clause with the act.
"""

from __future__ import annotations

import re

from kg.model import ActorFact, EventFact, RegionFact
from loaders.fold import fold_words
from loaders.reading import Clause, Reading, Sentence
from loaders.recognise.dates import DateMention
from loaders.recognise.event_acts import Act, Acts
from loaders.recognise.event_dates import EventDates
from loaders.recognise.event_rules import trigger
from loaders.recognise.mentions import find_mentions, within_sentence
from loaders.recognise.subjects import parties_between, strip_adverbs, subjects_of
from loaders.recognise.titles import mask_titles

_QUOTED = re.compile(r"“[^”\n]*”")
_LEAD = re.compile(
    r"(?:[◈◆◇●○•·■□▲△★☆※►▶➢✦—]+|[（(]?[0-9一二三四五六七八九十]{1,3}(?:[）)、]|[.．](?![0-9])))?"
    r"(?:[（(](?:本报)?(?:见习|实习|通讯员|记者|作者|来源)[^（）()\n]{0,30}[）)])?"
    r"(?:(?:本报|本网|本台|[^，。：“”《》（）\n]{2,12}?(?:网|社|报)[^，。：（(\n]{0,10}?[0-9]{1,2}月[0-9]{1,2}日)(?:讯|电|消息)"
    r"(?:[（(][^（）()\n]{0,20}[）)])?)?"
    r"(?:据[^，。\n]{2,12}报道)?"
)
_HEARD = re.compile(
    r"正在|正[让在从成为以向把将]|记者|获悉|据悉|报道|消息|[本]报讯|了解到|接受[^，]*采访|介绍说|表示|透露"
)
_CIRCUMSTANCE = re.compile(
    r"在.*(?:下|中|上|后|期间)|(?:随着|经|为了?|围绕|按照|根据|依据|应|受|以|作为|聚焦).*"
)
_ADVERBIAL = re.compile(r"^(?:在|于|针对|凭借|经|通过|以|由|为了|围绕|依托|借助)")
_TODAY = re.compile(r"今天|今日|今早|今晨|今晚|昨天|昨日|昨晚")
_STATED = re.compile(
    r"^[是为]|显示|消息|(?:发布|公布|通报)$|表示|介绍|透露|指出|强调|认为|称(?!号)|预计|播出|预报"
)

_STOOD = re.compile(
    r"[0-9%]|增长|提高|达到?|位居|保持|下降|突破|超过?|占|成为|同比|实现|持续|不断|大力|积极|坚持|全面|加快|深入|着力|将|要|推进|推动"
)
_VERB = 2  # characters
_HEADING = 40
_ENDS = frozenset("。！？；：…）!?;:)")
_PLACE = re.compile(r"(?:[在于][^，]*)?")
_HELD = re.compile(r"(?:[会式展赛节坛动]|活动周)$")


def recognise(reading: Reading) -> list[EventFact]:
    """The events of one article, in order of offset; the headline is left out, since the text repeats it."""
    return _Narrator(reading).events()


class _Narrator:
    """Reads one article sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._mentions = find_mentions(reading)
        self._text = _QUOTED.sub(lambda m: "“" + "＿" * (len(m[0]) - 2) + "”", mask_titles(reading.text))
        self._dates = EventDates(reading, self._text)
        self._acts = Acts(reading, self._text, self._dates)
        self._told: set[int] = set()
        self._at_meeting = False
        self._covered = 0  # where the last quote ends

    def events(self) -> list[EventFact]:
        found: list[EventFact] = []
        signature = self._dates.signature
        for whole in self._reading.sentences:
            if whole.start < self._reading.title_end or (signature and whole.start == signature[0]):
                continue
            if self._is_heading(whole):
                continue
            sentence = self._without_lead(whole)
            acts = self._acts.of(sentence)
            self._at_meeting = self._at_meeting or (not found and any(a.type == "meeting" for a in acts))
            found.extend(self._fact(sentence, act) for act in acts)
            if not acts and (fact := self._told_today(sentence)):
                found.append(fact)
                self._acts.tells(sentence)
        return found

    def _is_heading(self, sentence: Sentence) -> bool:
        """Whether the sentence is a line without a full stop above a paragraph, which repeats it."""
        text = self._reading.text
        return (
            sentence.end - sentence.start <= _HEADING
            and text[sentence.start - 1 : sentence.start] in ("\n", "")
            and text.startswith("\n", sentence.end)
            and text[sentence.end - 1] not in _ENDS
        )

    def _without_lead(self, sentence: Sentence) -> Sentence:
        """The sentence without the bullet, the number or the byline that it begins with."""
        first, *rest = sentence.clauses
        lead = _LEAD.match(self._reading.text, first.start, first.end)
        begin = lead.end() if lead else first.start
        if begin >= first.end:
            return Sentence(begin, sentence.end, tuple(rest)) if rest else sentence
        return Sentence(begin, sentence.end, (first._replace(start=begin), *rest))

    # -- what is an event by its date alone ---------------------------------------------------------------------

    def _told_today(self, sentence: Sentence) -> EventFact | None:
        """What follows a clause that is a day or 日前 is an event, whatever its verb."""
        for i, opening in enumerate(sentence.clauses):
            date = self._dates.opening(opening)
            clause = next((c for c in sentence.clauses[i + 1 :] if not self._is_circumstance(c)), None)
            if date is None or clause is None or _HEARD.search(self._text, clause.start, clause.end):
                continue
            if self._dates.is_news(date) or (self._dates.is_history(date) and self._does(clause)):
                return self._fact(sentence, Act(clause, "implement", "told", clause.start, clause.end))
        return self._told_inside(sentence)

    def _does(self, clause: Clause) -> bool:
        """Whether the clause says what somebody did in a year gone by, rather than how things stood."""
        if _STOOD.search(self._text, clause.start, clause.end) or self._acts.is_content(clause.start):
            return False
        return bool(parties_between(self._reading, self._mentions, clause.start, clause.end, both=True))

    def _is_circumstance(self, clause: Clause) -> bool:
        return _CIRCUMSTANCE.fullmatch(self._text, clause.start, clause.end) is not None

    def _told_inside(self, sentence: Sentence) -> EventFact | None:
        """…市近日…, 近日省财政厅…, …口岸今天…: the same where such a date stands beside somebody who did something."""
        for date in self._dates.within(sentence.start, sentence.end):
            if not self._is_lately(date):
                continue
            for clause in sentence.clauses:
                if clause.start <= date.start and date.end < clause.end and self._has_doer(clause, date):
                    start = date.start if clause.start == date.start else date.end
                    return self._fact(sentence, Act(clause, "implement", "told", start, clause.end))
        return None

    def _is_lately(self, date: DateMention) -> bool:
        return self._dates.is_just_now(date) or bool(_TODAY.match(self._text, date.start))

    def _has_doer(self, clause: Clause, date: DateMention) -> bool:
        """Whether somebody or something (a port, a team) stands beside the date, and no speech after it."""
        if _HEARD.search(self._text, clause.start, clause.end) or _STATED.search(
            self._text[date.end : clause.end]
        ):
            return False
        if date.kind != "vague":
            return clause.start < date.start
        if clause.start < date.start:
            return bool(parties_between(self._reading, self._mentions, clause.start, date.start, both=True))
        return any(m.start == date.end for m in self._mentions)

    # -- facts ----------------------------------------------------------------------------------------------

    def _fact(self, sentence: Sentence, act: Act) -> EventFact:
        start, end = self._start(sentence, act), max(act.end, act.clause.end)
        start, end = within_sentence(self._reading, start, end, act.start)
        self._covered = end
        signs = act.type == "sign"
        parties = subjects_of(self._reading, self._mentions, self._dates.dates, act.start, both=signs)
        regions = [p.id for p in parties if isinstance(p, RegionFact)]
        formal = act.strength == "formula"
        return self._reading.make(
            EventFact,
            start,
            end,
            discriminator=act.start,
            confidence={"strong": 0.85, "formula": 0.85, "since": 0.75, "dated": 0.7}.get(act.strength, 0.6),
            type=act.type,
            date=self._dates.signed(act.start)
            if formal
            else self._dates.of(
                start,
                end,
                (act.start, act.end),
                act.clause.start,
                loose=act.strength == "weak" and not self._at_meeting,
            ),
            actors=[p.id for p in parties if isinstance(p, ActorFact)],
            about=[*self._about(start, end), *regions],
        )

    def _start(self, sentence: Sentence, act: Act) -> int:
        """The date clause that opens the sentence, or stands right before the act's clause; else that clause.

        Adverbials between date and act, and those before an act without a subject, belong to the quote; so does the
        clause that names what a verb without object tells of (九套系统，正式上线).
        """
        before = [c for c in sentence.clauses if c.end < act.clause.start]
        opening = self._dates.opening(before[0]) if before else None
        if opening is not None and before[0].start not in self._told and self._dates.is_news(opening):
            self._told.add(before[0].start)
            return before[0].start
        if before and self._lacks_subject(act):
            act_start, before = before[-1].start, before[:-1]
        else:
            act_start = act.clause.start
        adverbial = act_start
        for clause in reversed(before):
            if clause.start < self._covered:
                break
            if self._dates.opening(clause) is not None:
                return clause.start
            if not _ADVERBIAL.match(self._text[clause.start : clause.end]):
                break
            adverbial = clause.start
        subjectless = act.start == act.clause.start and act.strength == "strong"
        return adverbial if subjectless else act_start

    def _lacks_subject(self, act: Act) -> bool:
        """Whether nothing but the verb and adverbs stands in the act's clause, so that what it tells of stands before."""
        if act.strength in ("formula", "since", "told") or act.type not in ("launch", "establish", "meeting"):
            return False
        before, rest = self._text[act.clause.start : act.start], self._text[act.end : act.clause.end]
        if act.type == "meeting":
            held = _HELD.search(self._text[: act.clause.start - 1]) is not None
            return held and not rest and _PLACE.fullmatch(before) is not None
        bare = len(rest) <= _VERB and act.end - act.start <= 2 * _VERB and (not rest or trigger().match(rest))
        return bool(bare and before and not strip_adverbs(before))

    def _about(self, start: int, end: int) -> list[str]:
        quote = self._reading.text[start:end]
        named = [(d.title, d.id) for d in self._reading.facts.documents]
        named += [(p.name, p.id) for p in self._reading.facts.programs]
        return [fact for name, fact in named if fold_words(name) in quote]
