"""Whether a text tells what was done or says what is to be done (a chapter of a plan, an annex of a notice)."""

from __future__ import annotations

import re
from functools import cache

from loaders.lexicon import read_words

_TELLS = re.compile(r"了|已(?!有)|近日|日前|今天|昨天|年来|以来|记者|目前|据悉|介绍|首次|今年|去年")
_SENTENCE = re.compile(r"[^。\n]{4,}")
_LEAST = 2


def prescribes(body: str) -> bool:
    """True where at least half of the sentences open with an order (推动, 完善 …) and nothing is told.

    ``body`` is the folded text after the headline, its titles blanked out.
    """
    if _TELLS.search(body):
        return False
    sentences = _SENTENCE.findall(body)
    orders = sum(map(opens_with_order, sentences))
    return orders >= _LEAST and orders * 2 >= len(sentences)


def opens_with_order(sentence: str) -> bool:
    """Whether a sentence begins with an order (加快…, 推动…), its number left out."""
    return _order().match(sentence) is not None


@cache
def _order() -> re.Pattern[str]:
    words = sorted(read_words("order_verbs"), key=len, reverse=True)
    return re.compile(rf"(?:[（(]?[一二三四五六七八九十0-9]+[）)]?[、.是]?)?(?:{'|'.join(words)})")
