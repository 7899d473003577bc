"""Quotations that name no programme: slogans, states, times, aliases, how a place is laid out."""

from __future__ import annotations

import re

from loaders.recognise.programme_lexicon import unnamed

_LAYOUT = re.compile(
    "(?:[一两双二三四五六七八九十多][核圈带轴廊极心屏翼片区环湾]){2,}|(?!互联网|人工智能|AI|5G|数据要素).*\\+.*"
)
_ALIAS = re.compile("(?:简称|下称|以下称|又称|俗称|即)$")
_MOST_PARTS = 3  # of a quotation that is one name (马上办、网上办、一次办)
_HOURS = re.compile(r"\d+小时.*")
_NONE = re.compile("零[\u4e00-\u9fff]{2}")  # a state (零跑动, 零等待)


def names_nothing(text: str, content: str, first: int, last: int) -> bool:
    """Whether a quotation is a slogan, a figure of speech, an alias, a time or how a place is laid out (“一核多圈”).

    ``first`` and ``last``: where it stands in the folded ``text``, its marks included; ``content``: what they hold.
    """
    if content in unnamed("within") or content.count("、") >= _MOST_PARTS:
        return True
    if text.startswith(unnamed("after"), last) or _ALIAS.search(text[max(0, first - 4) : first]):
        return True
    return any(form.fullmatch(content) for form in (_HOURS, _NONE, _LAYOUT))
