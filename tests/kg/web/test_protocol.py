"""``/sparql``: the protocol's ways in, formats out, what is refused and how."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest

from kg.web import Limits, create_app, fixed_view
from tests.kg.web.bulletin import filled_store
from tests.kg.web.serving import serving

SELECT = "SELECT ?s ?i WHERE { ?s a <https://w3id.org/regpol/ns#Measure> ; <https://w3id.org/regpol/ns#instrument> ?i }"
ASK = "ASK { ?s a <https://w3id.org/regpol/ns#Measure> }"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/regpol/ns#Measure> }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}
SLOW = """PREFIX rp: <https://w3id.org/regpol/ns#> SELECT (COUNT(*) AS ?n) {
  ?a a rp:Region . ?b a rp:FunctionalZone VALUES ?c { 1 2 3 4 5 6 7 8 }
  FILTER(CONCAT(STR(?a), STR(?b), STR(?c)) = "no region") }"""
"""About fifteen million rows: some seconds, so that its thread soon ends."""


def bindings(response: httpx.Response) -> int:
    """How many rows a JSON result has."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    return len(json.loads(response.text)["results"]["bindings"])


def test_three_ways_to_send_a_query(client: httpx.Client) -> None:
    assert bindings(client.get("/sparql", params={"query": SELECT})) == 3
    assert bindings(client.post("/sparql", data={"query": SELECT})) == 3
    direct = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    assert bindings(client.post("/sparql", content=SELECT, headers=direct)) == 3


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (ASK, "application/xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_results_come_as_accept_asks(
    client: httpx.Client, query: str, accept: str, content_type: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("query", "form", "content_type"),
    [
        (SELECT, "csv", "text/csv"),
        (CONSTRUCT, "jsonld", "application/ld+json"),
        (SELECT, "xlsx", "application/vnd.open"),
    ],
)
def test_format_overrules_accept(client: httpx.Client, query: str, form: str, content_type: str) -> None:
    response = client.get("/sparql", params={"query": query, "format": form}, headers=BROWSER)
    assert response.headers["content-type"].startswith(content_type)


@pytest.mark.parametrize(
    "query",
    ["SELECT", "", "SELECT * { ?s ?p }", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "LOAD <http://127.0.0.1/>",
     "INSERT DATA { <http://a/> <http://b/> 1 }", "DROP ALL", "SELECT (<http://no.example/f>(1) AS ?x) {}"],
)  # fmt: skip
def test_what_is_no_query_is_400_in_one_line(client: httpx.Client, query: str) -> None:
    response = client.get("/sparql", params={"query": query})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.count("\n") == 1
    assert len(response.text) > 10


@pytest.mark.parametrize(
    "body",
    [{}, {"query": [SELECT, SELECT]}, {"update": "CLEAR ALL"}, {"query": SELECT, "default-graph-uri": "http://a/"},
     {"query": SELECT, "format": "nonsense"}, {"query": SELECT, "format": "turtle"}],
)  # fmt: skip
def test_wrong_parameters_are_400(client: httpx.Client, body: dict[str, str]) -> None:
    assert client.post("/sparql", content=urlencode(body, doseq=True), headers=FORM).status_code == 400


def test_other_refusals(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"}).status_code == 406
    assert (
        client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": "text/csv"}).status_code == 406
    )
    assert client.post("/sparql", content=SELECT, headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/sparql", content=SELECT).status_code == 415
    update = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content="CLEAR ALL", headers=update).status_code == 415
    direct = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"SELECT \xff", headers=direct).status_code == 400
    assert client.post("/sparql", content=b"query=%FF", headers=FORM).status_code == 400
    assert client.post("/sparql", content=b"#" * 1_000_001, headers=direct).status_code == 413


def test_a_browser_may_ask_from_another_site(client: httpx.Client) -> None:
    response = client.options("/sparql", headers={"Origin": "http://a.example"})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]


def test_without_a_query_machines_get_a_description_and_people_a_page(client: httpx.Client) -> None:
    turtle = client.get("/sparql")
    assert turtle.headers["content-type"].startswith("text/turtle")
    said = {
        triple.predicate.value.rpartition("#")[2] for triple in ox.parse(turtle.text, ox.RdfFormat.TURTLE)
    }
    assert {"endpoint", "supportedLanguage", "resultFormat", "feature"} <= said
    assert (
        client.get("/sparql", headers={"Accept": "application/ld+json"})
        .headers["content-type"]
        .endswith("json")
    )
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    assert "<textarea" in client.get("/sparql", headers=BROWSER).text


def test_the_page_shows_rows_errors_and_answers(client: httpx.Client) -> None:
    rows = client.get("/sparql", params={"query": "SELECT ?s { ?s a rp:Measure }"}, headers=BROWSER)
    assert rows.status_code == 200
    assert "补贴船舶改造" in rows.text
    assert "format=csv" in rows.text
    wrong = client.get("/sparql", params={"query": "SELECT </textarea><script>"}, headers=BROWSER)
    assert wrong.status_code == 400
    assert "</textarea><script>" not in wrong.text
    assert (
        'class="answer">是<'
        in client.get("/sparql", params={"query": ASK, "lang": "zh"}, headers=BROWSER).text
    )
    graph = client.get("/sparql", params={"query": CONSTRUCT}, headers=BROWSER)
    assert "format=turtle" in graph.text


def test_the_default_graph_is_the_union(client: httpx.Client) -> None:
    inside = "SELECT ?s ?i { GRAPH ?g { ?s a <https://w3id.org/regpol/ns#Measure> } }"
    assert bindings(client.get("/sparql", params={"query": inside})) == 3


def test_a_query_past_its_deadline_is_503_and_pages_are_served_meanwhile() -> None:
    app = create_app(fixed_view(filled_store()), quality={}, limits=Limits(seconds=0.3, concurrent=1))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        late = client.get("/sparql", params={"query": SLOW})
        assert late.status_code == 503
        assert "longer than 0.3 s" in late.text
        assert late.headers["retry-after"] == "5"
        # the slot is still taken by the query that nobody waits for
        busy = client.get("/sparql", params={"query": ASK})
        assert busy.status_code == 503
        assert client.get("/articles").status_code == 200
        assert client.get("/health").status_code == 200


def test_more_rows_than_the_limit_are_refused_not_cut() -> None:
    app = create_app(fixed_view(filled_store()), quality={}, limits=Limits(rows=2, page_rows=1))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        refused = client.get("/sparql", params={"query": SELECT})
        assert refused.status_code == 400
        assert "more than 2 rows" in refused.text
        assert bindings(client.get("/sparql", params={"query": SELECT + " LIMIT 2"})) == 2
        shown = client.get("/sparql", params={"query": SELECT, "lang": "en"}, headers=BROWSER)
        assert "Only the first 1 rows are shown" in shown.text
