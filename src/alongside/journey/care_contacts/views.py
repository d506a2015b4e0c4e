# For workers only.
"""The contact log, and the receiver's "we have met"."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.policy import require
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.hubs.queries import next_working_day
from alongside.journey.care_contacts import commands
from alongside.journey.care_contacts.forms import LogContact, WeHaveMet
from alongside.journey.care_contacts.pages import LogContactPage, WeHaveMetPage
from alongside.journey.care_contacts.policies import can_log_contact
from alongside.journey.handovers.queries import accepted_for, get_handover
from alongside.members.strip import strip_of
from alongside.people.queries import get_person, may_leave_voicemail
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today

AT_FIELD = {"say_how_you_met": "mode", "voicemail_not_allowed": "outcome", "met_in_the_future": "when", "met_before": "when"}
"""Which question a refusal stands beside; any other is about the next date."""


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def log_contact(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_log_contact(request.actor))
    form = LogContact(
        request.POST or None,
        voicemail_allowed=may_leave_voicemail(person.pk),
        initial={"next_on": _in_a_week(request.actor)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.log_contact(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
            return redirect("web:show-person", person_id)
        except Invalid as refusal:
            # What was typed stays on the page, with the sentence beside it.
            form.add_error(AT_FIELD.get(refusal.code, "next_on"), str(refusal))
    page = LogContactPage(title=_("Log a contact"), form=form, strip=strip_of(request.actor, person), people_shown=(person.pk,))
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def we_have_met(request: Request, handover_id: UUID) -> HttpResponse:
    handover = get_handover(request.actor, handover_id)
    if accepted_for(request.actor, handover.person_id, at=now()) != handover:
        raise NotFound
    person = handover.person
    form = WeHaveMet(request.POST or None, today=today(), initial={"when": now(), "next_on": _in_a_week(request.actor)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.log_contact(actor=request.actor, at=now(), person_id=person.pk, outcome="met", **form.cleaned_data)
            return redirect("web:show-person", person.public_id)
        except Invalid as refusal:
            form.add_error(AT_FIELD.get(refusal.code, "next_on"), str(refusal))
    page = WeHaveMetPage(title=_("We have met"), form=form, strip=strip_of(request.actor, person), people_shown=(person.pk,))
    return show(request, page)


def _in_a_week(actor: Actor) -> date:
    """Suggest a working day of the worker's own team."""
    return next_working_day(actor.hub, today() + timedelta(days=7), team_id=actor.team_ids[0] if actor.team_ids else None)
