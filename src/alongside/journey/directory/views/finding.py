"""Finding support, without signing in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access import counting
from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.qr import squares_of
from alongside.design.words import day, language, short_day, words
from alongside.files.answer import as_file
from alongside.files.tables import as_csv
from alongside.journey.directory import commands
from alongside.journey.directory.codes import OPEN_NOW, WARNING
from alongside.journey.directory.forms import FindSupport, SomethingWrong
from alongside.journey.directory.pages import (
    Chip,
    FindSupportPage,
    ServicePage,
)
from alongside.journey.directory.policies import may_keep, may_say_room
from alongside.journey.directory.queries.corrections import doubted_since
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
from alongside.journey.directory.queries.finder_picture import finder_picture
from alongside.journey.directory.queries.finding import Ending, find_services
from alongside.journey.directory.queries.flow import flow_of, is_full_now, place_words, room_words, wait_words
from alongside.journey.directory.queries.in_short import (
    ages_words,
    area_words,
    doubted_words,
    language_words,
    not_with_words,
    travel_words,
    way_words,
)
from alongside.journey.directory.queries.narrowing import Choices, times_of
from alongside.journey.directory.queries.open_words import open_words, when_words
from alongside.journey.directory.queries.published import is_where_secret
from alongside.journey.directory.rules import warning
from alongside.journey.directory.views.keeping import can_take_choices
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.reference import new_token
from alongside.vocabulary.search_terms import read_question
from alongside.vocabulary.service_details import one_of
from alongside.vocabulary.service_entry import who_said
from alongside.vocabulary.spoken_languages import IN
from alongside.vocabulary.text import whole_number
from alongside.vocabulary.ways_of_help import WAYS

SAID_WRONG = counting.Limit("entry_said_wrong", 10, counting.HOUR)
"""So often one address says that an entry is wrong."""
MOST_IN_A_CODE = 500
"""So long an address may be to stand in a code that a phone can read."""
CHIPS = ("mood_and_worry", "loneliness", "money_and_debt", "housing", "alcohol", "grief", "caring", "domestic_abuse")


@require_safe
def find_support(request: Request) -> HttpResponse:
    form = FindSupport(request.GET or None)
    form.full_clean()
    # What cannot be used has its sentence beside it; by the rest is searched all the same.
    given = form.cleaned_data if form.is_bound else {}
    asked = {name: given[name] for name in ("words", "near", "need", "age", "only", "language") if given.get(name)}
    choices = _choices(asked, unsaid="unsaid" in request.GET)
    kept = asked | ({"unsaid": "yes"} if choices.unsaid else {})
    near = place_named(asked.get("near", ""))
    found = find_services(
        request.actor,
        text=asked.get("words", ""),
        need=asked.get("need", ""),
        place=near.place,
        age=age_for_matching(None, asked.get("age", ""), today()),
        choices=choices,
        after=_ending(request.GET.get("from", "")),
    )
    is_told = bool(choices) and not choices.unsaid
    if request.method == "GET" and request.hub and not (found.rows or found.is_crisis or is_told or request.GET.get("from")):
        _nothing_found(request, asked, near.place)
    page = FindSupportPage(
        title=_("Find support"),
        form=form,
        rows=found.rows,
        chips=tuple(_chip(need, asked) for need in CHIPS),
        more_open=bool(set(asked) - {"words", "near"}),
        unsaid=_again(asked | {"unsaid": "yes"}) if is_told else "",
        picture=finder_picture(near.place, found.places),
        next=_again(kept | {"from": json.dumps(found.go_on)}) if found.go_on else "",
        near=asked.get("near", ""),
        near_taken=near.words,
        near_note=near.note,
        near_credit=credit_of_places(near.place),
        near_others=tuple((other, _again(kept | {"near": other})) for other in near.others),
        crisis=crisis_lines(request.hub, welsh=language() == "cy") if found.is_crisis else (),
    )
    if asked and found.rows:
        here = request.build_absolute_uri(_again(kept))
        mail = f"mailto:?subject={quote(_('Find support'))}&body={quote(here)}"
        page = replace(page, here=here, qr=squares_of(here) if len(here) < MOST_IN_A_CODE else None, mail=mail)
    return show(request, page)


def _choices(asked: dict[str, Any], *, unsaid: bool) -> Choices:
    only = asked.get("only", ())
    spoken = [f"{IN}{asked['language']}"] if asked.get("language") else []
    return Choices((*(one for one in only if one != OPEN_NOW), *spoken), OPEN_NOW in only, unsaid)


def _again(asked: dict[str, Any]) -> str:
    """Give the address of a search that asks this."""
    return f"?{urlencode(asked, doseq=True)}"


def _nothing_found(request: Request, asked: dict[str, Any], place: Place | None) -> None:
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


def _say_wrong(request: Request, service: Service, form: SomethingWrong) -> str:
    """Write down what somebody says is wrong; give the private address where they see what becomes of it, or nothing when it was not taken.

    What a machine fills in is looked at like everything else, but writes to nobody.
    """
    if not counting.tries(((SAID_WRONG, (counting.address_of(request),)),), at=now()):
        raise counting.TooManyTries
    said, token = form.cleaned_data, new_token()
    try:
        commands.suggest_correction(
            actor=request.actor,
            at=now(),
            hub_id=service.hub_id,
            service_id=service.public_id,
            words=said["words"],
            kind=said["kind"],
            email="" if said["website"] else said["email"],
            token=token,
        )
    except commands.SaidAlready as refusal:
        form.add_error(None, str(refusal))
        return ""
    return reverse("directory:said-wrong", args=[token])


@require_http_methods(["GET", "HEAD", "POST"])
def show_service(request: Request, service_id: UUID) -> HttpResponse:
    service = get_service(request.actor, service_id)
    form = SomethingWrong(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = _say_wrong(request, service, form)
        if told:
            return redirect(told)
    places = [] if is_where_secret(service) else locations_of(service)
    facts = (
        (_("Who it is for"), service.for_whom or ages_words(service.age_from, service.age_to)),
        (_("Not with"), not_with_words(service.not_with)),
        (_("Where"), "\n".join(", ".join(part for part in (one.name, one.address, one.postcode) if part) for one in places)),
        (_("Getting there"), "\n".join(dict.fromkeys(filter(None, map(travel_words, places))))),
        (_("When"), when_words(service.when_next)),
        (_("Now"), "" if service.closed_at else open_words([time for _key, time in times_of([service.pk])], now())),
        (_("Languages"), language_words(service.ways)),
        (_("How help is given"), ", ".join(way_words(code) for code in service.ways.split() if code in WAYS)),
        (_("For people of"), area_words(service)),
        (_("Cost"), service.cost),
        (_("Wait"), wait_words(service, flow_of([service]).get(service.pk))),
        (_("Places"), "" if service.closed_at else place_words(service, now())),
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
        notice=one_of(service.details, "more").get("alert", ""),
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
        doubted=_doubted(service),
    )
    return show(request, page)


def _source(service: Service) -> str:
    if service.source == "hub":
        return _("this hub")
    return f"{service.source}, {service.licence}" if service.licence else service.source


def _doubted(service: Service) -> str:
    since = doubted_since(service, now())
    return doubted_words(since) if since else ""


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


def _chip(need: str, asked: dict[str, Any]) -> Chip:
    is_on = asked.get("need") == need
    rest = {name: said for name, said in asked.items() if name != "need"}
    return Chip(words(NEEDS, need), _again(rest if is_on else rest | {"need": need}), is_on)


def _ending(text: str) -> Ending | None:
    """Read where a page of results ended; nonsense is the first page."""
    try:
        *figures, name, key = json.loads(text)
        one, two, three, four, five, six, last = (whole_number(int(part)) for part in (*figures, key))
        return one, two, three, four, five, six, str(name)[:250].replace("\x00", ""), last
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
