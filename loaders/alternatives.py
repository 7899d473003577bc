"""Alternatives: a pattern for any of many words that is quick to fail.

``re`` tries the branches of ``a|b|c`` one after the other; a tree of the words looks at each character once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_Tree = dict[str, "_Tree"]
_ASSERTS = re.compile(r"\^|\(\?<?[!=]")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_SET = re.compile(r"\[((?!\^)(?:\\[^\]]|[^\[\]\\])+)\]")
_LITERAL = re.compile(r"[^\\.$^*+?{}\[\]()|]|\\[dDsSwW\W]")
_OPTIONAL = re.compile(r"[?*]|\{[0,]")
_CLASS = re.compile(r"\\[a-zA-Z0-9]")
_RANGES = re.compile(r"[\\-]")  # in a set: more characters than are written
_QUANTIFIER = re.compile(r"(?:[?*+]|\{[\d,]+\})[?+]?")
_END = ""  # the key that marks where a word ends
_LAST: _Tree = {
    _END: {"": {}}
}  # what follows the last character of a word that nothing goes on from or guards
_GROUPS = 4


def any_word(words: Iterable[str]) -> str:
    """The source of a pattern for any of the words, the longest that fits first; it can stand in a longer pattern."""
    return guarded_words(dict.fromkeys(words, ""))


def guarded_words(guards: Mapping[str, str]) -> str:
    """The same for words that each have a condition on what stands round them: the source of an assertion that is
    tried behind the word, empty for none. A word whose condition fails gives way to a shorter one."""
    root: _Tree = {}
    for word in guards:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[_END] = {guards[word]: {}}
    firsts = "".join(sorted(map(re.escape, root)))
    return f"(?=[{firsts}]){_branches(root)}"


def gated(pattern: str) -> str:
    """A pattern that is tried only at the characters with which it can begin, where these can be told; else itself."""
    firsts = _firsts(pattern)
    return f"(?=[{''.join(sorted(firsts))}])(?:{pattern})" if firsts else pattern


def needed(pattern: str) -> frozenset[str]:
    """Words of which every match holds at least one, the longest and fewest that can be told; empty for none."""
    found: set[str] = set()
    for branch in _parts(pattern):
        words = max(_held(branch), key=lambda held: (min(map(len, held)), -len(held)), default=None)
        if words is None:
            return frozenset()
        found |= words
    return frozenset(found)


def _held(branch: str) -> Iterator[frozenset[str]]:
    """Sets of words: every match of a branch holds one of each set."""
    run, at = "", 0
    while at < len(branch):
        group, chars, literal = _GROUP.match(branch, at), _SET.match(branch, at), _LITERAL.match(branch, at)
        if assertion := _ASSERTS.match(branch, at):
            at = at + 1 if assertion[0] == "^" else _closing(branch, at)
            continue  # takes no room: what stands before and behind it adjoin
        end = _closing(branch, at) if branch[at] in "([" else at + (2 if branch[at] == "\\" else 1)
        optional, repeated = _OPTIONAL.match(branch, end) is not None, branch[end : end + 1] in ("+", "{")
        plain = literal is not None and not _CLASS.match(literal[0])
        if plain and not optional:
            run += branch[end - 1]
        if run and (repeated or optional or not plain):
            yield frozenset((run,))
            run = ""
        if group and not optional and (words := needed(branch[group.end() : end - 1])):
            yield words
        if chars and not optional and not _RANGES.search(chars[1]):
            yield frozenset(chars[1])
        tail = _QUANTIFIER.match(branch, end)
        at = tail.end() if tail else end
    if run:
        yield frozenset((run,))


def _firsts(pattern: str) -> frozenset[str]:
    """With what a match can begin, as parts of a set; empty where that cannot be told, as of one that may be empty."""
    found: set[str] = set()
    for branch in _parts(pattern):
        optional = True
        while optional:
            while assertion := _ASSERTS.match(branch):
                branch = branch[1 if assertion[0] == "^" else _closing(branch) :]
            group, chars, literal = _GROUP.match(branch), _SET.match(branch), _LITERAL.match(branch)
            if group:
                end = _closing(branch)
                firsts = _firsts(branch[group.end() : end - 1])
            elif chars:
                end, firsts = chars.end(), frozenset((chars[1],))
            else:
                end = literal.end() if literal else 0
                firsts = frozenset((_escaped(literal[0]),) if literal else ())
            if not firsts:
                return frozenset()
            found |= firsts
            optional = _OPTIONAL.match(branch, end) is not None
            branch = branch[end:].lstrip("?*+") if not branch.startswith("{", end) else ""
    return frozenset(found)


def _escaped(literal: str) -> str:
    """A literal as a part of a set."""
    return literal if literal.startswith("\\") else re.escape(literal)


def _parts(pattern: str) -> list[str]:
    """The branches of a pattern, cut at each | outside brackets."""
    parts, begin, i = [], 0, 0
    while i < len(pattern):
        if pattern[i] == "|":
            parts.append(pattern[begin:i])
            begin = i + 1
        i = _closing(pattern, i) if pattern[i] in "([" else i + (2 if pattern[i] == "\\" else 1)
    return [*parts, pattern[begin:]]


def _closing(pattern: str, at: int = 0) -> int:
    """The offset behind the bracket that closes the one at ``at``."""
    if pattern[at] == "[":
        end = at + (3 if pattern.startswith("[^", at) else 2)
        while pattern[end] != "]":
            end += 2 if pattern[end] == "\\" else 1
        return end + 1
    end = at + 1
    while pattern[end] != ")":
        end = _closing(pattern, end) if pattern[end] in "([" else end + (2 if pattern[end] == "\\" else 1)
    return end + 1


def _branches(node: _Tree) -> str:
    """The pattern of what may follow in a tree: longer words before the one that ends here."""
    lone = "".join(re.escape(c) for c, after in node.items() if c != _END and after == _LAST)
    going_on = [(re.escape(c), after) for c, after in node.items() if c != _END and after != _LAST]
    branches = [f"[{lone}]"] if len(lone) > 1 else [lone] if lone else []
    branches += _spread([(c, c + _branches(after)) for c, after in going_on])
    if _END in node:
        branches += node[_END]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _spread(branches: list[tuple[str, str]]) -> list[str]:
    """Branches by their first character, many of them in groups behind a look at that character, groups of groups."""
    if len(branches) <= 2 * _GROUPS:
        return [branch for _, branch in branches]
    size = -(-len(branches) // _GROUPS)
    parts = [branches[i : i + size] for i in range(0, len(branches), size)]
    return [f"(?=[{''.join(c for c, _ in part)}])(?:{'|'.join(_spread(part))})" for part in parts]
