"""Writes of the outbox: asked for in the transaction of its reason, sent later, re-checked when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.hubs.policies import check_can_set_up, check_is_the_installation
from alongside.hubs.queries import hub_of, local_date, standard
from alongside.journal.command import command, note
from alongside.members.commands import create_task
from alongside.members.models import Membership, Task
from alongside.messages.marks import mark_of
from alongside.messages.models import Budget, Message, Wording
from alongside.messages.queries import not_to_be_named, own_words, workers_not_to_be_named
from alongside.messages.rules import (
    BROKEN,
    CODE_LASTS,
    KEEPER,
    NOBODY,
    PARTNER,
    PURPOSES,
    SIGN_IN,
    WORD_BACK,
    Asked,
    Way,
    Whom,
    ask_after,
    became,
    came_back,
    is_given_up,
    is_known,
    is_not_wanted,
    letter_lines,
    next_moment,
    over_budget,
    wait_after,
    why_not,
    why_not_back,
    why_not_keeper,
    why_not_partner,
    wording_problem,
)
from alongside.messages.senders import channels
from alongside.messages.wording import BOTH, FORGETS_WHERE, SENTENCES, write
from alongside.people.commands import way_does_not_work
from alongside.people.models import ContactPoint, Person
from alongside.people.policies import check_is_near_or_part
from alongside.people.queries import addresses_held, delivery_address, is_unsafe_elsewhere, lock_person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_16, is_under_18
from alongside.vocabulary.phone import phone_key
from alongside.writes import insert

LEASE = timedelta(minutes=5)
"""So long a message is in the hand of whoever sends it; no conversation with another machine lasts nearly as long."""
FAULT = "fault"
"""The reason of a try that ended in a fault of ours."""
HOW_IT_STANDS: dict[str, Callable[[int, datetime], Asked]] = {}
"""By purpose: who says how what a message asks stands when it is about to leave. The stage that asks puts its query here."""


class WordingNotUsable(Invalid):
    """Words that a hub may not use: in which language, and why."""

    _WHY = {
        "empty": _("Write something, or go back to our default."),
        "placeholder": _("Put in braces only what our default has in braces."),
        "link_missing": _("{link} must stand in it: without it the message leads nowhere."),
        "code_missing": _("{code} must stand in it: without it nobody gets in."),
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
    contact_point_id: int | None = None,
) -> Message | None:
    """Put a message in the outbox if the gate lets it through; otherwise it is kept as stopped and the holder has a task.

    In:       `channel` when a worker chose one; otherwise, of the ways that the gate allows, in the person's order, the first
              by which something leaves by itself; only when there is none, the first, for somebody to send.
              `contact_point_id` when it may go by this way and by no other.
    Empty:    None for news and reminders to somebody who rests and wants none: nothing is made.
    Also:     a task that stands open for the same reason serves this message too.
    Source:   part C10; trust.md C12; P11 (contentless wording).
    """
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose!r} is no purpose that may be written about.")
    whom = _whom(person, at)
    if is_not_wanted(whom, purpose):
        note(person_id=person_id, template=template, not_wanted=True)
        return None
    point, stopped = _choose(person, whom, at, channel, contact_point_id)
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
            **_held_from_the_start(actor, at, person.hub_id),
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
    stopped = why_not_back(_whom(person, at), agreed=agreed, address=to)
    return _put_to_work_address(
        actor, at, person.hub_id, person, to=to, template="word_back", purpose=WORD_BACK, values=values or {}, stopped=stopped
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
    stopped = why_not_partner(_whom(person, at), asked, address=to)
    return _put_to_work_address(
        actor, at, person.hub_id, person, to=to, template="partner_asked", purpose=PARTNER, values={"path": path}, stopped=stopped
    )


@command("message.keeper_asked_for")
def write_to_keeper(*, actor: Actor, at: datetime, hub_id: int, to: str, template: str, path: str) -> Message:
    """Put an e-mail to whoever keeps a directory entry in the outbox, with their private link; it is about nobody.

    In:       `path` of the link, kept and wiped as in `ask_partner`.
    Also:     it is kept as stopped where the address can be none; whoever asked is looking. What cannot leave later makes no task:
              the page of the entry says so. One mailbox may keep many entries, so only the budget of the hub holds.
    Source:   S2-320; trust.md P11 (contentless wording).
    """
    check_is_part_or_system(actor)
    stopped = why_not_keeper(Asked(agreed=True, is_open=True), address=to)
    return _put_to_work_address(
        actor, at, hub_id, None, to=to, template=template, purpose=KEEPER, values={"path": path}, stopped=stopped
    )


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message that may leave now: by which way, to where, with which words."""

    channel: str
    to: str
    subject: str
    body: str
    key: str
    again: bool
    """An earlier try may have reached the other side."""


@command("message.claimed")
def claim_message(
    *, actor: Actor, at: datetime, message_id: int, can_be_asked: Mapping[str, bool], address: str
) -> Parcel | None:
    """Take one message in hand to send it now, if the gate lets it through at this moment; nobody else sends it meanwhile.

    In:       `can_be_asked`: the channels by which something leaves by itself, each with whether the other side can be asked
              after a try that nobody knows the end of.
    Empty:    None when it is over, somebody has it in hand, it is not due, or the gate stops it or lets it wait.
    Also:     counts it against the budgets of its number and of the hub, in the same transaction, under a lock.
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if _is_over(message) or message.held_at or message.due_at > at or (message.claimed_until and message.claimed_until > at):
        return None
    whom, channel = _whom(message.person, at) if message.person else NOBODY, message.channel
    stopped, to = _why_not_now(message, whom, at), _where_to(message)
    if not stopped and (channel not in can_be_asked or not to):
        stopped = "no_sender"
    if not stopped and message.claimed_until and not can_be_asked[channel]:
        # Somebody was killed between sending and saying so, and nobody can be asked: it is not sent a second time.
        _fail(actor, at, message, "perhaps_sent")
        _let_go(message)
        return None
    wait_until = at if stopped else _when(message, at)
    if message.purpose == SIGN_IN and not stopped and (wait_until > at or at - message.made_at > CODE_LASTS):
        stopped, wait_until = "too_late", at
    if wait_until > at:
        message.due_at = wait_until
        _let_go(message)
        return None
    stopped = stopped or _spend(message, to, at)
    if stopped:
        message.stopped_at, message.stopped_because = at, stopped
        if stopped != "too_late" and not is_not_wanted(whom, message.purpose):
            message.task = _task_after(actor, at, message, stopped)
        _let_go(message)
        return None
    again = message.tries > 0 or message.claimed_until is not None
    message.claimed_until = at + LEASE
    _keep(message)
    letter = write(
        message.template,
        language=message.language,
        hub=message.hub,
        values=message.values,
        address=address,
        own=own_words(message.hub_id, message.template),
    )
    key = mark_of(message.public_id) if channel == "email" else str(message.public_id)
    return Parcel(channel, to, letter.subject, letter.body, key, again)


@command("message.delivered")
def mark_sent(*, actor: Actor, at: datetime, message_id: int, outside_id: str = "") -> Message:
    """Write down that the other side took a message; whether it arrived is asked later, where that can be asked.

    In:       `outside_id`: the number under which the other side keeps it.
    Also:     it counts although the claim has run out meanwhile, and although somebody thought that it may not have left.
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if message.sent_at or message.stopped_at:
        return message
    message.sent_at, message.outside_id = at, outside_id
    message.failed_at, message.failed_because = None, ""
    message.ask_at = at + timedelta(minutes=5) if outside_id else None
    return _keep(message)


@command("message.try_failed")
def count_try(
    *, actor: Actor, at: datetime, message_id: int, code: str, for_good: bool = False, is_outage: bool = False
) -> Message:
    """Count a try that did not succeed, and say when the next one is, or that there is none.

    Also:     a message that is turned down is tried again after 1, 2, 4 and 8 minutes and has then failed for good; while the other
              side is not well it is tried for about a day. A fault of ours counts like the first.
              A number or address that was refused for good is marked as one that does not work.
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if _is_over(message) or message.held_at:
        return message
    message.tries += 1
    message.outages += is_outage
    message.due_at = at + wait_after(message.tries)
    if code == FAULT and message.claimed_until:
        # What broke off in the middle may have left: the claim stands, and runs out before the next try.
        message.due_at = max(message.due_at, message.claimed_until)
    else:
        message.claimed_until = None
    if for_good or is_given_up(tries=message.tries, outages=message.outages):
        _fail(actor, at, message, code)
    return _keep(message)


@command("message.became")
def note_what_became(*, actor: Actor, at: datetime, message_id: int, status: str) -> Message:
    """Write down what the other side says became of a message that it took; said twice, it changes nothing.

    Also:     what failed for good becomes a task, and the number or address is marked when it is that which does not work.
              A letter or an e-mail that comes back later counts all the same; otherwise the first last word stands.
    Source:   trust.md P5, H13 ("sent" is not "delivered").
    """
    check_is_part_or_system(actor)
    message = _lock(message_id)
    if not message.sent_at or message.failed_at or (message.delivered_at and not came_back(status)):
        return message
    found = became(status)
    message.outside_status = status if is_known(status) else ""
    later = None if found.is_last else ask_after(at - message.sent_at)
    message.ask_at = at + later if later else None
    if found.delivered:
        message.delivered_at = at
    if found.failed:
        _fail(actor, at, message, found.failed)
    return _keep(message)


@command("message.all_held")
def hold_everything_unsent(*, actor: Actor, at: datetime, because: str) -> int:
    """Keep back every message that has not left, in every hub, until a named person releases it.

    Refuses:  everybody but the installation itself.
    Source:   trust.md section 0, 10; C27, P4, H17.
    """
    check_is_the_installation(actor)
    waiting = Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True, held_at__isnull=True)
    count = waiting.update(held_at=at, held_because=because)
    note(because=because, messages=count)
    return count


@command("message.released")
def release_held(*, actor: Actor, at: datetime, message_id: UUID) -> Message:
    """Let one message go that was held: it leaves only if the gate lets it through when its turn comes.

    Refuses:  NotFound for a message of another hub; AlreadyDone when it is not held.
    """
    message = _lock_held(actor, message_id)
    message.held_at, message.released_by_id, message.due_at = None, actor.hat_id, at
    message.save(update_fields=["held_at", "released_by", "due_at"])
    note(person_id=message.person_id, message=message.public_id, because=message.held_because)
    return message


@command("message.left_unsent")
def leave_unsent(*, actor: Actor, at: datetime, message_id: UUID) -> Message:
    """Do not send a message that was held; whoever it would have been for hears of it another way, if its holder sees fit.

    Refuses:  as `release_held`.
    """
    message = _lock_held(actor, message_id)
    message.stopped_at, message.stopped_because = at, "not_released"
    message.task = _task_after(actor, at, message, "not_released")
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
    hub_id: int,
    person: Person | None,
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
            hub_id=hub_id,
            person=person,
            author_organisation_id=(actor.organisation_id or person.author_organisation_id) if person else None,
            to_address=to[:254],
            channel="email",
            template=template,
            language=BOTH if hub_of(hub_id).nation == "wales" else "en",
            values={} if stopped else values,
            purpose=purpose,
            made_at=at,
            due_at=at,
            stopped_at=at if stopped else None,
            stopped_because=stopped,
            **_held_from_the_start(actor, at, hub_id),
        )
    )
    note(person_id=person.pk if person else None, message=message.public_id, template=template, stopped=stopped)
    return message


def _held_from_the_start(actor: Actor, at: datetime, hub_id: int) -> dict[str, Any]:
    """Hold what the installation asks for by itself while something is missing after a restore: it may have been said already."""
    if actor.is_system and hub_of(hub_id).restored_at:
        return {"held_at": at, "held_because": "restored"}
    return {}


def _lock(message_id: int) -> Message:
    locked = Message.objects.select_for_update(of=("self",))
    return locked.select_related("person", "contact_point", "hub").get(pk=message_id)


def _lock_held(actor: Actor, message_id: UUID) -> Message:
    check_can_set_up(actor, actor.hub)
    locked = Message.objects.select_for_update(of=("self",)).select_related("person", "contact_point", "hub")
    message = locked.filter(public_id=message_id, hub_id=actor.hub).first()
    if message is None:
        raise NotFound
    if message.held_at is None or _is_over(message):
        raise AlreadyDone
    return message


def _is_over(message: Message) -> bool:
    return bool(message.sent_at or message.stopped_at or message.failed_at)


def _fail(actor: Actor, at: datetime, message: Message, code: str) -> None:
    """Give a message up: somebody is told, and a way that does not work is marked as one."""
    message.failed_at, message.failed_because = at, code
    message.ask_at = None
    message.task = _task_after(actor, at, message, "perhaps_sent" if code == "perhaps_sent" else "failed")
    if code in BROKEN and message.contact_point_id and message.person_id:
        way_does_not_work(actor=actor, at=at, person_id=message.person_id, contact_point_id=message.contact_point_id)


def _let_go(message: Message) -> None:
    """Write down that nobody sends it now."""
    message.claimed_until = None
    _keep(message)


def _keep(message: Message) -> Message:
    """Write down what became of a message; a private link, or an address that we promised to forget, is in it no longer than it needs to be."""
    if _is_over(message):
        message.values, message.claimed_until = {}, None
        if message.template in FORGETS_WHERE:
            message.to_address = ""
    message.save(
        update_fields=[
            "stopped_at", "stopped_because", "sent_at", "tries", "outages", "due_at", "failed_at", "failed_because", "task", "values",
            "claimed_until", "counted_on", "outside_id", "outside_status", "ask_at", "delivered_at", "to_address",
        ]
    )  # fmt: skip
    note(
        person_id=message.person_id,
        message=message.public_id,
        sent=bool(message.sent_at),
        delivered=bool(message.delivered_at),
        stopped=message.stopped_because,
        failed=message.failed_because,
        due=message.due_at,
    )
    return message


def _where_to(message: Message) -> str:
    """Give where a message goes, read at this very moment: nothing of it was kept when it was queued (T17)."""
    if message.channel == "letter" and message.person:
        return "\n".join(letter_lines(message.person.chosen_name, delivery_address(message.person.pk) or ""))
    return message.contact_point.value if message.contact_point else message.to_address


def _when(message: Message, at: datetime) -> datetime:
    """Give the next moment at which it may leave; somebody at work has no good times."""
    way = _way(message.contact_point)
    if way is None:
        return at
    hours = {code: standard(message.hub_id, code) for code in ("text_from", "text_until")}
    return next_moment(way, message.purpose, at, **hours)


def _spend(message: Message, to: str, at: datetime) -> str:
    """Count a message against the budgets of today, once however often it is tried; say which one is used up.

    The row of the hub's day is locked first, so two who send at once count one after the other.
    """
    on = local_date(at)
    if message.counted_on == on:
        return ""
    # Whoever signs in has asked for it themselves, and is counted where they ask: it takes nothing from what others may write to them.
    is_work = message.purpose in (WORD_BACK, PARTNER, KEEPER, SIGN_IN)
    keys = [f"hub:{message.hub_id}", *([] if is_work else [_fingerprint_of(message.channel, to)])]
    for key in keys:
        Budget.objects.get_or_create(on=on, key=key)
    rows = {key: Budget.objects.select_for_update().get(on=on, key=key) for key in keys}
    limits = {code: standard(message.hub_id, code) for code in ("messages_a_number", "messages_a_day")}
    over = over_budget(
        message.purpose,
        of_day=rows[keys[0]].used,
        of_number=0 if is_work else rows[keys[1]].used,
        per_day=limits["messages_a_day"],
        per_number=limits["messages_a_number"],
        is_work=is_work,
    )
    if not over:
        Budget.objects.filter(pk__in=[row.pk for row in rows.values()]).update(used=F("used") + 1)
        message.counted_on = on
    return over


def _fingerprint_of(channel: str, to: str) -> str:
    """Give the key under which a number or address is counted: itself is written down nowhere else."""
    plain = phone_key(to) or to if channel == "text" else to
    return salted_hmac("alongside.budget", f"{channel}:{plain.strip().casefold()}", algorithm="sha256").hexdigest()


def _why_not_now(message: Message, whom: Whom, at: datetime) -> str:
    """Ask the gate again at the moment of sending; that the person agreed to word back was asked when it was made."""
    if message.purpose == KEEPER:
        return why_not_keeper(_asked(message, at), address=message.to_address)
    if message.purpose == PARTNER:
        return why_not_partner(whom, _asked(message, at), address=message.to_address)
    if message.purpose == WORD_BACK:
        return why_not_back(whom, agreed=True, address=message.to_address)
    days = standard(message.hub_id, "contact_reconfirmed")
    return why_not(whom, _way(message.contact_point), today=local_date(at), reconfirm_days=days)


def _asked(message: Message, at: datetime) -> Asked:
    return HOW_IT_STANDS[message.purpose](message.pk, at)


def _task_after(actor: Actor, at: datetime, message: Message, because: str) -> Task | None:
    if message.purpose == WORD_BACK or message.person_id is None:
        return None
    if message.purpose == PARTNER:
        return _task_for_who_asked(actor, at, message, message.person_id, because)
    return _task_for_the_holder(actor, at, message.person_id, because)


def _task_for_who_asked(actor: Actor, at: datetime, message: Message, person_id: int, because: str) -> Task | None:
    """Give a task to whoever asked a partner: none when there is nothing left to ask."""
    if because in ("died", "answered"):
        return None
    what = "offer_next_fit" if because == "closed" else "partner_not_reached"
    hat_id = _asked(message, at).hat_id
    return create_task(actor=actor, at=at, person_id=person_id, what=what, due_on=local_date(at), hat_id=hat_id)


def _choose(person: Person, whom: Whom, at: datetime, channel: str, only: int | None) -> tuple[ContactPoint | None, str]:
    points = list(ContactPoint.objects.filter(person=person, until_at__isnull=True).order_by("place", "pk"))
    if channel:
        points = [point for point in points if point.channel == channel]
    if only is not None:
        points = [point for point in points if point.pk == only]
    days = standard(person.hub_id, "contact_reconfirmed")
    reasons = [(point, why_not(whom, _way(point), today=local_date(at), reconfirm_days=days)) for point in points]
    allowed = [point for point, reason in reasons if not reason]
    if allowed:
        return next((point for point in allowed if _leaves_by_itself(point)), allowed[0]), ""
    if not reasons:
        return None, why_not(whom, None, today=local_date(at), reconfirm_days=days)
    return reasons[0]


def _leaves_by_itself(point: ContactPoint) -> bool:
    return point.channel in channels() and (point.channel != "letter" or _has_address_for_letters(point.person_id))


def _has_address_for_letters(person_id: int) -> bool:
    """Tell whether there is one, without opening it."""
    return any(one.kind == "delivery" for one in addresses_held(person_id))


def _whom(person: Person, at: datetime) -> Whom:
    on = local_date(at)
    membership = Membership.objects.select_related("hub").filter(pk=person.pk).first()
    return Whom(
        died=person.has_died,
        resting=bool(membership and membership.rest_reason),
        wants_messages_at_rest=bool(membership and membership.wants_messages_at_rest),
        suspected_spam=person.messages_wait,
        under_18=is_under_18(person.born_on, person.age_band, on),
        under_16=is_under_16(person.born_on, person.age_band, on),
        restored_on=local_date(membership.hub.restored_at) if membership and membership.hub.restored_at else None,
    )


def _way(point: ContactPoint | None) -> Way | None:
    if point is None:
        return None
    # What is unsafe on another record that is said to be theirs is unsafe here too.
    return Way(
        point.channel,
        point.safe and not is_unsafe_elsewhere(point),
        point.confirmed_on,
        point.whose,
        ended=point.until_at is not None,
        ask_again=point.ask_again_since is not None,
        not_working=point.not_working_since is not None,
        who_else=point.who_else,
        although_seen=point.although_seen,
        good_times=point.good_times,
    )


def _task_for_the_holder(actor: Actor, at: datetime, person_id: int, because: str) -> Task | None:
    """Give the holder's task for this reason: the one that stands open, or a new one; none for somebody who has died."""
    if because == "died":
        return None
    what = f"message_{because}"
    standing = Task.objects.filter(person_id=person_id, what=what, done_at__isnull=True).first()
    return standing or create_task(actor=actor, at=at, person_id=person_id, what=what, due_on=local_date(at))
