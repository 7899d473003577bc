"""The part that a clause plays: a time, a saying, what leads to another clause, a bare noun, or a predicate."""

from __future__ import annotations

import re

from loaders.recognise.predicates import TIME_ONLY, TIME_TAIL, Predicate, words

SPEAKER = r"(?:《[^》]+》|(?:[^，。；：、《》]|《[^》]*》){0,22}?)(?:还|也|同时|并|强?调)*"
SAYS = re.compile("提出|明确|要求|强调|指出|规定|决定|宣布|表示|介绍|建议|部署")
SAYING = r"(?:提出|明确|要求|强调|指出|规定|决定|宣布|表示|介绍|建议|部署)(?:了|称)?"
SAID = re.compile(rf"^({SPEAKER})({SAYING})$")
_TITLES = re.compile("^(?:《[^》]*》[、和及与]?(?:等)?)+$")
_ADJUNCT_TAIL = (
    "的同时",
    "以来",
    "之际",
    "基础上",
    "过程中",
    "年来",
    "背景下",
    "前提下",
    "情况下",
    "之时",
    "的情况",
    "方面",
)
_SOURCE_END = re.compile("(?:数据|统计|消息|介绍)$")  # 据统计 leads in, 开放公共数据 does not
EXCEPT = re.compile("除(?!了)[^，]*[外]$")
_WAYS = frozenset(("通过", "以", "借助", "利用", "运用", "采用"))
_BY_WAY = re.compile("(?:方式|形式|模式|手段|途径|渠道|方法|举措|措施)$")
_OPEN_TAIL = (
    "企业", "单位", "机构", "人员", "问题", "难题", "产品", "领域", "行为", "情形", "人才", "项目", "车辆",
    "货物", "事项", "主体", "群众", "群体", "地区", "者", "外", "家庭", "农户", "学校", "利息", "贷款",
    "费用", "损失", "支出", "活动", "园区", "平台", "部门", "地方",
)  # fmt: skip


def role_of(text: str, predicate: Predicate) -> str:
    """The part a clause plays: time, saying, adjunct (no predicate of its own), noun or predicate."""
    lexicon = words()
    if TIME_ONLY.match(text) or (predicate.kind == "none" and TIME_TAIL.search(text)):
        return "time"
    does = predicate.where == "head" and predicate.kind in ("act", "ban") and not SAYS.match(predicate.verb)
    if not does and SAYS.search(text) and SAID.match(text):
        return "saying"
    if text[-1:] == "外" and EXCEPT.search(text):
        return "adjunct"
    if text[:1] == "《" and _TITLES.match(text):
        return "title"
    if predicate.kind == "none":
        return "adjunct" if predicate.prep or text.endswith(lexicon.adjunct_end) else "noun"
    if predicate.prep in _WAYS and _BY_WAY.search(text):
        return "adjunct"
    if predicate.prep and "的" in text[predicate.at :] and not text.endswith(lexicon.adjunct_end):
        return (
            "open"
            if predicate.prep in ("对", "对于", "针对", "除") and text.endswith(_OPEN_TAIL)
            else "predicate"
        )
    short = len(text) < 12 and not (predicate.where == "head" and _SOURCE_END.search(text))
    if text.endswith(_ADJUNCT_TAIL) or (text.endswith(lexicon.adjunct_end) and (predicate.prep or short)):
        return "adjunct"
    return "predicate"
