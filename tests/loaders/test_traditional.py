"""A text in traditional characters: the facts of the simplified one, under simplified names, with quotes as written."""

from __future__ import annotations

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
