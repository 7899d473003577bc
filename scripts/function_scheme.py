"""Write `ontology/schemes/function.ttl`, the concepts of agency functions, from `ontology/agencies/functions.csv`.

In: the columns key and name, and of name_en, title_en and national_en the first that is not empty. Out: one SKOS concept a row, in the order
of the table, the same bytes on every run.

Usage, from the repository: `python scripts/function_scheme.py [--check]`; with `--check` nothing is written and the
exit status is 1 where the file is not current.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "ontology" / "agencies" / "functions.csv"
SCHEME = ROOT / "ontology" / "schemes" / "function.ttl"

_HEAD = """\
# Written by scripts/function_scheme.py from ontology/agencies/functions.csv: change the table, not this file.
@prefix rpc:  <https://w3id.org/regpol/concept/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct:  <http://purl.org/dc/terms/> .

rpc:function a skos:ConceptScheme ;
    skos:prefLabel "Agency functions"@en , "部门职能"@zh ;
    skos:definition "What an agency is there for; agencies of one function and level are counterparts."@en ,
        "部门所承担的职能；职能、层级相同的部门是同类部门。"@zh ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> .
"""


def scheme_text(rows: Sequence[dict[str, str]]) -> str:
    """The Turtle of the scheme for rows of the table."""
    return "\n".join([_HEAD, *(_concept(row) for row in rows)])


def english(row: dict[str, str]) -> str:
    """The English label of a row: `name_en`, else `title_en`, else `national_en`."""
    return row["name_en"] or row["title_en"] or row["national_en"]


def _concept(row: dict[str, str]) -> str:
    return (
        f"<https://w3id.org/regpol/concept/function/{row['key']}> a skos:Concept ;\n"
        "    skos:inScheme rpc:function ; skos:topConceptOf rpc:function ;\n"
        f'    skos:notation "{row["key"]}" ;\n'
        f'    skos:prefLabel "{english(row)}"@en , "{row["name"]}"@zh .\n'
    )


def read_rows() -> list[dict[str, str]]:
    """The rows of the table of agency functions."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the scheme, or with `--check` say whether it is current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the file is not current"
    )
    options = parser.parse_args(arguments)
    text = scheme_text(read_rows())
    if options.check:
        current = SCHEME.exists() and SCHEME.read_text(encoding="utf-8") == text
        if not current:
            print(
                f"{SCHEME.relative_to(ROOT)} is not current: run scripts/function_scheme.py", file=sys.stderr
            )
        return 0 if current else 1
    SCHEME.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
