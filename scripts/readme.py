"""Write the generated parts of ``README.md``: the layers, the measured quality, the first answer; ``--check`` compares.

The quality is that of ``ontology/quality.csv``; the answer is that of the query above it, asked of the sample bulletin.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from kg.cli.demo import build_sample
from kg.model import GUIDE_KINDS
from kg.resources import data_path
from kg.sparql.evaluation import add_prefixes, evaluate
from kg.sparql.tabular import table
from kg.store import open_store

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SETS = {"seed": "seed bulletin", "dev": "dev set", "dev-holdout": "holdout"}


def layers() -> str:
    """The layers of the import contract, highest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    return "```\n" + "\n".join(contract["layers"]) + "\n```"


def quality() -> str:
    """A table of F1 (precision / recall) by kind and set, with the macro F1 and the command that measures it."""
    path = data_path("ontology", "quality.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    names = [name for name in SETS if any(row["set"] == name for row in rows)]
    files = " ".join(f'"$REGPOL_REFERENCE"/score/{name}.json' for name in names)
    return "\n".join([*_quality_table(rows, names), "", f"`kg evaluate {files} --format csv` measures this."])


def _quality_table(rows: list[dict[str, str]], names: list[str]) -> Iterator[str]:
    found = {(row["set"], row["kind"]): row for row in rows}
    titles = [f"{SETS[name]} ({found[name, 'regions']['articles']} articles)" for name in names]
    yield "| kind | " + " | ".join(f"{title}: F1 (P / R)" for title in titles) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for kind in GUIDE_KINDS:
        cells = [found[name, kind] for name in names]
        shown = " | ".join(f"{_two(c['f1'])} ({_two(c['precision'])} / {_two(c['recall'])})" for c in cells)
        yield f"| {kind} | {shown} |"
    means = [
        _mean([float(found[name, kind]["f1"]) for kind in GUIDE_KINDS if int(found[name, kind]["gold"])])
        for name in names
    ]
    yield "| **macro F1** | " + " | ".join(f"**{mean:.3f}**" for mean in means) + " |"


def _two(share: str) -> str:
    return f"{float(share):.2f}"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def first_answer(text: str) -> str:
    """The answer to the README's first query, asked of a store with the sample bulletin."""
    found = re.search(r"-e '\n(.*?)'\n```", text, re.DOTALL)
    assert found is not None, "the README has no first query"
    with tempfile.TemporaryDirectory() as folder:
        list(build_sample(Path(folder) / "store", quiet=True))
        with open_store(Path(folder) / "store") as view:
            answer = table(evaluate(view, add_prefixes(found[1])))
    return f"```\n{answer}```"


def readme(text: str) -> str:
    """The text with its generated parts made anew."""
    for name, block in (("layers", layers()), ("quality", quality()), ("first answer", first_answer(text))):
        text, number = re.subn(
            rf"<!-- {name} -->\n.*?<!-- end -->",
            lambda _, name=name, block=block: f"<!-- {name} -->\n{block}\n<!-- end -->",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
        assert number == 1, f"the README has no place for: {name}"
    return text


def main(arguments: list[str]) -> int:
    """Write the file, or check it; the exit status is 1 where it is out of date."""
    old = README.read_text("utf-8")
    new = readme(old)
    if "--check" not in arguments:
        README.write_text(new, "utf-8")
        return 0
    if old != new:
        print("README.md is out of date: run python scripts/readme.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
