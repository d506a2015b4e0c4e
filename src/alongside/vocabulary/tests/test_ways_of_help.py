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
    ],
)
def test_what_an_entry_says(said: str, ways: tuple[str, ...]) -> None:
    assert set(ways_of([said])) == set(ways)


def test_a_wish_is_met_not_met_or_not_said() -> None:
    assert [is_met("welsh", ways) for ways in (("welsh",), ("not_welsh",), ())] == [True, False, None]
    assert [is_met("in_person", ways) for ways in (("remote",), ("remote", "in_person"), ("group",))] == [False, True, None]


def test_every_code_that_is_named_is_one() -> None:
    assert {*OTHER_WAY, *OTHER_WAY.values(), *TALKING_WELL_AS.values()} <= set(WAYS)
    assert set(TALKING_WELL_AS) <= set(TALKING_WELL)
