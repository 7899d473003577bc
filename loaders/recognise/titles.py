"""Titles of documents: their last words and kinds, those in 《》, nested ones too, and the short forms for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast, get_args

from kg.identifiers import fold_name
from kg.model import DocumentKind
from loaders.lexicon import read_table, read_words
from loaders.reading import Reading

_EDITION = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]$|[“”]$")
_DEFINED = re.compile(
    r"[》”]?[（(](?:以下|下文|下)?(?:统一)?简?称(?:为)?[:：]?[《“\"]?([^》”\"）)]{2,20})[》”\"]?[）)]"
)
_SHORT = 12
_ABBREVIATION = 6
_HEADLINE = 0.7
_LEAST = 5
_UNKNOWN = 0.5
OFFICIAL_TITLE = re.compile(
    r"^(?P<issuer>(?:(?!出台|印发|发布|公布|通过|签署|推出|审议|召开|解读|[，：《“]).){0,40}?)关于.+(?:批复|通知|意见|决定|公告|通告|办法|函|规定|通报|方案|规划|措施|细则)$"
)
_NO_NOUN = "(?!会|厅|者|仪式|机关|单位|平台)"
_MEDIA = re.compile(r"(?:据|报|杂志|电影|歌曲|图书|节目|栏目|作品|专著|著作|纪录片|剧)\Z")
_TITLE_VERB = re.compile(
    r"修订|修改|批复|同意|制定|编制|起草|提交|公开|召开|开展|首|拟|出台|印发|发布|公布|施行|实施(?!方案|意见|细则|办法|规划)|通过|审议|签|获批|征求|解读|明确|推出|落地|[，：？！“”]|将"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title at one place, in folded coordinates without its 《》. ``quoted`` tells whether it stands in 《》."""

    start: int
    end: int
    quoted: bool
    confidence: float


_BRACKETS = re.compile("[《》\n]")


@cache
def heads() -> dict[str, dict[str, str]]:
    """The last words of titles, the longest first."""
    rows = sorted(read_table("document_heads"), key=lambda row: -len(row["head"]))
    return {row["head"]: row for row in rows}


@cache
def _head_words() -> tuple[str, ...]:
    return tuple(heads())


def head_of(title: str) -> str | None:
    """The last word of a title, edition and number (协议二) left out; None where it is no word for a document."""
    bare = strip_edition(title).rstrip("一二三四五六七八九十")
    if not bare.endswith(_head_words()):
        return None
    known = heads()
    return next(bare[i:] for i in range(len(bare)) if bare[i:] in known)  # the longest comes first


def strip_edition(title: str) -> str:
    """The title without a bracket at its end (（试行）, （2020—2022年）)."""
    while (bare := _EDITION.sub("", title)) != title and bare:
        title = bare
    return title


def kind_of(title: str) -> DocumentKind:
    """The kind that the title's last word gives."""
    head = head_of(title)
    kind = heads()[head]["kind"] if head else "other"
    return cast(DocumentKind, kind if kind in get_args(DocumentKind) else "other")


@cache
def verbs(*groups: str) -> re.Pattern[str]:
    """A pattern for the verbs of issuing and signing, the longest first."""
    words = [row["verb"] for row in read_table("document_verbs") if row["group"] in groups]
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))}){_NO_NOUN}")


def quoted_titles(reading: Reading) -> list[Title]:
    """What stands in 《》 and may be a document, in order of offset, inner titles after their outer ones."""
    found: list[Title] = []
    opened: list[int] = []
    for mark in _BRACKETS.finditer(reading.text):
        i, c = mark.start(), mark[0]
        if c == "\n":
            opened.clear()
        elif c == "《":
            opened.append(i + 1)
        elif c == "》" and opened:
            start = opened.pop()
            confidence = _quoted_confidence(reading.text, start, i)
            if confidence and i - start > 1:
                found.append(Title(start, i, True, confidence))
    return sorted(found, key=lambda t: (t.start, -t.end))


@lru_cache(maxsize=4)  # events and cooperations of one article ask for the same
def mask_titles(text: str) -> str:
    """The text with what stands inside 《》 filled with ＿, nested 《》 too; offsets stay."""
    shown: list[str] = []
    depth = at = 0
    for mark in _BRACKETS.finditer(text):
        i, c = mark.start(), mark[0]
        shown.append("＿" * (i - at) if depth else text[at:i])
        if c == "\n":
            depth = 0
        elif c == "》" and depth:
            depth -= 1
        shown.append("＿" if depth else c)
        if c == "《" and text.find("》", i) > 0:
            depth += 1
        at = i + 1
    return "".join(shown) + ("＿" * (len(text) - at) if depth else text[at:])


def _quoted_confidence(text: str, start: int, end: int) -> float:
    title = text[start:end]
    bare = strip_edition(title)
    if bare.endswith(read_words("document_not")):
        return 0.0
    if head_of(title):
        return 0.95
    if (
        "关于" in title
        or bare != title
        or verbs("issue", "sign", "submit").search(text[max(0, start - 8) : start])
    ):
        return 0.75
    before = text[max(0, start - 6) : start - 1]
    if before.endswith("标准"):
        return 0.9
    if before.endswith(("简称", "下称", "简称为")):
        return 0.75
    return 0.0 if _MEDIA.search(before) or end - start < _LEAST else _UNKNOWN


def defined_names(reading: Reading, title: Title) -> list[str]:
    """Short names that the text itself gives a title: 《…》（以下简称《…》）."""
    match = _DEFINED.match(reading.text, title.end)
    return [match[1]] if match else []


def resolve_short(short: str, known: list[str], later: list[str]) -> str | None:
    """The longer title that a short one stands for: the latest before it, else the first after it; None for none."""
    bare = strip_edition(short)
    if len(bare) > _SHORT:
        return None
    for longer in (*reversed(known), *later):
        if len(longer) > len(short) and strip_edition(longer).endswith(bare):
            return longer
    head = head_of(short)
    if len(bare) > _ABBREVIATION or head is None:
        return None
    for longer in reversed(known):
        same_kind = heads()[head]["kind"] == kind_of(longer)
        if len(longer) > len(short) and same_kind and (bare == head or _is_abbreviation(bare, longer)):
            return longer
    return None


def headline_form(headline: str, body: list[str]) -> str | None:
    """The title of the body that a headline shortens in its middle (《关于修订〈CEPA…〉的协议》); None for none."""
    for title in body:
        same = _shared(headline, title) + _shared(headline[::-1], title[::-1])
        if len(title) > len(headline) and same >= _HEADLINE * len(headline):
            return title
    return None


def _shared(a: str, b: str) -> int:
    """How many characters two words have in common from the beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _is_abbreviation(short: str, longer: str) -> bool:
    rest = iter(fold_name(longer))
    return all(c in rest for c in fold_name(short))


def bare_head(words: str) -> str | None:
    """The last word of a title that may name a document without 《》; None where it may not."""
    head = head_of(words)
    return head if head and heads()[head]["bare"] not in ("no", "told") else None


def is_title_of_document(title: str) -> bool:
    """Whether a headline is itself the title of a text (甲市茶园条例): it ends with a word for one and tells nothing."""
    bare = strip_edition(title)
    return bare_head(bare) not in (None, "通知", "通告", "公告", "通报") and not _TITLE_VERB.search(bare)
