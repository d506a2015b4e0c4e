# For workers only.
"""Writes of the vault: where somebody is, sealed; opened one at a time, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.sealing import seal, unseal
from alongside.journal.command import command, note
from alongside.people.models import AddressOpened, ContactPoint, HeldAddress, Person
from alongside.people.policies import check_can_open_vault, check_is_near, check_wears_a_hat
from alongside.people.queries import lock_person
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import WayToReach
from alongside.writes import insert

REASON = 20
"""So many letters a reason has at least."""


class SayWhatFor(Invalid):
    code = "say_what_for"
    message = _("Say in a few words what you need it for: 20 letters or more.")


@command("address.kept")
def keep_address(*, actor: Actor, at: datetime, person_id: int, kind: str, words: str) -> HeldAddress:
    """Seal where somebody is, in the place of what stood there; nothing but the vault shows it.

    Also:     every way to reach them has to be confirmed again: who reads their letters may have changed with the address.
    Source:   trust.md C11, C12 (after any address change), H07.
    """
    check_is_near(actor, person_id, at=at)
    hat_id = check_wears_a_hat(actor)
    person = lock_person(person_id)
    made = hold_address(person, kind=kind, words=words, at=at, organisation_id=actor.organisation, hat_id=hat_id)
    again = ask_every_way_again(person, at=at)
    note(person_id=person_id, address=made.public_id, kind=kind, ways=again)
    return made


@command("address.let_go")
def let_go_of_address(*, actor: Actor, at: datetime, person_id: int, kind: str) -> int:
    """Write down that an address no longer holds; it stays sealed. Out: how many ended."""
    check_is_near(actor, person_id, at=at)
    person = lock_person(person_id)
    count = HeldAddress.objects.filter(person=person, kind=kind, until_at__isnull=True).update(until_at=at)
    note(person_id=person_id, kind=kind, count=count)
    return count


@command("address.opened")
def open_address(*, actor: Actor, at: datetime, person_id: int, kind: str, reason: str) -> str:
    """Give one address in clear to a worker who says what for; who, when and why is kept.

    Refuses:  SayWhatFor; NotThisRole; NotFound when there is none, and for whoever is not near by a relationship: neither
              broken glass nor an override opens the vault.
    Source:   trust.md C11, C09.
    """
    check_can_open_vault(actor, person_id, at=at)
    hat_id = check_wears_a_hat(actor)
    if len(reason.strip()) < REASON:
        raise SayWhatFor
    found = HeldAddress.objects.filter(person_id=person_id, hub_id=actor.hub, kind=kind, until_at__isnull=True).first()
    if found is None:
        raise NotFound
    insert(AddressOpened(address=found, person_id=person_id, hat_id=hat_id, at=at, reason=reason.strip()[:400]))
    note(person_id=person_id, address=found.public_id, kind=kind)
    return unseal(found.sealed)


@command("whereabouts.kept_secret")
def keep_whereabouts_secret(*, actor: Actor, at: datetime, person_id: int, secret: bool) -> Person:
    """Hold practice and postcode as securely as an address, or no longer: for somebody who must not be found."""
    check_is_near(actor, person_id, at=at)
    person = lock_person(person_id)
    person.whereabouts_secret = secret
    person.save(update_fields=["whereabouts_secret"])
    note(person_id=person_id, secret=secret)
    return person


def hold_address(
    person: Person, *, kind: str, words: str, at: datetime, organisation_id: int = 0, hat_id: int | None = None
) -> HeldAddress:
    """Seal an address in the place of the one that stood: a part of a command."""
    HeldAddress.objects.filter(person=person, kind=kind, until_at__isnull=True).update(until_at=at)
    return insert(
        HeldAddress(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=organisation_id or person.author_organisation_id,
            label="sensitive",
            kind=kind,
            sealed=seal(words.strip()),
            at=at,
            written_by_id=hat_id,
        )
    )


def is_held(person: Person, kind: str, words: str) -> bool:
    """Tell whether this very address is held already."""
    standing = HeldAddress.objects.filter(person=person, kind=kind, until_at__isnull=True).values_list("sealed", flat=True)
    return words.strip() in map(unseal, standing)


def ask_every_way_again(person: Person, *, at: datetime, but_for: Iterable[WayToReach] = ()) -> int:
    """Put every way to reach somebody in question: nothing leaves by it until somebody has asked. Out: how many.

    In: `but_for` are ways that they have said again just now.
    """
    said = {(way.channel, "" if way.channel == "letter" else way.value.strip()) for way in but_for}
    standing = ContactPoint.objects.filter(person=person, until_at__isnull=True, ask_again_since__isnull=True)
    asked = [one.pk for one in standing if (one.channel, one.value) not in said]
    ContactPoint.objects.filter(pk__in=asked).update(ask_again_since=at)
    return len(asked)
