"""Identities: which entity a name in an article stands for. One place decides every entity IRI (DESIGN, Identity)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rdflib import URIRef

from kg.authorities import agency_authority, region_authority
from kg.identifiers import data_iri, digest, entity_key, fold_name
from kg.model import (
    ActorFact,
    AnyFact,
    ArticleFacts,
    CooperationFact,
    DocumentFact,
    ProgrammeFact,
    RegionFact,
)

_GENERIC_TITLE = 6
"""A title of so few characters (通知, 实施方案) names its document within one article only."""


@dataclass(frozen=True)
class Identities:
    """The entities of one article."""

    facts: ArticleFacts

    @cached_property
    def _regions(self) -> dict[str, URIRef]:
        """Names, mentions and codes of the article's regions."""
        table: dict[str, URIRef] = {}
        for fact in self.facts.facts.regions:
            for form in (fact.name, fact.code, fact.mention):
                if form:
                    table.setdefault(fold_name(form), self.region(fact))
        return table

    @cached_property
    def _actors(self) -> dict[str, URIRef]:
        table: dict[str, URIRef] = {}
        for fact in self.facts.facts.actors:
            table.setdefault(fold_name(fact.name), self.actor(fact))
        for fact in self.facts.facts.actors:
            for alias in fact.aliases:
                table.setdefault(fold_name(alias), self.actor(fact))
        return table

    @cached_property
    def _by_id(self) -> dict[str, URIRef]:
        return {fact.id: self.of(fact) for fact in self.facts.facts.all()}

    @cached_property
    def subject_code(self) -> str | None:
        """The code of the first region that the article is about."""
        subjects = [fact for fact in self.facts.facts.regions if fact.role == "subject" and fact.code]
        return subjects[0].code if subjects else None

    def of(self, fact: AnyFact) -> URIRef:
        """The entity that a fact mentions, or the fact's own IRI where facts of its kind are no mentions."""
        match fact:
            case RegionFact():
                return self.region(fact)
            case ActorFact():
                return self.actor(fact)
            case DocumentFact():
                return self.document(fact)
            case ProgrammeFact():
                return self.programme(fact)
            case CooperationFact():
                return self.cooperation(fact)
            case _:
                return data_iri(*fact.id.split("/", 1))

    def by_id(self, fact_id: str | None) -> URIRef | None:
        """What a link by fact id points to."""
        return self._by_id.get(fact_id) if fact_id else None

    def region(self, fact: RegionFact) -> URIRef:
        """A region of the authority, else one that is known by its name alone."""
        key = self._region_key(fact)
        return data_iri("region", key or entity_key(fact.name))

    def _region_key(self, fact: RegionFact) -> str | None:
        authority = region_authority()
        if fact.candidates:
            return None
        year = self.facts.article.year
        found = authority.find_code(fact.code, year) if fact.code else authority.resolve(fact.name, year)
        return found.key if found else None

    def region_named(self, code_or_name: str) -> URIRef | None:
        """The region behind a code or a name: one of the article's, else one of the authority; None if unknown."""
        known = self._regions.get(fold_name(code_or_name))
        if known is not None:
            return known
        found = region_authority().resolve(code_or_name, self.facts.article.year)
        return data_iri("region", found.key) if found else None

    def actor(self, fact: ActorFact) -> URIRef:
        """``{code}-{function}`` for an agency of the authority, else ``{code or x}-{h12}``."""
        if fact.type in ("government", "party_body", "public_institution", "bank", "other"):
            for name in (fact.name, *fact.aliases):
                match = agency_authority().find(name, self._context(fact))
                if match is not None:
                    return data_iri("actor", match.key)
        return data_iri("actor", entity_key(fact.name, fact.region_code))

    def _context(self, fact: ActorFact) -> tuple[str, ...]:
        """The regions that a short form (省科技厅) may stand for, nearest first."""
        codes = (fact.region_code, self.subject_code)
        found = (region_authority().find_code(code, self.facts.article.year) for code in codes if code)
        return tuple(region.key for region in found if region)

    def actor_named(self, name: str) -> URIRef | None:
        """The actor of the article with that name or alias."""
        return self._actors.get(fold_name(name))

    def party_named(self, name: str) -> URIRef | None:
        """The actor or the region behind the name of a party, an issuer or a lead."""
        return self.actor_named(name) or self.region_named(name)

    def document(self, fact: DocumentFact) -> URIRef:
        """By its title; a generic title only within its article."""
        title = fold_name(fact.title)
        key = (
            f"x-{digest(title, self.facts.article.key)}"
            if len(title) <= _GENERIC_TITLE
            else entity_key(fact.title)
        )
        return data_iri("document", key)

    def programme(self, fact: ProgrammeFact) -> URIRef:
        """By its name under the article's subject region; an alliance that acts is the actor of that name."""
        if fact.kind == "alliance" and (actor := self.actor_named(fact.name)):
            return actor
        return data_iri("programme", entity_key(fact.name, self.subject_code))

    def cooperation(self, fact: CooperationFact) -> URIRef:
        """By its kind, its agreement (or label) and its parties."""
        agreement = next((d.title for d in self.facts.facts.documents if d.id == fact.agreement), fact.label)
        parties = sorted(fold_name(party) for party in fact.parties or fact.region_codes)
        return data_iri("cooperation", f"x-{digest(fact.kind, fold_name(agreement), *parties)}")
