"""Linked data and the API: redirects, descriptions in every form, and JSON."""

from __future__ import annotations

import json
from urllib.parse import unquote

import httpx
import pyoxigraph as ox
import pytest
from rdflib import PROV, Graph

from kg import __version__
from kg.namespaces import ID
from kg.queries import catalogue
from kg.web.links import page_of
from tests.kg.web.bulletin import HARBOUR, HOSTILE

SHANGHAI = ox.NamedNode(f"{ID}region/310000")


def test_a_thing_leads_to_its_description(client: httpx.Client) -> None:
    response = client.get("/id/region/310000")
    assert response.status_code == 303
    assert response.headers["location"] == "/doc/region/310000"
    fact = client.get(f"/id/article/{HARBOUR}")
    assert fact.headers["location"] == f"/doc/article/{HARBOUR}"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("*/*", ox.RdfFormat.TURTLE),
    ],
)
def test_a_description_in_every_form_says_the_same(
    client: httpx.Client, accept: str, form: ox.RdfFormat
) -> None:
    response = client.get("/doc/region/310000", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    triples = {quad.triple for quad in ox.parse(response.content, form)}
    assert any(triple.subject == SHANGHAI for triple in triples)
    assert any(triple.object == SHANGHAI for triple in triples)
    by_format = client.get("/doc/region/310000?format=ntriples")
    assert triples == {quad.triple for quad in ox.parse(by_format.content, ox.RdfFormat.N_TRIPLES)}


def test_a_description_keeps_the_text_of_an_article_to_itself(client: httpx.Client) -> None:
    assert "ns#text" not in client.get(f"/doc/article/{HARBOUR}?format=ntriples").text


def test_what_a_description_refuses(client: httpx.Client) -> None:
    assert client.get("/doc/region/310000", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/doc/region/310000?format=csv").status_code == 400
    assert client.get("/doc/region/000000", headers={"Accept": "text/turtle"}).status_code == 404


def test_the_ontology(client: httpx.Client) -> None:
    turtle = client.get("/ns")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert any(ox.parse(turtle.content, ox.RdfFormat.TURTLE))
    page = client.get("/ns", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert '<tr id="appliesIn">' in page.text


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        (f"{ID}region/310000", "/region/310000"),
        (f"{ID}measure/{HARBOUR}/abc", f"/article/{HARBOUR}#measure-abc"),
        (f"{ID}evidence/{HARBOUR}/3-9", f"/article/{HARBOUR}#q3-9"),
        (f"{ID}mention/{HARBOUR}/abc-region", f"/article/{HARBOUR}#mention-abc-region"),
        (f"{ID}bulletin/某期", "/articles?bulletin=%E6%9F%90%E6%9C%9F"),
        (f"{ID}explanation/1", "/doc/explanation/1"),
        ("https://w3id.org/regpol/concept/level/county", "/concept/level/county"),
        ("https://w3id.org/regpol/ns#about", "/ns#about"),
        ("https://w3id.org/regpol/graph/entities", None),
        ("http://purl.org/dc/terms/title", "http://purl.org/dc/terms/title"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (f'{ID}region/"><script>', "/region/%22%3E%3Cscript%3E"),
    ],
)
def test_pages_of_iris(iri: str, page: str | None) -> None:
    assert page_of(iri) == page


def test_links_of_facts_are_anchors_of_their_article(client: httpx.Client) -> None:
    rows = client.get("/api/queries/cq24?below=1&format=json").json()["results"]["bindings"]
    facts = [row["fact"]["value"] for row in rows if HARBOUR in row["fact"]["value"]]
    assert len(facts) == 14
    text = client.get(f"/article/{HARBOUR}", headers={"Accept": "text/html"}).text
    for fact in facts:
        page = page_of(fact)
        assert page is not None
        assert f'id="{unquote(page.partition("#")[2])}"' in text


def test_health(client: httpx.Client) -> None:
    assert client.get("/health").json() == {
        "status": "ok", "version": __version__, "store_version": 1, "bulletins": 1, "articles": 2, "facts": 18,
    }  # fmt: skip


def test_the_catalogue(client: httpx.Client) -> None:
    found = client.get("/api/queries").json()
    assert [query["name"] for query in found] == list(catalogue())
    assert all(query["question"]["zh"] and query["question"]["en"] for query in found)


@pytest.mark.parametrize(
    ("form", "begin"), [("csv", b"measure"), ("json", b"{"), ("xlsx", b"PK"), ("xml", b"<?xml")]
)
def test_answers_to_download(client: httpx.Client, form: str, begin: bytes) -> None:
    response = client.get(f"/api/queries/cq05?region=江苏省&format={form}")
    assert response.status_code == 200
    assert response.content.startswith(begin)
    assert response.headers["content-disposition"].startswith(
        'attachment; filename="cq05-measures-in-region.'
    )


def test_an_answer_without_a_format_is_json(client: httpx.Client) -> None:
    response = client.get("/api/queries/cq05?region=320000")
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert len(response.json()["results"]["bindings"]) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/queries/none", 404), ("/api/queries/cq05?region=没有此地", 404), ("/api/queries/cq05?colour=red", 400),
        ("/api/queries/cq05?format=png", 400), ("/api/queries/cq12?by=soon", 400), ("/api/explain?s=R:310000", 400),
        ("/api/explain?s=没有此地&p=rp:partOf&o=R:320000", 404), ("/api/explain?s=R:310000&p=no:p&o=R:320000", 404),
        ("/api/explain?s=R:310000&p=rp:partOf&o=R:cn&format=png", 400),
        ("/api/explain?s=R:310000&p=rp:partOf&o=R:cn&lang=fr", 400),
    ],
)  # fmt: skip
def test_what_the_api_refuses_in_one_line(client: httpx.Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status, response.text
    assert response.text.count("\n") == 1


def test_explanations_as_json(client: httpx.Client) -> None:
    found = client.get("/api/explain", params={"s": "上海市", "p": "rp:cooperatesWith", "o": "江苏省"}).json()
    assert found[0]["rule"] == "regions-cooperate"
    text = json.dumps(found, ensure_ascii=False)
    assert f"article/{HARBOUR}" in text
    assert f"article/{HOSTILE}" not in text


@pytest.mark.parametrize(
    ("form", "kind", "start"),
    [
        ("text", "text/plain", "Shanghai — cooperates with — Jiangsu"), ("json", "application/json", "["),
        ("turtle", "text/turtle", "@prefix"), ("mermaid", "text/plain", "flowchart"),
        ("svg", "image/svg+xml", "<svg"),
    ],
)  # fmt: skip
def test_explanations_in_every_form(client: httpx.Client, form: str, kind: str, start: str) -> None:
    asked = {"s": "R:310000", "p": "rp:cooperatesWith", "o": "R:320000", "format": form, "lang": "en"}
    response = client.get("/api/explain", params=asked)
    assert response.headers["content-type"].partition(";")[0] == kind
    assert response.text.startswith(start)
    assert "neither within the other" in response.text or form == "svg"  # whose lines are short
    assert "because" in response.text or form in ("json", "turtle")


def test_an_explanation_s_graph_is_read_by_others(client: httpx.Client) -> None:
    asked = {"s": "R:310000", "p": "rp:cooperatesWith", "o": "R:320000", "format": "turtle"}
    graph = Graph().parse(data=client.get("/api/explain", params=asked).text, format="turtle")
    assert any(str(article).endswith(HARBOUR) for article in graph.objects(None, PROV.wasQuotedFrom))


def test_openapi_lists_what_machines_use(client: httpx.Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {
        "/sparql",
        "/health",
        "/api/explain",
        "/api/queries",
        "/api/queries/{name}",
        "/ns",
    } <= paths.keys()
    assert "/regions" not in paths
