"""Two articles for the pages: one of everything, quotes that overlap, a region by default, and markup in the text."""

from __future__ import annotations

from functools import cache

from kg.ingest import Ingestion, base_quads
from kg.model import (
    ActorFact,
    ArticleFacts,
    Bulletin,
    CooperationFact,
    DocumentFact,
    EventFact,
    FigureFact,
    FirstFact,
    MeasureFact,
    ProgrammeFact,
    TargetFact,
)
from kg.store import memory_store
from kg.store.base import OxigraphStore
from tests.kg.bulletins import Sheet

HOSTILE_TITLE = "<script>alert('题')</script>与苏州"
OFFICES = {"310000": "上海市交通委员会", "320000": "江苏省交通运输厅"}
PLAN = "内河航运提升方案"
PACT = "内河航运合作备忘录"


def harbour() -> ArticleFacts:
    """Two provinces' transport departments sign, plan, promise and count."""
    text = (
        f"三月初，上海市交通委员会与江苏省交通运输厅签下《{PACT}》，系国内首份。\n"
        f"江苏省交通运输厅另发《{PLAN}》，提出补贴新能源船舶改造，并统一船闸收费标准。"
        f"到2024年底新能源船舶不少于120艘，去年已有36艘。“绿色航道”工程同时开工。"
    )
    sheet = Sheet("沪苏携手内河航运", text, "交通")
    sheet.region("上海市", "310000", "上海")
    sheet.region("江苏省", "320000", "江苏")
    actors = [
        sheet.add(ActorFact, name, name=name, type="government", region_code=code)
        for code, name in OFFICES.items()
    ]
    pact = sheet.add(DocumentFact, f"《{PACT}》", title=PACT, kind="agreement")
    plan = sheet.add(DocumentFact, f"《{PLAN}》", title=PLAN, kind="plan", issuers=[OFFICES["320000"]])
    sheet.add(ProgrammeFact, "“绿色航道”工程", name="绿色航道工程", kind="project")
    sheet.add(
        MeasureFact, "补贴新能源船舶改造", label="补贴船舶改造", type="fiscal_subsidy", document=plan,
        taken_by=[actors[1]], status="decided",
    )  # fmt: skip
    sheet.add(
        MeasureFact, "提出补贴新能源船舶改造，并统一船闸收费标准", label="统一船闸收费", type="standard",
        region_codes=["320500"],
    )  # fmt: skip
    sheet.add(
        TargetFact, "到2024年底新能源船舶不少于120艘", metric="新能源船舶", value=12000, value_max=15000,
        stated_value="120", unit="艘", comparator=">=", deadline="2024-12", document=plan, region_codes=["320000"],
    )  # fmt: skip
    sheet.add(
        FigureFact, "已有36艘", value=36, stated_value="36", unit="艘", about="新能源船舶", kind="count"
    )
    sheet.add(
        EventFact, f"签下《{PACT}》", type="sign", date="2021-03", actors=actors, about=[pact],
    )  # fmt: skip
    sheet.add(
        CooperationFact, f"上海市交通委员会与江苏省交通运输厅签下《{PACT}》", label=PACT, kind="agreement",
        parties=list(OFFICES.values()), subject="内河航运", cross_region=True, date="2021-03", agreement=pact,
        region_codes=list(OFFICES),
    )  # fmt: skip
    sheet.add(FirstFact, "系国内首份", scope="national")
    return sheet.done()


def hostile() -> ArticleFacts:
    """Titles, labels and names that would run, if anything did not escape them."""
    sheet = Sheet(
        HOSTILE_TITLE, '苏州市推行"<img src=x onerror=alert(1)>"办法，一次办结。', "javascript:alert(1)"
    )
    sheet.region("苏州市", "320500")
    sheet.add(
        MeasureFact, '推行"<img src=x onerror=alert(1)>"办法', label="<b>办法</b>", type="public_service",
        region_codes=["320500"],
    )  # fmt: skip
    sheet.add(EventFact, "一次办结", type="implement")
    sheet.add(ActorFact, "<img src=x onerror=alert(1)>", name="<img src=x onerror=alert(1)>", type="other")
    return sheet.done()


HARBOUR = harbour().article.key
HOSTILE = hostile().article.key


@cache
def filled_store() -> OxigraphStore:
    """A store in memory with the two articles, to be read and not written: tests share it."""
    store = memory_store(base_quads())
    bulletin = Bulletin(key="web-sample", title="样例<简报>", articles=[harbour(), hostile()])
    outcome = Ingestion(store, strict=True).load(bulletin)
    assert outcome.articles == 2
    return store
