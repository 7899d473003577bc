"""What speaks for a clause being a target: that it names a state, a quantity, a rank, and the time that holds for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from functools import cache

from loaders.alternatives import any_word, gated
from loaders.lexicon import read_words
from loaders.numbers import NumberMention
from loaders.recognise.clause_features import Seen
from loaders.recognise.clauses import Piece
from loaders.recognise.target_scopes import Scope, is_to_come
from loaders.sieve import Sieve

_WHOLLY = "(?:基本|初步|全面|全部|彻底|根本|总体|整体|如期|提前)"
_GREATLY = "(?:明显|显著|大幅度?|大为|有所|较大)"
_STEADILY = "(?:持续|稳步|不断|进一步|逐步|日益|有效|加快|更加|更为|更)"
_CHANGES = "(?:改善|改观|提升|提高|减少|增强|降低|下降|削减|压减|缩减|增加|好转|优化|缩小|扩大|缓解|遏制|扭转|拓展|增长|完善|健全|显现|见效|加快|压缩|缩短|收窄)"
_STATE = re.compile(
    gated(
        "(?:形成|建成(?<![组共筹]建成)(?![立渝都])|成为|建设成|打造成|实现|达到)(?!的|后|以来)"
        f"|{_WHOLLY}(?:建立|形成|建成|实现|稳定|消除|达标|达到|健全|完善|完成|满足|解决|淘汰|普及|覆盖|杜绝|打通|贯通|具备|消化|脱贫|清零|退出|成型|定型)"
        f"|{_GREATLY}{_CHANGES}|(?<=[^，]){_STEADILY}{_CHANGES}(?=$|[、和])|再(?:提速|提升|上|创)|更加(?:完善|健全|优化|便利|紧密|合理|协调|稳固|巩固|顺畅|公平|高效)|健全完善$"
        "|得到(?:推广|改善|提升|保障|遏制|有效|明显|显著|根本|全面|进一步|较大|缓解|巩固|满足|解决|发挥)|全覆盖|取得[^，]{0,6}(?:进展|突破|成效)|走在[^，]{0,6}前列|迈上|跻身|步入|跃升"
    )
)
_GREATLY_CHANGES = re.compile(gated(_GREATLY + _CHANGES))
_ROUTINE = re.compile(
    gated(
        "(?:确保|推动|保障|保证|抓好)(?:各项|党中央|国务院|有关)*(?:目标任务|目标|任务|政策|措施|举措|规划|方案|要求|工作|部署|决策)[^，]{0,16}(?:完成|落实|落地|见效|到位|实效|成效|实现)"
    )
)
_TASK = re.compile(
    gated(
        "(?:完成|解决|消除|实现)[^，]{0,40}(?:任务|目标|规划|问题|难题|建设|改造|工程|编制|治理|整治|清零|重建|修复|整改|搬迁|安置|清理|清退|清欠)(?:任务|目标|工作)?$|建成通车|开工建设|投入使用|建成投用|投产达效|竣工投产"
    )
)
_AIM = re.compile(
    r"力争|努力|目标|预计|确保|保证|逐步|争取|奋力|加快建成|推动实现|到20\d\d年|将(?!来)|计划|拟"
)
_PAST = re.compile(
    r"了|已经?(?!成为)|目前|截至|以来|达到了|同比|较上年|增长(?<!年均增长)(?<!年增长)\d|去年|上半年|季度|累计|日均|当年|增幅|增速"
)
_STRIVE = re.compile(
    r"^(?:[^，]{0,6}(?:力争|争取|确保|奋力|保证)|推动[^，]{2,20}(?:实现|达到?|超过|突破)|走在)"
)
_LEVEL = re.compile(
    r"(?:达到?|控制在|稳定在|保持在|下降到?|降到|降至|降低到?|提高到?|提升到?|增加到|增长|突破|超过)[^，]{0,8}\d"
)
_GAIN = re.compile(
    r"^(?:有力|有效|进一步|切实|更好|极大)*(?:地)?(?:方便|便利|便于|助力|惠及|带动|造福|激发|释放|满足|减轻)"
)
_CONDITION = re.compile(
    r"(?=[建形达实为以奠打])(?:(?:建成|形成|达到|实现)[^，]{0,60}(?:后|时)$|达到[^，]{1,8}的可|^为|^以(?:确保|实现|达到)|奠定|打下)"
)
_MADE = re.compile(r"(?:将|把|使)[^，]{1,60}(?:建成|建设成|打造成|打造为|建设为|成为)")
_MEANS = re.compile("^(?:通过|依托|借助|凭借|运用|以[^，]{2,20}(?:方式|形式))")
_IN_FORCE = re.compile(
    "(?:起|[将拟于日])(?:正式)?(?:施行|实施|执行|生效|废止|启用|上线)$|^(?:本|该)?[^，]{0,20}(?:有效期|执行期限|自)[^，]*(?:年|日|止)$"
)
_GRANT = re.compile(
    gated(
        "给予|奖励|补助|补贴|资助|奖补|罚款|处以|收取|收费标准|税率|税额|利率|贴息|贷款额度|最高(?!水平)|上限|下限|限额|门槛|注册资本|有效期|工作日|缴纳|缴费"
    )
)
_ALLOTS = re.compile("安排|拨付|下达|划拨|预拨|预算|投入[^，]{0,6}资金|^(?:支持|用于)[^，\\d]*\\d")
_MUST = frozenset(("要", "应", "应当", "须", "必须", "需", "还要", "也要"))
_BUILDS = re.compile(
    gated(
        "新建|新增|新开|建设|建成|改造|打造|培育|创建|实施|启动|开工|选择|遴选|布局|推进|安排|发展|引进|举办|开展|完成|建立|设立|治理|修复|新设|改扩建|扩建|开通|投放|招募|培训|开发|筹集|认定|做大|做强|壮大|孵化|招引|引育|帮扶|招收|招聘|募集|供应|供给|提供|组织|派遣|选派"
    )
)
_ALONE = frozenset(("condition", "gain", "made", "means", "in-force", "greatly", "routine"))
"""What a pattern sees that speaks for itself, whatever else is seen."""
_SHARED = ("heading", "heading-rest", "preamble", "sentence-past", "statistic")


@cache
def _rises() -> re.Pattern[str]:
    """A rank that something is to be given."""
    ranks = any_word(read_words("target_ranks"))
    return re.compile(
        f"(?:打造|建设|建成|成为|构建|构筑|创建|塑造|培育|形成|筑牢|当好|做强)[^，]{{0,60}}(?:(?:{ranks})|一流[^，]{{2,6}})$"
    )


@cache
def _tests() -> Sieve[tuple[str, Callable[[str], object]]]:
    """The patterns that see something anywhere in a piece, or at its head."""
    anywhere = {
        "state": _STATE, "past": _PAST, "aim": _AIM, "rises": _rises(), "task": _TASK, "condition": _CONDITION,
        "made": _MADE, "in-force": _IN_FORCE, "greatly": _GREATLY_CHANGES, "routine": _ROUTINE,
        "allots": _ALLOTS, "builds": _BUILDS, "grant": _GRANT, "level": _LEVEL,
    }  # fmt: skip
    at_head = {"strives": _STRIVE, "gain": _GAIN, "means": _MEANS}
    return Sieve([
        *(((name, pattern.search), pattern) for name, pattern in anywhere.items()),
        *(((name, pattern.match), pattern) for name, pattern in at_head.items()),
    ])  # fmt: skip


def target_features(
    piece: Piece, seen: Seen, scope: Scope, inside: list[NumberMention], measure: float
) -> Seen:
    """What speaks for a target. ``measure`` is the chance that the piece is a measure."""
    text, predicate = piece.text, piece.predicate
    told = {name for name, test in _tests().open_to(text) if test(text)}
    state = predicate.kind == "state" or "state" in told
    past, aim = "past" in told or "past" in seen, "aim" in told
    rises = predicate.kind in ("act", "state") and "rises" in told
    task = "task" in told and not past
    plain_year = scope.strength == "soft" and not aim and predicate.modal not in _MUST
    flags = {
        f"scope:{scope.strength}+state": state,
        f"scope:{scope.strength}+measure": measure >= 0.4,
        "strive": (state or bool(inside) or rises) and "strives" in told,
        "past": past,
        "aim": aim,
        "task": task,
        f"scope:{scope.strength}+task": task,
        "plain-year": plain_year and not is_to_come(piece),
        "ban+carried": predicate.kind == "ban" and scope.strength in ("hard", "carried"),
        "purpose": "purpose-tail" in seen or "trouble-tail" in seen,
        "title": piece.title,
        "said": piece.said,
    }
    names = [name for name, holds in flags.items() if holds]
    names += told & _ALONE
    if not piece.title:
        names += [name for name in _SHARED if name in seen]
        names += (
            ["bare-line"] if "bare-line" in seen and not inside else []
        )  # with a number it is the row of a table
    if inside:
        names += _of_quantity(piece, scope, inside, told, past=past, aim=aim)
    if state:
        names += _of_state(piece, seen, scope, past=past, aim=aim)
    names += _of_rank(seen, state=state, rises=rises)
    names += ("bias", f"scope:{scope.strength}", f"kind:{predicate.kind}", f"role:{piece.role}")
    return dict.fromkeys(["t:" + name for name in (*names, f"measure:{int(measure * 4)}")])


def _of_quantity(
    piece: Piece, scope: Scope, inside: list[NumberMention], told: Set[str], *, past: bool, aim: bool
) -> list[str]:
    """What is seen of a piece that is about numbers."""
    builds, level = "builds" in told and not past, "level" in told and not past
    flags = {
        f"scope:{scope.strength}+quantity": True,
        "quantity": True,
        "bound": any(number.comparator in (">=", "<=") for number in inside),
        "rate": any(number.dimension == "rate" for number in inside),
        "quantity+past": past,
        "will+quantity": is_to_come(piece),
        "aim+quantity": aim,
        "allots": "allots" in told and any(n.dimension == "money" for n in inside),
        "builds": builds,
        "builds+said": builds and piece.said,
        "grant": "grant" in told,
        "level+said": level and piece.said,
        "level+strive": level and "strives" in told,
    }
    return [name for name, holds in flags.items() if holds]


def _of_state(piece: Piece, seen: Seen, scope: Scope, *, past: bool, aim: bool) -> list[str]:
    """What is seen of a piece that names a state."""
    plain = piece.predicate.where == "subject" and not aim and not piece.said and scope.strength == "none"
    flags = {
        "state": True,
        "state+head": piece.predicate.where == "head",
        "state+past": past,
        "sentence-past+state": "sentence-past" in seen,
        "plain-state": plain,
        "aim+state": aim,
    }
    return [name for name, holds in flags.items() if holds]


def _of_rank(seen: Seen, *, state: bool, rises: bool) -> list[str]:
    """What is seen of a piece that would raise something to a rank (枢纽, 高地), or heads a list as a state."""
    rank = "rank" in seen
    names = ["rank"] if rank else []
    if rises:
        names.append("rank+made")
    if "heading" in seen and (state or rank):
        names.append("heading+state")
    return names
