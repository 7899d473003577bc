"""Made-up policy bulletins of any number, for the benchmarks: seeded, so that every run has the same ones.

Regions and agencies are those of the authorities and some are named far more often than others, as in real bulletins: a
few provinces stand in thousands of articles, most counties in a handful. Documents come back (an article in ten puts an
earlier document into practice), agencies issue jointly, pacts join neighbours, whole megaregions or strangers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeVar, get_args

from kg.authorities import agency_authority, region_authority
from kg.identifiers import fact_id
from kg.model import (
    ActorFact,
    Article,
    ArticleFacts,
    Bulletin,
    CooperationFact,
    DocumentFact,
    EventFact,
    Fact,
    Facts,
    FigureFact,
    Instrument,
    MeasureFact,
    RegionFact,
    TargetFact,
)

F = TypeVar("F", bound=Fact)

ARTICLES_A_BULLETIN: Final = 20
_FUNCTIONS: Final = ("drc", "finance", "education", "ecology", "commerce", "tax", "health", "transport")
_MATTERS: Final = (
    "塑料污染治理",
    "住房公积金",
    "科技创新",
    "职业教育",
    "政务服务",
    "医疗保障",
    "跨境贸易",
    "数据共享",
)
_ACTS: Final = (
    "推行电子凭证",
    "开通网上办理",
    "设立专项资金",
    "公布服务清单",
    "压缩办理时间",
    "建立会商机制",
)
_YEAR: Final = 2021
_REPEATS: Final = 0.1
"""How many articles put an earlier document into practice."""


def bulletins(articles: int, seed: int = 20) -> Iterator[Bulletin]:
    """Bulletins of ``ARTICLES_A_BULLETIN`` articles each, ``articles`` in all, by a generator seeded with ``seed``."""
    desk = _Desk(random.Random(seed))
    for first in range(0, articles, ARTICLES_A_BULLETIN):
        numbers = range(first, min(first + ARTICLES_A_BULLETIN, articles))
        key = f"made-up-{seed}-{first // ARTICLES_A_BULLETIN:05d}"
        yield Bulletin(key=key, title=key, articles=[desk.article(number) for number in numbers])


@cache
def _places() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of all present provinces, and of all present prefectures and counties."""
    present = [r for r in region_authority() if r.code == r.key and r.is_current]
    provinces = tuple(sorted(r.key for r in present if r.level == "province"))
    return provinces, tuple(sorted(r.key for r in present if r.level in ("prefecture", "county")))


class _Desk:
    """Writes article after article and remembers the documents it has issued."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._issued: list[tuple[str, str, tuple[str, ...]]] = []

    def article(self, number: int) -> ArticleFacts:
        """The article of that number, with its facts."""
        form = self._dice.random()
        region = self._region()
        sheet = _Sheet(number, f"{_name(region)}{self._dice.choice(_MATTERS)}动态第{number}号")
        if form < 0.25:
            self._pact(sheet, region)
        else:
            self._issue(sheet, region, joint=form < 0.4)
        return sheet.done()

    def _region(self) -> str:
        """A province in half of all cases, the first ones most often; else any prefecture or county."""
        provinces, places = _places()
        if self._dice.random() < 0.5:
            return provinces[min(int(self._dice.expovariate(0.15)), len(provinces) - 1)]
        return places[int(len(places) * self._dice.random() ** 2)]

    def _neighbour(self, region: str) -> str:
        """Another region of the same level, of the same province in a third of all cases."""
        level = region_authority().get(region).level
        pool = [key for keys in _places() for key in keys if region_authority().get(key).level == level]
        near = [key for key in pool if key[:2] == region[:2]]
        pool = near if len(near) > 1 and self._dice.random() < 0.33 else pool
        return self._dice.choice([key for key in pool if key != region])

    def _issue(self, sheet: _Sheet, region: str, *, joint: bool) -> None:
        functions = self._dice.sample(_FUNCTIONS, 2 if joint else 1)
        issuers = [agency_authority().official_name(region, function) for function in functions]
        if self._issued and self._dice.random() < _REPEATS:
            title, home, names = self._dice.choice(self._issued)
            region, issuers = home, list(names)
        else:
            title = f"{_name(region)}{self._dice.choice(_MATTERS)}实施办法（{len(self._issued) + 1}）"
            self._issued.append((title, region, tuple(issuers)))
        sheet.mention(region)
        sheet.write("的")
        agencies = [sheet.actor(name, region) for name in issuers]
        sheet.write("日前印发《")
        document = sheet.fact(DocumentFact, title, title=title, issuers=issuers, kind="measures")
        sheet.write("》，")
        sheet.fact(
            EventFact, "文件已经印发", type="issue", date=self._date(), actors=agencies, about=[document]
        )
        sheet.write("。")
        self._measures(sheet, region, document, agencies)

    def _measures(self, sheet: _Sheet, region: str, document: str | None, takers: list[str]) -> list[str]:
        made = []
        for _ in range(self._dice.randint(2, 4)):
            act = self._dice.choice(_ACTS)
            instrument: Instrument = self._dice.choice(get_args(Instrument))
            codes = [region] if self._dice.random() < 0.6 else []
            made.append(
                sheet.fact(
                    MeasureFact,
                    act,
                    label=act,
                    type=instrument,
                    region_codes=codes,
                    document=document,
                    taken_by=takers,
                )
            )
            sheet.write("，")
        share = self._dice.randint(10, 99)
        target = f"到{_YEAR + 1}年底覆盖率达到{share}%"
        sheet.fact(
            TargetFact, target, metric="覆盖率", value=share, unit="%", comparator=">=", deadline=f"{_YEAR + 1}-12",
            region_codes=[region], document=document,
        )  # fmt: skip
        count = self._dice.randint(2, 900)
        sheet.write("，")
        sheet.fact(
            FigureFact, f"惠及{count}万人", value=count * 10_000, unit="人", about="惠及", kind="count"
        )
        sheet.write("。")
        return made

    def _pact(self, sheet: _Sheet, region: str) -> None:
        other, function = self._neighbour(region), self._dice.choice(_FUNCTIONS)
        regions = [region, other]
        parties = [_name(key) for key in regions]
        for key in regions:
            sheet.mention(key)
        if self._dice.random() < 0.5:
            parties = [agency_authority().official_name(key, function) for key in regions]
            for name, key in zip(parties, regions, strict=True):
                sheet.write("、")
                sheet.actor(name, key)
        date, matter = self._date(), self._dice.choice(_MATTERS)
        title = f"{matter}合作协议（{sheet.number}）"
        sheet.write("签订《")
        document = sheet.fact(DocumentFact, title, title=title, issuers=[], kind="agreement")
        sheet.write("》。")
        measures = self._measures(sheet, region, document, [])
        sheet.fact(
            CooperationFact, f"两地就{matter}签订协议", label=title, kind="agreement", parties=parties, region_codes=regions,
            subject=matter, cross_region=True, date=date, agreement=document, measures=measures,
        )  # fmt: skip
        sheet.write("。")

    def _date(self) -> str:
        return f"{_YEAR}-{self._dice.randint(1, 12):02d}-{self._dice.randint(1, 28):02d}"


class _Sheet:
    """One article while it is written: each fact's quote is put down where the text stands."""

    def __init__(self, number: int, title: str) -> None:
        self.number = number
        self._title = title
        self._text = ""
        self._facts: list[tuple[type[Fact], str, int, dict[str, Any]]] = []

    def write(self, words: str) -> None:
        """Words that no fact quotes."""
        self._text += words

    def fact(self, cls: type[Fact], quote: str, **slots: Any) -> str:
        """Write the quote, note the fact; returns a handle that other facts refer to it by."""
        self._facts.append((cls, quote, len(self._title) + 1 + len(self._text), slots))
        self._text += quote
        return str(len(self._facts) - 1)

    def mention(self, region: str) -> str:
        """The name of a region, as one that acts."""
        name, level = _name(region), region_authority().get(region).level
        return self.fact(RegionFact, name, name=name, mention=name, code=region, level=level, role="subject")

    def actor(self, name: str, region: str) -> str:
        """The name of an agency of a region."""
        return self.fact(ActorFact, name, name=name, type="government", region_code=region)

    def done(self) -> ArticleFacts:
        """The article with its facts, whose handles have become ids."""
        article = Article(title=self._title, text=self._text, year=_YEAR)
        ids = [
            fact_id(cls.cls, article.key, start, start + len(quote), n)
            for n, (cls, quote, start, _) in enumerate(self._facts)
        ]
        facts = Facts()
        lists: dict[type[Fact], list[Any]] = {
            RegionFact: facts.regions, ActorFact: facts.actors, DocumentFact: facts.documents,
            MeasureFact: facts.measures, TargetFact: facts.targets, FigureFact: facts.figures,
            EventFact: facts.events, CooperationFact: facts.cooperations,
        }  # fmt: skip
        for own, (cls, quote, start, slots) in zip(ids, self._facts, strict=True):
            linked = {name: _linked(name, value, ids) for name, value in slots.items()}
            fact = cls(id=own, evidence=quote, start=start, end=start + len(quote), confidence=0.9, **linked)
            lists[cls].append(fact)
        return ArticleFacts(article=article, facts=facts)


_LINKS: Final = frozenset({"document", "taken_by", "actors", "about", "agreement", "measures"})


def _linked(slot: str, value: Any, ids: list[str]) -> Any:
    """A slot's value, handles replaced by ids; a figure's ``about`` is words."""
    if slot not in _LINKS or value is None or (slot == "about" and isinstance(value, str)):
        return value
    return [ids[int(handle)] for handle in value] if isinstance(value, list) else ids[int(value)]


def _name(region: str) -> str:
    return region_authority().get(region).name
