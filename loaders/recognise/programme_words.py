"""The words of a text as the grammar of programme names asks for them: by where they begin, by where they end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from loaders.gazetteer import Token, Tokens, tokens_of
from loaders.recognise.programme_lexicon import kept

_NOT_IN_NAMES = frozenset({"d", "r", "y", "ul", "uz", "ud"})
_SHORT_ADVERBS = frozenset("也还都均已正又再就仅不各该本这其了")
_CONTENT = frozenset("nvazil")


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text, and those that no name holds."""

    tokens: Tokens
    particles: tuple[Token, ...] = ()

    @staticmethod
    def of(text: str) -> TextWords:
        """Those of a folded text."""
        tokens = tokens_of(text)
        particles = (
            token
            for token in tokens.tagged(_NOT_IN_NAMES)
            if _is_particle(token.word) and not _begins_word(token.word, text[token.end : token.end + 1])
        )
        return TextWords(tokens, tuple(particles))

    def in_noun(self, at: int) -> bool:
        """Whether the character at an offset is a part of a longer word of the dictionary that is no function word."""
        if not self.tokens.starts:
            return False
        token = self.tokens[bisect_right(self.tokens.starts, at) - 1]
        return len(token.word) > 1 and token.tag[0] in _CONTENT and rjieba.has_word(token.word)


@lru_cache(maxsize=4096)
def _begins_word(particle: str, follower: str) -> bool:
    """Whether a short adverb makes a noun with the character behind it (都|市圈)."""
    return particle in _SHORT_ADVERBS and follower != "" and rjieba.has_word(particle + follower)


@lru_cache(maxsize=4096)
def _is_particle(word: str) -> bool:
    """Whether a word that jieba takes for a particle or a pronoun is one for sure."""
    return word in _SHORT_ADVERBS or (len(word) > 1 and word not in kept() and rjieba.has_word(word))
