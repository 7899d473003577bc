"""Ingestion: a bulletin's facts through mapping, validation and reasoning into the store, in one transaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from pyoxigraph import Literal, Quad, Triple
from rdflib import DCTERMS

from kg.corrections import Corrections, graph_key
from kg.entities import derive, mentioned
from kg.errors import ConformanceError, NotFoundError
from kg.identifiers import data_iri
from kg.ingest.batch import articles_batch, closure_batch, issue_of, without_violations
from kg.ingest.doubts import locate, with_doubts
from kg.ingest.increment import INFERRED, Increment, increment, inferred_quads
from kg.ingest.layers import (
    READERS,
    articles_of,
    asserted_quads,
    authority_triples,
    best_reader,
    bulletin_keys,
    bulletins_of,
    difference_of,
    held_quads,
    is_known_region,
    mentions_of,
    title_of,
    triples,
)
from kg.issues import Issue
from kg.mapping.articles import MappedArticle, map_article, map_bulletin
from kg.mapping.correcting import as_read, corrected, correction_quads, lost
from kg.mapping.terms import node
from kg.model import KINDS, ArticleFacts, Bulletin
from kg.namespaces import ID, RP, Graphs, short
from kg.reasoning import Authorities, Contradiction, Inference, closure, infer, oracle
from kg.store import Store, Transaction, View
from kg.validation import validate

_APPLIES_IN, _AS_READ, _TITLE = node(RP.appliesIn), node(RP.asRead), node(DCTERMS.title)
_ROUNDS = 5
"""How often a bulletin is validated again after facts were left out, before it is refused whole."""


@dataclass
class Outcome:
    """What one load or removal did: facts by kind, and by reader and kind, issues met, the store's version afterwards.

    ``inferred`` triples have come by inference, ``withdrawn`` ones hold no longer.
    """

    bulletin: str
    articles: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    readers: dict[str, dict[str, int]] = field(default_factory=dict)
    inferred: int = 0
    withdrawn: int = 0
    issues: list[Issue] = field(default_factory=list)
    version: int = 0

    @property
    def facts(self) -> int:
        """How many facts were loaded."""
        return sum(self.counts.values())

    @property
    def violations(self) -> int:
        """How many of the issues are violations."""
        return sum(issue.severity == "violation" for issue in self.issues)


@dataclass(frozen=True)
class InferenceReport:
    """What inferring anew gave."""

    triples: int
    changed: int
    by_rule: dict[str, int]
    contradictions: tuple[Contradiction, ...]


class Ingestion:
    """Loads into and removals from one store. The authorities are read from it once."""

    def __init__(self, store: Store, *, strict: bool = False, corrections: Corrections | None = None) -> None:
        """With ``strict`` any violation refuses a bulletin (ConformanceError); else the fact stays out.

        ``corrections`` are applied to whatever is loaded; ``correct`` applies them to what is there already.
        """
        self._store = store
        self._strict = strict
        self._corrections = corrections or Corrections()

    def load(self, bulletin: Bulletin) -> Outcome:
        """Load a bulletin, or replace the one of the same key. All of it is in the store afterwards, or nothing.

        A fact that violates a shape stays out and becomes an issue.
        """
        outcome = Outcome(bulletin.key)
        bulletin, read = self._conforming(_without_repeats(bulletin, outcome), outcome)
        mapped = [
            self._better(article, facts, outcome)
            for article, facts in zip(read, bulletin.articles, strict=True)
        ]
        old = held_quads(self._store, bulletin.key, {article.key for article in mapped})
        parts = chain.from_iterable((*a.quads, a.text, *a.difference) for a in mapped)
        outcome.articles = len(mapped)
        self._count(bulletin, outcome)
        outcome.issues += self._lost(old, mapped)
        leaving = articles_of(self._store, bulletin.key) - {article.key for article in mapped}
        outcome.issues += self._staying(bulletin.key, leaving)
        self._commit(
            old, [*map_bulletin(bulletin, read), *parts], outcome, action="load", title=bulletin.title
        )
        return outcome

    def _count(self, bulletin: Bulletin, outcome: Outcome) -> None:
        """Note how many facts there are of each kind and reader, those that a correction rejects left out."""
        for kind in KINDS:
            facts = chain.from_iterable(getattr(found.facts, kind) for found in bulletin.articles)
            readers = Counter(f.reader for f in facts if graph_key(f.id) not in self._corrections.rejected)
            outcome.counts[kind] = readers.total()
            for reader, number in sorted(readers.items()):
                outcome.readers.setdefault(reader, {})[kind] = number

    def remove(self, key: str) -> Outcome:
        """Remove a bulletin, and its articles that no other bulletin holds. Raises NotFoundError."""
        self.require(key)
        outcome = Outcome(key)
        title = title_of(self._store, key)
        outcome.issues += self._staying(key, articles_of(self._store, key))
        self._commit(held_quads(self._store, key, set()), [], outcome, action="remove", title=title)
        return outcome

    def _staying(self, key: str, leaving: set[str]) -> list[Issue]:
        """The articles that leave a bulletin and stay in others, with facts of a better reader than the rules: whose
        telling these are no store remembers, so they stay until one of the others is loaded again."""
        issues = []
        for article in sorted(leaving):
            others = sorted(bulletins_of(self._store, article) - {key})
            held = list(self._store.quads(graph=node(Graphs.article(article))))
            if others and best_reader(held) > READERS.index("rules"):
                titles = (
                    q.object.value for q in held if q.predicate == _TITLE and isinstance(q.object, Literal)
                )
                issues.append(_staying_issue(next(titles, ""), others))
        return issues

    def require(self, key: str) -> None:
        """Raise NotFoundError, naming the known ones, where there is no such bulletin."""
        keys = bulletin_keys(self._store)
        if key not in keys:
            raise NotFoundError(f"no bulletin {key!r} in the store; there are: {', '.join(keys) or 'none'}")

    def renew(self) -> None:
        """Derive all entities and inferences anew, where the authorities behind them have changed."""
        store, graph = self._store, node(Graphs.ENTITIES)
        articles = [name for name in store.graphs() if name.value.startswith(Graphs.ARTICLE_PREFIX)]
        entities = derive(quad for name in articles for quad in store.quads(graph=name))
        kept = [quad for quad in asserted_quads(store) if quad.graph_name != graph]
        inferred = inferred_quads(self._infer([*kept, *entities.quads]).triples)
        old = [*store.quads(graph=graph), *store.quads(graph=INFERRED)]
        transaction = Transaction.between(
            old, {*entities.quads, *inferred}, action="renew entities and inferences"
        )
        if transaction:
            store.apply(transaction)

    def infer(self) -> InferenceReport:
        """Make the inferred graph anew from all asserted facts; nothing else changes."""
        found = self._infer(asserted_quads(self._store))
        quads = inferred_quads(found.triples)
        transaction = Transaction.between(self._store.quads(graph=INFERRED), quads, action="infer")
        if transaction:
            self._store.apply(transaction)
        changed = len(transaction.delete) + len(transaction.insert)
        return InferenceReport(len(quads), changed, found.by_rule, found.contradictions)

    @cached_property
    def _authorities(self) -> Authorities:
        return Authorities(authority_triples(self._store))

    def _infer(self, asserted: Iterable[Quad]) -> Inference:
        return infer(triples(asserted), self._authorities)

    def _conforming(self, bulletin: Bulletin, outcome: Outcome) -> tuple[Bulletin, list[MappedArticle]]:
        """The bulletin without the facts that violate a shape, and its articles mapped, with what they leave in doubt."""
        left_out: dict[str, list[Issue]] = defaultdict(list)
        for _ in range(_ROUNDS):
            mapped = [corrected(map_article(facts), self._corrections) for facts in bulletin.articles]
            report = validate(articles_batch(mapped))
            located = locate(report.violations or report.warnings, mapped)
            issues = [issue for facts in bulletin.articles for issue in facts.issues]
            refused = [issue for issue in issues if issue.severity == "violation"]
            refused += located.issues if report.violations else []
            if self._strict and refused:
                first = refused[0]
                quote = f" “{first.quote}”" if first.quote else f" {first.detail.get('node', '')}"
                raise ConformanceError(
                    f"{bulletin.key}: nothing was loaded, violations: {len(refused)}; the first: "
                    f"{first.message_zh} {first.message_en}{quote}"
                )
            if not report.violations:
                outcome.issues += issues
                outcome.issues += [issue for article in mapped for issue in article.issues]
                outcome.issues += located.issues
                return bulletin, [
                    with_doubts(a, [*left_out[a.key], *located.told.get(a.key, ())]) for a in mapped
                ]
            outcome.issues += located.issues
            for key, told in located.told.items():
                left_out[key] += told
            bulletin = without_violations(bulletin, report.violations, self._corrections)
        raise ConformanceError(
            f"{bulletin.key}: still not conforming after {_ROUNDS} rounds, nothing was loaded; the first: "
            f"{report.violations[0].message_en} ({report.violations[0].focus_node})"
        )

    def _better(self, article: MappedArticle, facts: ArticleFacts, outcome: Outcome) -> MappedArticle:
        """The article as this bulletin tells it, or as another one does whose facts come from a better reader.

        A reprint is one article, so one of two tellings stays: hand annotation before a model before rules, else the
        newer one, which a better program may have made.
        """
        held = self._read(article.key, article.text)
        others = bulletins_of(self._store, article.key) - {outcome.bulletin}
        if not others or best_reader(held.quads) <= best_reader(as_read(article.quads, article.difference)):
            return article
        outcome.issues.append(_kept_issue(facts, sorted(others)))
        return corrected(held, self._corrections)

    def _read(self, key: str, text: Quad) -> MappedArticle:
        """An article of the store as it was read, without its corrections."""
        held = self._store.quads(graph=node(Graphs.article(key)))
        return MappedArticle(key, as_read(held, difference_of(self._store, key)), text, ())

    def correct(self, *, before: Callable[[list[Issue]], None] = lambda _: None) -> Outcome:
        """Bring the corrections graph and every article that is concerned in line with the corrections, in one
        transaction. ``before`` is called with the issues when all is ready and nothing is written yet.

        Raises ConformanceError, before anything is written, where a corrected article violates a shape.
        """
        store, outcome = self._store, Outcome("corrections")
        old = [q for q in store.quads(graph=node(Graphs.CORRECTIONS)) if q.predicate != _AS_READ]
        changed = []
        for read in self._concerned():
            article, key = corrected(read, self._corrections), read.key
            outcome.issues += article.issues
            held = [*store.quads(graph=node(Graphs.article(key))), *difference_of(store, key)]
            if {*article.quads, *article.difference} != set(held):
                old += [*held, article.text]
                changed.append(article)
        report = validate(articles_batch(changed)) if changed else None
        if report and report.violations:
            first = report.violations[0]
            raise ConformanceError(
                f"nothing was corrected: it would violate {short(str(first.source_shape))} at "
                f"{short(str(first.focus_node))}: {first.message_zh} {first.message_en}"
            )
        before(outcome.issues)
        outcome.articles = len(changed)
        told = locate(report.warnings if report else (), changed).told
        new = list(correction_quads(self._corrections.log))
        for article in (with_doubts(found, told.get(found.key, ())) for found in changed):
            new += [*article.quads, *article.difference, article.text]
        if set(old) != set(new):
            self._commit(old, new, outcome, action="correct", title="")
        outcome.version = store.version
        return outcome

    def _concerned(self) -> list[MappedArticle]:
        """The articles of the store that a correction is about or has changed, as read."""
        store, corrections = self._store, self._corrections
        keys = set(corrections.articles)
        told = store.quads(None, _AS_READ, None, node(Graphs.CORRECTIONS))
        keys |= {str(quad.subject)[1:-1].rsplit("/", 1)[1] for quad in told}
        for source in corrections.merges:
            for quad in store.quads(None, None, node(ID + source)):
                if str(quad.graph_name)[1:].startswith(Graphs.ARTICLE_PREFIX):
                    keys.add(str(quad.graph_name)[1:-1].rsplit("/", 1)[1])
        texts = (
            (key, store.quads(node(data_iri("article", key)), None, None, node(Graphs.TEXT)))
            for key in sorted(keys)
        )
        return [self._read(key, text) for key, found in texts for text in found]

    def _lost(self, old: Iterable[Quad], mapped: list[MappedArticle]) -> list[Issue]:
        """The corrections of articles that a new edition of their bulletin no longer has, and the merges of entities
        that it alone mentioned."""
        was = {quad for quad in old if quad.predicate == _AS_READ}
        graphs = {str(quad.graph_name)[1:-1] for quad in old} - {str(Graphs.article(a.key)) for a in mapped}
        gone = {name.rsplit("/", 1)[1] for name in graphs if name.startswith(Graphs.ARTICLE_PREFIX)}
        issues = [
            lost(correction, "其文章已不在库中", "its article is no longer in the store")
            for key in sorted(gone)
            for correction in self._corrections.of_article(key)
        ]
        left = (set(self._store.quads(None, _AS_READ)) - was).union(
            *(article.difference for article in mapped)
        )
        for correction in self._corrections.in_force:
            told = f"<{ID}{correction.target}>"
            here, elsewhere = (any(told in str(quad.object) for quad in quads) for quads in (was, left))
            if correction.action == "merge" and here and not elsewhere:
                issues.append(lost(correction, "已没有文章提到它", "no article mentions it any more"))
        return issues

    def _commit(self, old: list[Quad], new: list[Quad], outcome: Outcome, *, action: str, title: str) -> None:
        """Change articles, entities and inferences in one transaction."""
        store, entities_graph = self._store, node(Graphs.ENTITIES)
        touched = {entity for entity in mentioned(old) | mentioned(new) if not is_known_region(entity)}
        gone = {
            *old,
            *(quad for entity in touched for quad in store.quads(entity, None, None, entities_graph)),
        }
        entities = derive([*mentions_of(store, touched, set(old)), *new])
        outcome.issues += entities.issues
        come = {*new, *entities.quads}
        change = Transaction.between(gone, come)
        found = increment(store, change.delete, change.insert)
        outcome.inferred, outcome.withdrawn = len(found.insert), len(found.delete)
        outcome.issues += [_contradiction_issue(contradiction) for contradiction in found.contradictions]
        if reasons := closure_batch(found.insert):
            outcome.issues += [issue_of(result) for result in validate(reasons).results]
        outcome.issues = [issue for issue in outcome.issues if not self._is_supplied(issue, found)]
        note = {"action": action, "bulletin": outcome.bulletin, "title": title,
                "articles": outcome.articles, "facts": outcome.facts}  # fmt: skip
        transaction = Transaction(change.delete | found.delete, change.insert | found.insert, note)
        outcome.version = store.apply(transaction) if transaction else store.version

    def _is_supplied(self, issue: Issue, found: Increment) -> bool:
        """Whether the doubt is a measure's region, and a rule has supplied one since (marked as such everywhere)."""
        if issue.code != "shape-Measure-placed":
            return False
        measure = node(issue.detail["node"])
        held = set(self._store.quads(measure, _APPLIES_IN, None, INFERRED)) - found.delete
        return bool(held) or any(q.subject == measure and q.predicate == _APPLIES_IN for q in found.insert)


def compare_with_oracle(view: View) -> tuple[frozenset[Triple], frozenset[Triple]]:
    """The OWL closure of all facts and of what the authorities say of their regions: ours, and owlrl's."""
    facts = list(triples(asserted_quads(view)))
    nodes = {term for triple in facts for term in (triple.subject, triple.object)}
    given = {*facts, *Authorities(authority_triples(view)).about(nodes)}
    return closure(given).inferred, oracle.closure(given).inferred


def _without_repeats(bulletin: Bulletin, outcome: Outcome) -> Bulletin:
    """The bulletin with each article once, as first given; a repeat becomes an issue."""
    seen: dict[str, ArticleFacts] = {}
    for facts in bulletin.articles:
        if facts.article.key in seen:
            outcome.issues.append(
                Issue(
                    code="article-repeated",
                    message_zh="同一简报中文章重复，只载入第一篇",
                    message_en="the article stands twice in the bulletin; the first one is loaded",
                    article=facts.article.title,
                )
            )
        seen.setdefault(facts.article.key, facts)
    return bulletin.model_copy(update={"articles": list(seen.values())})


def _kept_issue(facts: ArticleFacts, others: list[str]) -> Issue:
    return Issue(
        code="reprint-kept",
        message_zh=f"该文章已由简报 {'、'.join(others)} 载入，其事实出自更可靠的读法，予以保留",
        message_en=f"the article is held by {', '.join(others)} with facts of a better reader; these stay",
        severity="info",
        article=facts.article.title,
    )


def _staying_issue(title: str, others: list[str]) -> Issue:
    return Issue(
        code="reprint-stays",
        message_zh=f"该文章另见于简报 {'、'.join(others)}，其事实出自更可靠的读法，予以保留；如要改用该简报自己的读法，请重新载入",
        message_en=f"the article is held by {', '.join(others)} too and keeps the facts of a better reader; "
        "to have those of that bulletin, load it again",
        severity="info",
        article=title,
    )


def _contradiction_issue(found: Contradiction) -> Issue:
    return Issue(
        code="contradiction",
        message_zh=found.message("zh"),
        message_en=found.message("en"),
        severity="violation",
        detail={"node": found.node},
    )
