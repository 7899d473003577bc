"""A field set by a correction stands in the graph as if it had been read so."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import Quad
from rdflib import URIRef

from kg.corrections import Correction, Corrections, Value, fingerprint, graph_key
from kg.errors import InputError
from kg.mapping.articles import map_article
from kg.mapping.correcting import as_read, corrected
from kg.mapping.fields import FIELDS, set_field
from kg.mapping.identities import Identities
from kg.mapping.terms import node
from kg.model import KINDS, ArticleFacts, Facts
from kg.namespaces import ID, RP
from tests.corpus import PACT, REPEAL, RULES, bulletin

LISTS = {model.cls: kind for kind, model in KINDS.items()}
VALUES: list[tuple[str, str, Any, Value]] = [
    ("region", "name", "上海", "上海"),
    ("region", "level", "zone", "zone"),
    ("region", "role", "mentioned", "mentioned"),
    ("actor", "name", "沪医保局", "沪医保局"),
    ("actor", "aliases", ["甲", "乙"], ("甲", "乙")),
    ("actor", "type", "bank", "bank"),
    ("actor", "region_code", "320000", "region/320000"),
    ("actor", "region_code", None, None),
    ("document", "title", "互认协议书", "互认协议书"),
    ("document", "kind", "notice", "notice"),
    ("document", "issuers", ["上海市医保局", "浙江省"], ("actor/310000-medical-insurance", "region/330000")),
    ("programme", "name", "新平台", "新平台"),
    ("programme", "kind", "pilot", "pilot"),
    ("programme", "lead", [], ()),
    ("cooperation", "label", "互认", "互认"),
    ("cooperation", "kind", "pairing", "pairing"),
    ("cooperation", "parties", ["浙江省医保局"], ("actor/330000-medical-insurance",)),
    ("cooperation", "region_codes", ["330000"], ("region/330000",)),
    ("cooperation", "subject", "门诊", "门诊"),
    ("cooperation", "cross_region", False, "false"),
    ("cooperation", "date", "2021-03", "2021-03"),
    ("cooperation", "agreement", "documents", "documents"),
    ("cooperation", "measures", ["measures"], ("measures",)),
    ("measure", "label", "搭平台", "搭平台"),
    ("measure", "type", "standard", "standard"),
    ("measure", "region_codes", ["310000", "安徽省"], ("region/310000", "region/340000")),
    ("measure", "document", "documents", "documents"),
    ("measure", "taken_by", ["actors"], ("actors",)),
    ("measure", "status", "done", "done"),
    ("target", "metric", "医院数", "医院数"),
    ("target", "value", 400.5, "400.5"),
    ("target", "value_max", 900, "900"),
    ("target", "unit", "所", "所"),
    ("target", "comparator", "<=", "<="),
    ("target", "deadline", "2023", "2023"),
    ("target", "deadline", None, None),
    ("target", "document", "documents", "documents"),
    ("target", "region_codes", ["310000"], ("region/310000",)),
    ("figure", "value", 7, "7"),
    ("figure", "value_max", 8, "8"),
    ("figure", "unit", None, None),
    ("figure", "comparator", ">=", ">="),
    ("figure", "about", "上限", "上限"),
    ("figure", "kind", "money", "money"),
    ("figure", "about_id", "measures", "measures"),
    ("event", "type", "meeting", "meeting"),
    ("event", "date", "2021-03-04", "2021-03-04"),
    ("event", "actors", ["actors"], ("actors",)),
    ("event", "about", ["documents", "measures"], ("documents", "measures")),
    ("first", "scope", "provincial", "provincial"),
    ("relation", "kind", "repeals", "repeals"),
    ("relation", "document", "documents", "documents"),
    ("relation", "by", "documents", "documents"),
    ("relation", "by", None, None),
    ("relation", "date", "2021-04", "2021-04"),
]


def test_every_field_is_tried() -> None:
    assert {(cls, field) for cls, field, _, _ in VALUES} == {
        (c, f) for c, fields in FIELDS.items() for f in fields
    }


def article_of(cls: str) -> ArticleFacts:
    items = {"figure": RULES, "first": RULES, "relation": REPEAL}
    return bulletin("b", items.get(cls, PACT)).articles[0]


@pytest.mark.parametrize(("cls", "field", "read", "written"), VALUES)
def test_a_set_field_is_as_if_read_so(cls: str, field: str, read: Any, written: Value) -> None:
    article = article_of(cls)
    first = {kind: getattr(article.facts, kind)[0] for kind in KINDS if getattr(article.facts, kind)}
    entities = Identities(article)

    def fact_ids(value: Any) -> Any:
        return (
            [fact_ids(v) for v in value]
            if isinstance(value, list)
            else first[value].id
            if value in first
            else value
        )

    def keys(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(str(keys(v)) for v in value)
        return str(entities.of(first[value])).removeprefix(ID) if value in first else value

    fact = first[LISTS[cls]]
    others = getattr(article.facts, LISTS[cls])[1:]
    changed = Facts(
        **{kind: getattr(article.facts, kind) for kind in KINDS}
        | {LISTS[cls]: [fact.model_copy(update={field: fact_ids(read)}), *others]}
    )
    target = graph_key(fact.id)
    expected = map_article(article.model_copy(update={"facts": changed})).quads
    correction = Correction(
        target=target, action="set", article=article.article.key, field=field, new=keys(written),
        fingerprint=fingerprint(fact.evidence, article.article.key), who="a", when="2026-01-02T03:04:05Z",
    )  # fmt: skip
    before = map_article(article)
    found = corrected(before, Corrections([correction]))
    assert found.issues == before.issues
    assert about(found.quads, target) == about(expected, target)
    assert as_read(found.quads, found.difference) == before.quads


def about(quads: frozenset[Quad], target: str) -> set[str]:
    """What is said of a fact; which entity a name means is decided by split and merge."""
    subject, of = node(ID + target), node(RP.of)
    return {str(quad.triple) for quad in quads if quad.subject == subject and quad.predicate != of}


@pytest.mark.parametrize(
    ("cls", "field", "value", "said"),
    [
        ("measure", "type", "magic", "does not fit"),
        ("measure", "colour", "red", "has no field 'colour' to set; it has: document, label"),
        ("measure", "document", "actor/x-1", "takes a key of document"),
        ("target", "value", "many", "does not fit"),
        ("target", "value", "1e30", "does not fit"),
        ("target", "deadline", "2021-13", "does not fit"),
        ("measure", "type", None, "does not fit"),
        ("target", "unit", "", "cannot be empty"),
        ("bulletin", "title", "x", "it has: none"),
    ],
)
def test_what_does_not_fit_is_refused(cls: str, field: str, value: Value, said: str) -> None:
    with pytest.raises(InputError, match=said):
        set_field(cls, field, value)


def test_each_field_s_first_property_is_its_own() -> None:
    for fields in FIELDS.values():
        firsts: list[URIRef] = [parts[0][0] for parts in fields.values()]
        assert len(set(firsts)) == len(firsts)
