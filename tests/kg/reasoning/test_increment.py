"""A change inferred by itself: whatever goes and comes, the result is that of inferring everything anew."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.namespaces import ID, expand
from kg.reasoning import Authorities, Inference, Revision, infer, revise

Term = NamedNode | BlankNode | Literal | Triple


def node(name: str) -> NamedNode:
    return NamedNode(str(expand(name)) if ":" in name else ID + name)


def triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(node(subject), node(predicate), node(value))


class Held:
    """A graph under change: what is asserted, the authorities, and what was inferred so far."""

    def __init__(self, asserted: set[Triple], authorities: frozenset[Triple], inferred: set[Triple]) -> None:
        self.facts, self.authorities, self.inferred = asserted, authorities, inferred
        self._store = Store()
        self._store.extend(Quad(*t) for t in asserted | authorities | inferred)

    def match(
        self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
    ) -> Iterator[Triple]:
        assert not isinstance(subject, Literal)
        return (quad.triple for quad in self._store.quads_for_pattern(subject, predicate, value))

    def asserted(self, triple: Triple, /) -> bool:
        return triple in self.facts or triple in self.authorities

    def change(self, gone: set[Triple], come: set[Triple]) -> Revision:
        """Make the change; returns what it did to the inferred triples."""
        found = revise(self, gone & self.facts, come - self.facts - self.authorities)
        assert found.removed <= self.inferred
        assert not found.added & self.inferred
        self.facts = (self.facts - gone) | (come - self.authorities)
        self.inferred = (self.inferred - found.removed) | found.added
        self._store = Store()
        self._store.extend(Quad(*t) for t in self.facts | self.authorities | self.inferred)
        return found


ACTORS = [f"actor/{n}" for n in range(4)]
REGIONS = [
    "R:310000",
    "R:310118",
    "R:320000",
    "R:320500",
    "R:330000",
    "R:340000",
    "R:yangtze-delta",
    "R:yrd-demo-zone",
]
REGIONS += ["R:x-somewhere", "R:x-unclear", "R:cn"]
DOCUMENTS = [f"document/{n}" for n in range(3)]
PACTS = [f"cooperation/{n}" for n in range(4)]
MEASURES = [f"measure/{n}" for n in range(3)] + ["target/1"]
ARTICLES = ["article/1", "article/2"]
EVIDENCE = [f"evidence/{n}" for n in range(4)]
MENTIONS = [f"mention/{n}" for n in range(4)]
ROLE = "https://w3id.org/regpol/concept/role/"
LEVEL = "https://w3id.org/regpol/concept/level/"
FORMS: list[tuple[list[str], str, list[str]]] = [
    (ACTORS, "rdf:type", ["rp:Agency", "rp:Actor", "rp:Alliance"]),
    (ACTORS, "rp:jurisdiction", REGIONS),
    (DOCUMENTS, "rdf:type", ["rp:PolicyDocument"]),
    (DOCUMENTS, "rp:issuedBy", ACTORS + REGIONS[:3]),
    (DOCUMENTS, "rp:evidence", EVIDENCE),
    (PACTS, "rdf:type", ["rp:Cooperation"]),
    (PACTS, "rp:party", ACTORS + REGIONS),
    (PACTS, "rp:statedPartyRegion", REGIONS),
    (PACTS, "rp:agreement", DOCUMENTS),
    (PACTS, "rp:hasMeasure", MEASURES[:3]),
    (MEASURES[:3], "rdf:type", ["rp:Measure"]),
    (MEASURES[3:], "rdf:type", ["rp:Target"]),
    (MEASURES, "rp:appliesIn", REGIONS),
    (MEASURES, "rp:setOutIn", DOCUMENTS),
    (MEASURES, "rp:takenBy", ACTORS + REGIONS[:2]),
    (MEASURES, "rp:evidence", EVIDENCE),
    (EVIDENCE, "rp:inArticle", ARTICLES),
    (MENTIONS, "rp:evidence", EVIDENCE),
    (MENTIONS, "rp:of", REGIONS + ACTORS[:1]),
    (MENTIONS, "rp:role", [ROLE + "subject", ROLE + "subject", ROLE + "mentioned"]),
    (["R:x-somewhere"], "rdf:type", ["rp:OtherRegion"]),
    (["R:x-unclear"], "rdf:type", ["rp:UnresolvedRegion"]),
    (["R:x-somewhere"], "rp:level", [LEVEL + "county", LEVEL + "province"]),
    (["R:x-somewhere"], "rp:within", ["R:320000", "R:x-unclear"]),
]  # fmt: skip


def some(dice: random.Random, number: int) -> set[Triple]:
    found = set()
    for _ in range(number):
        subjects, predicate, values = dice.choice(FORMS)
        found.add(triple(dice.choice(subjects), predicate, dice.choice(values)))
    return found


@pytest.mark.parametrize("seed", range(120))
def test_any_change_equals_inferring_anew(seed: int, authorities: frozenset[Triple]) -> None:
    dice = random.Random(seed)
    index = Authorities(authorities)
    first = some(dice, dice.choice((0, 30, 120)))
    held = Held(first, authorities, set(infer(first, index).triples))
    for _ in range(6):
        size = dice.choice((1, 1, 2, 10, 40))
        gone = set(dice.sample(sorted(held.facts, key=str), min(dice.randrange(size + 1), len(held.facts))))
        come = some(dice, dice.randrange(size + 1)) - gone
        # now and then what was inferred is asserted as well
        inferred = [t for t in held.inferred if not str(t.subject).startswith(f"<{ID}explanation/")]
        if inferred and dice.random() < 0.2:
            come.add(dice.choice(sorted(inferred, key=str)))
        held.change(gone, come)
        anew = infer(held.facts, index).triples
        assert held.inferred == anew, (gone, come, held.inferred ^ anew)


def test_the_whole_fixture_comes_and_goes(
    asserted: frozenset[Triple], authorities: frozenset[Triple], inference: Inference
) -> None:
    held = Held(set(), authorities, set())
    held.change(set(), set(asserted))
    assert held.inferred == inference.triples
    held.change(set(asserted), set())
    assert held.inferred == set()


def test_one_triple_at_a_time(
    asserted: frozenset[Triple], authorities: frozenset[Triple], inference: Inference
) -> None:
    held = Held(set(asserted), authorities, set(inference.triples))
    index = Authorities(authorities)
    for one in sorted(asserted, key=str)[::7]:
        held.change({one}, set())
        assert held.inferred == infer(held.facts, index).triples
        held.change(set(), {one})
        assert held.inferred == inference.triples


def test_a_mutual_tie_does_not_hold_itself_up(authorities: frozenset[Triple]) -> None:
    held = Held(set(), authorities, set())
    pact = {
        triple("cooperation/1", "rdf:type", "rp:Cooperation"),
        *(triple("cooperation/1", "rp:party", actor) for actor in ("actor/1", "actor/2")),
        *(triple(actor, "rdf:type", "rp:Actor") for actor in ("actor/1", "actor/2")),
    }
    held.change(set(), pact)
    assert triple("actor/2", "rp:cooperatesWith", "actor/1") in held.inferred
    held.change({triple("cooperation/1", "rp:party", "actor/1")}, set())
    assert not [t for t in held.inferred if t.predicate == node("rp:cooperatesWith")]


def test_a_tie_of_two_pacts_goes_with_the_second(authorities: frozenset[Triple]) -> None:
    regions = ("R:310000", "R:320000")
    stated = [{triple(f"cooperation/{n}", "rp:party", r) for r in regions} for n in (1, 2)]
    held = Held(set(), authorities, set())
    held.change(set(), stated[0] | stated[1])
    tie = triple("R:310000", "rp:cooperatesWith", "R:320000")
    assert tie not in held.change(stated[0], set()).removed
    assert tie in held.change(stated[1], set()).removed


def test_what_was_inferred_and_is_asserted_is_inferred_no_more(authorities: frozenset[Triple]) -> None:
    held = Held(set(), authorities, set())
    held.change(
        set(), {triple("measure/1", "rdf:type", "rp:Measure"), triple("measure/1", "rp:takenBy", "R:310000")}
    )
    supplied = triple("measure/1", "rp:appliesIn", "R:310000")
    assert supplied in held.inferred
    found = held.change(set(), {supplied})
    assert supplied in found.removed
    assert not [t for t in held.inferred if "explanation/" in str(t.subject)]
    assert supplied in held.change({supplied}, set()).added


def test_an_earlier_rule_takes_a_conclusion_over_from_a_later_one(authorities: frozenset[Triple]) -> None:
    """The article gives the measure its region until its taker does: the triple stays and its reason changes."""
    held = Held(set(), authorities, set())
    held.change(
        set(),
        {
            triple("measure/1", "rdf:type", "rp:Measure"),
            triple("measure/1", "rp:evidence", "evidence/1"),
            triple("evidence/1", "rp:inArticle", "article/1"),
            triple("mention/1", "rp:evidence", "evidence/1"),
            triple("mention/1", "rp:of", "R:310000"),
            triple("mention/1", "rp:role", ROLE + "subject"),
        },
    )
    supplied, taken = (
        triple("measure/1", "rp:appliesIn", "R:310000"),
        triple("measure/1", "rp:takenBy", "R:310000"),
    )

    def rules() -> set[str]:
        reasons = {t.subject for t in held.inferred if t.object == node("measure/1")}
        return {
            str(t.object)[1:-1].rsplit("/", 1)[1]
            for t in held.inferred
            if t.subject in reasons and "rule/" in str(t.object)
        }

    assert supplied in held.inferred and rules() == {"article-region"}
    found = held.change(set(), {taken})
    assert supplied not in found.removed | found.added
    assert rules() == {"default-region"}
    found = held.change({taken}, set())
    assert supplied not in found.removed | found.added
    assert rules() == {"article-region"}


def test_a_node_that_gets_a_disjoint_class_is_reported(authorities: frozenset[Triple]) -> None:
    held = Held({triple("actor/1", "rdf:type", "rp:Actor")}, authorities, set())
    found = held.change(set(), {triple("measure/1", "rp:appliesIn", "actor/1")})
    assert [(c.node, c.first.rsplit("#")[1], c.second.rsplit("#")[1]) for c in found.contradictions] == [
        (ID + "actor/1", "Actor", "Region")
    ]
    assert held.change(set(), {triple("measure/2", "rp:appliesIn", "R:310000")}).contradictions == ()


def test_only_what_a_change_can_reach_is_read(authorities: frozenset[Triple]) -> None:
    """A pact of two provinces is added where a thousand others have them as parties: none of these is read."""

    class Counting(Held):
        read = 0

        def match(
            self, subject: Term | None, predicate: NamedNode | None, value: Term | None, /
        ) -> Iterator[Triple]:
            for found in super().match(subject, predicate, value):
                self.read += 1
                yield found

    def pact(number: int) -> set[Triple]:
        name = f"cooperation/{number}"
        stated = {triple(name, "rp:statedPartyRegion", region) for region in ("R:310000", "R:320000")}
        return {triple(name, "rdf:type", "rp:Cooperation"), *stated}

    reads = []
    for others in (1, 200):
        facts = {t for number in range(others) for t in pact(number)}
        held = Counting(facts, authorities, set(infer(facts, authorities).triples))
        revise(held, (), pact(1000))
        reads.append(held.read)
    assert reads[1] == reads[0]
