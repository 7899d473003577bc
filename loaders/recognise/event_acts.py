"""Find acts: what a clause says was done, is done or is announced for a day, by the rules of ``event_verbs``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import EventType
from loaders.reading import Clause, Reading, Sentence
from loaders.recognise.event_dates import EventDates
from loaders.recognise.event_rules import relaxed, sieve
from loaders.recognise.mentions import find_mentions, mentions_in
from loaders.recognise.prescriptions import opens_with_order, prescribes
from loaders.recognise.subjects import is_wish, parties_between, strip_adverbs
from loaders.recognise.titles import OFFICIAL_TITLE

_SINCE = re.compile(r"(?:起|开始)$")
_BEGINS = re.compile(
    r"将|推广|推开|发行|上调|下调|免收|征收|受理|适用|可|开始|实施|施行|执行|取消|推行|启动|实行|停止|禁止|试行|生效|调整"
    r"|纳入|加入|扩[大围容展]|“＿+”|提高|降低|恢复|暂停|暂缓|启用|开放|上线|更名|接入|不再|增加|新增|享受|统一|全面|正式|每[年月季](?![^，]{0,6}[0-9百千万超达])"
)
_ATTRIBUTE = re.compile(
    r"(?:运营|运行|使用|通车|投产|营业|实施|建设|成立|开放)*"
    r"(?:的|以来|之初|之日|之后|以后|以前|后(?!续)|时(?!间)|前(?!海)|当[天日晚]|过程|期间|初期|阶段|满|[0-9一二两三四五六七八九十]{1,3}周?年(?!度))"
)
_NOUN_AFTER = re.compile(
    r"规模|数量|总?量(?!化)|率|容量|条件|能力|进度|时限|占比|方面|服务单位|范围|事项(?!清单)|情况|环节|流程"
)
_CLEFT = re.compile(r"(?:是|便是|就是|还是)(?!否)[^，]*$")
_STATE = re.compile(r"(?:目前|迄今|至今|截至|累计)[^，]*$")
_AGAIN = re.compile(r"(?:此|本|这)次(?!会议|大会|论坛)")
_RESTATED = re.compile(
    r"^(?:该|这一?|上述|其)[^，]*由|^这(?:也|还|又)?是|^(?:随着|自从|待|等到|当(?![日天地前]))"
)
_CONTENT = re.compile(
    r"(?:》|通知|方案|意见|措施|清单|规划|政策|规范|举措|办法)[^，。]{0,4}(?:提出|明确|要求|指出|规定|强调|部署|主要)"
    r"(?![^，。]*的(?:相关|有关|总体|工作|具体|明确|任务|目标)*(?:要求|部署|精神|任务|目标|意见|规定))"
    r"|主要(?:包括|涉及|任务)|(?:^|\n)[一二三四五]是|(?<![署的作务关体本总])要求，"
    r"|(?:如下|以下)[^，。]{0,8}(?:意见|措施|规定|决定|政策|通知)"
)
_FORMULA_CONTENT = re.compile(r"(?:批复|函复|答复|通知|公告|通告|决定|规定|事项|意见|措施|政策|办法)如下")
_SAYS = re.compile(r"^(?:并|还|也|同时|此外)?(?:明确|提出|要求|规定|指出|强调|建议)")
_NARRATING = re.compile(r"了|已|近日|日前|近年来|年来|以来|目前|近期|起(?=[，。])")
_DONE = re.compile("已|日前|近日|目前")
_PERFECTIVE = re.compile(r"[^，]{1,3}(?:了(?!解)|过(?![程渡剩]))|[建搭办]起")
_MANY = re.compile(r"(?:推出|出台)(?:了)?(?:一批|一系列|系列|诸多|多项)")
_NEGATED = re.compile(
    r"(?:不(?![仅但断光只久止单同])|未(?!来)|没有|无法|严禁|禁止|避免|防止|杜绝)[^，]{0,3}$|(?:^|[^转出])让[^，]*$"
)
_AGREED_ON = re.compile(
    r"等(?:方面|事宜|事项|内容|领域|工作|问题)[^，]{0,4}(?:达成|签署|签订|签定|开展|进行|展开)"
)
_ABOUT = re.compile(r"就(?![是地读业])|围绕")
_PERIOD = re.compile(r"期间|时期|^未来|^今后")
_AT_MEETING = re.compile(r"^(?:在|于).*(?:上|中|期间|后)$")
_NOUN_BEFORE = re.compile(r"(?:的|、|和|及)$")
_FOR = re.compile(r"(?:(?<![行作成认])为|为了|以|(?:通过|借助|依托|凭借)[^，]*)$")
_MEANS = re.compile(
    r"(?:通过|以|采[取用])(?!了)[^，]*(?:方式|形式|途径|手段|渠道|(?:多种|等|系列)(?:举措|措施))$"
)
# 31个省均已…, 各地各部门…: how far all have come, told of no one body
_ALL = re.compile(
    r"(?<![等0-9])[0-9]+(?:多|余)?个(?:省|市|县|区|地|州|旗|乡|镇|城市|部门|单位|国家)[^，]*(?:均|都(?!市))"
    r"|(?:^|[约近超中])[0-9]+(?:多|余)?个(?:省|市|县|区|地|州|旗|乡|镇|城市|部门|单位|国家)[^，]*已|^各(?:地|部门|级|单位|有关)"
)
_TALLIED = re.compile(r"(?:已|已经|累计|共|共计)[^，]{0,4}$")
_SIGNED_SO_FAR = re.compile(r"(?:已|累计|其中|共计|达成)[^，]*签约[^，]{0,4}项目[0-9]")
_OVER_YEARS = re.compile(r"年来|以来|期间")
_COUNTED = re.compile(r"(?!.*《)[^，]{0,24}[0-9]+(?:\.[0-9]+)?[万亿]?(?:多|余)?(?:个|条|列|项|座|家|公里)")
_YEARS_SINCE = re.compile(r"(?:年来|以来|以后|之后)$")
_EXPLORES = ("探索", "推动", "推进")
_STATED = re.compile("[了《]|已|如下|你们|^(?:批复)?同意|^批准")
_ORDERED = ("establish", "trial", "launch", "meeting")
_BIRTHS = ("issue", "implement")
_HOLDS = ("举行", "举办", "召开")
_ENVOYS = re.compile("双方|三方|各方|代表|领导|负责人|[省市县区局校院行]长|书记|主任|主席|总裁|经理|秘书长")
_BARE_PACT = re.compile(r"..(?:了)?(?:相关|有关|该|此|上述)?(?:合作)?(?:协议书?|合同|备忘录|意向书)$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act found in a clause: its rule and where its verb begins and ends, in folded coordinates."""

    clause: Clause
    type: EventType
    strength: str
    start: int
    end: int


class Acts:
    """Reads one article sentence by sentence and remembers whether it tells or lists what a document says.

    ``text`` is the folded text with what stands inside “” and 《》 filled with blanks.
    """

    def __init__(self, reading: Reading, text: str, dates: EventDates) -> None:
        self._reading = reading
        self._text = text
        self._dates = dates
        self._mentions = find_mentions(reading)
        self._content_from: int | None = None
        self._official = OFFICIAL_TITLE.match(reading.text[: reading.title_end]) is not None
        self._prescribes = prescribes(text[reading.title_end :])
        self._telling: set[int] = set()  # where paragraphs begin that have told of an act
        self._types: set[EventType] = set()  # what has been told of

    def of(self, sentence: Sentence) -> list[Act]:
        """The acts of a sentence in order; its clauses may begin behind a bullet or a byline."""
        self._watch_content(sentence)
        acts: list[Act] = []
        seen: set[str] = set()
        covered = -1
        again = _AGAIN.match(self._text, sentence.start) is not None
        for clause in sentence.clauses:
            if clause.start < covered:
                continue
            act = self._beginning(sentence, clause) or self._act(sentence, clause)
            if act is None or (again and act.type in self._types):
                continue
            verb = self._text[act.start : act.start + 2]
            repeated = verb in seen and not re.search("《|经", self._text[clause.start : act.clause.end])
            if repeated and (act.strength == "weak" or act.type == "issue"):
                continue
            seen.add(verb)
            acts.append(act)
            covered = act.end
        if acts:
            self.tells(sentence)
            self._types.update(act.type for act in acts)
        if any(act.strength == "formula" for act in acts):  # 县政府决定…，现通告如下: one act
            return [act for act in acts if act.type != "announce"]
        return acts

    def tells(self, sentence: Sentence) -> None:
        """Note that the sentence tells of something, so that the rest of its paragraph is likely to."""
        self._telling.add(self._paragraph(sentence))

    def is_content(self, offset: int) -> bool:
        """Whether the text there tells what a document says."""
        return self._content_from is not None and offset > self._content_from

    def _watch_content(self, sentence: Sentence) -> None:
        if self._content_from is not None:
            return
        begin = max(0, sentence.start - 1)
        formula = _FORMULA_CONTENT.search(self._text, begin, sentence.end)
        content = formula or _CONTENT.search(self._text, begin, sentence.end)
        self._content_from = content.start() if content else None
        self._official = self._official or formula is not None

    def _paragraph(self, sentence: Sentence) -> int:
        return self._text.rfind("\n", 0, sentence.start) + 1

    # -- one clause -------------------------------------------------------------------------------------------

    def _act(self, sentence: Sentence, clause: Clause) -> Act | None:
        text = self._text[clause.start : clause.end]
        shown = text.replace("＿", "")
        open_rules = sieve().open_to(shown)
        if not open_rules or _RESTATED.match(text):
            return None
        for rule in open_rules:
            if not rule.pattern.search(shown):
                continue
            places = [m.span() for m in relaxed(rule.pattern).finditer(text)]
            for start, end in places:
                act = Act(clause, rule.type, rule.strength, clause.start + start, clause.start + end)
                if self._counts(sentence, act):
                    return act
            if places and rule.strength in ("formula", "strong"):
                return None
        return None

    def _counts(self, sentence: Sentence, act: Act) -> bool:
        before, after = self._text[act.clause.start : act.start], self._text[act.start : act.clause.end]
        if act.strength == "formula":
            return True
        if _MEANS.search(before + after) or self._is_state(sentence, act, before, after):
            return False
        if self._is_modifier(sentence, act, before, after) or _MANY.match(after) or _NEGATED.search(before):
            return False
        if self._is_order(sentence, act) or self._is_restated(act, after) or self._is_wished(sentence, act):
            return False
        if act.strength == "strong":
            return not self._orders(sentence, act, before, after)
        if self.is_content(act.clause.start) and not (re.match(r"..了", after) or _DONE.search(before)):
            return False
        if act.strength in ("dated", "recent", "story"):
            return self._is_dated(sentence, act)
        if is_wish(self._unnamed(sentence.start, act.clause.start), afterwards=True) or _SAYS.match(before):
            return False
        return "已" in before if act.strength == "narrated" else self._narrates(sentence, act)

    def _is_state(self, sentence: Sentence, act: Act, before: str, after: str) -> bool:
        """Whether the clause tells how far things are: of all bodies of a kind, or by a tally (已开工209个)."""
        if _ALL.search(self._text[act.clause.start : act.clause.end]):
            return act.type != "sign"
        if act.type == "sign":
            return _SIGNED_SO_FAR.search(before + after) is not None
        if act.type not in ("launch", "establish") or not _COUNTED.match(after):
            return False
        since = self._text[sentence.start : act.clause.start]
        return bool(_TALLIED.search(before) or _OVER_YEARS.search(since))

    def _is_dated(self, sentence: Sentence, act: Act) -> bool:
        if act.strength in ("recent", "story"):
            goes_on = act.strength == "story" and self._paragraph(sentence) in self._telling
            return goes_on or self._dates.recent_in(sentence.start, act.clause.end) is not None
        when = self._dates.first_in(sentence.start, act.clause.end)
        soon = "即将" in self._text[act.clause.start : act.start]
        return (when is not None and when.kind != "deadline") or soon or self._just_now(sentence)

    def _just_now(self, sentence: Sentence) -> bool:
        return self._dates.just_now_in(sentence.start, sentence.end)

    # -- what makes a verb no act -------------------------------------------------------------------------------

    def _is_wished(self, sentence: Sentence, act: Act) -> bool:
        """Whether the act is a plan or a wish. What is announced for a day is none, nor what a past month tells of
        (8月，两地探索建立…), nor what a verb's aspect says is done (引导茶企建起…)."""
        begin, before = act.clause.start, self._text[act.clause.start : act.start]
        if "即将" in before or (
            re.search(r"定于|将(?:[于自在]|正式)", before)
            and self._dates.first_in(sentence.start, act.clause.end)
        ):
            return False
        named = act.type == "meeting"
        words = self._unnamed(begin, act.end if named else act.start)
        if not is_wish(words, afterwards=named):
            return self._is_agreed(sentence, act)
        if is_wish(words, afterwards=True):
            return True
        return not (self._is_done(act) or self._is_dated_deed(sentence, act, words))

    def _is_agreed(self, sentence: Sentence, act: Act) -> bool:
        """Whether the act is a matter of talks (就设立专窗、建立机制等方面达成协议)."""
        about = _ABOUT.search(self._text, sentence.start, act.start)
        return about is not None and _AGREED_ON.search(self._text, act.end, sentence.end) is not None

    def _is_done(self, act: Act) -> bool:
        return _PERFECTIVE.match(self._text, act.start, act.clause.end) is not None

    def _is_dated_deed(self, sentence: Sentence, act: Act, words: str) -> bool:
        opening = [c for c in sentence.clauses if c.end < act.clause.start]
        date = self._dates.opening(opening[-1]) if opening else None
        return date is not None and self._dates.is_past(date) and words.endswith(_EXPLORES)

    def _is_order(self, sentence: Sentence, act: Act) -> bool:
        """Whether the text prescribes, or a term stands before the verb (年底前开通…): a task, not a deed.

        A term that opens an earlier clause of the sentence holds for the clauses after it.
        """
        bare = not strip_adverbs(self._text[act.clause.start : act.start])
        if self._prescribes and (act.type in _ORDERED or (bare and act.type != "issue")):
            return True
        opens = {c.start for c in sentence.clauses}
        terms = [
            d
            for d in self._dates.within(sentence.start, act.start)
            if d.kind == "deadline" and d.end <= act.start
        ]
        if any(d.start >= act.clause.start for d in terms) or self._is_in_plan_period(act):
            return True
        if self._is_done(act) or "已" in self._text[act.clause.start : act.start]:
            return False
        if any(d.start in opens for d in terms):
            return True
        later = act.clause.start > sentence.start
        undated = self._dates.first_in(sentence.start, act.clause.end) is None
        return (
            bare
            and later
            and undated
            and act.type in _ORDERED
            and opens_with_order(self._text[sentence.start : sentence.end])
        )

    def _is_in_plan_period(self, act: Act) -> bool:
        """Whether a period that is not over stands before the verb (“十五五”期间启动)."""
        now = str(self._reading.year or 0)
        spans = [d for d in self._dates.within(act.clause.start, act.start) if d.kind == "span"]
        return any((d.value or "") >= now and _PERIOD.search(self._text[d.start : d.end]) for d in spans)

    def _is_restated(self, act: Act, after: str) -> bool:
        """Whether the text comes back to a pact that it has told of (双方代表签署了协议)."""
        before = self._text[act.clause.start : act.start]
        again = act.type == "sign" and "sign" in self._types and _ENVOYS.search(before) is not None
        return again and _BARE_PACT.fullmatch(after) is not None

    def _unnamed(self, start: int, end: int) -> str:
        """The folded span with the names of bodies and places blanked out."""
        text = self._text[start:end]
        for mention in mentions_in(self._mentions, start, end):
            begin, finish = mention.start - start, mention.end - start
            text = text[:begin] + "＿" * (finish - begin) + text[finish:]
        return text

    def _orders(self, sentence: Sentence, act: Act, before: str, after: str) -> bool:
        """Whether a clause without subject, date or 了 says what a document demands, not what was done."""
        content = self.is_content(act.clause.start)
        replies = act.type == "other" and not self._text.startswith(_HOLDS, act.start)
        if replies or not (content or self._official) or _STATED.search(after):
            return False
        if self._dates.first_in(sentence.start, act.clause.end) is not None or _DONE.search(before):
            return False
        return (self._official and content and act.type in _ORDERED) or not strip_adverbs(before)

    def _is_modifier(self, sentence: Sentence, act: Act, before: str, after: str) -> bool:
        """Whether the verb is part of a noun (发布的…, 该网站的上线) or of a time (成立以来).

        A date before the verb tells of the deed all the same (2018年5月通车的大桥), and so does 是…召开的.
        """
        dated = self._dates.first_in(sentence.start, act.clause.end) is not None
        since = _ATTRIBUTE.match(self._text, act.end)
        named = act.type == "issue" and "已" in before  # 目前已发布…清单
        if (_STATE.search(before) and not named) or (before.endswith("的") and not after.startswith("《")):
            return True
        if since and not self._is_told_attribute(act, since[0], before, dated=dated):
            return True
        if _NOUN_AFTER.match(self._text, act.end):
            return True
        if act.strength == "weak" and _FOR.search(before):
            return True
        ends = act.end == act.clause.end and len(after) <= 4
        return bool(
            (ends and _NOUN_BEFORE.search(before))
            or (_YEARS_SINCE.search(after) and not (dated and act.type in _BIRTHS))
        )

    def _is_told_attribute(self, act: Act, since: str, before: str, *, dated: bool) -> bool:
        if since.endswith(
            "以来"
        ):  # the birth of a text is told so (《…》自去年8月施行以来), of a thing seldom
            return dated and act.type in _BIRTHS
        if not since.endswith("的") or _AT_MEETING.match(self._text[act.clause.start : act.clause.end]):
            return False
        cleft = _CLEFT.search(before) is not None and act.end + len(since) == act.clause.end
        date = self._dates.first_in(act.clause.start, act.start)
        return cleft or (date is not None and not self._text.startswith(("前", "之前", "后", "以"), date.end))

    def _narrates(self, sentence: Sentence, act: Act) -> bool:
        """Whether a weak verb tells of a deed: somebody is said to do it, or the paragraph tells what was done."""
        if any(parties_between(self._reading, self._mentions, c.start, min(c.end, act.start), both=True)
               for c in sentence.clauses if c.start <= act.start):  # fmt: skip
            return True
        paragraph = self._paragraph(sentence)
        recent = self._dates.recent_in(sentence.start, act.clause.end)
        return (
            paragraph in self._telling
            or recent is not None
            or bool(_NARRATING.search(self._text, paragraph, self._end_of(paragraph)))
        )

    def _end_of(self, paragraph: int) -> int:
        end = self._text.find("\n", paragraph)
        return end if end >= 0 else len(self._text)

    def _beginning(self, sentence: Sentence, clause: Clause) -> Act | None:
        """即日起…, 7月起…, 从今年起…: something applies from then on; the quote goes on to what it is."""
        date = next((d for d in self._dates.within(clause.start, clause.end) if d.end <= clause.end), None)
        if date is None or date.kind != "date" or not _SINCE.search(self._text[date.start : date.end]):
            return None
        if date.end < clause.end:
            rest = self._text[date.end : clause.end]
            return Act(clause, "implement", "since", date.start, clause.end) if _BEGINS.search(rest) else None
        for following in sentence.clauses:
            if following.start > date.end and _BEGINS.search(self._text[following.start : following.end]):
                return Act(clause, "implement", "since", date.start, following.end)
        return None
