"""How help is given is read from an entry's own words, and what it says is not so is not read as if it were (S2-255)."""

from __future__ import annotations

import pytest

from alongside.vocabulary.channels import TALKING_WELL
from alongside.vocabulary.ways_of_help import OTHER_WAY, TALKING_WELL_AS, WAYS, is_met, ways_of


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("Step-free. A quiet corner.", ("step_free", "quiet_place")),
        ("Siaradwn Gymraeg yma.", ("welsh",)),
        ("There is no wheelchair access. Groups meet on Tuesday evenings.", ("group", "not_step_free", "evenings")),
        ("We are not step-free; the choir is.", ("group", "not_step_free")),
        ("Online, by phone, or face-to-face", ("in_person", "remote")),
        ("1:1 support with a female counsellor", ("one_to_one", "woman")),
        ("A male worker can come to you.", ("man", "at_home")),
        ("Women's history walks for male voice choirs", ()),
        ("A garden.", ()),
        ("Drop-in. No referral needed.", ("in_person", "self_start")),
        ("GP referral only", ("not_self_start",)),
        ("Self-referral, or a referral from your GP", ("self_start",)),
        ("Peer-led and free of charge, for carers.", ("free", "carers", "peers")),
        ("Nid yw am ddim", ("not_free",)),
    ],
)
def test_what_an_entry_says(said: str, ways: tuple[str, ...]) -> None:
    assert set(ways_of([said])) == set(ways)


@pytest.mark.parametrize(
    ("cost", "way"),
    [
        ("Free", "free"), ("Am ddim", "free"), ("Free, donations welcome", "free"), ("£3.50 a session", "not_free"),
        ("Pay what you can", "not_free"), ("Free for the first hour, then £20", "not_free"), ("0", "free"), ("£0.00", "free"),
    ],
)  # fmt: skip
def test_what_it_costs_is_read_from_what_it_says_of_the_cost(cost: str, way: str) -> None:
    assert way in ways_of(["A free lunch is free"], cost=cost)


def test_a_wish_is_met_not_met_or_not_said() -> None:
    assert [is_met("welsh", ways) for ways in (("welsh",), ("not_welsh",), ())] == [True, False, None]
    assert [is_met("in_person", ways) for ways in (("remote",), ("remote", "in_person"), ("group",))] == [False, True, None]


def test_every_code_that_is_named_is_one() -> None:
    assert {*OTHER_WAY, *OTHER_WAY.values(), *TALKING_WELL_AS.values()} <= set(WAYS)
    assert set(TALKING_WELL_AS) <= set(TALKING_WELL)
