"""Which sheets the workbook has, and which columns each: headings and explanations in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from kg.exports import facts
from kg.exports.facts import FactReader, Getter, Row
from kg.namespaces import RP


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its headings, what it holds in words, and how a cell is filled."""

    zh: str
    en: str
    note_zh: str
    note_en: str
    get: Getter

    @property
    def heading(self) -> str:
        """The heading in both languages."""
        return f"{self.zh} {self.en}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet for one kind of fact."""

    zh: str
    en: str
    note_zh: str
    note_en: str
    rows: Callable[[FactReader], list[Row]]
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The sheet's name."""
        return f"{self.zh} {self.en}"


def _concept(zh: str, en: str, note_zh: str, note_en: str, predicate: URIRef) -> tuple[Column, Column]:
    """Two columns for a key of a scheme: its Chinese and its English name."""
    return (
        Column(zh, en, note_zh, note_en, facts.names(predicate)),
        Column(f"{zh}（英文）", f"{en} (English)", f"{note_zh}（英文名称）", f"{note_en} (name in English)",
               facts.english(predicate)),
    )  # fmt: skip


def _mentions(cls: str) -> Callable[[FactReader], list[Row]]:
    return lambda reader: reader.rows_of_mentions(cls)


def _facts(cls: URIRef) -> Callable[[FactReader], list[Row]]:
    return lambda reader: reader.rows_of_facts(cls)


NAME: Final = Column("名称", "Name", "规范名称", "the name in the graph", facts.name)
NAME_EN: Final = Column(
    "英文名称", "English name", "英文名称，未知则空", "the English name where one is known", facts.name_en
)
OTHER_NAMES: Final = Column(
    "其他名称", "Other names", "别名与其他写法", "other names and spellings", facts.other_names
)
AS_STATED: Final = Column(
    "文中名称", "As stated", "该处所用的名称", "the name used at this place", facts.stated(RP.statedLabel)
)
LABEL: Final = Column("摘要", "Label", "事实的简短名称", "a short name of the fact", facts.name)
DOCUMENT: Final = Column(
    "所载文件", "Document", "提出该内容的文件", "the document that sets it out", facts.names(RP.setOutIn)
)
REGIONS: Final = Column(
    "适用地区", "Regions", "原文写明的适用地区", "the regions that the text states", facts.regions
)
SOURCE: Final = (
    Column("原文", "Quote", "逐字出处", "the exact words", facts.from_source(lambda s: s.quote)),
    Column("文章标题", "Article", "所在文章", "the article that says so", facts.from_source(lambda s: s.title)),
    Column("文章日期", "Article date", "文章刊发日期，未知则空", "the article's date where known", facts.published),
    Column("简报", "Bulletin", "刊载该文的简报", "the bulletins that hold the article",
           facts.from_source(lambda s: facts.joined(s.bulletins))),
    Column("栏目", "Section", "文章所在栏目", "the section of the bulletin", facts.from_source(lambda s: facts.joined(s.sections))),
    Column("起", "Start", "引文起点：在“标题+换行+正文”中的字符序号，从 0 起", "where the quote begins: code points into title, newline, text; from 0",
           facts.from_source(lambda s: s.start)),
    Column("止", "End", "引文终点（不含）", "where the quote ends, exclusive", facts.from_source(lambda s: s.end)),
    Column("页", "Page", "引文起点在文件中的页码，文件不分页则空", "the page of the file where the quote begins; none where it has no pages",
           facts.from_source(lambda s: s.page)),
    Column("行", "Line", "引文起点在文件中的行号（分页的文件为页内行号），未知则空", "the line of the file, or of its page, where the quote begins, if known",
           facts.from_source(lambda s: s.line)),
    Column("置信度", "Confidence", "0 到 1；推定的没有", "0 to 1; none for what a rule concluded", facts.confidence),
    Column("标识", "IRI", "图谱中的标识；同一对象的各处提及标识相同", "the identifier in the graph; mentions of one thing share it", facts.iri),
)  # fmt: skip
"""The last columns of every sheet."""


def _quantity() -> tuple[Column, ...]:
    return (
        Column(
            "数值",
            "Value",
            "数值；区间则为下限",
            "the number; of a range the lower end",
            facts.number(RP.value),
        ),
        Column("上限", "Upper value", "区间的上限", "the upper end of a range", facts.number(RP.valueMax)),
        Column("单位", "Unit", "原文单位", "the unit as written", facts.text(RP.unit)),
        Column(
            "数值原文",
            "Value as stated",
            "数值的原文写法",
            "the number as written",
            facts.text(RP.statedValue),
        ),
        *_concept(
            "比较",
            "Comparator",
            "不少于、不超过、等于、约",
            "at least, at most, exactly, about",
            RP.comparator,
        ),
    )


SHEETS: Final = (
    Sheet("地区", "Regions", "文中提到的地区，每处一行", "regions named, a row for each place", _mentions("region"), (
        NAME, NAME_EN,
        Column("文中写法", "Mention", "该处的写法", "the words at this place", facts.stated(RP.surfaceForm)),
        Column("代码", "Code", "GB/T 2260 六位代码；歧义或未知则空", "six-digit code; none where ambiguous or unknown", facts.text(RP.code)),
        *_concept("层级", "Level", "行政层级或类别", "tier of administration or kind", RP.level),
        Column("角色", "Role", "文章主体，或只是提及", "whether the article is about it", facts.stated(RP.role)),
        Column("候选地区", "Candidates", "歧义名称可能所指", "what an ambiguous name may mean", facts.stated(RP.candidate)),
        *SOURCE,
    )),
    Sheet("主体", "Actors", "文中提到的机构与组织，每处一行", "organisations named, a row for each place", _mentions("actor"), (
        NAME, NAME_EN, AS_STATED, OTHER_NAMES,
        *_concept("类型", "Type", "机构类型", "type of organisation", RP.actorType),
        Column("辖区", "Jurisdiction", "所辖或所在地区", "the region it governs or belongs to", facts.names(RP.jurisdiction)),
        *_concept("职能", "Function", "政府职能；各地同类部门职能相同", "function of government; counterparts share it", RP.function),
        *SOURCE,
    )),
    Sheet("文件", "Documents", "文中提到的文件，每处一行", "documents named, a row for each place", _mentions("document"), (
        Column("标题", "Title", "文件标题", "title of the document", facts.title), OTHER_NAMES,
        *_concept("文种", "Kind", "规划、意见、办法等", "plan, opinion, measures, …", RP.documentKind),
        Column("发文方", "Issued by", "印发文件的机构或地区", "who issued it", facts.names(RP.issuedBy)),
        *SOURCE,
    )),
    Sheet("项目", "Programmes", "文中提到的平台、试点、行动等，每处一行", "initiatives named, a row for each place", _mentions("programme"), (
        NAME, OTHER_NAMES,
        *_concept("类型", "Kind", "平台、联盟、试点等", "platform, alliance, pilot, …", RP.programmeKind),
        Column("牵头方", "Lead", "牵头或主办的机构", "who leads it", facts.names(RP.lead)),
        *SOURCE,
    )),
    Sheet("举措", "Measures", "政策举措，每项一行", "policy actions, a row each", _facts(RP.Measure), (
        LABEL, *_concept("政策工具", "Instrument", "政策工具类别", "kind of policy instrument", RP.instrument),
        REGIONS,
        Column("推定地区", "Regions by rule", "原文未写明地区，由规则推定（发文方、采取方的辖区或文章主体地区）", "the text states no region: supplied by a rule", facts.regions_by_rule),
        Column("采取方", "Taken by", "采取举措的主体", "who takes the measure", facts.names(RP.takenBy)), DOCUMENT,
        *_concept("状态", "Status", "已实施、已决定、承诺、要求", "done, decided, promised, asked for", RP.status),
        *SOURCE,
    )),
    Sheet("目标", "Targets", "要达到的状态，每项一行", "states to be reached, a row each", _facts(RP.Target), (
        Column("指标", "Metric", "所指的量", "what is measured", facts.text(RP.metric)), *_quantity(),
        Column("期限", "Deadline", "期限，精度如原文", "by when, as precise as stated", facts.text(RP.deadline)),
        REGIONS, DOCUMENT, *SOURCE,
    )),
    Sheet("数字", "Figures", "目标以外的实质性数字，每项一行", "numbers that are no targets, a row each", _facts(RP.Figure), (
        Column("所指", "About", "数字说的是什么", "what the number is of", facts.text(RP.subject)), *_quantity(),
        *_concept("类型", "Kind", "效果、数量、比率等", "effect, count, rate, …", RP.figureKind),
        Column("所属事实", "Belongs to", "数字所属的事实", "the fact that it belongs to", facts.names(RP.about)),
        *SOURCE,
    )),
    Sheet("事件", "Events", "发生或宣布的事，每项一行", "what happened or is announced, a row each", _facts(RP.Event), (
        LABEL, *_concept("类型", "Type", "签署、印发、启动等", "sign, issue, launch, …", RP.eventType),
        Column("日期", "Date", "日期，精度如原文", "when, as precise as stated", facts.text(RP.date)),
        Column("主体", "Actors", "参与的主体", "who acted", facts.names(RP.actor)),
        Column("事由", "About", "所涉的文件、项目或合作", "the document, programme or cooperation concerned", facts.names(RP.about)),
        *SOURCE,
    )),
    Sheet("合作", "Cooperations", "合作，每处一行；各类联系不相加", "cooperations, a row for each place; kinds are not added up", lambda reader: reader.rows_of_cooperations(), (
        NAME, *_concept("合作类型", "Kind", "合作类型", "kind of tie", RP.cooperationKind),
        Column("参与方", "Parties", "签约或参与的主体、地区", "who takes part", facts.names(RP.party)),
        Column("参与地区", "Party regions", "参与地区（含由参与方得出的）", "the regions that take part, through their parties too", facts.names(RP.partyRegion)),
        Column("事项", "Subject", "合作事项", "what it is about", facts.text(RP.subject)),
        Column("日期", "Date", "日期，精度如原文", "when, as precise as stated", facts.text(RP.date)),
        Column("协议文本", "Agreement", "载明合作的文件", "the document that sets it out", facts.names(RP.agreement)),
        Column("举措", "Measures", "合作包含的举措", "its measures", facts.names(RP.hasMeasure)),
        Column("原文称跨区域", "Stated cross-region", "原文是否写明跨区域", "whether the text says so", facts.truth(RP.statedCrossRegion)),
        Column("跨区域", "Cross-region", "按规则是否为跨区域合作", "whether the rules hold it to be", facts.crosses_regions),
        Column("依据", "Basis", "原文写明，或由规则推定（联合发文）", "stated, or concluded by a rule (joint issuance)", facts.basis),
        *SOURCE,
    )),
    Sheet("首个表述", "First claims", "“首个”“率先”等表述，每项一行", "claims to be the first, a row each", _facts(RP.FirstClaim), (
        LABEL, *_concept("范围", "Scope", "全国、全省或其他范围", "national, provincial or other", RP.scope),
        Column("所指", "About", "所指的事实", "what the claim is about", facts.names(RP.about)),
        *SOURCE,
    )),
    Sheet("文件关系", "Document relations", "一份文件对另一份做了什么，每项一行", "what is done to a document, a row each", _facts(RP.DocumentRelation), (
        LABEL, *_concept("关系类型", "Kind", "落实、修订、替代、废止、延期", "carries out, amends, replaces, repeals, extends", RP.relationKind),
        Column("文件", "Document", "被落实、修订、替代、废止或延期的文件", "the document to which it is done", facts.names(RP.about)),
        Column("作出文件", "Acting document", "据以作出的文件", "the document that does it", facts.names(RP.actingDocument)),
        Column("日期", "Date", "自何时起，精度如原文", "from when, as precise as stated", facts.text(RP.date)),
        *SOURCE,
    )),
)  # fmt: skip
