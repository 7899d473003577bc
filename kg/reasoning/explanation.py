"""Why a triple holds: a tree from it through rules and axioms down to what was asserted, and to the quotes.

Rules leave an Explanation node in the graph; what the axioms of OWL give is found again when somebody asks,
by running them backward over the graph. The shortest derivation is given: the one of fewest levels, and of rules
that need equally many the one of fewest statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, Literal, Protocol

from pyoxigraph import Literal as LiteralTerm
from pyoxigraph import NamedNode, Triple
from rdflib import DCTERMS, RDF

from kg.errors import NotFoundError
from kg.namespaces import CONCEPT, RP, short
from kg.reasoning.backward import Step, Term, ontology_backward
from kg.reasoning.rules import Rule, rules_by_iri

Kind = Literal["asserted", "authority", "owl", "rule"]

# A region lies at most six levels deep and a rule rests on few axioms; the bound is there for damaged graphs.
DEEPEST: Final = 16
# A cooperation in many articles has many quotes; a reader of a tree needs a few.
MOST_QUOTES: Final = 3

_SUBJECT: Final = NamedNode(str(RDF.subject))
_PREDICATE: Final = NamedNode(str(RDF.predicate))
_OBJECT: Final = NamedNode(str(RDF.object))
_RULE: Final = NamedNode(str(RP.rule))
_PREMISE: Final = NamedNode(str(RP.premise))
_OF: Final = NamedNode(str(RP.of))
_EVIDENCE: Final = NamedNode(str(RP.evidence))
_QUOTE: Final = NamedNode(str(RP.quote))
_START: Final = NamedNode(str(RP.start))
_END: Final = NamedNode(str(RP.end))
_IN_ARTICLE: Final = NamedNode(str(RP.inArticle))
_TITLE: Final = NamedNode(str(DCTERMS.title))


class Lookup(Protocol):
    """What an explanation needs of a graph that holds asserted, authority and inferred triples."""

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        """The triples with these terms; None stands for any."""

    def asserted(self, triple: Triple, /) -> bool:
        """Whether the triple stands in a graph that was asserted, authorities included."""

    def authority(self, triple: Triple, /) -> bool:
        """Whether the triple stands among the asserted authorities."""


@dataclass(frozen=True)
class Quote:
    """The words a triple rests on: start and end are code points of the article's content, end exclusive."""

    quote: str
    evidence: str
    article: str
    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Explanation:
    """One triple and why it holds; ``rule`` is a rule's slug, the name of an OWL axiom, or ""."""

    triple: Triple
    kind: Kind
    rule: str
    sentence_zh: str
    sentence_en: str
    premises: tuple[Explanation, ...] = ()
    quotes: tuple[Quote, ...] = ()


_WORDS: Final[dict[Kind, tuple[str, str]]] = {
    "asserted": ("读自原文", "read from the text"),
    "authority": ("地区与机构名录所载", "from the authority tables"),
}


def walk(tree: Explanation) -> Iterator[Explanation]:
    """The tree and all below it, each conclusion before its premises."""
    yield tree
    for premise in tree.premises:
        yield from walk(premise)


def explain(triple: Triple, lookup: Lookup) -> Explanation:
    """The shortest derivation of a triple. Raises NotFoundError where it does not hold or has none."""
    return _explain(triple, _Search(lookup))


def explanations(triple: Triple, lookup: Lookup) -> tuple[Explanation, ...]:
    """The shortest derivation, then all others that rules give, the shorter first.

    Raises NotFoundError where the triple does not hold or has no derivation.
    """
    search = _Search(lookup)
    best = _explain(triple, search)
    if best.kind in ("asserted", "authority"):
        return (best,)
    found = (search.by_node(triple, node) for node in search.nodes(triple))
    others = [reason for reason in found if reason is not None and reason != best]
    return (best, *sorted(others, key=lambda tree: (_height(tree), _size(tree))))


def _explain(triple: Triple, search: _Search) -> Explanation:
    if next(search.lookup.match(*triple), None) is None:
        raise NotFoundError(f"the graph does not hold: {' '.join(short(_text(term)) for term in triple)}")
    found = search.prove(triple, DEEPEST)
    if found is None:
        raise NotFoundError(f"nothing in the graph explains {triple}")
    return found


class _Search:
    """A search by iterative deepening; as a shortest derivation never needs its own conclusion, it ends.

    Every tree it finds is a shortest one, the premises' trees included.
    """

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self._found: dict[Triple, tuple[int, Explanation]] = {}
        self._failed: dict[Triple, int] = {}
        self._nodes: dict[Triple, list[NamedNode]] = {}
        self._needs: dict[tuple[Triple, NamedNode], tuple[Triple, ...]] = {}
        self._steps: dict[Triple, tuple[Step, ...]] = {}

    def prove(self, triple: Triple, budget: int) -> Explanation | None:
        """The shortest derivation, if it has at most ``budget`` levels."""
        if triple in self._found:
            levels, tree = self._found[triple]
            return tree if levels <= budget else None
        for levels in range(self._failed.get(triple, 0) + 1, budget + 1):
            found = self._prove(triple, levels)
            if found is not None:
                self._found[triple] = (levels, found)
                return found
            self._failed[triple] = levels
        return None

    def _prove(self, triple: Triple, budget: int) -> Explanation | None:
        if self.lookup.asserted(triple):
            kind: Kind = "authority" if self.lookup.authority(triple) else "asserted"
            quotes = () if kind == "authority" else tuple(self._quotes(triple))
            return Explanation(triple, kind, "", *_WORDS[kind], quotes=quotes)
        if budget == 1:
            return None
        by_rules = (self._by_node(triple, node, budget) for node in self.nodes(triple))
        found = min((tree for tree in by_rules if tree is not None), key=_size, default=None)
        return found or self._by_axioms(triple, budget)

    def _by_axioms(self, triple: Triple, budget: int) -> Explanation | None:
        if triple not in self._steps:
            self._steps[triple] = tuple(ontology_backward().steps(triple, self.lookup.match))
        for step in self._steps[triple]:
            premises = self._all(step.premises, budget - 1)
            if premises is not None:
                return _by_step(triple, step, premises)
        return None

    def _all(self, triples: tuple[Triple, ...], budget: int) -> tuple[Explanation, ...] | None:
        proven = []
        for triple in triples:
            found = self.prove(triple, budget)
            if found is None:
                return None
            proven.append(found)
        return tuple(proven)

    # ---- rules

    def nodes(self, triple: Triple) -> list[NamedNode]:
        """The Explanation nodes of a triple; where a rule minted its subject, that one's."""
        if triple not in self._nodes:
            self._nodes[triple] = self._find_nodes(triple)
        return self._nodes[triple]

    def _find_nodes(self, triple: Triple) -> list[NamedNode]:
        exact, minted = [], []
        is_minted = any(triple.predicate in rule.also for rule in rules_by_iri().values())
        for found in self.lookup.match(None, _SUBJECT, triple.subject):
            node = found.subject
            if not isinstance(node, NamedNode):
                continue
            if self._holds(node, _OBJECT, triple.object) and self._holds(node, _PREDICATE, triple.predicate):
                exact.append(node)
            elif is_minted and (rule := self._rule(node)) is not None and triple.predicate in rule.also:
                minted.append(node)
        return sorted((node for node in exact or minted if self._rule(node) is not None), key=str)

    def by_node(self, triple: Triple, node: NamedNode) -> Explanation | None:
        """The shortest derivation by what one Explanation node names, or None."""
        tries = (self._by_node(triple, node, budget) for budget in range(2, DEEPEST + 1))
        return next((tree for tree in tries if tree is not None), None)

    def _by_node(self, triple: Triple, node: NamedNode, budget: int) -> Explanation | None:
        rule = self._rule(node)
        if rule is None:
            return None
        if (triple, node) not in self._needs:
            self._needs[triple, node] = tuple(self._premises(triple, node, rule))
        premises = self._all(self._needs[triple, node], budget - 1)
        if not premises:
            return None
        return Explanation(triple, "rule", rule.slug, rule.sentence_zh, rule.sentence_en, _needed(premises))

    def _premises(self, triple: Triple, node: NamedNode, rule: Rule) -> list[Triple]:
        """The triples by properties the rule uses among the nodes its Explanation names, as the rule lists them."""
        named: set[Term] = {triple.subject, triple.object}
        named.update(found.object for found in self.lookup.match(node, _PREMISE, None))
        reasons = {
            found
            for subject in named
            if isinstance(subject, NamedNode) and not subject.value.startswith(CONCEPT)
            for predicate in rule.uses
            for found in self.lookup.match(subject, predicate, None)
            if found.object in named or _is_value(found.object)
        }
        return sorted(reasons - {triple}, key=lambda reason: (rule.uses.index(reason.predicate), str(reason)))

    def _rule(self, node: NamedNode) -> Rule | None:
        known = rules_by_iri()
        names = (found.object for found in self.lookup.match(node, _RULE, None))
        return next((known[name] for name in names if isinstance(name, NamedNode) and name in known), None)

    def _holds(self, subject: NamedNode, predicate: NamedNode, value: Term) -> bool:
        return next(self.lookup.match(subject, predicate, value), None) is not None

    # ---- quotes

    def _quotes(self, triple: Triple) -> list[Quote]:
        """The quotes of the mentions that say the triple; failing those, of its subject."""
        if triple.predicate == _EVIDENCE:
            return list(self._quote(triple.object))
        subject = triple.subject
        said = [
            mention.subject
            for mention in self.lookup.match(None, _OF, subject)
            if next(self.lookup.match(mention.subject, None, triple.object), None) is not None
        ]
        nodes = {
            found.object for node in said or [subject] for found in self.lookup.match(node, _EVIDENCE, None)
        }
        quotes = [
            q for node in nsmallest(MOST_QUOTES, nodes or {subject}, key=str) for q in self._quote(node)
        ]
        return sorted(quotes, key=lambda quote: (quote.article, quote.start, quote.end))

    def _quote(self, evidence: Term) -> Iterator[Quote]:
        quote = self._value(evidence, _QUOTE)
        if quote is None or not isinstance(evidence, NamedNode):
            return
        article = self._value(evidence, _IN_ARTICLE)
        title = None if article is None else self._value(article, _TITLE)
        start, end = self._value(evidence, _START), self._value(evidence, _END)
        yield Quote(
            _text(quote),
            evidence.value,
            _text(article),
            _text(title),
            int(_text(start) or 0),
            int(_text(end) or 0),
        )

    def _value(self, subject: Term, predicate: NamedNode) -> Term | None:
        return min(
            (found.object for found in self.lookup.match(subject, predicate, None)), key=str, default=None
        )


def _by_step(triple: Triple, step: Step, premises: tuple[Explanation, ...]) -> Explanation:
    """The tree of one axiom; steps of one transitive property are laid out as a single path."""
    if step.axiom == "TransitiveProperty":
        premises = tuple(
            part
            for premise in premises
            for part in (premise.premises if _is_path(premise, triple.predicate) else (premise,))
        )
    return Explanation(triple, "owl", step.axiom, step.zh, step.en, premises)


def _needed(premises: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """The premises without those that axioms conclude from others of them."""
    given = {premise.triple for premise in premises}
    return tuple(
        premise
        for premise in premises
        if premise.kind != "owl" or not _follows(premise, given - {premise.triple})
    )


def _follows(tree: Explanation, given: Iterable[Triple]) -> bool:
    """Whether a tree of axioms ends at given triples alone."""
    return all(part.triple in given if not part.premises else part.kind == "owl" for part in walk(tree))


def _size(tree: Explanation) -> int:
    return sum(1 for _ in walk(tree))


def _height(tree: Explanation) -> int:
    return 1 + max((_height(premise) for premise in tree.premises), default=0)


def _is_path(tree: Explanation, predicate: NamedNode) -> bool:
    return tree.rule == "TransitiveProperty" and tree.triple.predicate == predicate


def _is_value(term: Term) -> bool:
    return isinstance(term, LiteralTerm) or (isinstance(term, NamedNode) and term.value.startswith(CONCEPT))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | LiteralTerm) else ""
