"""The forms in which explanations are given: text, JSON, a graph in Turtle, a diagram, a drawing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.reasoning.explanation import Explanation, Lookup
from kg.reasoning.picture import to_mermaid, to_svg
from kg.reasoning.provenance import to_turtle
from kg.reasoning.rendering import labeller, render_text, to_json

LANGUAGES: Final = ("zh", "en")

Trees = Sequence[Explanation]
Languages = Sequence[str]


@dataclass(frozen=True)
class Form:
    """One form: its media type, and how trees are written; of the languages given some forms use the first alone."""

    media_type: str
    write: Callable[[Trees, Lookup, Languages], str]


def _text(trees: Trees, lookup: Lookup, languages: Languages) -> str:
    texts = (render_text(tree, lang, labeller(lookup, lang)) for lang in languages for tree in trees)
    return "\n\n".join(texts) + "\n"


def _json(trees: Trees, lookup: Lookup, languages: Languages) -> str:
    labels = {lang: labeller(lookup, lang) for lang in languages}
    return json.dumps([to_json(tree, labels) for tree in trees], ensure_ascii=False, indent=1) + "\n"


def _turtle(trees: Trees, lookup: Lookup, languages: Languages) -> str:
    return to_turtle(trees, {lang: labeller(lookup, lang) for lang in languages})


def _mermaid(trees: Trees, lookup: Lookup, languages: Languages) -> str:
    return to_mermaid(trees[0], languages[0], labeller(lookup, languages[0]))


def _svg(trees: Trees, lookup: Lookup, languages: Languages) -> str:
    return to_svg(trees[0], languages[0], labeller(lookup, languages[0]))


FORMS: Final = {
    "text": Form("text/plain", _text),
    "json": Form("application/json", _json),
    "turtle": Form("text/turtle", _turtle),
    "mermaid": Form("text/plain", _mermaid),
    "svg": Form("image/svg+xml", _svg),
}
"""By name. ``json`` is a list of trees; ``mermaid`` and ``svg`` show the first tree, in the first language."""
