"""Bytes in, characters out, or one line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from loaders.decoding import MAX_LINE, read_text

TEXT = "浙江省发布通知\n近日，浙江省发布通知。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes("甲\r\n乙\r丙".encode())
    assert read_text(path) == "甲\n乙\n丙"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        (bytes(range(128, 256)) * 20, "not gb18030"),
        (b"\xe4" * (MAX_LINE + 1), "characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert "odd.txt" in str(caught.value)
    assert "\n" not in str(caught.value)
    if why != "characters":
        assert why in str(caught.value)


def test_one_endless_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("标题\n" + "长" * (MAX_LINE + 1), encoding="utf-8")
    with pytest.raises(InputError, match="line 2 has 1,000,001 characters"):
        read_text(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)
