"""Why: every inferred triple has a tree that ends at what was asserted, and shows the words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.errors import NotFoundError
from kg.namespaces import ID, Graphs, expand
from kg.reasoning import (
    Explanation,
    Inference,
    Lookup,
    StoreLookup,
    closure,
    explain,
    explanations,
    labeller,
    render_text,
    to_json,
    walk,
)


class View:
    """Quads in memory, as a read view of the store gives them."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._store = Store()
        self._store.extend(quads)

    def quads(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None, /
    ) -> Iterator[Quad]:
        return iter(self._store.quads_for_pattern(subject, predicate, value, None))


def node(name: str) -> NamedNode:
    return NamedNode(str(expand(name)) if ":" in name else ID + name)


def triple(subject: str, predicate: str, value: str) -> Triple:
    return Triple(node(subject), node(predicate), node(value))


def is_about_explanations(t: Triple) -> bool:
    return isinstance(t.subject, NamedNode) and t.subject.value.startswith(ID + "explanation/")


def test_every_inferred_triple_is_explained_down_to_assertions(
    inference: Inference, authorities: frozenset[Triple], tables: frozenset[Triple], lookup: Lookup
) -> None:
    inferred = [t for t in inference.triples | (authorities - tables) if not is_about_explanations(t)]
    assert len(inferred) > 300
    for t in inferred:
        tree = explain(t, lookup)
        assert tree.kind in ("owl", "rule"), t
        for part in walk(tree):
            leaf = part.kind in ("asserted", "authority")
            assert leaf == (not part.premises), part.triple
            assert leaf == lookup.asserted(part.triple), part.triple
            assert part.sentence_zh and part.sentence_en


def test_no_tree_rests_on_its_own_conclusion(inference: Inference, lookup: Lookup) -> None:
    def check(tree: Explanation, above: frozenset[Triple]) -> None:
        assert tree.triple not in above
        for premise in tree.premises:
            check(premise, above | {tree.triple})

    for t in inference.triples:
        if not is_about_explanations(t):
            check(explain(t, lookup), frozenset())


def height(tree: Explanation) -> int:
    return 1 + max((height(premise) for premise in tree.premises), default=0)


def test_every_tree_in_a_tree_is_a_shortest_one(inference: Inference, lookup: Lookup) -> None:
    for t in sorted(inference.triples, key=str)[::5]:
        if not is_about_explanations(t):
            for part in walk(explain(t, lookup)):
                assert height(part) == height(explain(part.triple, lookup)), part.triple


def test_what_an_axiom_concludes_follows_from_its_premises_alone(
    inference: Inference, lookup: Lookup
) -> None:
    trees = (explain(t, lookup) for t in inference.triples if not is_about_explanations(t))
    parts = {part.triple: part for tree in trees for part in walk(tree) if part.kind == "owl"}
    assert {part.rule for part in parts.values()} >= {
        "subPropertyOf",
        "propertyChainAxiom",
        "TransitiveProperty",
    }
    for part in parts.values():
        assert part.triple in closure({premise.triple for premise in part.premises}).inferred


def test_the_shorter_ground_comes_first_whatever_the_nodes_are_called() -> None:
    told = triple("cooperation/near", "rp:statedCrossRegion", "rp:yes")
    party = triple("cooperation/near", "rp:statedPartyRegion", "R:a")
    asserted = {told, party}
    partly = triple("cooperation/near", "rp:partyRegion", "R:a")
    conclusion = triple("cooperation/near", "rdf:type", "rp:CrossRegionCooperation")
    inferred = {partly, conclusion}
    for name, rule, premise in (
        ("explanation/1", "cross-region-parties", "R:a"),
        ("explanation/2", "cross-region-stated", "rp:yes"),
    ):
        inferred |= {
            Triple(node(name), node("rdf:subject"), conclusion.subject),
            Triple(node(name), node("rdf:predicate"), conclusion.predicate),
            Triple(node(name), node("rdf:object"), conclusion.object),
            triple(name, "rp:rule", f"https://w3id.org/regpol/rule/{rule}"),
            triple(name, "rp:premise", premise),
        }
    graphs = {Graphs.article("a1"): asserted, Graphs.INFERRED: inferred}
    lookup = StoreLookup(
        View(
            Quad(t.subject, t.predicate, t.object, NamedNode(str(g)))
            for g, triples in graphs.items()
            for t in triples
        )
    )
    found = explanations(conclusion, lookup)
    assert [tree.rule for tree in found] == ["cross-region-stated", "cross-region-parties"]
    assert explain(conclusion, lookup) == found[0]


def test_a_premise_that_follows_from_the_others_is_left_out(lookup: Lookup, inference: Inference) -> None:
    trees = [explain(t, lookup) for t in inference.triples if t.predicate == node("rp:appliesIn")]
    by_document = [t for t in trees if node("rp:setOutIn") in {p.triple.predicate for p in t.premises}]
    assert by_document
    for tree in by_document:
        assert node("rp:takenBy") not in {premise.triple.predicate for premise in tree.premises}


def test_a_tie_rests_on_a_cooperation_and_its_words(lookup: Lookup) -> None:
    tree = explain(triple("R:310000", "rp:cooperatesWith", "R:330000"), lookup)
    assert (tree.kind, tree.rule) == ("rule", "regions-cooperate")
    assert triple("cooperation/fund", "rp:party", "actor/330000-housing") in {p.triple for p in tree.premises}
    quotes = {(q.quote, q.title, q.start, q.end) for part in walk(tree) for q in part.quotes}
    assert quotes == {("三省一市住建部门签下公积金合作协议", "三省一市公积金部门签约", 20, 37)}


def test_within_is_laid_out_as_one_path(lookup: Lookup) -> None:
    tree = explain(triple("R:330421", "rp:within", "R:yangtze-delta"), lookup)
    assert tree.rule == "TransitiveProperty"
    path = [node("R:330421"), node("R:330400"), node("R:330000"), node("R:yangtze-delta")]
    assert [premise.triple.subject for premise in tree.premises] == path[:-1]
    assert [premise.triple.object for premise in tree.premises] == path[1:]
    assert {part.kind for part in walk(tree) if not part.premises} == {"authority"}


def test_every_reason_for_one_conclusion(lookup: Lookup) -> None:
    found = explanations(triple("cooperation/fund", "rdf:type", "rp:CrossRegionCooperation"), lookup)
    assert {tree.rule for tree in found} == {"cross-region-stated", "cross-region-parties"}
    (stated,) = (tree for tree in found if tree.rule == "cross-region-stated")
    assert [premise.triple.predicate for premise in stated.premises] == [node("rp:statedCrossRegion")]


def test_what_a_rule_mints_shares_its_explanation(inference: Inference, lookup: Lookup) -> None:
    labels = [
        t
        for t in inference.triples
        if isinstance(t.subject, NamedNode) and "cooperation/joint-" in t.subject.value
        if t.predicate == node("skos:prefLabel")
    ]
    (label,) = labels
    tree = explain(label, lookup)
    assert tree.rule == "joint-issuance"
    assert {premise.triple.predicate for premise in tree.premises} == {node("rp:issuedBy")}


def test_quotes_come_from_the_mention_that_says_it(lookup: Lookup) -> None:
    tree = explain(triple("cooperation/pairing", "rp:partyRegion", "R:320100"), lookup)
    assert [q.quote for part in walk(tree) for q in part.quotes] == ["南京与嘉兴结对共建园区"]


def test_an_asserted_triple_explains_itself(lookup: Lookup) -> None:
    tree = explain(triple("cooperation/tax", "rp:party", "actor/310118-tax"), lookup)
    assert (tree.kind, tree.rule, tree.premises) == ("asserted", "", ())
    assert [q.quote for q in tree.quotes] == ["青浦、吴江、嘉善三地税务局推出跨省通办"]


@pytest.mark.parametrize(("subject", "value"), [("R:310000", "R:440000"), ("R:nowhere", "R:310000")])
def test_what_does_not_hold_is_not_explained(lookup: Lookup, subject: str, value: str) -> None:
    with pytest.raises(NotFoundError, match="does not hold"):
        explain(triple(subject, "rp:cooperatesWith", value), lookup)


def test_what_nothing_supports_is_said_to_be_unexplained() -> None:
    inferred = NamedNode(str(Graphs.INFERRED))
    # a cycle that rests on nothing: each of the two would explain the other
    view = View(
        Quad(t.subject, t.predicate, t.object, inferred)
        for t in (triple("R:a", "rp:cooperatesWith", "R:b"), triple("R:b", "rp:cooperatesWith", "R:a"))
    )
    with pytest.raises(NotFoundError, match="nothing in the graph explains"):
        explain(triple("R:a", "rp:cooperatesWith", "R:b"), StoreLookup(view))


@pytest.fixture(scope="module")
def store(
    asserted: frozenset[Triple],
    tables: frozenset[Triple],
    authorities: frozenset[Triple],
    inference: Inference,
) -> View:
    graphs = {
        Graphs.article("a1"): asserted,
        Graphs.AUTHORITIES: tables,
        Graphs.AUTHORITIES_INFERRED: authorities - tables,
        Graphs.INFERRED: inference.triples,
    }
    return View(
        Quad(t.subject, t.predicate, t.object, NamedNode(str(name)))
        for name, triples in graphs.items()
        for t in triples
    )


def test_a_store_tells_what_is_asserted_by_its_graphs(
    store: View, inference: Inference, lookup: Lookup
) -> None:
    of_store = StoreLookup(store)
    for t in sorted(inference.triples, key=str)[::9]:
        if not is_about_explanations(t):
            assert to_json(explain(t, of_store), {}) == to_json(explain(t, lookup), {})


def test_text(store: View) -> None:
    of_store = StoreLookup(store)
    tree = explain(triple("measure/m2", "rp:inRegion", "R:330400"), of_store)
    assert render_text(tree, "en", labeller(of_store, "en")).splitlines() == [
        "设通办专窗 — in region — Jiaxing",
        "  because (ontology): “applies in”, then “within”, makes “in region”",
        "    设通办专窗 — applies in — Jiashan",
        "      because (rule “Region by default”): " + tree.premises[0].sentence_en,
        "        设通办专窗 — taken by — 嘉善县税务局 (read from the text)",
        "          quote [1]: “嘉善县税务局设专窗” (“三地税务通办”, characters 50–59)",
        "        嘉善县税务局 — jurisdiction — Jiashan (read from the text)",
        "          quote [2]: “青浦、吴江、嘉善三地税务局推出跨省通办” (“三地税务通办”, characters 12–31)",
        "    Jiashan — within — Jiaxing",
        "      because (ontology): “part of” is a kind of “within”",
        "        Jiashan — part of — Jiaxing (from the authority tables)",
    ]
    chinese = render_text(tree, "zh", labeller(of_store, "zh")).splitlines()
    assert chinese[2].strip() == "设通办专窗 — 适用地区 — 嘉善县"
    assert chinese[3].strip().startswith("因为（规则“推定地区”）：")
    assert chinese[5].strip() == "原文 [1]：“嘉善县税务局设专窗”（《三地税务通办》第 50–59 字）"
    assert len(chinese) == 11


def test_a_quote_is_given_once_in_a_text(store: View) -> None:
    of_store = StoreLookup(store)
    text = render_text(
        explain(triple("R:310000", "rp:cooperatesWith", "R:330000"), of_store),
        "zh",
        labeller(of_store, "zh"),
    )
    assert text.count("三省一市住建部门签下公积金合作协议") == 1
    assert "原文 [1]，见上" in text


def test_json_is_plain(store: View) -> None:
    of_store = StoreLookup(store)
    tree = to_json(
        explain(
            triple("cooperation/fund", "rp:crosses", "https://w3id.org/regpol/concept/level/province"),
            of_store,
        ),
        {"en": labeller(of_store, "en")},
    )
    assert json.loads(json.dumps(tree, ensure_ascii=False)) == tree
    assert tree["kind"] == "rule" and tree["rule"] == "crosses-province"
    assert set(tree) == {
        "statement", "subject", "predicate", "object", "kind", "rule", "sentence", "premises", "quotes",
    }  # fmt: skip
    assert tree["statement"] == {
        "en": "公积金合作 — crosses — <https://w3id.org/regpol/concept/level/province>"
    }


def test_a_mention_goes_by_the_words_of_the_text() -> None:
    mention, form = node("mention/m1"), Quad(node("mention/m1"), node("rp:surfaceForm"), Literal("示范区"))
    for lang, name in (("zh", "“示范区”（提及）"), ("en", "“示范区” (mention)")):
        assert labeller(StoreLookup(View([form])), lang)(mention) == name
        assert labeller(StoreLookup(View([])), lang)(mention) == f"<{mention.value}>"
