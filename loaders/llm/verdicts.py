"""What the checks say: why a draft or a slot was not taken, as issues that are kept."""

from __future__ import annotations

from dataclasses import dataclass

from kg.issues import Issue
from kg.model import Article


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a draft is not taken, in both languages."""

    en: str
    zh: str


def rejected(article: Article, kind: str, quote: str, why: Refusal) -> Issue:
    """A draft of the model that did not become a fact. A warning: it never was part of the data."""
    return Issue(
        code="llm-rejected",
        message_zh=f"语言模型的 {kind} 草稿未采用：{why.zh}",
        message_en=f"draft of {kind} by the language model rejected: {why.en}",
        article=article.title,
        quote=quote or None,
        detail={"kind": kind, "reader": "llm", "reason": why.en},
    )


def trimmed(article: Article, kind: str, quote: str, slot: str, value: str) -> Issue:
    """A slot of an accepted draft that the text or the authorities do not bear out."""
    return Issue(
        code="llm-trimmed",
        message_zh=f"语言模型所给 {kind} 的 {slot} 无依据，已略去",
        message_en=f"{slot} of {kind} by the language model left out: nothing bears it out",
        article=article.title,
        quote=quote or None,
        detail={"kind": kind, "reader": "llm", "slot": slot, "value": value},
    )


def unread(article: Article, why: str) -> Issue:
    """An article that the model did not read."""
    return Issue(
        code="llm-unread",
        message_zh="语言模型未能读取本文",
        message_en="the language model did not read the article",
        article=article.title,
        detail={"reader": "llm", "reason": why},
    )
