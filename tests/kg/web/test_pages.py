"""Pages: every one in both languages, what it must say, what it must escape, and what it answers to nonsense."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from tests.kg.web.bulletin import HARBOUR, HOSTILE, HOSTILE_TITLE, PLAN

EXPLAIN = "/explain?s=R:310000&p=rp:cooperatesWith&o=R:320000"
PAGES = [
    "/", "/articles", "/articles?bulletin=web-sample", f"/article/{HARBOUR}", f"/article/{HOSTILE}", "/regions",
    "/regions?q=苏州", "/actors", "/actors?q=交通", "/region/310000", "/region/320500", "/region/yangtze-delta",
    "/region/cn", "/actor/320000-transport", "/cooperation", "/queries", "/queries/cq01", "/queries/cq12?by=2030-01-01",
    "/queries/cq08-instrument-mix", "/sparql", "/sparql?query=ASK{}", "/sparql?query=SELECT * {?s a rp:Measure}",
    "/explain", EXPLAIN, "/api", "/ns", "/doc/region/310000", "/concept/instrument/standard", "/concept/instrument",
    "/rule/default-region", f"/doc/article/{HARBOUR}",
]  # fmt: skip
"""Every page there is, each kind at least once. Browser tests look at the same."""

HTML = {"Accept": "text/html"}


def page(client: httpx.Client, path: str, lang: str = "zh", status: int = 200) -> str:
    """The text of a page, which must have the status."""
    response = client.get(path, headers={**HTML, "Accept-Language": lang})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "tag", "switch"), [("zh", "zh-CN", "English"), ("en", "en", "中文")])
def test_every_page_in_both_languages(
    client: httpx.Client, path: str, lang: str, tag: str, switch: str
) -> None:
    text = page(client, path, lang)
    assert f'<html lang="{tag}">' in text
    assert switch in text
    assert "<h1" in text


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(client: httpx.Client, path: str) -> None:
    for href in set(re.findall(r'(?:href|src|action)="([^"]*)"', page(client, path))):
        target = unescape(href)
        assert target.startswith(("/", "#", "?", "https://", "http://")), target
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in page(client, path)


def test_pages_linked_from_an_article_and_a_region_exist(client: httpx.Client) -> None:
    found = {
        unescape(href).partition("#")[0]
        for path in (f"/article/{HARBOUR}", "/region/310000", "/region/320000", "/cooperation", "/")
        for href in re.findall(r'href="(/[^"]*)"', page(client, path))
    }
    assert len(found) > 30
    for path in sorted(found):
        assert client.get(path, headers=HTML).status_code == 200, path


def test_the_language_is_chosen_by_the_address_then_the_cookie_then_the_header(client: httpx.Client) -> None:
    english = client.get("/", headers={"Accept-Language": "fr, en-GB;q=0.8, zh;q=0.2"})
    assert english.headers["content-language"] == "en"
    assert client.get("/", headers={"Accept-Language": "fr"}).headers["content-language"] == "zh"
    chosen = client.get("/?lang=en", headers={"Accept-Language": "zh"})
    assert chosen.headers["content-language"] == "en"
    assert chosen.cookies["lang"] == "en"
    assert client.get("/", headers={"Accept-Language": "zh"}).headers["content-language"] == "en"
    assert client.get("/?lang=xx").headers["content-language"] == "en"


def test_the_switch_keeps_the_question(client: httpx.Client) -> None:
    assert 'href="?q=%E8%8B%8F%E5%B7%9E&amp;lang=en"' in page(client, "/regions?q=苏州")


def test_home_says_how_much_there_is_and_how_well_it_was_read(client: httpx.Client) -> None:
    text = page(client, "/", "en")
    assert re.search(r"Articles</dt><dd>2<", text)
    assert "What it still misses most: Targets (0.51), Measures (0.75)" in text
    assert '<td class="number">0.79</td>' in text


def test_an_article_shows_each_fact_with_its_place_and_the_quality_of_its_kind(client: httpx.Client) -> None:
    text = page(client, f"/article/{HARBOUR}", "en")
    facts = re.findall(r'<li id="([\w-]+)" class="fact" data-q="(q\d+-\d+)">', text)
    assert len(facts) == 14
    for _, place in facts:
        assert f'<a class="place" id="{place}"></a>' in text
        assert f'href="#{place}"' in text
    assert re.search(
        r'Measures <span class="meta">2 · \s*this kind on the test set: Precision 0.79 · Recall 0.75', text
    )
    assert re.search(r'Figures <span class="meta">1 · \s*Not measured', text)
    assert "≥ 12,000–15,000 艘" in text
    assert "Fiscal subsidy" in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("待核", "未写明事件日期。", "已载入，不明", "第 4 行")),
        ("en", ("In doubt", "The date of the event is not stated.", "loaded, unclear", "line 4")),
    ],
)
def test_an_article_shows_what_is_in_doubt_with_its_words(
    client: httpx.Client, lang: str, said: tuple[str, ...]
) -> None:
    text = page(client, f"/article/{HOSTILE}", lang)
    doubts = text[text.index('<section id="doubts">') :]
    assert [words for words in said if words not in doubts] == []
    [(anchor, place)] = re.findall(r'<li id="(doubt-\w+)" class="fact" data-q="(q\d+-\d+)">', doubts)
    assert f'<a class="place" id="{place}"></a>' in text
    assert "一次办结" in doubts
    key = anchor.removeprefix("doubt-")
    assert said[1] in page(client, f"/doc/doubt/{HOSTILE}/{key}", lang)
    assert '<section id="doubts">' not in page(client, f"/article/{HARBOUR}", lang)


def test_overlapping_quotes_are_marked_in_place(client: httpx.Client) -> None:
    text = page(client, f"/article/{HARBOUR}")
    both = re.search(r'<mark class="depth2" data-q="(q\d+-\d+) (q\d+-\d+)">补贴新能源船舶改造</mark>', text)
    assert both is not None
    assert f'data-q="{both.group(1)}">提出</mark>' in text
    assert f'data-q="{both.group(1)}">，并统一船闸收费标准</mark>' in text


def test_a_region_by_default_is_marked_and_explained(client: httpx.Client) -> None:
    text = page(client, f"/article/{HARBOUR}")
    found = re.search(r'>江苏省</a>\s*<a class="why" href="([^"]+)">推定地区', text)
    assert found is not None
    explanation = page(client, unescape(found.group(1)))
    assert "推定地区" in explanation
    assert PLAN in explanation
    assert text.count("推定地区") == 1, "a region that the text states is not marked"


def test_a_region_shows_measures_targets_cooperations_documents_and_ties(client: httpx.Client) -> None:
    text = page(client, "/region/320000", "en")
    for id in (
        "articles_about",
        "measures",
        "targets",
        "cooperations",
        "documents",
        "agencies",
        "inferred_ties",
    ):
        assert f'<section id="{id}">' in text, id
    assert "Jiangsu" in text
    assert "320000" in text
    tie = text[text.index('id="inferred_ties"') :]
    assert "Shanghai" in tie
    assert "inferred · why" in tie


def test_a_region_that_no_article_names_has_its_page(client: httpx.Client) -> None:
    assert "拉萨市" in page(client, "/region/540100")


def test_ties_are_listed_by_kind(client: httpx.Client) -> None:
    text = page(client, "/cooperation")
    assert re.search(r"上海市</a>.*江苏省</a>.*内河航运合作备忘录", text, re.DOTALL)


def test_an_explanation_goes_down_to_quotes_that_lead_into_the_text(client: httpx.Client) -> None:
    text = page(client, EXPLAIN)
    assert "地区之间的合作" in text
    quotes = re.findall(rf'<blockquote>.*?href="(/article/{HARBOUR}#q\d+-\d+)"', text, re.DOTALL)
    assert quotes
    assert f'id="{quotes[0].partition("#")[2]}"' in page(client, quotes[0])


def test_an_explanation_has_a_picture_and_files(client: httpx.Client) -> None:
    text = page(client, EXPLAIN, "en")
    [picture] = re.findall(r'<img src="([^"]+)" alt="[^"]+"', text)
    drawing = client.get(unescape(picture))
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert "Shanghai" in drawing.text
    files = [unescape(href) for href in re.findall(r'href="(/api/explain[^"]+)"', text)]
    assert len(files) == 5
    assert all(client.get(href).status_code == 200 for href in files)
    assert "<img" not in page(client, "/explain")


@pytest.mark.parametrize(
    "path", ["/explain?s=没有此地&p=rp:partOf&o=R:320000", "/explain?s=R:310000&p=rp:partOf&o=R:320000"]
)
def test_what_cannot_be_explained_is_said_in_one_line(client: httpx.Client, path: str) -> None:
    assert 'role="alert"' in page(client, path, status=404)


def test_search_finds_by_any_name_and_puts_the_nearest_first(client: httpx.Client) -> None:
    text = page(client, "/regions?q=苏州")
    assert text.index(">苏州市<") < text.index(">苏州工业园区<")
    assert page(client, "/regions?q=%3Cscript%3E", "en").count("<script") == 1
    assert ">Suzhou" in page(client, "/regions?q=suzhou", "en")


def test_questions_run_with_their_parameters(client: httpx.Client) -> None:
    text = page(client, "/queries/cq12?by=2030-12-31&since=2020-01-01&region=江苏省")
    assert "新能源船舶" in text
    assert 'value="江苏省"' in text
    assert '<th scope="col">期限</th>' in text
    assert "format=xlsx" in text
    empty = page(client, "/queries/cq12?by=2000-01-01")
    assert "没有结果" in empty


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/cq12?by=someday", 400),
        ("/queries/cq01?region=没有此地", 404),
        ("/queries/cq01?region=", 400),
    ],
)
def test_a_wrong_parameter_is_said_beside_the_form(client: httpx.Client, path: str, status: int) -> None:
    text = page(client, path, status=status)
    assert 'role="alert"' in text
    assert "<form" in text


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/article/none", "/region/000000", "/actor/x", "/document/x", "/programme/x", "/cooperation/x",
     "/queries/none", "/articles?bulletin=none", "/doc/region/000000", "/id/region/000000", "/concept/none", "/rule/none"],
)  # fmt: skip
def test_what_is_not_there_is_404_in_both_languages(client: httpx.Client, path: str) -> None:
    assert "没有找到" in page(client, path, "zh", 404)
    assert "Not found" in page(client, path, "en", 404)
    plain = client.get(path, headers={"Accept": "*/*"})
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.text.count("\n") == 1


def test_wrong_use_is_one_line(client: httpx.Client) -> None:
    assert client.get("/articles?page=many").status_code == 400
    assert client.delete("/sparql").status_code == 405
    assert client.get("/articles?page=-3").status_code == 200
    assert client.get("/articles?page=99").status_code == 200


@pytest.mark.parametrize(
    "path", [f"/article/{HOSTILE}", "/articles", "/", "/region/320500", "/actors", f"/doc/article/{HOSTILE}"]
)
def test_markup_in_a_bulletin_stays_text(client: httpx.Client, path: str) -> None:
    text = page(client, path)
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "<b>办法" not in text
    if path != "/actors":
        assert "&lt;" in text


def test_the_hostile_title_is_shown_as_it_is(client: httpx.Client) -> None:
    assert HOSTILE_TITLE in unescape(page(client, f"/article/{HOSTILE}"))


def test_every_response_carries_the_security_headers(client: httpx.Client) -> None:
    for path in ("/", "/static/style.css", "/nowhere", "/sparql?query=broken", "/health"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_pages_need_nothing_from_elsewhere(client: httpx.Client) -> None:
    for path in PAGES:
        for source in re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', page(client, path)):
            assert source.startswith(("/", "?")), source
        assert "style=" not in page(client, path)
    assert client.get("/static/style.css").status_code == 200
    assert client.get("/static/page.js").status_code == 200
    assert client.get("/static/icon.svg").status_code == 200


def test_head_is_get_without_its_body(client: httpx.Client) -> None:
    head, get = client.head("/regions"), client.get("/regions")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    ("lang", "path", "told"),
    [
        ("zh", "/queries/cq07", "所用参数：地区 = 江苏省（默认值）"),
        ("en", "/queries/cq07", "Asked with: region = Jiangsu (default)"),
        (
            "zh",
            "/queries/cq03?other=浙江省",
            "地区 = 上海市（默认值）；另一地区 = 浙江省；截至某日 = （不限）",
        ),
        ("en", "/queries/cq08", "Asked with: level = Province (default)"),
    ],
)
def test_a_question_tells_what_it_was_asked_with(
    client: httpx.Client, lang: str, path: str, told: str
) -> None:
    assert told in page(client, path, lang=lang)


def test_a_question_without_parameters_tells_none(client: httpx.Client) -> None:
    assert "所用参数" not in page(client, "/queries/explore-classes")
