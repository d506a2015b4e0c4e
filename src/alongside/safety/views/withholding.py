# For workers only.
"""What the person themselves is not shown: decided by a worker, with a reason and a day to look again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.commands import ReviewWithinAYear
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, words
from alongside.hubs.words import hat_words
from alongside.members.strip import strip_of
from alongside.people.queries import get_person
from alongside.safety import commands, forms, queries
from alongside.safety.codes import WHY_WITHHELD
from alongside.safety.pages import KeptFromThemPage
from alongside.safety.policies import check_can_withhold
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def keep_from_them(request: Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_withhold(actor, person.pk, at=at)
    found = queries.kept_from_them(actor, person.pk, item_id, at)
    form = forms.KeepFromThem(request.POST or None, today=today(), initial={"review_on": today() + timedelta(days=180)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.withhold_from_person(actor=actor, at=at, person_id=person.pk, item=item_id, **form.cleaned_data)
            return redirect("safety:keep-from-them", person_id, item_id)
        except ReviewWithinAYear as refusal:
            form.add_error("review_on", str(refusal))
    page = KeptFromThemPage(
        title=_("What they are not shown"),
        form=None if found.withheld else form,
        strip=strip_of(actor, person),
        item_id=item_id,
        words=getattr(found.item, "words", ""),
        status=_status(found),
        is_withheld=found.withheld is not None,
        may_release=not found.is_shown and not found.item.third_party,
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_POST
def show_them(request: Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    commands.release_to_person(actor=request.actor, at=now(), person_id=person.pk, item=item_id)
    return redirect("safety:keep-from-them", person_id, item_id)


def _status(found: queries.KeptFromThem) -> str:
    kept = found.withheld
    if kept:
        return _("Kept from them since %(day)s by %(who)s: %(why)s. Look again by %(review)s.") % {
            "day": day(kept.from_at),
            "who": hat_words(kept.decided_by),
            "why": words(WHY_WITHHELD, kept.reason),
            "review": day(kept.review_on),
        }
    if found.item.third_party:
        return _("Words of somebody else: they are not shown them.")
    if found.item.label == "circle" and not found.is_shown:
        return _("Only for whoever was named: they are not shown it until somebody releases it to them.")
    return _("They are shown this when they read their record, or ask for a copy of it.")
