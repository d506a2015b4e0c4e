# For workers only.
"""What somebody does in the place of a message that did not leave: by which way, to whom, with which words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.design.words import words
from alongside.messages.models import Message
from alongside.messages.rules import PARTNER
from alongside.messages.wording import to_be_said
from alongside.vocabulary.channels import CHANNELS

BY_HAND = ("no_sender", "not_sendable", "times_unclear", "too_many", "too_many_today")
"""Reasons for which somebody may use the very same way."""


def instead_of(message: Message) -> str:
    """Say what is to be done instead, in one sentence; the words themselves are in the person's language.

    In: a message as `queries.behind_tasks` gives it, with the hub's own words at hand.
    """
    if message.purpose == PARTNER:
        return _instead_of_asking(message)
    own_en, own_cy = getattr(message, "own_en", None), getattr(message, "own_cy", None)
    own = {"en": own_en, "cy": own_cy} if own_en and own_cy else None
    said = {"words": to_be_said(message.template, language=message.language, phone=message.hub.phone, own=own)}
    way = words(CHANNELS, message.channel).capitalize()
    if message.failed_because == "perhaps_sent":
        return _("It may have left, and it may not. Ask whether it arrived; if it did not: “%(words)s”") % said
    if message.stopped_because in BY_HAND and message.contact_point:
        return _("%(way)s, %(value)s, with these words: “%(words)s”") % (
            said | {"way": way, "value": message.contact_point.value or _("to the address that is held securely")}
        )
    if message.stopped_because == "resting":
        return _("They rest and want no messages. It would have said: “%(words)s”") % said
    if message.stopped_because == "not_looked_at":
        return _("Once somebody has looked: “%(words)s”") % said
    if message.channel:
        return _("Not by this way now: %(way)s. Find a safe one, and use these words: “%(words)s”") % (said | {"way": way})
    return _("Find a safe way, and use these words: “%(words)s”") % said


def _instead_of_asking(message: Message) -> str:
    where = {"address": message.to_address}
    if message.stopped_because == "closed":
        return _("Nothing went to %(address)s: the service has closed.") % where
    return (
        _("The link did not reach %(address)s. Make a new link and code on the introduction, and give both another way.") % where
    )
