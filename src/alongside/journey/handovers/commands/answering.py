"""Writes of an answer: by account, by link, or written down by the giver; "not us" leaves the person with the giver."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships
from alongside.hubs.queries import local_date, standard
from alongside.journal.command import command, note
from alongside.journey.directory.commands import hear_from_service, note_bounce, note_unmet_need, say_room, suggest_correction
from alongside.journey.handovers.commands.offering import UNANSWERED, DayHasPassed
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.policies import (
    check_can_accept,
    check_can_introduce,
    check_receives,
)
from alongside.journey.handovers.queries import (
    lock_by_link,
    lock_handover,
    waiting_for_an_answer,
)
from alongside.journey.handovers.rules import may_answer, meets_by
from alongside.members.commands import create_task, finish_in_passing, set_next_date
from alongside.messages.commands import send_message
from alongside.people.policies import check_is_alive
from alongside.refusals import AlreadyDone, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.handover_answers import NOT_US
from alongside.vocabulary.reference import fingerprint

CODE_TRIES = 5


class NotUsNeedsReason(Invalid):
    code = "not_us_needs_reason"
    message = _("Say why it is not you, so that the next one fits better.")


class SayWhen(Invalid):
    code = "say_when"
    message = _("Say when you meet them.")


class SayFromWhen(Invalid):
    code = "say_from_when"
    message = _("Say from when to ask you again.")


class CodeIsWrong(Invalid):
    code = "code_wrong"
    message = _("That code is not right. Check it with whoever sent you the link.")


@command("handover.answered")
def answer(
    *,
    actor: Actor,
    at: datetime,
    handover_id: UUID,
    answer: str,
    meet_on: date | None = None,
    until: date | None = None,
    reason: str = "",
    words: str = "",
) -> Handover:
    """Answer an introduction as the receiver: yes and when, yes after a talk, not now until, or not us because.

    Refuses:  AlreadyDone when a colleague was quicker; SayWhen; SayFromWhen; DayHasPassed; NotUsNeedsReason.
    Also:     "not us" leaves the person with the giver and makes a task to offer the next fit; "full" and "closed" are
              reported to whoever keeps the entry, which stays as it is.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_is_alive(handover.person)
    check_can_accept(actor, handover) if answer in ("yes", "after_talk") else check_receives(actor, handover)
    return _answer(actor, at, handover, answer, meet_on, until, reason, words, how="account", by_name="")


@command("handover.answered_by_link")
def answer_by_link(
    *,
    actor: Actor,
    at: datetime,
    token: str,
    code: str,
    by_name: str,
    answer: str,
    meet_on: date | None = None,
    until: date | None = None,
    reason: str = "",
    words: str = "",
    room: str = "",
) -> Handover:
    """Answer by the one-time link and its code, without an account.

    In:       `room`, when they said it: in how many weeks they can take people, or "full".
    Refuses:  CodeIsWrong (five tries, then the link is dead); NotFound for an unknown link; AlreadyDone for a used one.
    """
    handover = _lock_with_code(token, code)
    answered = _answer(actor, at, handover, answer, meet_on, until, reason, words, how="link", by_name=by_name)
    service = handover.to_service
    if service and room:
        say_room(
            actor=Actor.system("handovers", handover.hub_id),
            at=at,
            service_id=service.public_id,
            weeks=None if room == "full" else int(room),
            by_words=service.organisation_name or service.name,
        )
    return answered


@command("handover.code_tried")
def count_wrong_code(*, actor: Actor, at: datetime, token: str) -> int:
    """Count a wrong code, in a transaction of its own, so that guessing ends after five tries."""
    handover = lock_by_link(token)
    handover.code_tries += 1
    handover.save(update_fields=["code_tries"])
    note(person_id=handover.person_id, handover=handover.public_id, tries=handover.code_tries)
    return handover.code_tries


@command("handover.answer_written_down")
def write_down_answer(
    *,
    actor: Actor,
    at: datetime,
    handover_id: UUID,
    by_name: str,
    answer: str,
    meet_on: date | None = None,
    until: date | None = None,
    reason: str = "",
    words: str = "",
) -> Handover:
    """Write down, as the giver, what the receiver said; it is marked so."""
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    return _answer(actor, at, handover, answer, meet_on, until, reason, words, how="written", by_name=by_name)


def _answer(
    actor: Actor,
    at: datetime,
    handover: Handover,
    answer: str,
    meet_on: date | None,
    until: date | None,
    reason: str,
    words: str,
    *,
    how: str,
    by_name: str,
) -> Handover:
    if not may_answer(handover.facts):
        raise AlreadyDone
    # Only what belongs to the answer is kept: a day suggested under another one was not said.
    meet_on, until = meet_on if answer == "yes" else None, until if answer == "not_now" else None
    if answer == "yes" and meet_on is None:
        raise SayWhen
    if answer == "not_now" and until is None:
        raise SayFromWhen
    if (meet_on or until or local_date(at)) < local_date(at):
        raise DayHasPassed
    if answer == "not_us" and reason not in NOT_US:
        raise NotUsNeedsReason
    handover.answered_at, handover.answer, handover.answered_how = at, answer, how
    handover.answered_by_id, handover.answered_by_name = actor.hat_id, by_name[:160]
    handover.meet_on, handover.not_now_until = meet_on, until
    handover.not_us_reason, handover.not_us_words = (reason, words[:1000]) if answer == "not_us" else ("", "")
    if answer in ("yes", "after_talk"):
        handover.accepted_at, handover.meet_by = at, meets_by(meet_on, local_date(at))
        handover.accepted_by_id = actor.hat_id if how == "account" else None
    if answer == "not_now" and until:
        handover.answer_by = until
    handover.save()
    person_id = handover.person_id
    if not waiting_for_an_answer().filter(person_id=person_id, answer_by__lt=local_date(at)).exists():
        finish_in_passing(actor=actor, at=at, person_id=person_id, what=UNANSWERED)
    if answer == "not_us":
        end_relationships(actor=actor, at=at, person_id=person_id, because=("handover", handover.pk))
        create_task(
            actor=Actor.system("handovers", handover.hub_id),
            at=at,
            person_id=person_id,
            what="offer_next_fit",
            due_on=local_date(at) + timedelta(days=2),
        )
        _report(actor, at, handover)
        if handover.need:
            note_unmet_need(actor=actor, at=at, hub_id=handover.hub_id, need=handover.need, asked_by="bounce", missed=reason)
    _believe_the_entry(actor, at, handover)
    if answer == "yes" and meet_on:
        latest = min(meet_on, local_date(at) + timedelta(days=standard(handover.hub_id, "next_date_active")))
        set_next_date(
            actor=Actor.system("handovers", handover.hub_id),
            at=at,
            person_id=person_id,
            on=max(latest, local_date(at)),
            what="meet",
        )
        send_message(
            actor=Actor.system("handovers", handover.hub_id), at=at, person_id=person_id, template="introduced", purpose="news"
        )
    note(person_id=person_id, handover=handover.public_id, answer=answer, how=how, reason=reason)
    return handover


def _believe_the_entry(actor: Actor, at: datetime, handover: Handover) -> None:
    """Let the entry of a service be believed more or less by what it answered."""
    service, reason = handover.to_service, handover.not_us_reason
    if service and handover.answer != "not_us" and service.let_down:
        hear_from_service(actor=actor, at=at, service_id=service.pk)
    if service and reason in ("closed", "outside"):
        note_bounce(actor=actor, at=at, service_id=service.pk, kind=reason, because=handover.public_id)


def _report(actor: Actor, at: datetime, handover: Handover) -> None:
    """Tell whoever keeps the entry what a service said of itself; nobody is named, and the entry stays as it is."""
    said = {"full": gettext("It answered that it is full."), "closed": gettext("It answered that it has closed.")}
    if handover.to_service and handover.answered_how != "written" and handover.not_us_reason in said:
        suggest_correction(
            actor=actor,
            at=at,
            hub_id=handover.hub_id,
            service_id=handover.to_service.public_id,
            words=said[handover.not_us_reason],
        )


def _lock_with_code(token: str, code: str) -> Handover:
    handover = lock_by_link(token)
    if handover.code_tries >= CODE_TRIES or fingerprint(code.strip()) != handover.code_fingerprint:
        raise CodeIsWrong
    return handover
