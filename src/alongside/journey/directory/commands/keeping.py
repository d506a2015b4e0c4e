"""Keeping entries: added, confirmed, closed by humans, and heard of when they let somebody down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.commands.taking_in import Outcome, take
from alongside.journey.directory.commands.writing import WORDS, EntryNotUsable, without_where, write_hours
from alongside.journey.directory.models import Bounce, Confirmation, Correction, Editor, Service
from alongside.journey.directory.policies import check_can_keep, check_keeps_every
from alongside.journey.directory.queries.editors import lock_to_keep
from alongside.journey.directory.rules import fades_at, leaves
from alongside.refusals import NotFound
from alongside.vocabulary import service_details
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.phone import is_premium
from alongside.vocabulary.postcode import without_postcodes
from alongside.vocabulary.service_entry import ServiceEntry, without_prints

LEFT = _("It let people down three times and nobody there was heard from: it is matched with nobody until somebody confirms it.")


@command("service.added")
def add_service(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    entry: ServiceEntry,
    team_id: int | None = None,
    organisation_id: int | None = None,
    is_refuge: bool = False,
    confirmed: bool = False,
) -> Service:
    """Add a service of the hub's own; whoever adds it may confirm it in the same breath.

    In:       `is_refuge`: nobody may know where it is; then nothing that says so is kept.
    Refuses:  NotThisRole; NotFound for a service editor who adds one of another organisation; EntryNotUsable for a premium number.
    """
    check_can_keep(actor, Service(hub_id=hub_id, team_id=team_id, organisation_id=organisation_id))
    if any(is_premium(number) for number, _of in entry.phones):
        raise EntryNotUsable("phones", "premium")
    if is_refuge:
        entry = without_where(entry)
    outcome = Outcome()
    take(hub_id, at, entry.source, [entry], outcome)
    service = Service.objects.get(hub_id=hub_id, source=entry.source[:80], source_id=entry.source_id)
    service.team_id, service.organisation_id, service.is_refuge = team_id, organisation_id, is_refuge
    service.save(update_fields=["team", "organisation", "is_refuge"])
    if confirmed:
        confirm_service(actor=actor, at=at, service_id=service.public_id, by_words="")
    note(service=service.public_id)
    return service


@command("service.confirmed")
def confirm_service(*, actor: Actor, at: datetime, service_id: UUID, by_words: str = "") -> Service:
    """Say, as a human, that an entry is true today; its warning goes (promise 9)."""
    service = lock_to_keep(actor, service_id)
    confirm(service, at, by_hat_id=actor.hat_id, by_words=by_words)
    note(service=service.public_id)
    return service


def confirm(
    service: Service, at: datetime, *, by_hat_id: int | None = None, editor: Editor | None = None, by_words: str = ""
) -> None:
    """Write down that a human said of a locked entry that it is true."""
    Confirmation.objects.create(service=service, at=at, by_id=by_hat_id, by_editor=editor, by_words=by_words[:160])
    service.confirmed_at = at
    believe(service)


@command("service.bounced")
def note_bounce(*, actor: Actor, at: datetime, service_id: int, kind: str, because: UUID) -> Bounce | None:
    """Write down that an entry let somebody down: it is believed less, and after the third time it is matched with nobody.

    In:       `kind`, a code of `BOUNCES`; `because`, the introduction or signpost that came to nothing, which counts once.
    Empty:    None when that has counted already.
    Also:     whoever keeps the entry finds it among the corrections when it leaves the matching.
    Source:   promise 9; S2-317, S2-318.
    """
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(pk=service_id)
    if Bounce.objects.filter(because=because).exists():
        return None
    made = Bounce.objects.create(service=service, hub_id=service.hub_id, at=at, kind=kind, because=because)
    service.let_down += 1
    if leaves(service.let_down) and service.left_at is None:
        service.left_at = at
        Correction.objects.create(service=service, hub_id=service.hub_id, at=at, words=str(LEFT))
    service.fades_at = fades_at(service.confirmed_at, service.let_down)
    service.save(update_fields=["let_down", "left_at", "fades_at"])
    note(service=service.public_id, kind=kind, times=service.let_down)
    return made


@command("service.heard_from")
def hear_from_service(*, actor: Actor, at: datetime, service_id: int) -> Service:
    """Write down that somebody at a service answered: it lets nobody down now. That its entry is true it has not said."""
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(pk=service_id)
    if service.let_down:
        believe(service)
    note(service=service.public_id)
    return service


def believe(service: Service) -> None:
    """Forget how often it let people down, and reckon anew how long it is believed."""
    service.let_down, service.left_at = 0, None
    service.fades_at = fades_at(service.confirmed_at, 0)
    service.save(update_fields=["confirmed_at", "let_down", "left_at", "fades_at"])


@command("service.closed")
def close_service(*, actor: Actor, at: datetime, service_id: UUID, replaced_by: UUID | None = None) -> Service:
    """Say that a service has closed, and what is there instead; from this moment nobody can be introduced to it.

    Also:     it stays findable by its name, as closed; of one that has closed before, what is there instead can still be said.
    Refuses:  NotFound for an instead that is not open in this hub.
    """
    service = lock_to_keep(actor, service_id)
    if replaced_by:
        instead = Service.objects.filter(hub_id=service.hub_id, public_id=replaced_by, closed_at__isnull=True).first()
        if instead is None or instead == service:
            raise NotFound
        service.replaced_by = instead
    service.closed_at = service.closed_at or at
    service.save(update_fields=["closed_at", "replaced_by"])
    note(service=service.public_id, replaced_by=replaced_by)
    return service


def lock_service(actor: Actor, service_id: UUID) -> Service:
    """Get one entry of the actor's hub under a lock."""
    found = Service.objects.select_for_update().filter(public_id=service_id)
    if actor.hub_id is not None:
        found = found.filter(hub_id=actor.hub_id)
    service = found.first()
    if service is None:
        raise NotFound
    return service


@command("service.refuge_said")
def say_refuge(*, actor: Actor, at: datetime, service_id: UUID, is_refuge: bool) -> Service:
    """Say of an entry that it is a refuge, of which nobody may know where it is, or that it is none.

    Refuses:  NotThisRole for a service editor who says that it is none: whoever keeps every entry of the hub does.
    Also:     what says where it is goes from the entry at once, and from every change of it, made or waiting; it does not come back.
              Of one that is none a feed says again where it is when it is read next.
    Source:   trust.md C11, C18, T09.
    """
    service = lock_to_keep(actor, service_id)
    if not is_refuge:
        check_keeps_every(actor)
    if is_refuge:
        forget_where(service, at)
    else:
        service.fingerprint = service.row_print = ""
        service.source_prints = without_prints(service.source_prints, "places", "details")
    service.is_refuge, service.no_refuge_said_at = is_refuge, None if is_refuge else at
    service.save(update_fields=["is_refuge", "no_refuge_said_at", "fingerprint", "row_print", "source_prints"])
    index([service.pk])
    note(service=service.public_id, refuge=is_refuge)
    return service


@command("link.looked_at")
def note_link(*, actor: Actor, at: datetime, service_id: int, url: str, found: str) -> Service | None:
    """Write down what was found at the web address of an entry.

    Empty:    None when the entry has another address by now.
    """
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(pk=service_id)
    if service.url != url:
        return None
    service.link_asked_at, service.link_found = at, found
    service.save(update_fields=["link_asked_at", "link_found"])
    note(service=service.public_id, finding=found)
    return service


def forget_where(service: Service, at: datetime) -> None:
    """Take everything that says where a service is out of its entry; a change that asked for nothing else is over."""
    service.locations.all().delete()
    for name in WORDS:
        setattr(service, name, without_postcodes(getattr(service, name)))
    service.organisation_name = without_postcodes(service.organisation_name)
    service.phones = [[number, without_postcodes(said)] for number, said in service.phones]
    service.details = service_details.without_where(service.details)
    service.save(update_fields=[*WORDS, "organisation_name", "phones", "details"])
    write_hours([service], [()])
    for change in service.changes.all():
        change.was, change.words = ({k: v for k, v in said.items() if k != "places"} for said in (change.was, change.words))
        if change.settled_at is None and not change.words:
            change.settled_at, change.is_made = at, False
            Correction.objects.filter(change=change).update(settled_at=at, was_so=False)
        change.save(update_fields=["was", "words", "settled_at", "is_made"])
    index([service.pk])
