"""The workbook: a sheet for each kind of fact, text that stays text, and columns that are explained."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from kg.exports import EXPORTS, Options
from kg.exports.sheets import SHEETS
from kg.ingest import base_quads
from kg.namespaces import ID
from kg.store import memory_store
from tests.kg.bulletins import FORMULA, GRAIN, HOSTILE, bulletin, fill, filled_store

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def data() -> bytes:
    return EXPORTS["xlsx"].write(filled_store(), Options())


@pytest.fixture(scope="module")
def sheets(data: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {page.title: records(page) for page in book if page.title != "说明 README"}


def records(page: Any) -> Rows:
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_every_kind_of_fact_has_its_sheet_and_every_fact_its_row(sheets: dict[str, Rows]) -> None:
    counts = {
        "地区 Regions": "regions", "主体 Actors": "actors", "文件 Documents": "documents", "项目 Programmes": "programs",
        "举措 Measures": "measures", "目标 Targets": "targets", "数字 Figures": "figures", "事件 Events": "events",
        "首个表述 First claims": "firsts", "文件关系 Document relations": "relations",
    }  # fmt: skip
    for title, kind in counts.items():
        expected = sum(len(getattr(article.facts, kind)) for article in bulletin().articles)
        assert len(sheets[title]) == expected > 0, title
    stated = [row for row in sheets["合作 Cooperations"] if row["依据 Basis"] == "原文 stated"]
    assert len(stated) == 4


def test_names_come_first_and_the_iri_last_in_both_languages(data: bytes) -> None:
    for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets[1:]:
        header = [str(cell.value) for cell in page[1]]
        assert header[-1] == "标识 IRI"
        assert header[0].split(" ")[-1] in ("Name", "Title", "Label", "Metric", "About")
        assert all(
            any(ord(c) > 0x3000 for c in name) and any(c.isascii() and c.isalpha() for c in name)
            for name in header
        )
        assert not str(page.cell(2, 1).value).startswith("http")


def test_rows_lead_to_quote_article_and_offsets(sheets: dict[str, Rows]) -> None:
    contents = {article.article.title: article.article.content for article in bulletin().articles}
    for title, rows in sheets.items():
        for row in rows:
            quote = contents[row["文章标题 Article"]][row["起 Start"] : row["止 End"]]
            assert row["原文 Quote"] == quote.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd"), title
            assert row["简报 Bulletin"] == "稻香简报"
            assert row["栏目 Section"] in ("区域协作", "企业动态")
            assert str(row["标识 IRI"]).startswith(ID)


def test_a_region_supplied_by_a_rule_is_marked(sheets: dict[str, Rows]) -> None:
    (row,) = sheets["举措 Measures"]
    assert row["适用地区 Regions"] is None
    assert row["推定地区 Regions by rule"] == "推定：安徽省"
    assert row["所载文件 Document"] == "皖稻种子补贴实施办法"
    (target,) = sheets["目标 Targets"]
    assert (target["适用地区 Regions"], target["数值 Value"], target["期限 Deadline"]) == (
        "上海市",
        12,
        "2025",
    )


def test_joint_issuance_that_a_rule_concluded_is_a_row_with_its_quote(sheets: dict[str, Rows]) -> None:
    (row,) = [row for row in sheets["合作 Cooperations"] if row["依据 Basis"] == "推定 by rule"]
    assert row["合作类型 Kind"] == "联合发文"
    assert row["原文 Quote"] == "《皖稻种子补贴实施办法》"
    assert row["置信度 Confidence"] is None
    (stated,) = [row for row in sheets["合作 Cooperations"] if row["名称 Name"] == GRAIN]
    assert stated["合作类型（英文） Kind (English)"] == "Agreement"
    assert stated["参与地区 Party regions"] == "上海市；江苏省；浙江省；安徽省"
    assert stated["原文称跨区域 Stated cross-region"] == "是 yes"


def test_text_is_never_a_formula_or_a_link(data: bytes, sheets: dict[str, Rows]) -> None:
    labels = {row["名称 Name"] for row in sheets["主体 Actors"]}
    assert FORMULA in labels
    assert HOSTILE not in labels
    assert "甲\ufffd乙<&\ufffd>公司" in labels
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in page or b"<hyperlink" in page for page in pages)


def test_the_readme_explains_every_column(data: bytes) -> None:
    page = openpyxl.load_workbook(io.BytesIO(data))["说明 README"]
    explained = {(row[0], row[1]) for row in page.iter_rows(values_only=True) if row[2] and row[3]}
    for sheet in SHEETS:
        assert {(sheet.title, column.heading) for column in sheet.columns} <= explained


def test_two_builds_give_the_same_bytes(data: bytes) -> None:
    again = memory_store(base_quads())
    fill(again)
    assert EXPORTS["xlsx"].write(again, Options()) == data


def test_an_empty_store_gives_a_workbook_of_headings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(EXPORTS["xlsx"].write(memory_store(), Options())))
    assert book.sheetnames == ["说明 README", *(sheet.title for sheet in SHEETS)]
    assert all(page.max_row == 1 for page in book.worksheets[1:])
