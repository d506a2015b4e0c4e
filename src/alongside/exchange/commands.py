"""Writes of what comes in by message: one command takes a message whole, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.exchange.fhir.arrivals import arrival_of
from alongside.exchange.fhir.message import Message
from alongside.exchange.fhir.outcome import http_status, not_spoken, operation_outcome
from alongside.exchange.fhir.problems import Problem
from alongside.exchange.fhir.response import response_message
from alongside.exchange.fhir.words import as_story
from alongside.exchange.queries import referral_about, standing_message
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.referrals.commands import (
    KeyUsedForSomethingElse,
    add_to_referral,
    receive_referral,
)
from alongside.journey.referrals.models import MessageReceived, Referral
from alongside.members.commands import create_call_back
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.urgency import raise_only
from alongside.writes import insert_later

_NOTHING_TO_TAKE_BACK = Problem(
    "MessageHeader.focus[0].reference",
    "not-found",
    "We know no request of yours under this address, so there is nothing to take back. Nothing was changed.",
    "error",
)


class NoHub(Invalid):
    """A message without a hub to go to."""

    code = "no_hub"
    message = _("There is no hub for this message.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the sender gets back, and the human reference when somebody was taken in."""

    status: int
    body: dict[str, Any]
    reference: str = ""
    kind: str = ""

    @property
    def was_taken(self) -> bool:
        return self.status == 200


@command("message.received")
def receive_message(
    *,
    actor: Actor,
    at: datetime,
    message: Message,
    text: str,
    content_fingerprint: str,
    address: str,
    more: tuple[Problem, ...] = (),
) -> Answered:
    """Take one message: somebody comes in, something is added, or a call-back is made; the text is kept whole beside it.

    In:       `more` are problems found by other checks, kept with the message.
    Out:      the same answer for the same message sent again, also at the same moment.
    Refuses:  KeyUsedForSomethingElse when the message's id came with other content; what `receive_referral` refuses.
    Also:     a request taken back makes a call-back for whoever holds the person, and never ends the holding; what we do
              not speak yet is kept and answered with the place and the reason.
    Source:   issue parts D16, D17, D18; trust.md P1, P3.
    """
    if actor.hub_id is None:
        raise NoHub
    key = _key(actor, message, content_fingerprint)
    standing = standing_message(key)
    if standing:
        return _again(standing, content_fingerprint)
    referral, problems = _act(actor, at, message, key, content_fingerprint)
    if referral is None:
        answered = Answered(http_status(problems), operation_outcome(problems), kind=message.kind)
        key = _set_aside(key, content_fingerprint)
    else:
        body = _response(message, referral, at, address, content_fingerprint)
        answered = Answered(200, body, referral.reference, message.kind)
    note(kind=message.kind, status=answered.status)
    if referral is not None or standing_message(key) is None:
        insert_later(
            MessageReceived(
                hub_id=actor.hub_id,
                client_id=actor.client_id,
                key=key,
                fingerprint=content_fingerprint,
                kind=message.kind,
                request_key=message.request.key[:100],
                received_at=at,
                text=text,
                problems=[one.as_facts() for one in (*problems, *more)],
                referral=referral,
                answer={"status": answered.status, "body": answered.body, "reference": answered.reference},
            )
        )
    return answered


def _act(
    actor: Actor, at: datetime, message: Message, key: str, content_fingerprint: str
) -> tuple[Referral | None, tuple[Problem, ...]]:
    """Do what the message asks; give the referral it is about, or why it was not taken."""
    unspoken = not_spoken(message)
    if unspoken or message.stopping_problems:
        return None, (unspoken, *message.problems) if unspoken else message.problems
    known = referral_about(actor, message.request.key) if message.kind in ("update", "revocation") else None
    system = Actor.system("message", actor.hub_id)
    if message.kind == "revocation":
        if known is None:
            return None, (_NOTHING_TO_TAKE_BACK, *message.problems)
        create_call_back(actor=system, at=at, person_id=known.person_id, what="revoked")
    elif known is not None:
        _tell_more(system, at, known, message)
    else:
        arrival = arrival_of(message)
        received = receive_referral(
            actor=actor, at=at, hub_id=actor.hub_id or 0, arrival=arrival, key=key, content_fingerprint=content_fingerprint
        )
        known = received.referral
    note(
        person_id=known.person_id,
        author_organisation_id=known.author_organisation_id,
        label=known.label,
        referral=known.public_id,
    )
    return known, message.problems


def _response(message: Message, referral: Referral, at: datetime, address: str, content_fingerprint: str) -> dict[str, Any]:
    organisation = referral.team.organisation
    return response_message(
        message,
        message_id=message.message_id or content_fingerprint,
        reference=referral.reference,
        at=at,
        held_by=f"{referral.team.name}, {organisation.name}",
        held_by_ods=organisation.ods_code or "",
        address=address,
    )


def _tell_more(system: Actor, at: datetime, known: Referral, message: Message) -> None:
    """Add what the sender says now to the story, and have whoever holds the person read it; worse news today."""
    is_worse = raise_only(known.urgency, message.request.urgency) != known.urgency
    words = as_story(message.said)
    if words:
        add_to_referral(actor=system, at=at, referral=known, words=words, worse=is_worse)
    if not (words and is_worse):
        due = local_date(at) if is_worse else None
        create_call_back(actor=system, at=at, person_id=known.person_id, what="told_more", due_on=due)


def _again(standing: MessageReceived, content_fingerprint: str) -> Answered:
    if standing.fingerprint != content_fingerprint:
        raise KeyUsedForSomethingElse
    answer = standing.answer
    return Answered(answer["status"], answer["body"], answer["reference"], standing.kind)


def _key(actor: Actor, message: Message, content_fingerprint: str) -> str:
    """Name the message among all: whose it is and what they call it; without an id, by its content."""
    sender = actor.client_id or "file"
    return f"message:{actor.hub_id}:{sender}:{message.message_id or content_fingerprint}"


def _set_aside(key: str, content_fingerprint: str) -> str:
    """Name a message that was not taken, so that it may come again, corrected, under its own id."""
    return f"{key}:{content_fingerprint[:16]}"
