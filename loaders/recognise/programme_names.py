"""Possible names of programmes in a text: where each one begins and ends, and what speaks for it.

A name ends in a head of the lexicon (平台 试点 工程 …) or is a quotation of a kind that names. Its left border is found
in four steps: the last mark or conjunction, the last governing verb, the last quantity, then words that only introduce.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from loaders.fold import fold_words
from loaders.gazetteer import Tokens
from loaders.lexicon import read_table
from loaders.numerals import HAN
from loaders.reading import Clause, Reading
from loaders.recognise.programme_lexicon import (
    QUOTED,
    Candidate,
    border,
    by_length,
    either,
    empty,
    heads_in,
    is_specific,
    kinds,
    last_head,
    marked,
    naming,
    needs,
    prefix,
    unnamed,
    verbs,
)
from loaders.recognise.programme_quotes import names_nothing
from loaders.recognise.programme_words import TextWords

_QUOTATION = re.compile(f"{QUOTED}+")
_VERSION = re.compile(r"\d(?:\.\d+)?版")
_SECTION = re.compile(
    "(?:[\u4e00-\u9fff]{2,8}至[\u4e00-\u9fff]{2,10}|[\u4e00-\u9fff]{2,4})段(?![时落子位])|“[^”]{2,8}”"
)
_LINES = ("高速", "高速公路", "高速铁路", "高铁", "铁路", "公路", "城际铁路", "轨道交通", "运河", "大桥")
_AFTER_VERBS = ("机制", "制度", "计划", "行动", "模式")  # heads that take a verb before them (一体推进机制)
_NO_GAP = re.compile(f"{QUOTED}(?:相关|有关|等|各项|各类)")
_QUOTED_DRIVES = ("行动",)  # what has a code name is a drive (“猎狐”行动)
_LONGEST_QUOTE = 14
_LONGEST_LEFT = 8  # of what 和 joins to a name (技术攻关|和成果转化试点)
_FULL = 6  # so many characters that are no general modifiers make a name without a verb
_QUANTITY = re.compile(
    r"(?=[首\d一二两三四五六七八九十百千])(?![\d一二两三四五六七八九十百千][\d.百千万亿]*(?:[吨亩元伏]|千瓦|兆瓦|千伏)?级)"
    r"(?:首[个家条批座例款]|(?<!\d)20\d\d(?=[\u4e00-\u9fff])(?!年)|"
    r"\d[\d.]*[百千万亿]*(?:余|多)?(?:年|月(?!度)|日(?!报)|天|岁|亩|公顷|吨|千瓦|立方米|平方公里|平方米|户|[亿万]元|亿|万(?!亩)|%|次|县市区|县|市|省|国)"
    r"|(?:\d[\d.]*[百千万亿]*|[一二两三四五六七八九十百千]+)(?:余|多)?"
    r"(?:个|项|条|家|批|座|类|种|所|处|套|场|名|人|元|亩|公里|大(?!学|数|桥|道|坝|厦|运)))"
)
_MADE = re.compile(
    "(?:项目)?(?:今天|昨天|近日|日前)?(?:正式|全面|建成|建设)?(?:启动|揭牌|成立|投运|投用|开工|上线|开通|启用|竣工|通车|落成|获批|挂牌|开园|开业|开馆)"
)
_MANY = re.compile(r"(?<!第)(?:[2-9]|\d[\d.]*[\d百千万]|[两二三四五六七八九十百千])(?:余|多)?[个家座所批处]$")
_SERIAL = re.compile(r"(?:第[\d一二三四五六七八九十]+届|首届|20\d\d年?)$")
_EXAMPLES = re.compile("(?:比如|例如)[^。；\n]*$")
_EXAMPLES_REACH = 80
_COUNTED = re.compile(r"\d[\d.]*[万亿]?[余多]?[个家处座所项条]")
_TWINS = re.compile(
    "一[\u4e00-\u9fff][一两多][\u4e00-\u9fff]|以[\u4e00-\u9fff]代[\u4e00-\u9fff]"
    "|[一二三四五六七八九两多][\u4e00-\u9fff][同联共互协][\u4e00-\u9fff]"
)
_FREE_FOLLOWERS = frozenset({"v", "d", "p", "c", "r", "t", "x", "y"})
_BUILDS = "建设"
_SUFFIX = re.compile("[化性式型]|区(?!域)")  # makes a longer word of an introducing one (合作区, 全国性)
_start = attrgetter("start")
_SHARED = re.compile("等(?:[\u4e00-\u9fff]{0,2}项)?(行动|工程|计划)")


def candidates(reading: Reading, masked: str) -> Iterator[Candidate]:
    """Every possible name of a reading, by clause; ``masked``: its text as ``mask`` gives it."""
    subjects = frozenset(fold_words(region.mention) for region in reading.facts.regions)
    subjects |= {region.name for region in reading.facts.regions}
    subjects |= {fold_words(actor.evidence) for actor in reading.facts.actors}
    text = reading.text
    words, touching = TextWords.of(text), "”“" in text
    for clause in reading.clauses:
        if masked.find(QUOTED, *clause[:2]) < 0 and not heads_in(masked, *clause[:2]):
            continue  # most clauses can hold no name: none is cut into stretches in vain
        before: _Chunk | None = None
        named = False
        stretches = [
            (begin, stop, joined or begin > start)
            for start, end, joined in _chunks(masked, clause, words)
            for begin, stop in (_apart(text, start, end) if touching else ((start, end),))
        ]
        for start, end, joined in stretches:
            joint = before if before and masked[before.end : start] in ("和", "与", "及", "的") else None
            goes_on = joined and (named or (before is not None and (before.governed or before.governs())))
            chunk = _Chunk(text, masked, start, end, goes_on, subjects, words, joint)
            found = list(chunk.names())
            yield from found
            named = any(not candidate.quoted for candidate in found)
            before = chunk


def shared_heads(reading: Reading, masked: str) -> Iterator[tuple[Candidate, str]]:
    """Members of a list that share the head after 等 (实施甲、乙等行动), each with that head."""
    for match in _SHARED.finditer(masked):
        clause = next(c for c in reading.clauses if match.start() < c.end)
        members = masked[clause.start : match.start()].split("、")
        starts = [match.start() - len("、".join(members[i:])) for i in range(len(members))]
        end = starts[0] + len(members[0])
        first, governed = _Chunk(
            reading.text, masked, clause.start, end, False, frozenset(), TextWords(Tokens(())), None
        ).left(end)
        spans = [(first if i == 0 else at, at + len(members[i])) for i, at in enumerate(starts)]
        if governed and len(spans) > 1 and all(4 <= end - start <= 12 for start, end in spans):
            for start, end in spans:
                kind = kinds("programme_heads", "head")[match[1]]
                yield Candidate(start, end, kind, False, True), match[1]


@cache
def _endings() -> tuple[str, ...]:
    """The endings by which a quotation is a name itself, the longest first."""
    return tuple(by_length(e for e, need in needs("programme_quotes", "ending").items() if need != "after"))


@cache
def _joining() -> frozenset[str]:
    """The borders over which a making verb reaches."""
    return frozenset(
        ("的", *(row["border"] for row in read_table("programme_borders") if row["joins"] == "yes"))
    )


def _chunks(masked: str, clause: Clause, words: TextWords) -> Iterator[tuple[int, int, bool]]:
    """Stretches of a clause between conjunctions and 的, and whether each goes on from the one before."""
    begin, joined = clause.start, False
    for match in border().finditer(masked, clause.start, clause.end):
        if match.end() == match.start() + 1 and words.in_noun(match.start()):
            continue  # 和美乡村
        if match.start() > begin:
            yield begin, match.start(), joined
        begin, joined = match.end(), match[0] in _joining()
    if clause.end > begin:
        yield begin, clause.end, joined


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch cut where two quotations touch (“甲”“乙”)."""
    begin = start
    while (touch := text.find("”“", begin, end)) >= 0:
        yield begin, touch + 1
        begin = touch + 1
    yield begin, end


# -- one stretch ------------------------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class _Chunk:
    """A stretch of a clause without conjunctions.

    ``governed``: a making verb of the stretch before reaches here. ``subjects``: the regions and actors of the
    article, as mentioned. ``before``: the stretch that 和 or 的 joins to this one, if it does.
    """

    text: str
    masked: str
    start: int
    end: int
    governed: bool
    subjects: frozenset[str]
    words: TextWords
    before: _Chunk | None

    def governs(self) -> bool:
        """Whether a making verb stands in the chunk."""
        found = verbs().findall(self.masked, self.start, self.end)
        if not found and _BUILDS not in self.masked[self.start : self.end]:
            return self.governed
        return not marked("making").isdisjoint(found) or self.left(self.end)[1]

    def names(self) -> Iterator[Candidate]:
        """The name in the chunk, if there is one: by its last fitting head, else by a quotation."""
        headed = self._headed()
        if headed is not None:
            yield headed
        if self.masked.find(QUOTED, self.start, self.end) < 0:
            return
        for quote in _QUOTATION.finditer(self.masked, self.start, self.end):
            first, last = quote.span()
            if headed is None or not headed.start <= first < headed.end:
                yield from self._quoted(first, last)

    def _headed(self) -> Candidate | None:
        for at, end, head in reversed(heads_in(self.masked, self.start, self.end)):
            if head.startswith("大") and self.masked[at - 1 : at] in tuple(HAN):
                continue  # 三大通道
            version = _VERSION.match(self.masked, end, self.end)
            section = _SECTION.match(self.text, end, self.end) if head in _LINES else None
            end = tail.end() if (tail := version or section) else end
            first, governed = self.left(at)
            first, governed = self._joined(first, at, governed)
            modifier = self.masked[first:at]
            quoted = self._holds_name(first, at)
            if not quoted:
                modifier = modifier.replace(QUOTED, "")
                named = any(subject in modifier for subject in self.subjects)
                if not named and _MANY.search(self.masked, self.start, first):
                    continue  # 建成12个育种中心: a class of things, no name
            need = needs("programme_heads", "head")[head]
            if not modifier or not self._ends(end, quoted and need != "quoted"):
                continue
            governed = governed or _MADE.match(self.masked, end, self.end) is not None
            stands = need == "strong" or (need == "governed" and (governed or self._is_full(modifier)))
            if need == "serial" and _SERIAL.search(self.masked, self.start, first):
                stands = governed = True
            if quoted and _NO_GAP.search(modifier):
                continue  # “甲”相关活动
            if quoted:
                first = max(first, self.text.find("“", first, at))
            if (quoted and need != "serial") or (
                stands and is_specific(modifier, governed, head if need == "strong" else "")
            ):
                kind = kinds("programme_heads", "head")[head]
                if quoted and head in _QUOTED_DRIVES:
                    kind = "campaign"
                return Candidate(first, end, kind, quoted, governed)
        return None

    def _holds_name(self, start: int, end: int) -> bool:
        """Whether a quotation between two offsets is more than a period or a slogan (“十四五”重大工程)."""
        if QUOTED not in self.masked[start:end]:
            return False
        return any(quote not in unnamed("period") for quote in re.findall("“([^”]*)”", self.text[start:end]))

    def _is_full(self, modifier: str) -> bool:
        """Whether the words before a head make a name of it whatever governs it."""
        return len(either("programme_generic").sub("", modifier)) >= _FULL

    def _joined(self, first: int, head: int, governed: bool) -> tuple[int, bool]:
        """The border moved over 和 or 的 where these stand inside the name.

        So they do after a quotation (“甲”的治理项目), and after a short noun without a head of its own that hangs
        directly on a making verb (开展技术攻关和成果转化试点).
        """
        before = self.before
        if before is None:
            return first, governed
        if self.masked[before.end : self.start] == "的" and head - self.start <= _LONGEST_LEFT:
            if self._holds_name(first, head):
                return first, governed  # “甲”的“乙”行动
            run = re.search(f"{QUOTED}+$", self.masked[before.start : before.end])
            begin = before.start + run.start() if run else before.end
            named = self._holds_name(begin, before.end)
            return (begin, before.governs() or governed) if named else (first, governed)
        if first != self.start or self._skip(first, head)[0] >= head:
            return first, governed
        begin, made = before.left(before.end)
        if begin == before.end:
            return first, governed
        if self._twin_verbs(first):
            return begin, made or governed
        if self.masked[before.end - 1] == QUOTED and QUOTED in self.masked[first:head]:
            return begin, made or governed  # “甲”和出口“乙”试点
        left = self.masked[begin : before.end]
        phrase = self.text[begin:head]
        if head > first and not heads_in(left) and QUOTED not in phrase and self.text.count(phrase) > 1:
            return begin, made or governed  # what the article says again word by word is one name
        if not made or not 2 <= len(left) <= _LONGEST_LEFT or QUOTED in left:
            return first, governed
        hard = any(verb[0] not in marked("soft") for verb in verbs().finditer(self.masked, first, head))
        if heads_in(left) or hard or not self._alike(first, head):
            return first, governed
        return begin, True

    def _alike(self, first: int, head: int) -> bool:
        """Whether what stands on both sides of 和 is of one kind: a verb before it, or a shared noun (甲学科和乙学科)."""
        assert self.before is not None
        last = self.words.tokens.ending(self.before.end)
        if last is None:
            return False
        return last.tag in ("v", "vn") or last.word[-2:] in self.masked[first:head]

    def _twin_verbs(self, first: int) -> bool:
        """Whether 和 joins two verbs inside a name (合作|与|发展论坛)."""
        if self.before is None or self.masked[self.before.end : self.start] == "的":
            return False
        last = self.words.tokens.ending(self.before.end)
        next_ = self.words.tokens.starting(first)
        return bool(last and next_ and last.tag in ("v", "vn") and next_.tag in ("v", "vn"))

    def _ends(self, end: int, quoted: bool) -> bool:
        """Whether a name may end here: not in the middle of a longer noun."""
        if end == self.end:
            return True
        if either("programme_not_after").match(self.masked, end, self.end):
            return False
        token = self.words.tokens.starting(end)
        if self.masked[end].isdigit():
            return not _COUNTED.match(self.masked, end)
        if quoted or (token is not None and token.tag in _FREE_FOLLOWERS):
            return True
        if any(self.masked.startswith(subject, end) for subject in self.subjects):
            return True
        return either("programme_followers").match(self.masked, end, self.end) is not None

    def left(self, head: int) -> tuple[int, bool]:
        """Where the name before ``head`` begins, and whether a making verb governs it."""
        start, governed = self.start, self.governed
        for verb in verbs().finditer(self.masked, self.start, head):
            soft = verb[0] in marked("soft")
            if soft and verb.start() == self.start and self._twin_verbs(self.start):
                continue
            directly = verb.end() == head and self.masked[head : head + 2] in _AFTER_VERBS
            subject = self.masked[self._skip(start, verb.start())[0] : verb.start()]
            bound = not subject or subject in self.subjects or self.masked.startswith(QUOTED, verb.end())
            if bound or not (directly or soft):
                start, governed = verb.end(), verb[0] in marked("making")
        for quantity in _QUANTITY.finditer(self.masked, start, head):
            start = quantity.end()
        behind = self._after_particles(start, head)
        told = verbs().match(self.masked, behind, head) if behind > start else None
        if told:  # 不断|强化: behind an adverb it is a verb
            behind, governed = told.end(), told[0] in marked("making")
        start, builds = self._skip(behind if governed else self._behind_builder(behind, head), head)
        quote = self.masked.find(QUOTED, start, head + 1)
        if quote > start and self.masked[start:quote] in self.subjects:
            start = quote  # a place before a quotation is not quoted with it
        return start, governed or builds

    def _behind_builder(self, start: int, head: int) -> int:
        """The border behind 甲市建设, where enough follows to be a name."""
        for subject in self.subjects:
            if self.masked.startswith(subject + _BUILDS, start) and head - start > len(subject) + _FULL:
                return start + len(subject)
        return start

    def _after_particles(self, start: int, head: int) -> int:
        """The border behind the last adverb, preposition or pronoun: names hold none."""
        particles = self.words.particles
        for i in range(bisect_left(particles, start, key=_start), len(particles)):
            token = particles[i]
            if token.start >= head:
                break
            if token.end <= head and self.masked[token.start] != QUOTED:
                start = token.end
        return start

    def _skip(self, start: int, end: int) -> tuple[int, bool]:
        """What introduces a name (首批, 进一步, 3个) left out, and whether 建设 is part of it."""
        builds = False
        while start < end:
            word = prefix().match(self.masked, start, end)
            if word is None:
                break
            if _SUFFIX.match(self.masked, word.end(), end):
                break
            builds = builds or word[0] == _BUILDS
            start = word.end()
        return start, builds

    def _quoted(self, first: int, last: int) -> Iterator[Candidate]:
        """A quotation that is a name by its own ending (“云长制”), by its form, or by the words around it."""
        content = self.text[first + 1 : last - 1]
        if names_nothing(self.text, content, first, last):
            return
        begin, governed = self.left(first)
        before = self.masked.rfind(QUOTED, self.start, first)
        begin = max(begin, before + 1 if before >= 0 else begin)
        begin = first if self.masked[begin:first].lstrip("、和与及") in ("", *empty()) else begin
        for named in heads_in(self.masked, begin, first):
            if named.end == first and needs("programme_heads", "head")[named.word] == "strong":
                kind = kinds("programme_heads", "head")[named.word]
                yield Candidate(named.start, last, kind, True, governed)  # 小程序“粤易办”
                return
        head = last_head(content)
        if head is not None:
            yield Candidate(first, last, head, True, governed)
            return
        parts = content.split("、") if content.endswith(_endings()) else []
        ending = next((e for e in _endings() if parts and all(part.endswith(e) for part in parts)), None)
        if ending is not None:
            need = needs("programme_quotes", "ending")[ending]
            if (need != "left" or begin < first) and (need != "governed" or governed):
                yield Candidate(begin, last, kinds("programme_quotes", "ending")[ending], True, governed)
            return
        if _TWINS.fullmatch(content):
            yield Candidate(begin, last, "mechanism", True, governed)
            return
        if content.endswith(unnamed("ending")) or not 3 <= len(content) <= _LONGEST_QUOTE:
            return
        run = re.compile(f"(?:[、和与]?{QUOTED}+)*").match(self.masked, last)
        listed = naming().match(self.text, run.end() if run else last)
        if governed or listed or _EXAMPLES.search(self.text, max(0, first - _EXAMPLES_REACH), first):
            yield Candidate(begin, last, "mechanism", True, governed)
