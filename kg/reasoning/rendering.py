"""An explanation as an indented text or as JSON, and the triples of a store as an explanation wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import RDF, SKOS

from kg.namespaces import RP, Graphs, compact
from kg.reasoning.axioms import ontology_axioms
from kg.reasoning.backward import Term
from kg.reasoning.explanation import Explanation, Lookup, Quote
from kg.reasoning.rules import rules_by_iri

Label = Callable[[Term], str]

_JURISDICTION: Final = NamedNode(str(RP.jurisdiction))
_FUNCTION: Final = NamedNode(str(RP.function))
_PREF_LABEL: Final = NamedNode(str(SKOS.prefLabel))
_QUOTE: Final = NamedNode(str(RP.quote))
_SURFACE_FORM: Final = NamedNode(str(RP.surfaceForm))
_STATED_LABEL: Final = NamedNode(str(RP.statedLabel))
# What has no name of its own is called by its words: the place of a quote, the mention of a name.
_WORDS: Final = (
    (_SURFACE_FORM, {"zh": "“{}”（提及）", "en": "“{}” (mention)"}),
    (_STATED_LABEL, {"zh": "“{}”（提及）", "en": "“{}” (mention)"}),
    (_QUOTE, {"zh": "“{}”（原文）", "en": "“{}” (quote)"}),
)
_SAID: Final[dict[Term, dict[str, str]]] = {
    NamedNode(str(RDF.type)): {"zh": "属于", "en": "is of the class"},
    Literal(True): {"zh": "是", "en": "yes"},
    Literal(False): {"zh": "否", "en": "no"},
}
_LONGEST: Final = 24
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
    """A function that names a term: its skos:prefLabel, its label in the ontology, its words, or its CURIE."""
    labels = ontology_axioms().labels

    def words(term: NamedNode) -> str | None:
        for predicate, form in _WORDS:
            said = min((_value(found.object) for found in lookup.match(term, predicate, None)), default=None)
            if said is not None:
                return form[lang].format(said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…")
        return None

    def label(term: Term) -> str:
        if term in _SAID:
            return _SAID[term][lang]
        if not isinstance(term, NamedNode):
            return _value(term)
        names = {
            found.object.language or "": found.object.value
            for found in lookup.match(term, _PREF_LABEL, None)
            if isinstance(found.object, Literal)
        } or labels.get(term, {})
        known = names.get(lang) or names.get("zh") or next(iter(names.values()), None)
        return known or words(term) or compact(term.value)

    return label


def statement_of(tree: Explanation, label: Label) -> str:
    """What the tree explains, in words: subject, property and object."""
    return " — ".join(label(term) for term in tree.triple)


def reason_of(tree: Explanation, lang: str) -> str:
    """Why its statement holds, in words: the rule's title and sentence, the axiom's, or where it was read."""
    chinese = lang == "zh"
    sentence = tree.sentence_zh if chinese else tree.sentence_en
    if tree.kind == "rule":
        rule = next(rule for rule in rules_by_iri().values() if rule.slug == tree.rule)
        name = f"规则“{rule.title_zh}”" if chinese else f"rule “{rule.title_en}”"
    elif tree.kind == "owl":
        name = "本体" if chinese else "ontology"
    else:
        return sentence
    return f"因为（{name}）：{sentence}" if chinese else f"because ({name}): {sentence}"


def quote_of(quote: Quote, lang: str) -> str:
    """The words with the article and the place they stand at."""
    if lang == "zh":
        return f"“{quote.quote}”（《{quote.title}》第 {quote.start}–{quote.end} 字）"
    return f"“{quote.quote}” (“{quote.title}”, characters {quote.start}–{quote.end})"


def render_text(tree: Explanation, lang: str, label: Label) -> str:
    """The tree as indented lines: each statement with its reason, then its quotes or its premises.

    A quote is numbered and given once; where it is needed again, its number is.
    """
    return "\n".join(_lines(tree, lang, label, "", {}))


def _lines(tree: Explanation, lang: str, label: Label, margin: str, numbers: dict[str, int]) -> Iterator[str]:
    statement, reason = statement_of(tree, label), reason_of(tree, lang)
    if tree.premises:
        yield f"{margin}{statement}"
        yield f"{margin}  {reason}"
    else:
        yield f"{margin}{statement}" + (f"（{reason}）" if lang == "zh" else f" ({reason})")
    for quote in tree.quotes:
        yield f"{margin}  {_quote_line(quote, lang, numbers)}"
    for premise in tree.premises:
        yield from _lines(premise, lang, label, margin + "    ", numbers)


def _quote_line(quote: Quote, lang: str, numbers: dict[str, int]) -> str:
    word, above = ("原文", "，见上") if lang == "zh" else ("quote", ", above")
    if quote.evidence in numbers:
        return f"{word} [{numbers[quote.evidence]}]{above}"
    number = numbers[quote.evidence] = len(numbers) + 1
    return f"{word} [{number}]{'：' if lang == 'zh' else ': '}{quote_of(quote, lang)}"


def to_json(tree: Explanation, labels: Mapping[str, Label]) -> dict[str, object]:
    """The tree as plain JSON values, each statement also in words; ``labels`` are by language."""
    return {
        "statement": {lang: statement_of(tree, label) for lang, label in labels.items()},
        "subject": _value(tree.triple.subject),
        "predicate": tree.triple.predicate.value,
        "object": _value(tree.triple.object),
        "kind": tree.kind,
        "rule": tree.rule or None,
        "sentence": {"zh": tree.sentence_zh, "en": tree.sentence_en},
        "premises": [to_json(premise, labels) for premise in tree.premises],
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
