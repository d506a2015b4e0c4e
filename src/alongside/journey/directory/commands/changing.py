"""Changing what an entry says: by a private link or by whoever keeps it inside; how it is reached waits for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.journal.command import command, note
from alongside.journey.directory.commands.capacity import write_room
from alongside.journey.directory.commands.editors import tell_editors
from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.commands.keeping import confirm
from alongside.journey.directory.commands.sameness import show_in_front
from alongside.journey.directory.commands.writing import EntryNotUsable, write_hours, write_places
from alongside.journey.directory.models import Change, Correction, Editor, Service, ServiceAtLocation
from alongside.journey.directory.queries.editors import (
    as_it_stands,
    change_waiting,
    get_change,
    lock_by_link,
    lock_to_keep,
    may_be_second,
)
from alongside.journey.directory.rules import BY_TWO, FREELY, Said, as_json, differences, problem_with
from alongside.refusals import AlreadyDone, Conflict, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.service_details import BEHIND, without
from alongside.vocabulary.service_entry import LocationEntry, said_anew
from alongside.vocabulary.what_follows import ways_said

WAITS = _("How to reach it was changed, and the change waits for a second person.")
SAID_CLOSED = _("Somebody who keeps it said by their link that it has closed for good. Ring to make sure.")
MADE = _("The second person said that the change is right.")


class ASecondPerson(Invalid):
    code = "a_second_person"
    message = _("You asked for this change yourself. Somebody else looks at it too.")


class ChangedMeanwhile(Conflict):
    code = "changed_meanwhile"
    message = _("The entry was changed meanwhile. Say that this change is not right, and make it again.")


@dataclass(frozen=True, slots=True)
class _Hand:
    """Whose word it is: somebody's by a link, or a worker's."""

    editor: Editor | None = None
    actor: Actor | None = None

    @property
    def hat_id(self) -> int | None:
        return self.actor.hat_id if self.actor else None


@command("service.confirmed_by_link")
def confirm_by_link(*, actor: Actor, at: datetime, token: str) -> Service:
    """Say by a private link that an entry is true today.

    Refuses:  NotFound for a link that opens nothing; AlreadyDone for a service that has closed.
    """
    editor = lock_by_link(token, at)
    service = _open(editor.service)
    confirm(service, at, editor=editor)
    note(service=service.public_id, editor=editor.public_id)
    return service


@command("service.changed_by_link")
def change_by_link(*, actor: Actor, at: datetime, token: str, said: Said) -> Change | None:
    """Change an entry by a private link.

    Out:      what waits for a second person: how to reach it, and when; None when nothing does, and then it is confirmed as well.
    Refuses:  NotFound for a link that opens nothing; AlreadyDone for a service that has closed; EntryNotUsable.
    Source:   trust.md C18, T09; S2-320.
    """
    editor = lock_by_link(token, at)
    return _change(at, _open(editor.service), said, _Hand(editor=editor))


@command("service.changed")
def change_entry(*, actor: Actor, at: datetime, service_id: UUID, said: Said) -> Change | None:
    """Change an entry as somebody inside who keeps it; as `change_by_link`, for a second person as well.

    Refuses:  NotThisRole; NotFound for an entry that is not the actor's to keep; AlreadyDone when it has closed; EntryNotUsable.
    """
    return _change(at, _open(lock_to_keep(actor, service_id)), said, _Hand(actor=actor))


@command("service.change_settled_by_link")
def settle_change_by_link(*, actor: Actor, at: datetime, token: str, change_id: UUID, is_right: bool) -> Change:
    """Say by a private link that the change that waits is right, and it is made; or that it is not, which whoever asked for it may too.

    In:       `change_id`, of the change that was looked at.
    Refuses:  ASecondPerson; AlreadyDone when it waits no more; ChangedMeanwhile when what it changes is not what stood.
    """
    editor = lock_by_link(token, at)
    waiting = change_waiting(editor.service)
    if waiting is None or waiting.public_id != change_id:
        raise AlreadyDone
    return _settle(at, waiting, editor.service, is_right, _Hand(editor=editor))


@command("service.change_settled")
def settle_change(*, actor: Actor, at: datetime, change_id: UUID, is_right: bool) -> Change:
    """Say as somebody inside who keeps an entry that the change that waits is right, or that it is not; as by a link.

    Refuses:  NotFound for an entry that is not the actor's to keep; ASecondPerson; AlreadyDone; ChangedMeanwhile.
    """
    service = lock_to_keep(actor, get_change(actor, change_id).service.public_id)
    waiting = change_waiting(service)
    if waiting is None or waiting.public_id != change_id:
        raise AlreadyDone
    return _settle(at, waiting, service, is_right, _Hand(actor=actor))


@command("service.fullness_said_by_link")
def say_full_by_link(*, actor: Actor, at: datetime, token: str, full: bool) -> Service:
    """Say by a private link that a service is full now, or has room again."""
    editor = lock_by_link(token, at)
    service = _open(editor.service)
    write_room(service, at, weeks=None if full else 0, by_words=service.organisation_name)
    note(service=service.public_id, editor=editor.public_id, full=full)
    return service


@command("service.closed_by_link")
def close_by_link(*, actor: Actor, at: datetime, token: str) -> Service:
    """Say by a private link that a service has closed for good: nobody is introduced to it from now on.

    Also:     whoever keeps the directory finds it among the corrections, and rings; a link alone ends no doubt.
    Refuses:  NotFound for a link that opens nothing; AlreadyDone.
    """
    editor = lock_by_link(token, at)
    service = _open(editor.service)
    service.closed_at = at
    service.save(update_fields=["closed_at"])
    Correction.objects.create(service=service, hub_id=service.hub_id, at=at, words=str(SAID_CLOSED))
    note(service=service.public_id, editor=editor.public_id)
    return service


def _open(service: Service) -> Service:
    if service.closed_at:
        raise AlreadyDone
    return service


def _change(at: datetime, service: Service, said: Said, hand: _Hand) -> Change | None:
    was = as_it_stands(service)
    field, problem = problem_with(was, said, is_refuge=service.is_refuge)
    if problem:
        raise EntryNotUsable(field, problem)
    freely, by_two = differences(was, said, FREELY), differences(was, said, BY_TWO)
    for name, words in freely.items():
        setattr(service, name, words)
    service.wait_weeks, service.wait_said_at = said.wait_weeks, None if said.wait_weeks is None else at
    if freely:
        service.kept_at = service.kept_at or at
    _say_of_parts(service, freely)
    service.said_by = said_anew(service.said_by, "hub", local(at).date().isoformat(), freely)
    service.save(update_fields=[*FREELY, "said_by", "ways", "details", "wait_weeks", "wait_said_at", "kept_at"])
    if freely:
        show_in_front(service)
    index([service.pk])
    note(service=service.public_id, editor=hand.editor.public_id if hand.editor else None, changed=[*freely, *by_two])
    if not by_two:
        confirm(service, at, by_hat_id=hand.hat_id, editor=hand.editor)
        return None
    instead_of = change_waiting(service)
    if instead_of:
        _write_settled(at, instead_of, False, hand)
    made = Change.objects.create(
        service=service,
        hub_id=service.hub_id,
        at=at,
        by_editor=hand.editor,
        by_hat_id=hand.hat_id,
        was=differences(said, was, BY_TWO),
        words=by_two,
    )
    Correction.objects.create(service=service, hub_id=service.hub_id, at=at, words=str(WAITS), change=made)
    tell_editors(
        actor=hand.actor or Actor.public(service.hub_id), at=at, service=service, template="entry_change_waits", but=hand.editor
    )
    return made


def _settle(at: datetime, change: Change, service: Service, is_right: bool, hand: _Hand) -> Change:
    if is_right:
        if not may_be_second(change, editor=hand.editor, actor=hand.actor):
            raise ASecondPerson
        _make(at, change, _open(service))
        confirm(service, at, by_hat_id=hand.hat_id, editor=hand.editor)
    _write_settled(at, change, is_right, hand)
    note(service=service.public_id, change=change.public_id, made=is_right)
    return change


def _make(at: datetime, change: Change, service: Service) -> None:
    """Let stand what two have said."""
    stands = as_it_stands(service)
    if any(as_json(getattr(stands, name)) != was for name, was in change.was.items()):
        raise ChangedMeanwhile
    words: dict[str, Any] = {name: value for name, value in change.words.items() if name != "places"}
    for name, value in words.items():
        setattr(service, name, value)
    if "url" in words:
        service.link_asked_at, service.link_found = None, ""
    if "places" in change.words and not service.is_refuge:
        write_places(service, [LocationEntry(address=address, postcode=code) for address, code in change.words["places"]])
        index([service.pk])
    service.kept_at = service.kept_at or at
    _say_of_parts(service, change.words)
    service.said_by = said_anew(service.said_by, "hub", local(at).date().isoformat(), change.words)
    service.save(update_fields=[*words, "said_by", "ways", "details", "link_asked_at", "link_found", "kept_at"])
    show_in_front(service)


def _say_of_parts(service: Service, changed: Iterable[str]) -> None:
    """Let go of what a source said behind words that somebody has changed here, and read anew what follows from them."""
    parts = [BEHIND[name] for name in changed if name in BEHIND]
    service.details = without(service.details, *parts)
    service.ways = ways_said(service)
    places = list(service.locations.order_by("pk"))
    if parts:
        for one in places:
            one.details = without(one.details, *parts)
        ServiceAtLocation.objects.bulk_update(places, ["details"])
    write_hours([service], [[LocationEntry(details=one.details) for one in places]])


def _write_settled(at: datetime, change: Change, is_made: bool, hand: _Hand) -> None:
    change.settled_at, change.is_made = at, is_made
    change.second_editor = hand.editor if is_made else None
    change.second_hat_id = hand.hat_id if is_made else None
    change.save(update_fields=["settled_at", "is_made", "second_editor", "second_hat"])
    Correction.objects.filter(change=change, settled_at__isnull=True).update(
        settled_at=at, settled_by_id=hand.hat_id, was_so=is_made, done=str(MADE) if is_made else ""
    )
