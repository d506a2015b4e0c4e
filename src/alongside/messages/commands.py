"""Writes of the outbox: asked for in the transaction of its reason, sent later, re-checked when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.connections.email import EmailFailed, Sender
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import hub_of, local_date, standard
from alongside.journal.command import command, note
from alongside.members.commands import create_task
from alongside.members.models import Membership, Task
from alongside.messages.models import Message, Wording
from alongside.messages.queries import not_to_be_named, own_words, workers_not_to_be_named
from alongside.messages.rules import (
    PARTNER,
    SENT_BY_ITSELF,
    WORD_BACK,
    Asked,
    Way,
    Whom,
    is_not_wanted,
    why_not,
    why_not_back,
    why_not_partner,
    wording_problem,
)
from alongside.messages.wording import BOTH, SENTENCES, write
from alongside.people.models import ContactPoint, Person
from alongside.people.policies import check_is_near_or_part
from alongside.people.queries import lock_person
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert

TRIES = 5
HOW_IT_STANDS: dict[str, Callable[[int, datetime], Asked]] = {}
"""By purpose: who says how what a message asks stands when it is about to leave. The stage that asks puts its query here."""


class WordingNotUsable(Invalid):
    """Words that a hub may not use: in which language, and why."""

    _WHY = {
        "empty": _("Write something, or go back to our default."),
        "placeholder": _("Put in braces only what our default has in braces."),
        "link_missing": _("{link} must stand in it: without it the message leads nowhere."),
        "number": _("Write no number. {phone} puts the hub's telephone number in."),
        "address": _("Write no web or e-mail address. {link} puts the right one in."),
        "telling": _("Write nothing that says what it is about: somebody else may read it."),
        "name": _("Name nobody and nothing: no worker, team, partner or hub."),
        "too_long": _("It is too long for a text message. Make it shorter."),
    }

    def __init__(self, language: str, problem: str) -> None:
        self.language, self.code = language, f"wording_{problem}"
        super().__init__(self._WHY[problem])


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
) -> Message | None:
    """Put a message in the outbox if the gate lets it through; otherwise it is kept as stopped and the holder has a task.

    In:       `channel` when a worker chose one; otherwise, of the ways that the gate allows, in the person's order, the first
              by which something leaves by itself; only when there is none, the first, for somebody to send.
    Empty:    None for news and reminders to somebody who rests and wants none: nothing is made.
    Also:     a task that stands open for the same reason serves this message too.
    Source:   part C10; trust.md C12; P11 (contentless wording).
    """
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    whom = _whom(person)
    if is_not_wanted(whom, purpose):
        note(person_id=person_id, template=template, not_wanted=True)
        return None
    point, stopped = _choose(person, whom, at, channel)
    message = insert(
        Message(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            contact_point=point,
            channel=point.channel if point else channel,
            template=template,
            language=person.language,
            values={} if stopped else values or {},
            purpose=purpose,
            made_at=at,
            due_at=at,
            stopped_at=at if stopped else None,
            stopped_because=stopped,
            task=_task_for_the_holder(actor, at, person_id, stopped) if stopped else None,
        )
    )
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
    check_is_part_or_system(actor)
    person = lock_person(person_id)
    stopped = why_not_back(_whom(person), agreed=agreed, address=to)
    return _put_to_work_address(
        actor, at, person, to=to, template="word_back", purpose=WORD_BACK, values=values or {}, stopped=stopped
    )


@command("message.partner_asked_for")
def ask_partner(*, actor: Actor, at: datetime, person_id: int, to: str, asked: Asked, path: str) -> Message:
    """Put the one-time link for a partner without an account in the outbox if the gate lets it through; otherwise it is kept as stopped.

    In:       `path` of the link. It stands in the message until that has left, was stopped or has failed, and is wiped in the same
              transaction; whoever asks keeps a fingerprint. The code never comes here: it goes another way.
    Also:     what is stopped at once makes no task: whoever asks is looking, and has link and code to give by hand.
    Source:   lists.md (Handovers); trust.md P11 (contentless wording).
    """
    check_is_part_or_system(actor)
    person = lock_person(person_id)
    stopped = why_not_partner(_whom(person), asked, address=to)
    return _put_to_work_address(
        actor, at, person, to=to, template="partner_asked", purpose=PARTNER, values={"path": path}, stopped=stopped
    )


@command("message.delivered")
def deliver(*, actor: Actor, at: datetime, message_id: int, sender: Sender, address: str) -> Message:
    """Send one message now, if the gate still lets it through at this moment (T17, H08).

    Refuses:  nothing: what cannot be sent is kept as stopped or failed, and becomes a task for the holder, or for whoever asks
              a partner (word back to a referrer becomes none).
    Also:     tried again after 1, 2, 4 and 8 minutes; then it has failed for good. The private link in it is wiped once it has
              left or never will.
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if _is_over(message):
        return message
    whom = _whom(message.person)
    stopped = _why_not_now(message, whom, at)
    if not stopped and message.channel not in SENT_BY_ITSELF:
        stopped = "no_sender"
    if stopped:
        message.stopped_at, message.stopped_because = at, stopped
        if not is_not_wanted(whom, message.purpose):
            message.task = _task_after(actor, at, message, stopped)
    else:
        to = message.contact_point.value if message.contact_point else message.to_address
        letter = write(
            message.template,
            language=message.language,
            hub=message.hub,
            values=message.values,
            address=address,
            own=own_words(message.hub_id, message.template),
        )
        try:
            sender.send(to=to, subject=letter.subject, body=letter.body, key=str(message.public_id))
            message.sent_at = at
        except EmailFailed as failure:
            _count_try(actor, at, message, failure.code, for_good=failure.for_good)
    return _keep(message)


@command("message.try_failed")
def count_fault(*, actor: Actor, at: datetime, message_id: int) -> Message:
    """Count a try that ended in a fault of ours, which undid all else, like one that the server put off.

    Also:     after as many tries it has failed for good and is somebody's task: it is neither lost nor tried for ever.
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if _is_over(message):
        return message
    _count_try(actor, at, message, "fault", for_good=False)
    return _keep(message)


@command("wording.changed")
def change_wording(*, actor: Actor, at: datetime, hub_id: int, code: str, en: str, cy: str) -> Wording:
    """Say one sentence in the hub's own words, in both languages.

    Refuses:  NotFound for a sentence that there is not; WordingNotUsable in the language that it is about.
    Source:   pages.md (Settings, wording); trust.md H08 (contentless).
    """
    check_can_set_up(actor, hub_id)
    check_wording(hub_id=hub_id, code=code, en=en, cy=cy)
    made, _new = Wording.objects.update_or_create(
        hub_id=hub_id, code=code, defaults={"en": en, "cy": cy, "changed_at": at, "changed_by_id": actor.hat_id}
    )
    note(wording=code)
    return made


@command("wording.restored")
def restore_wording(*, actor: Actor, at: datetime, hub_id: int, code: str) -> int:
    """Go back to our default; messages that have left stay as they were."""
    check_can_set_up(actor, hub_id)
    count, _each = Wording.objects.filter(hub_id=hub_id, code=code).delete()
    note(wording=code, restored=count)
    return count


def check_wording(*, hub_id: int, code: str, en: str, cy: str) -> None:
    """Refuse words that may not be used; also before a page shows how they read."""
    if code not in SENTENCES:
        raise NotFound
    # The welcome stands on the hub's own page, so it may name the hub; nobody who works there is named anywhere.
    names = workers_not_to_be_named(hub_id) if code == "welcome" else not_to_be_named(hub_id)
    for language, words in (("en", en), ("cy", cy)):
        problem = wording_problem(words, default=SENTENCES[code][language], names=names)
        if problem:
            raise WordingNotUsable(language, problem)


def _put_to_work_address(
    actor: Actor,
    at: datetime,
    person: Person,
    *,
    to: str,
    template: str,
    purpose: str,
    values: dict[str, str],
    stopped: str,
) -> Message:
    """Put what goes to somebody at work in the outbox: in both languages in Wales, where nobody has asked them for theirs."""
    message = insert(
        Message(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            to_address=to[:254],
            channel="email",
            template=template,
            language=BOTH if hub_of(person.hub_id).nation == "wales" else "en",
            values={} if stopped else values,
            purpose=purpose,
            made_at=at,
            due_at=at,
            stopped_at=at if stopped else None,
            stopped_because=stopped,
        )
    )
    note(person_id=person.pk, message=message.public_id, template=template, stopped=stopped)
    return message


def _lock(message_id: int) -> Message:
    locked = Message.objects.select_for_update(of=("self",))
    return locked.select_related("person", "contact_point", "hub").get(pk=message_id)


def _is_over(message: Message) -> bool:
    return bool(message.sent_at or message.stopped_at or message.failed_at)


def _count_try(actor: Actor, at: datetime, message: Message, code: str, *, for_good: bool) -> None:
    message.tries += 1
    message.due_at = at + timedelta(minutes=2 ** (message.tries - 1))
    if for_good or message.tries >= TRIES:
        message.failed_at, message.failed_because = at, code
        message.task = _task_after(actor, at, message, "failed")


def _keep(message: Message) -> Message:
    """Write down what became of a message; a private link is in it no longer than it needs to be."""
    if _is_over(message):
        message.values = {}
    message.save(
        update_fields=[
            "stopped_at", "stopped_because", "sent_at", "tries", "due_at", "failed_at", "failed_because", "task", "values",
        ]
    )  # fmt: skip
    note(
        person_id=message.person_id,
        message=message.public_id,
        sent=bool(message.sent_at),
        stopped=message.stopped_because,
        failed=message.failed_because,
    )
    return message


def _why_not_now(message: Message, whom: Whom, at: datetime) -> str:
    """Ask the gate again at the moment of sending; that the person agreed to word back was asked when it was made."""
    if message.purpose == PARTNER:
        return why_not_partner(whom, _asked(message, at), address=message.to_address)
    if message.purpose == WORD_BACK:
        return why_not_back(whom, agreed=True, address=message.to_address)
    days = standard(message.hub_id, "contact_reconfirmed")
    return why_not(whom, _way(message.contact_point), today=local_date(at), reconfirm_days=days)


def _asked(message: Message, at: datetime) -> Asked:
    return HOW_IT_STANDS[message.purpose](message.pk, at)


def _task_after(actor: Actor, at: datetime, message: Message, because: str) -> Task | None:
    if message.purpose == WORD_BACK:
        return None
    if message.purpose == PARTNER:
        return _task_for_who_asked(actor, at, message, because)
    return _task_for_the_holder(actor, at, message.person_id, because)


def _task_for_who_asked(actor: Actor, at: datetime, message: Message, because: str) -> Task | None:
    """Give a task to whoever asked a partner: none when there is nothing left to ask."""
    if because in ("died", "answered"):
        return None
    what = "offer_next_fit" if because == "closed" else "partner_not_reached"
    hat_id = _asked(message, at).hat_id
    return create_task(actor=actor, at=at, person_id=message.person_id, what=what, due_on=local_date(at), hat_id=hat_id)


def _choose(person: Person, whom: Whom, at: datetime, channel: str) -> tuple[ContactPoint | None, str]:
    points = list(ContactPoint.objects.filter(person=person, until_at__isnull=True).order_by("place", "pk"))
    if channel:
        points = [point for point in points if point.channel == channel]
    days = standard(person.hub_id, "contact_reconfirmed")
    reasons = [(point, why_not(whom, _way(point), today=local_date(at), reconfirm_days=days)) for point in points]
    allowed = [point for point, reason in reasons if not reason]
    if allowed:
        return next((point for point in allowed if point.channel in SENT_BY_ITSELF), allowed[0]), ""
    if not reasons:
        return None, why_not(whom, None, today=local_date(at), reconfirm_days=days)
    return reasons[0]


def _whom(person: Person) -> Whom:
    membership = Membership.objects.filter(pk=person.pk).first()
    return Whom(
        died=person.has_died,
        resting=bool(membership and membership.rest_reason),
        wants_messages_at_rest=bool(membership and membership.wants_messages_at_rest),
        suspected_spam=person.messages_wait,
    )


def _way(point: ContactPoint | None) -> Way | None:
    if point is None:
        return None
    return Way(point.channel, point.safe, point.confirmed_on, point.whose, ended=point.until_at is not None)


def _task_for_the_holder(actor: Actor, at: datetime, person_id: int, because: str) -> Task | None:
    """Give the holder's task for this reason: the one that stands open, or a new one; none for somebody who has died."""
    if because == "died":
        return None
    what = f"message_{because}"
    standing = Task.objects.filter(person_id=person_id, what=what, done_at__isnull=True).first()
    return standing or create_task(actor=actor, at=at, person_id=person_id, what=what, due_on=local_date(at))
