"""Matching: lightest and nearest first, each with why; why not for the rest; a diagnosis nowhere (E22, S3-07)."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.journey.directory import queries, rules
from alongside.journey.directory.rules import Candidate, match
from alongside.vocabulary.needs import NEEDS

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def candidate(key: int, *needs: str, **said: Any) -> Candidate:
    facts: dict[str, Any] = {
        "name": f"Service {key}", "needs": needs, "level": 1, "age_from": None, "age_to": None, "miles": None,
        "closed": False, "full": False, "confirmed_at": NOW,
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


def test_unconfirmed_entries_come_last_and_carry_their_warning() -> None:
    old = NOW - timedelta(days=366)
    found = match(
        ["sleep"],
        None,
        [candidate(1, "sleep", confirmed_at=None), candidate(2, "sleep", level=4), candidate(3, "sleep", confirmed_at=old)],
        at=NOW,
    )
    [(_need, offers)] = found.offers
    assert [(offer.key, offer.warning) for offer in offers] == [(2, ""), (1, "never"), (3, "old")]


@pytest.mark.parametrize(
    ("said", "age", "why"),
    [
        ({"closed": True}, 40, "closed"),
        ({"age_from": 60}, 40, "age"),
        ({"age_to": 25}, 40, "age"),
        ({"age_from": 60}, None, ""),
        ({"full": True}, 40, "full"),
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


@given(
    needs=some.lists(some.sampled_from(list(NEEDS)), max_size=4),
    age=some.one_of(some.none(), some.integers(0, 100)),
    rows=some.lists(
        some.tuples(
            some.lists(some.sampled_from(list(NEEDS)[:8]), max_size=3), some.integers(0, 5), some.booleans(), some.booleans()
        ),
        max_size=12,
    ),
)
def test_every_service_is_offered_or_says_why_not(needs: list[str], age: int | None, rows: list[Any]) -> None:
    candidates = [
        candidate(key, *of, level=level, closed=closed, full=full) for key, (of, level, closed, full) in enumerate(rows)
    ]
    found = match(needs, age, candidates, at=NOW)
    offered = {offer.key for _need, offers in found.offers for offer in offers}
    left_out = {key for key, _why in found.not_shown}
    assert offered | left_out == {one.key for one in candidates}
    assert not offered & left_out


@pytest.mark.parametrize("function", [rules.match, queries.match_services])
def test_a_diagnosis_is_no_parameter_of_matching(function: Any) -> None:
    """Nothing that matching takes, or that a candidate holds, could carry a diagnosis."""
    names = {*inspect.signature(function).parameters, *Candidate.__dataclass_fields__}
    assert not {name for name in names if "diagnos" in name or "condition" in name}
