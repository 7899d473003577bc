"""Titles without 《》: objects of 印发 and 签署, subjects of 落地, and documents that speak (通知要求)."""

from __future__ import annotations

import re

from loaders.alternatives import gated
from loaders.reading import Reading
from loaders.recognise.subjects import is_wish
from loaders.recognise.titles import OFFICIAL_TITLE, Title, bare_head, head_of, heads

_CALLED = re.compile(r"[（(][^）)]*简称[^）)]*[）)]$")
_LONGEST = 36
_LONGEST_ABOUT = 60
_QUOTES = re.compile(r"“[^”]*”")
_COUNT = re.compile(
    r"^(?:(?:全国|国内|全省|省内|我国)?首[部个份]|第[一二三四五六七八九十]+批|首批|新一批|一批)?"
    r"(?:(?:[0-9]+|[一二三四五六七八九十两]+|多|系列|一系列)(?:大?[类项条个批份方面]+))*"
)
_PLURAL = re.compile(
    r"^(?:共计?)?(?:[0-9]+|[二两三四五六七八九十百数多]+|若干|一?系列|一批|一揽子|一份份)(?:多|余)?(?:共计[0-9]+)?"
    r"[个份张部批]|^(?:若干|一?系列|一批|一揽子|多项|相关|有关)"
)
_SEVERAL = re.compile(r"的(?:[0-9]+|[二两三四五六七八九十]+)(?:多|余)?[项份个]")
_CUT = re.compile(
    r"^(?:了)?(?:关于.+?的(?:通知|意见|决定|公告|通告|方案|办法)|[^，]+?(?:协议书|协议|备忘录|协定|意向书|倡议书))"
    r"(?=并|后|要求|决定|明确|提出|以|为|共同|就|推动|合作)"
)
_COUNTED = re.compile(
    r"^新一轮.+|^(?:[0-9]+|[二三四五六七八九十]+)(?:条|项|个方面|方面)|.{2,}[0-9]{1,3}条.{0,6}$"
)
_TALLY = re.compile(r"[、和].*[0-9](?:多|余)?[项份个]$")
_ARTICLE = re.compile(r"^第[0-9一二三四五六七八九十百]+条\s*")
_REVISED = re.compile(r"^(?:新近?)?(?:修订|修改|修正)(?:后)?的")
_MODIFIED = re.compile(r"^[\u4e00-\u9fff]{1,4}的(?=.{5})")
_JOINED = re.compile(r"(?:和|及|与|、)(?:章程|公约|宣言|倡议书?|白皮书)$")
_ALONE = ("章程", "公约", "宣言", "倡议书", "倡议", "白皮书")
_VAGUE = re.compile(r"的(?:具体|相关|有关|配套|系列|工作|一些)")
_GENERIC = re.compile(
    r"^(?:相关|有关|具体|相应|配套|一系列|一批|系列|多项|多个|各项|该|此|其|本|新的|这|上述|若干|一个|一项|的|等)"
)
# 对违规企业发布通报: an act on somebody, told as a task, and no document with a title of its own
_WEAK_BEFORE = re.compile(r"\A对|\A向|按照|根据|依据|定期|及时|依法|不得|统一|未")
_BARE_VERB = re.compile(
    gated(
        r"(?:印发|发布实施|发布|出台|推出(?=[^，]*[0-9]条)|下发|签署|签订|签下|签定|草签|会签(?![表订署约下字])|公布|颁布|(?:审议|表决)通过|续签|互签|换签|达成|订立|转发|发出|联合制定|"
        r"(?:制定|编制|研究制定)(?:完成|印发|发布|出台)|(?:制定|制订|编制|推出|形成|缔结|起草|修订|通过|批准|批复)了|研究(?=[^，《]{8,}的(?:意见|若干措施|方案|办法|条例|规划)$))(?!会|厅|仪式|以来|之日)"
    )
)
_SIGNING = ("签署", "签订", "签下", "签定", "草签", "会签", "达成")
_DRAWN_UP = re.compile(
    gated(
        r"(?:还|已|率先|专门|研究|牵头|同步|联合)?(?P<verb>(?:制定|制订|编制)(?:出台|印发|实施)?)(?=[^，]{4})"
    )
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
_PASSIVE_ENDS = (
    "落地", "出台", "发布", "印发", "公布", "获批", "批准", "通过", "施行", "实施", "生效", "颁布", "批复",
)  # fmt: skip


def unquoted_titles(reading: Reading, quoted: list[Title]) -> list[Title]:
    """Documents that are named without 《》 by what is said of them: objects of 印发 and 签署, subjects of 落地."""
    found: list[Title] = []
    signing = -1
    official = OFFICIAL_TITLE.match(reading.text[: reading.title_end]) is not None
    for clause in reading.clauses:
        if clause.start < reading.title_end:
            continue
        text = reading.text[clause.start : clause.end]
        verb = _bare_verb(text, official) or (None if official else _drawn_up(reading, clause.start, text))
        if verb is not None and verb.end() < len(text):
            found.extend(_objects(reading, clause.start + verb.end(), clause.end, verb.group(), bool(quoted)))
            signing = clause.sentence if verb.group() in _SIGNING else -1
        elif signing == clause.sentence and text.endswith(("协议", "协议书", "备忘录", "协定")):
            found.append(Title(clause.start, clause.end, False, 0.6))
        elif text.endswith(_PASSIVE_ENDS) and (passive := _PASSIVE.search(text)):
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
    if not bare_head(whole) and (ended := _CUT.match(whole)):
        whole, end = ended[0], start + ended.end()
    cut = [start]
    for joint in re.finditer(r"和|及|与|、", whole):
        if bare_head(whole[cut[-1] - start : joint.start()]):
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


def _bare_title(words: str, verb: str, quoted: bool) -> str | None:
    """The title in an object without 《》, its leading count left out; None where it names no one text."""
    head = bare_head(words)
    if (
        head is None
        or (heads()[head]["bare"] == "alone" and words != head)
        or len(words) > (_LONGEST_ABOUT if words.startswith("关于") else _LONGEST)
    ):
        return None
    if _PLURAL.match(words) or _SEVERAL.search(words):
        return None
    if heads()[head]["bare"] == "counted":
        counted = _COUNTED.match(words) and verb in ("印发", "出台", "发布", "公布", "推出")
        return words if counted and not quoted else None
    title = words[_COUNT.match(words).end() :] if _COUNT.match(words) else words  # type: ignore[union-attr]
    title = _MODIFIED.sub("", title)
    if _VAGUE.search(title):
        return None
    if title != head and _JOINED.search(title) and title.endswith(_ALONE):
        return head
    if title == head:
        alone = (
            heads()[head]["kind"] == "notice" or head.startswith("联合") or heads()[head]["bare"] == "alone"
        )
        return title if alone and not quoted else None
    return None if _GENERIC.match(title) else title


def _subject(start: int, words: str) -> list[Title]:
    for lead in (_ARTICLE, _REVISED):
        if found := lead.match(words):
            start, words = start + found.end(), words[found.end() :]
    head = head_of(words)
    if (
        head is None
        or heads()[head]["bare"] in ("no", "alone")
        or len(words) < 6
        or "《" in words
        or _GENERIC.match(words)
    ):
        return []
    return [Title(start, start + len(words), False, 0.5)]
