"""Recognise events: what was done, signed, issued or begun, with its date and who did it.

The quote runs from the date clause that opens the sentence to the end of the clause with the act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import ActorFact, EventFact, EventType, RegionFact
from loaders.reading import Clause, Reading, Sentence
from loaders.recognise.dates import DateMention, find_dates
from loaders.recognise.event_rules import relaxed, rules, trigger
from loaders.recognise.mentions import find_mentions, mentions_in, within_sentence
from loaders.recognise.prescriptions import prescribes
from loaders.recognise.subjects import is_wish, parties_between, strip_adverbs, subjects_of
from loaders.recognise.titles import OFFICIAL_TITLE, mask_titles

_QUOTED = re.compile(r"“[^”\n]*”")
_JUST_NOW = frozenset(("近日", "日前", "前不久", "不久前", "几天前", "近期"))
_SINCE = re.compile(r"(?:起|开始)$")
_BEGINS = re.compile(
    r"将|推广|推开|发行|上调|下调|免收|征收|受理|适用|可|开始|实施|施行|执行|取消|推行|启动|实行|停止|禁止|试行|生效|调整"
)
_ATTRIBUTE = re.compile(
    r"(?:运营|运行|使用|通车|投产|营业|实施|建设|成立|开放)*"
    r"(?:的|以来|之初|之日|之后|以后|以前|后(?!续)|时(?!间)|前(?!海)|过程|期间|初期|阶段|满|[0-9一二两三四五六七八九十]{1,3}周?年(?!度))"
)
_HEARD = re.compile(r"正在|记者|获悉|据悉|报道|消息|[本]报讯|了解到")
_CIRCUMSTANCE = re.compile(r"在.*(?:下|中|上|后|期间)|(?:随着|经|为了?|围绕).*")
_STATE = re.compile(r"(?:目前|迄今|至今|截至|累计)[^，]*$")
_EARLIER = re.compile(r"(?:此前|早前|之前|在此之前|过去|以往|多年来|长期以来)")
_NUMBERED = re.compile(r"[〔\[【](\d{4})[〕\]】]")
_RESTATED = re.compile(r"^(?:该|这一?|上述|其)[^，]*由|^这(?:也|还|又)?是|^(?:随着|自从|待|等到|当)")
_CONTENT = re.compile(
    r"(?:》|通知|方案|意见|措施|清单|规划|政策|规范|举措|办法)[^，。]{0,4}(?:提出|明确|要求|指出|规定|强调|部署|主要)"
    r"|主要(?:包括|涉及|任务)|批复如下|(?:^|\n)[一二三四五]是|要求，"
)
_NARRATING = re.compile(r"了|已|近日|日前|近年来|年来|以来|目前|近期|起(?=[，。])")
_DONE = re.compile("已|日前|近日|目前")
_ADVERBIAL = re.compile(r"^(?:在|于|针对|凭借|经|通过|以|由|为了|围绕|依托|借助)")
_MANY = re.compile(r"(?:推出|出台)(?:了)?(?:一批|一系列|系列|诸多|多项)")
_NOUN_BEFORE = re.compile(r"(?:的|、|和|及)$")
_TODAY = re.compile(r"今天|今日|今早|今晨|今晚|昨天|昨日|昨晚")
_STATED = re.compile(
    r"^[是为]|显示|消息|(?:发布|公布|通报)$|表示|介绍|透露|指出|强调|认为|称(?!号)|预计|播出|预报"
)
_YEAR = 4
_ORDERED = ("establish", "trial", "launch", "meeting")
_YEARS_SINCE = re.compile(r"(?:年来|以来|以后|之后)$")


@dataclass(frozen=True, slots=True)
class _Act:
    """An act found in a clause: its rule and where its verb begins and ends, in folded coordinates."""

    clause: Clause
    type: EventType
    strength: str
    start: int
    end: int


def recognise(reading: Reading) -> list[EventFact]:
    """The events of one article, in order of offset; the headline is left out, since the text repeats it."""
    return _Narrator(reading).events()


class _Narrator:
    """Reads one article sentence by sentence and remembers whether it tells or lists what a document says."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._dates = find_dates(reading)
        self._mentions = find_mentions(reading)
        self._text = _QUOTED.sub(lambda m: "“" + "＿" * (len(m[0]) - 2) + "”", mask_titles(reading.text))
        self._content_from: int | None = None
        self._official = OFFICIAL_TITLE.match(reading.text[: reading.title_end]) is not None
        self._told: set[int] = set()
        self._prescribes = prescribes(self._text[reading.title_end :])

    def events(self) -> list[EventFact]:
        found: list[EventFact] = []
        for sentence in self._reading.sentences:
            if sentence.start < self._reading.title_end:
                continue
            if self._content_from is None:
                content = _CONTENT.search(self._text, max(0, sentence.start - 1), sentence.end)
                self._content_from = content.start() if content else None
            acts = self._acts(sentence)
            found.extend(self._fact(sentence, act) for act in acts)
            if not acts and (fact := self._told_today(sentence)):
                found.append(fact)
        return found

    def _is_content(self, offset: int) -> bool:
        """Whether the text there tells what a document says."""
        return self._content_from is not None and offset > self._content_from

    # -- acts -----------------------------------------------------------------------------------------------

    def _acts(self, sentence: Sentence) -> list[_Act]:
        acts: list[_Act] = []
        seen: set[str] = set()
        covered = -1
        for clause in sentence.clauses:
            if clause.start < covered:
                continue
            act = self._beginning(sentence, clause) or self._act(sentence, clause)
            if act is None:
                continue
            verb = self._text[act.start : act.start + 2]
            repeated = verb in seen and "《" not in self._text[act.start : act.clause.end]
            if repeated and (act.strength == "weak" or act.type == "issue"):
                continue
            seen.add(verb)
            acts.append(act)
            covered = act.end
        return acts

    def _act(self, sentence: Sentence, clause: Clause) -> _Act | None:
        text = self._text[clause.start : clause.end]
        shown = re.sub("＿+", "", text)
        if not trigger().search(shown) or _RESTATED.match(text):
            return None
        for rule in rules():
            if not rule.pattern.search(shown):
                continue
            places = [m.span() for m in relaxed(rule.pattern).finditer(text)]
            for start, end in places:
                act = _Act(clause, rule.type, rule.strength, clause.start + start, clause.start + end)
                if self._counts(sentence, act):
                    return act
            if places and rule.strength != "weak":
                return None
        return None

    def _counts(self, sentence: Sentence, act: _Act) -> bool:
        text = self._text
        before, after = text[act.clause.start : act.start], text[act.start : act.clause.end]
        if self._is_modifier(sentence, act, before, after) or _MANY.match(after) or self._is_order(act):
            return False
        soon = "即将" in before or (
            re.search(r"定于|将[于自在]", before) is not None
            and self._date_in(sentence.start, act.clause.end)
        )
        named = act.type == "meeting"
        until = act.end if named else act.start
        if is_wish(self._unnamed(act.clause.start, until), afterwards=named) and not soon:
            return False
        if act.strength == "strong":
            return not self._orders(sentence, act, before, after)
        if self._is_content(act.clause.start) and not (re.match(r"..了", after) or _DONE.search(before)):
            return False
        if act.strength == "dated":
            when = self._date_in(sentence.start, act.clause.end)
            dated = when is not None and when.kind != "deadline"
            return dated or "即将" in before or self._just_now(sentence)
        if is_wish(self._unnamed(sentence.start, act.clause.start), afterwards=True):
            return False
        return "已" in before if act.strength == "narrated" else self._narrates(sentence, act)

    def _is_order(self, act: _Act) -> bool:
        """Whether the text prescribes, or a term stands before the verb (年底前开通…): a task, not a deed."""
        if self._prescribes and act.type in _ORDERED:
            return True
        begin, end = act.clause.start, act.start
        return any(d.kind == "deadline" and begin <= d.start and d.end <= end for d in self._dates)

    def _unnamed(self, start: int, end: int) -> str:
        """The folded span with the names of bodies and places blanked out."""
        text = self._text[start:end]
        for mention in mentions_in(self._mentions, start, end):
            begin, finish = mention.start - start, mention.end - start
            text = text[:begin] + "＿" * (finish - begin) + text[finish:]
        return text

    def _orders(self, sentence: Sentence, act: _Act, before: str, after: str) -> bool:
        """Whether a clause without subject, date or 了 says what a document demands, not what was done."""
        if (
            act.type == "other"
            or not (self._is_content(act.clause.start) or self._official)
            or re.search("[了《]|已|如下|你们", after)
        ):
            return False
        return not strip_adverbs(before) and self._date_in(sentence.start, act.clause.end) is None

    def _is_modifier(self, sentence: Sentence, act: _Act, before: str, after: str) -> bool:
        """Whether the verb is part of a noun (发布的…, 该网站的上线) or of a time (成立以来)."""
        dated = self._date_in(sentence.start, act.clause.end) is not None
        since = _ATTRIBUTE.match(self._text, act.end)
        if _STATE.search(before) or (since and not (dated and since[0].endswith("以来"))):
            return True
        if act.strength == "weak" and before.endswith(("为", "为了", "以")):
            return True
        ends = act.end == act.clause.end and len(after) <= 4
        return bool((ends and _NOUN_BEFORE.search(before)) or (not dated and _YEARS_SINCE.search(after)))

    def _narrates(self, sentence: Sentence, act: _Act) -> bool:
        """Whether a weak verb tells of a deed: somebody is said to do it, or the paragraph tells what was done."""
        if any(parties_between(self._reading, self._mentions, c.start, min(c.end, act.start), both=True)
               for c in sentence.clauses if c.start <= act.start):  # fmt: skip
            return True
        paragraph = self._text.rfind("\n", 0, sentence.start) + 1
        return bool(_NARRATING.search(self._text[paragraph : act.end + 1]))

    def _beginning(self, sentence: Sentence, clause: Clause) -> _Act | None:
        """即日起…, 7月起…, 从今年起…: something applies from then on; the quote goes on to what it is."""
        date = next((d for d in self._dates if clause.start <= d.start and d.end <= clause.end), None)
        if date is None or date.kind != "date" or not _SINCE.search(self._text[date.start : date.end]):
            return None
        if date.end < clause.end:
            rest = self._text[date.end : clause.end]
            return (
                _Act(clause, "implement", "since", date.start, clause.end) if _BEGINS.search(rest) else None
            )
        for following in sentence.clauses:
            if following.start > date.end and _BEGINS.search(self._text[following.start : following.end]):
                return _Act(clause, "implement", "since", date.start, following.end)
        return None

    def _just_now(self, sentence: Sentence) -> bool:
        return any(
            d.kind == "vague" and self._text[d.start : d.end] in _JUST_NOW
            for d in self._dates
            if sentence.start <= d.start < sentence.end
        )

    def _told_today(self, sentence: Sentence) -> EventFact | None:
        """What follows a clause that is a day or 日前 is an event, whatever its verb."""
        for i, opening in enumerate(sentence.clauses):
            if not (self._is_date_clause(opening) and self._is_news(opening)):
                continue
            clause = next((c for c in sentence.clauses[i + 1 :] if not self._is_circumstance(c)), None)
            if clause is not None and not _HEARD.search(self._text, clause.start, clause.end):
                return self._fact(sentence, _Act(clause, "implement", "told", clause.start, clause.end))
        return self._told_inside(sentence)

    def _is_circumstance(self, clause: Clause) -> bool:
        return _CIRCUMSTANCE.fullmatch(self._text, clause.start, clause.end) is not None

    def _told_inside(self, sentence: Sentence) -> EventFact | None:
        """…市近日…, …口岸今天…: the same where such a date stands between somebody and what he did."""
        for date in self._dates:
            if not sentence.start <= date.start < sentence.end or not self._is_lately(date):
                continue
            for clause in sentence.clauses:
                if clause.start < date.start and date.end < clause.end and self._has_doer(clause, date):
                    return self._fact(sentence, _Act(clause, "implement", "told", date.end, clause.end))
        return None

    def _is_lately(self, date: DateMention) -> bool:
        return self._opens(date) if date.kind == "vague" else bool(_TODAY.match(self._text, date.start))

    def _has_doer(self, clause: Clause, date: DateMention) -> bool:
        """Whether somebody or something (a port, a team) stands before the date, and no speech after it."""
        if date.kind != "vague":
            return not _STATED.search(self._text[date.end : clause.end]) and not _HEARD.search(
                self._text, clause.start, clause.end
            )
        return bool(parties_between(self._reading, self._mentions, clause.start, date.start, both=True))

    # -- facts ----------------------------------------------------------------------------------------------

    def _fact(self, sentence: Sentence, act: _Act) -> EventFact:
        start, end = self._start(sentence, act), max(act.end, act.clause.end)
        start, end = within_sentence(self._reading, start, end, act.start)
        signs = act.type == "sign"
        parties = subjects_of(self._reading, self._mentions, self._dates, act.start, both=signs)
        regions = [p.id for p in parties if isinstance(p, RegionFact)]
        return self._reading.make(
            EventFact,
            start,
            end,
            discriminator=act.start,
            confidence={"strong": 0.85, "since": 0.75, "dated": 0.7}.get(act.strength, 0.6),
            type=act.type,
            date=self._date(start, end, act),
            actors=[p.id for p in parties if isinstance(p, ActorFact)],
            about=[*self._about(start, end), *regions],
        )

    def _start(self, sentence: Sentence, act: _Act) -> int:
        """The date clause that opens the sentence, or stands right before the act's clause; else that clause.

        Adverbials between date and act, and those before an act without a subject, belong to the quote.
        """
        before = [c for c in sentence.clauses if c.end < act.clause.start]
        opening = before[0].start if before and self._is_date_clause(before[0]) else None
        if opening is not None and before[0].start not in self._told and self._is_news(before[0]):
            self._told.add(opening)
            return opening
        adverbial = act.clause.start
        for clause in reversed(before):
            if self._is_date_clause(clause):
                return clause.start
            if not _ADVERBIAL.match(self._text[clause.start : clause.end]):
                break
            adverbial = clause.start
        subjectless = act.start == act.clause.start and act.strength == "strong"
        return adverbial if subjectless else act.clause.start

    def _is_date_clause(self, clause: Clause) -> bool:
        date = next((d for d in self._dates if clause.start == d.start), None)
        return date is not None and date.end == clause.end and self._opens(date)

    def _is_news(self, clause: Clause) -> bool:
        date = next(d for d in self._dates if clause.start == d.start)
        until = self._text.startswith(("截至", "截止"), date.start)
        return date.kind == "vague" or (len(date.value or "") == 10 and not until)

    def _is_vague(self, date: DateMention) -> bool:
        return date.kind == "vague" and self._opens(date)

    def _opens(self, date: DateMention) -> bool:
        return date.kind != "vague" or self._text[date.start : date.end] in _JUST_NOW

    def _date_in(self, start: int, end: int) -> DateMention | None:
        return next(
            (d for d in self._dates if start <= d.start < end and d.kind != "vague" and d.value), None
        )

    def _date(self, start: int, end: int, act: _Act) -> str | None:
        """The date in the quote, else the last one of the paragraph, else the day in the article's first sentence."""
        told = self._told_dates()
        inside = [d for d in told if start <= d.start < end]
        stated = [d for d in inside if d.start < act.end] or inside
        if any(self._is_vague(d) for d in inside) and all(len(d.value or "") <= _YEAR for d in inside):
            return None
        if stated:
            exact = [d for d in stated if len(d.value or "") == 10]
            return self._value((exact if len(stated[-1].value or "") == 4 and exact else stated)[-1])
        numbered = _NUMBERED.search(self._text, start, end)
        if numbered and self._text.startswith("收悉", act.start):
            return numbered[1]
        paragraph = self._text.rfind("\n", 0, start) + 1
        if any(_EARLIER.match(self._text, at) for at in (paragraph, self._reading.sentence_at(start).start)):
            return None
        opening = self._reading.sentence_at(start).clauses[0]
        before = [
            d
            for d in told
            if paragraph <= d.start < start
            and (not self._compares(d) or (opening.start <= d.start and d.end == opening.end))
        ]
        if before:
            return self._value(before[-1])
        lead = self._text.find("\n", self._reading.title_end + 1)
        first = [d for d in self._dates if self._reading.title_end < d.start < (lead if lead > 0 else start)]
        leading = [d.value for d in first if d.kind == "date" and len(d.value or "") == 10]
        if leading and (leading[0] or "") > (self._reading.article.published or "9") and self._has_been(act):
            return None
        return leading[0] if leading and paragraph > self._reading.title_end + 1 else None

    def _has_been(self, act: _Act) -> bool:
        return "已" in self._text[act.clause.start : act.start]

    def _told_dates(self) -> list[DateMention]:
        """The dates that may be those of an event: no deadline, no year of a title (2018年度计划)."""
        clauses = {c.start for c in self._reading.clauses}
        titles = [self._reading.folded_span(d) for d in self._reading.facts.documents]
        return [
            d
            for d in self._dates
            if not self._text.startswith("度", d.end)
            and not any(first <= d.start < last for first, last in titles)
            and (d.kind in ("date", "span") or (d.kind == "vague" and (d.start in clauses or self._opens(d))))
        ]

    def _compares(self, date: DateMention) -> bool:
        """A past year (较2020年增长) or a part of a year (上半年) is a yardstick, not the time of the story."""
        year = self._reading.year
        past = year is not None and date.value is not None and len(date.value) == 4 and int(date.value) < year
        return past or (date.kind == "date" and date.from_ is not None)

    def _value(self, date: DateMention) -> str | None:
        """What an event takes from a date: never a span of years, nor a past year since which (2018年以来)."""
        if date.kind == "vague" or (date.kind == "span" and len(date.from_ or "") == 4):
            return None
        since = self._text[date.start : date.end].endswith("以来")
        return None if since and self._compares(date) else date.value

    def _about(self, start: int, end: int) -> list[str]:
        quote = self._reading.text[start:end]
        named = [(d.title, d.id) for d in self._reading.facts.documents]
        named += [(p.name, p.id) for p in self._reading.facts.programs]
        return [fact for name, fact in named if re.sub(r"\s+", "", name) in quote]
