"""Scans and images, with the extra ``[ocr]`` and without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from kg.errors import InputError
from loaders.formats import images, ocr
from loaders.read import read
from tests.loaders.formats.makers import Typesetter, expected, make_scan, picture, squeeze, typeset

MAX_ERRORS = 0.02
"""Share of characters that may be wrong: measured 0.007 for this font and size."""


@pytest.fixture(scope="module")
def scan() -> bytes:
    [page] = make_scan(typeset(Typesetter()))
    return picture(page.convert("RGB").rotate(0.4, fillcolor=(255, 255, 255)), "PDF")


def distance(a: str, b: str) -> int:
    """How many characters are put in, left out or replaced between two texts."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def test_a_scanned_pdf_gives_the_bulletin_but_for_a_few_characters(tmp_path: Path, scan: bytes) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan)
    [bulletin] = read(path)
    found = [(a.section, a.title, [squeeze(t) for t in a.text.split("\n")]) for a, _ in bulletin.articles]
    assert [item[:2] for item in found] == [item[:2] for item in expected()]
    assert [len(body) for _, _, body in found] == [len(body) for _, _, body in expected()]
    right, got = ("".join("".join(body) for _, _, body in items) for items in (expected(), found))
    assert distance(got, right) <= MAX_ERRORS * len(right)
    assert {place.page for article, _ in bulletin.articles for place in article.lines} == {1}


def test_a_tiff_has_pages(tmp_path: Path) -> None:
    page = [
        (72.0, 700.0, 16.0, "甘肃启动节水试点"),
        (72.0, 670.0, 12.0, "近日，甘肃省启动节水试点，为期三年。"),
    ]
    first, second = make_scan([page, page], dpi=110)
    path = tmp_path / "scan.tif"
    path.write_bytes(picture(first, "TIFF", [second]))
    [bulletin] = read(path)
    assert [article.lines[0].page for article, _ in bulletin.articles] == [1, 2]


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        (['推进“三步走"，建设"两廊"。'], ["推进“三步走”，建设“两廊”。"]),
        (["“三", '步走"，"两'], ["“三", "步走”，“两"]),
        ([], []),
    ],
)
def test_straight_quotation_marks_are_curled(read_as: list[str], right: list[str]) -> None:
    assert ocr.curled(read_as) == right


def test_letters_on_a_transparent_ground_are_read(tmp_path: Path) -> None:
    page = [
        (72.0, 700.0, 16.0, "甘肃启动节水试点"),
        (72.0, 670.0, 12.0, "近日，甘肃省启动节水试点，为期三年。"),
    ]
    [grey] = make_scan([page], dpi=110)
    image = Image.new("RGBA", grey.size, (0, 0, 0, 255))
    image.putalpha(ImageOps.invert(grey))
    path = tmp_path / "clear.png"
    path.write_bytes(picture(image, "PNG"))
    [bulletin] = read(path)
    assert [article.title for article, _ in bulletin.articles] == ["甘肃启动节水试点"]


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
@pytest.mark.parametrize("missing", [["rapidocr_onnxruntime"], ["PIL", "rapidocr_onnxruntime"]])
def test_without_the_extra_the_message_names_it(
    tmp_path: Path, scan: bytes, monkeypatch: pytest.MonkeyPatch, name: str, missing: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(scan if name.endswith("pdf") else picture(make_scan([[]])[0], "PNG"))
    for module in missing:
        monkeypatch.setitem(sys.modules, module, None)
    ocr._load.cache_clear()
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert "pip install 'regpol[ocr]'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n no picture", "not an image"),
        (picture(make_scan([[]], dpi=40)[0], "PNG"), "no text found"),
        (picture(Image.new("L", (2000, 4), 255), "PNG"), "no text found"),
    ],
)
def test_an_image_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(data)
    with pytest.raises(InputError, match=why):
        read(path)


def test_an_image_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 1000)
    path = tmp_path / "large.png"
    path.write_bytes(picture(make_scan([[]])[0], "PNG"))
    with pytest.raises(InputError, match="the most is 1,000"):
        read(path)
