"""The facts that give or deny sight: opened and ended through here by the stages that know why."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from alongside.access.models import Exclusion, KeptAway, Relationship, SharingAgreement, Signature
from alongside.hubs.models import Hat, Worker
from alongside.journal.command import command, note
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import resembles


@command("relationship.opened")
def open_relationship(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    person_id: int,
    kind: str,
    because: tuple[str, int],
    hat_id: int | None = None,
    team_id: int | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Relationship:
    """Give one hat or one team a reason to see a person, naming the fact that gives it; now, or between two moments.

    Source: design.md section 5 (every fact that gives or denies sight is a row of access's own tables).
    """
    found = Relationship.objects.create(
        hub_id=hub_id,
        person_id=person_id,
        kind=kind,
        hat_id=hat_id,
        team_id=team_id,
        because_kind=because[0],
        because_id=because[1],
        from_at=from_at or at,
        until_at=until_at,
    )
    note(person_id=person_id, kind=kind, because=because[0], hat=hat_id, team=team_id)
    return found


@command("relationship.ended")
def end_relationships(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    because: tuple[str, int],
    until_at: datetime | None = None,
    kind: str | None = None,
) -> int:
    """End the relationships that one fact gave, now or at a later moment (28 days after a handover is settled).

    Out: how many were ended. An end that lies earlier is never put off.
    Source: trust.md C03.
    """
    until = until_at or at
    found = Relationship.objects.filter(person_id=person_id, because_kind=because[0], because_id=because[1]).filter(
        Q(until_at__isnull=True) | Q(until_at__gt=until)
    )
    if kind:
        found = found.filter(kind=kind)
    count = found.update(until_at=until)
    note(person_id=person_id, because=because[0], ended=count)
    return count


@command("exclusion.made")
def exclude(*, actor: Actor, at: datetime, hub_id: int, person_id: int, words: str) -> Exclusion:
    """Keep somebody away from a person, silently and at once: every worker whose name is like the words given.

    Also:     who was kept away is never shown, counted or mentioned to them; the journal holds ids only.
    Source:   trust.md C07; pages.md (ask for help, 8).
    """
    made = Exclusion.objects.create(hub_id=hub_id, person_id=person_id, words=words, made_at=at)
    alike = [
        worker_id
        for worker_id, name in Worker.objects.filter(hats__hub_id=hub_id).values_list("pk", "name").distinct()
        if resembles(words, name)
    ]
    KeptAway.objects.bulk_create(
        [KeptAway(exclusion=made, person_id=person_id, worker_id=worker_id, from_at=at) for worker_id in alike]
    )
    note(person_id=person_id, label="circle", exclusion=made.public_id)
    return made


@command("exclusion.new_worker_compared")
def compare_new_worker(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> int:
    """Compare a new worker with every exclusion that is not settled yet, and keep them away where the name is like.

    Out: how many people the worker is kept away from.
    """
    name = Worker.objects.get(pk=worker_id).name
    alike = [
        one
        for one in Exclusion.objects.filter(hub_id=hub_id, settled_at__isnull=True).exclude(kept_away__worker_id=worker_id)
        if resembles(one.words, name)
    ]
    KeptAway.objects.bulk_create(
        [KeptAway(exclusion=one, person_id=one.person_id, worker_id=worker_id, from_at=at) for one in alike]
    )
    note(worker=worker_id)
    return len(alike)


@command("exclusion.settled")
def settle_exclusion(*, actor: Actor, at: datetime, exclusion_id: int, worker_ids: list[int]) -> Exclusion:
    """Say who exactly is meant: these workers are kept away, everybody else whose name was like it is free again."""
    found = Exclusion.objects.select_for_update().get(pk=exclusion_id)
    found.settled_at, found.settled_by_id = at, actor.hat_id
    found.save(update_fields=["settled_at", "settled_by"])
    KeptAway.objects.filter(exclusion=found, until_at__isnull=True).exclude(worker_id__in=worker_ids).update(until_at=at)
    standing = set(KeptAway.objects.filter(exclusion=found, until_at__isnull=True).values_list("worker_id", flat=True))
    KeptAway.objects.bulk_create(
        [
            KeptAway(exclusion=found, person_id=found.person_id, worker_id=worker_id, from_at=at)
            for worker_id in worker_ids
            if worker_id not in standing
        ]
    )
    note(person_id=found.person_id, label="circle", exclusion=found.public_id)
    return found


@command("agreement.begun")
def begin_agreement(*, actor: Actor, at: datetime, hub_id: int, purpose: str) -> SharingAgreement:
    """Begin the agreement that a hub starts with: it shares the open and sensitive record among those who sign."""
    made = SharingAgreement.objects.create(hub_id=hub_id, purpose=purpose, from_at=at)
    note(agreement=made.public_id)
    return made


@command("agreement.signed")
def sign_agreement(
    *, actor: Actor, at: datetime, agreement_id: int, organisation_id: int, hat_id: int | None = None
) -> Signature:
    """Sign for an organisation; from the next request on it shares with those who have signed, and they with it."""
    signed, _ = Signature.objects.get_or_create(
        agreement_id=agreement_id,
        organisation_id=organisation_id,
        until_at=None,
        defaults={"from_at": at, "signed_by_id": hat_id},
    )
    note(agreement=agreement_id, organisation=organisation_id)
    return signed


@command("agreement.left")
def leave_agreement(*, actor: Actor, at: datetime, agreement_id: int, organisation_id: int) -> int:
    """Take an organisation out of an agreement; from the next request on nothing passes either way."""
    count = Signature.objects.filter(agreement_id=agreement_id, organisation_id=organisation_id, until_at__isnull=True).update(
        until_at=at
    )
    note(agreement=agreement_id, organisation=organisation_id)
    return count


@command("hat.put_on")
def put_on_hat(*, actor: Actor, at: datetime, hat_id: int) -> Hat:
    """Choose, or change, the one hat of this session; the sign-in page then stores it in the session."""
    hat = Hat.objects.get(pk=hat_id)
    note(hat=hat_id)
    return hat
