"""Names that a model gives: each occurs in the article, or is what a form in the article is expanded to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.authorities import Region
from kg.authorities.names import split_name
from kg.identifiers import fold_name
from kg.model import RegionFact
from loaders.llm.verdicts import Refusal
from loaders.reading import Reading

_TIERS = "省市区县州旗盟"
_LEAST_REST = 2
_CONTEXT = re.compile("[全本该我各两三四五]|这里|当地")
_LIST_HEAD = (1, 2, 3)
MADE_UP = Refusal("the name is not in the article and no expansion of what is", "原文中没有这一名称")


@dataclass
class Names:
    """What one article names. ``reading`` has its regions recognised."""

    reading: Reading

    @cached_property
    def folded(self) -> str:
        """The article as names are compared."""
        return fold_name(self.reading.content)

    @cached_property
    def regions(self) -> frozenset[str]:
        """Keys of the regions that the recogniser finds, with the administrative regions above them."""
        authority = self.reading.regions
        facts = self.reading.facts.regions
        found = [authority.resolve(fact.code or fact.name, self.reading.year) for fact in facts]
        keys = {region.key for region in found if region}
        return frozenset(keys.union(*(authority.ancestors(key) for key in keys)))

    def occurs(self, name: str) -> bool:
        """Whether the article holds the name, white space and marks aside."""
        folded = fold_name(name)
        return bool(folded) and folded in self.folded

    def occurs_in_list(self, name: str) -> bool:
        """Whether it occurs, or does without the head word that a list gives once (A、B、C等行动)."""
        stems = (name[:-cut] for cut in _LIST_HEAD if len(name) > cut + 2)
        return self.occurs(name) or any(self.occurs(stem) for stem in stems)

    def stands(self, name: str, mention: str = "") -> bool:
        """Whether a name of an actor or a region occurs or is an allowed expansion.

        Allowed are a region that the article is about in front of a form that occurs (省教育厅, 两省教育厅), a
        region by its official name, and the official name of the agency that the mention means.
        """
        if self.occurs(name) or self._is_named_region(name) or self._same_agency(name, mention):
            return True
        return any(
            self._is_named_region(name[:cut])
            and (self.occurs(name[cut:]) or (name[cut] in _TIERS and self.occurs(name[cut + 1 :])))
            for cut in range(2, len(name) - _LEAST_REST)
        )

    def _is_named_region(self, name: str) -> bool:
        found = self.reading.regions.find_name(name, self.reading.year)
        return any(region.key in self.regions for region in found)

    def _same_agency(self, name: str, mention: str) -> bool:
        context = sorted(self.regions)
        meant = self.reading.agencies.find(mention, context) if mention else None
        given = self.reading.agencies.find(name, context)
        return meant is not None and given is not None and meant.key == given.key

    def code_stands(self, code: str) -> bool:
        """Whether the authority knows a code or name and the article names that region; or the article holds a name
        that no authority knows (a village, a river basin)."""
        region = self.reading.regions.resolve(code, self.reading.year, tuple(sorted(self.regions)))
        if region is None:
            return not code.isascii() and self.occurs(code)
        return region.key in self.regions or self._has_form(region)

    def _has_form(self, region: Region) -> bool:
        return any(self.occurs(form) for form in (region.name, *region.aliases))

    def region_checked(self, fact: RegionFact) -> RegionFact | Refusal:
        """The region with the authority's name, code and level, where name, code and mention fit each other.

        A name of several regions keeps no code, whatever the model says: the candidates stand instead.
        """
        authority, year = self.reading.regions, self.reading.year
        found = authority.find_name(fact.name, year, tuple(sorted(self.regions)))
        if fact.code is not None:
            region = authority.find_code(fact.code, year)
            if region is None:
                return Refusal(f"no region has the code {fact.code}", f"没有代码为 {fact.code} 的地区")
            if region not in found:
                return Refusal("the code is another region's than the name", "代码与名称不符")
        if not found:
            return fact if self.occurs(fact.name) else MADE_UP
        if len(found) > 1:
            candidates = [region.key for region in found]
            return fact.model_copy(update={"code": None, "candidates": candidates})
        if not self._meant(found[0], fact.mention):
            return Refusal("the mention does not mean this region", "原文所指并非该地区")
        update = {"name": found[0].name, "code": found[0].code, "level": found[0].level}
        return fact.model_copy(update=update)

    def _meant(self, region: Region, mention: str) -> bool:
        """Whether a mention holds a form of the region's name, or is a word for regions named elsewhere (全市)."""
        authority, said = self.reading.regions, fold_name(mention)
        forms = [fold_name(form) for form in (region.name, *region.aliases)]
        forms += [stem for form in forms if len(stem := split_name(form)[0]) > 1]
        short = {form for form, key in authority.abbreviations().items() if key == region.key}
        if any(form in said for form in (*forms, *short)):
            return True
        stands_for = said in authority.collectives() or _CONTEXT.match(said) is not None
        return stands_for and (region.key in self.regions or self._has_form(region))
