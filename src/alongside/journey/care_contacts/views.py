# For workers only.
"""The contact log."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.journey.care_contacts import commands
from alongside.journey.care_contacts.forms import LogContact
from alongside.journey.care_contacts.pages import LogContactPage
from alongside.members.strip import strip_of
from alongside.people.queries import get_person
from alongside.refusals import Invalid
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def log_contact(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    form = LogContact(request.POST or None, initial={"next_on": today() + timedelta(days=7)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.log_contact(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
            return redirect("web:show-person", person_id)
        except Invalid as refusal:
            # What was typed stays on the page, with the sentence beside it.
            form.add_error("mode" if refusal.code == "say_how_you_met" else "next_on", str(refusal))
    page = LogContactPage(title=_("Log a contact"), form=form, strip=strip_of(request.actor, person), people_shown=(person.pk,))
    return show(request, page)
