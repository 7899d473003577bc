"""Damaged files of every format are read or refused with a message of one line; nothing else ever comes out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from loaders.read import read
from tests.loaders.formats.makers import (
    Typesetter,
    as_text,
    make_docx,
    make_html,
    make_pdf,
    make_scan,
    make_zip,
    picture,
    typeset,
)

WHOLE: dict[str, bytes] = {
    "a.pdf": make_pdf(typeset(Typesetter())),
    "a.docx": make_docx(),
    "a.html": make_html().encode("utf-8"),
    "a.zip": make_zip({"a.txt": as_text(), "b.html": make_html()}),
}
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def damage(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes cut short, or with some of them replaced."""
    if draw(st.booleans()):
        return data[: draw(st.integers(0, len(data) - 1))]
    places = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=20)
    changed = bytearray(data)
    for at, value in draw(places):
        changed[at] = value
    return bytes(changed)


def read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        assert read(path)
    except InputError as error:
        assert str(error).startswith(str(path))
        assert "\n" not in str(error)


@pytest.mark.parametrize("name", WHOLE)
@QUIET
@given(data=st.data())
def test_damaged_files(tmp_path: Path, name: str, data: st.DataObject) -> None:
    read_or_refuse(tmp_path / name, data.draw(damage(WHOLE[name])))


@QUIET
@given(data=st.data())
def test_a_document_whose_parts_are_damaged(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE["a.docx"])) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name.endswith((".xml", ".rels"))]))
    part = parts.pop(name)
    if data.draw(st.booleans()):
        assert isinstance(part, bytes)
        parts[name] = data.draw(damage(part))
    read_or_refuse(tmp_path / "a.docx", make_zip(parts))


@pytest.mark.parametrize("form", ["PNG", "TIFF", "JPEG", "BMP"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_pictures(tmp_path: Path, form: str, data: st.DataObject) -> None:
    blank = picture(make_scan([[]], dpi=8)[0], form)
    read_or_refuse(tmp_path / f"a.{form.lower()}", data.draw(damage(blank)))
