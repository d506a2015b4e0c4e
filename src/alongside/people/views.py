# For workers only.
"""Telling once, and reaching safely."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access.doors import leaves_the_hub, worker_page
from alongside.access.queries import who_may_be_named
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, words
from alongside.files.answer import as_file
from alongside.files.received import look_into
from alongside.hubs.words import hat_words
from alongside.journal.looks import look_at
from alongside.people import commands, queries
from alongside.people.forms import AsTold, Attach, ContactSafety, WriteDown
from alongside.people.pages import (
    AsToldPage,
    ChooseSubjectPage,
    ContactSafetyPage,
    FileRow,
    FilesPage,
    PointRow,
    SubjectRow,
    ToldRow,
    WriteDownPage,
)
from alongside.people.policies import check_can_read_story, check_is_near
from alongside.reads import together
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.ages import is_under_16, is_under_18
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.domains import DOMAINS


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    check_can_read_story(request.actor, person.pk, at=now())
    subject = request.GET.get("domain", "")
    if subject not in DOMAINS:
        return _choose_subject(request, person)
    known = queries.what_is_known(request.actor, person.pk, subject)
    colleagues = [(str(hat.worker_id), hat_words(hat)) for hat in who_may_be_named(request.actor, person.pk, at=now())]
    form = WriteDown(request.POST or None, is_known=bool(known), colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = [int(key) for key in given.pop("names", [])]
        try:
            commands.write_down(actor=request.actor, at=now(), person_id=person.pk, subject=subject, names=names, **given)
            return redirect("web:show-person", person_id)
        except commands.SayWhyAgain as refusal:
            # Somebody wrote about it while this page was open: the page now shows what, and asks why.
            known = queries.what_is_known(request.actor, person.pk, subject)
            form = WriteDown(request.POST, is_known=True, colleagues=colleagues)
            form.errors.pop("why_again", None)
            form.add_error("why_again", str(refusal))
    page = WriteDownPage(
        title=_("Write down"),
        form=form,
        person_id=person_id,
        name=person.chosen_name,
        subject=words(DOMAINS, subject),
        known=tuple(queries.as_told(one) for one in known),
        people_shown=(person.pk,),
    )
    return show(request, page)


def _choose_subject(request: Request, person: queries.Person) -> HttpResponse:
    told = Counter(one.domain for one in queries.story_of(request.actor, person.pk))
    page = ChooseSubjectPage(
        title=_("Write down"),
        person_id=person.public_id,
        name=person.chosen_name,
        subjects=tuple(
            SubjectRow(
                words(DOMAINS, code).capitalize(),
                f"?domain={code}",
                ngettext("%(count)s entry already", "%(count)s entries already", told[code]) % {"count": told[code]}
                if told[code]
                else "",
            )
            for code in DOMAINS
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def as_told(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    check_can_read_story(request.actor, person.pk, at=now())
    ends = request.POST.get("record", "") if request.method == "POST" else ""
    if ends:
        commands.say_it_no_longer_holds(
            actor=request.actor, at=now(), person_id=person.pk, kind=request.POST.get("of", ""), record_id=_key(ends)
        )
        return redirect("people:as-told", person_id)
    form = AsTold(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        commands.write_down_as_told(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
        return redirect("people:as-told", person_id)
    allergies, medicines = queries.allergies_of(request.actor, person.pk), queries.medicines_of(request.actor, person.pk)
    together(allergies, medicines)
    page = AsToldPage(
        title=_("Allergies and medicines: %(name)s") % {"name": person.chosen_name},
        form=form,
        person_id=person_id,
        allergies=tuple(ToldRow("allergy", one.public_id, queries.as_told_words(one)) for one in allergies),
        medicines=tuple(ToldRow("medicine", one.public_id, queries.as_told_words(one)) for one in medicines),
        people_shown=(person.pk,),
    )
    return show(request, page)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = queries.get_person(actor, person_id)
    check_can_read_story(actor, person.pk, at=at)
    entry, attached = queries.entry_with_files(actor, person.pk, item_id, at=at)
    form = Attach(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            file = look_into(given["file"].read())
            commands.attach(actor=actor, at=at, person_id=person.pk, entry_id=item_id, file=file, caption=given["caption"])
            return redirect("people:files", person_id, item_id)
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    page = FilesPage(
        title=_("Pictures and papers"),
        form=form,
        person_id=person_id,
        name=person.chosen_name,
        told=queries.as_told(entry),
        rows=tuple(
            FileRow(
                reverse("people:open-file", args=[person_id, one.public_id]),
                one.caption or (_("a PDF") if one.kind == "pdf" else _("a picture")),
                f"{hat_words(one.written_by)}, {day(one.at)}",
            )
            for one in attached
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@leaves_the_hub
@require_http_methods(["POST"])
def open_file(request: Request, person_id: UUID, file_id: UUID) -> HttpResponse:
    """Give a picture or paper as a file: never inside a page, never run."""
    person = queries.get_person(request.actor, person_id)
    found = commands.open_attachment(actor=request.actor, at=now(), person_id=person.pk, attachment_id=file_id)
    with look_at(actor=request.actor, at=now(), page=f"attachment.{found.kind}", person_ids=[person.pk], about_id=person.pk):
        return as_file(found.content, name="attached", kind=found.kind)


@worker_page
@require_http_methods(["POST"])
def read_story(request: Request, person_id: UUID) -> HttpResponse:
    person = queries.get_person(request.actor, person_id)
    commands.read_story(actor=request.actor, at=now(), person_id=person.pk)
    return redirect("web:show-person", person_id)


@worker_page
@require_http_methods(["POST"])
def take_apart(request: Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    person, other = queries.get_person(request.actor, person_id), queries.get_person(request.actor, other_id)
    commands.take_records_apart(actor=request.actor, at=now(), person_id=person.pk, other_id=other.pk)
    return redirect("web:show-person", person_id)


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
            safe=request.POST.get("safe") in ("yes", "seen"),
            although_seen=request.POST.get("safe") == "seen",
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
            PointRow(
                point.pk,
                queries.way_words(point),
                point.safe,
                day(point.confirmed_on),
                may_be_seen=_may_be_seen(person, point.channel, point.who_else),
            )
            for point in queries.ways_to_reach(person.pk)
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


def _may_be_seen(person: queries.Person, channel: str, who_else: str) -> bool:
    """Tell whether somebody young has to say so before a message leaves by a way that others may see (C12)."""
    born, band, on = person.born_on, person.age_band, today()
    return (is_under_18(born, band, on) and bool(who_else)) or (is_under_16(born, band, on) and channel == "letter")
