"""Links of the model's facts: found where the rules find theirs; what is linked, or the rules' own, stays as it is."""

from __future__ import annotations

from typing import Any

from kg.model import ActorFact, Article, ArticleFacts, Facts
from loaders.anchoring import anchor
from loaders.extraction import extract
from loaders.llm.linking import with_links

ARTICLE = Article(
    title="青海推广牧区冷链",
    text=(
        "8月3日，青海省商务厅印发《牧区冷链建设方案》。方案提出，到2025年建成冷库20座，对牧民给予最高3万元补助。"
        "青海省商务厅建设冷链监测平台。"
    ),
    year=2023,
)
SUBSIDY = "对牧民给予最高3万元补助"


def read_by_model() -> ArticleFacts:
    """What a model could find, without any link."""
    drafts: dict[str, list[dict[str, Any]]] = {
        "actors": [{"name": "青海省商务厅", "type": "government", "evidence": "青海省商务厅"}],
        "documents": [{"title": "牧区冷链建设方案", "kind": "plan", "issuers": []}],
        "measures": [
            {"label": "补助", "type": "fiscal_subsidy", "evidence": SUBSIDY},
            {"label": "平台", "type": "infrastructure_platform", "evidence": "建设冷链监测平台"},
        ],
        "targets": [{"metric": "冷库", "value": 20, "unit": "座", "evidence": "到2025年建成冷库20座"}],
        "figures": [{"value": 30000, "unit": "元", "kind": "money", "evidence": "最高3万元"}],
        "events": [{"type": "issue", "evidence": "青海省商务厅印发《牧区冷链建设方案》"}],
    }
    return anchor(
        ARTICLE, {kind: [{**one, "reader": "llm"} for one in some] for kind, some in drafts.items()}
    )


def test_the_model_s_facts_are_linked_as_the_rules_are() -> None:
    found = read_by_model()
    facts = with_links(found).facts
    [document], [actor] = facts.documents, facts.actors
    subsidy, platform = facts.measures
    assert (subsidy.document, platform.taken_by) == (document.id, [actor.id])
    assert facts.targets[0].document == document.id
    assert facts.figures[0].about_id == subsidy.id
    assert facts.events[0].about == [document.id]
    assert with_links(with_links(found)).facts == facts


def test_the_rules_facts_stay_as_they_are() -> None:
    rules = extract(ARTICLE)
    assert with_links(rules) is rules
    extra = ActorFact(
        id=f"actor/{ARTICLE.key}/000000000000", name="青海省", type="other", evidence="青海省", start=13, end=16, reader="llm"
    )  # fmt: skip
    both = rules.model_copy(
        update={"facts": rules.facts.model_copy(update={"actors": [*rules.facts.actors, extra]})}
    )
    linked = with_links(both)
    assert [fact for fact in linked.facts.all() if fact.reader == "rules"] == rules.facts.all()


def test_a_quote_in_no_clause_gets_no_link() -> None:
    assert with_links(ArticleFacts(article=ARTICLE, facts=Facts())).facts == Facts()
