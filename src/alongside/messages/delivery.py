"""How one message leaves: it is claimed, sent while nothing is locked, and what came of it is written down.

The gate is asked inside the claim, a moment before sending. No transaction is open while another machine is waited for: a mail
server that hangs keeps nobody out. This is the only place that calls a sender (a contract and a fitness test hold it).

Source: trust.md C12, C27, P5, T17; ADR 0016.
"""

from __future__ import annotations

from datetime import datetime

from alongside.connections.sending import NotSent
from alongside.messages.commands import claim_message, count_try, mark_sent, note_what_became
from alongside.messages.models import Message
from alongside.messages.queries import message_in_hand
from alongside.messages.senders import Senders
from alongside.vocabulary.actor import Actor


def deliver(
    *, actor: Actor, at: datetime, message_id: int, senders: Senders, address: str, down: set[str] | None = None
) -> Message:
    """Send one message now, if the gate still lets it through at this moment (T17, H08).

    In:       `down` takes up the channel when its other side turns out not to be well.
    Refuses:  nothing: what cannot be sent is kept as stopped or failed, and becomes a task for the holder, or for whoever asks
              a partner (word back to a referrer becomes none).
    Also:     whoever is killed in the middle leaves a claim that runs out; then the other side is asked whether it has the
              message, or, where it cannot be asked, somebody is told that it may have left.
    """
    can_be_asked = {channel: one.can_be_asked for channel, one in senders.items()}
    parcel = claim_message(actor=actor, at=at, message_id=message_id, can_be_asked=can_be_asked, address=address)
    if parcel is None:
        return message_in_hand(message_id)
    sender = senders[parcel.channel]
    try:
        number = sender.send(to=parcel.to, subject=parcel.subject, body=parcel.body, key=parcel.key, again=parcel.again)
    except NotSent as no:
        for_good, code = no.for_good, no.code
        if no.is_outage and down is not None:
            down.add(parcel.channel)
        if no.perhaps and not sender.can_be_asked:
            for_good, code = True, "perhaps_sent"
        return count_try(actor=actor, at=at, message_id=message_id, code=code, for_good=for_good, is_outage=no.is_outage)
    return mark_sent(actor=actor, at=at, message_id=message_id, outside_id=number)


def follow(*, actor: Actor, at: datetime, message: Message, senders: Senders) -> bool:
    """Ask the other side what became of one message that it took; give whether it answered.

    Empty:    nothing is asked of a sender that cannot say.
    """
    sender = senders.get(message.channel)
    ask = getattr(sender, "became_of", None)
    try:
        status = ask(message.outside_id) if ask else "not_known"
    except NotSent as no:
        if not no.for_good:
            return False
        status = no.code if no.code == "not_known" else "technical-failure"
    note_what_became(actor=actor, at=at, message_id=message.pk, status=status)
    return True
