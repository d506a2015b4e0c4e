"""What is done for a person is done by somebody near them, or is a part of what somebody near them did.

Shown to fail: without `check_is_near_or_part` in the command, each row writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alongside.access.commands import end_relationships, exclude, open_relationship
from alongside.journey.referrals.commands import open_crisis_call
from alongside.members.commands import (
    answer_invitations,
    create_call_back,
    create_task,
    give_back,
    invite,
    open_membership,
    take_over,
)
from alongside.members.models import Holding, Task
from alongside.messages.commands import send_message
from alongside.people.commands import add_ways_to_reach, replace_ways_to_reach, write_down_death
from alongside.refusals import NotFound
from alongside.vocabulary.arrival import WayToReach
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = pytest.mark.django_db

WAYS = (WayToReach("email", "other@person.example"),)
NEAR_ONLY: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (send_message, {"template": "invitation", "purpose": "care"}),
    (create_task, {"what": "do", "due_on": TODAY}),
    (create_call_back, {"what": "do"}),
    (invite, {"how": "call", "for_on": None, "answer_by": TODAY}),
    (answer_invitations, {}),
    (open_crisis_call, {}),
    (add_ways_to_reach, {"ways": WAYS}),
    (replace_ways_to_reach, {"ways": WAYS}),
    (write_down_death, {"died_on": TODAY}),
]


def named(pair: Any) -> str | None:
    return pair.__name__ if callable(pair) else None


@pytest.mark.parametrize(("do", "given"), NEAR_ONLY, ids=named)
def test_a_worker_who_is_not_near_a_person_writes_nothing_about_them(
    hub: MadeHub, do: Callable[..., Any], given: dict[str, Any]
) -> None:
    person = hub.held_by("cora")
    before = (Task.objects.count(), person.contact_points.count())
    for actor in (hub.actor("liv"), hub.public):
        with pytest.raises(NotFound):
            do(actor=actor, at=AT, person_id=person.pk, **given)
    assert (Task.objects.count(), person.contact_points.count()) == before
    do(actor=hub.actor("cora"), at=AT, person_id=person.pk, **given)


def test_whoever_must_be_kept_away_writes_nothing_either(hub: MadeHub) -> None:
    person = hub.held_by("cora", exclusion="Nell Fiction")
    with pytest.raises(NotFound):
        create_task(actor=hub.actor("nell"), at=AT, person_id=person.pk, what="do", due_on=TODAY)


def test_what_is_only_a_part_is_never_done_by_itself(hub: MadeHub) -> None:
    """Not even by the holder: sight and the ledger move only as a part of what moves them."""
    person = hub.held_by("cora")
    holding = Holding.objects.get(open_for=person.pk)
    this = {"actor": hub.actor("cora"), "at": AT, "person_id": person.pk}
    parts: list[Callable[[], object]] = [
        lambda: open_relationship(
            **this, hub_id=hub.hub.pk, kind="holder", because=("holding", holding.pk), hat_id=hub.hats["liv"]
        ),
        lambda: end_relationships(**this, because=("holding", holding.pk)),
        lambda: exclude(**this, hub_id=hub.hub.pk, words="Dana"),
        lambda: open_membership(**this, hub_id=hub.hub.pk, team_id=hub.teams["door"], next_on=TODAY),
        lambda: take_over(**this, why="agreed", to_hat_id=hub.hats["liv"]),
        lambda: give_back(**this, why="agreed", holding_id=holding.pk),
    ]
    for part in parts:
        with pytest.raises(NotFound):
            part()
    assert Holding.objects.get(open_for=person.pk) == holding
