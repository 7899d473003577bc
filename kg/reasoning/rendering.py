"""An explanation as an indented text or as JSON, and the triples of a store as an explanation wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import SKOS

from kg.namespaces import RP, Graphs, compact
from kg.reasoning.axioms import ontology_axioms
from kg.reasoning.backward import Term
from kg.reasoning.explanation import Explanation, Lookup, Quote
from kg.reasoning.rules import rules_by_iri

Label = Callable[[Term], str]

_JURISDICTION: Final = NamedNode(str(RP.jurisdiction))
_FUNCTION: Final = NamedNode(str(RP.function))
_PREF_LABEL: Final = NamedNode(str(SKOS.prefLabel))
_INFERRED: Final = frozenset({NamedNode(str(Graphs.INFERRED)), NamedNode(str(Graphs.AUTHORITIES_INFERRED))})
_AUTHORITIES: Final = frozenset({NamedNode(str(Graphs.AUTHORITIES)), NamedNode(str(Graphs.SCHEMES))})


class Quads(Protocol):
    """What a lookup needs of a store: a read view of ``kg.store`` has it."""

    def quads(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None, /
    ) -> Iterator[Quad]:
        """The quads of any graph with these terms; None stands for any."""


class StoreLookup:
    """A store's quads as a ``Lookup``: whether a triple was asserted, its named graph says."""

    def __init__(self, view: Quads) -> None:
        self._view = view

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        """The triples with these terms in any graph, each once."""
        seen: set[Triple] = set()
        for quad in self._quads(subject, predicate, value):
            if quad.triple not in seen:
                seen.add(quad.triple)
                yield quad.triple

    def asserted(self, triple: Triple, /) -> bool:
        """Whether it stands in a graph that is not inferred."""
        return any(quad.graph_name not in _INFERRED for quad in self._quads(*triple))

    def authority(self, triple: Triple, /) -> bool:
        """Whether it stands among the authorities or the concept schemes, or says where a known agency has power.

        Only the authority of agencies gives an agency a function, and it gives its jurisdiction then too.
        """
        if triple.predicate == _JURISDICTION:
            return any(True for _ in self._quads(triple.subject, _FUNCTION, None))
        return any(quad.graph_name in _AUTHORITIES for quad in self._quads(*triple))

    def _quads(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Quad]:
        # The graph holds no blank nodes and no triple terms (DESIGN, rule 5).
        if (subject is None or isinstance(subject, NamedNode)) and (
            value is None or isinstance(value, NamedNode | Literal)
        ):
            yield from self._view.quads(subject, predicate, value)


def labeller(lookup: Lookup, lang: str) -> Label:
    """A function that names a term: its skos:prefLabel, its label in the ontology, or its CURIE."""
    labels = ontology_axioms().labels

    def label(term: Term) -> str:
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term)
        names = {
            found.object.language or "": found.object.value
            for found in lookup.match(term, _PREF_LABEL, None)
            if isinstance(found.object, Literal)
        } or labels.get(term, {})
        return names.get(lang) or names.get("zh") or next(iter(names.values()), compact(term.value))

    return label


def render_text(tree: Explanation, lang: str, label: Label) -> str:
    """The tree as indented lines: each statement with its reason, then its quotes or its premises."""
    return "\n".join(_lines(tree, lang, label, ""))


def _lines(tree: Explanation, lang: str, label: Label, margin: str) -> Iterator[str]:
    chinese = lang == "zh"
    statement = " — ".join(label(term) for term in tree.triple)
    sentence = tree.sentence_zh if chinese else tree.sentence_en
    if tree.premises:
        yield f"{margin}{statement}"
        yield f"{margin}  {_rule_name(tree, chinese)}{sentence}"
    else:
        yield f"{margin}{statement}{f'（{sentence}）' if chinese else f' ({sentence})'}"
    for quote in tree.quotes:
        yield f"{margin}  {_quote_line(quote, chinese)}"
    for premise in tree.premises:
        yield from _lines(premise, lang, label, margin + "    ")


def _rule_name(tree: Explanation, chinese: bool) -> str:
    if tree.kind != "rule":
        return "因为（本体）：" if chinese else "because (ontology): "
    rule = next(rule for rule in rules_by_iri().values() if rule.slug == tree.rule)
    return f"因为（规则“{rule.title_zh}”）：" if chinese else f"because (rule “{rule.title_en}”): "


def _quote_line(quote: Quote, chinese: bool) -> str:
    if chinese:
        return f"原文：“{quote.quote}”（《{quote.title}》第 {quote.start}–{quote.end} 字）"
    return f"quote: “{quote.quote}” (“{quote.title}”, characters {quote.start}–{quote.end})"


def to_json(tree: Explanation) -> dict[str, object]:
    """The tree as plain JSON values."""
    return {
        "subject": _value(tree.triple.subject),
        "predicate": tree.triple.predicate.value,
        "object": _value(tree.triple.object),
        "kind": tree.kind,
        "rule": tree.rule or None,
        "sentence": {"zh": tree.sentence_zh, "en": tree.sentence_en},
        "premises": [to_json(premise) for premise in tree.premises],
        "quotes": [
            {
                "quote": quote.quote,
                "evidence": quote.evidence,
                "article": quote.article,
                "title": quote.title,
                "start": quote.start,
                "end": quote.end,
            }
            for quote in tree.quotes
        ],
    }


def _value(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
