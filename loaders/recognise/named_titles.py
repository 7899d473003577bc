"""Titles known by their form: laws, reports and plans by name, requests received, numbers, and the list of annexes."""

from __future__ import annotations

import re

from loaders.alternatives import gated
from loaders.reading import Reading
from loaders.recognise.titles import Title, mask_titles

_LEAST_NAME = 2
_NAMED = re.compile(
    gated(
        r"(党的[一二三四五六七八九十]{1,3}大报告|(?:国家)?“[一二三四五六七八九十]{1,3}五”规划(?:纲要)?|(?:[12]\d{3}年)?政府工作报告|(?:[12]\d{3}年)?中央一号文件)"
        r"(?=提出|指出|明确|强调|要求|部署|首次|确定|将)"
    )
)
_RECEIVED = re.compile(
    r"(关于[^，。《》\n]{4,60}的(?:请示|报告|函|来函))(?:[（(〔][^）)]*[）)])?(?:均?收?悉)"
)
_LAW = re.compile(
    gated(
        r"(?:根据|依据|依照|按照|违反|[和及与、](?=.{0,24}?(?:规定|第.{1,4}条))|(?<=》)[和及与、])(?:新?修订(?:后)?的)?"
        r"([\u4e00-\u9fff]{2,14}?(?<![办方做立司执依守普说看合用算语魔戏手画书笔])法|[\u4e00-\u9fff]{4,16}?条例)"
        r"(?=(?:的)?(?:等)?(?:有关|相关|法律法规|法律|法规)*规定|第[0-9一二三四五六七八九十百]+条|[，和及与、])"
    )
)
_PASSED_ON = re.compile(
    r"(?:印发|转发|发布|公布|贯彻|落实|执行|实施|废止|修改|延长|延续)〈([^〈〉《》\n]{5,60})〉"
)
_CARRIED_OUT = re.compile(
    gated(
        r"(?:落实|执行|对照|按照|根据)([^，。；、《》“”\n]{8,40}?(?:方案|规划纲要|规划|行动计划|指导意见))(?=[，。；、])"
    )
)
_PLAN = re.compile(
    r"“[一二三四五六七八九十]{1,3}五”(?:(?!期间|时期|以来)[\u4e00-\u9fff]){0,14}?规划(?:纲要)?(?![\u4e00-\u9fff]?[建期研编])"
)
_RUN = re.compile(r"[\u4e00-\u9fff]*\Z")
_LONGEST = 24
_PLAN_BEGINS = re.compile(  # what stands before the name of a plan; drafts are none yet
    r".*(?:完成|根据|按照|落实|纳入|结合|对接|衔接|印发|出台|发布|贯彻|执行|依据|依照|参照|列入|写入|聚焦|对标|锚定|支撑|融入|立足|围绕|推进|做好|审议|通过|完善"
    r"|提出|明确|是|在|与|和|及|以及|、|的|为|把|将|了)"
)
_DRAFTED = re.compile(r"编制|研究|谋划|起草|制定|制订|科学|高质量|修订")
_WHOSE = re.compile(r"(?:全国|国家|全省|全市|我省|我市|本市|各[省市地级]+|[国省市县区]级?|该[省市县区])$")
_NUMBER = re.compile(r"[〔\[【]\d{4}[〕\]】]第?[0-9]{1,4}号")
_NUMBER_BEGINS = re.compile(
    r".*(?:根据|按照|依据|依照|落实|执行|下发|印发|转发|发布|参照|废止|文件|、|和|及|与|的|以|同|据|依)"
)
_ANNEXES = re.compile(
    r"^附(?:件|表|录)?：(.+(?:\n(?:附(?:件|表|录)[：0-9]?)?[0-9一二三四五六七八九十]{1,2}[.．、].+)*)", re.M
)
_ANNEX = re.compile(
    r"(?<=[\n：。；])(?:[0-9一二三四五六七八九十]{1,2}[.．、])?([^\n。；]{5,60}?)(?:（略）)?[。；]?(?=\n|$|[0-9]{1,2}[.．])"
)


def named_titles(reading: Reading) -> list[Title]:
    """Documents whose words alone tell that they are some, in no order."""
    known = [
        Title(m.start(1), m.end(1), False, 0.8)
        for pattern in (_NAMED, _RECEIVED, _LAW, _PASSED_ON)
        for m in pattern.finditer(reading.text)
    ]
    return [*known, *_carried_out(reading), *_plans(reading), *_numbers(reading), *_annexes(reading)]


def _carried_out(reading: Reading) -> list[Title]:
    """Plans of a region that are put into effect (落实甲省…方案), which its name tells from plans at large."""
    names = {reading.text[start:end] for start, end in map(reading.folded_span, reading.facts.regions)}
    return [
        Title(m.start(1), m.end(1), False, 0.6)
        for m in _CARRIED_OUT.finditer(reading.text)
        if m[1].startswith(tuple(names))
    ]


def _plans(reading: Reading) -> list[Title]:
    """Five-year plans of somebody or for something (甲市“十四五”规划), not those still to be drawn up."""
    text = mask_titles(reading.text)
    found = []
    for match in _PLAN.finditer(text, reading.title_end):
        before = _run_before(text, match.start())
        name = _without(_PLAN_BEGINS, before)
        if len(name) >= _LEAST_NAME and not _WHOSE.fullmatch(name) and not _DRAFTED.search(before):
            found.append(Title(match.start() - len(name), match.end(), False, 0.6))
    return found


def _numbers(reading: Reading) -> list[Title]:
    """Documents called by their number alone (根据国发〔2005〕39号文件), not the number of a title that stands before."""
    text = mask_titles(reading.text)
    found = []
    for match in _NUMBER.finditer(text, reading.title_end):
        line = text.rfind("\n", 0, match.start()) + 1
        before = _run_before(text, match.start())
        begin = match.start() - len(before)
        alone = begin == line and match.end() in (text.find("\n", match.end()), len(text))
        inside = text.count("（", line, begin) > text.count("）", line, begin)
        name = _without(_NUMBER_BEGINS, before)
        if name and not alone and not inside and text[begin - 1] != "》":
            found.append(Title(match.start() - len(name), match.end(), False, 0.6))
    return found


def _run_before(text: str, at: int) -> str:
    """The ideographs right before an offset, as many as a name may have."""
    run = _RUN.search(text, max(0, at - _LONGEST), at)
    return run[0] if run else ""


def _without(begins: re.Pattern[str], words: str) -> str:
    """The words without those that stand before a name."""
    found = begins.match(words)
    return words[found.end() :] if found else words


def _annexes(reading: Reading) -> list[Title]:
    """What the foot of a notice lists as annexed, the text's own title left out."""
    own = reading.text[: reading.title_end]
    found = []
    for block in _ANNEXES.finditer(reading.text, reading.title_end):
        for item in _ANNEX.finditer(reading.text, block.start(1), block.end(1)):
            name = item[1]
            if name not in own and not name.startswith("《") and "：" not in name:
                found.append(Title(item.start(1), item.end(1), False, 0.6))
    return found
