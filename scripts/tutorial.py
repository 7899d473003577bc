"""Write the generated parts of ``docs/tutorial.md`` from the sample bulletin; ``--check`` compares.

``<!-- rows: pactZh day -->`` after a ``kg query`` command becomes these columns of its answer as a table;
``<!-- why: pact rp:coversAllOf R:yangtze-delta -->`` the reason of a triple, in which a name of a column stands for its
value in the first row of the answer before it.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.cli.demo import build_sample
from kg.cli.query import AS_OF
from kg.namespaces import ID, compact, expand
from kg.queries import bind, find, resolver
from kg.reasoning import StoreLookup, explain, labeller, render_text
from kg.sparql.evaluation import Solutions, evaluate
from kg.store import View, open_store
from kg.web.column_words import COLUMN_WORDS

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
_PART = re.compile(r"<!-- (rows|why): (.*?) -->\n(?:.*?\n)??<!-- end -->", re.DOTALL)
_COMMAND = re.compile(r"^```sh\n(kg query .*?)\n```$", re.MULTILINE | re.DOTALL)


class Writer:
    """Writes the parts of one page in their order; ``answer`` is that of the last command."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._lookup = StoreLookup(view)
        self._answer = Solutions((), ())

    def page(self, text: str) -> str:
        """The text with its generated parts made anew."""
        written, done = "", 0
        for part in _PART.finditer(text):
            for command in _COMMAND.finditer(text, done, part.start()):
                self._answer = self._ask(command[1])
            body = self._table(part[2].split()) if part[1] == "rows" else self._reason(part[2].split())
            written += text[done : part.start()] + f"<!-- {part[1]}: {part[2]} -->\n{body}\n<!-- end -->"
            done = part.end()
        return written + text[done:]

    def _ask(self, command: str) -> Solutions:
        """The answer to a saved question asked on the command line."""
        words = shlex.split(command)
        name, *options = words[2:]
        values: dict[str, str] = {}
        for option, value in zip(options[::2], options[1::2], strict=True):
            if option == "-p":
                key, _, given = value.partition("=")
                values[key] = given
            elif option == "--as-of":
                values[AS_OF] = value
            else:
                assert option == "--store", f"the tutorial cannot run {command}"
        answer = evaluate(self._view, bind(find(name), values, resolver(self._view)))
        assert isinstance(answer, Solutions) and answer.rows, f"no rows: {command}"
        return answer

    def _table(self, columns: Sequence[str]) -> str:
        """Some columns of the answer as Markdown, each row once."""
        places = [self._answer.variables.index(column) for column in columns]
        rows = [" | ".join(_cell(row[place]) for place in places) for row in self._answer.rows]
        lines = [" | ".join(map(_heading, columns)), " | ".join("---" for _ in columns), *dict.fromkeys(rows)]
        return "\n".join(f"| {line} |" for line in lines)

    def _reason(self, words: Sequence[str]) -> str:
        """Why a triple holds, in both languages, with the command that tells it."""
        subject, predicate, value = (self._node(word) for word in words)
        tree = explain(Triple(subject, predicate, value), self._lookup)
        named = " ".join(shlex.quote(compact(node.value)) for node in (subject, predicate, value))
        texts = [render_text(tree, lang, labeller(self._lookup, lang)).rstrip("\n") for lang in ("zh", "en")]
        return "\n".join(
            [
                "```sh",
                f"kg explain {named} --store demo-store",
                "```",
                "```",
                *"\n\n".join(texts).split("\n"),
                "```",
            ]
        )

    def _node(self, word: str) -> NamedNode:
        if word in self._answer.variables:
            found = self._answer.rows[0][self._answer.variables.index(word)]
            assert isinstance(found, NamedNode), f"{word} names nothing"
            return found
        return NamedNode(str(expand(word)) if ":" in word else ID + word)


def _heading(column: str) -> str:
    """The words of a column; that of a label has the word of what it names, in the label's language."""
    zh, en = COLUMN_WORDS.get(f"col_{column}") or COLUMN_WORDS[f"col_{column[:-2]}"]
    return {"Zh": zh, "En": en}.get(column[-2:], f"{zh} {en}")


def _cell(term: object) -> str:
    text = term.value if isinstance(term, NamedNode | Literal) else ""
    return text.replace("|", "\\|").replace("\n", " ")


def tutorial(text: str) -> str:
    """The page made anew from a store with the sample bulletin."""
    with tempfile.TemporaryDirectory() as folder:
        list(build_sample(Path(folder) / "store", quiet=True))
        with open_store(Path(folder) / "store") as view:
            return Writer(view).page(text)


def main(arguments: list[str]) -> int:
    """Write the page, or check it; the exit status is 1 where it is out of date."""
    old = PAGE.read_text("utf-8")
    new = tutorial(old)
    if "--check" not in arguments:
        PAGE.write_text(new, "utf-8")
        return 0
    if old != new:
        print("docs/tutorial.md is out of date: run python scripts/tutorial.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
