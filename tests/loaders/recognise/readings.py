"""Readings with given regions and actors, so that a recogniser is tested without those before it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.authorities import agency_authority, region_authority
from kg.model import ActorFact, Article, DocumentFact, Level, ProgrammeFact, RegionFact, Role
from loaders.reading import Reading

Place = tuple[str, str, str | None, Level]
"""Mention, name, code, level."""


def reading_of(
    text: str,
    *,
    title: str = "标题",
    year: int | None = 2020,
    published: str | None = None,
    regions: Iterable[Place] = (),
    actors: Iterable[tuple[str, str, str | None]] = (),
    role: Role = "subject",
) -> Reading:
    """An article under recognition. ``actors`` are mention, name, code of region; each stands at its first place."""
    article = Article(title=title, text=text, year=year, published=published)
    reading = Reading(article, region_authority(), agency_authority())
    for mention, name, code, level in regions:
        start = reading.text.index(mention)
        fact = reading.make(
            RegionFact, start, start + len(mention), discriminator=name, name=name, mention=mention, code=code,
            level=level, role=role,
        )  # fmt: skip
        reading.facts.regions.append(fact)
    for mention, name, code in actors:
        start = reading.text.index(mention)
        actor = reading.make(
            ActorFact, start, start + len(mention), discriminator=name, name=name, aliases=[mention],
            type="government", region_code=code,
        )  # fmt: skip
        reading.facts.actors.append(actor)
    return reading


def add_document(reading: Reading, title: str, issuers: list[str]) -> DocumentFact:
    """Put a document into the reading, its quote the title's first place."""
    start = reading.text.index(title)
    fact = reading.make(DocumentFact, start, start + len(title), title=title, issuers=issuers, kind="plan")
    reading.facts.documents.append(fact)
    return fact


def add_programme(reading: Reading, name: str) -> ProgrammeFact:
    """Put a programme into the reading, its quote the name's first place."""
    start = reading.text.index(name)
    fact = reading.make(ProgrammeFact, start, start + len(name), name=name, kind="platform")
    reading.facts.programs.append(fact)
    return fact
