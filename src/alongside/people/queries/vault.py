"""The vault: which addresses are held, who opened them, and the one for a letter that is about to leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from alongside.access.sealing import unseal
from alongside.people.models import AddressOpened, HeldAddress
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor


class Held(NamedTuple):
    """An address that is held securely: which, since when, and never what it says."""

    kind: str
    at: datetime


def addresses_held(person_id: int) -> Read[Held]:
    """List which addresses of a person are held securely, without their words, for whoever has found the person within reach."""
    return read(_held_addresses, into=Held, person_id=person_id)


def _held_addresses(person_id: int, at: datetime) -> QuerySet[Any, Any]:
    found = HeldAddress.objects.unscoped("That an address is held, and since when: its words stay sealed.")
    return found.filter(person_id=person_id, until_at__isnull=True).order_by("kind").values_list("kind", "at")


class Opening(NamedTuple):
    """Somebody opened an address."""

    at: datetime
    kind: str
    who: str
    organisation: str
    reason: str


def openings_of(actor: Actor, person_id: int) -> Read[Opening]:
    """List who opened the addresses of a person, newest first, for whoever could open them too."""
    return read(_openings, into=Opening, actor=actor, person_id=person_id)


def _openings(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, Any]:
    found = AddressOpened.objects.filter(person_id=person_id, person__hub_id=actor.hub).order_by("-at", "-pk")
    return found.values_list("at", "address__kind", "hat__worker__name", "hat__organisation__name", "reason")[:50]


def delivery_address(person_id: int) -> str | None:
    """Give where post reaches a person safely, for a letter that is about to leave; None when nothing is held.

    For the gate of messages only: nothing else in the house asks without a reason and a second factor.
    """
    found = HeldAddress.objects.unscoped("For a letter that the gate lets through, as it leaves.")
    standing = found.filter(person_id=person_id, kind="delivery", until_at__isnull=True).values_list("sealed", flat=True).first()
    return unseal(standing) if standing else None
