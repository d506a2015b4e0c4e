"""Who sees what, as a table: every kind of relationship, whose words, exclusion, label, role, and when.

The expected answers are written out here from trust.md 3.1 (D1-D3, A1, A2, L) and lists.md (Roles), not taken from the policy.

Shown to fail, each with one control removed from `access/policy.py`:
- without the end of a relationship (`until_at`), the three rows of `WHEN` that have ended open;
- without `author_organisation__in`, the rows "neither" of `WHOSE` open;
- without `.exclude(denied(…))`, every row of `test_an_exclusion_beats_everything` opens;
- without `label__in`, circle items and every role that sees no label open.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.access.actors import worker_actor
from alongside.access.commands import end_relationships, exclude, leave_agreement, open_relationship
from alongside.access.models import Relationship, SharingAgreement
from alongside.access.policy import has_relationship, visible_to
from alongside.hubs.models import Hat
from alongside.people.models import Person, StoryEntry
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]

DAY = timedelta(days=1)

KINDS = {
    "holder": True,
    "holding_team": True,
    "giving": True,
    "receiving": True,
    "duty": True,
    "referrer": False,
    "matcher": False,
}
"""Which kinds of relationship open the record; a referrer sees own words and the status, a matcher name, birthday and numbers."""

WHOSE = {"mine": True, "by agreement": True, "neither": False}
"""A1: my organisation wrote it. A2: an agreement shares it. Otherwise there is nothing."""

WHEN = {
    "none": False,
    "active": True,
    "ends later": True,
    "ended": False,
    "ends this moment": False,
    "future": False,
    "somebody else's": False,
    "team, mine": True,
    "team, left": False,
    "team, never sat": False,
    "team, ended": False,
}

LABELS_OF_ROLE = {
    "referrer": "",
    "registered_practice": "open",
    "administrator": "",
    "wellbeing_practitioner": "open sensitive",
    "link_worker": "open sensitive",
    "therapist": "open sensitive",
    "student": "open sensitive",
    "coordinator": "open sensitive",
    "specialist": "open sensitive",
    "duty_worker": "open sensitive",
    "crisis_door": "",
    "ward_chair": "",
    "safeguarding_lead": "open sensitive",
    "service_editor": "",
    "service_lead": "",
    "privacy_officer": "",
    "analyst": "",
    "hub_lead": "",
    "system_administrator": "",
}
"""lists.md, Roles. `circle` is in no row: it needs a name on its list, which comes with the trust issue."""


def somebody(hub: MadeHub, author: str = "practice") -> Person:
    """Give a person of the hub whom nobody has a reason to see yet."""
    return Person.objects.create(
        hub=hub.hub, author_organisation_id=hub.partners[author], chosen_name="Mair Pretend", created_at=AT
    )


def told(person: Person, label: str = "open", author: int | None = None) -> StoryEntry:
    return StoryEntry.objects.create(
        hub_id=person.hub_id,
        person=person,
        author_organisation_id=author or person.author_organisation_id,
        label=label,
        at=AT,
        whose_words="person",
        domain="life",
        words="made up",
    )


def near(hub: MadeHub, person: Person, key: str = "", team: str = "", kind: str = "holder", **times: Any) -> Relationship:
    return open_relationship(
        actor=hub.system,
        at=times.pop("at", AT),
        hub_id=hub.hub.pk,
        person_id=person.pk,
        kind=kind,
        because=("test", person.pk),
        hat_id=hub.hats[key] if key else None,
        team_id=hub.teams[team] if team else None,
        **times,
    )


def sees(actor: Actor, person: Person, at: datetime = AT + DAY) -> bool:
    """Tell what list and record say of one person; they may never differ."""
    listed = visible_to(actor, Person.objects.filter(pk=person.pk), at=at).exists()
    opened = visible_to(actor, StoryEntry.objects.filter(person=person, label="open"), at=at).exists()
    assert listed == opened or not StoryEntry.objects.filter(person=person).exists()
    return listed


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("kind", KINDS)
def test_kind_of_relationship_and_whose_words(hub: MadeHub, kind: str, whose: str) -> None:
    person = somebody(hub, author="practice" if whose == "mine" else "charity")
    told(person)
    near(hub, person, "cora", kind=kind)
    if whose == "neither":
        agreement = SharingAgreement.objects.get(hub=hub.hub)
        leave_agreement(actor=hub.system, at=AT, agreement_id=agreement.pk, organisation_id=hub.partners["charity"])
    assert sees(hub.actor("cora", AT + DAY), person) is (KINDS[kind] and WHOSE[whose])


@pytest.mark.parametrize("when", WHEN)
def test_when(hub: MadeHub, when: str) -> None:
    person = somebody(hub)
    told(person)
    at = AT + DAY
    if when in ("active", "somebody else's"):
        near(hub, person, "cora" if when == "active" else "nell")
    elif when == "ends later":
        near(hub, person, "cora", until_at=at + timedelta(seconds=1))
    elif when == "ended":
        near(hub, person, "cora")
        end_relationships(actor=hub.system, at=AT + timedelta(hours=1), person_id=person.pk, because=("test", person.pk))
    elif when == "ends this moment":
        near(hub, person, "cora", until_at=at)
    elif when == "future":
        near(hub, person, "cora", from_at=at + timedelta(seconds=1))
    elif when == "team, mine":
        near(hub, person, team="north", kind="holding_team")
    elif when == "team, left":
        near(hub, person, team="north", kind="holding_team")
        Hat.objects.get(pk=hub.hats["cora"]).seats.update(until_at=AT)
    elif when == "team, never sat":
        near(hub, person, team="harbour", kind="holding_team")
    elif when == "team, ended":
        near(hub, person, team="north", kind="holding_team", until_at=AT + timedelta(hours=1))
    assert sees(hub.actor("cora", at), person, at) is WHEN[when]
    assert has_relationship(hub.actor("cora", at), person.pk, at=at) is WHEN[when]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("author", ["practice", "charity"])
def test_an_exclusion_beats_everything(hub: MadeHub, kind: str, author: str) -> None:
    person = somebody(hub, author=author)
    told(person)
    near(hub, person, "cora", kind=kind)
    near(hub, person, team="north", kind="holding_team")
    before = sees(hub.actor("cora", AT + DAY), person)
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Cora Madeup")
    assert (before, sees(hub.actor("cora", AT + DAY), person)) == (True, False)
    assert sees(hub.actor("nell", AT + DAY), person), "her team goes on seeing the person"


@pytest.mark.parametrize("role", LABELS_OF_ROLE)
def test_which_labels_a_role_sees(hub: MadeHub, role: str) -> None:
    Hat.objects.filter(pk=hub.hats["cora"]).update(role=role, supervisor_id=hub.hats["wyn"] if role == "student" else None)
    person = somebody(hub)
    for label in ("open", "sensitive", "circle"):
        told(person, label)
    near(hub, person, "cora")
    seen = visible_to(hub.actor("cora", AT + DAY), StoryEntry.objects.filter(person=person), at=AT + DAY)
    assert sorted(seen.values_list("label", flat=True)) == LABELS_OF_ROLE[role].split()


def test_two_organisations_words_on_one_person_are_told_apart(hub: MadeHub) -> None:
    """The person is visible because my organisation wrote them down; an item of one that has not signed is not."""
    person = somebody(hub)
    mine, theirs = told(person), told(person, author=hub.partners["charity"])
    near(hub, person, "cora")
    agreement = SharingAgreement.objects.get(hub=hub.hub)
    items = StoryEntry.objects.filter(person=person)
    assert set(visible_to(hub.actor("cora", AT + DAY), items, at=AT + DAY)) == {mine, theirs}
    leave_agreement(actor=hub.system, at=AT, agreement_id=agreement.pk, organisation_id=hub.partners["charity"])
    assert set(visible_to(hub.actor("cora", AT + DAY), items, at=AT + DAY)) == {mine}


def test_the_hat_that_is_worn_decides_and_not_the_worker(hub: MadeHub) -> None:
    cora = Hat.objects.get(pk=hub.hats["cora"])
    other = Hat.objects.create(
        hub=hub.hub, worker=cora.worker, organisation_id=hub.partners["charity"], role="link_worker", from_at=AT - DAY
    )
    person = somebody(hub)
    told(person)
    near(hub, person, "cora")
    wearing_other = worker_actor(other.pk, user_id=cora.worker.user_id, at=AT + DAY)
    assert wearing_other is not None
    assert (sees(hub.actor("cora", AT + DAY), person), sees(wearing_other, person)) == (True, False)


def test_nobody_sees_anything_without_hat_or_hub(hub: MadeHub) -> None:
    person = somebody(hub)
    told(person)
    client = Actor(kind="client", hub_id=hub.hub.pk, organisation_id=person.author_organisation_id, role="referrer")
    bare = Actor(kind="worker", hub_id=hub.hub.pk, role="coordinator", organisation_id=person.author_organisation_id)
    for actor in (Actor(kind="public"), hub.public, client, bare):
        assert not visible_to(actor, Person.objects.all(), at=AT).exists()
        assert not visible_to(actor, StoryEntry.objects.all(), at=AT).exists()


def test_a_relationship_of_another_hub_opens_nothing(hub: MadeHub) -> None:
    """Even a row that should never be there, a hat of one hub with a person of another, opens nothing."""
    elsewhere = open_hub("elsewhere", nation="england")
    person = somebody(hub)
    told(person)
    Relationship.objects.create(
        hub=hub.hub, person=person, kind="holder", hat_id=elsewhere.hats["cora"], because_kind="test", because_id=1, from_at=AT
    )
    assert not sees(elsewhere.actor("cora", AT + DAY), person)
