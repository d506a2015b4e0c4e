"""Who keeps an entry by a private link, what such a link leads to, what waits for a second person, and what is to be asked about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.hubs.models import Worker
from alongside.journey.directory.models import Change, Correction, Editor, Service
from alongside.journey.directory.policies import check_can_keep, may_keep
from alongside.journey.directory.queries.entries import get_service, locations_of
from alongside.journey.directory.rules import LOOK_AGAIN, REMIND, Said, are_two
from alongside.messages.rules import Asked
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint

AT_ONCE = 100
"""So many services are asked in one round whether their entries are true (ours)."""


def editor_by_link(token: str, at: datetime) -> Editor:
    """Get the editor whose private link this is, with the service at hand.

    Refuses:  NotFound for a link that is unknown, over, taken back or replaced: they look the same.
    """
    return _only(_by_link(token, at))


def lock_by_link(token: str, at: datetime) -> Editor:
    """Get the editor of a private link under a lock, and the service with it: changes of one entry come one after the other."""
    return _only(_by_link(token, at).select_for_update(of=("self", "service")))


def _by_link(token: str, at: datetime) -> QuerySet[Editor]:
    told = fingerprint(token) if 20 <= len(token) <= 80 else ""
    found = Editor.objects.filter(link_fingerprint=told, ended_at__isnull=True, until_at__gt=at)
    return found.select_related("service")


def _only(found: QuerySet[Editor]) -> Editor:
    editor = found.first()
    if editor is None:
        raise NotFound
    return editor


def how_the_link_stands(message_id: int, at: datetime) -> Asked:
    """Say for the gate whether the link in an e-mail still opens an open entry: it is not current when a newer one was sent.

    What tells somebody what became of their word about an entry always may leave.
    """
    found = Editor.objects.filter(link_message_id=message_id).select_related("service").first()
    if found is None:
        told = Correction.objects.filter(message_id=message_id).exists()
        return Asked(agreed=True, is_open=told, is_current=told)
    is_current = found.ended_at is None and found.until_at > at
    return Asked(agreed=True, is_open=found.service.closed_at is None, is_current=is_current)


def service_to_keep(actor: Actor, service_id: UUID) -> Service:
    """Get an entry for somebody who keeps it; refuses as `lock_to_keep`."""
    check_can_keep(actor)
    service = get_service(actor, service_id)
    check_can_keep(actor, service)
    return service


def lock_to_keep(actor: Actor, service_id: UUID) -> Service:
    """Get an entry under a lock, for somebody who keeps it.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for one that is not theirs to keep.
    """
    check_can_keep(actor)
    found = Service.objects.select_for_update().filter(public_id=service_id)
    if actor.hub_id is not None:
        found = found.filter(hub_id=actor.hub_id)
    service = found.first()
    if service is None:
        raise NotFound
    check_can_keep(actor, service)
    return service


def editors_of(service: Service) -> list[Editor]:
    """List who keeps an entry by a link, the newest first, each with the e-mail that carries it. Queries: one."""
    return list(service.editors.filter(ended_at__isnull=True).select_related("link_message").order_by("-invited_at", "-pk")[:50])


def get_editor(actor: Actor, editor_id: UUID) -> Editor:
    """Get one editor of an entry that the actor keeps."""
    found = Editor.objects.filter(public_id=editor_id, hub_id=actor.hub, ended_at__isnull=True).select_related("service").first()
    if found is None or not may_keep(actor, found.service):
        raise NotFound
    return found


def change_waiting(service: Service) -> Change | None:
    """Get the change of an entry that waits for a second person, with who asked for it at hand."""
    found = service.changes.filter(settled_at__isnull=True)
    return found.select_related("by_editor", "by_hat__worker").first()


def get_change(actor: Actor, change_id: UUID) -> Change:
    """Get a change of an entry that the actor keeps, settled or not."""
    found = Change.objects.filter(public_id=change_id, hub_id=actor.hub).select_related("service").first()
    if found is None or not may_keep(actor, found.service):
        raise NotFound
    return found


def as_it_stands(service: Service) -> Said:
    """Give what an entry says now, of what somebody who keeps it may change. Queries: one."""
    places = ((", ".join(part for part in (one.name, one.address) if part), one.postcode) for one in locations_of(service))
    return Said(
        description=service.description,
        for_whom=service.for_whom,
        how_to_start=service.how_to_start,
        cost=service.cost,
        accessibility=service.accessibility,
        when_next=service.when_next,
        phones=tuple((number, words) for number, words in service.phones),
        email=service.email,
        url=service.url,
        places=tuple(pair for pair in places if any(pair)),
        wait_weeks=service.wait_weeks,
    )


def may_be_second(change: Change, *, editor: Editor | None = None, actor: Actor | None = None) -> bool:
    """Tell whether somebody is another person than whoever asked for a change: another worker, link and e-mail address."""
    first = _told_apart(change.by_editor, change.by_hat.worker_id if change.by_hat else None, _work_email(change))
    second = _told_apart(editor, actor.worker_id if actor else None, email_of(actor) if actor else "")
    return are_two(first, second)


def _work_email(change: Change) -> str:
    return change.by_hat.worker.email if change.by_hat else ""


def email_of(actor: Actor) -> str:
    """Give the e-mail address of a worker."""
    return Worker.objects.filter(pk=actor.worker).values_list("email", flat=True).first() or ""


def _told_apart(editor: Editor | None, worker_id: int | None, email: str) -> frozenset[str]:
    told = {f"worker {worker_id}" if worker_id else "", f"link {editor.pk}" if editor else ""}
    told |= {one.casefold() for one in (email, editor.email if editor else "")}
    return frozenset(told - {""})


def services_to_ask(at: datetime) -> list[tuple[UUID, int]]:
    """List (service, hub) whose entry fades within four weeks and whose editors were not asked since it was last confirmed."""
    editors = Editor.objects.filter(service=OuterRef("pk"), ended_at__isnull=True)
    asked = Q(asked_at__isnull=True) | Q(asked_at__lt=F("confirmed_at"))
    found = Service.objects.filter(asked, Exists(editors), closed_at__isnull=True, fades_at__lt=at + REMIND)
    return list(found.order_by("fades_at", "pk").values_list("public_id", "hub_id")[:AT_ONCE])


def links_to_look_at(at: datetime, most: int) -> list[tuple[int, int, str]]:
    """List (service, hub, web address) that were not asked for four weeks, or never: those never asked first."""
    late = Q(link_asked_at__isnull=True) | Q(link_asked_at__lt=at - LOOK_AGAIN)
    found = Service.objects.filter(late, closed_at__isnull=True).exclude(url="")
    return list(found.order_by(F("link_asked_at").asc(nulls_first=True), "pk").values_list("pk", "hub_id", "url")[:most])
