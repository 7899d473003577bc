"""Titles of documents: those in 《》, nested ones too, the short forms that stand for them, and unquoted ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast, get_args

from kg.identifiers import fold_name
from kg.model import DocumentKind
from loaders.lexicon import read_table, read_words
from loaders.reading import Reading
from loaders.recognise.subjects import is_wish

_EDITION = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]$|[“”]$")
_DEFINED = re.compile(
    r"[》”]?[（(](?:以下|下文|下)?(?:统一)?简?称(?:为)?[:：]?[《“\"]?([^》”\"）)]{2,20})[》”\"]?[）)]"
)
_CALLED = re.compile(r"[（(][^）)]*简称[^）)]*[）)]$")
_SHORT = 12
_ABBREVIATION = 6
_HEADLINE = 0.7
_LEAST = 5
_LONGEST = 36
_LONGEST_ABOUT = 60
_UNKNOWN = 0.5
OFFICIAL_TITLE = re.compile(
    r"^(?P<issuer>(?:(?!出台|印发|发布|公布|通过|签署|推出|审议|召开|解读|[，：《“]).){0,40}?)关于.+(?:批复|通知|意见|决定|公告|通告|办法|函|规定|通报|方案|规划)$"
)
_QUOTES = re.compile(r"“[^”]*”")
_NAMED = re.compile(
    r"(党的[一二三四五六七八九十]{1,3}大报告|(?:国家)?“[一二三四五六七八九十]{1,3}五”规划(?:纲要)?|(?:[12]\d{3}年)?政府工作报告|(?:[12]\d{3}年)?中央一号文件)"
    r"(?=提出|指出|明确|强调|要求|部署|首次|确定|将)"
)
_COUNT = re.compile(
    r"^(?:(?:全国|国内|全省|省内|我国)?首[部个份]|第[一二三四五六七八九十]+批|首批|新一批|一批)?"
    r"(?:(?:[0-9]+|[一二三四五六七八九十两]+|多|系列|一系列)(?:大?[类项条个批份方面]+))*"
)
_NO_NOUN = "(?!会|厅|者|仪式|机关|单位|平台)"
_PLURAL = re.compile(
    r"^(?:共计?)?(?:[0-9]+|[二两三四五六七八九十百数多]+|若干|一?系列|一批|一揽子|一份份)(?:多|余)?(?:共计[0-9]+)?"
    r"[个份张部批]|^(?:若干|一?系列|一批|一揽子|多项|相关|有关)"
)
_CUT = re.compile(
    r"^(?:了)?(?:关于.+?的(?:通知|意见|决定|公告|通告|方案|办法)|[^，]+?(?:协议书|协议|备忘录|协定|意向书|倡议书))"
    r"(?=并|后|要求|决定|明确|提出|以|为|共同|就|推动|合作)"
)
_RECEIVED = re.compile(
    r"(关于[^，。《》\n]{4,60}的(?:请示|报告|函|来函))(?:[（(〔][^）)]*[）)])?(?:均?收?悉)"
)
_LAW = re.compile(
    r"(?:根据|依据|依照|按照|违反|[和及与、](?=.{0,24}?(?:规定|第.{1,4}条))|(?<=》)[和及与、])(?:新?修订(?:后)?的)?"
    r"([\u4e00-\u9fff]{2,14}?(?<![办方做立司执依守普说看合用算语魔戏手画书笔])法|[\u4e00-\u9fff]{4,16}?条例)"
    r"(?=(?:的)?(?:等)?(?:有关|相关|法律法规|法律|法规)*规定|第[0-9一二三四五六七八九十百]+条|[，和及与、])"
)
_TITLE_VERB = re.compile(
    r"修订|修改|批复|同意|制定|编制|起草|提交|公开|召开|开展|首|拟|出台|印发|发布|公布|施行|实施(?!方案|意见|细则|办法|规划)|通过|审议|签|获批|征求|解读|明确|推出|落地|[，：？！“”]|将"
)
_COUNTED = re.compile(
    r"^新一轮.+|^(?:[0-9]+|[二三四五六七八九十]+)(?:条|项|个方面|方面)|.{2,}[0-9]{1,3}条.{0,6}$"
)
_TALLY = re.compile(r"[、和].*[0-9](?:多|余)?[项份个]$")
_REVISED = re.compile(r"^(?:新近?)?(?:修订|修改|修正)(?:后)?的")
_MODIFIED = re.compile(r"^[\u4e00-\u9fff]{1,4}的(?=.{5})")
_VAGUE = re.compile(r"的(?:具体|相关|有关|配套|系列|工作|一些)")
_GENERIC = re.compile(
    r"^(?:相关|有关|具体|相应|配套|一系列|一批|系列|多项|多个|各项|该|此|其|新的|这|上述|若干|一个|一项|的|等)"
)
# 对违规企业发布通报: an act on somebody, told as a task, and no document with a title of its own
_WEAK_BEFORE = re.compile(r"\A对|\A向|按照|根据|依据|定期|及时|依法|不得|统一|未")
_MEDIA = re.compile(r"(?:据|报|杂志|电影|歌曲|图书|节目|栏目|作品|专著|著作|纪录片|剧)\Z")
_BARE_VERB = re.compile(
    r"(?:印发|发布实施|发布|出台|推出(?=[^，]*[0-9]条)|下发|签署|签订|公布|颁布|(?:审议|表决)通过|续签|互签|换签|达成|订立|转发|发出|联合制定|"
    r"(?:制定|编制|研究制定)(?:完成|印发|发布|出台)|(?:制定|制订|编制|推出|形成|缔结|起草|修订|通过|批准|批复)了)(?!会|厅|仪式|以来|之日)"
)
_DRAWN_UP = re.compile(
    r"(?:还|已|率先|专门|研究|牵头|同步|联合)?(?P<verb>(?:制定|制订|编制)(?:出台|印发|实施)?)(?=[^，]{4})"
)
_BARE_SPEAKER = re.compile(
    r"^(?:该|此|这一)?(?P<head>通知|意见|方案|规划|办法|公告|通告|行动计划|决定|条例|批复)"
    r"(?:还|也|同时)?(?:提出|明确|要求|指出|强调|规定|确定)"
)
_PASSIVE = re.compile(
    r"(?:正式|基本|全面|已经|已|近日|日前|最终|同步|对外|顺利|开始|也"
    r"|将?[于自从](?=[0-9今明])|(?:今天|今日|昨天|明天|即日|今|(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日)(?:（[^）]{3,9}）)?起?)*"
    r"(?:落地|出台|发布|印发|公布|获批|获得批准|通过|施行|实施|生效|颁布)(?:实施|施行)?$"
    r"|获[^，]{0,8}(?:批复|批准|通过)$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title at one place, in folded coordinates without its 《》. ``quoted`` tells whether it stands in 《》."""

    start: int
    end: int
    quoted: bool
    confidence: float


_BRACKETS = re.compile("[《》\n]")


@cache
def heads() -> dict[str, dict[str, str]]:
    """The last words of titles, the longest first."""
    rows = sorted(read_table("document_heads"), key=lambda row: -len(row["head"]))
    return {row["head"]: row for row in rows}


@cache
def _head_words() -> tuple[str, ...]:
    return tuple(heads())


def head_of(title: str) -> str | None:
    """The last word of a title, edition and number (协议二) left out; None where it is no word for a document."""
    bare = strip_edition(title).rstrip("一二三四五六七八九十")
    if not bare.endswith(_head_words()):
        return None
    return next((head for head in heads() if bare.endswith(head)), None)


def strip_edition(title: str) -> str:
    """The title without a bracket at its end (（试行）, （2020—2022年）)."""
    while (bare := _EDITION.sub("", title)) != title and bare:
        title = bare
    return title


def kind_of(title: str) -> DocumentKind:
    """The kind that the title's last word gives."""
    head = head_of(title)
    kind = heads()[head]["kind"] if head else "other"
    return cast(DocumentKind, kind if kind in get_args(DocumentKind) else "other")


@cache
def verbs(*groups: str) -> re.Pattern[str]:
    """A pattern for the verbs of issuing and signing, the longest first."""
    words = [row["verb"] for row in read_table("document_verbs") if row["group"] in groups]
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))}){_NO_NOUN}")


def quoted_titles(reading: Reading) -> list[Title]:
    """What stands in 《》 and may be a document, in order of offset, inner titles after their outer ones."""
    found: list[Title] = []
    opened: list[int] = []
    for i, c in enumerate(reading.text):
        if c == "\n":
            opened.clear()
        elif c == "《":
            opened.append(i + 1)
        elif c == "》" and opened:
            start = opened.pop()
            confidence = _quoted_confidence(reading.text, start, i)
            if confidence and i - start > 1:
                found.append(Title(start, i, True, confidence))
    return sorted(found, key=lambda t: (t.start, -t.end))


@lru_cache(maxsize=4)  # events and cooperations of one article ask for the same
def mask_titles(text: str) -> str:
    """The text with what stands inside 《》 filled with ＿, nested 《》 too; offsets stay."""
    shown: list[str] = []
    depth = at = 0
    for mark in _BRACKETS.finditer(text):
        i, c = mark.start(), mark[0]
        shown.append("＿" * (i - at) if depth else text[at:i])
        if c == "\n":
            depth = 0
        elif c == "》" and depth:
            depth -= 1
        shown.append("＿" if depth else c)
        if c == "《" and text.find("》", i) > 0:
            depth += 1
        at = i + 1
    return "".join(shown) + ("＿" * (len(text) - at) if depth else text[at:])


def _quoted_confidence(text: str, start: int, end: int) -> float:
    title = text[start:end]
    bare = strip_edition(title)
    if bare.endswith(read_words("document_not")):
        return 0.0
    if head_of(title):
        return 0.95
    if (
        "关于" in title
        or bare != title
        or verbs("issue", "sign", "submit").search(text[max(0, start - 8) : start])
    ):
        return 0.75
    before = text[max(0, start - 6) : start - 1]
    if before.endswith("标准"):
        return 0.9
    if before.endswith(("简称", "下称", "简称为")):
        return 0.75
    return 0.0 if _MEDIA.search(before) or end - start < _LEAST else _UNKNOWN


def defined_names(reading: Reading, title: Title) -> list[str]:
    """Short names that the text itself gives a title: 《…》（以下简称《…》）."""
    match = _DEFINED.match(reading.text, title.end)
    return [match[1]] if match else []


def resolve_short(short: str, known: list[str], later: list[str]) -> str | None:
    """The longer title that a short one stands for: the latest before it, else the first after it; None for none."""
    bare = strip_edition(short)
    if len(bare) > _SHORT:
        return None
    for longer in (*reversed(known), *later):
        if len(longer) > len(short) and strip_edition(longer).endswith(bare):
            return longer
    head = head_of(short)
    if len(bare) > _ABBREVIATION or head is None:
        return None
    for longer in reversed(known):
        same_kind = heads()[head]["kind"] == kind_of(longer)
        if len(longer) > len(short) and same_kind and (bare == head or _is_abbreviation(bare, longer)):
            return longer
    return None


def headline_form(headline: str, body: list[str]) -> str | None:
    """The title of the body that a headline shortens in its middle (《关于修订〈CEPA…〉的协议》); None for none."""
    for title in body:
        same = _shared(headline, title) + _shared(headline[::-1], title[::-1])
        if len(title) > len(headline) and same >= _HEADLINE * len(headline):
            return title
    return None


def _shared(a: str, b: str) -> int:
    """How many characters two words have in common from the beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _is_abbreviation(short: str, longer: str) -> bool:
    rest = iter(fold_name(longer))
    return all(c in rest for c in fold_name(short))


def unquoted_titles(reading: Reading, quoted: list[Title]) -> list[Title]:
    """Documents that are named without 《》: objects of 印发 and 签署, subjects of 落地, and reports known by name."""
    found = [
        Title(m.start(1), m.end(1), False, 0.8)
        for pattern in (_NAMED, _RECEIVED, _LAW)
        for m in pattern.finditer(reading.text)
    ]
    signing = -1
    official = OFFICIAL_TITLE.match(reading.text[: reading.title_end]) is not None
    for clause in reading.clauses:
        if clause.start < reading.title_end:
            continue
        text = reading.text[clause.start : clause.end]
        verb = _bare_verb(text, official) or (None if official else _drawn_up(reading, clause.start, text))
        if verb is not None:
            found.extend(_objects(reading, clause.start + verb.end(), clause.end, verb.group(), bool(quoted)))
            signing = clause.sentence if verb.group() in ("签署", "签订") else -1
        elif signing == clause.sentence and text.endswith(("协议", "协议书", "备忘录", "协定")):
            found.append(Title(clause.start, clause.end, False, 0.6))
        elif passive := _PASSIVE.search(text):
            found.extend(_subject(clause.start, text[: passive.start()]))
        elif (speaker := _BARE_SPEAKER.match(text)) and not official:
            begin = clause.start + speaker.start("head")
            found.append(Title(begin, begin + len(speaker["head"]), False, 0.5))
    return sorted(found, key=lambda t: t.start)


def _bare_verb(clause: str, official: bool) -> re.Match[str] | None:
    """The verb of issuing or signing in a clause that tells; an official text mostly demands."""
    if official and not re.search("了|已", clause):
        return None
    verb = _BARE_VERB.search(clause)
    if verb is None:
        return None
    before = _QUOTES.sub("“”", clause[: verb.start()])
    return None if _WEAK_BEFORE.search(before) or is_wish(before) else verb


def _drawn_up(reading: Reading, start: int, clause: str) -> re.Match[str] | None:
    """甲市制定…方案: a verb of drafting right after who drafts, which tells of it as much as 制定了 does."""
    verb = _DRAWN_UP.search(clause)
    if verb is None or is_wish(clause[: verb.start()]):
        return None
    ends = {start + verb.start(), start + verb.start("verb")}
    doers = (*reading.facts.regions, *reading.facts.actors)
    forms = {reading.text[s:e] for s, e in map(reading.folded_span, doers)}
    return verb if any(reading.text.endswith(form, start, end) for form in forms for end in ends) else None


def _objects(reading: Reading, start: int, end: int, verb: str, quoted: bool) -> list[Title]:
    """The titles that follow a verb up to the end of its clause; 和 and 、 may join several."""
    if reading.text.startswith("了", start):
        start += 1
    whole = reading.text[start:end]
    if "《" in whole or not whole or _TALLY.search(whole):
        return []
    if not _bare_head(whole) and (ended := _CUT.match(whole)):
        whole, end = ended[0], start + ended.end()
    cut = [start]
    for joint in re.finditer(r"和|及|与|、", whole):
        if _bare_head(whole[cut[-1] - start : joint.start()]):
            cut.append(start + joint.end())
    found = []
    for i, begin in enumerate(cut):
        finish = cut[i + 1] - 1 if i + 1 < len(cut) else end
        if called := _CALLED.search(reading.text, begin, finish):
            finish = called.start()
        title = _bare_title(reading.text[begin:finish], verb, quoted)
        if title:
            found.append(Title(finish - len(title), finish, False, 0.65))
    return found


def _bare_head(words: str) -> str | None:
    head = head_of(words)
    return head if head and heads()[head]["bare"] != "no" else None


def _bare_title(words: str, verb: str, quoted: bool) -> str | None:
    """The title in an object without 《》, its leading count left out; None where it names no one text."""
    head = _bare_head(words)
    if head is None or len(words) > (_LONGEST_ABOUT if words.startswith("关于") else _LONGEST):
        return None
    if _PLURAL.match(words):
        return None
    if heads()[head]["bare"] == "counted":
        counted = _COUNTED.match(words) and verb in ("印发", "出台", "发布", "公布", "推出")
        return words if counted and not quoted else None
    title = words[_COUNT.match(words).end() :] if _COUNT.match(words) else words  # type: ignore[union-attr]
    title = _MODIFIED.sub("", title)
    if _VAGUE.search(title):
        return None
    if title == head:
        alone = heads()[head]["kind"] == "notice" or head.startswith("联合")
        return title if alone and not quoted else None
    return None if _GENERIC.match(title) else title


def is_title_of_document(title: str) -> bool:
    """Whether a headline is itself the title of a text (甲市茶园条例): it ends with a word for one and tells nothing."""
    bare = strip_edition(title)
    return _bare_head(bare) not in (None, "通知", "通告", "公告", "通报") and not _TITLE_VERB.search(bare)


def _subject(start: int, words: str) -> list[Title]:
    if revised := _REVISED.match(words):
        start, words = start + revised.end(), words[revised.end() :]
    if not _bare_head(words) or len(words) < 6 or "《" in words or _GENERIC.match(words):
        return []
    return [Title(start, start + len(words), False, 0.5)]
