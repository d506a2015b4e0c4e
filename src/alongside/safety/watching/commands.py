# For workers only.
"""Writes of watching over looks: who keeps the end of the journal, the watch-list, made-up people, what was noticed and found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.hubs.models import Partner
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journal.models import HandedHead
from alongside.people.commands import meet_person
from alongside.refusals import Invalid, NotFound
from alongside.safety.models import HomePostcode, LookToLookAt, MadeUpPerson, Watch, Witness
from alongside.safety.watching.queries import get_look_to_look_at, get_worker, person_by_reference
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import PersonAsTold
from alongside.vocabulary.clock import start_of
from alongside.vocabulary.email_address import is_email


class NotAWitness(Invalid):
    code = "not_a_witness"
    message = _("Choose another partner of this hub than your own organisation, and write an e-mail address that works.")


class WatchTooLong(Invalid):
    code = "watch_too_long"
    message = _("Choose a day from today on, at most a year ahead.")


LONGEST_WATCH = 366
"""Days that somebody is on the watch-list at most before it is decided again (ours)."""


@command("witness.named")
def name_witness(*, actor: Actor, at: datetime, organisation_id: int, address: str) -> Witness:
    """Name another organisation of the hub to be handed the end of the journal every hour; its earlier address is left.

    Refuses:  NotThisRole; NotAWitness for one's own organisation, no partner, or no address.
    Source:   trust.md P6, T14 (a second organisation sees what an administrator of the database could hide).
    """
    policy.check_may(actor, "see_looks")
    partner = Partner.objects.filter(hub_id=actor.hub, organisation_id=organisation_id, until_at__isnull=True).exists()
    if not partner or organisation_id == actor.organisation_id or not is_email(address):
        raise NotAWitness
    Witness.objects.filter(hub_id=actor.hub, organisation_id=organisation_id, until_at__isnull=True).update(until_at=at)
    made = Witness.objects.create(
        hub_id=actor.hub, organisation_id=organisation_id, address=address.strip(), from_at=at, from_by_id=actor.hat_id
    )
    note(witness=made.public_id, organisation=organisation_id)
    return made


@command("witness.ended")
def end_witness(*, actor: Actor, at: datetime, witness_id: UUID) -> Witness:
    """Hand nothing more to an organisation; what it was handed stays its own."""
    policy.check_may(actor, "see_looks")
    found = Witness.objects.select_for_update().filter(public_id=witness_id, hub_id=actor.hub, until_at__isnull=True).first()
    if found is None:
        raise NotFound
    found.until_at = at
    found.save(update_fields=["until_at"])
    note(witness=found.public_id)
    return found


@command("witness.handed")
def head_was_handed(*, actor: Actor, at: datetime, witness_id: UUID, number: int, hashed: str) -> HandedHead:
    """Write down that a witness was handed the end of the chain."""
    policy.check_is_part_or_system(actor)
    witness = Witness.objects.get(public_id=witness_id)
    made = HandedHead(at=at, hub_id=witness.hub_id, organisation_id=witness.organisation_id, number=number, hash=hashed)
    made.save(force_insert=True)
    note(witness=witness.public_id, organisation=witness.organisation_id, number=number)
    return made


@command("watch.begun")
def watch(*, actor: Actor, at: datetime, reference: str, reason: str, words: str, until_on: date) -> Watch:
    """Put somebody on the watch-list until the end of a day: every look at them is shown to the privacy officer.

    Refuses:  NotThisRole; NotFound; WatchTooLong.
    Source:   trust.md C24, T02.
    """
    policy.check_may(actor, "see_looks")
    person = person_by_reference(actor, reference, at)
    if not 0 <= (until_on - local_date(at)).days <= LONGEST_WATCH:
        raise WatchTooLong
    made = Watch.objects.create(
        hub_id=actor.hub,
        person=person,
        reason=reason,
        words=words.strip()[:400],
        from_at=at,
        until_at=start_of(until_on + timedelta(days=1)),
        by_id=actor.hat,
    )
    note(person_id=person.pk, watch=made.public_id, reason=reason)
    return made


@command("watch.ended")
def end_watch(*, actor: Actor, at: datetime, watch_id: UUID) -> Watch:
    """Take somebody off the watch-list."""
    policy.check_may(actor, "see_looks")
    found = Watch.objects.select_for_update().filter(public_id=watch_id, hub_id=actor.hub, until_at__gt=at).first()
    if found is None or policy.is_kept_away(actor, found.person_id, at):
        raise NotFound
    found.until_at = max(at, found.from_at)
    found.save(update_fields=["until_at"])
    note(person_id=found.person_id, watch=found.public_id)
    return found


@command("worker.postcode_told")
def tell_postcode(*, actor: Actor, at: datetime, worker_id: UUID, postcode: str) -> HomePostcode:
    """Write down where a worker lives, as they told; an empty one takes it back."""
    policy.check_may(actor, "see_looks")
    worker = get_worker(actor, worker_id)
    made, _new = HomePostcode.objects.update_or_create(worker=worker, defaults={"postcode": postcode.strip()[:10], "told_at": at})
    note(worker=worker.public_id, given=bool(made.postcode))
    return made


@dataclass(frozen=True, slots=True)
class ToWriteDown:
    """One thing that was noticed."""

    hub_id: int
    hat_id: int
    person_id: int | None
    signal: str
    on: date
    counted: int
    look_id: int


@command("looks.noticed")
def write_down_noticed(*, actor: Actor, at: datetime, noticed: Sequence[ToWriteDown]) -> int:
    """Keep what was noticed, once for each hat, day, signal and person.

    Also:   what was counted grows with what comes later on the same day, until somebody has settled it.
    """
    policy.check_is_part_or_system(actor)
    done = 0
    for one in noticed:
        kind = {"hat_id": one.hat_id, "person_id": one.person_id, "signal": one.signal, "on": one.on}
        standing = LookToLookAt.objects.filter(**kind).first()
        if standing is None:
            LookToLookAt.objects.create(**kind, hub_id=one.hub_id, counted=one.counted, first_look_id=one.look_id, noticed_at=at)
            done += 1
        elif standing.settled_at is None and one.counted > standing.counted and one.signal in ("hour", "day"):
            standing.counted = one.counted
            standing.save(update_fields=["counted"])
    note(count=done)
    return done


@command("looks.settled")
def settle_look(*, actor: Actor, at: datetime, noticed_id: UUID, finding: str, words: str) -> LookToLookAt:
    """Write down what a privacy officer found about something that was noticed.

    Refuses:  NotThisRole; NotFound for what is settled, is about oneself, or about somebody not to be known of.
    """
    policy.check_may(actor, "see_looks")
    found = get_look_to_look_at(actor, noticed_id, at)
    found.settled_at, found.settled_by_id, found.finding, found.words = at, actor.hat_id, finding, words.strip()[:400]
    found.save(update_fields=["settled_at", "settled_by", "finding", "words"])
    note(person_id=found.person_id, noticed=found.public_id, finding=finding)
    return found


@command("made_up.made")
def make_up_person(*, actor: Actor, at: datetime, name: str, born_on: date, postcode: str) -> MadeUpPerson:
    """Make a person up whom nobody has a reason to touch: there is nobody behind the name, no member and no holder.

    In:       what a search, or whoever asks in an emergency, could find them by.
    Refuses:  NotThisRole.
    Source:   trust.md V9.
    """
    policy.check_may(actor, "see_looks")
    told = PersonAsTold(name, born_on=born_on, postcode=postcode)
    person = meet_person(actor=actor, at=at, hub_id=actor.hub, author_organisation_id=actor.organisation, told=told)
    made = MadeUpPerson.objects.create(hub_id=actor.hub, person=person, made_at=at, made_by_id=actor.hat)
    note(person_id=person.pk, made_up=made.public_id)
    return made
