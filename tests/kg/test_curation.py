"""Corrections: whatever the order of loads and corrections, the store is that of a rebuild with the same log."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from kg.corrections import Correction, Corrections, parse_corrections
from kg.curation import Decision, accept, merge, reject, set_value, split, states
from kg.errors import InputError, NotFoundError, RegpolError
from kg.ingest import Ingestion
from kg.ingest.ingestion import Outcome
from kg.mapping.terms import node
from kg.namespaces import ID, RP, Graphs
from kg.store import memory_store
from kg.store.base import OxigraphStore
from tests.corpus import PACT, RULES, bulletin, small_base, value

DECISION = Decision("li", "2026-01-02T03:04:05Z", "看过原文")
SECURITY, ECOLOGY = "actor/510000-public-security", "actor/510000-ecology"


def lines(store: OxigraphStore, *, without: str = "system") -> list[str]:
    aside = {NamedNode(Graphs.SYSTEM), NamedNode(f"https://w3id.org/regpol/graph/{without}")}
    return sorted(str(quad) for quad in store.quads() if quad.graph_name not in aside)


class Desk:
    """A store, its log, and a hand that corrects."""

    def __init__(self, *loads: tuple[str, dict[str, Any]], log: tuple[Correction, ...] = ()) -> None:
        self.store = memory_store(small_base())
        self.log = list(log)
        self.ingestion().correct()
        for key, item in loads:
            self.load(key, item)

    @property
    def corrections(self) -> Corrections:
        return Corrections(self.log)

    def ingestion(self) -> Ingestion:
        return Ingestion(self.store, corrections=self.corrections)

    def load(self, key: str, *items: dict[str, Any]) -> Outcome:
        return self.ingestion().load(bulletin(key, *items))

    def write(self, correction: Correction) -> Outcome:
        outcome = Ingestion(self.store, corrections=Corrections([*self.log, correction])).correct()
        self.log.append(correction)
        return outcome

    def facts(self, cls: str) -> list[str]:
        subjects = {value(quad.subject) for quad in self.store.quads(None, node(RP.confidence))}
        keys = sorted(subject.removeprefix(ID) for subject in subjects)
        return [key for key in keys if key.startswith(f"{cls}/") or key.endswith(f"-{cls}")]

    def state(self) -> list[str]:
        return [state for _, state in states(self.store, self.corrections)]


def test_a_rejected_measure_is_gone_with_what_points_to_it_and_does_not_come_back() -> None:
    desk = Desk(("a", RULES))
    [measure] = desk.facts("measure")
    desk.write(reject(desk.store, measure, desk.corrections, DECISION))
    assert desk.facts("measure") == []
    assert not [
        q
        for q in desk.store.quads()
        if value(q.object) == ID + measure and "corrections" not in str(q.graph_name)
    ]
    outcome = desk.load("a", RULES)
    assert desk.facts("measure") == []
    assert outcome.counts["measures"] == 0
    assert not [issue for issue in outcome.issues if issue.code == "correction-lost"]
    assert lines(Desk(("a", RULES), log=tuple(desk.log)).store) == lines(desk.store)


def test_a_rejected_mention_takes_the_links_to_its_entity_along() -> None:
    desk = Desk(("a", PACT))
    [mention] = [m for m in desk.facts("actor") if of(desk, m) == "actor/320000-medical-insurance"]
    desk.write(reject(desk.store, mention, desk.corrections, DECISION))
    agency = node(ID + "actor/320000-medical-insurance")
    assert list(desk.store.quads(agency)) == []
    assert list(desk.store.quads(None, None, agency)) == []


def of(desk: Desk, mention: str) -> str:
    [quad] = desk.store.quads(node(ID + mention), node(RP.of))
    return value(quad.object).removeprefix(ID)


def test_a_set_instrument_survives_and_the_last_one_holds() -> None:
    desk = Desk(("a", RULES))
    [measure] = desk.facts("measure")
    for kind in ("standard", "supervision"):
        desk.write(set_value(desk.store, measure, "type", (kind,), desk.corrections, DECISION))
        desk.load("a", RULES)
        [quad] = desk.store.quads(node(ID + measure), node(RP.instrument))
        assert value(quad.object).endswith(f"instrument/{kind}")
    assert [c.old for c in desk.log] == ["ban_restriction", "standard"]
    assert desk.state() == ["lifted", "in force"]


def test_two_actors_are_one_until_the_merge_is_lifted() -> None:
    desk = Desk(("a", RULES), ("b", PACT))
    before = lines(desk.store)
    desk.write(merge(desk.store, SECURITY, ECOLOGY, desk.corrections, DECISION))
    assert not list(desk.store.quads(node(ID + SECURITY)))
    labels = {
        value(q.object) for q in desk.store.quads(node(ID + ECOLOGY), None, None, node(Graphs.ENTITIES))
    }
    assert "四川省公安厅" in labels
    issuers = {
        value(q.object) for q in desk.store.quads(None, node(RP.issuedBy)) if "/510000-" in value(q.object)
    }
    assert issuers == {ID + ECOLOGY}
    desk.load("a", RULES)
    assert not list(desk.store.quads(node(ID + SECURITY)))
    assert desk.state() == ["in force"]
    desk.write(accept(desk.store, SECURITY, desk.corrections, DECISION))
    assert lines(desk.store, without="corrections") == before
    assert desk.state() == ["lifted", "in force"]


def test_a_split_mention_is_of_another_entity_and_takes_its_links_along() -> None:
    desk = Desk(("a", RULES))
    [mention] = [m for m in desk.facts("actor") if of(desk, m) == SECURITY]
    desk.write(split(desk.store, mention, None, desk.corrections, DECISION))
    new = of(desk, mention)
    assert new.startswith("actor/x-")
    issuers = {value(q.object) for q in desk.store.quads(None, node(RP.issuedBy))}
    assert issuers == {ID + new, ID + ECOLOGY}
    desk.write(split(desk.store, mention, ECOLOGY, desk.corrections, DECISION))
    assert of(desk, mention) == ECOLOGY


def test_a_target_that_vanished_is_an_issue_and_the_correction_waits() -> None:
    desk = Desk(("a", RULES))
    [measure] = desk.facts("measure")
    desk.write(reject(desk.store, measure, desk.corrections, DECISION))
    desk.write(merge(desk.store, SECURITY, ECOLOGY, desk.corrections, DECISION))
    lost = [
        issue for issue in desk.load("a", RULES | {"measures": []}).issues if issue.code == "correction-lost"
    ]
    assert [(issue.fact, issue.quote) for issue in lost] == [(measure, "禁止夜间在居民区施工")]
    assert desk.state() == ["waiting", "in force"]
    lost = [issue for issue in desk.load("a", PACT).issues if issue.code == "correction-lost"]
    assert [issue.fact for issue in lost] == [measure, SECURITY]
    assert desk.state() == ["waiting", "waiting"]
    desk.load("a", RULES)
    assert desk.facts("measure") == []
    assert desk.state() == ["in force", "in force"]


def test_a_correction_of_another_quote_is_not_applied() -> None:
    desk = Desk(("a", RULES))
    [measure] = desk.facts("measure")
    other = reject(desk.store, measure, desk.corrections, DECISION).model_copy(update={"fingerprint": "0"})
    assert [issue.code for issue in desk.write(other).issues] == ["correction-lost"]
    assert desk.facts("measure") == [measure]
    assert desk.state() == ["waiting"]


def test_a_value_that_violates_a_shape_is_refused_and_nothing_changes() -> None:
    desk = Desk(("a", PACT))
    before = lines(desk.store)
    [target] = desk.facts("target")
    wrong = set_value(desk.store, target, "value_max", ("1",), desk.corrections, DECISION)
    with pytest.raises(RegpolError, match="nothing was corrected"):
        desk.write(wrong)
    assert lines(desk.store) == before
    # from a log of elsewhere it keeps the fact out, and says so
    outcome = Ingestion(desk.store, corrections=Corrections([wrong])).load(bulletin("a", PACT))
    assert outcome.violations == 1
    assert desk.facts("target") == []


def test_a_wrong_fact_of_a_merged_entity_stays_out_alone() -> None:
    desk = Desk(("a", RULES))
    desk.write(merge(desk.store, SECURITY, ECOLOGY, desk.corrections, DECISION))
    bad = RULES["figures"][0] | {"value": 9, "value_max": 3}
    outcome = desk.load("a", RULES | {"figures": [bad]})
    assert (outcome.violations, outcome.counts["figures"], outcome.counts["actors"]) == (1, 0, 2)


def test_what_makes_no_sense_is_refused() -> None:
    desk = Desk(("a", RULES))
    none = Corrections()
    with pytest.raises(NotFoundError, match="no such fact"):
        reject(desk.store, "measure/0/0", none, DECISION)
    with pytest.raises(NotFoundError, match="no mention"):
        reject(desk.store, "actor/x-0", none, DECISION)
    with pytest.raises(NotFoundError, match="no such entity"):
        merge(desk.store, "actor/x-0", ECOLOGY, none, DECISION)
    with pytest.raises(InputError, match="different classes"):
        merge(desk.store, ECOLOGY, "region/510000", none, DECISION)
    with pytest.raises(InputError, match="table of regions"):
        merge(desk.store, "region/510000", "region/310000", none, DECISION)
    with pytest.raises(InputError, match="one already"):
        merge(desk.store, ECOLOGY, ECOLOGY, none, DECISION)
    with pytest.raises(InputError, match="is no mention"):
        split(desk.store, desk.facts("measure")[0], None, none, DECISION)
    with pytest.raises(InputError, match="takes one value"):
        set_value(desk.store, desk.facts("measure")[0], "type", ("standard", "supervision"), none, DECISION)


def test_merges_that_would_go_in_a_circle_end() -> None:
    pair = [("actor/a", "actor/b"), ("actor/b", "actor/c"), ("actor/c", "actor/a")]
    log = [
        Correction(target=source, action="merge", new=into, who="a", when=DECISION.when)
        for source, into in pair
    ]
    assert Corrections(log).merges == {"actor/a": "actor/c", "actor/b": "actor/c"}


def test_a_line_that_is_no_correction_is_named() -> None:
    good = Correction(target=SECURITY, action="merge", new=ECOLOGY, who="a", when=DECISION.when).line()
    assert parse_corrections(["", good], "log").log[0].line() == good
    for bad in (
        "{",
        "{}",
        good.replace("merge", "set"),
        good.replace(ECOLOGY, ""),
        good.replace("}", ',"x":1}'),
    ):
        with pytest.raises(InputError, match="log:2: no correction"):
            parse_corrections([good, bad], "log")


CHOICES: dict[str, list[tuple[dict[str, Any], ...]]] = {
    "a": [(PACT,), (RULES,), (PACT, RULES)],
    "b": [(RULES,), (PACT,)],
}


def correct_at_random(desk: Desk, rng: random.Random, decision: Decision) -> None:
    """One correction of whatever the store holds; one that makes no sense there is not written."""
    facts = sorted({value(q.subject).removeprefix(ID) for q in desk.store.quads(None, node(RP.confidence))})
    entities = sorted({value(q.object).removeprefix(ID) for q in desk.store.quads(None, node(RP.of))})
    known = desk.corrections
    if not facts:
        return
    fact, entity, into = rng.choice(facts), rng.choice(entities), rng.choice(entities)
    match rng.choice(["reject", "set", "link", "merge", "split", "accept", "accept"]):
        case "reject":
            made = reject(desk.store, fact, known, decision)
        case "set":
            measure = rng.choice(desk.facts("measure") or facts)
            made = set_value(
                desk.store, measure, "type", (rng.choice(["standard", "supervision"]),), known, decision
            )
        case "link":
            measure = rng.choice(desk.facts("measure") or facts)
            made = set_value(desk.store, measure, "taken_by", (entity, into), known, decision)
        case "merge":
            made = merge(desk.store, entity, into, known, decision)
        case "split":
            made = split(desk.store, fact, rng.choice([None, entity]), known, decision)
        case _:
            made = accept(desk.store, rng.choice([c.target for c in known.log] or facts), known, decision)
    desk.write(made)


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_equals_a_rebuild_with_the_same_log(seed: int) -> None:
    rng = random.Random(seed)
    desk, clock = Desk(), count()
    held: dict[str, tuple[dict[str, Any], ...]] = {}
    for _ in range(40):
        key = rng.choice(sorted(CHOICES))
        if held and rng.random() < 0.7:
            try:
                correct_at_random(desk, rng, Decision("li", f"2026-01-02T03:04:{next(clock):02}Z", "随机"))
            except RegpolError:
                continue
        elif key in held and rng.random() < 0.4:
            desk.ingestion().remove(key)
            del held[key]
        else:
            held[key] = rng.choice(CHOICES[key])
            desk.load(key, *held[key])
    assert len(desk.log) >= 5
    fresh = Desk(log=tuple(desk.log))
    for key in sorted(held, reverse=True):
        fresh.load(key, *held[key])
    assert lines(fresh.store) == lines(desk.store)
    # a log that comes to a store already filled does the same; without a log all is as read
    late = Desk()
    for key, items in held.items():
        late.load(key, *items)
    plain = lines(late.store)
    late.log = desk.log
    late.ingestion().correct()
    assert lines(late.store) == lines(desk.store)
    Ingestion(late.store).correct()
    assert lines(late.store) == plain


def test_the_log_stands_in_the_graph() -> None:
    desk = Desk(("a", RULES))
    [measure] = desk.facts("measure")
    desk.write(set_value(desk.store, measure, "status", ("done",), desk.corrections, DECISION))
    graph = node(Graphs.CORRECTIONS)
    [iri] = {q.subject for q in desk.store.quads(None, node(RP.action), Literal("set"), graph)}
    assert isinstance(iri, NamedNode)
    told = {
        value(q.predicate).rsplit("/", 1)[1]: value(q.object)
        for q in desk.store.quads(iri, None, None, graph)
    }
    assert told == {
        "22-rdf-syntax-ns#type": str(RP.Correction), "subject": ID + measure, "ns#action": "set",
        "ns#field": "status", "ns#newValue": "done", "creator": "li", "created": DECISION.when,
        "rdf-schema#comment": "看过原文",
    }  # fmt: skip
