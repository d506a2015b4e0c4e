"""What an approver reads before a yes is exactly what the yes changes, over worlds made at random (trust.md C04, H22)."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from alongside.access import gains
from alongside.access.actors import worker_actor
from alongside.access.codes import CATEGORIES
from alongside.access.commands import (
    approve_sharing,
    begin_agreement,
    object_to_sharing,
    open_relationship,
    propose_sharing,
    sign_agreement,
)
from alongside.access.models import SharingProposal
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat
from alongside.members.models import Task
from alongside.people.models import Allergy, Dependant, Person, StoryEntry
from tests.support.hub import AT, MadeHub, open_hub

KINDS = (StoryEntry, Task, Dependant, Allergy)
HOUR = timedelta(hours=1)


def world(seed: int) -> tuple[MadeHub, SharingProposal]:
    """Make a hub with people near somebody, records of four kinds by every partner, and a proposal."""
    chance = random.Random(seed)
    hub = open_hub(f"world{seed}", sharing=False)
    partners = list(hub.partners.values())
    lead, privacy = (
        hub.take_on("hub_lead", "Leda Fable", "council", "hub_lead"),
        hub.take_on("privacy", "Prue Fable", "council", "privacy_officer"),
    )
    assert lead and privacy
    standing = begin_agreement(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, purpose="What stands", label_ceiling=chance.choice(["open", "sensitive"])
    )
    for key in chance.sample(partners, chance.randint(0, 3)):
        sign_agreement(actor=hub.system, at=AT, agreement_id=standing.pk, organisation_id=key)
    people = [hub.person(name=f"Nobody {number} of {seed}") for number in range(6)]
    for person in people:
        for key in chance.sample(list(hub.hats), 4):
            open_relationship(
                actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk,
                kind=chance.choice(["holder", "giving", "referrer"]), because=("holding", 0), hat_id=hub.hats[key],
            )  # fmt: skip
        open_relationship(
            actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, kind="duty", because=("holding", 0),
            team_id=chance.choice(list(hub.teams.values())), until_at=chance.choice([None, AT + HOUR / 2, AT + 9 * HOUR]),
        )  # fmt: skip
        Person.objects.filter(pk=person.pk).update(author_organisation=chance.choice(partners))
        for kind in KINDS:
            for author in chance.sample(partners, 2):
                write(hub, kind, person, author, chance.choice(["open", "sensitive", "circle"]))
        if chance.random() < 0.4:
            object_to_sharing(
                actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, organisation_id=chance.choice([None, *partners])
            )
        if chance.random() < 0.4:
            keep_away(person, chance, hub)
    parts = chance.sample(list(CATEGORIES), chance.choice([1, 2, 7]))
    new = begin_agreement(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, purpose="What is new", categories=parts,
        label_ceiling=chance.choice(["open", "sensitive"]),
    )  # fmt: skip
    for key in chance.sample(partners, chance.randint(0, 2)):
        sign_agreement(actor=hub.system, at=AT, agreement_id=new.pk, organisation_id=key)
    proposal = propose_sharing(
        actor=hub.actor("hub_lead"), at=AT, agreement_id=new.pk, organisation_ids=chance.sample(partners, 2) + partners[:1]
    )
    return hub, proposal


def write(hub: MadeHub, kind: Any, person: Person, author: int, label: str) -> None:
    by = Hat.objects.filter(hub=hub.hub).first()
    facts: dict[str, Any] = {
        StoryEntry: {"at": AT, "whose_words": "person", "domain": "life", "words": "Made up."},
        Task: {"what": "other", "made_at": AT, "due_on": AT.date(), "team_id": hub.teams["door"]},
        Dependant: {"kind": "child"},
        Allergy: {"words": "Made up", "source": "person", "at": AT, "written_by": by},
    }[kind]
    kind.objects.create(hub=hub.hub, person=person, author_organisation_id=author, label=label, **facts)


def keep_away(person: Person, chance: random.Random, hub: MadeHub) -> None:
    from alongside.access.models import Exclusion, KeptAway

    made = Exclusion.objects.create(hub=hub.hub, person=person, words="Somebody", made_at=AT, settled_at=AT)
    worker = Hat.objects.get(pk=chance.choice(list(hub.hats.values()))).worker
    whom = chance.choice(
        [
            {"worker": worker},
            {"team_id": chance.choice(list(hub.teams.values()))},
            {"organisation_id": chance.choice(list(hub.partners.values()))},
        ]
    )
    KeptAway.objects.create(exclusion=made, person=person, from_at=AT, **whom)


def seen(hub: MadeHub) -> dict[tuple[int, int], dict[int, set[Any]]]:
    """Give, for each hat, what it sees of each person."""
    at, found = AT + HOUR, {}
    for hat in Hat.objects.filter(hub=hub.hub):
        actor = worker_actor(hat.pk, user_id=None, at=at)
        if actor is None:
            continue
        of: dict[int, set[Any]] = {}
        for key in visible_to(actor, Person.objects.all(), at=at).values_list("pk", flat=True):
            of.setdefault(key, set()).add("who")
        for kind in gains.person_records():
            for pk, key in visible_to(actor, kind.objects.all(), at=at).values_list("pk", "person_id"):
                of.setdefault(key, set()).add((kind, pk))
        found[hat.organisation_id, hat.pk] = of
    return found


def gained(before: dict[Any, dict[int, set[Any]]], after: dict[Any, dict[int, set[Any]]]) -> dict[int, set[int]]:
    """Give, for each organisation, the people of whom one of its workers sees more than before."""
    found: dict[int, set[int]] = {}
    for (organisation, hat), of in after.items():
        more = {key for key, items in of.items() if items - before[organisation, hat].get(key, set())}
        if more:
            found.setdefault(organisation, set()).update(more)
    return found


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.hazard("H22")
@pytest.mark.parametrize("seed", range(8))
def test_a_preview_names_exactly_what_the_approval_opens(seed: int) -> None:
    hub, proposal = world(seed)
    said = {one.organisation.pk: one.people for one in gains.gains(proposal, at=AT + HOUR)}
    before = seen(hub)
    approve_sharing(actor=hub.actor("privacy"), at=AT + HOUR, proposal_id=proposal.public_id)
    assert seen(hub) == before, "one yes opens nothing"
    approve_sharing(actor=hub.actor("saf"), at=AT + HOUR, proposal_id=proposal.public_id)
    opened = gained(before, seen(hub))
    assert said == {key: len(people) for key, people in opened.items()}


WRONG: dict[str, tuple[str, Any]] = {
    "counts whoever only brought them in": ("FULL_SIGHT", (*gains.FULL_SIGHT, "referrer")),
    "counts what was shared already": ("_shared_with", lambda *_given: set()),
    "counts every part of the record": ("_spread", lambda shares, spread=gains._spread: spread((a, b, []) for a, b, _parts in shares)),
}  # fmt: skip
"""Mistakes that the comparison has to see: what is put in whose place."""


@pytest.mark.parametrize("mistake", WRONG)
def test_a_preview_that_counts_wrongly_is_found_out(db: None, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    worlds = [world(seed)[1] for seed in range(6)]
    right = [gains.gains(proposal, at=AT + HOUR) for proposal in worlds]
    assert any(right), "some proposal opens something to somebody"
    monkeypatch.setattr(gains, *WRONG[mistake])
    assert [gains.gains(proposal, at=AT + HOUR) for proposal in worlds] != right
