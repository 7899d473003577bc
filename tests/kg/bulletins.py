"""A small bulletin made of facts, so that a store is built by the pipeline and not from quads written by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.identifiers import fact_id
from kg.ingest import Ingestion, base_quads
from kg.model import (
    KINDS,
    ActorFact,
    AnyFact,
    Article,
    ArticleFacts,
    Bulletin,
    CooperationFact,
    DocumentFact,
    EventFact,
    Facts,
    FigureFact,
    FirstFact,
    MeasureFact,
    ProgrammeFact,
    RegionFact,
    RelationFact,
    SourceLine,
    TargetFact,
)
from kg.store import Store, memory_store
from kg.store.base import OxigraphStore

FORMULA = '=HYPERLINK("http://a.example","点我")公司'
HOSTILE = "甲\x0b乙<&\ufffe>公司"
GRAIN = "长三角粮油产销协作备忘录"


class Sheet:
    """An article in the making: each fact is given its quote, which must stand in the article."""

    def __init__(self, title: str, text: str, section: str) -> None:
        lines = (SourceLine(start=0, line=3), SourceLine(start=len(title) + 1, line=4))
        self.article = Article(
            title=title, text=text, section=section, published="2021-03-05", year=2021, lines=lines
        )
        self.facts = Facts()

    def add(self, cls: type[AnyFact], quote: str, **slots: Any) -> str:
        """Put a fact in and return its id."""
        start = self.article.content.index(quote)
        end = start + len(quote)
        found = getattr(self.facts, next(key for key, kind in KINDS.items() if kind is cls))
        name = fact_id(cls.cls, self.article.key, start, end, len(found))
        found.append(cls(id=name, evidence=quote, start=start, end=end, confidence=0.9, **slots))
        return name

    def region(self, name: str, code: str, mention: str | None = None) -> None:
        """A province as subject."""
        mention = mention or name
        self.add(RegionFact, mention, name=name, mention=mention, code=code, level="province", role="subject")

    def done(self) -> ArticleFacts:
        """The article with its facts."""
        return ArticleFacts(article=self.article, facts=self.facts)


def grain() -> ArticleFacts:
    """Departments of four provinces sign an agreement."""
    text = f"上海、江苏、浙江、安徽四地粮食和储备部门上周签下《{GRAIN}》，商定互设应急粮库，到2025年互设粮库不少于12座。此举在全国尚属首次。"
    sheet = Sheet("四地粮食部门结伴", text, "区域协作")
    offices = {
        "310000": "上海市粮食和物资储备局",
        "320000": "江苏省粮食和物资储备局",
        "330000": "浙江省粮食和物资储备局",
        "340000": "安徽省粮食和物资储备局",
    }
    for (code, office), mention in zip(offices.items(), ("上海", "江苏", "浙江", "安徽"), strict=True):
        sheet.region(office.removesuffix("粮食和物资储备局"), code, mention)
        sheet.add(ActorFact, "四地粮食和储备部门", name=office, type="government", region_code=code)
    pact = sheet.add(
        DocumentFact, f"《{GRAIN}》", title=GRAIN, kind="agreement", issuers=list(offices.values())
    )
    sheet.add(
        CooperationFact, f"签下《{GRAIN}》", label=GRAIN, kind="agreement", parties=list(offices.values()),
        subject="粮油产销", cross_region=True, date="2021-02", agreement=pact, region_codes=list(offices),
    )  # fmt: skip
    sheet.add(EventFact, "上周签下", type="sign", about=[pact])
    sheet.add(
        TargetFact, "到2025年互设粮库不少于12座", metric="互设粮库", value=12, stated_value="12", unit="座",
        comparator=">=", deadline="2025", region_codes=["310000"],
    )  # fmt: skip
    sheet.add(FirstFact, "在全国尚属首次", scope="national")
    return sheet.done()


def pairing() -> ArticleFacts:
    """Jiangsu's government pairs with Jiangxi's and shares a service with Zhejiang."""
    text = "江苏省与江西省结成帮扶对子。江苏省、浙江省同日开通药店购药跨省通办，首批上线26项服务。"
    sheet = Sheet("苏赣结对", text, "区域协作")
    for name, code in (("江苏省", "320000"), ("江西省", "360000"), ("浙江省", "330000")):
        sheet.region(name, code)
    sheet.add(
        CooperationFact, "江苏省与江西省结成帮扶对子", label="苏赣结对帮扶", kind="pairing", parties=["江苏省", "江西省"],
        region_codes=["320000", "360000"],
    )  # fmt: skip
    sheet.add(
        CooperationFact, "开通药店购药跨省通办", label="购药跨省通办", kind="shared_service", parties=["江苏省", "浙江省"],
        region_codes=["320000", "330000"],
    )  # fmt: skip
    sheet.add(
        FigureFact, "首批上线26项服务", value=26, stated_value="26", unit="项", about="服务", kind="count"
    )
    return sheet.done()


def alliance() -> ArticleFacts:
    """Enterprises of two provinces found an alliance: no tie between regions. Their names are hostile to files."""
    sheet = Sheet("企业结盟", f"{FORMULA}与{HOSTILE}在沪发起“稻香”联盟。", "企业动态")
    sheet.add(ActorFact, FORMULA, name=FORMULA, type="enterprise", region_code="310000")
    sheet.add(ActorFact, HOSTILE, name=HOSTILE, type="enterprise", region_code="330000")
    sheet.add(
        CooperationFact, "发起“稻香”联盟", label="稻香联盟", kind="alliance", parties=[FORMULA, HOSTILE],
        region_codes=["310000", "330000"],
    )  # fmt: skip
    sheet.add(ProgrammeFact, "“稻香”联盟", name="稻香联盟", kind="alliance", lead=[FORMULA])
    return sheet.done()


def jointly() -> ArticleFacts:
    """Two departments of Anhui issue a document; the measure in it names no region."""
    text = "安徽省财政厅、安徽省农业农村厅联合印发《皖稻种子补贴实施办法》，对育种户按面积补贴。《皖稻补贴旧规》同时废止。"
    sheet = Sheet("安徽补贴育种户", text, "区域协作")
    issuers = ["安徽省财政厅", "安徽省农业农村厅"]
    for issuer in issuers:
        sheet.add(ActorFact, issuer, name=issuer, type="government", region_code="340000")
    rules = sheet.add(
        DocumentFact,
        "《皖稻种子补贴实施办法》",
        title="皖稻种子补贴实施办法",
        issuers=issuers,
        kind="measures",
    )
    old = sheet.add(DocumentFact, "《皖稻补贴旧规》", title="皖稻补贴旧规")
    sheet.add(RelationFact, "《皖稻补贴旧规》同时废止", kind="replaces", document=old, by=rules)
    sheet.add(MeasureFact, "对育种户按面积补贴", label="补贴育种户", type="fiscal_subsidy", document=rules)
    return sheet.done()


def bulletin() -> Bulletin:
    """All four articles."""
    return Bulletin(key="daoxiang", title="稻香简报", articles=[grain(), pairing(), alliance(), jointly()])


def fill(store: Store) -> None:
    """Load the bulletin; what the shapes refuse would be missing from the tests."""
    outcome = Ingestion(store, strict=True).load(bulletin())
    assert outcome.articles == 4


@cache
def filled_store() -> OxigraphStore:
    """A store in memory with the bulletin in it, to be read and not written: tests share it."""
    store = memory_store(base_quads())
    fill(store)
    return store
