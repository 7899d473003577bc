"""An explanation as a small graph in PROV: each statement an entity, derived from its premises down to quotes.

Every node has an IRI: that of a statement is made from its triple and from what it is derived from, so two
derivations of one triple are two entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, XSD, URIRef

from kg.namespaces import ID, PREFIXES, RP, RULE, Graphs
from kg.reasoning.explanation import Explanation, Quote
from kg.reasoning.rendering import Label, statement_of

_OF_RDFS: Final = frozenset({"subClassOf", "subPropertyOf", "domain", "range"})
_SHOWN: Final = ("dct", "owl", "prov", "rdf", "rdfs", "rp", "rpc", "rpr", "xsd")


def to_turtle(trees: Iterable[Explanation], labels: Mapping[str, Label]) -> str:
    """The trees as one graph in Turtle; ``labels`` are by language.

    A statement is an ``rdf:Statement`` with its words as label and its reason as comment. It was influenced by its
    rule or axiom and derived from premises or evidence; a statement of the authorities has their graph as source.
    """
    triples = sorted({triple for tree in trees for triple in _graph(tree, labels)}, key=str)
    prefixes = {prefix: PREFIXES[prefix] for prefix in _SHOWN}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def statement_iri(tree: Explanation) -> NamedNode:
    """The IRI of a statement as derived by this tree."""
    parts = [*map(str, tree.triple), tree.rule, *(statement_iri(premise).value for premise in tree.premises)]
    return NamedNode(f"{ID}statement/{sha256(' '.join(parts).encode()).hexdigest()[:16]}")


def _graph(tree: Explanation, labels: Mapping[str, Label]) -> Iterator[Triple]:
    node = statement_iri(tree)
    subject, predicate, value = tree.triple
    yield _said(node, RDF.type, NamedNode(str(RDF.Statement)))
    yield _said(node, RDF.type, NamedNode(str(PROV.Entity)))
    yield _said(node, RDF.subject, subject)
    yield _said(node, RDF.predicate, predicate)
    yield _said(node, RDF.object, value)
    for lang, label in labels.items():
        yield _said(node, RDFS.label, Literal(statement_of(tree, label), language=lang))
        sentence = tree.sentence_zh if lang == "zh" else tree.sentence_en
        yield _said(node, RDFS.comment, Literal(sentence, language=lang))
    if tree.rule:
        base = RULE if tree.kind == "rule" else str(RDFS if tree.rule in _OF_RDFS else OWL)
        yield _said(node, PROV.wasInfluencedBy, NamedNode(base + tree.rule))
    if tree.kind == "authority":
        yield _said(node, PROV.hadPrimarySource, NamedNode(str(Graphs.AUTHORITIES)))
    for quote in tree.quotes:
        yield _said(node, PROV.wasDerivedFrom, NamedNode(quote.evidence))
        yield from _quoted(quote)
    for premise in tree.premises:
        yield _said(node, PROV.wasDerivedFrom, statement_iri(premise))
        yield from _graph(premise, labels)


def _quoted(quote: Quote) -> Iterator[Triple]:
    evidence, article = NamedNode(quote.evidence), NamedNode(quote.article)
    yield _said(evidence, RDF.type, NamedNode(str(PROV.Entity)))
    yield _said(evidence, RDF.type, NamedNode(str(RP.Evidence)))
    yield _said(evidence, RP.quote, Literal(quote.quote))
    for predicate, place in ((RP.start, quote.start), (RP.end, quote.end)):
        yield _said(evidence, predicate, Literal(str(place), datatype=NamedNode(str(XSD.nonNegativeInteger))))
    yield _said(evidence, PROV.wasQuotedFrom, article)
    yield _said(article, RDF.type, NamedNode(str(PROV.Entity)))
    yield _said(article, DCTERMS.title, Literal(quote.title))


def _said(subject: NamedNode, predicate: URIRef, value: object) -> Triple:
    return Triple(subject, NamedNode(str(predicate)), value)  # type: ignore[arg-type]
