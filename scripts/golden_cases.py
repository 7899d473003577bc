"""Write the golden files of ``tests/cases/<name>``: from ``input.txt``, the facts and the graph as they come out now.

Read the difference (``git diff tests/cases``) before you commit it: it is what users will see change.
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.cli.build import read_facts
from kg.cli.extract import to_json
from kg.ingest import Ingestion, base_quads
from kg.namespaces import Graphs
from kg.store import memory_store
from loaders.read import read

CASES = Path(__file__).parent.parent / "tests" / "cases"
_BASE = (
    Graphs.AUTHORITIES,
    Graphs.AUTHORITIES_INFERRED,
    Graphs.SCHEMES,
    Graphs.ONTOLOGY,
    Graphs.QUALITY,
    Graphs.SYSTEM,
)


def outcome(case: Path) -> dict[str, str]:
    """The golden files of one case, by name."""
    [text] = read(case / "input.txt")
    bulletin = read_facts(text)
    store = memory_store(base_quads())
    Ingestion(store).load(bulletin)
    base = {str(name) for name in _BASE}
    lines = sorted(str(quad) + " ." for quad in store.quads() if quad.graph_name.value not in base)  # type: ignore[union-attr]
    articles = [to_json(facts, bulletin.title) for facts in bulletin.articles]
    return {
        "facts.json": json.dumps(articles, ensure_ascii=False, indent=1) + "\n",
        "graph.nq": "\n".join(lines) + "\n",
    }


def main() -> None:
    """Write the golden files of all cases."""
    for case in sorted(path for path in CASES.iterdir() if path.is_dir()):
        for name, content in outcome(case).items():
            (case / name).write_text(content, "utf-8")


if __name__ == "__main__":
    main()
