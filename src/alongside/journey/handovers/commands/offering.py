"""Writes of offering somebody: introduced to a team or a service, by account or by a one-time link, and asked again when nobody answers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, open_relationship
from alongside.access.policy import check_is_part_or_system
from alongside.hubs.models import Team
from alongside.hubs.queries import local_date, next_working_day, standard
from alongside.journal.command import command, note
from alongside.journey.directory.commands import note_bounce
from alongside.journey.directory.models import Service
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.policies import (
    check_can_introduce,
)
from alongside.journey.handovers.queries import (
    giver_near,
    lock_handover,
    still_to_be_met,
)
from alongside.journey.handovers.rules import may_answer, may_meet
from alongside.members.commands import create_call_back
from alongside.members.models import Task
from alongside.messages.commands import ask_partner
from alongside.messages.models import Message
from alongside.messages.rules import Asked
from alongside.people.policies import check_is_alive
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint, new_token
from alongside.writes import insert

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


class DayHasPassed(Invalid):
    code = "day_has_passed"
    message = _("That day has passed. Write one that is today or still to come.")


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
    shown: Sequence[int] = (),
    wishes: Sequence[str] = (),
    agreed_to_share: str = "",
    person_agrees: bool = True,
    how_to_meet: str = "",
    joint_on: date | None = None,
) -> Offered:
    """Offer an introduction; the giver's side stays the holder, and the receiving side may see the person from now.

    In:       `shown`, the keys of the services that were shown for this need when it was chosen, and `wishes`, codes of what was
              wished for: kept with it.
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
            shown=list(shown),
            wishes=list(wishes),
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
    if handover.to_service_id:
        note_bounce(actor=actor, at=at, service_id=handover.to_service_id, kind="unanswered", because=handover.public_id)
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
