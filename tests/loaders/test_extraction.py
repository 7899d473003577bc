"""One article in, its facts out: verbatim, unique, linked, and the same each time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, ArticleFacts
from loaders.extraction import extract, extract_all

PACT = Article(
    title="陕甘两省签署环保合作协议",
    text=(
        "5 月 6 日，陕西省生态环境厅与甘肃省生态环境厅在西安签署《渭河流域环境保护合作协议》。"
        "协议明确，两省建立联合执法机制，共享水质监测数据，到 2025 年，跨界断面水质达标率不低于 95%。"
    ),
    year=2021,
)


def check(found: ArticleFacts) -> None:
    content, facts = found.article.content, found.facts.all()
    assert all(content[fact.start : fact.end] == fact.evidence for fact in facts)
    assert all(fact.evidence.strip() == fact.evidence for fact in facts)
    ids = {fact.id for fact in facts}
    assert len(ids) == len(facts)
    documents = [*(m.document for m in found.facts.measures), *(t.document for t in found.facts.targets)]
    assert set(documents) <= {None, *ids}
    assert all(link in ids for pact in found.facts.cooperations for link in pact.measures)


def test_a_pact_is_read_whole() -> None:
    found = extract(PACT)
    check(found)
    [pact] = [fact for fact in found.facts.cooperations if fact.kind == "agreement"]
    assert set(pact.parties) == {"陕西省生态环境厅", "甘肃省生态环境厅"}
    assert pact.cross_region
    assert pact.date == "2021-05-06"
    assert pact.agreement in {fact.id for fact in found.facts.documents}
    [target] = found.facts.targets
    assert (target.value, target.unit, target.comparator, target.deadline) == (95, "%", ">=", "2025")


def test_reading_twice_gives_the_same() -> None:
    assert extract(PACT) == extract(PACT)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_cut_and_shuffle_of_the_genre_is_read_without_harm(data: st.DataObject) -> None:
    pieces = [
        *PACT.text.replace("，", "。").split("。"),
        "《",
        "》",
        "“",
        "（",
        "2021年底前",
        "不少于",
        "和",
        "三省一市",
        "\n",
        "１２％",
    ]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=14)))
    title = data.draw(st.sampled_from(["题", PACT.title, "“半个", "省", "20"]))
    if text.strip():
        check(extract(Article(title=title, text=text, year=data.draw(st.sampled_from([None, 2021])))))


def test_two_processes_give_the_same_in_the_same_order() -> None:
    articles = [PACT.model_copy(update={"text": f"{PACT.text}第{number}次。"}) for number in range(20)]
    assert list(extract_all(articles, jobs=2)) == [extract(article) for article in articles]
