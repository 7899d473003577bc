"""A folded text as the grammar of organisations' names sees it: words, heads, and where a name may begin and end."""

from __future__ import annotations

import re

from kg.model import ActorType
from loaders import organisation_patterns as patterns
from loaders.gazetteer import Token, tokens_of
from loaders.organisation_names import Head, Names, joined, words
from loaders.places import Place

STOP_TAGS = frozenset(
    {"p", "c", "u", "uj", "ul", "ud", "uv", "ug", "uz", "d", "r", "t", "x", "y", "m", "f", "ad"}
)
MARKS = "，。；：、！？（）“”\n"
OPENERS = ("联合", "会同", "由", "与", "、")
SHORT_HEAD = 2
"""Heads of so many characters at most need a body of their own."""
_OPENING_TAGS = frozenset({"p", "c", "v", "vn", "a", "ad", "d", "t", "i", "l", "z", "u", "ul", "uj", "uz"})
_JOINTS = "由和与及从向经据同以委"
_ADVERBS = "已将也还均都就仍再曾拟先于在为对向从与和及等会按以"
_POSTS = ("局长", "主任", "书记", "部长", "处长", "院长", "校长", "会长", "行长")
_MAX_BODY = 30
_BARE = ("政府", "海关", "法院", "大学", "中院", "高院", "党委", "分署")

Body = tuple[int, ActorType, bool]
"""Where the name of a body ends, its type, and whether a table knows it."""


class OrganisationText:
    """One text, its words, and the bodies that may be named at an offset."""

    def __init__(self, names: Names, text: str, places: tuple[Place, ...]) -> None:
        self.text = text
        self.places = places
        self.names = names
        self.tokens = tokens_of(text)
        self.index, self.ending = self.tokens.by_start, self.tokens.by_end
        self.joined = [m.span() for m in joined().finditer(text)] + [
            m.span() for m in patterns.AID.finditer(text)
        ]
        self.titles = [m.span() for m in re.finditer(r"《[^《》\n]*》", text)]
        self.quoted = {o for m in re.finditer(r"“[^“”，。；\n]*”", text) for o in range(m.start(), m.end())}
        self.agencies = names.agency_index.longest(text)
        self.place_starts = {
            place.start
            for place in places
            if text[place.end - 1] in "省市区县盟旗" and not patterns.OFFICE.match(text, place.end)
        }
        self.ends = {
            end: names.heads[form]
            for end, form in names.head_index.ending(text).items()
            if self._ends_word(end)
        }

    def _ends_word(self, end: int) -> bool:
        """A head ends with a word of the text, and that word is not one of those that only look like heads."""
        at = self.ending.get(end)
        return at is not None and self.tokens.words[at] not in words("actor_not")

    def opens(self, start: int) -> bool:
        """Whether a phrase begins at an offset."""
        if not start or self.text[start - 1] in MARKS + _JOINTS:
            return True
        at = self.ending.get(start)
        return at is not None and self.tokens.tags[at] in _OPENING_TAGS

    def walk(self, at: int) -> Body | None:
        """The end of the longest name of a body behind an offset, its type, and whether a table knows it."""
        form = self.agencies.get(at)
        sure = at + len(form) if form and self.closes(at + len(form), form) else None
        committee = patterns.COMMITTEE.match(self.text, at) and self.text[at - 1] in "省市区县州盟旗"
        best: Body | None = (at + 1, "party_body", True) if committee else None
        for end in range(at + 1, min(at + _MAX_BODY, len(self.text)) + 1):
            if self._stops(end - 1) or (end - 1 > at and patterns.NEXT_BODY.match(self.text, end - 1)):
                break
            if end - 1 in self.place_starts and end - 1 in (best[0] if best else None, sure):
                break  # the next body begins, with its region
            head = self.ends.get(end)
            if head and self._bodied(at, end, head):
                best = (end, head.type, False)
        if form and sure and (best is None or sure >= best[0]):
            return sure, self.names.agencies[form], True
        return best

    def closes(self, end: int, form: str = "") -> bool:
        """Whether a name of an agency may end at an offset: not inside a word that goes on (科技厅|长)."""
        if end in self.ending or end in self.index or end == len(self.text) or self.text[end] in MARKS:
            return True
        if len(form) > SHORT_HEAD and self.text[end] in _ADVERBS:
            return True  # run into a word that the dictionary lacks (卫健委已)
        return self.text.startswith((*OPENERS[:3], *_POSTS), end)

    def _stops(self, offset: int) -> bool:
        """Whether the word that begins at an offset ends every name before it."""
        at = self.index.get(offset)
        if at is None or patterns.ORDINAL.match(self.text, offset):
            return False
        token = self.tokens[at]
        if offset in self.quoted or any(s <= token.start and token.end <= e for s, e in self.joined):
            return False
        return self.breaks(token)

    @staticmethod
    def breaks(token: Token) -> bool:
        """Whether a word stands in no name."""
        if token.word in words("actor_stop"):
            return True
        if token.tag == "v":
            return token.word not in words("actor_verb")
        return token.tag in STOP_TAGS

    def _bodied(self, at: int, end: int, head: Head) -> bool:
        """Whether a head can stand behind a region: short and broad ones need a body of their own."""
        body = self.text[at : end - len(head.form)]
        if (head.type == "enterprise" and head.free) or head.form == "部门":
            return False
        if head.type in ("school", "alliance", "association") and body:
            return not self.generic(at, end - len(head.form))
        if head.form == "医院" and body:
            return not self.generic(at, end - len(head.form))
        return bool(body) or len(head.form) > SHORT_HEAD or head.form in _BARE

    def generic(self, start: int, end: int) -> bool:
        """Whether a stretch holds only words that make no name."""
        inside = [token.word for token in self.tokens.within(start, end)]
        return bool(inside) and all(word in words("actor_generic") for word in inside)
