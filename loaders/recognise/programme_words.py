"""The words of a text as the grammar of programme names asks for them: by where they begin, by where they end."""

from __future__ import annotations

from dataclasses import dataclass

import rjieba

from loaders.gazetteer import Token, tokens_of
from loaders.recognise.programme_lexicon import kept

_NOT_IN_NAMES = frozenset({"d", "r", "y", "ul", "uz", "ud"})
_SHORT_ADVERBS = frozenset("也还都均已正又再就仅不各该本这其")


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text by their first offset and by the offset behind them, and those that no name holds."""

    starts: dict[int, Token]
    ends: dict[int, Token]
    particles: tuple[Token, ...] = ()

    @staticmethod
    def of(text: str) -> TextWords:
        """Those of a folded text."""
        tokens = tokens_of(text)
        return TextWords(
            {token.start: token for token in tokens},
            {token.end: token for token in tokens},
            tuple(token for token in tokens if token.tag in _NOT_IN_NAMES and _is_particle(token.word)),
        )


def _is_particle(word: str) -> bool:
    """Whether a word that jieba takes for a particle or a pronoun is one for sure."""
    return word in _SHORT_ADVERBS or (len(word) > 1 and word not in kept() and rjieba.has_word(word))
