"""Lists of articles: by bulletin and place, reprints in each of theirs, newest first, a hundred a page."""

from __future__ import annotations

import httpx
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF

from kg.mapping.terms import first_day, integer, node
from kg.namespaces import ID, RP, Graphs
from kg.store import memory_store
from kg.web import create_app, fixed_view
from kg.web.listing import Listed, listed_articles, newest_articles
from tests.kg.web.serving import serving


def bulletin(key: str, articles: list[str], section: str) -> list[Quad]:
    """The graph of a bulletin that holds the articles in this order."""
    graph, whole = node(Graphs.bulletin(key)), NamedNode(f"{ID}bulletin/{key}")
    quads = [Quad(whole, node(RDF.type), node(RP.Bulletin), graph)]
    for position, name in enumerate(articles, start=1):
        article = NamedNode(f"{ID}article/{name}")
        quads.append(Quad(article, node(RP.inBulletin), whole, graph))
        quads.append(Quad(article, node(RP.position), integer(position), graph))
        quads.append(Quad(article, node(RP.section), Literal(section), graph))
        quads.append(Quad(article, node(RDF.type), node(RP.Article), node(Graphs.article(name))))
        quads.append(
            Quad(
                article,
                node(RP.day),
                first_day(f"2021-{ord(name[-1]) % 12 + 1:02d}"),
                node(Graphs.article(name)),
            )
        )
    return quads


def names(rows: list[Listed]) -> list[str]:
    """The last parts of the articles' and bulletins' IRIs."""
    return [
        f"{row.bulletin.value.rpartition('/')[2]}:{row.article.value.rpartition('/')[2]}:{row.section}"
        for row in rows
    ]


def test_a_reprint_stands_in_each_of_its_bulletins_with_its_section_there() -> None:
    view = memory_store([*bulletin("one", ["a", "b"], "甲"), *bulletin("two", ["b", "c"], "乙")])
    rows = listed_articles(view)
    assert names(rows) == ["one:a:甲", "one:b:甲", "two:b:乙", "two:c:乙"]


def test_the_newest_come_first_each_once() -> None:
    one, two = NamedNode(f"{ID}bulletin/1"), NamedNode(f"{ID}bulletin/2")
    a, b, c = (NamedNode(f"{ID}article/{name}") for name in "abc")
    rows = [
        Listed(a, one, 1, "", "2021-01-01"), Listed(b, one, 2, "", "2021-03-01"), Listed(b, two, 2, "", "2021-03-01"),
        Listed(c, two, 1, "", "2021-03-01"),
    ]  # fmt: skip
    assert [row.article for row in newest_articles(rows, 5)] == [c, b, a]
    assert [row.article for row in newest_articles(rows, 1)] == [c]


def test_pages_of_a_hundred() -> None:
    view = memory_store(bulletin("long", [f"n{number:03d}" for number in range(101)], "长"))
    app = create_app(fixed_view(view), quality={})
    with serving(app) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        first = client.get("/articles", headers={"Accept": "text/html"}).text
        assert first.count('href="/article/') == 100
        assert 'rel="next"' in first
        last = client.get("/articles?page=2&bulletin=long", headers={"Accept": "text/html"}).text
        assert last.count('href="/article/') == 1
        assert 'href="?bulletin=long&amp;page=1" rel="prev"' in last
        assert 'rel="next"' not in last
