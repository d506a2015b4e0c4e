"""Matching: lightest and nearest first, each with why; why not for the rest; a diagnosis nowhere (E22, S3-07)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.journey.directory import rules
from alongside.journey.directory.commands import close_service
from alongside.journey.directory.queries.matching import LEFT_OUT, match_services
from alongside.journey.directory.rules import Candidate, match
from alongside.journey.directory.tests.factories import make_service
from tests.support.hub import open_hub

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def candidate(key: int, *needs: str, **said: Any) -> Candidate:
    facts: dict[str, Any] = {
        "name": f"Service {key}", "needs": needs, "level": 1, "age_from": None, "age_to": None, "miles": None,
        "closed": False, "full": False, "fades_at": NOW + timedelta(days=1),
    }  # fmt: skip
    return Candidate(key=key, **{**facts, **said})


def keys(found: rules.Match) -> dict[str, list[int]]:
    return {need: [offer.key for offer in offers] for need, offers in found.offers}


def test_the_lightest_comes_first_and_then_the_nearest() -> None:
    found = match(
        ["sleep"],
        40,
        [candidate(1, "sleep", level=3, miles=0.1), candidate(2, "sleep", miles=5.0), candidate(3, "sleep", miles=1.0)],
        at=NOW,
    )
    assert keys(found) == {"sleep": [3, 2, 1]}


@pytest.mark.hazard("H18")
def test_unconfirmed_entries_come_last_and_carry_their_warning() -> None:
    old = NOW - timedelta(minutes=1)
    found = match(
        ["sleep"],
        None,
        [candidate(1, "sleep", fades_at=None), candidate(2, "sleep", level=4), candidate(3, "sleep", fades_at=old)],
        at=NOW,
    )
    [(_need, offers)] = found.offers
    assert [(offer.key, offer.warning) for offer in offers] == [(2, ""), (1, "never"), (3, "old")]
    assert offers[0].why == ("need", "confirmed")


@pytest.mark.parametrize(
    ("said", "age", "why"),
    [
        ({"closed": True}, 40, "closed"),
        ({"age_from": 60}, 40, "age"),
        ({"age_to": 25}, 40, "age"),
        ({"age_from": 60}, None, ""),
        ({"full": True}, 40, "full"),
        ({"asked_before": True}, 40, "asked_before"),
        ({"asked_before": True, "full": True}, 40, "asked_before"),
        ({"asked_before": True, "closed": True}, 40, "closed"),
        ({"needs": ("debt",)}, 40, "need"),
    ],
)
def test_everything_left_out_says_why(said: dict[str, Any], age: int | None, why: str) -> None:
    found = match(
        ["sleep"],
        age,
        [candidate(1, "sleep", **said) if "needs" not in said else candidate(1, **{**said, "needs": ("housing",)})],
        at=NOW,
    )
    assert found.not_shown == (((1, why),) if why else ())


def test_needs_keep_the_persons_order_and_two_offers_stand_where_there_are_two() -> None:
    found = match(
        ["housing", "sleep"], 40, [candidate(1, "sleep", "housing"), candidate(2, "housing"), candidate(3, "sleep")], at=NOW
    )
    assert keys(found) == {"housing": [1, 2], "sleep": [1, 3]}


def test_of_equally_light_ones_the_one_that_also_helps_with_what_presses_more_comes_first() -> None:
    """A need weighs more than all beneath it; which five are shown does not depend on it."""
    found = match(
        ["housing", "sleep", "grief"],
        40,
        [
            candidate(1, "sleep", miles=0.1),
            candidate(2, "sleep", "grief", miles=1.0),
            candidate(3, "sleep", "housing", miles=9.0),
            candidate(4, "sleep", "housing", level=2, miles=0.1),
        ],
        at=NOW,
    )
    assert keys(found)["sleep"] == [3, 2, 1, 4]


def test_community_and_clinical_stand_beside_each_other_where_there_are_both() -> None:
    """Shown to fail: without the other kind in `_taken`."""
    near = [candidate(key, "sleep", miles=0.1 * key) for key in range(1, 8)]
    clinic, other = candidate(8, "sleep", level=3, miles=5.0, clinical=True), candidate(9, "sleep", level=4, clinical=True)
    found = match(["sleep"], 40, [*near, clinic, other], at=NOW)
    assert keys(found) == {"sleep": [1, 2, 3, 4, 8]}
    assert [rules.is_clinical(*one) for one in ((1, "charity"), (1, "practice"), (3, "charity"), (2, ""))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_wishes_rank_and_say_what_is_met_what_is_not_and_what_the_entry_does_not_say() -> None:
    found = match(
        ["sleep"],
        40,
        [
            candidate(1, "sleep", ways=("not_step_free", "welsh")),
            candidate(2, "sleep"),
            candidate(3, "sleep", ways=("step_free", "remote"), level=2),
        ],
        wishes=["step_free", "in_person"],
        at=NOW,
    )
    [(_need, offers)] = found.offers
    assert [(one.key, one.met, one.not_met, one.not_said) for one in offers] == [
        (2, (), (), ("step_free", "in_person")),
        (3, ("step_free",), ("in_person",), ()),
        (1, (), ("step_free",), ("in_person",)),
    ]


def test_what_was_tried_comes_later_and_is_not_hidden() -> None:
    found = match(["sleep"], 40, [candidate(1, "sleep", tried=True), candidate(2, "sleep", level=3)], at=NOW)
    assert (keys(found), found.not_shown) == ({"sleep": [2, 1]}, ())


def test_what_is_passed_over_says_in_what_others_come_before_it() -> None:
    first = [candidate(key, "sleep", ways=("welsh",)) for key in range(1, 6)]
    others = {
        "unsure": candidate(6, "sleep", fades_at=None, ways=("welsh",)),
        "tried": candidate(7, "sleep", tried=True, ways=("welsh",)),
        "wishes": candidate(8, "sleep"),
        "far": candidate(9, "sleep", level=2, ways=("welsh",)),
    }
    for why, one in others.items():
        assert match(["sleep"], 40, [*first, one], wishes=["welsh"], at=NOW).not_shown == ((one.key, why),)


@pytest.mark.parametrize(
    ("left_out", "age", "nearest"),
    [
        ([{"age_from": 60}, {"age_from": 18, "age_to": 25}], 17, (2, "age")),
        ([{"age_from": 60}, {"full": True}], 17, (2, "full")),
        ([{"age_from": 60, "full": True}, {"closed": True}], 17, None),
        ([{"asked_before": True}], None, (1, "asked_before")),
        ([{"left": True, "level": 0}, {"full": True, "level": 1}], None, (1, "let_down")),
    ],
)
def test_the_nearest_miss_is_what_would_fit_but_for_one_thing(
    left_out: list[dict[str, Any]], age: int | None, nearest: tuple[int, str] | None
) -> None:
    missed = [candidate(key, "sleep", **said) for key, said in enumerate(left_out, 1)]
    found = match(["sleep", "grief"], age, [*missed, candidate(9, "sleep")], at=NOW)
    assert found.misses == ((("sleep", *nearest),) if nearest else ())


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20, 230])
def test_every_service_of_a_long_directory_is_offered_or_listed_with_why_not(count: int) -> None:
    """However many there are: the figures beside the reasons are the rows behind them, a stretch at a time."""
    made = open_hub()
    make_service(made, "Sleep well", "sleep", near=(51.6, -3.9))
    close_service(actor=made.system, at=NOW, service_id=make_service(made, "Gone", "sleep").public_id)
    for number in range(count):
        make_service(made, f"Debt {number}", "money_and_debt")
    dana = made.actor("dana")
    with CaptureQueriesContext(connection) as asked:
        found = match_services(dana, needs=["sleep"], age=40)
    assert len(asked) == 6
    assert [(need, [offer.short.name for offer in offers]) for need, offers in found.offers] == [("sleep", ["Sleep well"])]
    assert [(code, many) for code, _words, many in found.left_out.counts] == [("closed", 1), ("need", count)]
    listed, after = [], 0
    while True:
        part = match_services(dana, needs=["sleep"], age=40, why="need", after=after).left_out
        assert len(part.rows) <= LEFT_OUT
        listed += [name for name, _why in part.rows]
        after = part.go_on
        if not after:
            break
    assert listed == [f"Debt {number}" for number in range(count)]
