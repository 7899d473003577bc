"""The gate: what a model's anchored facts must show before they are taken.

A number is derivable from its quote, a region from the authority, a name from the article, a date from a date in it.
A fact without its proof is refused; a slot without one is left out. Both are kept as issues.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kg.issues import Issue
from kg.model import (
    KINDS,
    ActorFact,
    AnyFact,
    CooperationFact,
    DocumentFact,
    EventFact,
    Fact,
    Facts,
    FigureFact,
    MeasureFact,
    ProgrammeFact,
    RegionFact,
    TargetFact,
)
from loaders.llm.meaning import ENTITIES, MEANING
from loaders.llm.names import MADE_UP, Names
from loaders.llm.verdicts import Refusal, rejected, trimmed
from loaders.numbers import NumberMention, find_numbers
from loaders.reading import Reading
from loaders.recognise.dates import find_dates

LONGEST_QUOTE = 200
"""Code points: a quote beyond it is a passage, no clause."""

_ROUNDED = 5e-5  # a fraction is stated in four digits


@dataclass
class Gate:
    """Checks the facts of one article. ``reading`` has its regions recognised; ``issues`` grows."""

    reading: Reading
    issues: list[Issue] = field(default_factory=list)

    @cached_property
    def names(self) -> Names:
        return Names(self.reading)

    def admit(self, facts: Facts) -> Facts:
        """The facts that stand, without the slots that do not, and without links to facts that fell."""
        admitted = Facts()
        for kind in KINDS:
            for fact in getattr(facts, kind):
                found = self._checked(kind, fact)
                if isinstance(found, Refusal):
                    self.issues.append(rejected(self.reading.article, kind, fact.evidence, found))
                elif not _is_told(kind, found, getattr(admitted, kind)):
                    getattr(admitted, kind).append(found)
        documents = {document.id for document in admitted.documents}
        admitted.cooperations = [
            pact if pact.agreement in documents else pact.model_copy(update={"agreement": None})
            for pact in admitted.cooperations
        ]
        return admitted

    def _checked(self, kind: str, fact: Any) -> AnyFact | Refusal:
        if self._is_passage(fact):
            return Refusal("the quote is a passage, no clause", "引文过长，不是一个分句")
        check = _CHECKS.get(kind)
        known: AnyFact = fact
        return check(self, kind, fact) if check else known

    def _is_passage(self, fact: Fact) -> bool:
        """Whether a quote is longer than a clause may be, or runs on past the mark that ends its sentence."""
        start, end = self.reading.folded_span(fact)
        return len(fact.evidence) > LONGEST_QUOTE or end > self.reading.sentence_at(start).end + 1

    # -- one function a kind --------------------------------------------------------------------------------

    def region(self, _kind: str, fact: RegionFact) -> RegionFact | Refusal:
        """Code, name and mention fit each other and the authority."""
        return self.names.region_checked(fact)

    def actor(self, kind: str, fact: ActorFact) -> ActorFact | Refusal:
        """The name occurs or is an allowed expansion; so does each alias."""
        if not self.names.stands(fact.name, fact.evidence):
            return MADE_UP
        aliases = self._kept(kind, fact, "aliases", lambda name: self.names.stands(name, fact.evidence))
        code = self._kept_one(kind, fact, "region_code", self.names.code_stands)
        return fact.model_copy(update={"aliases": aliases, "region_code": code})

    def document(self, kind: str, fact: DocumentFact) -> DocumentFact | Refusal:
        """The title occurs."""
        if not self.names.occurs(fact.title):
            return MADE_UP
        return fact.model_copy(update={"issuers": self._kept(kind, fact, "issuers", self.names.stands)})

    def programme(self, kind: str, fact: ProgrammeFact) -> ProgrammeFact | Refusal:
        """The name occurs, its head word perhaps once for a list."""
        if not self.names.occurs_in_list(fact.name):
            return MADE_UP
        return fact.model_copy(update={"lead": self._kept(kind, fact, "lead", self.names.stands)})

    def measure(self, kind: str, fact: MeasureFact) -> MeasureFact:
        """Regions are the authority's."""
        return fact.model_copy(update=self._regions(kind, fact))

    def target(self, kind: str, fact: TargetFact) -> TargetFact | Refusal:
        """A number, where one is given, is in the quote; the deadline in the article."""
        update = self.quantity(fact)
        if isinstance(update, Refusal):
            return update
        update |= {"deadline": self._kept_one(kind, fact, "deadline", self._is_date)}
        return fact.model_copy(update=update | self._regions(kind, fact))

    def figure(self, _kind: str, fact: FigureFact) -> FigureFact | Refusal:
        """The number is in the quote."""
        update = self.quantity(fact)
        return update if isinstance(update, Refusal) else fact.model_copy(update=update)

    def event(self, kind: str, fact: EventFact) -> EventFact:
        """The date is in the article."""
        return fact.model_copy(update={"date": self._kept_one(kind, fact, "date", self._is_date)})

    def cooperation(self, kind: str, fact: CooperationFact) -> CooperationFact | Refusal:
        """Parties occur; where all that are given are made up, so is the pact."""
        if fact.parties and not any(map(self.names.stands, fact.parties)):
            return Refusal("none of its parties is in the article", "原文中没有任何一个参与方")
        update: dict[str, Any] = {
            "parties": self._kept(kind, fact, "parties", self.names.stands),
            "date": self._kept_one(kind, fact, "date", self._is_date),
            **self._regions(kind, fact),
        }
        return fact.model_copy(update=update)

    # -- slots ------------------------------------------------------------------------------------------------

    def quantity(self, fact: TargetFact | FigureFact) -> dict[str, Any] | Refusal:
        """The slots of a number as our own parser reads it in the quote; refused where it reads no such number."""
        if fact.value is None:
            return {"value_max": None, "stated_value": None, "comparator": None}
        start, end = self.reading.folded_span(fact)
        stated = [
            n for n in self._numbers if start <= n.start and n.start + len(n.stated) <= end and _same(n, fact)
        ]
        if not stated:
            said = f"{fact.value:g}" + (f"-{fact.value_max:g}" if fact.value_max is not None else "")
            return Refusal(f"the number {said} is not in the quote", f"引文中没有数字 {said}")
        number = next((n for n in stated if n.unit == fact.unit), stated[0])
        quote = self.reading.text[start:end]
        unit = number.unit or (fact.unit if fact.unit and fact.unit in quote else None)
        comparator = number.comparator if number.comparator != "=" else fact.comparator or "="
        return {"stated_value": number.stated, "unit": unit, "comparator": comparator}

    @cached_property
    def _numbers(self) -> list[NumberMention]:
        return find_numbers(self.reading)

    @cached_property
    def _dates(self) -> frozenset[str]:
        found = find_dates(self.reading)
        return frozenset(value for date in found for value in (date.value, date.from_, date.to) if value)

    def _is_date(self, value: str) -> bool:
        """Whether a date of the article is this one, or a more precise one."""
        return any(date == value or date.startswith(value + "-") for date in self._dates)

    def _regions(self, kind: str, fact: Fact) -> dict[str, list[str]]:
        return {"region_codes": self._kept(kind, fact, "region_codes", self.names.code_stands)}

    def _kept(self, kind: str, fact: Fact, slot: str, stands: Callable[[str], bool]) -> list[str]:
        values: Iterable[str] = dict.fromkeys(getattr(fact, slot))
        return [value for value in values if self._borne_out(kind, fact, slot, value, stands)]

    def _kept_one(self, kind: str, fact: Fact, slot: str, stands: Callable[[str], bool]) -> str | None:
        value: str | None = getattr(fact, slot)
        return value if value is not None and self._borne_out(kind, fact, slot, value, stands) else None

    def _borne_out(self, kind: str, fact: Fact, slot: str, value: str, stands: Callable[[str], bool]) -> bool:
        if stands(value):
            return True
        self.issues.append(trimmed(self.reading.article, kind, fact.evidence, slot, value))
        return False


def _is_told(kind: str, fact: AnyFact, told: Iterable[AnyFact]) -> bool:
    """Whether an article's one fact of a thing is there already."""
    return kind in ENTITIES and any(MEANING[kind](one) == MEANING[kind](fact) for one in told)


def _same(number: NumberMention, fact: TargetFact | FigureFact) -> bool:
    margin = _ROUNDED if number.dimension == "fraction" else 1e-9
    if fact.value is None or not math.isclose(number.value, fact.value, rel_tol=1e-9, abs_tol=margin):
        return False
    if number.value_max is None or fact.value_max is None:
        return number.value_max is fact.value_max
    return math.isclose(number.value_max, fact.value_max, rel_tol=1e-9)


_CHECKS: dict[str, Callable[[Gate, str, Any], AnyFact | Refusal]] = {
    "regions": Gate.region,
    "actors": Gate.actor,
    "documents": Gate.document,
    "programs": Gate.programme,
    "measures": Gate.measure,
    "targets": Gate.target,
    "figures": Gate.figure,
    "events": Gate.event,
    "cooperations": Gate.cooperation,
}
