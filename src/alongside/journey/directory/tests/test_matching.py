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
    assert len(asked) == 5
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
