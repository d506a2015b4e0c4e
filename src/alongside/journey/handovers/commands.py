"""Writes of introductions: who has whom in hand is never in doubt, and never nobody (promise 4)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, open_relationship
from alongside.access.policy import check_is_part_or_system, visible_to
from alongside.design.words import day
from alongside.hubs.models import Team
from alongside.hubs.queries import local_date, next_working_day, standard
from alongside.journal.command import command, note
from alongside.journey.directory.commands import suggest_correction
from alongside.journey.directory.models import Service
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.policies import (
    check_can_accept,
    check_can_confirm_met,
    check_can_introduce,
    check_can_say_met,
    check_can_write_met_down,
    check_receives,
)
from alongside.journey.handovers.queries import (
    giver_near,
    lock_by_link,
    lock_handover,
    still_to_be_met,
    waiting_for_an_answer,
)
from alongside.journey.handovers.rules import may_answer, may_meet, meets_by, settled_is_asked_on
from alongside.members.commands import create_call_back, create_task, finish_in_passing, give_back, set_next_date, take_over
from alongside.members.models import Holding, Task
from alongside.messages.commands import ask_partner, send_message
from alongside.messages.models import Message
from alongside.messages.rules import Asked
from alongside.people.policies import check_is_alive
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.handover_answers import NOT_US
from alongside.vocabulary.reference import fingerprint, new_token
from alongside.writes import insert

CODE_TRIES = 5
UNANSWERED = "introduction_unanswered"
"""The task of whoever gave what nobody answers."""


class ChooseAReceiver(Invalid):
    code = "choose_a_receiver"
    message = _("Choose one team or one service to introduce them to.")


class ServiceIsClosed(Invalid):
    code = "service_closed"
    message = _("This service has closed. Choose another one.")


class PersonMustAgree(Invalid):
    code = "person_must_agree"
    message = _("Talk with the person first: an introduction needs their yes.")


class NotUsNeedsReason(Invalid):
    code = "not_us_needs_reason"
    message = _("Say why it is not you, so that the next one fits better.")


class SayWhen(Invalid):
    code = "say_when"
    message = _("Say when you meet them.")


class SayFromWhen(Invalid):
    code = "say_from_when"
    message = _("Say from when to ask you again.")


class DayHasPassed(Invalid):
    code = "day_has_passed"
    message = _("That day has passed. Write one that is today or still to come.")


class MetLater(Invalid):
    code = "met_later"
    message = _("That is still to come. Say it once you have met.")


class MetBefore(Invalid):
    code = "met_before"
    message = _("That was before the introduction was offered. Write when you met because of it.")


class CodeIsWrong(Invalid):
    code = "code_wrong"
    message = _("That code is not right. Check it with whoever sent you the link.")


class NotMetYet(Invalid):
    code = "not_met_yet"
    message = _("They have not met yet, so it cannot be settled.")


class SettledIsAskedLater(Invalid):
    code = "settled_is_asked_later"


@dataclass(frozen=True, slots=True)
class Offered:
    """An introduction just offered, with the one-time link and its code when the receiver has no account."""

    handover: Handover
    link_token: str = ""
    code: str = ""
    emailed_to: str = ""
    """Where the link goes by itself; empty when the giver is to pass it on."""


@command("handover.offered")
def introduce(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    words: str,
    to_team_id: int | None = None,
    to_service_id: int | None = None,
    need: str = "",
    agreed_to_share: str = "",
    person_agrees: bool = True,
    how_to_meet: str = "",
    joint_on: date | None = None,
) -> Offered:
    """Offer an introduction; the giver's side stays the holder, and the receiving side may see the person from now.

    Refuses:  ChooseAReceiver; ServiceIsClosed; PersonMustAgree; DayHasPassed for the joint date; TheyHaveDied.
    Also:     for a receiver without an account there is a one-time link and a code. The link goes to the service's e-mail
              address, where it has one, through the gate; the code never does: the giver passes it on another way.
    Source:   part F23; lists.md (Handovers); S1-17, S3-06.
    """
    check_can_introduce(actor, person_id, at=at)
    if not person_agrees:
        raise PersonMustAgree
    if joint_on and joint_on < local_date(at):
        raise DayHasPassed
    person = lock_person(person_id)
    check_is_alive(person)
    team_id, service = _receiver(person.hub_id, to_team_id, to_service_id)
    token, code = ("", "") if team_id else _new_link()
    goes_to = service.email if token and service else ""
    message = _email_link(actor, at, person_id, service, goes_to, token)
    made = insert(
        Handover(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            offered_at=at,
            offered_by_id=actor.hat,
            to_team_id=team_id,
            to_service=service,
            need=need,
            words=words,
            agreed_to_share=agreed_to_share,
            how_to_meet=how_to_meet,
            joint_on=joint_on,
            answer_by=next_working_day(person.hub_id, local_date(at), after=standard(person.hub_id, "handover_answer")),
            link_fingerprint=fingerprint(token) if token else None,
            code_fingerprint=fingerprint(code) if code else "",
            link_message=message,
        )
    )
    if team_id:
        open_relationship(
            actor=actor,
            at=at,
            hub_id=person.hub_id,
            person_id=person_id,
            kind="receiving",
            because=("handover", made.pk),
            team_id=team_id,
        )
    note(person_id=person_id, handover=made.public_id, team=team_id, service=service.public_id if service else None)
    return Offered(made, token, code, goes_to if message else "")


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
) -> Handover:
    """Answer by the one-time link and its code, without an account.

    Refuses:  CodeIsWrong (five tries, then the link is dead); NotFound for an unknown link; AlreadyDone for a used one.
    """
    handover = _lock_with_code(token, code)
    return _answer(actor, at, handover, answer, meet_on, until, reason, words, how="link", by_name=by_name)


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


@command("handover.introduced")
def write_down_introduction(*, actor: Actor, at: datetime, handover_id: UUID) -> Handover:
    """Write down that giver, receiver and person have spoken together."""
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    if not may_meet(handover.facts):
        raise AlreadyDone
    handover.introduced_at, handover.introduced_by_id = at, actor.hat_id
    handover.save(update_fields=["introduced_at", "introduced_by"])
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.met")
def meet(
    *, actor: Actor, at: datetime, handover_id: UUID, met_at: datetime | None = None, next_on: date | None = None
) -> Handover:
    """Take down, from the receiver's first attended contact, that the two have met: from now on the receiver holds.

    In:       when they met; this moment without it.
    Refuses:  SaidByWhoMeets for everybody but the receiver; AlreadyDone when it was said before, or was never accepted;
              MetLater, MetBefore for a moment that cannot be.
    Also:     the giver keeps sight until settled and 28 days; "is it settled?" is asked after 14 days.
    Source:   lists.md (Handovers: met is the receiver's first attended contact, and moves the holding); S3-06.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    _check_may_have_met(handover, met_at or at, at)
    check_can_say_met(actor, handover, at=at)
    # When the giver wrote their yes down, or who said yes has left, the one who meets the person is the one who receives.
    handover.accepted_by_id = actor.hat
    _met(actor, at, handover, met_at=met_at or at, how="account")
    open_relationship(
        actor=actor,
        at=at,
        hub_id=handover.hub_id,
        person_id=handover.person_id,
        kind="giving",
        because=("handover", handover.pk),
        hat_id=handover.offered_by_id,
    )
    take_over(actor=actor, at=at, person_id=handover.person_id, why="met", to_hat_id=handover.accepted_by_id, next_on=next_on)
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.met_by_link")
def meet_by_link(*, actor: Actor, at: datetime, token: str, code: str, by_name: str, met_at: datetime) -> Handover:
    """Take down from a partner without an account, by the same link and code, that they have met the person.

    Refuses:  CodeIsWrong; NotFound; AlreadyDone; MetLater; MetBefore.
    Also:     a partner outside the hub's teams never becomes the holder: the hub's own holder stays.
    """
    handover = _lock_with_code(token, code)
    _check_may_have_met(handover, met_at, at)
    return _met(actor, at, handover, met_at=met_at, how="link", by_name=by_name)


@command("handover.met_written_down")
def write_down_met(*, actor: Actor, at: datetime, handover_id: UUID, by_name: str, met_at: datetime) -> Handover:
    """Write down, as the giver, that a partner without an account has met the person, as somebody told; it is marked so.

    Refuses:  SaidByWhoMeets for a team with accounts here; AlreadyDone; MetLater; MetBefore.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    _check_may_have_met(handover, met_at, at)
    check_can_write_met_down(handover)
    return _met(actor, at, handover, met_at=met_at, how="written", by_name=by_name)


@command("handover.met_confirmed")
def confirm_met(*, actor: Actor, at: datetime, handover_id: UUID | None = None, person_id: int | None = None) -> Handover:
    """Confirm, as the giver or the person, that the two have met.

    Refuses:  AlreadyDone when it was confirmed before or is not met; SaidByAnother to whoever said it.
    """
    handover = _lock_met(actor, at, handover_id, person_id)
    check_can_confirm_met(actor, handover)
    if handover.confirmed_at:
        raise AlreadyDone
    handover.confirmed_at, handover.confirmed_by_id = at, actor.hat_id
    handover.save(update_fields=["confirmed_at", "confirmed_by"])
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.not_met")
def say_we_have_not_met(*, actor: Actor, at: datetime, handover_id: UUID | None = None, person_id: int | None = None) -> Handover:
    """Say, as the giver or the person, that the two have not met: the holding moves back to where it was."""
    handover = _lock_met(actor, at, handover_id, person_id)
    before = handover.giver_holding
    handover.met_at, handover.met_how, handover.met_by_name, handover.giver_holding = None, "", "", None
    handover.confirmed_at, handover.confirmed_by_id = None, None
    handover.disputed_at, handover.disputed_by_kind, handover.disputed_by_id = at, actor.kind, actor.hat_id
    handover.save()
    if handover.accepted_by_id and before is not None:
        give_back(actor=actor, at=at, person_id=handover.person_id, why="not_met", holding_id=before.pk)
    create_call_back(actor=actor, at=at, person_id=handover.person_id, what="not_met")
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.settled")
def settle(*, actor: Actor, at: datetime, handover_id: UUID) -> Handover:
    """Say that the two go on well together; the giver's sight ends 28 days later.

    Refuses:  NotMetYet; AlreadyDone; SettledIsAskedLater in the first 14 days after they met (a standard of the hub).
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    if not handover.met_at:
        raise NotMetYet
    if handover.settled_at:
        raise AlreadyDone
    asked_on = settled_is_asked_on(local_date(handover.met_at), standard(handover.hub_id, "settle"))
    if local_date(at) < asked_on:
        raise SettledIsAskedLater(gettext("Whether it is settled is asked from %(day)s.") % {"day": day(asked_on)})
    handover.settled_at, handover.settled_by_id = at, actor.hat_id
    handover.save(update_fields=["settled_at", "settled_by"])
    until = at + timedelta(days=standard(handover.hub_id, "sight_after_settled"))
    end_relationships(actor=actor, at=at, person_id=handover.person_id, because=("handover", handover.pk), until_at=until)
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.link_renewed")
def renew_link(*, actor: Actor, at: datetime, handover_id: UUID) -> Offered:
    """Make a new one-time link and code for a receiver without an account; the ones before stop at once.

    Refuses:  AlreadyDone when a team with accounts was asked, or when nothing is left to say by link.
    Also:     the new link is e-mailed like the first while an answer is waited for; not to an address at which the last one
              did not arrive.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    if handover.to_team_id or not (may_answer(handover.facts) or may_meet(handover.facts)):
        raise AlreadyDone
    token, code = _new_link()
    goes_to = handover.link_goes_to
    if not handover.link_did_not_arrive:
        handover.link_message = _email_link(actor, at, handover.person_id, handover.to_service, goes_to, token)
    handover.link_fingerprint, handover.code_fingerprint, handover.code_tries = fingerprint(token), fingerprint(code), 0
    handover.save(update_fields=["link_fingerprint", "code_fingerprint", "code_tries", "link_message"])
    note(person_id=handover.person_id, handover=handover.public_id)
    return Offered(handover, token, code, goes_to if handover.link_message else "")


@command("handover.risen")
def raise_unanswered(*, actor: Actor, at: datetime, handover_id: int) -> Handover | None:
    """Raise an introduction that waits too long to the giver, once a day; it never ends by itself.

    Also:     whoever holds the person is asked when the giver has left or may not see them any more. While the call-back of
              an earlier day stands open there is no second one: it says for how long, and leads see it beside
              (`queries.late_answers_at`). The ward hears of it when there is one, with a later issue.
    Source:   lists.md (Handovers).
    """
    handover = Handover.objects.select_for_update(of=("self",)).select_related("person").get(pk=handover_id)
    if not may_answer(handover.facts) or (handover.risen_at and local_date(handover.risen_at) == local_date(at)):
        return None
    handover.risen_at = at
    handover.save(update_fields=["risen_at"])
    giver, person_id = giver_near(handover, at), handover.person_id
    asked = Task.objects.filter(person_id=person_id, what=UNANSWERED, done_at__isnull=True)
    if not (asked.filter(hat_id=giver) if giver else asked).exists():
        create_call_back(actor=actor, at=at, person_id=person_id, what=UNANSWERED, due_on=local_date(at), hat_id=giver)
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.receivers_let_go")
def let_receivers_go(*, actor: Actor, at: datetime, person_id: int) -> int:
    """End, after 28 days, the sight of teams to whom somebody was being introduced who has died; nothing else is written:
    that the introductions have ended is derived from the death.

    Source:   trust.md C03 (the receiving side sees until settled and 28 days).
    """
    check_is_part_or_system(actor)
    found = still_to_be_met(person_id)
    for one in found:
        until = at + timedelta(days=standard(one.hub_id, "sight_after_settled"))
        end_relationships(actor=actor, at=at, person_id=person_id, because=("handover", one.pk), until_at=until)
    note(person_id=person_id, ended=len(found))
    return len(found)


@command("handover.receivers_see_again")
def let_receivers_see_again(*, actor: Actor, at: datetime, person_id: int) -> int:
    """Open the sight of those teams again, because the death was written down by mistake."""
    check_is_part_or_system(actor)
    found = still_to_be_met(person_id)
    for one in found:
        open_relationship(
            actor=actor,
            at=at,
            hub_id=one.hub_id,
            person_id=person_id,
            kind="receiving",
            because=("handover", one.pk),
            team_id=one.to_team_id,
        )
    note(person_id=person_id, opened=len(found))
    return len(found)


@command("signpost.given")
def signpost(
    *, actor: Actor, at: datetime, person_id: int, service_id: int, need: str = "", ask_on: date | None = None
) -> Signpost:
    """Tell somebody of a service, and write down when to ask how it went; it stays open until its result is known."""
    check_can_introduce(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    _team, service = _receiver(person.hub_id, None, service_id)
    if service is None:
        raise ChooseAReceiver
    made = insert(
        Signpost(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            service=service,
            need=need,
            given_at=at,
            given_by_id=actor.hat,
            ask_on=ask_on or local_date(at) + timedelta(days=14),
        )
    )
    note(person_id=person_id, signpost=made.public_id, service=made.service_id)
    return made


@command("signpost.result")
def write_down_result(*, actor: Actor, at: datetime, signpost_id: UUID, result: str) -> Signpost:
    """Write down how a signpost went; "not for them" makes a task to find something else."""
    found = visible_to(actor, Signpost.objects.select_for_update(of=("self",)).filter(public_id=signpost_id), at=at).first()
    if found is None:
        raise NotFound
    if found.result:
        raise AlreadyDone
    found.result, found.result_at, found.result_by_id = result, at, actor.hat_id
    found.save(update_fields=["result", "result_at", "result_by"])
    if result == "not_for_them":
        create_task(
            actor=actor, at=at, person_id=found.person_id, what="offer_next_fit", due_on=local_date(at) + timedelta(days=3)
        )
    note(person_id=found.person_id, signpost=found.public_id, result=result)
    return found


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


def _check_may_have_met(handover: Handover, met_at: datetime, at: datetime) -> None:
    if not may_meet(handover.facts):
        raise AlreadyDone
    if met_at > at:
        raise MetLater
    if met_at < _to_the_minute(handover.offered_at):
        raise MetBefore


def _to_the_minute(moment: datetime) -> datetime:
    """Cut a moment as people write one: nobody is told that they met seconds too early."""
    return moment.replace(second=0, microsecond=0)


def _met(actor: Actor, at: datetime, handover: Handover, *, met_at: datetime, how: str, by_name: str = "") -> Handover:
    handover.giver_holding = Holding.objects.get(open_for=handover.person_id)
    handover.met_at, handover.met_how, handover.met_by_name = max(met_at, handover.offered_at), how, by_name[:160]
    handover.met_written_by_id = actor.hat_id
    handover.save()
    create_task(
        actor=actor,
        at=at,
        person_id=handover.person_id,
        what="ask_if_settled",
        due_on=settled_is_asked_on(local_date(met_at), standard(handover.hub_id, "settle")),
    )
    note(person_id=handover.person_id, handover=handover.public_id, how=how)
    return handover


def _lock_met(actor: Actor, at: datetime, handover_id: UUID | None, person_id: int | None) -> Handover:
    """Lock what a worker names, or the newest that a person's own link is about, when it is met and not settled."""
    if actor.is_worker and handover_id is not None:
        handover = lock_handover(actor, handover_id, at=at)
        check_can_introduce(actor, handover.person_id, at=at)
    else:
        met = Handover.objects.select_for_update(of=("self",)).filter(person_id=person_id or 0, met_at__isnull=False)
        newest = met.filter(settled_at__isnull=True).order_by("-met_at").first()
        if newest is None:
            raise NotFound
        handover = newest
    if not handover.met_at or handover.settled_at:
        raise AlreadyDone
    return handover


def _lock_with_code(token: str, code: str) -> Handover:
    handover = lock_by_link(token)
    if handover.code_tries >= CODE_TRIES or fingerprint(code.strip()) != handover.code_fingerprint:
        raise CodeIsWrong
    return handover


def _email_link(actor: Actor, at: datetime, person_id: int, service: Service | None, to: str, token: str) -> Message | None:
    """Ask for the e-mail with the link; None when there is no address for it, or the gate stops it: then it goes by hand."""
    if service is None or not to:
        return None
    asked = Asked(agreed=True, is_open=service.closed_at is None)
    message = ask_partner(actor=actor, at=at, person_id=person_id, to=to, asked=asked, path=f"/answer/{token}/")
    return None if message.stopped_at else message


def _new_link() -> tuple[str, str]:
    return new_token(), f"{secrets.randbelow(10**6):06d}"


def _receiver(hub_id: int, team_id: int | None, service_id: int | None) -> tuple[int | None, Service | None]:
    service = Service.objects.filter(pk=service_id, hub_id=hub_id).first() if service_id else None
    if service is not None:
        if service.closed_at:
            raise ServiceIsClosed
        return service.team_id, service
    if team_id and Team.objects.filter(pk=team_id, hub_id=hub_id, ended_at__isnull=True).exists():
        return team_id, None
    raise ChooseAReceiver
