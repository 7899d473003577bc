"""A mechanism that two set up is one of their own; a pairing is told once; a service grows."""

from __future__ import annotations

from loaders.recognise.cooperations import recognise
from tests.loaders.recognise.readings import Place, reading_of

ANHUI: Place = ("安徽", "安徽省", "340000", "province")
FUJIAN: Place = ("福建", "福建省", "350000", "province")
DELTA: Place = ("长三角", "长三角", None, "megaregion")


def test_each_mechanism_set_up_by_the_parties_of_a_pact_counts() -> None:
    text = "安徽与福建签下协议。两省建立茶山联防机制。安徽、福建形成茶渠会商制度。"
    kinds = [f.kind for f in recognise(reading_of(text, regions=[ANHUI, FUJIAN]))]
    assert kinds == ["agreement", "other", "other"]


def test_the_parties_named_again_after_a_pact_are_the_same_tie() -> None:
    text = "安徽与福建签下协议。今后，安徽、福建将深化合作。"
    assert [f.kind for f in recognise(reading_of(text, regions=[ANHUI, FUJIAN]))] == ["agreement"]


def test_two_are_paired_once() -> None:
    text = "安徽与福建开展结对帮扶。安徽与福建推进对口协作。"
    assert [f.kind for f in recognise(reading_of(text, regions=[ANHUI, FUJIAN]))] == ["pairing"]


def test_a_service_told_on_in_the_next_clause_is_one() -> None:
    text = "如今长三角茶企办事“一网通办”，已有20项业务跨省共享。"
    (fact,) = recognise(reading_of(text, regions=[DELTA]))
    assert (fact.kind, fact.evidence) == (
        "shared_service",
        "如今长三角茶企办事“一网通办”，已有20项业务跨省共享",
    )


def test_a_service_of_bodies_told_again_of_their_regions_is_one() -> None:
    actors = [("安徽交通厅", "安徽省交通厅", "340000"), ("福建交通厅", "福建省交通厅", "350000")]
    text = "安徽交通厅、福建交通厅开通跨省公交。如今安徽、福建跨省公交已有30条。"
    reading = reading_of(text, regions=[ANHUI, FUJIAN], actors=actors)
    assert [f.parties for f in recognise(reading)] == [["安徽省交通厅", "福建省交通厅"]]
