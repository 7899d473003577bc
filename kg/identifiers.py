"""Identifiers minted from content: the same input gives the same IRI, whatever the run, the order or the clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from rdflib import URIRef

from kg.namespaces import ID

_DROPPED = re.compile(r"[\s《》〈〉“”‘’\"'「」『』（）()，,。.、:：;；·\-－—]+")
_SLUG_DROPPED = re.compile(r"[^0-9a-z㐀-鿿]+")
_PLAIN_GAPS = re.compile(r"[\s\-_.]+")


def digest(*parts: object, length: int = 12) -> str:
    """The first hexadecimal digits of SHA-256 over the parts, joined by a character no text holds."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:length]


@lru_cache(maxsize=8192)  # names come again and again
def fold_name(name: str) -> str:
    """A name folded for comparison: NFKC, lower case, no spaces, quotes, brackets or stops."""
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", name).lower())
    # what was dropped may have stood between characters that now combine
    return folded if folded == name else fold_name(folded)


def slug(text: str) -> str:
    """A readable key of letters, digits, Chinese characters and hyphens; never empty.

    Where more than spaces, hyphens, dots and underscores had to go, a digest keeps different texts apart.
    """
    lower = unicodedata.normalize("NFKC", text).lower()
    folded = _SLUG_DROPPED.sub("-", lower).strip("-")
    told = _PLAIN_GAPS.sub("-", lower).strip("-") == folded
    return folded if told and folded else f"{folded or 'x'}-{digest(text, length=6)}"


def article_key(title: str, text: str, published: str | None) -> str:
    """The key of an article: a reprint has the same key, a later edition another (DESIGN, Identity)."""
    return digest(title, text, published or "", length=16)


def fact_id(cls: str, article: str, start: int, end: int, discriminator: object) -> str:
    """The id of a fact, ``{class}/{articleKey}/{h12}``: kind, span and discriminator, never its slots."""
    return f"{cls}/{article}/{digest(cls, start, end, discriminator)}"


def entity_key(name: str, code: str | None = None) -> str:
    """The key of an entity that no authority knows: ``{code or x}-{h12 of the folded name}``."""
    return f"{code or 'x'}-{digest(fold_name(name))}"


def data_iri(cls: str, key: str) -> URIRef:
    """The IRI ``…/id/{class}/{key}``."""
    return URIRef(f"{ID}{cls}/{key}")


def iri_of(fact: str) -> URIRef:
    """The IRI of a fact id (``measure/…/…``)."""
    return URIRef(ID + fact)
