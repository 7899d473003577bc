"""From an IRI to the page that shows it. Only our own pages and plain web addresses become links."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from pyoxigraph import Literal, NamedNode
from rdflib import URIRef

from kg.namespaces import BASE, CONCEPT, ID, RP, RULE
from kg.reasoning import FORMS

ENTITIES: Final = ("region", "actor", "document", "programme", "cooperation")
"""Classes of things with a page of their own."""

_FACTS: Final = ("measure", "target", "figure", "event", "first", "mention", "doubt")
_NS: Final = str(RP._NS)


def page_of(iri: str) -> str | None:
    """The address of the page about an IRI: our own, the web address itself, or None where there is none."""
    if iri.startswith(ID):
        cls, _, key = iri[len(ID) :].partition("/")
        return _page_of_data(cls, key) if key else None
    for base, folder in ((CONCEPT, "/concept/"), (RULE, "/rule/")):
        if iri.startswith(base):
            return folder + _path(iri[len(base) :])
    if iri.startswith(_NS):
        return f"/ns#{_path(iri[len(_NS) :])}"
    if iri.startswith(BASE):
        return None
    return iri if iri.startswith(("https://", "http://")) else None


def _page_of_data(cls: str, key: str) -> str:
    if cls in ENTITIES or (cls == "article" and "/" not in key):
        return f"/{cls}/{_path(key)}"
    if cls == "bulletin":
        return f"/articles?{urlencode({'bulletin': key})}"
    article, _, rest = key.partition("/")
    if cls in _FACTS and rest:
        return f"/article/{_path(article)}#{cls}-{_path(rest)}"
    if cls == "evidence" and rest:
        return f"/article/{_path(article)}#q{_path(rest)}"
    return doc_of(ID + f"{cls}/{key}")


def doc_of(iri: str) -> str:
    """The address of the page that lists all statements about one of our data IRIs."""
    return "/doc/" + _path(iri.removeprefix(ID))


def explanation_of(subject: NamedNode, predicate: NamedNode | URIRef, value: NamedNode | Literal) -> str:
    """The address of the page that explains a triple."""
    name = predicate.value if isinstance(predicate, NamedNode) else str(predicate)
    said = value.value if isinstance(value, NamedNode) else f'"{value.value}"'
    return "/explain?" + urlencode({"s": subject.value, "p": name, "o": said})


def explanation_files(s: str, p: str, o: str, lang: str) -> dict[str, str]:
    """The addresses of an explanation as files, by the name of the form."""
    asked = {"s": s, "p": p, "o": o, "lang": lang}
    return {form: "/api/explain?" + urlencode(asked | {"format": form}) for form in FORMS}


def _path(text: str) -> str:
    return quote(text, safe="/-._~")
