"""The rules beyond OWL: one SPARQL CONSTRUCT a file in ``ontology/rules/``, with its sentence in the header.

A header is lines ``#+ key: value``:

- ``title_zh``, ``title_en``: what the rule is called; ``zh``, ``en``: the sentence shown as the reason
- ``stratum``: rules of one stratum see the same graph, closed; a later stratum sees their conclusions
- ``focus``: the variable that owns a conclusion: what the rule says of one focus is recomputed as a whole. Each
  Explanation has one focus, as its rdf:subject or rdf:object, or as its one rp:premise of that kind
- ``concludes``: the property or class concluded; ``also``: further properties of the node that the rule mints
- ``uses``: the properties that, among the premises an Explanation names, make up the reason

The files run anywhere: every prefix they use is declared in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryTriples, Store, Triple
from rdflib import SKOS

from kg.errors import InputError
from kg.namespaces import RP, RULE, expand
from kg.reasoning.axioms import TYPE
from kg.resources import data_path

_MARK: Final = "#+"
_REQUIRED: Final = ("title_zh", "title_en", "zh", "en", "stratum", "focus", "concludes", "uses")
_RULE_CLASS: Final = NamedNode(str(RP.Rule))
_LABEL: Final = NamedNode(str(SKOS.prefLabel))
_DEFINITION: Final = NamedNode(str(SKOS.definition))


@dataclass(frozen=True)
class Rule:
    """One rule: its slug (the file's name without number), query, words and place in the order."""

    slug: str
    query: str
    title_zh: str
    title_en: str
    sentence_zh: str
    sentence_en: str
    stratum: int
    focus: str
    concludes: tuple[NamedNode, ...]
    also: tuple[NamedNode, ...]
    uses: tuple[NamedNode, ...]

    @property
    def iri(self) -> NamedNode:
        """The IRI that Explanations name the rule by."""
        return NamedNode(RULE + self.slug)

    def conclusions(self, store: Store, foci: Iterable[NamedNode] | None = None) -> Iterator[Triple]:
        """What the rule says of the default graph of ``store``, explanations included; of these foci, or of all."""
        query = self.query
        if foci is not None:
            query += f"\nVALUES ?{self.focus} {{ {' '.join(sorted(map(str, foci)))} }}"
        results = store.query(query)
        if not isinstance(results, QueryTriples):
            raise InputError(f"rule {self.slug} is no CONSTRUCT query")
        yield from results


def read_rule(path: Path) -> Rule:
    """The rule in one file. Raises InputError where its header lacks a key or has an unknown prefix."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith(_MARK):
            key, _, value = line.removeprefix(_MARK).partition(":")
            header[key.strip()] = value.strip()
    missing = [key for key in _REQUIRED if not header.get(key)]
    if missing:
        raise InputError(f"{path.name}: the header lacks {', '.join(missing)}")
    return Rule(
        slug=path.stem.partition("-")[2],
        query=text,
        title_zh=header["title_zh"],
        title_en=header["title_en"],
        sentence_zh=header["zh"],
        sentence_en=header["en"],
        stratum=int(header["stratum"]),
        focus=header["focus"].removeprefix("?"),
        concludes=_terms(header["concludes"]),
        also=_terms(header.get("also", "")),
        uses=_terms(header["uses"]),
    )


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """All rules of a folder, in the order of their file names."""
    return tuple(read_rule(path) for path in sorted(folder.glob("*.rq")))


@cache
def ontology_rules() -> tuple[Rule, ...]:
    """The project's own rules."""
    return read_rules(data_path("ontology", "rules"))


@cache
def rules_by_iri() -> dict[NamedNode, Rule]:
    """The project's own rules by their IRI."""
    return {rule.iri: rule for rule in ontology_rules()}


@cache
def rule_descriptions() -> frozenset[Triple]:
    """The rules as ``rp:Rule`` nodes with title and sentence; they belong beside the ontology."""
    described: set[Triple] = set()
    for rule in ontology_rules():
        described.add(Triple(rule.iri, TYPE, _RULE_CLASS))
        for lang, title, sentence in (
            ("zh", rule.title_zh, rule.sentence_zh),
            ("en", rule.title_en, rule.sentence_en),
        ):
            described.add(Triple(rule.iri, _LABEL, Literal(title, language=lang)))
            described.add(Triple(rule.iri, _DEFINITION, Literal(sentence, language=lang)))
    return frozenset(described)


def _terms(curies: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(str(expand(curie))) for curie in curies.split())
