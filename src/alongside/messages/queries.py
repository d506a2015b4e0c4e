"""Reads of the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.access.policy import visible_to
from alongside.hubs.models import Partner, Team, Worker
from alongside.hubs.policies import check_can_set_up
from alongside.members.models import Task
from alongside.messages.models import Message, Wording
from alongside.messages.senders import channels
from alongside.messages.wording import SENTENCES
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

FEW = 100
"""So many messages are looked at in one round."""


def leaves_by_itself(channel: str) -> bool:
    """Tell whether a message by this channel is sent by a machine in this installation, and not by somebody."""
    return channel in channels()


def messages_due(at: datetime, *, but_for: Collection[str] = ()) -> list[tuple[int, int, str]]:
    """List (message, hub, channel) of what is to be sent now, oldest first; at most a hundred.

    Rows:     what somebody has in hand is not among them; what somebody had in hand and let fall is.
    In:       `but_for`: channels whose other side is not well.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    found = _waiting().filter(free, due_at__lte=at).exclude(channel__in=but_for).order_by("due_at", "pk")
    return list(found.values_list("pk", "hub_id", "channel")[:FEW])


def messages_to_follow(at: datetime) -> list[Message]:
    """List messages of which the other side is to be asked now what became of them; at most a hundred."""
    found = Message.objects.unscoped("For the worker that asks what became of them: keys, and the number at the other side.")
    return list(found.filter(ask_at__lte=at).order_by("ask_at", "pk")[:FEW])


def message_sent_as(key: str, number: str) -> Message | None:
    """Find the message that left under this key of ours and this number of the other side."""
    found = Message.objects.unscoped("For the other side that took it: found by our key and its number together.")
    try:
        return found.filter(public_id=UUID(key), outside_id=number, sent_at__isnull=False).exclude(outside_id="").first()
    except ValueError:
        return None


def message_by_mail(key: UUID) -> Message | None:
    """Find the e-mail with this key."""
    found = Message.objects.unscoped("For what a mail server says became of an e-mail: found by the mark that it left with.")
    return found.filter(public_id=key, channel="email").first()


def message_in_hand(message_id: int) -> Message:
    """Give one message to the worker that has it in hand."""
    return Message.objects.unscoped("For the worker that has this very message in hand.").get(pk=message_id)


def oldest_due(at: datetime) -> datetime | None:
    """Give since when the message waits that has been due longest, or has been tried in vain longest; None when there is none."""
    due = Q(due_at__lte=at, tries=0)
    tried = _waiting().filter(tries__gt=0).order_by("made_at").values_list("made_at", flat=True).first()
    moments = [_waiting().filter(due).order_by("due_at").values_list("due_at", flat=True).first(), tried]
    return min((one for one in moments if one), default=None)


def still_to_leave(person_id: int) -> list[int]:
    """List the messages to one person that have neither left nor been stopped, oldest first."""
    return list(_waiting().filter(person_id=person_id).order_by("due_at", "pk").values_list("pk", flat=True))


def _waiting() -> QuerySet[Message]:
    return _unsent().filter(held_at__isnull=True)


def _unsent() -> QuerySet[Message]:
    return Message.objects.unscoped("For the worker that sends, and for what is held: by key, never about whom.").filter(
        sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True
    )


def held_messages(actor: Actor) -> list[Message]:
    """List what waits in the actor's hub for somebody to release it, oldest first: what and when, never about whom.

    Rows: 200. Refuses: everybody but the hub's lead.
    """
    check_can_set_up(actor, actor.hub)
    found = _unsent().filter(hub_id=actor.hub, held_at__isnull=False)
    return list(found.defer("values").order_by("made_at", "pk")[:200])


def check_is_here(actor: Actor, message_id: UUID) -> None:
    """Refuse, as if it were not there, a message of another hub."""
    here = Message.objects.unscoped("Whether a message is of the actor's own hub; nothing of it is given.")
    if not here.filter(hub_id=actor.hub, public_id=message_id).exists():
        raise NotFound


def behind_tasks(actor: Actor, *, person_id: int | None = None, mine: bool = False) -> Read[Message]:
    """List the messages that open tasks stand for, newest first, each with the hub's own words where it has any.

    In:   of one person, or of the tasks of this hat and its teams; as in `members.queries.open_tasks`.
    """
    return read(_behind_tasks, actor=actor, person_id=person_id, mine=mine)


def _behind_tasks(actor: Actor, person_id: int | None, mine: bool, at: datetime) -> QuerySet[Message]:
    tasks = Task.objects.filter(done_at__isnull=True)
    if person_id is not None:
        tasks = tasks.filter(person_id=person_id)
    if mine:
        tasks = tasks.filter(Q(hat_id=actor.hat_id) | Q(team_id__in=actor.team_ids))
    found = visible_to(actor, Message.objects.filter(task__in=tasks), at=at)
    own = Wording.objects.filter(hub_id=OuterRef("hub_id"), code=OuterRef("template"))
    found = found.annotate(own_en=Subquery(own.values("en")[:1]), own_cy=Subquery(own.values("cy")[:1]))
    return naming(found, "contact_point", "hub").order_by("-pk")[:200]


def messages_about(actor: Actor, person_id: int) -> Read[Message]:
    """List the newest messages to and about a person that this actor may see; ten at most."""
    return read(_messages_about, actor=actor, person_id=person_id)


def _messages_about(actor: Actor, person_id: int, at: datetime) -> QuerySet[Message]:
    return visible_to(actor, Message.objects.filter(person_id=person_id), at=at).order_by("-made_at", "-pk")[:10]


def wordings(hub_id: int) -> Read[Wording]:
    """List the sentences that a hub says in words of its own."""
    return read(_wordings, hub_id=hub_id)


def _wordings(hub_id: int, at: datetime) -> QuerySet[Wording]:
    return Wording.objects.filter(hub_id=hub_id).select_related("changed_by__worker").order_by("code")


def own_words(hub_id: int, code: str) -> dict[str, str] | None:
    """Give a hub's own words for one sentence in both languages, or None where it uses ours."""
    return next(({"en": en, "cy": cy} for en, cy in read(_own_words, hub_id=hub_id, codes=[code])), None)


def _own_words(hub_id: int, codes: list[str], at: datetime) -> QuerySet[Any, tuple[str, str]]:
    return Wording.objects.filter(hub_id=hub_id, code__in=codes).values_list("en", "cy")


def sentence(hub_id: int | None, code: str, language: str) -> str:
    """Give one sentence in a language as a hub says it, or as we do."""
    own = own_words(hub_id, code) if hub_id else None
    return (own or SENTENCES[code])["cy" if language.startswith("cy") else "en"]


def not_to_be_named(hub_id: int) -> set[str]:
    """Give the names that no message says: the hub, its partners and teams, and everybody who works there, in parts."""
    hub_and_partners = Partner.objects.filter(hub_id=hub_id).values_list("organisation__name", "hub__name", "hub__name_cy")
    names = {name for row in hub_and_partners for name in row}
    names |= set(Team.objects.filter(hub_id=hub_id).values_list("name", flat=True))
    return {name for name in names if name} | workers_not_to_be_named(hub_id)


def workers_not_to_be_named(hub_id: int) -> set[str]:
    """Give the parts of the names of everybody who works in a hub."""
    workers = Worker.objects.filter(hats__hub_id=hub_id).values_list("name", flat=True).distinct()
    return {part for name in workers for part in name.split() if len(part) > 2}
