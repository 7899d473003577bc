"""Small random articles that have much to do with one another, and a base of a few regions to load them into."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from pyoxigraph import Quad

from kg.model import (
    ActorFact,
    AnyFact,
    ArticleFacts,
    Bulletin,
    CooperationFact,
    DocumentFact,
    DocumentRelation,
    EventFact,
    MeasureFact,
    RegionFact,
    RelationFact,
    TargetFact,
)
from tests.corpus import full_base
from tests.kg.bulletins import Sheet

Draft = tuple[type[AnyFact], str, dict[str, Any]]
"""A fact before its article stands: its kind, its quote and its slots."""

ZONE = "yrd-demo-zone"
PLACES = {
    "上海市": "310000", "青浦区": "310118", "江苏省": "320000", "苏州市": "320500", "吴江区": "320509",
    "浙江省": "330000", "嘉兴市": "330400", "嘉善县": "330421", "安徽省": "340000", "广东省": "440000",
    "长三角": "yangtze-delta", "示范区": ZONE, "中国": "cn",
}  # fmt: skip
LEVELS = {"310000": "province", "yangtze-delta": "megaregion", ZONE: "zone", "cn": "country"}
AGENCIES = {
    "上海市财政局": "310000", "江苏省财政厅": "320000", "浙江省财政厅": "330000", "安徽省财政厅": "340000",
    "江苏省教育厅": "320000", "苏州市教育局": "320500", "青浦区教育局": "310118", "国务院": "cn",
}  # fmt: skip
COMPANIES = {"甲茶业公司": "310000", "乙茶业公司": "330000", "丙协会": None}
DOCUMENTS = ("茶山保护办法甲篇", "茶山保护办法乙篇", "茶山保护办法丙篇", "通知")
PACTS: tuple[tuple[str, ...], ...] = (
    ("上海市财政局", "江苏省财政厅", "浙江省财政厅", "安徽省财政厅"),
    ("上海市财政局", "江苏省财政厅"),
    ("江苏省财政厅", "江苏省教育厅"),
    ("甲茶业公司", "乙茶业公司", "丙协会"),
    ("上海市", "江苏省", "浙江省", "安徽省"),
    ("青浦区教育局", "苏州市教育局"),
    (),
)

_REGION = re.compile(r"/id/(?:region|membership)/([^>]*)>")


@cache
def few_regions() -> list[Quad]:
    """The base with the places above alone, whole in every other respect."""
    known = set(PLACES.values())
    return [quad for quad in full_base() if set(_REGION.findall(f"{quad.subject} {quad.object}")) <= known]


def article(number: int) -> ArticleFacts:
    """The article of that number; the same number gives the same article."""
    return _Writer(random.Random(number)).write(number)


def bulletin(key: str, numbers: tuple[int, ...]) -> Bulletin:
    """A bulletin of the articles of these numbers."""
    return Bulletin(key=key, title=key, articles=[article(number) for number in numbers])


class _Writer:
    """Writes one article: drafts first, then a text that holds all quotes, then the facts."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._drafts: list[Draft] = []

    def write(self, number: int) -> ArticleFacts:
        dice = self._dice
        parts: list[Callable[[], None]] = [self._place, self._place, self._agency, self._document]
        parts += [
            self._measure,
            self._measure,
            self._target,
            self._pact,
            self._pact,
            self._relation,
            self._issue,
        ]
        for part in dice.sample(parts, dice.randint(3, 8)):
            part()
        order = (
            RegionFact,
            ActorFact,
            DocumentFact,
            MeasureFact,
            TargetFact,
            EventFact,
            CooperationFact,
            RelationFact,
        )
        drafts = sorted(self._drafts, key=lambda draft: order.index(draft[0]))
        quotes = [quote for _, quote, _ in drafts]
        text = "".join(f"{q}。" for q in quotes if not any(q in other for other in quotes if other != q))
        sheet = Sheet(f"茶山纪事第{number}篇", text, "茶事")
        ids: dict[type[AnyFact], list[str]] = {}
        for cls, quote, slots in drafts:
            linked = {key: value(ids) if callable(value) else value for key, value in slots.items()}
            ids.setdefault(cls, []).append(sheet.add(cls, quote, **linked))
        return sheet.done()

    def _add(self, cls: type[AnyFact], words: str, **slots: Any) -> None:
        self._drafts.append((cls, self._quote(words), slots))

    def _quote(self, words: str) -> str:
        """The words as no other fact of the article has them."""
        return f"其{len(self._drafts)}为{words}"

    def _place(self) -> None:
        role = self._dice.choice(("subject", "subject", "mentioned"))
        form = self._dice.random()
        if form < 0.1:
            self._add(RegionFact, "茶沟镇", name="茶沟镇", mention="茶沟镇", level="township", role=role)
        elif form < 0.2:
            self._add(
                RegionFact, "鼓楼区", name="鼓楼区", mention="鼓楼区", level="county", role=role,
                candidates=["320500", "330400"],
            )  # fmt: skip
        else:
            name = self._dice.choice(sorted(PLACES))
            level = LEVELS.get(PLACES[name], "prefecture")
            self._add(RegionFact, name, name=name, mention=name, code=PLACES[name], level=level, role=role)

    def _agency(self) -> None:
        self._actor(self._dice.choice([*sorted(AGENCIES), *sorted(COMPANIES)]))

    def _actor(self, name: str) -> None:
        kind = "government" if name in AGENCIES else "enterprise"
        code = AGENCIES.get(name) or COMPANIES.get(name)
        # now and then an article does not tell, or takes it for something else
        if self._dice.random() < 0.15:
            kind, code = "other", None
        self._add(ActorFact, name, name=name, type=kind, region_code=code)

    def _document(self) -> None:
        title = self._dice.choice(DOCUMENTS)
        issuers = self._dice.sample(
            [*sorted(AGENCIES), "上海市", "丙协会"], self._dice.choice((0, 1, 1, 2, 3))
        )
        for name in issuers:
            if self._dice.random() < 0.8 and name != "上海市":
                self._actor(name)
        self._add(DocumentFact, f"《{title}》", title=title, kind="measures", issuers=issuers)

    def _relation(self) -> None:
        """A document that another one of the article amends, ends or carries out; no fact where both have one title."""
        self._document()
        self._document()
        kind = self._dice.choice(get_args(DocumentRelation))
        self._add(
            RelationFact, "一文由另一文处置", kind=kind, document=lambda ids: ids[DocumentFact][-1],
            by=lambda ids: ids[DocumentFact][0],
        )  # fmt: skip

    def _issue(self) -> None:
        date = self._dice.choice(("2021", "2021-03", "2021-03-01", "2021-04-05", None))
        kind = self._dice.choice(("issue", "issue", "meeting"))
        self._add(EventFact, "印发茶事文件", type=kind, date=date, about=self._links(DocumentFact))

    def _regions(self) -> list[str]:
        number = self._dice.choice((0, 0, 0, 1, 2))
        return sorted({self._dice.choice([*sorted(PLACES.values()), ZONE, ZONE]) for _ in range(number)})

    def _measure(self) -> None:
        self._add(
            MeasureFact, "补贴茶农", label="补贴茶农", type="fiscal_subsidy", region_codes=self._regions(),
            document=self._link(DocumentFact), taken_by=self._links(ActorFact),
        )  # fmt: skip

    def _target(self) -> None:
        self._add(
            TargetFact, "茶山新增一百亩", metric="新增茶山", value=100, unit="亩", comparator=">=", deadline="2025",
            region_codes=self._regions(), document=self._link(DocumentFact),
        )  # fmt: skip

    def _pact(self) -> None:
        parties = list(self._dice.choice(PACTS))
        for name in parties:
            if self._dice.random() < 0.7 and name not in PLACES:
                self._actor(name)
        kind = self._dice.choice(("agreement", "alliance"))
        regions = self._regions() if parties else self._dice.sample(sorted(PLACES.values()), 2)
        # a pact whose words name the zone goes through it
        named = self._dice.random() < 0.3
        if named:
            self._add(
                RegionFact,
                "在示范区",
                name="示范区",
                mention="示范区",
                code=ZONE,
                level="zone",
                role="mentioned",
            )
        quote = f"{self._drafts[-1][1]}签订茶约" if named else self._quote("签订茶约")
        slots = {
            "label": "茶约", "kind": kind, "parties": parties, "region_codes": regions,
            "cross_region": self._dice.random() < 0.3, "agreement": self._link(DocumentFact),
            "measures": self._links(MeasureFact),
        }  # fmt: skip
        self._drafts.append((CooperationFact, quote, slots))

    def _link(self, cls: type[AnyFact]) -> Callable[[dict[type[AnyFact], list[str]]], str | None]:
        wanted = self._dice.random() < 0.5
        return lambda ids: ids[cls][0] if wanted and ids.get(cls) else None

    def _links(self, cls: type[AnyFact]) -> Callable[[dict[type[AnyFact], list[str]]], list[str]]:
        wanted = self._dice.choice((0, 0, 1, 2))
        return lambda ids: ids.get(cls, [])[:wanted]
