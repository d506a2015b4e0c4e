# For workers only.
"""Opening a record in an emergency, and its review; sharing for somebody's safety; people a worker knows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import policy
from alongside.access.commands import SayWhy, TellUsMore, end_override, review_glass, take_back_relation
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.access.step_up import require_step_up
from alongside.design.words import day, moment, short_day, words
from alongside.hubs.words import hat_words
from alongside.members.strip import strip_of
from alongside.people.queries import Traced
from alongside.refusals import Invalid
from alongside.safety import commands, forms, queries
from alongside.safety.codes import BASES, GLASS_REASONS, KNOWN_AS
from alongside.safety.pages import (
    EmergencyPage,
    GlassToReviewPage,
    PeopleIKnowPage,
    ReviewGlassPage,
    SafetyRow,
    ShareForSafetyPage,
    ShownRow,
    ShownToMePage,
)
from alongside.safety.rules import is_to_say_whom_they_know
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.text import first_line


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: Request) -> HttpResponse:
    policy.check_may(request.actor, "break_glass")
    require_step_up(request)
    form = forms.OpenInAnEmergency(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = Traced(given["name"], given["born_on"], given["nhs_number"], given["postcode"], given["phone"])
        try:
            opened = commands.open_in_an_emergency(
                actor=request.actor, at=now(), known=known, category=given["category"], reason=given["reason"]
            )
            return redirect("web:in-a-crisis", opened.person_id)
        except Invalid as refusal:
            form.add_error("reason" if isinstance(refusal, SayWhy) else "name", str(refusal))
    return show(request, EmergencyPage(title=_("Open a record in an emergency"), form=form))


@worker_page
@require_http_methods(["GET", "HEAD"])
def glass_to_review(request: Request) -> HttpResponse:
    rows = tuple(
        SafetyRow(
            f"{hat_words(one.hat)}: {words(GLASS_REASONS, one.category)}",
            _("%(when)s · review by %(day)s") % {"when": moment(one.from_at), "day": short_day(one.review_by)},
            reverse("safety:review-glass", args=[one.public_id]),
        )
        for one in queries.glass_to_review(request.actor, now())
    )
    return show(request, GlassToReviewPage(title=_("Opened in an emergency"), rows=rows))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, glass_id: UUID) -> HttpResponse:
    glass = queries.get_glass(request.actor, glass_id, now())
    form = forms.ReviewGlass(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review_glass(actor=request.actor, at=now(), glass_id=glass_id, finding=form.cleaned_data["finding"])
            return redirect("safety:glass-to-review")
        except Invalid as refusal:
            form.add_error("finding", str(refusal))
    page = ReviewGlassPage(
        title=_("Was it right to open it?"),
        form=form,
        who=hat_words(glass.hat),
        when=_("%(begins)s until %(ends)s") % {"begins": moment(glass.from_at), "ends": moment(glass.until_at)},
        why=words(GLASS_REASONS, glass.category),
        reason=glass.reason,
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def share_for_safety(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person, items = queries.items_to_share(actor, person_id)
    form = forms.ShareForSafety(
        request.POST or None,
        items=[(str(one.public_id), f"{day(one.at)}: {first_line(one.words, 80)}") for one in items],
        recipients=[(str(one.pk), hat_words(one)) for one in queries.colleagues(actor, person.pk, at)],
        initial={"until_on": today() + timedelta(days=28)},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.share_for_safety(
                actor=actor,
                at=at,
                person_id=person.pk,
                item=UUID(given["item"]),
                recipient_id=int(given["recipient"]),
                basis=given["basis"],
                reason=given["reason"],
                until_on=given["until_on"],
            )
            return redirect("safety:share-for-safety", person_id)
        except Invalid as refusal:
            field = {"say_why": "reason", "already_over": "until_on"}.get(refusal.code, "recipient")
            form.add_error(field, str(refusal))
    rows = tuple(
        SafetyRow(
            f"{hat_words(one.recipient)}: {words(BASES, one.basis)}",
            _("until the end of %(day)s") % {"day": day(one.until_at - timedelta(seconds=1))},
            end=reverse("safety:end-sharing", args=[person_id, one.public_id]),
        )
        for one in queries.overrides_of(actor, person.pk, at)
    )
    page = ShareForSafetyPage(
        title=_("Share for somebody's safety"), form=form, strip=strip_of(actor, person), rows=rows, people_shown=(person.pk,)
    )
    return show(request, page)


@worker_page
@require_POST
def end_sharing(request: Request, person_id: UUID, override_id: UUID) -> HttpResponse:
    person, _items = queries.items_to_share(request.actor, person_id)
    end_override(actor=request.actor, at=now(), person_id=person.pk, override_id=override_id)
    return redirect("safety:share-for-safety", person_id)


@worker_page
@require_http_methods(["GET", "HEAD"])
def shown_to_me(request: Request) -> HttpResponse:
    found = queries.shown_to_me(request.actor, now())
    rows = tuple(ShownRow(one.person.chosen_name, day(one.at), one.words) for one in found)
    page = ShownToMePage(
        title=_("Shown to me for somebody's safety"), rows=rows, people_shown=tuple(dict.fromkeys(one.person_id for one in found))
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def people_i_know(request: Request) -> HttpResponse:
    form = forms.SayWhomIKnow(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.declare_relation(actor=request.actor, at=now(), **form.cleaned_data)
            return redirect("safety:people-i-know")
        except TellUsMore as refusal:
            form.add_error("born_on", str(refusal))
    rows = tuple(
        SafetyRow(one.name, words(KNOWN_AS, one.kind), end=reverse("safety:no-longer-known", args=[one.public_id]))
        for one in queries.people_i_know(request.actor)
    )
    is_asked = is_to_say_whom_they_know(request.hat.said_whom_at if request.hat else None, now())
    return show(request, PeopleIKnowPage(title=_("People I know"), form=form, rows=rows, is_asked=is_asked))


@worker_page
@require_POST
def nobody_new(request: Request) -> HttpResponse:
    commands.say_nobody_new(actor=request.actor, at=now())
    return redirect("web:today")


@worker_page
@require_POST
def no_longer_known(request: Request, declared_id: UUID) -> HttpResponse:
    take_back_relation(actor=request.actor, at=now(), declared_id=declared_id)
    return redirect("safety:people-i-know")
