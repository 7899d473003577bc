"""Folders and archives: everything in order, and nothing an archive says of itself is believed."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError
from loaders.formats import archive
from loaders.read import read, read_all
from tests.loaders.formats.makers import (
    BULLETIN,
    Typesetter,
    as_text,
    make_docx,
    make_html,
    make_pdf,
    make_zip,
    typeset,
)

FILES: dict[str, bytes | str] = {
    "b/2.html": make_html(),
    "a.txt": as_text(),
    "b/1.docx": make_docx(),
    "c.pdf": make_pdf(typeset(Typesetter())),
    "left alone.xlsx": b"PK",
    ".hidden.txt": "nonsense",
    "__MACOSX/a.txt": "nonsense",
}
KEYS = ["a", "1", "2", "c"]


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name, content in FILES.items():
        if not name.startswith("__MACOSX"):
            write(tmp_path / name, content)
    found = read(tmp_path)
    assert [bulletin.key for bulletin in found] == KEYS
    assert {len(bulletin.articles) for bulletin in found} == {len(BULLETIN)}


def test_an_archive_gives_what_the_folder_gives(tmp_path: Path) -> None:
    path = write(tmp_path / "all.zip", make_zip(FILES))
    assert [bulletin.key for bulletin in read(path)] == KEYS
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.zip"]


def test_an_archive_in_a_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path / "in" / "x.zip", make_zip({"a.txt": as_text()}))
    write(tmp_path / "in" / "y.txt", as_text())
    assert [bulletin.key for bulletin in read_all([tmp_path / "in"])] == ["a", "y"]


@pytest.mark.parametrize("packed", [True, False])
def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path, packed: bool) -> None:
    names = ["2023/08.txt", "2024/08.txt", "2024/09.txt"]
    for name in names:
        write(tmp_path / "in" / name, as_text())
    path = (
        write(tmp_path / "in.zip", make_zip(dict.fromkeys(names, as_text()))) if packed else tmp_path / "in"
    )
    assert [bulletin.key for bulletin in read_all([path])] == ["2023-08", "2024-08", "09"]


def test_two_forms_of_one_bulletin_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", as_text())
    write(tmp_path / "a.html", make_html())
    with pytest.raises(InputError, match="already is the bulletin"):
        read_all([tmp_path])


def test_no_path_of_an_archive_is_used(tmp_path: Path) -> None:
    names = ["../../up.txt", "/abs.txt", "C:\\win\\drive.txt"]
    path = write(tmp_path / "in" / "evil.zip", make_zip(dict.fromkeys(names, as_text())))
    assert {bulletin.key for bulletin in read(path)} == {"up", "abs", "drive"}
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["evil.zip", "in"]


def test_names_that_chinese_windows_wrote_are_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("XXXX.txt", as_text())
    named = file.getvalue().replace(b"XXXX.txt", "周报".encode("gb18030") + b".txt")
    [bulletin] = read(write(tmp_path / "gbk.zip", named))
    assert bulletin.title == "周报"


def test_a_link_in_an_archive_is_left_alone(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/hostname")
        packed.writestr("a.txt", as_text())
    assert [bulletin.key for bulletin in read(write(tmp_path / "link.zip", file.getvalue()))] == ["a"]


def locked() -> bytes:
    """An archive whose entry says that it is encrypted (the flag in both its headers)."""
    data = bytearray(make_zip({"a.txt": as_text()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying() -> bytes:
    """An archive whose entry declares fewer bytes than it unpacks to."""
    data = bytearray(make_zip({"a.txt": as_text() * 50}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04 no more than a beginning", "a broken archive"),
        (b"", "a broken archive"),
        (make_zip({"a.txt": as_text()})[:-30], "a broken archive"),
        (make_zip({"a.txt": as_text()}).replace(b"\x08\x00", b"\x63\x00"), "cannot be unpacked"),
        (lying(), "cannot be unpacked"),
        (locked(), "a.txt is encrypted"),
        (make_zip({"in.zip": make_zip({})}), "holds another archive, in.zip"),
        (make_zip({"in.txt": make_zip({"a.txt": as_text()})}), "holds another archive, in.txt"),
        (make_zip({"zero.txt": b"0" * 5_000_000}), "unpacks to more than 200 times its size"),
        (make_zip({"read me.xyz": "a"}), "holds no file that can be read"),
        (make_zip({"a.txt": "近日，发布办法。"}), "a.txt: no article found"),
    ],
)
def test_an_archive_that_is_no_good_is_refused_in_one_line(tmp_path: Path, data: bytes, why: str) -> None:
    path = write(tmp_path / "x.zip", data)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("limit", "value", "why"),
    [
        ("MAX_MEMBERS", 1, "2 files in the archive"),
        ("MAX_MEMBER", 100, "a.txt has"),
        ("MAX_TOTAL", 1500, "when unpacked"),
    ],
)
def test_the_limits_of_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, why: str
) -> None:
    monkeypatch.setattr(archive, limit, value)
    path = write(tmp_path / "x.zip", make_zip({"a.txt": as_text(), "b.txt": as_text()}))
    with pytest.raises(InputError, match=why):
        read(path)


def test_a_document_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER", 20_000)
    with pytest.raises(InputError, match="20,000"):
        read(write(tmp_path / "big.docx", make_docx()))


def test_a_folder_without_files_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file that can be read"):
        read(tmp_path)
