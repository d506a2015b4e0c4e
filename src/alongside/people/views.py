# For workers only.
"""Telling once, and reaching safely."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, moment
from alongside.people import commands, queries
from alongside.people.forms import AskAgain, ContactSafety, WriteDown
from alongside.people.pages import ContactSafetyPage, PointRow, WriteDownPage
from alongside.people.policies import check_can_read_story, check_is_near
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import now
from alongside.vocabulary.domains import DOMAINS


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    check_can_read_story(request.actor, person.pk, at=now())
    domain = request.GET.get("domain", "")
    form = WriteDown(request.POST or None, initial={"domain": domain})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        commands.add_to_story(
            actor=request.actor,
            at=now(),
            person_id=person.pk,
            words=given["words"],
            whose_words=given["whose_words"],
            domain=given["domain"],
            topic=given["domain"],
            label="sensitive" if given["sensitive"] else "open",
            do_not_ask_again=given["do_not_ask_again"],
        )
        return redirect("web:show-person", person_id)
    known = queries.what_is_known(request.actor, person.pk, domain) if domain in DOMAINS else None
    page = WriteDownPage(
        title=_("Write down"),
        form=form,
        person_id=person_id,
        name=person.chosen_name,
        known=known.words if known else "",
        known_by=f"{known.written_by.worker.name if known.written_by else ''} {moment(known.at)}".strip() if known else "",
        guarded=bool(known and known.do_not_ask_again),
        again_form=AskAgain(),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def read_story(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    commands.read_story(actor=request.actor, at=now(), person_id=person.pk)
    return redirect("web:show-person", person_id)


@worker_page
@require_http_methods(["POST"])
def ask_again(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    form = AskAgain(request.POST)
    topic = request.GET.get("domain", "")
    if form.is_valid() and topic in DOMAINS:
        commands.ask_again(actor=request.actor, at=now(), person_id=person.pk, topic=topic, reason=form.cleaned_data["reason"])
    response = redirect("people:write-down", person_id)
    response["Location"] += f"?domain={topic}" if topic in DOMAINS else ""
    return response


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def contact_safety(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    check_is_near(request.actor, person.pk, at=now())
    if request.method == "POST" and request.POST.get("point", "").isdecimal():
        commands.confirm_way_to_reach(
            actor=request.actor,
            at=now(),
            person_id=person.pk,
            contact_point_id=int(request.POST["point"]),
            safe=request.POST.get("safe") == "yes",
        )
        return redirect("people:contact-safety", person_id)
    form = ContactSafety(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        way = WayToReach(
            channel=given["channel"],
            value=given["value"],
            voicemail=bool(given["voicemail"]),
            good_times=given["times"],
            who_else=given["others"],
            whose=given["value"][:120] if given["channel"] == "through" else "",
        )
        commands.add_ways_to_reach(actor=request.actor, at=now(), person_id=person.pk, ways=(way,))
        return redirect("people:contact-safety", person_id)
    page = ContactSafetyPage(
        title=_("Reaching %(name)s safely") % {"name": person.chosen_name},
        form=form,
        person_id=person_id,
        rows=tuple(
            PointRow(point.pk, queries.way_words(point), point.safe, day(point.confirmed_on))
            for point in queries.ways_to_reach(person.pk)
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)
