"""Alternatives: a pattern for any of many words that is quick to fail.

``re`` tries the branches of ``a|b|c`` one after the other; a tree of the words looks at each character once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_Tree = dict[str, "_Tree"]
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
