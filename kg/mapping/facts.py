"""Facts and mentions as triples of their article's graph: one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import NamedNode
from rdflib import PROV, RDF, SKOS, URIRef

from kg.identifiers import data_iri, digest, fold_name, iri_of
from kg.issues import Issue
from kg.mapping.identities import Identities
from kg.mapping.terms import Sheet, boolean, decimal, first_day, integer, last_day, node, partial_date, text
from kg.model import (
    ActorFact,
    AnyFact,
    Article,
    ArticleFacts,
    CooperationFact,
    DocumentFact,
    EventFact,
    Fact,
    FigureFact,
    FirstFact,
    MeasureFact,
    ProgrammeFact,
    RegionFact,
    RelationFact,
    TargetFact,
)
from kg.namespaces import RP, Graphs, concept

COMPARATOR_KEYS = {">=": "ge", "<=": "le", "=": "eq", "~": "approx"}


class ArticleSheet(Sheet):
    """The article graph in the making, with the article's entities and the issues met while mapping."""

    def __init__(self, facts: ArticleFacts) -> None:
        super().__init__(Graphs.article(facts.article.key))
        self.article: Article = facts.article
        self.identities = Identities(facts)
        self.issues: list[Issue] = []
        self._implicit: set[str] = set()

    @property
    def article_node(self) -> NamedNode:
        """The article itself."""
        return node(data_iri("article", self.article.key))

    def evidence(self, fact: Fact) -> NamedNode:
        """The evidence node of a fact, described once however many facts share the quote."""
        return add_evidence(self, self.article.key, fact.evidence, fact.start, fact.end)

    def node_of(self, fact: Fact) -> NamedNode:
        """The node of a measure, target, figure, event or first claim, with what all of them carry."""
        iri = node(iri_of(fact.id))
        self.add(iri, RP.evidence, self.evidence(fact))
        self.add(iri, RP.confidence, decimal(fact.confidence))
        self.add(iri, PROV.wasGeneratedBy, extraction_node(self.article, fact.reader))
        return iri

    def mention(self, fact: AnyFact, entity: URIRef) -> NamedNode:
        """The mention of an entity, with what all mentions carry."""
        iri = node(data_iri("mention", fact.id.split("/", 1)[1] + "-" + fact.cls))
        self.add(iri, RDF.type, RP.Mention)
        self.add(iri, RP.of, entity)
        self.add(iri, RP.surfaceForm, text(fact.evidence))
        self.add(iri, RP.evidence, self.evidence(fact))
        self.add(iri, RP.confidence, decimal(fact.confidence))
        self.add(iri, PROV.wasGeneratedBy, extraction_node(self.article, fact.reader))
        return iri

    def parties(self, names: Iterable[str], fact: Fact) -> list[URIRef]:
        """The actors and regions behind names; a name that the article's actors lack becomes an actor of its own."""
        return [
            self.identities.party_named(name) or self._implicit_actor(name, fact)
            for name in names
            if fold_name(name)
        ]

    def _implicit_actor(self, name: str, fact: Fact) -> URIRef:
        """An organisation that is named only as a party, an issuer or a lead: its evidence is that fact's quote."""
        actor = ActorFact(
            id=f"actor/{self.article.key}/{digest('actor', name)}",
            name=name, type="other", evidence=fact.evidence, start=fact.start, end=fact.end,
            confidence=fact.confidence, reader=fact.reader,
        )  # fmt: skip
        entity = self.identities.actor(actor)
        if actor.id not in self._implicit:
            self._implicit.add(actor.id)
            map_actor(self, actor, entity)
        return entity

    def regions(self, codes: Iterable[str], fact: Fact) -> list[URIRef]:
        """The regions behind codes or names; an unknown one becomes an issue, not a guess."""
        found = []
        for code in codes:
            region = self.identities.region_named(code)
            if region is None:
                self.issues.append(_unknown_region(self.article, fact, code))
            else:
                found.append(region)
        return found


def add_evidence(sheet: Sheet, article_key: str, quote: str, start: int, end: int) -> NamedNode:
    """Describe the evidence node of a quote, and give it."""
    iri = node(data_iri("evidence", f"{article_key}/{start}-{end}"))
    sheet.add(iri, RDF.type, RP.Evidence)
    sheet.add(iri, RP.quote, text(quote))
    sheet.add(iri, RP.start, integer(start))
    sheet.add(iri, RP.end, integer(end))
    sheet.add(iri, RP.inArticle, data_iri("article", article_key))
    return iri


def extraction_node(article: Article, reader: str) -> NamedNode:
    """The activity in which one reader read one article."""
    return node(data_iri("extraction", f"{article.key}/{reader}"))


def _unknown_region(article: Article, fact: Fact, code: str) -> Issue:
    return Issue(
        code="unknown-region",
        message_zh=f"地区表中没有“{code}”，该适用地区未载入",
        message_en=f"no region {code!r} is known; the fact loads without it",
        article=article.title,
        quote=fact.evidence,
        start=fact.start,
        fact=fact.id,
    )


def map_region(sheet: ArticleSheet, fact: RegionFact, entity: URIRef) -> None:
    """A region's mention. ``statedKind`` is the level, told only of regions that the authorities may lack."""
    iri = sheet.mention(fact, entity)
    sheet.add(iri, RP.role, concept("role", fact.role))
    sheet.add(iri, RP.statedLabel, text(fact.name))
    sheet.add(iri, RP.statedKind, concept("level", fact.level))
    for key in fact.candidates:
        sheet.add(iri, RP.candidate, data_iri("region", key))


def map_actor(sheet: ArticleSheet, fact: ActorFact, entity: URIRef) -> None:
    """An actor's mention."""
    iri = sheet.mention(fact, entity)
    sheet.add(iri, RP.statedLabel, text(fact.name))
    sheet.add(iri, RP.statedAlias, *(text(alias) for alias in fact.aliases))
    sheet.add(iri, RP.statedKind, concept("actor-type", fact.type))
    if fact.region_code:
        sheet.add(iri, RP.statedRegion, *sheet.regions([fact.region_code], fact))


def map_document(sheet: ArticleSheet, fact: DocumentFact, entity: URIRef) -> None:
    """A document's mention."""
    iri = sheet.mention(fact, entity)
    sheet.add(iri, RP.statedLabel, text(fact.title))
    sheet.add(iri, RP.statedKind, concept("document-kind", fact.kind))
    sheet.add(iri, RP.statedIssuer, *sheet.parties(fact.issuers, fact))


def map_programme(sheet: ArticleSheet, fact: ProgrammeFact, entity: URIRef) -> None:
    """A programme's mention."""
    iri = sheet.mention(fact, entity)
    sheet.add(iri, RP.statedLabel, text(fact.name))
    sheet.add(iri, RP.statedKind, concept("programme-kind", fact.kind))
    sheet.add(iri, RP.statedLead, *sheet.parties(fact.lead, fact))


def map_cooperation(sheet: ArticleSheet, fact: CooperationFact, entity: URIRef) -> None:
    """A cooperation's mention."""
    iri = sheet.mention(fact, entity)
    parties = sheet.parties(fact.parties, fact)
    sheet.add(iri, RP.statedLabel, text(fact.label))
    sheet.add(iri, RP.statedKind, concept("cooperation-kind", fact.kind))
    sheet.add(iri, RP.statedParty, *parties)
    sheet.add(iri, RP.statedRegion, *sheet.regions(fact.region_codes, fact))
    sheet.add(iri, RP.statedSubject, text(fact.subject) if fact.subject else None)
    sheet.add(iri, RP.statedDate, partial_date(fact.date) if fact.date else None)
    sheet.add(iri, RP.statedAgreement, sheet.identities.by_id(fact.agreement))
    sheet.add(iri, RP.statedMeasure, *(sheet.identities.by_id(measure) for measure in fact.measures))
    sheet.add(iri, RP.statedCrossRegion, boolean(fact.cross_region))


def map_measure(sheet: ArticleSheet, fact: MeasureFact, _entity: URIRef) -> None:
    """A measure."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.Measure)
    sheet.add(iri, SKOS.prefLabel, text(fact.label, "zh"))
    sheet.add(iri, RP.instrument, concept("instrument", fact.type))
    sheet.add(iri, RP.appliesIn, *sheet.regions(fact.region_codes, fact))
    sheet.add(iri, RP.setOutIn, sheet.identities.by_id(fact.document))
    sheet.add(iri, RP.takenBy, *(sheet.identities.by_id(actor) for actor in fact.taken_by))
    sheet.add(iri, RP.status, concept("status", fact.status) if fact.status else None)


def _quantity(sheet: ArticleSheet, iri: NamedNode, fact: TargetFact | FigureFact) -> None:
    sheet.add(iri, RP.value, None if fact.value is None else decimal(fact.value))
    sheet.add(iri, RP.valueMax, None if fact.value_max is None else decimal(fact.value_max))
    sheet.add(iri, RP.statedValue, text(fact.stated_value) if fact.stated_value else None)
    sheet.add(iri, RP.unit, text(fact.unit) if fact.unit else None)
    if fact.comparator:
        sheet.add(iri, RP.comparator, concept("comparator", COMPARATOR_KEYS[fact.comparator]))


def map_target(sheet: ArticleSheet, fact: TargetFact, _entity: URIRef) -> None:
    """A target."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.Target)
    sheet.add(iri, SKOS.prefLabel, text(fact.metric[:40], "zh"))
    sheet.add(iri, RP.metric, text(fact.metric))
    _quantity(sheet, iri, fact)
    if fact.deadline:
        sheet.add(iri, RP.deadline, partial_date(fact.deadline))
        sheet.add(iri, RP.deadlineDay, last_day(fact.deadline))
    sheet.add(iri, RP.setOutIn, sheet.identities.by_id(fact.document))
    sheet.add(iri, RP.appliesIn, *sheet.regions(fact.region_codes, fact))


def map_figure(sheet: ArticleSheet, fact: FigureFact, _entity: URIRef) -> None:
    """A figure."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.Figure)
    sheet.add(iri, SKOS.prefLabel, text((fact.about or fact.evidence)[:40], "zh"))
    _quantity(sheet, iri, fact)
    sheet.add(iri, RP.figureKind, concept("figure-kind", fact.kind))
    sheet.add(iri, RP.subject, text(fact.about) if fact.about else None)
    sheet.add(iri, RP.about, sheet.identities.by_id(fact.about_id))


def _day(sheet: ArticleSheet, iri: NamedNode, date: str | None) -> None:
    if date:
        sheet.add(iri, RP.date, partial_date(date))
        sheet.add(iri, RP.day, first_day(date))


def map_event(sheet: ArticleSheet, fact: EventFact, _entity: URIRef) -> None:
    """An event."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.Event)
    sheet.add(iri, SKOS.prefLabel, text(fact.evidence[:40], "zh"))
    sheet.add(iri, RP.eventType, concept("event-type", fact.type))
    _day(sheet, iri, fact.date)
    sheet.add(iri, RP.actor, *(sheet.identities.by_id(actor) for actor in fact.actors))
    sheet.add(iri, RP.about, *(sheet.identities.by_id(about) for about in fact.about))


def map_first(sheet: ArticleSheet, fact: FirstFact, _entity: URIRef) -> None:
    """A claim of being first."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.FirstClaim)
    sheet.add(iri, SKOS.prefLabel, text(fact.evidence[:40], "zh"))
    sheet.add(iri, RP.scope, concept("first-scope", fact.scope))


def map_relation(sheet: ArticleSheet, fact: RelationFact, _entity: URIRef) -> None:
    """What is done to a document, and by which one."""
    iri = sheet.node_of(fact)
    sheet.add(iri, RDF.type, RP.DocumentRelation)
    sheet.add(iri, SKOS.prefLabel, text(fact.evidence[:40], "zh"))
    sheet.add(iri, RP.relationKind, concept("document-relation", fact.kind))
    sheet.add(iri, RP.about, sheet.identities.by_id(fact.document))
    sheet.add(iri, RP.actingDocument, sheet.identities.by_id(fact.by))
    _day(sheet, iri, fact.date)


MAPPERS: dict[type[Fact], Callable[[ArticleSheet, Any, URIRef], None]] = {
    RegionFact: map_region,
    ActorFact: map_actor,
    DocumentFact: map_document,
    ProgrammeFact: map_programme,
    MeasureFact: map_measure,
    TargetFact: map_target,
    FigureFact: map_figure,
    EventFact: map_event,
    CooperationFact: map_cooperation,
    FirstFact: map_first,
    RelationFact: map_relation,
}
"""The mapping function of each kind of fact."""
