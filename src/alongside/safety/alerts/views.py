# For workers only.
"""Alerts: what everybody near somebody has to know at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.members.strip import strip_of
from alongside.people.policies import can_read_story, check_can_write_story
from alongside.people.queries import get_person
from alongside.refusals import Invalid
from alongside.safety.alerts import commands, forms, queries
from alongside.safety.alerts.pages import AlertsPage, EndAlertPage
from alongside.safety.alerts.rules import AT_FIRST, MOST
from alongside.vocabulary.clock import now, today

FIELD_OF = {"five_already": "instead", "alert_not_well": "words", "alert_too_long": "until_on", "cannot_own": "owner"}


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    if request.method == "POST":
        check_can_write_story(actor, person.pk, at=at)
    may_write = can_read_story(actor) and policy.has_relationship(actor, person.pk, at=at) and not person.has_died
    live = list(queries.alerts_of(actor, person.pk))
    shown = queries.shown(actor, live)
    form = None
    if may_write:
        owners = queries.choices_of_owners(actor, person.pk, at)
        form = forms.WriteAlert(
            request.POST if request.method == "POST" else None,
            owners=owners,
            five=[(str(one.alert_id), f"{one.kind}: {one.words} ({one.side})") for one in shown] if len(live) == MOST else [],
            initial={"until_on": today() + timedelta(days=AT_FIRST), "owner": owners[0][0] if owners else ""},
        )
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                commands.write_alert(
                    actor=actor,
                    at=at,
                    person_id=person.pk,
                    kind=given["kind"],
                    words=given["words"],
                    owner_id=int(given["owner"]),
                    until_on=given["until_on"],
                    label=given["label"],
                    instead_of=UUID(given["instead"]) if given.get("instead") else None,
                )
                return redirect("safety:alerts", person_id)
            except Invalid as refusal:
                field = FIELD_OF.get(refusal.code, "words")
                form.add_error(field if field in form.fields else "words", str(refusal))
    page = AlertsPage(
        title=_("Alerts"),
        form=form,
        strip=strip_of(actor, person),
        alerts=shown,
        may_end=tuple(
            reverse("safety:end-alert", args=[person_id, one.public_id]) if may_write and one.is_open else ""  # type: ignore[attr-defined]  # annotated by the read
            for one in live
        ),
        ended=tuple(queries.ended_alerts(actor, person.pk, at)),
        may_write=may_write,
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_alert(request: Request, person_id: UUID, alert_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    alert = queries.get_alert(actor, person.pk, alert_id)
    check_can_write_story(actor, person.pk, at=at)
    form = forms.EndAlert(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        commands.end_alert(actor=actor, at=at, person_id=person.pk, alert_id=alert_id, because=because)
        return redirect("safety:alerts", person_id)
    page = EndAlertPage(
        title=_("End this alert"),
        form=form,
        strip=strip_of(actor, person),
        alert=queries.shown(actor, [alert])[0],
        people_shown=(person.pk,),
    )
    return show(request, page)
