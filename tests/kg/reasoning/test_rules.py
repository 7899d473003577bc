"""Every rule on its own: ``given.ttl``, closed, gives exactly ``then.ttl``, near misses included."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from kg.errors import InputError
from kg.namespaces import ID
from kg.reasoning import closure, ontology_rules, rule_descriptions
from kg.reasoning.rules import read_rule

CASES = Path(__file__).parents[2] / "rules"
RULES = {rule.slug: rule for rule in ontology_rules()}


def read(path: Path) -> set[Triple]:
    return {Triple(*quad.triple) for quad in parse(path=path, format=RdfFormat.TURTLE)}


def canonical(triples: Iterable[Triple]) -> str:
    """The triples with explanation nodes made blank, in canonical form: two graphs are equal where these are."""

    def blank(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(ID + "explanation/"):
            return BlankNode("x" + term.value.rsplit("/", 1)[1])
        return term

    graph = Dataset(Quad(*(blank(term) for term in triple)) for triple in triples)  # type: ignore[arg-type]
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in graph))


def conclusions(slug: str, given: set[Triple]) -> set[Triple]:
    store = Store()
    store.extend(Quad(*triple) for triple in given | closure(given).inferred)
    return set(RULES[slug].conclusions(store))


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {path.name for path in CASES.iterdir()} == RULES.keys()


@pytest.mark.parametrize("slug", RULES)
def test_given_then(slug: str) -> None:
    said = conclusions(slug, read(CASES / slug / "given.ttl"))
    assert canonical(said) == canonical(read(CASES / slug / "then.ttl"))


@pytest.mark.parametrize("slug", RULES)
def test_a_rule_says_nothing_of_nothing(slug: str) -> None:
    assert conclusions(slug, set()) == set()


def test_joint_issuance_is_not_hindered_by_its_own_conclusions() -> None:
    given = read(CASES / "joint-issuance" / "given.ttl")
    once = conclusions("joint-issuance", given)
    assert conclusions("joint-issuance", given | once) == once


def test_rules_are_described_in_both_languages() -> None:
    labels = [triple for triple in rule_descriptions() if "prefLabel" in triple.predicate.value]
    assert len(labels) == 2 * len(RULES)


def test_a_rule_without_a_sentence_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "10-bare.rq"
    path.write_text("#+ title_zh: 无\nCONSTRUCT WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(InputError, match=r"10-bare\.rq: the header lacks title_en"):
        read_rule(path)


def test_a_rule_must_construct(tmp_path: Path) -> None:
    text = (CASES.parents[1] / "ontology" / "rules" / "22-party-region.rq").read_text(encoding="utf-8")
    header = "".join(line + "\n" for line in text.splitlines() if line.startswith("#+"))
    path = tmp_path / "22-party-region.rq"
    path.write_text(header + "ASK { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(InputError, match="no CONSTRUCT"):
        list(read_rule(path).conclusions(Store()))
