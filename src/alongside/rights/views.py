# For workers only.
"""Answering what people ask of their own record: the list, one request, item by item, the copy."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import leaves_the_hub, worker_page
from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.words import day, language, moment, short_day, words
from alongside.files.answer import as_file
from alongside.files.data import as_json
from alongside.files.pdf import as_pdf
from alongside.files.tables import as_csv, as_xlsx
from alongside.hubs.words import hat_words
from alongside.journal.looks import look_at
from alongside.members.strip import strip_of
from alongside.people.queries import get_person
from alongside.refusals import AlreadyDone, Invalid
from alongside.rights import commands, forms, queries
from alongside.rights.codes import ASKED_BY, PROOFS, WHY_LOOKED_AT
from alongside.rights.copying import HEAD, TITLE, Copy
from alongside.rights.gathering import Gathered, gather
from alongside.rights.pages import (
    AskPage,
    CloseRequestPage,
    CopyItem,
    CopyItemsPage,
    CopyOnPaperPage,
    CopyPage,
    HandOverPage,
    ItemRow,
    RequestPage,
    RequestRow,
    RequestsPage,
    Whom,
)
from alongside.rights.policies import check_can_write_down
from alongside.rights.written import write
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.list_ends import read_end

A_PAGE = 25


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_down(actor, person.pk, at=at)
    form = forms.AskForACopy(request.POST or None, today=today(), initial={"asked_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_for_a_copy(actor=actor, at=at, person_id=person.pk, **form.cleaned_data)
            return redirect("web:show-person", person_id)
        except (Invalid, AlreadyDone) as refusal:
            fields = {"asked_in_the_future": "asked_on", "say_who_asks": "asked_by_name"}
            form.add_error(fields.get(refusal.code), str(refusal))
    page = AskPage(
        title=_("They ask for a copy of their record"), form=form, strip=strip_of(actor, person), people_shown=(person.pk,)
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD"])
def requests(request: Request) -> HttpResponse:
    found = queries.open_requests(request.actor, now())
    rows = tuple(
        RequestRow(
            reverse("rights:request", args=[one.request.public_id]),
            one.name or _("Somebody asks for a copy of their record"),
            _("answer by %(day)s") % {"day": short_day(one.request.answer_by)},
            "red" if one.request.answer_by < today() else "",
        )
        for one in found
    )
    shown = tuple(one.request.person_id for one in found if one.name)
    return show(request, RequestsPage(title=_("What people ask of their own record"), rows=rows, people_shown=shown))


@worker_page
@require_http_methods(["GET", "HEAD"])
def request_(request: Request, request_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    found = queries.get_request(actor, request_id, at)
    lines = (
        _("Asked on %(day)s: %(who)s.") % {"day": day(found.asked_on), "who": words(ASKED_BY, found.asked_by)},
        _("How we know: %(proof)s.") % {"proof": words(PROOFS, found.proof)},
        _("Answer by %(day)s.") % {"day": day(found.answer_by)},
    )
    if not queries.answers_it(actor, found, at):
        return show(request, RequestPage(title=_("A copy of a record"), request_id=request_id, lines=lines))
    person = queries.person_asked_about(actor, found, at)
    waiting = sum(one.is_open for one in gather(actor, found, at=at))
    said = queries.approvals_of(found)
    holds = bool(found.approved_at and found.expires_at and found.expires_at > at)
    page = RequestPage(
        title=_("A copy of a record"),
        strip=Whom(person.pk, person.chosen_name),
        request_id=request_id,
        lines=(*lines, _("Asked for by: %s.") % found.asked_by_name) if found.asked_by_name else lines,
        answers=True,
        open_items=waiting,
        approved_by=tuple(f"{hat_words(one.hat)}, {moment(one.at)}" for one in said),
        may_approve=not waiting and not holds and not any(one.worker_id == actor.worker for one in said),
        may_hand_over=holds,
        expires=day(found.expires_at) if holds else "",
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_POST
def take_up(request: Request, request_id: UUID) -> HttpResponse:
    commands.take_up(actor=request.actor, at=now(), request_id=request_id)
    return redirect("rights:request", request_id)


@worker_page
@require_POST
def approve(request: Request, request_id: UUID) -> HttpResponse:
    commands.approve_copy(actor=request.actor, at=now(), request_id=request_id)
    return redirect("rights:request", request_id)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, request_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    found = queries.get_request(actor, request_id, at)
    person = queries.person_asked_about(actor, found, at)
    everything = request.GET.get("all") == "yes"
    items = gather(actor, found, at=at) if everything else queries.to_decide(actor, found, at)
    begin = (read_end(request.GET.get("from", ""), int) or (0,))[0]
    part = items[begin : begin + A_PAGE]
    asked = [(_field(one), _("What is decided"), one.decided) for one in part if "withheld" not in one.why]
    form = forms.Decide(request.POST or None, items=asked)
    if request.method == "POST" and form.is_valid():
        given = {UUID(name.removeprefix("item_")): code for name, code in form.cleaned_data.items() if code}
        commands.decide_items(actor=actor, at=at, request_id=request_id, decisions=given)
        return redirect(request.get_full_path())
    more = f"?from={begin + A_PAGE}" + ("&all=yes" if everything else "")
    page = CopyItemsPage(
        title=_("What stands in the copy"),
        form=form,
        strip=Whom(person.pk, person.chosen_name),
        request_id=request_id,
        rows=tuple(_item_row(one, request) for one in part),
        may_decide=bool(asked),
        all_items=everything,
        next=more if len(items) > begin + A_PAGE else "",
        people_shown=(person.pk,),
    )
    return show(request, page)


def _field(one: Gathered) -> str:
    return f"item_{one.item.hex}"


def _item_row(one: Gathered, request: Request) -> ItemRow:
    written = write(one.record, request.actor)
    why = tuple(words(WHY_LOOKED_AT, code) for code in one.why)
    return ItemRow("" if "withheld" in one.why else _field(one), written.heading, written.when, why, written.lines)


@leaves_the_hub
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request, request_id: UUID) -> HttpResponse:
    """Give the approved copy; every time it leaves, how and why is in the journal."""
    actor, at = request.actor, now()
    found = queries.get_request(actor, request_id, at)
    person = queries.person_asked_about(actor, found, at)
    form = forms.HandOver(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = form.cleaned_data["how"]
        try:
            made = commands.hand_over(actor=actor, at=at, request_id=request_id, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            return _answer(request, request_id, made, how)
    page = HandOverPage(
        title=_("Hand over the copy"),
        form=form,
        strip=Whom(person.pk, person.chosen_name),
        request_id=request_id,
        people_shown=(person.pk,),
    )
    return show(request, page)


def _answer(request: Request, request_id: UUID, made: Copy, how: str) -> HttpResponse:
    kind = CopyPage if how == "print" else CopyOnPaperPage
    page = kind(
        title=str(TITLE),
        strip=Whom(made.people[0], made.name),
        name=made.name,
        until=moment(made.until),
        about=made.about,
        parts=tuple(
            (part, tuple(CopyItem(one.written.heading, one.written.when, one.written.lines) for one in items))
            for part, items in made.parts
        ),
        looked=made.looked,
        back_to=reverse("rights:hand-over", args=[request_id]),
        language=language(),
        crisis=crisis_lines(request.hub, welsh=language() == "cy"),
        people_shown=made.people,
    )
    if how == "print":
        return show(request, page)
    with look_at(actor=request.actor, at=now(), page=f"own_copy.{how}", person_ids=made.people, about_id=made.people[0]):
        content = _content(page, made, how)
    return as_file(content, name="my-record", kind=how)


def _content(page: CopyPage, made: Copy, how: str) -> bytes:
    if how == "pdf":
        return as_pdf(render_to_string(page.template, {"page": page}))
    if how == "json":
        return as_json(made.data)
    head = [str(one) for one in HEAD]
    return as_csv(head, made.rows) if how == "csv" else as_xlsx(head, made.rows)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, request_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    found = queries.get_request(actor, request_id, at)
    person = queries.person_asked_about(actor, found, at)
    form = forms.Close(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.close_request(actor=actor, at=at, request_id=request_id, because=form.cleaned_data["because"])
        return redirect("rights:requests")
    page = CloseRequestPage(
        title=_("Close this request"),
        form=form,
        strip=Whom(person.pk, person.chosen_name),
        request_id=request_id,
        people_shown=(person.pk,),
    )
    return show(request, page)
