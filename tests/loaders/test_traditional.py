"""A text in traditional characters: the facts of the simplified one, under simplified names, with quotes as written."""

from __future__ import annotations

from typing import Any

from kg.model import Article, ArticleFacts
from loaders.extraction import extract

SIMPLIFIED = (
    "8月3日，江苏省人民政府办公厅印发《江苏省数据条例实施方案》。方案提出，到2025年建成10个数据园区，"
    "对入驻企业给予最高500万元补助。苏州市发展和改革委员会联合浙江省经济和信息化厅共建“一网通办”平台。"
)
TRADITIONAL = (
    "8月3日，江蘇省人民政府辦公廳印發《江蘇省數據條例實施方案》。方案提出，到2025年建成10個數據園區，"
    "對入駐企業給予最高500萬元補助。蘇州市發展和改革委員會聯合浙江省經濟和信息化廳共建「一網通辦」平台。"
)


def facts_of(title: str, text: str) -> ArticleFacts:
    return extract(Article(title=title, text=text, year=2024))


def test_the_same_facts_under_the_same_names_with_quotes_as_written() -> None:
    first = facts_of("江苏省推动数据发展", SIMPLIFIED)
    second = facts_of("江蘇省推動數據發展", TRADITIONAL)
    for one, other in zip(first.facts.all(), second.facts.all(), strict=True):
        assert (type(one), one.start, one.end) == (type(other), other.start, other.end)
        assert other.evidence == second.article.content[other.start : other.end]
    assert [region.name for region in second.facts.regions] == [region.name for region in first.facts.regions]
    assert [actor.name for actor in second.facts.actors] == [actor.name for actor in first.facts.actors]
    assert second.facts.regions[0].mention == "江蘇省"
    assert second.facts.documents[0].title == "江蘇省數據條例實施方案"


LINKED = (
    "赣州市与韶关市签署《赣韶客货运输合作协议》。协议明确，两市共建跨市调度平台，对换乘旅客给予票价优惠。"
    "8月3日，江苏省商务厅、浙江省商务厅联合印发《江浙口岸通关便利行动方案》。"
    "《江浙口岸通关便利行动方案》提出，到2025年建成10个智慧口岸，对进口企业给予最高500万元补助。"
    "9月5日，苏州市启动“一码通行”平台。苏州市发改委牵头建设苏州运力交易平台。"
)
LINKED_TRADITIONAL = (
    "贛州市與韶關市簽署《贛韶客貨運輸合作協議》。協議明確，兩市共建跨市調度平台，對換乘旅客給予票價優惠。"
    "8月3日，江蘇省商務廳、浙江省商務廳聯合印發《江浙口岸通關便利行動方案》。"
    "《江浙口岸通關便利行動方案》提出，到2025年建成10個智慧口岸，對進口企業給予最高500萬元補助。"
    "9月5日，蘇州市啟動「一碼通行」平台。蘇州市發改委牽頭建設蘇州運力交易平台。"
)


def links_of(found: ArticleFacts) -> dict[str, list[Any]]:
    """The links of the facts of each kind, a fact told by kind and place, since ids depend on the article's words."""
    place = {fact.id: (type(fact).__name__, fact.start, fact.end) for fact in found.facts.all()}
    kinds = found.facts
    return {
        "documents": [fact.issuers for fact in kinds.documents],
        "programs": [(fact.kind, fact.lead) for fact in kinds.programs],
        "measures": [
            (place.get(fact.document or ""), fact.region_codes, [place[actor] for actor in fact.taken_by])
            for fact in kinds.measures
        ],
        "targets": [place.get(fact.document or "") for fact in kinds.targets],
        "events": [[place[about] for about in fact.about] for fact in kinds.events],
        "cooperations": [
            (fact.kind, fact.parties, place.get(fact.agreement or ""), [place[m] for m in fact.measures])
            for fact in kinds.cooperations
        ],
        "subjects": [fact.subject for fact in kinds.cooperations],
    }


def test_the_same_links_by_title_and_name() -> None:
    told, told_traditional = facts_of("各地新举措", LINKED), facts_of("各地新舉措", LINKED_TRADITIONAL)
    expected, found = links_of(told), links_of(told_traditional)
    assert found == expected
    assert any(links[0] for links in expected["measures"])
    assert any(links[2] for links in expected["cooperations"])
    assert all(expected["events"]) and any(expected["targets"])
