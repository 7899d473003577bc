"""Page and line: from a PDF to the graph, the JSON, the workbook and the page of the article."""

from __future__ import annotations

import io

import openpyxl
import pytest
from rdflib import RDF

from kg.analysis.reading import GraphReader
from kg.cli.build import read_facts
from kg.cli.extract import to_json
from kg.exports import EXPORTS, Options
from kg.ingest import Ingestion
from kg.mapping.terms import node
from kg.model import Bulletin
from kg.namespaces import RP
from kg.store import memory_store
from kg.store.base import OxigraphStore
from kg.web.article import facts_by_kind
from kg.web.reader import Reader
from kg.web.wording import Words
from loaders.read import read
from tests.corpus import small_base
from tests.loaders.formats.makers import Typesetter, make_pdf, squeeze, typeset

PAGES = typeset(Typesetter(gap=100))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Bulletin:
    path = tmp_path_factory.mktemp("pdf") / "week.pdf"
    path.write_bytes(make_pdf(PAGES))
    [text] = read(path)
    return read_facts(text)


@pytest.fixture(scope="module")
def store(loaded: Bulletin) -> OxigraphStore:
    filled = memory_store(small_base())
    Ingestion(filled).load(loaded)
    return filled


def test_each_quote_begins_on_its_page_and_line(store: OxigraphStore) -> None:
    reader = GraphReader(store)
    evidence = reader.subjects(RDF.type, RP.Evidence)
    pages = set()
    for found in map(reader.source, evidence):
        assert found is not None and found.page is not None and found.line is not None
        shown = squeeze(PAGES[found.page - 1][found.line - 1][3])
        words = squeeze(found.quote)
        assert any(words.startswith(shown[at : at + len(words)]) for at in range(len(shown)))
        pages.add(found.page)
    assert pages == {1, 2}


def test_the_json_keeps_the_pages_and_builds_the_same(loaded: Bulletin) -> None:
    for facts in loaded.articles:
        lines = to_json(facts, "week")["lines"]
        assert {line["page"] for line in lines} <= set(range(1, len(PAGES) + 1))
        assert [type(facts.article).model_validate(to_json(facts, "week")).lines] == [facts.article.lines]


def test_the_workbook_has_a_column_for_the_page(store: OxigraphStore) -> None:
    book = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].write(store, Options())))
    header, *rows = book["文件 Documents"].iter_rows(values_only=True)
    page, line = header.index("页 Page"), header.index("行 Line")
    assert rows
    for row in rows:
        assert isinstance(row[page], int) and isinstance(row[line], int)


def test_the_article_s_page_says_page_and_line(loaded: Bulletin, store: OxigraphStore) -> None:
    facts = facts_by_kind(Reader(store, "zh"), loaded.articles[0].article.key)
    place = facts["regions"][0].place
    assert (place.page, place.line) == ("1", "2")
    assert Words("zh")("page_line", page="3", n="12") == "第 3 页第 12 行"
    assert Words("en")("page_line", page="3", n="12") == "page 3, line 12"


def test_of_two_files_page_and_line_are_those_of_one(loaded: Bulletin) -> None:
    filled = memory_store(small_base())
    flat = [
        facts.model_copy(
            update={
                "article": facts.article.model_copy(
                    update={"lines": (facts.article.lines[0].model_copy(update={"page": None, "line": 900}),)}
                )
            }
        )
        for facts in loaded.articles
    ]
    Ingestion(filled).load(loaded)
    Ingestion(filled).load(loaded.model_copy(update={"key": "a-flat", "articles": flat}))
    reader = GraphReader(filled)
    sources = [reader.source(evidence) for evidence in reader.subjects(RDF.type, RP.Evidence)]
    assert {(source.page, source.line) for source in sources if source} == {(None, 900)}
    assert list(filled.quads(None, node(RP.page)))
