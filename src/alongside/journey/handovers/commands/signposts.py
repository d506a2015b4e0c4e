"""Writes of telling somebody of a service, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.access.policy import check_is_part_or_system, visible_to
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.directory.commands import note_bounce
from alongside.journey.handovers.commands.offering import ChooseAReceiver, _receiver
from alongside.journey.handovers.models import Signpost
from alongside.journey.handovers.policies import (
    check_can_introduce,
)
from alongside.journey.handovers.queries import LEFT_BEHIND
from alongside.members.commands import create_task, finish_in_passing
from alongside.members.models import Task
from alongside.people.policies import check_is_alive
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


@command("signpost.given")
def signpost(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    service_id: int,
    need: str = "",
    shown: Sequence[int] = (),
    wishes: Sequence[str] = (),
    ask_on: date | None = None,
) -> Signpost:
    """Tell somebody of a service, and write down when to ask how it went; it stays open until its result is known.

    In: `shown` and `wishes` as of `introduce`.
    """
    check_can_introduce(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    _team, service = _receiver(person.hub_id, None, service_id)
    if service is None:
        raise ChooseAReceiver
    made = insert(
        Signpost(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            service=service,
            need=need,
            shown=list(shown),
            wishes=list(wishes),
            given_at=at,
            given_by_id=actor.hat,
            ask_on=ask_on or local_date(at) + timedelta(days=14),
        )
    )
    note(person_id=person_id, signpost=made.public_id, service=made.service_id)
    return made


@command("signpost.left_behind")
def ask_how_it_went(*, actor: Actor, at: datetime, signpost_id: int) -> Task | None:
    """Ask whoever holds the person how a signpost went, once, because whoever told them of it has left.

    Empty:    None when its result is known meanwhile, or the holder is asked already.
    Source:   part F23 (a signpost needs a result); promise 4.
    """
    check_is_part_or_system(actor)
    found = Signpost.objects.select_for_update().get(pk=signpost_id)
    note(person_id=found.person_id, signpost=found.public_id)
    if found.result or _holder_is_asked(found.person_id):
        return None
    return create_task(actor=actor, at=at, person_id=found.person_id, what=LEFT_BEHIND, due_on=local_date(at))


@command("signpost.result")
def write_down_result(*, actor: Actor, at: datetime, signpost_id: UUID, result: str) -> Signpost:
    """Write down how a signpost went; "not for them" and "not there" make a task to find something else.

    Also:     whoever was asked because its giver had left has been answered.
    """
    found = visible_to(actor, Signpost.objects.select_for_update(of=("self",)).filter(public_id=signpost_id), at=at).first()
    if found is None:
        raise NotFound
    if found.result:
        raise AlreadyDone
    found.result, found.result_at, found.result_by_id = result, at, actor.hat_id
    found.save(update_fields=["result", "result_at", "result_by"])
    if _holder_is_asked(found.person_id):
        finish_in_passing(actor=actor, at=at, person_id=found.person_id, what=LEFT_BEHIND)
    if result == "not_there":
        note_bounce(actor=actor, at=at, service_id=found.service_id, kind="not_there", because=found.public_id)
    if result in ("not_for_them", "not_there"):
        create_task(
            actor=actor, at=at, person_id=found.person_id, what="offer_next_fit", due_on=local_date(at) + timedelta(days=3)
        )
    note(person_id=found.person_id, signpost=found.public_id, result=result)
    return found


def _holder_is_asked(person_id: int) -> bool:
    return Task.objects.filter(person_id=person_id, what=LEFT_BEHIND, done_at__isnull=True).exists()
