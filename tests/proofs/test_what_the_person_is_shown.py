"""The person's own channel as a table of its own: released, not withheld, not somebody else's, and no trace of the rest.

Written from trust.md 3.1 and C10, not from the policy. Source: C06, C10, T03, H10.
"""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from alongside.access import policy
from alongside.access.commands import ReviewWithinAYear
from alongside.access.models import Release, Withholding
from alongside.hubs.models import Hat
from alongside.journey.handovers.commands import introduce
from alongside.members.models import Task
from alongside.people.commands import write_down
from alongside.people.models import HeldAddress, StoryEntry
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.safety.commands import release_to_person, withhold_from_person
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H10")]

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
WITHHELD = {
    # how it may have come about: (from, until), and whether it hides
    "never": (None, None, False),
    "now": (AT - HOUR, None, True),
    "from this moment": (AT, None, True),
    "from the next second": (AT + SECOND, None, False),
    "ended this moment": (AT - HOUR, AT, False),
    "ends in a second": (AT - HOUR, AT + SECOND, True),
}
RELEASED = {"never": (None, None, False), "now": (AT - HOUR, None, True), "ended": (AT - HOUR, AT, False)}
LABELS = ("open", "sensitive", "circle")


def made_world(hub: MadeHub) -> dict[tuple[Any, ...], StoryEntry]:
    """Make one entry of every kind of fact, and bystanders: the same facts about another item."""
    hat, person = Hat.objects.get(pk=hub.hats["cora"]), hub.person()
    found = {}
    for label, third_party, withheld, released in itertools.product(LABELS, (False, True), WITHHELD, RELEASED):
        about: dict[str, Any] = {"hub": hub.hub, "person": person}
        entry = StoryEntry.objects.create(
            **about, author_organisation_id=hub.partners["trust"], label=label, third_party=third_party, at=AT,
            whose_words="person", domain="life", words=f"{label} {third_party} {withheld} {released}",
        )  # fmt: skip
        begins, ends, _hides = WITHHELD[withheld]
        if begins:
            by = {"ended_by": hat} if ends else {}
            Withholding.objects.create(
                **about, item=entry.public_id, reason="confidence", decided_by=hat, from_at=begins, until_at=ends, review_on=TODAY, **by
            )  # fmt: skip
        begins, ends, _opens = RELEASED[released]
        if begins:
            Release.objects.create(**about, item=entry.public_id, released_by=hat, from_at=begins, until_at=ends)
        found[label, third_party, withheld, released] = entry
    return found


def wrong(world: dict[tuple[Any, ...], StoryEntry]) -> list[tuple[Any, ...]]:
    """List the facts about which the policy and this table disagree."""
    person = next(iter(world.values())).person_id
    seen = set(policy.for_the_person(StoryEntry.objects.filter(person_id=person), person, at=AT).values_list("pk", flat=True))
    return [
        facts
        for facts, entry in world.items()
        for label, third_party, withheld, released in [facts]
        if (entry.pk in seen) != (not third_party and not WITHHELD[withheld][2] and (label != "circle" or RELEASED[released][2]))
    ]


@pytest.mark.both_databases
def test_what_a_person_is_shown_is_its_table(hub: MadeHub) -> None:
    world = made_world(hub)
    assert len(world) == 3 * 2 * 6 * 3
    assert wrong(world) == []


SABOTAGE = {
    "withheld": ("Withholding", lambda: Withholding.objects.none()),
    "released": ("Release", lambda: Release.objects.none()),
    "when": ("live", lambda at, prefix="": Q()),
}


class _Nothing:
    """A table in which nothing stands."""

    def __init__(self, model: Any) -> None:
        self.objects = self
        self.model = model

    def filter(self, *_given: Any, **_more: Any) -> Any:
        return self.model.objects.none()


@pytest.mark.parametrize("control", SABOTAGE)
def test_without_a_control_the_table_disagrees(hub: MadeHub, monkeypatch: pytest.MonkeyPatch, control: str) -> None:
    world = made_world(hub)
    name, instead = SABOTAGE[control]
    monkeypatch.setattr(
        policy, name, instead if name == "live" else _Nothing({"Withholding": Withholding, "Release": Release}[name])
    )
    assert wrong(world) != []


def test_of_somebody_else_and_of_the_vault_there_is_nothing(hub: MadeHub) -> None:
    mine, theirs = hub.person(), hub.person(name="Mabli Pretend", email="mabli@person.example")
    about = {"hub": hub.hub, "author_organisation_id": hub.partners["trust"]}
    StoryEntry.objects.create(**about, person=theirs, at=AT, whose_words="person", domain="life", words="theirs")
    HeldAddress.objects.create(**about, person=mine, kind="home", sealed="x", at=AT)
    assert not policy.for_the_person(StoryEntry.objects.filter(words="theirs"), mine.pk, at=AT).exists()
    assert not policy.for_the_person(HeldAddress.objects.all(), mine.pk, at=AT).exists()


def _told(hub: MadeHub, key: str = "cora", label: str = "sensitive", whose: str = "person") -> StoryEntry:
    person = hub.held_by(key)
    return write_down(
        actor=hub.actor(key), at=AT, person_id=person.pk, subject="life", words="what was said", whose_words=whose, label=label, do_not_ask_again=False
    )  # fmt: skip


def _keep(hub: MadeHub, key: str, entry: StoryEntry, *, days: int = 180) -> Withholding:
    return withhold_from_person(
        actor=hub.actor(key), at=AT, person_id=entry.person_id, item=entry.public_id, reason="serious_harm", review_on=TODAY + timedelta(days=days)
    )  # fmt: skip


def test_a_worker_withholds_with_a_reason_and_a_day_to_look_again_and_releases(hub: MadeHub) -> None:
    entry = _told(hub)
    _keep(hub, "cora", entry)
    own = policy.for_the_person(StoryEntry.objects.all(), entry.person_id, at=AT)
    assert not own.filter(pk=entry.pk).exists()
    with pytest.raises(AlreadyDone):
        _keep(hub, "cora", entry)
    release_to_person(actor=hub.actor("cora"), at=AT, person_id=entry.person_id, item=entry.public_id)
    assert own.all().filter(pk=entry.pk).exists()


def test_the_task_to_look_again_is_the_workers_and_never_the_persons(hub: MadeHub) -> None:
    """A task that only the worker has would tell the person that there is more."""
    entry = _told(hub)
    _keep(hub, "cora", entry, days=90)
    [task] = Task.objects.filter(person=entry.person_id, what="review_withheld")
    assert (task.hat_id, task.due_on) == (hub.hats["cora"], TODAY + timedelta(days=90))
    assert not policy.for_the_person(Task.objects.all(), entry.person_id, at=AT).filter(pk=task.pk).exists()
    release_to_person(actor=hub.actor("cora"), at=AT, person_id=entry.person_id, item=entry.public_id)
    assert not policy.for_the_person(Task.objects.all(), entry.person_id, at=AT).filter(pk=task.pk).exists()


@pytest.mark.parametrize("days", [0, 366])
def test_it_is_looked_at_again_within_a_year(hub: MadeHub, days: int) -> None:
    entry = _told(hub)
    with pytest.raises(ReviewWithinAYear):
        _keep(hub, "cora", entry, days=days)
    _keep(hub, "cora", entry, days=365)


def test_who_does_not_hold_does_not_decide_and_who_is_not_near_finds_nothing(hub: MadeHub) -> None:
    entry = _told(hub, "liv")
    hub.take_on("stu", "Stu Pretend", "charity", "student", ("harbour",))
    with pytest.raises(NotFound):
        _keep(hub, "cora", entry)
    with pytest.raises(NotThisRole):
        _keep(hub, "stu", entry)


def test_words_of_somebody_else_stay_theirs_whoever_releases_them(hub: MadeHub) -> None:
    entry = _told(hub, whose="third_party")
    with pytest.raises(AlreadyDone):
        release_to_person(actor=hub.actor("cora"), at=AT, person_id=entry.person_id, item=entry.public_id)
    assert not policy.for_the_person(StoryEntry.objects.all(), entry.person_id, at=AT).filter(pk=entry.pk).exists()


def test_a_circle_item_is_shown_once_it_is_released(hub: MadeHub) -> None:
    entry = _told(hub, label="circle")
    own = policy.for_the_person(StoryEntry.objects.all(), entry.person_id, at=AT)
    assert not own.filter(pk=entry.pk).exists()
    release_to_person(actor=hub.actor("cora"), at=AT, person_id=entry.person_id, item=entry.public_id)
    assert own.all().filter(pk=entry.pk).exists()
    _keep(hub, "cora", entry)
    assert not own.all().filter(pk=entry.pk).exists()


def test_where_it_stands_shows_no_trace_of_an_introduction_that_is_kept_from_them(hub: MadeHub) -> None:
    """Two people who differ only in it get the same page by their link."""
    pages = []
    for keep in (False, True):
        given = hub.refer(email=f"mair{keep}@person.example")
        person = given.referral.person
        if keep:
            asked = introduce(
                actor=hub.actor("dana"), at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"]
            ).handover
            _keep(hub, "dana", asked)  # type: ignore[arg-type]  # any record about the person
        body = Client().get(f"/stands/{given.link_token}/").content.decode()
        pages.append(body.replace(given.link_token, "LINK").replace(given.referral.reference, "REFERENCE"))
    assert pages[0].split("<main")[1].split("csrf")[0] == pages[1].split("<main")[1].split("csrf")[0]
