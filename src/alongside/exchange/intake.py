"""From received bytes to an answer, the same for a post and for a file: read, check, take, say what happened."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from alongside.exchange.commands import Answered, receive_message
from alongside.exchange.fhir.bars import read_loaded
from alongside.exchange.fhir.headers import read_end_user
from alongside.exchange.fhir.outcome import http_status, operation_outcome
from alongside.exchange.fhir.problems import Problem, UnreadableMessage
from alongside.exchange.fhir.received_text import decode, load
from alongside.exchange.fhir.structure import check_structure
from alongside.refusals import Conflict, NotFound, Refusal
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint

log = logging.getLogger("alongside.exchange")


def take_in(*, actor: Actor, at: datetime, content: bytes, address: str, end_user_header: str = "") -> Answered:
    """Read one message and take it; every anticipated no becomes an OperationOutcome with its HTTP status.

    In:       `address` is the hub's web address, named in the answer.
    Source:   issue parts D16 to D18; style.md (errors).
    """
    try:
        text, noticed = decode(content)
        value = load(text)
        end_user, more_noticed = read_end_user(end_user_header)
        message = replace(read_loaded(value, (*noticed, *more_noticed)), end_user=end_user)
        more = check_structure(value)
        answered = receive_message(
            actor=actor, at=at, message=message, text=text, content_fingerprint=fingerprint(content), address=address, more=more
        )
    except UnreadableMessage as unreadable:
        answered = Answered(http_status(unreadable.problems), operation_outcome(unreadable.problems), kind="unreadable")
    except Refusal as refusal:
        problem = _as_problem(refusal)
        answered = Answered(http_status([problem]), operation_outcome([problem]), kind="unanswered")
    log.info("message of client %s: %s, %s", actor.client_id, answered.kind, answered.status)
    return answered


def _as_problem(refusal: Refusal) -> Problem:
    """Say a refusal in the standard's codes."""
    if refusal.status == 503:
        return Problem("", "transient", str(refusal), "error")
    if isinstance(refusal, Conflict):
        return Problem("Bundle.id", "duplicate", str(refusal), "error")
    if isinstance(refusal, NotFound):
        return Problem("", "not-found", str(refusal), "error")
    return Problem("Bundle", "invalid", str(refusal), "error")
