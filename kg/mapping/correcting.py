"""Correcting: an article as read, and what the corrections make of it. A pure function of its quads and the log.

What a correction takes from an article's graph or adds to it is kept as text (``rp:asRead``) in the corrections graph,
where no query takes it for facts, so that the article as read can be had back when a correction is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import DCTERMS, RDF, RDFS, XSD

from kg.authorities import region_authority
from kg.corrections import Correction, Corrections, class_of, fingerprint
from kg.errors import InputError
from kg.identifiers import data_iri
from kg.issues import Issue
from kg.mapping.articles import MappedArticle
from kg.mapping.facts import COMPARATOR_KEYS
from kg.mapping.fields import linked_classes, set_field
from kg.mapping.terms import Node, Sheet, node, text
from kg.namespaces import CONCEPT, ID, RP, Graphs, short

_SUBJECT = node(DCTERMS.subject)
_OF, _EVIDENCE, _QUOTE = node(RP.of), node(RP.evidence), node(RP.quote)
_ENTITIES = tuple(f"{ID}{cls}/" for cls in ("region", "actor", "document", "programme", "cooperation"))
_GRAPH = node(Graphs.CORRECTIONS)
_COMPARATORS = {f"comparator/{key}": sign for sign, key in COMPARATOR_KEYS.items()}
_DATE_TIME = node(str(XSD.dateTime))
Term = NamedNode | BlankNode | Literal | Triple


def corrected(article: MappedArticle, corrections: Corrections) -> MappedArticle:
    """The article with its corrections in force; ``article`` is as read. A correction without its target is an issue."""
    quads, issues = apply(article.key, article.quads, corrections)
    difference = _difference(article.key, article.quads, quads)
    return replace(article, quads=quads, difference=difference, issues=(*article.issues, *issues))


def apply(key: str, quads: Iterable[Quad], corrections: Corrections) -> tuple[frozenset[Quad], list[Issue]]:
    """The quads of an article as read, corrected; and an issue for each correction that finds no target."""
    work = _Work(key, quads)
    held = work.held(corrections.of_article(key))
    work.rename(corrections, [c for c in held if c.action == "split"])
    rejected = {node(ID + c.target) for c in held if c.action == "reject"}
    for correction in held:
        if correction.action == "set" and node(ID + correction.target) not in rejected:
            work.assign(correction, corrections)
    work.reject(rejected)
    return frozenset(work.quads), work.issues


def as_read(quads: Iterable[Quad], difference: Iterable[Quad]) -> frozenset[Quad]:
    """An article's quads before its corrections."""
    found = frozenset(quads)
    for told in difference:
        assert isinstance(told.object, Literal) and isinstance(told.subject, NamedNode)
        graph = node(Graphs.article(told.subject.value.rsplit("/", 1)[1]))
        lines = told.object.value.split("\n")
        taken, added = (
            frozenset(
                Quad(quad.subject, quad.predicate, quad.object, graph)
                for quad in parse(
                    "\n".join(line[2:] for line in lines if line[0] == sign), RdfFormat.N_TRIPLES
                )
            )
            for sign in "-+"
        )
        found = (found - added) | taken
    return found


def lost(correction: Correction, zh: str, en: str) -> Issue:
    """A correction that finds no target: it stays in the log and waits."""
    return Issue(
        code="correction-lost",
        message_zh=f"勘误未能应用：{zh}",
        message_en=f"a correction is not applied: {en}",
        quote=correction.quote,
        fact=correction.target,
        detail={"correction": correction.key, "action": correction.action, "why": correction.why},
    )


def correction_quads(log: Iterable[Correction]) -> frozenset[Quad]:
    """The log in the corrections graph: who decided what, when and why."""
    sheet = Sheet(Graphs.CORRECTIONS)
    for correction in log:
        iri = node(data_iri("correction", correction.key))
        sheet.add(iri, RDF.type, RP.Correction)
        sheet.add(iri, DCTERMS.subject, node(ID + correction.target))
        sheet.add(iri, RP.action, text(correction.action))
        sheet.add(iri, RP.field, text(correction.field) if correction.field else None)
        for predicate, value in ((RP.oldValue, correction.old), (RP.newValue, correction.new)):
            values = value if isinstance(value, tuple) else (value,)
            sheet.add(iri, predicate, *(text(found) for found in values if found is not None))
        sheet.add(iri, DCTERMS.creator, text(correction.who))
        sheet.add(iri, DCTERMS.created, Literal(correction.when, datatype=_DATE_TIME))
        sheet.add(iri, RDFS.comment, text(correction.why) if correction.why else None)
    return frozenset(sheet.quads)


def shown(terms: Iterable[Node]) -> list[str]:
    """Objects as a correction tells them, sorted: keys for nodes and concepts, their text for values."""
    return sorted(_shown(term) for term in terms)


def _shown(term: Node) -> str:
    if not isinstance(term, NamedNode):
        return term.value
    key = short(term.value)
    return _COMPARATORS.get(key, key.partition("/")[2] if term.value.startswith(CONCEPT) else key)


def _difference(key: str, before: frozenset[Quad], after: frozenset[Quad]) -> frozenset[Quad]:
    lines = [
        f"{sign} {q.triple} ."
        for sign, quads in (("-", before - after), ("+", after - before))
        for q in quads
    ]
    told = Literal("\n".join(sorted(lines)))
    article = node(data_iri("article", key))
    return frozenset([Quad(article, node(RP.asRead), told, _GRAPH)] if lines else [])


class _Work:
    """The quads of one article under correction."""

    def __init__(self, key: str, quads: Iterable[Quad]) -> None:
        self.key = key
        self.quads = set(quads)
        self.issues: list[Issue] = []
        self._graph = node(Graphs.article(key))

    def held(self, corrections: Iterable[Correction]) -> list[Correction]:
        """The corrections whose target stands in the article with the quote it was decided on."""
        quotes: dict[Term, Term] = {
            quad.subject: quad.object for quad in self.quads if quad.predicate == _QUOTE
        }
        evidence: dict[Term, Term] = {
            quad.subject: quad.object for quad in self.quads if quad.predicate == _EVIDENCE
        }
        found = []
        for correction in corrections:
            quote = quotes.get(evidence.get(node(ID + correction.target), _OF))
            if quote is None:
                self.issues.append(
                    lost(correction, "文章中已没有这条事实", "the article no longer has this fact")
                )
            elif isinstance(quote, Literal) and fingerprint(quote.value, self.key) != correction.fingerprint:
                self.issues.append(lost(correction, "该事实的原文已变", "the fact has another quote now"))
            else:
                found.append(correction)
        return found

    def rename(self, corrections: Corrections, splits: Iterable[Correction]) -> None:
        """Give split mentions their own entity, then put merged entities under the one they are.

        What else the article says of an entity goes with its mentions when all of them are split off to one other.
        """
        moved: dict[Term, NamedNode] = {node(ID + c.target): node(f"{ID}{c.new}") for c in splits}
        goals: dict[NamedNode, set[NamedNode]] = {}
        for quad in self.quads:
            if quad.predicate == _OF and isinstance(quad.object, NamedNode):
                goals.setdefault(quad.object, set()).add(moved.get(quad.subject, quad.object))
        all_gone = {entity: next(iter(found)) for entity, found in goals.items() if len(found) == 1}
        merges = {node(ID + source): node(ID + into) for source, into in corrections.merges.items()}

        def goal(quad: Quad) -> Quad:
            held = quad.object
            if not isinstance(held, NamedNode):
                return quad
            found = moved.get(quad.subject, held) if quad.predicate == _OF else all_gone.get(held, held)
            return Quad(quad.subject, quad.predicate, merges.get(found, found), quad.graph_name)

        self.quads = {goal(quad) for quad in self.quads}

    def assign(self, correction: Correction, corrections: Corrections) -> None:
        """Give a field its value. A link goes only to what the article has: no statement without a quote."""
        subject, cls, field = (
            node(ID + correction.target),
            class_of(correction.target),
            correction.field or "",
        )
        try:
            parts = set_field(cls, field, correction.new)
        except InputError as error:
            self.issues.append(lost(correction, f"值不合规（{error}）", str(error)))
            return
        if linked_classes(cls, field):
            merges = corrections.merges
            parts = {
                predicate: tuple(node(ID + merges.get(key, key)) for key in shown(objects))
                for predicate, objects in parts.items()
            }
            missing = [o for objects in parts.values() for o in objects if not self._has(o)]
            if missing:
                told = ", ".join(shown(missing))
                self.issues.append(
                    lost(correction, f"文章未提到 {told}", f"the article does not mention {told}")
                )
                return
        predicates = {node(predicate) for predicate in parts}
        self.quads = {q for q in self.quads if q.subject != subject or q.predicate not in predicates}
        for predicate, objects in parts.items():
            self.quads |= {Quad(subject, node(predicate), o, self._graph) for o in objects}

    def reject(self, rejected: set[NamedNode]) -> None:
        """Take facts and mentions out, and what points to them or to entities that nothing here mentions any more."""
        if not rejected:
            return
        of = {q.object for q in self.quads if q.predicate == _OF and q.subject in rejected}
        self.quads = {q for q in self.quads if q.subject not in rejected}
        left = {q.object for q in self.quads if q.predicate == _OF}
        gone = rejected | {entity for entity in of - left if not _is_known_region(entity)}
        # a doubt goes on to say what it was about: the fact may come back
        self.quads = {q for q in self.quads if q.object not in gone or q.predicate == _SUBJECT}

    def _has(self, found: Node) -> bool:
        if _is_known_region(found):
            return True
        if isinstance(found, NamedNode) and found.value.startswith(_ENTITIES):
            return any(quad.predicate == _OF and quad.object == found for quad in self.quads)
        return any(quad.subject == found for quad in self.quads)


def _is_known_region(found: object) -> bool:
    key = found.value.removeprefix(ID) if isinstance(found, NamedNode) else ""
    return key.startswith("region/") and region_authority().find(key.partition("/")[2]) is not None
