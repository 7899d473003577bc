"""Files of every format, made on the spot: the same bulletin as PDF, DOCX, HTML, scan and archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFont

BULLETIN = [
    ("要闻", "甘肃启动节水试点", ["近日，甘肃省水利厅启动节水试点，首批选定 12 个县（区），由省级财政给予补助，为期三年，并把节水成效纳入年度考核，每半年通报一次进展。", "试点县要在年底前完成方案编制，并向社会公布。"]),
    ("要闻", "兰州、西宁签署合作协议", ["8 月 3 日，两市签署《兰西城市群合作协议》。协议明确，共建物流通道，互认企业资质，推动社保服务“一网通办”，并建立联席会议制度，由两市发展改革委轮流召集。"]),
    ("动态", "青海发布方案“三步走”", ["青海省发布方案。方案提出，到 2030 年建成若干个示范园区，形成一批可以推广的经验和做法，并总结成册，供其他地区参考借鉴，同时继续完善配套的服务体系。"]),
]  # fmt: skip
"""Sections, titles and paragraphs, in their order."""

_FONT_FILES = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-zenhei.ttc")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")


def expected() -> list[tuple[str | None, str, list[str]]]:
    """What every format of the bulletin must give, white space aside."""
    return [(section, title, [squeeze(text) for text in body]) for section, title, body in BULLETIN]


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@dataclass
class Typesetter:
    """Sets blocks on A4 pages, in points: sections in 20, titles in 16, text in 12 with an indent of two characters."""

    indent: float = 24
    gap: float = 6
    running: str = ""
    pages: list[list[tuple[float, float, float, str]]] = field(default_factory=list)
    _y: float = 0

    def put(self, text: str, size: float, indent: float = 0) -> None:
        """Wrap a block at the margin and set it, on a new page where it does not fit."""
        left, right = 72.0, 523.0
        x, line = left + indent, ""
        for character in text:
            width = size / 2 if character.isascii() else size
            if x + size * sum(0.5 if c.isascii() else 1 for c in line) + width > right:
                self._line(x, size, line)
                x, line = left, ""
            line += character
        self._line(x, size, line)
        self._y -= self.gap

    def _line(self, x: float, size: float, text: str) -> None:
        if not self.pages or self._y < 90:
            self.pages.append([])
            self._y = 770
            if self.running:
                self.pages[-1].append((72, 810, 9, self.running))
                self.pages[-1].append((290, 40, 9, f"- {len(self.pages)} -"))
        self.pages[-1].append((x, self._y, size, text))
        self._y -= size * 1.5


def typeset(typesetter: Typesetter, *, repeat: int = 1) -> list[list[tuple[float, float, float, str]]]:
    """The bulletin's pages: (x, y from below, size, text) of each line."""
    for _ in range(repeat):
        section = ""
        for heading, title, paragraphs in BULLETIN:
            if heading != section:
                typesetter.put(heading, 20)
            section = heading
            typesetter.put(title, 16)
            for paragraph in paragraphs:
                typesetter.put(paragraph, 12, typesetter.indent)
    return typesetter.pages


def make_pdf(pages: Iterable[Iterable[tuple[float, float, float, str]]], *, locked: bool = False) -> bytes:
    """A PDF with a text layer in STSong-Light, a font that readers know and files need not hold."""
    contents = [
        b"".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n".encode("ascii")
            for x, y, size, text in page
        )
        for page in pages
    ]
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode("ascii"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> >>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {6 + 2 * i} 0 R >>".encode("ascii")
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _pdf_file(objects, locked)


def _pdf_file(objects: list[bytes], locked: bool) -> bytes:
    file = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = b""
    if locked:  # keys that no empty password opens
        key = b"<" + b"41" * 32 + b">"
        lock = b" /ID [<41> <41>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (key, key)
    file += b"trailer << /Size %d /Root 1 0 R%s >>\n" % (len(objects) + 1, lock)
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % start)


def make_docx(*, styled: bool = True, table: bool = False) -> bytes:
    """The bulletin as DOCX: with the styles of headings, or with titles that are merely bold."""
    document = docx.Document()
    section = ""
    for heading, title, paragraphs in BULLETIN:
        for level, text in ((1, heading), (2, title)):
            if level == 2 or text != section:
                if styled:
                    document.add_heading(text, level)
                else:
                    document.add_paragraph().add_run(text).bold = True
        section = heading
        for paragraph in paragraphs:
            if table:
                document.add_table(1, 1).cell(0, 0).text = paragraph
            else:
                document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_html() -> str:
    """The bulletin as a page with a menu, scripts, entities and a footer around it."""
    parts = []
    section = ""
    for heading, title, paragraphs in BULLETIN:
        parts += [f"<h2>{heading}</h2>"] if heading != section else []
        section = heading
        parts.append(f"<h3><a href='#'>{title}</a></h3>")
        parts += [
            f"<p>\n  &#12288;&nbsp;{text[:9]}\n  <b>{text[9:12]}</b>{text[12:]}</p>" for text in paragraphs
        ]
    body = "\n".join(parts)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>周报-某网站</title><style>p{}</style></head><body>"
        "<nav><ul><li><a href='/'>首页。</a></li></ul></nav><script>var a = '不是正文。';</script>"
        f"<ul><li><a href='/1'>更多栏目</a></li></ul><div>{body}</div><p style='display:none'>隐藏的话。</p>"
        "<footer><p>版权所有。</p></footer></body></html>"
    )


def font(size: int) -> ImageFont.FreeTypeFont:
    """A font with Chinese characters (``make test`` installs Debian's fonts-noto-cjk)."""
    for name in _FONT_FILES:
        for folder in _FONT_FOLDERS:
            for found in sorted(Path(folder).rglob(name)):
                return ImageFont.truetype(str(found), size)
    raise FileNotFoundError(f"no font with Chinese characters: {', '.join(_FONT_FILES)}")


def make_scan(
    pages: Iterable[Iterable[tuple[float, float, float, str]]], *, dpi: int = 150
) -> list[Image.Image]:
    """The pages as grey pictures, as a scanner gives them."""
    scale = dpi / 72
    images = []
    for page in pages:
        image = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
        draw = ImageDraw.Draw(image)
        for x, y, size, text in page:
            draw.text((x * scale, (842 - y - size) * scale), text, font=font(round(size * scale)), fill=20)
        images.append(image)
    return images


def picture(image: Image.Image, form: str, more: Iterable[Image.Image] = ()) -> bytes:
    """The bytes of a picture, or of a file with several."""
    file = io.BytesIO()
    rest = list(more)
    if rest:
        image.save(file, form, save_all=True, append_images=rest)
    else:
        image.save(file, form)
    return file.getvalue()


def make_zip(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def as_text() -> str:
    """The bulletin as plain text, a paragraph a line."""
    lines = []
    section = ""
    for heading, title, paragraphs in BULLETIN:
        lines += [heading] if heading != section else []
        lines += [title, *paragraphs]
        section = heading
    return "\n".join(lines) + "\n"
