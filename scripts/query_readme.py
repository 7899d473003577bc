"""Write ``queries/README.md`` from the headers of ``queries/*.rq``; ``--check`` only compares."""

from __future__ import annotations

import sys

from kg.queries import Parameter, SavedQuery, catalogue
from kg.resources import data_path

_INTRODUCTION = """# Saved questions · 常用问题

<!-- written by scripts/query_readme.py: do not edit -->

Each file is plain SPARQL 1.1 and runs as it is in any engine whose default graph is the union of all graphs. A
parameter stands in a block `VALUES $name { … }`; another value goes between the braces, or on the command line:

    kg query cq06 -p region=苏州市
    kg query cq12 -p by=2025-12-31 --format xlsx > targets.xlsx

A value is an IRI, a CURIE (`R:320500`), a region code (`320500`) or a name in Chinese or English. Beside each IRI stands
its name (`?pact ?pactZh ?pactEn`); rows about facts carry the quote and the article. Counts of kinds of tie are kept
apart, and a count that could be small for want of articles comes with the number of articles.

每个文件都是标准 SPARQL 1.1，可在任何以全部图之并集为默认图的引擎中直接运行。参数写在 `VALUES $name { … }` 中；取值可以是
IRI、CURIE、行政区划代码或中英文名称。每个 IRI 旁边都有名称，事实各行都附原文和文章标题。

CSV is as the W3C standard says and is not changed for spreadsheets: take `--format xlsx` for Excel, where text is always text.
"""


def readme() -> str:
    """The whole text of the file."""
    parts = [_INTRODUCTION]
    for heading, prefix in (("Competency questions · 能力问题", "cq"), ("To look around · 浏览", "explore")):
        chosen = [query for query in catalogue().values() if query.name.startswith(prefix)]
        parts.append("\n".join([f"## {heading}", "", *(_entry(query) for query in chosen), ""]))
    return "\n".join(parts)


def _entry(query: SavedQuery) -> str:
    lines = [f"- [`{query.name}`]({query.path.name}) {query.question_zh} *{query.question_en}*"]
    lines += [f"  - {_describe(parameter)}" for parameter in query.parameters]
    return "\n".join(lines)


def _describe(parameter: Parameter) -> str:
    default = "no default" if parameter.default is None else f"default `{parameter.default}`"
    kind = parameter.kind if parameter.cls is None else parameter.cls
    return f"`{parameter.name}` ({kind}): {parameter.label_zh}, {parameter.label_en}; {default}"


def main(arguments: list[str]) -> int:
    """Write the file, or check it; the exit status is 1 where it is out of date."""
    path = data_path("queries", "README.md")
    text = readme()
    if "--check" not in arguments:
        path.write_text(text, encoding="utf-8")
        return 0
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{path.name} is out of date: run scripts/query_readme.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
