"""What can be seen of a piece: the features by which measures and targets are told from the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from loaders.alternatives import gated
from loaders.lexicon import read_table
from loaders.reading import Reading
from loaders.recognise.clauses import Piece
from loaders.recognise.instruments import score
from loaders.recognise.links import links_of
from loaders.sieve import Sieve

_DIGITS = re.compile(r"[\d两几]|[一二三四五六七八九十百千万亿]{2}")
_STATISTIC = re.compile(
    r"同比|环比|增长|增速|下降|占比|占全|位居|居全国|总量|总额|累计|突破|达到?\d|超\d|超过|比上年|较\d|比\d|比[^，]{1,8}(?:增加|减少|提高|下降)"
)
_PERCENT = re.compile(r"%(?<=\d%)|百分")
_PAST = re.compile(
    r"目前|近年来|截至|以来|去年|期间|已经?(?=[^成])|去年|上半年|年底，|年前(?<=[^今]年前)|五年来|此前|过去|(?<!\d)日前|近日|月(?<=\d月)\d+日(?![起前])"
)
_FUTURE = re.compile(
    r"今年(?!以来)|到\d{4}年|下一步|下阶段|今后|未来|接下来|明年|年底前|年内|即日起|月起|力争|届时"
)
_TAILS = {
    "purpose-tail": (
        "支撑", "动能", "动力", "活力", "基础", "保障", "力量", "贡献", "经验", "样板", "借鉴", "示范",
        "新动能", "条件", "空间", "助力", "服务保障",
    ),
    "gain-tail": (
        "高质量发展", "发展", "成效", "进展", "成果", "效果", "作用", "效应", "优势", "潜力", "步伐", "态势",
        "趋势", "格局", "局面",
    ),
    "trouble-tail": (
        "难题", "问题", "困难", "难点", "堵点", "痛点", "矛盾", "瓶颈", "风险", "压力", "负担", "成本",
        "需求", "权益", "合法权益",
    ),
    "says": (
        "发布", "表示", "介绍", "获悉", "了解到", "透露", "披露", "宣布", "坦言", "感慨", "认为", "指出",
    ),
}  # fmt: skip
_PERSON = re.compile(r"负责人|记者|介绍|专家|教授|主任|局长|处长|经理|村民|先生|女士|董事长|工作人员")
_TITLED = re.compile(
    gated(
        "(?:主席|部长|总裁|特使|执行官|书记|[省市县区州镇乡]长|会长|秘书长|[院校馆]长|理事长|总经理|经理|[司局处厅科]长|主任|委员|院士|大使|参赞|干事|董事|代表|领导)(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8})?"
        "(?:、|等|$|(?:在线|现场|共同|分别|先后|一同)*(?:出席|致辞|参加|主持|讲话|介绍|陪同|见证|列席|与|和|及))"
    )
)
_DOCTRINE = re.compile(
    gated(
        "思想(?:为指导|$)|以人民为中心|新发展理念|五位一体|四个全面|四个自信|四个意识|两个确立|两个维护|总体布局|战略布局|新发展格局|共同体意识|[会大话示神]精神$|质量第一|效益优先|统筹发展和安全"
        "|稳中求进|总基调|党的(?:全面)?领导|根本遵循|新时代中国特色|伟大旗帜|科学发展观|邓小平理论|为(?:主线|主题|导向|动力|目标|指引|引领|统领|核心|宗旨|出发点|落脚点)$|(?:重大|重要)(?:意义|部署|论述|批示)"
    )
)
_DUTY = re.compile(
    "^[（(].*[)）]$|按(?:照)?(?:各自)?职责分工|分工负责[)）]?$|^[^，]{2,40}(?:厅|局|委|部|办|院|行|政府|单位)(?:牵头|配合|负责)$"
)
_COLOPHON = re.compile(
    gated(
        "此件(?:公开|主动|依申请)|(?:执行期限|有效期|施行日期)|起(?:正式)?(?:施行|执行|实施|生效)$|同时废止|负责解释|由[^，]{2,20}解释$|^附件|^抄送|^联系(?:人|电话)|(?:通知|公告|通告|批复)如下$"
    )
)
_AS = re.compile("^[^，]{0,10}作为")
_STRIVES = re.compile(
    "^[^，]{0,6}(?:力争|确保|争取)|(?:基本|全面|彻底|根本|全部)(?:完成|解决|消除|实现|建成|达到)|^(?:如期|提前|按期|按时)?(?:完成|实现)[^，]{0,40}(?:任务|目标|规划)$"
)
_BASIS = re.compile(
    "是(?:其?[^，]{0,4}的)?(?:关键|基础|支撑|载体|核心|根本|保障|前提|重点|动力|抓手|途径|举措|路径)$"
)
_POINTING = re.compile(r"^(?:这|此|该(?:项|网站|举措|模式|政策|系统|平台)|其|这些|通过这|上述)")
_IS = re.compile(r"是(?<![于但就还可凡]是)(?!否)|系指|是指|指的是")
_ISSUES = re.compile(
    r"(?:印发|发布|出台|下发|颁布|公布|制定|制订|编制|起草|修订|通过|批准|审议)[^，]{0,40}(?:《|通知|意见|方案|规划|政策|措施|举措)"
)
_ISSUES_TITLED = re.compile(
    r"^(?!.*签[署订]).*(?:印发|发布|出台|下发|颁布|公布|制定|制订|编制|起草|修订|通过|批复|同意)[^，《]{0,30}《"
    r"|》(?:（[^）]*）)?[^，]{0,16}(?:印发|发布|出台|公布|施行|实施|通过|同意)$"
)
_MEETING = re.compile(
    gated(
        r"(?:会议|大会|论坛|仪式|座谈会|推进会|交流会|洽谈会|发布会|联席会|对接会|峰会|活动)[^，]{0,16}(?:举行|召开|举办|开幕|启动|闭幕|落幕)$|(?:会议?|论坛)(?:以|听取|充分|由|肯定|认为)"
    )
)
_SETS = re.compile(
    r"(?:压缩|压减|缩短|提高|降低|延长|放宽|扩大|下调|上调|调整|提升|减少)(?:至|到|为)[^，]{0,6}(?:\d|[一二三四五六七八九十]个)"
)
_RESULT = re.compile(
    r"(?:新增就业|带动|惠及|受益|扶持|培训|吸引)[^，]{0,8}\d|完成[^，]{0,10}(?:目标|任务|计划)[^，]{0,4}\d"
)
_AROUND = re.compile(
    "^(?:[^，]{0,12}[省市县区州厅局委会]|重点)?(?:今年|明年|将|要|坚持|始终)?(?:围绕|聚焦|紧扣|瞄准|立足|针对|面向|锚定|对标|着眼|紧盯)[^，]{0,60}$"
)
_TOLD_TO = re.compile("(?:要求|提出|明确|强调|部署|决定)(?:了|要)?\\Z")
_STOP = re.compile("[。！？\\n]")
_LINE = 36  # a longer line that nothing ends is a paragraph without its full stop, no heading
_ADDRESS = re.compile(
    r"(?:政府|部门|机构|单位|局|委|厅)(?:[（(][^）)]*[）)])?$|^各[^，]{0,60}(?:政府|部门|单位|机构|企业)"
)
RANK = re.compile(
    r"高地|重要(?:引擎|极点|支点|枢纽|节点|窗口|力量)|标杆|样板|样本|引领区|一流|新城|战略支点|增长极|桥头堡|门户"
)
_QUESTION = re.compile(r"如何|怎么|怎样|什么|为何|为什么|哪(?:些|个|种|里|几)|？")
_DEFINITION = re.compile(r"是指|系指|指的是|即指|是一种")
_DOCUMENT = re.compile(
    r"^(?:《[^》]*》|(?:该|本)?(?:通知|意见|方案|规划|措施|办法|清单|规范|条例|标准|通告|公告))"
)
_AGENT = re.compile(
    r"各地|我国|我们|全国|全省|全市|该省|该市|当地|部门|单位|政府|机构|各级|省[^，]{0,12}[厅局委办]|双方|三地|两地|企业|银行"
)
_DEONTIC = {
    "will": ("将", "拟", "计划", "将会", "还将", "也将", "都将", "均将", "决定", "即将"),
    "must": ("要", "应", "应当", "须", "必须", "需", "还要", "也要"),
    "may": ("可", "可以", "均可", "能", "能够", "可自主", "即可", "只需"),
    "already": ("已", "已经", "正", "正在"),
}
_PURPOSE_HEAD = re.compile(
    r"^为(?:了|深入|进一步|贯彻|全面|加快|推动|推进|促进|规范|把|切实|落实|更好|有效|破解|解决|做好|加强|方便|提升|提高|营造|确保|保障|满足|充分"
    r"|积极|尽快|尽早|持续|不断|及时|着力|大力|全力|稳妥|科学|统筹|最大限度|更快|探索|打造|构建|建设|实现|帮助|支持|扩大|应对|防止|避免|防范|适应|配合|庆祝|纪念|形成|发挥|深化|优化|改善|巩固)"
    r"(?![^，]{0,60}(?:提供|给予|发放|办理))"
)
_BACKGROUND = re.compile(
    r"^(?:随着|标志着|意味着|得益于|由于|鉴于|据[^，]{0,10}$|经[^，]{2,16}(?:同意|批准|授权)$|自[^，]{1,60}(?:以来|后)$)|以来$"
    r"|^[^，]{0,14}以[^，]{2,40}为(?:契机|抓手|主线|牵引|主题|引领|导向|核心|突破口|载体|依托)$|^以[^，]{2,40}为例$|[^，]{4}(?<![前先])后$"
    r"|^(?:按照|根据|依据|依照|遵照|参照)[^，]*(?:要求|部署|精神|规定|安排|意见|决定|原则|思路|指示|批示)$"
    r"|(?:为指导|讲话精神|会议精神|全会精神|重要指示精神|重要要求|决策部署|重要意义)$"
)
_PREAMBLE = re.compile(
    r"现将[^。]*(?:如下|印发|转发|下发|通知|公告|通告|批复)|(?:第一条)?(?:为|根据|按照|依据)[^。]*(?:提出[^，。]{0,6}如下|制定本|特制定|现[^，。]{0,12}(?:印发|通知|通告|批复)|如下意见|结合[^，。]*实际)"
)
_ONGOING = re.compile(r"(?:正(?!式|在?确|规)|不断|日益|逐渐|纷纷|相继|陆续|仍|一直|始终|早已|离不开|越来越)")
_LEAD_PAST = re.compile(
    gated(
        r"去年|以来|截至|上半年|前[\d一二三]+(?:个月|季度)|\d年来|近年|此前|去年同期|当年|\d{4}年\d{1,2}月\d{0,2}日?(?![前底末起])"
    )
)
_ESTIMATE = re.compile(r"^[^，]{0,6}(?:预计|预期|有望|可望|据测算|据估算)[^，]{0,60}\d")
_THEN = re.compile(
    r"^(?:过去|以前|以往|原来|原本|从前)(?![\d一两二三四五六七八九十几的])[^，]{3}|^(?:去年|上年|前年|(?:今年)?上半年|[前第]?[一二三四]季度|今年\d{1,2}[至—–-]\d{1,2}月)[^，]{0,40}\d"
)
_MODALITY = {word: name for name, group in _DEONTIC.items() for word in group}
_HEADS = (
    ("pointing", _POINTING), ("purpose-head", _PURPOSE_HEAD), ("estimate", _ESTIMATE), ("then", _THEN),
    ("around", _AROUND), ("as", _AS),
)  # fmt: skip
_TESTS = (
    ("digits", _DIGITS), ("statistic", _STATISTIC), ("percent", _PERCENT), ("is", _IS), ("issues", _ISSUES),
    ("rank", RANK), ("question", _QUESTION), ("result", _RESULT), ("meeting", _MEETING), ("titled", _TITLED),
    ("doctrine", _DOCTRINE), ("duty", _DUTY), ("colophon", _COLOPHON), ("strives", _STRIVES),
    ("background", _BACKGROUND), ("issues-titled", _ISSUES_TITLED),
)  # fmt: skip
_TAIL_ENDS = frozenset(tail[-1] for tails in _TAILS.values() for tail in tails)


Seen = dict[str, None]
"""What is seen of a piece: a set in order, for a dictionary grows by less than a set does."""


def features_of(reading: Reading, pieces: tuple[Piece, ...]) -> list[Seen]:
    """The features of the pieces of an article, made once for measures and targets, which must not change them."""
    names = links_of(reading).names
    return reading.once(("features", names), lambda: features(pieces, reading.text, names))


def features(pieces: tuple[Piece, ...], context: str, names: frozenset[str]) -> list[Seen]:
    """The features of each piece; ``context`` is the folded text, ``names`` are the regions and actors in it."""
    named = tuple(names)
    own = [[*_own(piece), *_agent(piece, named)] for piece in pieces]
    for (left, before), (right, after) in pairwise(zip(pieces, own, strict=True)):
        if left.sentence == right.sentence:
            after.append(f"after:{_shape(left)}")
            before.append(f"before:{_shape(right)}")
            if _BASIS.search(right.text):
                before.append("before-basis")
    for piece, seen in zip(pieces, own, strict=True):
        opens = piece.clause_start == 0 or context[piece.clause_start - 1] == "\n"
        if opens and context[piece.end : piece.end + 1] in ("\n", "") and len(piece.text) <= _LINE:
            seen.append("bare-line")
    _mark_sentences(pieces, own, context)
    for piece, following, seen in zip(pieces, (*pieces[1:], None), own, strict=True):
        if following is None or following.sentence != piece.sentence:
            seen.append("last")
    _mark_headings(pieces, own)
    return [dict.fromkeys(seen) for seen in own]


def _mark_sentences(pieces: tuple[Piece, ...], own: list[list[str]], context: str) -> None:
    """Mark what the sentence of a piece says of it, or says before it: times, who told it, that it only leads in."""
    defining = {piece.sentence for piece in pieces if _DEFINITION.search(piece.text)}
    lead: dict[int, str] = {}
    past_from: dict[int, int] = {}
    preambles: set[int] = set()
    for piece in pieces:
        if piece.sentence not in past_from:
            stop = _STOP.search(context, piece.clause_start)
            end = stop.start() if stop else len(context)
            told = _LEAD_PAST.search(context, piece.clause_start, end)
            past_from[piece.sentence] = told.end() if told else end
            if _PREAMBLE.match(context, piece.clause_start, end):
                preambles.add(piece.sentence)
    for piece, seen in zip(pieces, own, strict=True):
        if past_from[piece.sentence] <= piece.start:
            seen.append("sentence-past")
        head = lead.get(piece.sentence, "") + context[piece.clause_start : piece.start + 12]
        lead[piece.sentence] = lead.get(piece.sentence, "") + (piece.text if piece.role == "time" else "")
        if _PAST.search(head):
            seen.append("past")
        if _FUTURE.search(head):
            seen.append("future")
        lead_in = max(piece.clause_start, piece.start - 4)
        if lead_in < piece.start and _TOLD_TO.search(context, lead_in, piece.start):
            seen.append("told-to")
        if piece.sentence in preambles:
            seen.append("preamble")
        if piece.sentence in defining:
            seen.append("definition")


def _mark_headings(pieces: tuple[Piece, ...], own: list[list[str]]) -> None:
    """Mark the sentence of a heading: an ordinal opens a paragraph that has more sentences after it."""
    opening: dict[int, Piece] = {}
    for piece in pieces:
        opening.setdefault(piece.paragraph, piece)
    for piece, seen in zip(pieces, own, strict=True):
        first = opening[piece.paragraph]
        if first.ordinal and piece.sentence == first.sentence:
            seen.append("heading" if piece is first else "heading-rest")


def _shape(piece: Piece) -> str:
    if piece.role == "saying":
        return "stating" if piece.said else "reporting"
    if piece.role in ("time", "adjunct"):
        return piece.role
    return f"{piece.predicate.where}:{piece.predicate.kind}"


def _own(piece: Piece) -> list[str]:
    predicate = piece.predicate
    seen = [
        "bias", f"role:{piece.role}", f"where:{predicate.where}", f"kind:{predicate.kind}",
        f"shape:{predicate.where}:{predicate.kind}", f"length:{_length(len(piece.text))}",
        *_tested(piece.text),
    ]  # fmt: skip
    if predicate.modal in _MODALITY:
        seen.append(f"modal:{_MODALITY[predicate.modal]}")
    if predicate.prep:
        seen.append(f"prep:{predicate.prep}")
    if predicate.where == "subject" and _PERSON.search(piece.text, 0, predicate.at):
        seen.append("person")
    if _ONGOING.search(piece.text[max(0, predicate.at - 4) : predicate.at + 1]):
        seen.append("ongoing")
    if predicate.where == "subject" and predicate.at + len(predicate.verb) >= len(piece.text) - 1:
        seen.append(f"verb-last:{predicate.kind}")
    if predicate.verb in marked_verbs():
        seen.append(f"verb:{predicate.verb}")
    if predicate.verb.endswith("了") or piece.text.startswith("了", predicate.at + len(predicate.verb)):
        seen.append("done")
    seen.append(_instrument(piece.text))
    flags = (
        ("said", piece.said), ("title", piece.title), ("first", piece.place == 0), ("ordinal", piece.ordinal),
        ("task", piece.task), ("adverbs", predicate.adverbs > 0), ("joined", piece.merged > 1), ("colon", piece.separator in "：:"),
        ("sets", piece.said and bool(_SETS.search(piece.text))), ("address", piece.role == "noun" and bool(_ADDRESS.search(piece.text))), ("ordinal-leads", piece.ordinal and piece.separator in "，："),
    )  # fmt: skip
    return seen + [name for name, holds in flags if holds]


def _instrument(text: str) -> str:
    """How much the strongest instrument speaks from a text."""
    strongest = max(score(text).values(), default=0.0)
    for limit in (0, 3, 6, 10):
        if strongest <= limit:
            return f"instrument:{limit}"
    return "instrument:more"


@cache
def _tests() -> Sieve[tuple[str, Callable[[str], object]]]:
    """The patterns that see something anywhere in a piece, or at its head."""
    anywhere = [((name, pattern.search), pattern) for name, pattern in _TESTS]
    return Sieve([*anywhere, *(((name, pattern.match), pattern) for name, pattern in _HEADS)])


def _tested(text: str) -> list[str]:
    """What the patterns see in a piece."""
    found = [name for name, test in _tests().open_to(text) if test(text)]
    if text[-1] in _TAIL_ENDS:
        found += [name for name, tails in _TAILS.items() if text.endswith(tails)]
    return found


def _agent(piece: Piece, names: tuple[str, ...]) -> tuple[str, ...]:
    """Who stands before the predicate: a named region or organisation, another agent, or a thing."""
    if piece.predicate.where != "subject":
        return ()
    subject = piece.text[: piece.predicate.at]
    if _DOCUMENT.match(subject):
        return ("agent:document",)
    if subject.startswith(names):
        return ("agent:named" if len(subject) < 16 else "agent:named-long",)
    if _AGENT.search(subject):
        return ("agent:general",)
    return ("agent:thing",)


def _length(count: int) -> str:
    for limit in (4, 6, 10, 20, 40):
        if count <= limit:
            return str(limit)
    return "long"


@cache
def marked_verbs() -> frozenset[str]:
    """Verbs with a weight of their own."""
    return frozenset(
        row["feature"].removeprefix("verb:")
        for row in read_table("measure_priors")
        if row["feature"].startswith("verb:")
    )
