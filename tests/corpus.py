"""Small bulletins in the form of the annotation guide, written for the tests."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.ingest import base_quads
from kg.model import Article, Bulletin
from loaders.anchoring import anchor

PACT: dict[str, Any] = {
    "title": "沪苏浙皖四地医保部门签署互认协议",
    "text": (
        "3 月 5 日，沪苏浙皖四地医保部门在合肥签署《门诊费用互认协议》。"
        "协议明确，到 2022 年底，互认的医院不少于 300 家。上海市医保局负责建设结算平台。"
    ),
    "regions": [
        {"name": "上海市", "mention": "沪", "code": "310000", "level": "province", "role": "subject"},
        {"name": "江苏省", "mention": "苏", "code": "320000", "level": "province", "role": "subject"},
        {"name": "浙江省", "mention": "浙", "code": "330000", "level": "province", "role": "subject"},
        {"name": "安徽省", "mention": "皖", "code": "340000", "level": "province", "role": "subject"},
        {"name": "合肥市", "mention": "合肥", "code": "340100", "level": "prefecture", "role": "mentioned"},
    ],
    "actors": [
        {
            "name": f"{name}医保局",
            "aliases": [],
            "type": "government",
            "region_code": code,
            "evidence": evidence,
        }
        for name, code, evidence in (
            ("上海市", "310000", "上海市医保局"),
            ("江苏省", "320000", "沪苏浙皖四地医保部门"),
            ("浙江省", "330000", "沪苏浙皖四地医保部门"),
            ("安徽省", "340000", "沪苏浙皖四地医保部门"),
        )
    ],
    "documents": [
        {"title": "门诊费用互认协议", "issuers": ["上海市医保局", "江苏省医保局"], "kind": "agreement"}
    ],
    "programs": [{"name": "结算平台", "kind": "platform", "lead": ["上海市医保局"]}],
    "measures": [
        {
            "label": "建设结算平台",
            "evidence": "上海市医保局负责建设结算平台",
            "type": "infrastructure_platform",
            "region_codes": ["310000"],
        }
    ],
    "targets": [
        {
            "evidence": "互认的医院不少于 300 家",
            "metric": "互认的医院",
            "value": 300,
            "unit": "家",
            "comparator": ">=",
            "deadline": "2022-12",
        }
    ],
    "events": [
        {
            "type": "sign",
            "date": "2021-03-05",
            "evidence": "沪苏浙皖四地医保部门在合肥签署《门诊费用互认协议》",
        }
    ],
    "cooperations": [
        {
            "label": "门诊费用互认协议",
            "kind": "agreement",
            "parties": ["上海市医保局", "江苏省医保局", "浙江省医保局", "安徽省医保局"],
            "region_codes": ["310000", "320000", "330000", "340000"],
            "subject": "门诊费用互认",
            "cross_region": True,
            "evidence": "沪苏浙皖四地医保部门在合肥签署《门诊费用互认协议》",
        }
    ],
    "published": "2021-03-06",
}

RULES: dict[str, Any] = {
    "title": "四川出台噪声治理办法",
    "text": "近日，四川省生态环境厅、省公安厅联合印发《噪声治理办法》。办法规定，禁止夜间在居民区施工，罚款最高 5 万元。这是全国首个此类办法。",
    "regions": [
        {"name": "四川省", "mention": "四川省", "code": "510000", "level": "province", "role": "subject"}
    ],
    "actors": [
        {
            "name": "四川省生态环境厅",
            "type": "government",
            "region_code": "510000",
            "evidence": "四川省生态环境厅",
        },
        {"name": "四川省公安厅", "type": "government", "region_code": "510000", "evidence": "省公安厅"},
    ],
    "documents": [
        {"title": "噪声治理办法", "issuers": ["四川省生态环境厅", "四川省公安厅"], "kind": "measures"},
    ],
    "measures": [
        {
            "label": "禁止夜间在居民区施工",
            "evidence": "禁止夜间在居民区施工",
            "type": "ban_restriction",
            "region_codes": [],
        }
    ],
    "figures": [
        {
            "evidence": "罚款最高 5 万元",
            "value": 50000,
            "unit": "元",
            "about": "罚款",
            "kind": "limit",
            "comparator": "<=",
        }
    ],
    "events": [
        {"type": "issue", "date": None, "evidence": "四川省生态环境厅、省公安厅联合印发《噪声治理办法》"}
    ],
    "firsts": [{"scope": "national", "evidence": "这是全国首个此类办法"}],
    "published": "2021",
}


REPEAL: dict[str, Any] = {
    "title": "四川印发码头管理办法",
    "text": "四川省印发《码头管理办法》。《码头管理办法》自 2021 年 4 月 1 日起施行，《渡口旧规》同时废止。",
    "regions": [
        {"name": "四川省", "mention": "四川省", "code": "510000", "level": "province", "role": "subject"}
    ],
    "documents": [
        {"id": "new", "title": "码头管理办法", "issuers": ["四川省"], "kind": "measures"},
        {"id": "old", "title": "渡口旧规", "kind": "other"},
    ],
    "relations": [
        {
            "kind": "replaces",
            "document": "old",
            "by": "new",
            "date": "2021-04-01",
            "evidence": "《码头管理办法》自 2021 年 4 月 1 日起施行，《渡口旧规》同时废止",
        }
    ],
    "published": "2021",
}

_SMALL_PLACE = re.compile(r"/region/\d{4}(?!00\b)\d\d|/region/\d{6}-")


@cache
def full_base() -> list[Quad]:
    """The whole base of a store."""
    return base_quads()


@cache
def small_base() -> list[Quad]:
    """The base of a store without counties and bygone places: quick to load, whole in every other respect."""
    return [quad for quad in full_base() if not _SMALL_PLACE.search(f"{quad.subject} {quad.object}")]


def bulletin(key: str, *items: dict[str, Any]) -> Bulletin:
    """A bulletin of annotated articles."""
    articles = []
    for item in items:
        article = Article.model_validate(item)
        articles.append(anchor(article.model_copy(update={"year": 2021}), item))
    return Bulletin(key=key, title=key, articles=articles)


def value(term: object) -> str:
    """The IRI of a node or the text of a literal; nothing else stands in our graphs."""
    assert isinstance(term, NamedNode | Literal), term
    return term.value
