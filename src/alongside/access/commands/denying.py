# For workers only.
"""Writes of what denies sight: exclusions, declared relations, what the person does not want shared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.access.models import DeclaredRelation, Exclusion, KeptAway, Objection
from alongside.access.policy import check_can_settle, check_is_part_or_system
from alongside.access.rules import is_meant
from alongside.hubs.models import Partner, Worker
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import resembles
from alongside.writes import insert, insert_later


class TellUsMore(Invalid):
    code = "tell_us_more"
    message = _("Add their date of birth or their NHS number: a name alone may be somebody else's.")


@command("exclusion.made")
def exclude(*, actor: Actor, at: datetime, hub_id: int, person_id: int, words: str) -> Exclusion:
    """Keep somebody away from a person, silently and at once: every worker whose name is like the words given.

    Also:     who was kept away is never shown, counted or mentioned to them; the journal holds ids only.
    Source:   trust.md C07; pages.md (ask for help, 8).
    """
    check_is_part_or_system(actor)
    made = insert(Exclusion(hub_id=hub_id, person_id=person_id, words=words, made_at=at))
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
    check_is_part_or_system(actor)
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
def settle_exclusion(
    *,
    actor: Actor,
    at: datetime,
    exclusion_id: int,
    worker_ids: Collection[int],
    team_ids: Collection[int] = (),
    organisation_ids: Collection[int] = (),
) -> Exclusion:
    """Say who exactly is meant: these workers, whole teams and organisations are kept away.

    Also:     everybody else who works here and whose name was like it is free again.
    Refuses:  NotFound for everybody but the safeguarding lead and the holder, and for whoever it keeps away.
    """
    found = Exclusion.objects.select_for_update().filter(pk=exclusion_id).first()
    if found is None:
        raise NotFound
    check_can_settle(actor, hub_id=found.hub_id, person_id=found.person_id, at=at)
    found.settled_at, found.settled_by_id = at, actor.hat_id
    found.save(update_fields=["settled_at", "settled_by"])
    # Whoever has left stays kept away: nobody has said that they are not meant, and they may come back.
    alike = KeptAway.objects.filter(exclusion=found, until_at__isnull=True, worker__left_at__isnull=True)
    alike.exclude(worker_id__in=worker_ids).update(until_at=at)
    standing = set(KeptAway.objects.filter(exclusion=found, until_at__isnull=True).values_list("worker_id", flat=True))
    KeptAway.objects.bulk_create(
        [
            KeptAway(exclusion=found, person_id=found.person_id, worker_id=worker_id, from_at=at)
            for worker_id in worker_ids
            if worker_id not in standing
        ]
    )
    about = {"exclusion": found, "person_id": found.person_id, "from_at": at}
    insert_later(
        *(KeptAway(team_id=team_id, **about) for team_id in team_ids),
        *(KeptAway(organisation_id=organisation_id, **about) for organisation_id in organisation_ids),
    )
    note(person_id=found.person_id, label="circle", exclusion=found.public_id)
    return found


@command("relation.written_down")
def write_down_relation(
    *, actor: Actor, at: datetime, kind: str, name: str, born_on: date | None, nhs_number: str
) -> DeclaredRelation:
    """Write down somebody whom this worker knows outside their work; whether that person is known here is never said.

    Refuses:  TellUsMore with neither a birthday nor a number.
    Source:   trust.md C08, D1.
    """
    check_is_part_or_system(actor)
    if actor.hub_id is None or actor.worker_id is None:
        raise NotFound
    if born_on is None and not nhs_number:
        raise TellUsMore
    made = insert(
        DeclaredRelation(
            hub_id=actor.hub_id,
            worker_id=actor.worker_id,
            kind=kind,
            name=name.strip()[:120],
            born_on=born_on,
            nhs_number=nhs_number,
            from_at=at,
        )
    )
    note(declared=made.public_id, kind=kind)
    return made


@command("relation.applied")
def keep_away_from_relation(*, actor: Actor, at: datetime, declared_id: int, worker_id: int, person_id: int) -> None:
    """Keep a worker away from somebody whom they have said they know."""
    check_is_part_or_system(actor)
    insert_later(KeptAway(declared_id=declared_id, person_id=person_id, worker_id=worker_id, from_at=at))
    note(person_id=person_id, label="circle")


@command("relation.new_person_compared")
def compare_new_person(
    *, actor: Actor, at: datetime, hub_id: int, person_id: int, names: tuple[str, ...], born_on: date | None, nhs_number: str
) -> int:
    """Compare somebody new, or told more of, with everybody whom the workers here have said they know. Out: how many are kept away."""
    check_is_part_or_system(actor)
    same = Q(pk__in=())
    if nhs_number:
        same |= Q(nhs_number=nhs_number)
    if born_on:
        same |= Q(born_on=born_on)
    known = DeclaredRelation.objects.filter(same, hub_id=hub_id, until_at__isnull=True).exclude(kept_away__person_id=person_id)
    meant = [one for one in known if is_meant(one.name, one.born_on, one.nhs_number, names, born_on, (nhs_number,))]
    insert_later(*(KeptAway(declared=one, person_id=person_id, worker_id=one.worker_id, from_at=at) for one in meant))
    note(person_id=person_id, label="circle")
    return len(meant)


@command("relation.taken_back")
def take_back_relation(*, actor: Actor, at: datetime, declared_id: UUID) -> DeclaredRelation:
    """Say that somebody is known no longer; the worker sees again what their work opens.

    Refuses:  NotFound for what another worker declared.
    """
    found = (
        DeclaredRelation.objects.select_for_update()
        .filter(public_id=declared_id, worker_id=actor.worker, hub_id=actor.hub, until_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotFound
    found.until_at = at
    found.save(update_fields=["until_at"])
    KeptAway.objects.filter(declared=found, until_at__isnull=True).update(until_at=at)
    note(declared=found.public_id)
    return found


@command("sharing.objected_to")
def object_to_sharing(
    *, actor: Actor, at: datetime, hub_id: int, person_id: int, organisation_id: int | None, item: UUID | None = None
) -> Objection:
    """Write down that the person does not want others' words of them seen by an organisation, or by anybody who did not write them.

    Also:     from the next request on; whoever wrote something themselves keeps sight of it. Twice is once.
    Refuses:  NotFound for an organisation that is no partner of this hub.
    Source:   trust.md C05; promise 8.
    """
    check_is_part_or_system(actor)
    if organisation_id and not Partner.objects.filter(hub_id=hub_id, organisation_id=organisation_id).exists():
        raise NotFound
    meant = {"person_id": person_id, "organisation_id": organisation_id, "item": item, "until_at": None}
    standing = Objection.objects.filter(
        **{name: value for name, value in meant.items() if value is not None}, until_at__isnull=True
    )
    standing = standing.filter(organisation__isnull=organisation_id is None, item__isnull=item is None)
    made = standing.first() or insert(Objection(hub_id=hub_id, from_at=at, written_by_id=actor.hat_id, **meant))
    note(person_id=person_id, organisation=organisation_id, item=item, objection=made.public_id)
    return made


@command("sharing.agreed_again")
def end_objection(*, actor: Actor, at: datetime, person_id: int, objection_id: UUID) -> Objection:
    """Write down that the person is content to share again; from the next request on."""
    check_is_part_or_system(actor)
    found = (
        Objection.objects.select_for_update().filter(public_id=objection_id, person_id=person_id, until_at__isnull=True).first()
    )
    if found is None:
        raise NotFound
    found.until_at = at
    found.save(update_fields=["until_at"])
    note(person_id=person_id, objection=found.public_id)
    return found
