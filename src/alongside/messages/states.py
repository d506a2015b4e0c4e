# For workers only.
"""Where each message stands, in one line for whoever is alongside the person."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.design.words import moment, short_day, words
from alongside.members.codes import TASKS
from alongside.messages.codes import STATES, WHY_FAILED
from alongside.messages.models import Message
from alongside.messages.rules import state_of
from alongside.messages.wording import NAMES
from alongside.vocabulary.channels import CHANNELS


def state_of_message(message: Message, at: datetime) -> str:
    """Give the code of how far a message has come."""
    return state_of(
        failed=message.failed_because if message.failed_at else "",
        stopped=message.stopped_at is not None,
        delivered=message.delivered_at is not None,
        sent=message.sent_at is not None,
        outside=message.outside_status,
        held=message.held_at is not None,
        in_hand=message.claimed_until is not None and message.claimed_until > at,
        tries=message.tries,
        later=message.due_at > at,
    )


def what_it_was(message: Message) -> str:
    """Name a message: what it said in a few words, by which way, and when it was asked for."""
    what = words(NAMES, message.template) if message.template in NAMES else _("a message")
    way = words(CHANNELS, message.channel) if message.channel in CHANNELS else _("no way")
    return _("%(what)s (%(way)s, %(day)s)") % {"what": what, "way": way, "day": short_day(message.made_at)}


def state_words(message: Message, at: datetime) -> str:
    """Say how far a message has come, and why no further."""
    state = state_of_message(message, at)
    said = words(STATES, state)
    if state in ("failed", "perhaps"):
        why = message.failed_because.replace("refused", "turned_down")
        return f"{said}: {words(WHY_FAILED, why) if why in WHY_FAILED else _('a fault on the way')}"
    if state == "stopped":
        task = f"message_{message.stopped_because}"
        return f"{said}: {words(TASKS, task)}" if task in TASKS else said
    when = {
        "delivered": message.delivered_at,
        "waits": message.due_at,
        **dict.fromkeys(("sent", "posted", "late"), message.sent_at),
    }
    return f"{said}, {moment(when[state])}" if state in when else said
