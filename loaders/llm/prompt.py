"""What the model is told: the instructions, and the article as data in a message of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.identifiers import digest
from kg.model import Article


@dataclass(frozen=True)
class Prompt:
    """``system`` are our words alone; ``user`` holds the article between two marks that it cannot contain."""

    system: str
    user: str


def prompt_of(article: Article) -> Prompt:
    """The prompt for one article; the same article gives the same prompt."""
    mark = f"ARTICLE-{digest(article.content, length=16)}"
    year = str(article.year) if article.year else "unknown"
    user = f"Year of dates without a year: {year}\n<{mark}>\n{article.content}\n</{mark}>"
    return Prompt(_instructions(), user)


@cache
def _instructions() -> str:
    return Path(__file__).with_name("instructions.md").read_text(encoding="utf-8")
