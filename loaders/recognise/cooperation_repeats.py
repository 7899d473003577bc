"""Which cooperations tell again of one that is told already."""

from __future__ import annotations

from kg.model import CooperationFact


def repeats(fact: CooperationFact, earlier: list[CooperationFact], named: bool) -> bool:
    """The parties of a pact named again after it (三省一市合作机制), or the same kind with the same parties.

    Where the clause itself has ``named`` its parties again, it tells of another cooperation of theirs; two that are
    paired are paired once.
    """
    return any(_same(fact, other, named) for other in earlier)


def _same(fact: CooperationFact, other: CooperationFact, named: bool) -> bool:
    same = bool(fact.parties) and set(fact.parties) == set(other.parties)
    loose = bool(fact.parties) and fact.kind in ("pairing", "other")
    pact = other.agreement is not None and other.kind != "joint_issuance"
    if pact and other.start < fact.start and fact.kind not in ("joint_platform", "alliance"):
        covers = bool(other.region_codes) and set(other.region_codes) <= set(fact.region_codes)
        if same or (covers and fact.kind != "agreement"):
            return True
    if same and pact and loose:
        return True
    if loose and other.kind == "agreement" and set(fact.parties) <= set(other.parties):
        return True
    bodies = not set(fact.parties) & set(other.parties) and set(fact.region_codes) == set(other.region_codes)
    if (
        fact.kind == other.kind == "shared_service"
        and bodies
        and other.parties
        and len(fact.region_codes) > 1
    ):
        return True  # 甲厅与乙厅开通跨省公交。甲乙跨省公交已有30条
    again = same and fact.kind == other.kind and fact.start != other.start
    return again and (not named or fact.kind == "pairing")


def is_part(fact: CooperationFact, every: list[CooperationFact]) -> bool:
    """A loose tie that names fewer of the parties of another one of its kind (江苏援藏 beside 江苏与拉萨)."""
    if fact.kind not in ("pairing", "other") or not fact.parties:
        return False
    return any(
        fact.kind == other.kind and fact.start != other.start and set(fact.parties) < set(other.parties)
        for other in every
    )


def grows_from(fact: CooperationFact, earlier: CooperationFact) -> bool:
    """Whether a service goes on with the one told in the clause before (甲政务服务一网通办，已实现…互认): one of them is enough."""
    services = ("shared_service", "mutual_recognition")
    inside = fact.start == earlier.start and earlier.end < fact.end and earlier.evidence[-1] in '”"'
    return inside and {fact.kind, earlier.kind} <= set(services) and fact.parties == earlier.parties
