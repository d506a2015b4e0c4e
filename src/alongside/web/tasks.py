"""What runs by itself: messages leave, invitations become call-backs, unanswered introductions rise, hellos are asked for, referrers hear. Each is one command."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from alongside.access.counting import forget_what_is_over
from alongside.connections.addresses import NotAllowedOut
from alongside.connections.outgoing import NotReached, Outgoing
from alongside.hubs.commands import finish_turn, take_turn
from alongside.hubs.models import Hub
from alongside.hubs.queries import heartbeat, local_date
from alongside.hubs.rules import is_turn_due
from alongside.journey.directory.commands import ask_keepers, forget_who_said_so, note_link
from alongside.journey.directory.queries.corrections import reporters_to_forget
from alongside.journey.directory.queries.editors import links_to_look_at, services_to_ask
from alongside.journey.directory.rules import found_at
from alongside.journey.handovers.commands import ask_how_it_went, count_flow, raise_unanswered
from alongside.journey.handovers.queries import is_flow_due, signposts_left_behind, unanswered_past
from alongside.journey.referrals.commands import send_news_to_referrer
from alongside.journey.referrals.queries import referrers_to_tell
from alongside.members.commands import ask_to_say_hello, turn_into_call_back
from alongside.members.queries import hellos_not_said, unanswered_invitations
from alongside.messages.commands import FAULT, count_try
from alongside.messages.delivery import deliver, follow
from alongside.messages.queries import messages_due, messages_to_follow
from alongside.messages.senders import Senders, senders
from alongside.safety.alerts.commands import ask_whether_it_is_needed, end_past_its_day, pass_on_alert
from alongside.safety.alerts.queries import alerts_left_behind, alerts_past_their_day, alerts_to_look_at
from alongside.safety.choices.commands import ask_about_choice, end_choice_by_itself
from alongside.safety.choices.queries import choices_past_their_day, choices_to_ask_about
from alongside.vocabulary.actor import Actor

LINKS_AT_ONCE = 3
"""So many web addresses are asked in one round: one that hangs costs three seconds, in which no message leaves (ours)."""
SWEEP_EVERY = timedelta(minutes=15)
ALSO_SWEPT: list[Callable[[datetime], int]] = []
"""What parts of the house above this one have the sweep do as well; each gives how much it did."""
TAKES_LONG: list[Callable[[datetime], int]] = []
"""What other parts of the house do by themselves that may take hours, such as reading feeds: beside everything else, in turn."""
log = logging.getLogger("alongside.work")
__all__ = [
    "do_what_takes_long",
    "ask_what_became",
    "look_at_links",
    "way_out",
    "send_what_is_due",
    "senders",
    "sweep",
    "sweep_when_due",
]


def _never() -> bool:
    return False


def send_what_is_due(at: datetime, by: Senders, *, until: Callable[[], bool] = _never) -> int:
    """Send the messages that are due, one after the other; the gate is asked again for each.

    In:       `until` ends it between two messages.
    Also:     once the other side of a channel is not well, the rest of that channel waits for the next round.
              A fault keeps back no other message and is counted like any try that did not succeed; nothing of it is logged but its type.
    """
    done, down, began = 0, set[str](), time.monotonic()
    for message_id, hub_id, channel in messages_due(at):
        if until():
            break
        if channel in down:
            continue
        outbox, moment = Actor.system("outbox", hub_id), _a_while_after(at, began)
        try:
            deliver(actor=outbox, at=moment, message_id=message_id, senders=by, address=settings.PUBLIC_ADDRESS, down=down)
            done += 1
        except Exception as fault:
            log.error("outbox: %s; the message stays and is tried again", type(fault).__name__)
            _count_fault(outbox, moment, message_id)
    return done


def ask_what_became(at: datetime, by: Senders, *, until: Callable[[], bool] = _never) -> int:
    """Ask what became of the messages that have left and can be asked after; an other side that does not answer is left for later."""
    done, down, began = 0, set[str](), time.monotonic()
    for message in messages_to_follow(at):
        if until():
            break
        if message.channel in down:
            continue
        outbox = Actor.system("outbox", message.hub_id)
        if follow(actor=outbox, at=_a_while_after(at, began), message=message, senders=by):
            done += 1
        else:
            down.add(message.channel)
    return done


def way_out() -> Outgoing | None:
    """Give what looks at web addresses; nothing in the demonstration, which asks nobody anything."""
    return None if settings.DEMO else Outgoing(stand_ins=settings.STAND_INS)


def look_at_links(at: datetime, out: Outgoing, *, until: Callable[[], bool] = _never) -> int:
    """Ask whether the web addresses of entries are there, a few in each round; whoever keeps an entry reads what was found.

    Also:     by the one way out and no other (trust.md C21); nobody's page waits for it.
    """
    done, began = 0, time.monotonic()
    for service_id, hub_id, url in links_to_look_at(at, LINKS_AT_ONCE):
        if until():
            break
        found = _found_at(url, out)
        keeper, moment = Actor.system("links", hub_id), _a_while_after(at, began)
        note_link(actor=keeper, at=moment, service_id=service_id, url=url, found=found)
        done += 1
    return done


def _found_at(url: str, out: Outgoing) -> str:
    try:
        return found_at(out.request("GET", url, headers={"User-Agent": "Alongside link check"}).status)
    except NotAllowedOut as no:
        return "elsewhere" if no.code == "redirect" else "not_asked"
    except NotReached as no:
        # It answered, with more than we read.
        return "there" if no.code in ("too_large", "encoded") else "silent"


def _a_while_after(at: datetime, began: float) -> datetime:
    """Give the moment it is by now in a round that began at `at`: a claim runs from when it is made."""
    return at + timedelta(seconds=time.monotonic() - began)


def _count_fault(outbox: Actor, at: datetime, message_id: int) -> None:
    try:
        count_try(actor=outbox, at=at, message_id=message_id, code=FAULT)
    except Exception as fault:  # the database itself is not there: nothing has changed, and the next round comes back to it
        log.error("outbox: %s; the try was not counted", type(fault).__name__)


def sweep_when_due(at: datetime) -> int | None:
    """Sweep when a quarter of an hour has passed since the last sweep began, whichever worker that was; give what was raised.

    Empty:    None when it is not time.
    """
    keeper, last = Actor.system("sweep"), heartbeat("sweep")
    if last and not is_turn_due(last.began_at, last.done_at, at=at, every=SWEEP_EVERY):
        return None
    if not take_turn(actor=keeper, at=at, name="sweep", every=SWEEP_EVERY):
        return None
    done = sweep(at)
    finish_turn(actor=keeper, at=at, name="sweep")
    return done


def sweep(at: datetime) -> int:
    """Do everything that waits for its day, in every hub."""
    return _sweep_what_waits(at) + _sweep_what_ends(at) + sum(also(at) for also in ALSO_SWEPT)


def do_what_takes_long(at: datetime) -> int:
    """Do what may take long and is due, one after the other; a fault in one keeps back no other."""
    done = 0
    for one in TAKES_LONG:
        try:
            done += one(at)
        except Exception as fault:
            log.error("work that takes long: %s; tried again", type(fault).__name__)
    return done


def _sweep_what_ends(at: datetime) -> int:
    """Ask about alerts and about what carers may be told before they end, end them on their day, and pass on an alert whose
    owner has gone."""
    on, done = local_date(at), 0
    steps = (
        (alerts_past_their_day(at), "alert_id", end_past_its_day),
        (alerts_left_behind(at), "alert_id", pass_on_alert),
        (alerts_to_look_at(on, at), "alert_id", ask_whether_it_is_needed),
        (choices_past_their_day(on), "choice_id", end_choice_by_itself),
        (choices_to_ask_about(on), "choice_id", ask_about_choice),
    )
    for found, key, do in steps:
        for one, hub_id in found:
            done += do(actor=Actor.system("sweep", hub_id), at=at, **{key: one}) is not None
    return done


def _sweep_what_waits(at: datetime) -> int:
    """Turn unanswered invitations into call-backs, raise unanswered introductions, ask for hellos past their day and for
    what came of the signposts of whoever has left, tell referrers, ask whoever keeps an entry before it fades, count once a day how
    long people wait, and forget who said long ago that an entry is wrong, in every hub."""
    today, done = local_date(at), 0
    forget_what_is_over(at)
    for invitation_id, hub_id in unanswered_invitations(today):
        done += turn_into_call_back(actor=Actor.system("sweep", hub_id), at=at, invitation_id=invitation_id) is not None
    for service_id, hub_id in services_to_ask(at):
        done += ask_keepers(actor=Actor.system("sweep", hub_id), at=at, service_id=service_id) > 0
    for person_id, hub_id in hellos_not_said(today):
        done += ask_to_say_hello(actor=Actor.system("sweep", hub_id), at=at, person_id=person_id) is not None
    for hub_id in Hub.objects.values_list("pk", flat=True):
        for handover in unanswered_past(hub_id, today):
            done += raise_unanswered(actor=Actor.system("sweep", hub_id), at=at, handover_id=handover.pk) is not None
        for signpost_id in signposts_left_behind(hub_id, at):
            done += ask_how_it_went(actor=Actor.system("sweep", hub_id), at=at, signpost_id=signpost_id) is not None
        for referral_id in referrers_to_tell(hub_id, at):
            send_news_to_referrer(actor=Actor.system("sweep", hub_id), at=at, referral_id=referral_id)
            done += 1
        if is_flow_due(hub_id, at):
            count_flow(actor=Actor.system("sweep", hub_id), at=at, hub_id=hub_id)
        if reporters_to_forget(hub_id, at).exists():
            forget_who_said_so(actor=Actor.system("sweep", hub_id), at=at, hub_id=hub_id)
    return done
