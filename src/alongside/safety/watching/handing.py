"""Handing the end of the journal's chain to its witnesses, once an hour; the background worker does it."""

from __future__ import annotations

import logging
from datetime import datetime

from alongside.journal.sealing import standing
from alongside.messages.senders import Senders
from alongside.messages.witness import send_to_witness
from alongside.safety.watching.commands import head_was_handed
from alongside.safety.watching.queries import witnesses_due
from alongside.vocabulary.actor import Actor

log = logging.getLogger("alongside.work")


def hand_heads(at: datetime, by: Senders) -> int:
    """Hand the end of the chain to each witness whose hour has come; what did not leave is tried again the next round.

    It is sent first and written down then: a witness that is told twice knows no less. The log is told too, and is one witness more.
    """
    done = 0
    for one in witnesses_due(at):
        end = standing()
        if not end.number:
            break
        key = f"{one.public_id}-{end.number}"
        failed = send_to_witness(to=one.address, number=end.number, hashed=end.hash, welsh=one.welsh, key=key, by=by)
        if failed:
            log.error("witness: %s; tried again", failed)
            continue
        who = Actor.system("witness", one.hub_id)
        head_was_handed(actor=who, at=at, witness_id=one.public_id, number=end.number, hashed=end.hash)
        log.info("journal: the chain ends at %s:%s", end.number, end.hash)
        done += 1
    return done
