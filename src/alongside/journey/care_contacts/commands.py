"""Writing in the contact log: two taps and a line, and the next date each time."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.care_contacts.policies import check_can_log_contact
from alongside.journey.care_contacts.rules import answers_an_invitation, becomes_call_back
from alongside.journey.handovers.commands import meet
from alongside.journey.handovers.queries import accepted_for
from alongside.members.commands import answer_invitations, create_call_back, create_task, set_next_date
from alongside.members.models import Membership
from alongside.people.policies import check_is_alive
from alongside.people.queries import lock_person, may_leave_voicemail
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class SayHowYouMet(Invalid):
    code = "say_how_you_met"
    message = _("Say how you met: in person, by telephone, by video or by text.")


class VoicemailNotAllowed(Invalid):
    code = "voicemail_not_allowed"
    message = _(
        "No voicemail may be left for this person: they have no telephone, or asked for none. Choose what happened instead."
    )


class MetInTheFuture(Invalid):
    code = "met_in_the_future"
    message = _("That is still to come. Write it down once it has happened.")


class NextDateNeeded(Invalid):
    code = "next_date_needed"
    message = _("Give a next date, so that nobody is lost.")


@command("contact.logged")
def log_contact(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    outcome: str,
    mode: str = "",
    words: str = "",
    came_along: str = "",
    next_on: date | None = None,
    next_what: str = "",
    when: datetime | None = None,
) -> CareContact:
    """Write down that somebody was tried, met or missed, and when we are next in touch.

    In:       `when` it happened; this moment without it.
    Refuses:  SayHowYouMet; MetInTheFuture; NextDateNeeded while the person is an active member; VoicemailNotAllowed where
              no way to reach them allows one; TheyHaveDied.
    Also:     met, by the receiver of an accepted introduction, moves the holding to them; a missed meeting makes a
              call-back; a wrong number makes a task. Nothing here ends anything.
    Source:   part C13; lists.md (Contact log, Handovers); S0-19, S2-385.
    """
    check_can_log_contact(actor, person_id, at=at)
    if outcome == "met" and not mode:
        raise SayHowYouMet
    if outcome == "voicemail" and not may_leave_voicemail(person_id):
        raise VoicemailNotAllowed
    happened_at = when or at
    if happened_at > at:
        raise MetInTheFuture
    person = lock_person(person_id)
    check_is_alive(person)
    membership = Membership.objects.get(pk=person_id)
    if next_on is None and not membership.rest_reason:
        raise NextDateNeeded
    handover = accepted_for(actor, person_id, at=at) if outcome == "met" else None
    made = insert(
        CareContact(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            at=happened_at,
            hat_id=actor.hat_id,
            outcome=outcome,
            mode=mode if outcome == "met" else "",
            came_along=came_along,
            words=words,
            handover=handover,
        )
    )
    if outcome == "met":
        later = Q(last_contact_on__gt=local_date(happened_at))
        Membership.objects.filter(pk=person_id).exclude(later).update(last_contact_on=local_date(happened_at))
    if answers_an_invitation(outcome):
        answer_invitations(actor=actor, at=at, person_id=person_id)
    if handover:
        meet(actor=actor, at=at, handover_id=handover.public_id, met_at=happened_at, next_on=next_on)
    elif next_on:
        set_next_date(actor=actor, at=at, person_id=person_id, on=next_on, what=next_what)
    if becomes_call_back(outcome):
        create_call_back(actor=actor, at=at, person_id=person_id, what="missed_meeting")
    if outcome == "number_wrong":
        create_task(actor=actor, at=at, person_id=person_id, what="find_safe_way", due_on=local_date(at))
    note(person_id=person_id, contact=made.public_id, outcome=outcome, mode=mode, next_on=next_on)
    return made
