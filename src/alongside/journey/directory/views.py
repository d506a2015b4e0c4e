"""Finding support, and keeping entries true."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, words
from alongside.journey.directory import commands
from alongside.journey.directory.codes import WARNING
from alongside.journey.directory.forms import FindSupport, SomethingWrong
from alongside.journey.directory.pages import FindSupportPage, ServicePage, ServiceRow
from alongside.journey.directory.policies import may_keep
from alongside.journey.directory.queries.entries import confirmed_by, get_service, locations_of, place_named
from alongside.journey.directory.queries.finding import Ending, Found, find_services
from alongside.journey.directory.rules import warning
from alongside.refusals import NotFound
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.text import first_line

CHIPS = ("mood_and_worry", "loneliness", "money_and_debt", "housing", "alcohol", "grief", "caring", "domestic_abuse")


@require_safe
def find_support(request: Request) -> HttpResponse:
    form = FindSupport(request.GET or None)
    given = form.cleaned_data if request.GET and form.is_valid() else {"words": "", "near": "", "need": "", "age": ""}
    place = place_named(given["near"])
    rows, go_on = find_services(
        request.actor,
        text=given["words"],
        need=given["need"],
        place=place,
        age=age_for_matching(None, given["age"], today()),
        after=_ending(request.GET.get("from", "")),
    )
    asked = {key: value for key, value in given.items() if value}
    page = FindSupportPage(
        title=_("Find support"),
        form=form,
        rows=tuple(_row(one) for one in rows),
        chips=tuple((words(NEEDS, need), f"?{urlencode({'need': need})}") for need in CHIPS),
        searched=bool(asked),
        next=f"?{urlencode({**asked, 'from': json.dumps(go_on)})}" if go_on else "",
        unknown_place=given["near"] if given["near"] and place is None else "",
    )
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def show_service(request: Request, service_id: UUID) -> HttpResponse:
    service = get_service(request.actor, service_id)
    form = SomethingWrong(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.suggest_correction(
            actor=request.actor, at=now(), hub_id=service.hub_id, service_id=service_id, words=form.cleaned_data["words"]
        )
        return redirect(f"{request.path}?thanks=yes")
    places = locations_of(service)
    facts = (
        (_("Who it is for"), service.for_whom or _ages(service.age_from, service.age_to)),
        (_("Where"), "\n".join(", ".join(part for part in (one.name, one.address, one.postcode) if part) for one in places)),
        (_("When"), service.when_next),
        (_("Cost"), service.cost),
        (_("How to start"), service.how_to_start),
        (_("Access"), service.accessibility),
        (_("Run by"), service.organisation.name if service.organisation else service.organisation_name),
    )
    warned = warning(service.confirmed_at, now())
    who = confirmed_by(service)
    page = ServicePage(
        title=service.name,
        form=form,
        service_id=service_id,
        about=service.description,
        facts=tuple((name, said) for name, said in facts if said),
        phones=tuple((number, said) for number, said in service.phones),
        email=service.email,
        url=service.url,
        source=f"{service.source}{', ' + service.licence if service.licence else ''}"
        if service.source != "hub"
        else _("this hub"),
        confirmed=_("confirmed on %(day)s by %(who)s") % {"day": day(service.confirmed_at), "who": who}
        if service.confirmed_at
        else "",
        warning=words(WARNING, warned),
        closed=service.closed_at is not None,
        may_keep=may_keep(request.actor),
        full=service.is_full,
        thanks="thanks" in request.GET,
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def keep_service(request: Request, service_id: UUID, what: str) -> HttpResponse:
    if what == "confirm":
        commands.confirm_service(actor=request.actor, at=now(), service_id=service_id)
    elif what == "close":
        commands.close_service(actor=request.actor, at=now(), service_id=service_id)
    elif what in ("full", "room"):
        commands.say_full(actor=request.actor, at=now(), service_id=service_id, full=what == "full")
    else:
        raise NotFound
    return redirect(reverse("directory:show-service", args=[service_id]))


def _row(one: Found) -> ServiceRow:
    service = one.service
    far = _("about %(miles).1f miles") % {"miles": one.miles} if one.miles is not None else ""
    return ServiceRow(
        service_id=service.public_id,
        name=service.name,
        about=first_line(service.description, 200),
        for_whom=service.for_whom or _ages(service.age_from, service.age_to),
        where=", ".join(part for part in (one.address, far) if part),
        when=service.when_next,
        cost=service.cost,
        start=service.how_to_start or service.phone,
        confirmed=_("confirmed on %(day)s") % {"day": day(service.confirmed_at)} if service.confirmed_at else "",
        warning=words(WARNING, warning(service.confirmed_at, now())),
    )


def _ending(text: str) -> Ending | None:
    """Read where a page of results ended; nonsense is the first page."""
    try:
        after_crisis, is_warned, nearness, name, key = json.loads(text)
        return int(after_crisis), int(is_warned), int(nearness), str(name)[:250].replace("\x00", ""), int(key)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _ages(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return _("for ages %(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None:
        return _("for ages from %(low)s") % {"low": low}
    return _("for ages up to %(high)s") % {"high": high} if high is not None else ""
