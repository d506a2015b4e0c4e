# For workers only.
"""Saying who is meant by what somebody wrote, when asked whom to keep away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.forms import SettleExclusion
from alongside.access.pages import SettlePage
from alongside.access.queries import get_exclusion, workers_to_choose_from
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.hubs.queries import teams_in_hub
from alongside.refusals import Invalid
from alongside.safety import commands, queries
from alongside.vocabulary.clock import now


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Request, exclusion_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    found = get_exclusion(actor, exclusion_id, at=at)
    workers, ticked = workers_to_choose_from(found)
    choices = {
        "workers": workers,
        "teams": [(str(team.pk), team.name) for team in teams_in_hub(actor)],
        "organisations": queries.partners(actor, at),
    }
    form = SettleExclusion(request.POST if request.method == "POST" else None, choices=choices, initial={"workers": ticked})
    if request.method == "POST" and form.is_valid():
        meant = {name: [int(key) for key in form.cleaned_data[name]] for name in choices}
        try:
            commands.settle_who_is_meant(
                actor=actor,
                at=at,
                exclusion_id=found.pk,
                worker_ids=meant["workers"],
                team_ids=meant["teams"],
                organisation_ids=meant["organisations"],
            )
            return redirect("access:exclusions")
        except Invalid as refusal:
            form.add_error("teams", str(refusal))
    page = SettlePage(
        title=_("Who is meant?"),
        form=form,
        words=found.words,
        name=found.person.chosen_name,
        back_to=reverse("access:exclusions"),
        people_shown=(found.person_id,),
    )
    return show(request, page)
