"""How long people wait now, on the public home: the true median of everybody, and nothing of a few (trust.md P7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.journey.care_contacts.commands import log_contact
from alongside.web.queries import median_wait_days
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)
NOW = AT + 80 * DAY


def met_after(hub: MadeHub, *waits: float) -> None:
    """Let one more person come in for each wait, and be met so many days later: the newest comes in first."""
    for number, wait in enumerate(waits):
        person = hub.held_by("cora", at=AT + (30 - number) * DAY)
        meets(hub, person.pk, AT + (30 - number + wait) * DAY)


def meets(hub: MadeHub, person_id: int, at: datetime) -> None:
    log_contact(actor=hub.actor("cora"), at=at, person_id=person_id, outcome="met", mode="in_person", next_on=at.date() + 7 * DAY)


@pytest.mark.parametrize(
    ("waits", "found"),
    [
        ((9, 1, 8, 2, 7, 3, 6, 4, 5), (5, 9)),
        ((9, 1, 8, 2, 20, 3, 20, 4), (6, 8)),
        ((1, 1, 1, 2, 2, 20, 20, 20), (2, 8)),
        ((0.1,) * 8, (1, 8)),
        ((1, 2, 3, 4, 5, 6, 7), None),
    ],
)
def test_the_median_is_the_middle_or_half_way_between_the_two_in_the_middle(
    hub: MadeHub, waits: tuple[float, ...], found: tuple[int, int] | None
) -> None:
    met_after(hub, *waits)
    assert median_wait_days(hub.hub.pk, NOW) == found


def test_each_person_counts_once_from_their_first_asking_and_whoever_is_not_met_yet_does_not(hub: MadeHub) -> None:
    met_after(hub, *(3,) * 8)
    hub.held_by("cora", at=AT)
    known = {"name": "Mair Pretend", "nhs_number": "9434765919", "born_on": AT.date().replace(year=1990)}
    before = hub.held_by("cora", at=AT - 25 * DAY, **known)
    meets(hub, before.pk, AT - 20 * DAY)
    for asked in (AT, AT + DAY):
        assert hub.refer(asked, actor=hub.actor("gil"), door="gp", **known).referral.person == before
    assert median_wait_days(hub.hub.pk, NOW) == (3, 8)
    meets(hub, before.pk, AT + 9 * DAY)
    meets(hub, before.pk, AT + 20 * DAY)
    assert median_wait_days(hub.hub.pk, NOW) == (3, 9)


def test_the_cost_is_two_queries_however_many(hub: MadeHub, django_assert_num_queries: Any) -> None:
    met_after(hub, *(3,) * 20)
    with django_assert_num_queries(2):
        median_wait_days(hub.hub.pk, NOW)
