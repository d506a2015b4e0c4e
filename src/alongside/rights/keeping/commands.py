# For workers only.
"""Writes of how long records are kept: holding them for an inquiry or a claim, and letting them go, by two and after a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.hubs.models import Hat
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.members.models import Membership
from alongside.people.models import Deletion, LegalHold, Person
from alongside.people.policies import check_wears_a_hat
from alongside.people.queries import whole_of
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.rights.codes import DELETED, HOLDS
from alongside.rights.keeping.deleting import delete_everything
from alongside.rights.keeping.queries import get_deletion, get_hold, how_long, person_by_reference, what_keeps
from alongside.rights.policies import check_can_answer
from alongside.vocabulary.actor import Actor
from alongside.writes import insert

WAITS = timedelta(days=7)
"""So long a deletion waits after two have agreed: time to say that it is wrong (ours)."""


class NobodyWithThisReference(Invalid):
    code = "nobody_with_this_reference"
    message = _("Nobody whom you may ask about has this reference.")


class SomethingKeepsIt(Invalid):
    code = "something_keeps_it"
    message = _(
        "It cannot be deleted now: it is kept for an inquiry or a claim, they have asked something that waits for an answer, "
        "or they are not at rest."
    )


class TimeNotOver(Invalid):
    code = "time_not_over"
    message = _("The time of this record is not over.")


class AnotherAgrees(Invalid):
    code = "another_agrees"
    message = _("Somebody else agrees to it than whoever proposed it, and one of the two is a privacy officer.")


@command("legal_hold.begun")
def begin_hold(*, actor: Actor, at: datetime, reference: str, because: str, words: str = "") -> LegalHold:
    """Keep what stands about somebody whatever its time.

    Refuses:  NobodyWithThisReference; AlreadyDone when it is held for that already.
    Source:   UK GDPR art. 17(3)(e); Records Management Code of Practice, appendix I.
    """
    person = _asked_about(actor, reference, at)
    if because not in HOLDS:
        raise NotFound
    if LegalHold.objects.filter(person=person, because=because, until_at__isnull=True).exists():
        raise AlreadyDone
    made = insert(
        LegalHold(
            hub_id=person.hub_id,
            person=person,
            because=because,
            words=words.strip()[:200],
            from_at=at,
            from_by_id=check_wears_a_hat(actor),
        )
    )
    note(person_id=person.pk, hold=made.public_id, because=because)
    return made


@command("legal_hold.ended")
def end_hold(*, actor: Actor, at: datetime, hold_id: UUID) -> LegalHold:
    """Say that the inquiry or claim is over; the record is kept as long as any other from then on."""
    check_can_answer(actor)
    found = get_hold(actor, hold_id, at)
    found.until_at, found.until_by_id = at, check_wears_a_hat(actor)
    found.save(update_fields=["until_at", "until_by"])
    note(person_id=found.person_id, hold=found.public_id)
    return found


@command("deletion.proposed")
def propose_deletion(*, actor: Actor, at: datetime, reference: str, because: str) -> Deletion:
    """Propose that everything about somebody goes for good; nothing goes before another has agreed and a week has passed.

    Refuses:  NobodyWithThisReference; SomethingKeepsIt (held, asked, not at rest); TimeNotOver; AlreadyDone while one is open.
    """
    person = _asked_about(actor, reference, at)
    if because not in DELETED:
        raise NotFound
    if what_keeps(person.pk):
        raise SomethingKeepsIt
    if because == "time_over" and _until(person) > local_date(at):
        raise TimeNotOver
    if Deletion.objects.filter(person_key=person.pk, done_at__isnull=True, stopped_at__isnull=True).exists():
        raise AlreadyDone
    hat = check_wears_a_hat(actor)
    made = insert(
        Deletion(
            hub_id=person.hub_id,
            person_key=person.pk,
            because=because,
            proposed_at=at,
            proposed_by_id=hat,
            proposer_id=actor.worker,
        )
    )
    note(person_id=person.pk, deletion=made.public_id, because=because)
    return made


def _until(person: Person) -> date:
    """Give the day on which the last of the records that are read as one may go."""
    found = Membership.objects.select_related("person").filter(person__in=whole_of(person.pk))
    return max(how_long(one).until for one in found)


@command("deletion.agreed")
def agree_to_deletion(*, actor: Actor, at: datetime, deletion_id: UUID) -> Deletion:
    """Agree that everything about somebody goes, a week from now.

    Refuses:  AnotherAgrees when the same worker proposed it, under whichever hat, or when neither is a privacy officer; AlreadyDone;
              SomethingKeepsIt.
    """
    check_can_answer(actor)
    found = get_deletion(actor, deletion_id, at)
    if found.agreed_at:
        raise AlreadyDone
    if found.proposer_id == actor.worker:
        raise AnotherAgrees
    if not Hat.objects.filter(pk__in=(found.proposed_by_id, actor.hat), role="privacy_officer").exists():
        raise AnotherAgrees
    if what_keeps(found.person_key):
        raise SomethingKeepsIt
    found.agreed_at, found.agreed_by_id, found.seconder_id, found.due_at = at, check_wears_a_hat(actor), actor.worker, at + WAITS
    found.save(update_fields=["agreed_at", "agreed_by", "seconder", "due_at"])
    note(person_id=found.person_key, deletion=found.public_id, due_on=local_date(found.due_at))
    return found


@command("deletion.stopped")
def stop_deletion(*, actor: Actor, at: datetime, deletion_id: UUID) -> Deletion:
    """Say that it does not go; one is enough to stop it, until the moment at which it is done."""
    check_can_answer(actor)
    found = get_deletion(actor, deletion_id, at)
    found.stopped_at, found.stopped_by_id = at, check_wears_a_hat(actor)
    found.save(update_fields=["stopped_at", "stopped_by"])
    note(person_id=found.person_key, deletion=found.public_id)
    return found


@command("deletion.done")
def delete_now(*, actor: Actor, at: datetime, deletion_id: int) -> Deletion | None:
    """Let everything about somebody go, once its day has come; for the sweep.

    Out:      None when it was done or stopped meanwhile, or something keeps it now: then it waits, and whoever reads the list sees it.
    Also:     one transaction: everything goes or nothing. Records that are read as one go together.
    """
    policy.check_is_part_or_system(actor)
    found = Deletion.objects.select_for_update().filter(pk=deletion_id, done_at__isnull=True, stopped_at__isnull=True).first()
    if found is None or found.due_at is None or found.due_at > at or what_keeps(found.person_key):
        return None
    keys = whole_of(found.person_key)
    found.begun_at = at
    found.save(update_fields=["begun_at"])
    found.rows, found.done_at = delete_everything(keys), at
    found.save(update_fields=["rows", "done_at"])
    note(person_id=keys[0], deletion=found.public_id, rows=found.rows)
    return found


def _asked_about(actor: Actor, reference: str, at: datetime) -> Person:
    check_can_answer(actor)
    try:
        return person_by_reference(actor, reference, at)
    except NotFound:
        raise NobodyWithThisReference from None
