"""Finding support, without signing in."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.qr import squares_of
from alongside.design.words import day, language, short_day, words
from alongside.files.answer import as_file
from alongside.files.tables import as_csv
from alongside.journey.directory import commands
from alongside.journey.directory.codes import WARNING
from alongside.journey.directory.forms import FindSupport, SomethingWrong
from alongside.journey.directory.pages import (
    Chip,
    FindSupportPage,
    ServicePage,
)
from alongside.journey.directory.policies import may_keep, may_say_room
from alongside.journey.directory.queries.entries import (
    IN_A_FILE,
    Place,
    Service,
    also_from,
    confirmed_by,
    credit_of_places,
    every_entry,
    get_service,
    locations_of,
    place_named,
    service_of_code,
    take_along_code,
)
from alongside.journey.directory.queries.finding import Ending, find_services
from alongside.journey.directory.queries.flow import flow_of, is_full_now, room_words, wait_words
from alongside.journey.directory.queries.in_short import ages_words, not_with_words
from alongside.journey.directory.rules import warning
from alongside.journey.directory.views.keeping import can_take_choices
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.search_terms import read_question
from alongside.vocabulary.service_entry import who_said
from alongside.vocabulary.text import whole_number

CHIPS = ("mood_and_worry", "loneliness", "money_and_debt", "housing", "alcohol", "grief", "caring", "domestic_abuse")


@require_safe
def find_support(request: Request) -> HttpResponse:
    form = FindSupport(request.GET or None)
    form.full_clean()
    # What cannot be used has its sentence beside it; by the rest is searched all the same.
    given = form.cleaned_data if form.is_bound else {}
    asked = {name: given[name] for name in ("words", "near", "need", "age") if given.get(name)}
    near = place_named(asked.get("near", ""))
    found = find_services(
        request.actor,
        text=asked.get("words", ""),
        need=asked.get("need", ""),
        place=near.place,
        age=age_for_matching(None, asked.get("age", ""), today()),
        after=_ending(request.GET.get("from", "")),
    )
    if request.method == "GET" and request.hub and not (found.rows or found.is_crisis or request.GET.get("from")):
        _nothing_found(request, asked, near.place)
    page = FindSupportPage(
        title=_("Find support"),
        form=form,
        rows=found.rows,
        chips=tuple(_chip(need, asked) for need in CHIPS),
        more_open=bool(asked.get("need") or asked.get("age")),
        next=f"?{urlencode({**asked, 'from': json.dumps(found.go_on)})}" if found.go_on else "",
        near=asked.get("near", ""),
        near_taken=near.words,
        near_note=near.note,
        near_credit=credit_of_places(near.place),
        near_others=tuple((other, f"?{urlencode({**asked, 'near': other})}") for other in near.others),
        crisis=crisis_lines(request.hub, welsh=language() == "cy") if found.is_crisis else (),
    )
    return show(request, page)


def _nothing_found(request: Request, asked: dict[str, str], place: Place | None) -> None:
    """Count a search that found nothing, for each need that its words or its choice mean."""
    meant = {asked["need"]} if asked.get("need") else set(read_question(asked.get("words", "")).needs)
    for need in sorted(meant & set(NEEDS)):
        commands.note_unmet_need(
            actor=request.actor,
            at=now(),
            hub_id=request.hub.pk,
            need=need,
            asked_by="search",
            outcode=place.outcode if place else "",
            age_band=asked.get("age", ""),
        )


def _instead(service: Service) -> tuple[str, str] | None:
    if service.closed_at is None or service.replaced_by is None:
        return None
    return service.replaced_by.name, reverse("directory:show-service", args=[service.replaced_by.public_id])


@require_safe
def take_along(request: Request, code: str) -> HttpResponse:
    return redirect("directory:show-service", service_of_code(request.actor, code).public_id)


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
        (_("Who it is for"), service.for_whom or ages_words(service.age_from, service.age_to)),
        (_("Not with"), not_with_words(service.not_with)),
        (_("Where"), "\n".join(", ".join(part for part in (one.name, one.address, one.postcode) if part) for one in places)),
        (_("When"), service.when_next),
        (_("Cost"), service.cost),
        (_("Wait"), wait_words(service, flow_of([service]).get(service.pk))),
        (_("What they can take"), room_words(service)),
        (_("How to start"), service.how_to_start),
        (_("Access"), service.accessibility),
        (_("Run by"), service.organisation.name if service.organisation else service.organisation_name),
    )
    warned = warning(service.fades_at, now(), left=service.left_at is not None)
    address = request.build_absolute_uri(reverse("directory:take-along", args=[take_along_code(service)]))
    who, also, keeps = confirmed_by(service), also_from(service), may_keep(request.actor, service)
    page = ServicePage(
        title=service.name,
        back_to=reverse("directory:find-support"),
        form=form,
        service_id=service_id,
        about=service.description,
        facts=tuple((name, said) for name, said in facts if said),
        phones=tuple((number, said) for number, said in service.phones),
        email=service.email,
        url=service.url,
        source="; ".join(_source(one) for one in (service, *also)),
        same_as=(service.same_as.name, reverse("directory:show-service", args=[service.same_as.public_id]))
        if service.same_as
        else None,
        also=tuple((_source(one), one.name, one.public_id) for one in also if may_keep(request.actor, one)),
        said_by=_said_by(service) if keeps else (),
        confirmed=_("Confirmed on %(day)s by %(who)s.") % {"day": day(service.confirmed_at), "who": who}
        if service.confirmed_at
        else "",
        warning=words(WARNING, warned),
        closed=service.closed_at is not None,
        instead=_instead(service),
        may_keep=keeps,
        full=is_full_now(service),
        can_take=can_take_choices() if may_say_room(request.actor, service) else (),
        take_along=address,
        qr=squares_of(address),
        thanks="thanks" in request.GET,
    )
    return show(request, page)


def _source(service: Service) -> str:
    if service.source == "hub":
        return _("this hub")
    return f"{service.source}, {service.licence}" if service.licence else service.source


def _said_by(service: Service) -> tuple[tuple[str, str], ...]:
    """Say of each part of an entry which source said it, and when."""
    found = []
    for field, name in (
        ("name", _("Name")), ("description", _("What it is")), ("organisation", _("Run by")), ("for_whom", _("Who it is for")),
        ("ages", _("Ages")), ("places", _("Where")), ("when_next", _("When")), ("cost", _("Cost")), ("how_to_start", _("How to start")),
        ("accessibility", _("Access")), ("phones", _("Telephone")), ("email", _("E-mail")), ("url", _("Website")),
    ):  # fmt: skip
        source, on = who_said(service.said_by, field)
        if source:
            by = _("this hub") if source == "hub" else source
            found.append((name, f"{by}, {short_day(date.fromisoformat(on))}"))
    return tuple(found)


def _chip(need: str, asked: dict[str, str]) -> Chip:
    is_on = asked.get("need") == need
    rest = {name: said for name, said in asked.items() if name != "need"}
    return Chip(words(NEEDS, need), f"?{urlencode(rest if is_on else {**rest, 'need': need})}", is_on)


def _ending(text: str) -> Ending | None:
    """Read where a page of results ended; nonsense is the first page."""
    try:
        *figures, name, key = json.loads(text)
        one, two, three, four, five, last = (whole_number(int(part)) for part in (*figures, key))
        return one, two, three, four, five, str(name)[:250].replace("\x00", ""), last
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


@require_safe
def download(request: Request) -> HttpResponse:
    """Every open entry as a table: public, about nobody, so nobody is asked why."""
    head = (
        _("Name"), _("Organisation"), _("What it is"), _("Telephone"), _("E-mail"), _("Website"), _("Cost"), _("How to start"),
        _("Who it is for"), _("Last confirmed"), _("Source"), _("Licence"),
    )  # fmt: skip
    found = every_entry(request.actor)
    rows: list[tuple[str, ...]] = [
        (
            one.name, one.organisation_name, one.description, one.phone, one.email, one.url, one.cost, one.how_to_start,
            one.for_whom, short_day(one.confirmed_at), one.source, one.licence,
        )
        for one in found[:IN_A_FILE]
    ]  # fmt: skip
    if len(found) > IN_A_FILE:
        rows.append((_("There are more entries than stand in this file. Ask us for the rest."),))
    return as_file(as_csv(head, rows), name="support", kind="csv")
