"""P9: no clock makes anything last longer: not one that goes back, not the hour that comes twice, not a leap day.

What the policy decides before a grant begins is proven over all its facts in `test_the_policy_is_its_table.py` (its control, "when a
fact begins and ends", is removed there); opening hours and rotas over both nights in `vocabulary/tests/test_working_time.py`.
A clock that goes back to within the time of a grant that has ended opens it again until its end comes once more: what the machine
believes of the time must be right to the minute (docs/how-to), and is nothing that a program can know better.
Source: trust.md P9, H14.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access import policy
from alongside.access.actors import worker_actor
from alongside.access.models import Glass, Override, Relationship
from alongside.hubs.queries import local_date, on_duty
from alongside.members.commands import set_next_date
from alongside.members.models import Membership
from alongside.vocabulary.ages import age_on, band_of, is_under_18
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.hazard("H14"), pytest.mark.hazard("H10")]
SECOND = timedelta(seconds=1)
FIRST_HALF_PAST_ONE, SECOND_HALF_PAST_ONE = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_clock_that_goes_back_opens_nothing_before_it_was_given(hub: MadeHub) -> None:
    """A relationship, broken glass, something shown, a hat and a turn of duty: not a second before, from then, and not at the end."""
    person, hat = hub.held_by("cora"), hub.hats["liv"]
    until = AT + timedelta(hours=4)
    given = {"hub": hub.hub, "person": person, "reason": "made up for this test", "from_at": AT, "until_at": until}
    Relationship.objects.create(
        hub=hub.hub,
        person=person,
        hat_id=hat,
        kind="receiving",
        because_kind="tests",
        because_id=1,
        from_at=AT,
        until_at=until,
    )
    Glass.objects.create(hat_id=hat, category="medical", review_by=AT.date(), **given)
    Override.objects.create(item=person.public_id, recipient_id=hat, basis="child_at_risk", made_by_id=hub.hats["saf"], **given)
    new = hub.take_on("newcomer", "Nia Newcomer", "practice", "link_worker", at=AT)
    found = []
    for at in (AT - timedelta(days=1), AT - SECOND, AT, until - SECOND, until):
        actor = worker_actor(hat, user_id=None, at=at)
        assert actor is not None
        near = policy.has_relationship(actor, person.pk, at=at)
        found.append((near, actor.has_glass, actor.has_overrides, worker_actor(new, user_id=None, at=at) is not None))
    nothing, everything = (False, False, False), (True, True, True)
    assert found == [
        (*nothing, False), (*nothing, False), (*everything, True), (*everything, True), (*nothing, True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_turn_of_duty_and_a_next_date_know_both_half_past_ones(hub: MadeHub) -> None:
    from alongside.hubs.commands import add_duty_turn

    turn = (FIRST_HALF_PAST_ONE, SECOND_HALF_PAST_ONE)
    add_duty_turn(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, team_id=hub.teams["harbour"], hat_id=hub.hats["tess"], from_at=turn[0],
        until_at=turn[1],
    )  # fmt: skip
    asked = [on_duty(hub.teams["harbour"], at, action="hold") for at in (turn[0] - SECOND, turn[0], turn[1] - SECOND, turn[1])]
    liv, tess = hub.hats["liv"], hub.hats["tess"]
    # Outside of the turn it is whoever sits in the team first: an hour of real time, and not none.
    assert asked == [liv, tess, tess, liv]
    person = hub.held_by("cora")
    for moment in turn:
        assert local_date(moment) == date(2026, 10, 25)
        set_next_date(actor=hub.actor("cora", moment), at=moment, person_id=person.pk, on=date(2026, 10, 26))
        assert Membership.objects.get(pk=person.pk).next_on == date(2026, 10, 26)
    # A day that has twenty-five hours ends when it ends.
    assert local_date(datetime(2026, 10, 25, 23, 59, tzinfo=UTC)) == date(2026, 10, 25)
    assert local_date(datetime(2026, 10, 24, 23, 0, tzinfo=UTC)) == date(2026, 10, 25)


BORN = date(2008, 2, 29)


@pytest.mark.parametrize(
    ("on", "age", "band"),
    [
        (date(2019, 2, 28), 10, "under_11"),
        (date(2019, 3, 1), 11, "11_15"),
        (date(2024, 2, 28), 15, "11_15"),
        (date(2024, 2, 29), 16, "16_17"),  # a leap year: the day itself
        (date(2026, 2, 28), 17, "16_17"),
        (date(2026, 3, 1), 18, "18_25"),  # no such day: the day after
        (date(2034, 2, 28), 25, "18_25"),
        (date(2034, 3, 1), 26, "26_64"),
    ],
)
def test_somebody_born_on_a_leap_day_is_never_older_than_they_are(on: date, age: int, band: str) -> None:
    """The law counts from the day after in other years; a day too early would end a parent's part, or a child's protection."""
    assert (age_on(BORN, on), band_of(age_on(BORN, on)), is_under_18(BORN, "", on)) == (age, band, age < 18)


def test_nobody_grows_younger_and_every_birthday_is_one_year() -> None:
    """Day by day through eight years, for whoever was born around a leap day."""
    for born in (date(2008, 2, 28), BORN, date(2008, 3, 1)):
        ages = [age_on(born, date(2019, 1, 1) + timedelta(days=day)) for day in range(8 * 365)]
        assert all(after - before in (0, 1) for before, after in zip(ages, ages[1:], strict=False))
        assert ages[-1] - ages[0] == 8
