"""Whoever keeps entries: what is to be confirmed, one entry confirmed, full or closed, and how well the shown waits held."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, short_day
from alongside.journey.directory import commands
from alongside.journey.directory.forms import CloseService, SayPlaces
from alongside.journey.directory.pages import (
    CloseServicePage,
    EntriesPage,
    EntryRow,
    SayPlacesPage,
    WaitsPage,
)
from alongside.journey.directory.policies import check_can_keep, check_can_say_room
from alongside.journey.directory.queries.editors import service_to_keep
from alongside.journey.directory.queries.entries import (
    Service,
    get_service,
)
from alongside.journey.directory.queries.flow import how_waits_held, place_words, weeks_words
from alongside.journey.directory.queries.keeping import PAGE as TO_CONFIRM
from alongside.journey.directory.queries.keeping import entries_to_confirm, instead_of
from alongside.journey.directory.rules import ROOM_WEEKS, warning
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from alongside.vocabulary.list_ends import page_after, read_end

CAN_TAKE: dict[str, int | None] = {**{f"in-{weeks}-weeks": weeks for weeks in ROOM_WEEKS}, "full": None}
"""What a service can say in one tap, as its address says it."""


@worker_page
@require_http_methods(["POST"])
def keep_service(request: Request, service_id: UUID, what: str) -> HttpResponse:
    if what == "confirm":
        commands.confirm_service(actor=request.actor, at=now(), service_id=service_id)
    elif what in CAN_TAKE:
        commands.say_room(actor=request.actor, at=now(), service_id=service_id, weeks=CAN_TAKE[what])
    elif what == "apart":
        commands.part_services(actor=request.actor, at=now(), service_id=service_id)
    else:
        raise NotFound
    return redirect(reverse("directory:show-service", args=[service_id]))


def can_take_choices() -> tuple[tuple[str, str], ...]:
    """Give what a service can say in one tap: the words, and how its address says it."""
    return tuple((_("We can take %(whom)s") % {"whom": weeks_words(weeks)}, what) for what, weeks in CAN_TAKE.items())


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def say_places(request: Request, service_id: UUID) -> HttpResponse:
    service = get_service(request.actor, service_id)
    check_can_say_room(request.actor, service)
    stands = {"in_all": service.places_in_all, "free": service.places_free}
    form = SayPlaces(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            commands.say_places(actor=request.actor, at=now(), service_id=service_id, **form.cleaned_data)
            return redirect("directory:show-service", service_id)
        except commands.MoreThanThereAre as refusal:
            form.add_error("free", str(refusal))
    page = SayPlacesPage(
        title=_("What is free now?"),
        form=form,
        service=service.name,
        service_id=service_id,
        said=place_words(service, now()),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def close_service(request: Request, service_id: UUID) -> HttpResponse:
    service = service_to_keep(request.actor, service_id)
    choices = [(str(one.public_id), one.name) for one in instead_of(request.actor, service)]
    form = CloseService(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        instead = form.cleaned_data["instead"]
        commands.close_service(
            actor=request.actor, at=now(), service_id=service_id, replaced_by=UUID(instead) if instead else None
        )
        return redirect("directory:show-service", service_id)
    title = _("This service has closed")
    return show(request, CloseServicePage(title=title, form=form, service=service.name, service_id=service_id))


@worker_page
def entries(request: Request) -> HttpResponse:
    check_can_keep(request.actor)
    found, at = entries_to_confirm(request.actor, after=read_end(request.GET.get("after", ""), datetime, int)), now()
    rows, more = found[:TO_CONFIRM], found[TO_CONFIRM:]
    page = EntriesPage(
        title=_("Entries to confirm"),
        rows=tuple(
            EntryRow(reverse("directory:keep-entry", args=[one.public_id]), one.name, _stands(one, at), _let_down(one))
            for one in rows
        ),
        next=page_after(rows[-1].fades_at or at, rows[-1].pk) if more else "",
    )
    return show(request, page)


@worker_page
def waits(request: Request) -> HttpResponse:
    check_can_keep(request.actor)
    found = how_waits_held(request.actor)
    page = WaitsPage(
        title=_("How well the shown waits held"),
        counted=day(found.at),
        in_all=_held_words(found.held, found.checked),
        rows=tuple((one.name, one.wait, _held_words(one.held, one.checked)) for one in found.rows),
    )
    return show(request, page)


def _held_words(held: int, checked: int) -> str:
    if not checked:
        return ""
    return _("%(held)s of %(checked)s, %(percent)s%%") % {
        "held": held,
        "checked": checked,
        "percent": round(100 * held / checked),
    }


def _stands(one: Service, at: datetime) -> str:
    if one.left_at:
        return _("offered to nobody since %(day)s") % {"day": short_day(one.left_at)}
    if warning(one.fades_at, at):
        return _("warns its readers since %(day)s") % {"day": short_day(one.fades_at)}
    return _("warns its readers from %(day)s") % {"day": short_day(one.fades_at)}


def _let_down(one: Service) -> str:
    if not one.let_down:
        return ""
    return ngettext("let somebody down once", "let somebody down %(count)s times", one.let_down) % {"count": one.let_down}
