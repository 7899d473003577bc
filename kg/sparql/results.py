"""Results as bytes: the W3C formats of SELECT and ASK, RDF for graphs, and what people open.

JSON https://www.w3.org/TR/sparql11-results-json/, XML https://www.w3.org/TR/rdf-sparql-XMLres/, CSV and TSV
https://www.w3.org/TR/sparql11-results-csv-tsv/. CSV is exactly what the standard says; where a table is
meant for a spreadsheet, take xlsx, which writes text as text and so cannot carry a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.sparql.evaluation import Answer, Result, Solutions, Term, Triples
from kg.sparql.tabular import table, workbook

_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a result: its name, media type, file ending, and which results it takes."""

    name: str
    media_type: str
    extension: str
    takes: tuple[type[Result], ...]
    write: Callable[[Any], bytes]


def serialise(result: Result, name: str) -> bytes:
    """A result in the named format. Raises QueryError where that is unknown or cannot hold the result."""
    known = FORMATS.get(name)
    fitting = ", ".join(found.name for found in formats_for(result))
    if known is None:
        raise QueryError(f"unknown format {name!r}; known: {', '.join(FORMATS)}")
    if not isinstance(result, known.takes):
        raise QueryError(f"{name} cannot hold the result of such a query; take one of: {fitting}")
    return known.write(result)


def formats_for(result: Result | type[Result]) -> tuple[Format, ...]:
    """The formats that can hold a result (or a kind of result), the preferred first."""
    kind = result if isinstance(result, type) else type(result)
    return tuple(found for found in FORMATS.values() if kind in found.takes)


def _json(result: Solutions | Answer) -> bytes:
    document: dict[str, Any]
    if isinstance(result, Answer):
        document = {"head": {}, "boolean": result.value}
    else:
        bindings = [
            {
                name: _json_term(value)
                for name, value in zip(result.variables, row, strict=True)
                if value is not None
            }
            for row in result.rows
        ]
        document = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {key: _json_term(value) for key, value in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        found["datatype"] = term.datatype.value
    return found


def _xml(result: Solutions | Answer) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
    ]
    if isinstance(result, Answer):
        lines += ["<head/>", f"<boolean>{str(result.value).lower()}</boolean>"]
    else:
        names = "".join(f"<variable name={quoteattr(name)}/>" for name in result.variables)
        lines += [f"<head>{names}</head>", "<results>"]
        for row in result.rows:
            cells = zip(result.variables, row, strict=True)
            bound = (
                f"<binding name={quoteattr(n)}>{_xml_term(v)}</binding>" for n, v in cells if v is not None
            )
            lines.append(f"<result>{''.join(bound)}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>", ""]).encode()


def _xml_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        subject, predicate, object_ = (
            _xml_term(part) for part in (term.subject, term.predicate, term.object)
        )
        parts = f"<subject>{subject}</subject><predicate>{predicate}</predicate><object>{object_}</object>"
        return f"<triple>{parts}</triple>"
    kind = ""
    if term.language is not None:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != _XSD_STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    # XML 1.0 has no way to write most control characters; a carriage return would be read back as a newline.
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), {"\r": "&#13;"})


def _csv(result: Solutions | Answer) -> bytes:
    if isinstance(result, Answer):
        return str(result.value).lower().encode()
    out = io.StringIO()
    # The standard's line end is CRLF; a row of one empty cell must not look like no row.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.variables)
    for row in result.rows:
        cells = [_csv_cell(term) for term in row]
        if cells:
            writer.writerow(cells)
        else:
            out.write("\r\n")
    return out.getvalue().encode()


def _csv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _tsv(result: Solutions | Answer) -> bytes:
    if isinstance(result, Answer):
        return str(result.value).lower().encode()
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join("" if term is None else _tsv_term(term) for term in row) for row in result.rows]
    return ("\n".join(lines) + "\n").encode()


def _tsv_term(term: Term) -> str:
    # N-Triples leaves a tab in a literal as it is, which here would begin the next column.
    return str(term).replace("\t", "\\t")


def _rdf(rdf_format: ox.RdfFormat, prefixes: dict[str, str] | None = None) -> Callable[[Triples], bytes]:
    def write(result: Triples) -> bytes:
        data = ox.serialize(result.triples, format=rdf_format, prefixes=prefixes)
        return data if data is not None else b""

    return write


_SHEETS: Final[tuple[type[Result], ...]] = (Solutions, Answer)
_GRAPH: Final[tuple[type[Result], ...]] = (Triples,)
_ANY: Final[tuple[type[Result], ...]] = (Solutions, Answer, Triples)
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Final[dict[str, Format]] = {
    found.name: found
    for found in (
        Format("json", "application/sparql-results+json", ".srj", _SHEETS, _json),
        Format("xml", "application/sparql-results+xml", ".srx", _SHEETS, _xml),
        Format("csv", "text/csv", ".csv", _SHEETS, _csv),
        Format("tsv", "text/tab-separated-values", ".tsv", _SHEETS, _tsv),
        Format("turtle", "text/turtle", ".ttl", _GRAPH, _rdf(ox.RdfFormat.TURTLE, PREFIXES)),
        Format("ntriples", "application/n-triples", ".nt", _GRAPH, _rdf(ox.RdfFormat.N_TRIPLES)),
        Format("jsonld", "application/ld+json", ".jsonld", _GRAPH, _rdf(ox.RdfFormat.JSON_LD)),
        Format("rdfxml", "application/rdf+xml", ".rdf", _GRAPH, _rdf(ox.RdfFormat.RDF_XML, PREFIXES)),
        Format("table", "text/plain", ".txt", _ANY, lambda result: table(result).encode()),
        Format("xlsx", _XLSX, ".xlsx", _ANY, workbook),
    )
}
"""Every format by name, the preferred of each kind of result first."""
