"""Writes of the outbox: asked for in the transaction of its reason, sent later, re-checked when it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.connections.email import EmailFailed, Sender
from alongside.hubs.queries import hub_of, local_date, standard
from alongside.journal.command import command, note
from alongside.members.commands import create_task
from alongside.members.models import Membership
from alongside.messages.models import Message
from alongside.messages.rules import Way, Whom, why_not, why_not_back
from alongside.messages.wording import BOTH, write
from alongside.people.models import ContactPoint, Person
from alongside.people.queries import lock_person
from alongside.vocabulary.actor import Actor
from alongside.writes import insert

TRIES = 5
WORD_BACK = "word_back"
"""The purpose of what goes to a referrer; everything else goes to the person."""


@command("message.asked_for")
def send_message(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    template: str,
    purpose: str,
    channel: str = "",
    values: dict[str, str] | None = None,
) -> Message:
    """Put a message in the outbox if the gate lets it through; otherwise it is kept as stopped and the holder has a task.

    In:       `channel` when a worker chose one; otherwise the first way that the gate allows.
    Source:   part C10; trust.md C12; P11 (contentless wording).
    """
    person = lock_person(person_id)
    point, stopped = _choose(person, at, channel)
    message = insert(
        Message(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            contact_point=point,
            channel=point.channel if point else channel,
            template=template,
            language=person.language,
            values=values or {},
            purpose=purpose,
            made_at=at,
            due_at=at,
            stopped_at=at if stopped else None,
            stopped_because=stopped,
        )
    )
    if stopped:
        _task_for_the_holder(actor, at, person_id, stopped)
    note(person_id=person_id, message=message.public_id, template=template, stopped=stopped)
    return message


@command("message.back_asked_for")
def send_word_back(
    *, actor: Actor, at: datetime, person_id: int, to: str, agreed: bool, values: dict[str, str] | None = None
) -> Message:
    """Put word for a referrer in the outbox if the gate lets it through; otherwise it is kept as stopped, and makes no task.

    In:       `agreed`: the person agreed that whoever brought them in hears how it goes.
    Also:     it is written to the address that the referrer left, never to the person's; it carries no content, so that
              whoever else reads it learns nothing. Nobody's care waits for it: what cannot be sent is read after signing in.
    Source:   lists.md (Message back and copy); trust.md P11 (contentless wording).
    """
    person = lock_person(person_id)
    stopped = why_not_back(_whom(person), agreed=agreed, address=to)
    message = insert(
        Message(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            to_address=to[:254],
            channel="email",
            template="word_back",
            language=BOTH if hub_of(person.hub_id).nation == "wales" else "en",
            values=values or {},
            purpose=WORD_BACK,
            made_at=at,
            due_at=at,
            stopped_at=at if stopped else None,
            stopped_because=stopped,
        )
    )
    note(person_id=person_id, message=message.public_id, template="word_back", stopped=stopped)
    return message


@command("message.delivered")
def deliver(*, actor: Actor, at: datetime, message_id: int, sender: Sender, address: str) -> Message:
    """Send one message now, if the gate still lets it through at this moment (T17, H08).

    Refuses:  nothing: what cannot be sent is kept as stopped or failed, and becomes a task for the holder (word back to a
              referrer becomes none).
    Also:     tried again after 1, 2, 4 and 8 minutes; then it has failed for good.
    """
    message = Message.objects.select_for_update(of=("self",)).select_related("person", "contact_point", "hub").get(pk=message_id)
    if message.sent_at or message.stopped_at or message.failed_at:
        return message
    stopped = _why_not_now(message, at)
    if not stopped and message.channel != "email":
        stopped = "no_sender"
    if stopped:
        message.stopped_at, message.stopped_because = at, stopped
        _task_after(actor, at, message, stopped)
    else:
        to = message.contact_point.value if message.contact_point else message.to_address
        letter = write(message.template, language=message.language, hub=message.hub, values=message.values, address=address)
        try:
            sender.send(to=to, subject=letter.subject, body=letter.body, key=str(message.public_id))
            message.sent_at = at
        except EmailFailed as failure:
            message.tries += 1
            message.due_at = at + timedelta(minutes=2 ** (message.tries - 1))
            if failure.for_good or message.tries >= TRIES:
                message.failed_at, message.failed_because = at, failure.code
                _task_after(actor, at, message, "failed")
    message.save(update_fields=["stopped_at", "stopped_because", "sent_at", "tries", "due_at", "failed_at", "failed_because"])
    note(
        person_id=message.person_id,
        message=message.public_id,
        sent=bool(message.sent_at),
        stopped=message.stopped_because,
        failed=message.failed_because,
    )
    return message


def _why_not_now(message: Message, at: datetime) -> str:
    """Ask the gate again at the moment of sending; that the person agreed to word back was asked when it was made."""
    whom = _whom(message.person)
    if message.purpose == WORD_BACK:
        return why_not_back(whom, agreed=True, address=message.to_address)
    days = standard(message.hub_id, "contact_reconfirmed")
    return why_not(whom, _way(message.contact_point), today=local_date(at), reconfirm_days=days)


def _task_after(actor: Actor, at: datetime, message: Message, because: str) -> None:
    if message.purpose != WORD_BACK:
        _task_for_the_holder(actor, at, message.person_id, because)


def _choose(person: Person, at: datetime, channel: str) -> tuple[ContactPoint | None, str]:
    points = list(ContactPoint.objects.filter(person=person, until_at__isnull=True).order_by("place", "pk"))
    if channel:
        points = [point for point in points if point.channel == channel]
    days = standard(person.hub_id, "contact_reconfirmed")
    reasons = [(point, why_not(_whom(person), _way(point), today=local_date(at), reconfirm_days=days)) for point in points]
    for point, reason in reasons:
        if not reason:
            return point, ""
    if not reasons:
        return None, why_not(_whom(person), None, today=local_date(at), reconfirm_days=days)
    return reasons[0]


def _whom(person: Person) -> Whom:
    membership = Membership.objects.filter(pk=person.pk).first()
    return Whom(
        died=person.died_on is not None,
        resting=bool(membership and membership.rest_reason),
        wants_messages_at_rest=bool(membership and membership.wants_messages_at_rest),
        suspected_spam=person.messages_wait,
    )


def _way(point: ContactPoint | None) -> Way | None:
    if point is None:
        return None
    return Way(point.channel, point.safe, point.confirmed_on, point.whose, ended=point.until_at is not None)


def _task_for_the_holder(actor: Actor, at: datetime, person_id: int, because: str) -> None:
    if because != "died":
        create_task(actor=actor, at=at, person_id=person_id, what=f"message_{because}", due_on=local_date(at))
