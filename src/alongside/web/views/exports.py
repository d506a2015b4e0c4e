# For workers only.
"""Files of a worker's own people: the list, with names, a reason and a second yes; the calendar, without names."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.commands import take_out
from alongside.access.doors import leaves_the_hub
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import moment, short_day, words
from alongside.exports.codes import STATUS, WHY_NOT
from alongside.exports.commands import ask_to_take, take_approved
from alongside.exports.queries import mine
from alongside.exports.rules import LASTS, NEEDS_A_SECOND
from alongside.files.answer import as_file
from alongside.files.calendars import Day, as_ics
from alongside.files.tables import as_csv, as_xlsx
from alongside.journal.looks import look_at
from alongside.members.codes import NEXT
from alongside.vocabulary.clock import now
from alongside.web import queries
from alongside.web.forms import TakeOut
from alongside.web.pages import TakeOutPage


@leaves_the_hub
@require_http_methods(["GET", "HEAD", "POST"])
def caseload(request: Request) -> HttpResponse:
    """The people whom this hat holds: name, reference, next date; no number, no address, no story."""
    policy.check_may(request.actor, "hold")
    actor, at = request.actor, now()
    found, asked = queries.whole_caseload(actor, at=at), mine(actor, "caseload")
    people, status = [one.person_key for one in found], asked.status(at) if asked else ""
    if asked and status == "approved" and request.POST.get("take") == str(asked.public_id):
        found = [one for one in found if one.person_key in asked.people]
        people = [one.person_key for one in found]
        take_approved(actor=actor, at=at, export_id=asked.public_id, person_ids=people)
        return _file(request, asked.how, found)
    needs_a_yes = len(people) >= NEEDS_A_SECOND
    kinds = [("csv", _("a table (CSV)")), ("xlsx", _("a spreadsheet (XLSX)"))]
    form = TakeOut(request.POST if request.method == "POST" and "take" not in request.POST else None, kinds=kinds)
    if form.is_valid():
        given = form.cleaned_data
        if needs_a_yes:
            ask_to_take(actor=actor, at=at, what="caseload", person_ids=people, **given)
            return redirect("web:caseload")
        take_out(actor=actor, at=at, what="caseload", person_ids=people, **given)
        return _file(request, given["how"], found)
    page = TakeOutPage(
        title=_("Take your list with you"),
        form=form,
        about=_("Everybody whom you hold, with reference and next date."),
        button=_("Ask for it") if needs_a_yes else "",
        needs_a_yes=needs_a_yes,
        stands=_stands(asked, status),
        take=str(asked.public_id) if asked and status == "approved" else "",
    )
    return show(request, page)


def _stands(asked: Any, status: str) -> tuple[str, str, str]:
    """Say (status, its colour, what that means) of what was asked for last; nothing where nothing was."""
    if not status or status == "asked_anew":
        return ("", "", "")
    when = {"when": moment(asked.asked_at)}
    means = {
        "waits": _(
            "You asked on %(when)s. A privacy officer or a hub lead answers; you can ask anew, and then this one is over."
        ),
        "approved": _("You asked on %(when)s. You can take it once, until %(until)s."),
        "not_approved": _("You asked on %(when)s. It does not leave: %(why)s."),
        "taken": _("You asked on %(when)s, and took it. Ask again when you need another."),
        "over": _("You asked on %(when)s. Nobody took it within 24 hours: ask again if you still need it."),
    }[status]
    until = moment(asked.answered_at + LASTS) if status == "approved" else ""
    return words(STATUS, status), STATUS[status].colour, means % {**when, "until": until, "why": words(WHY_NOT, asked.why_not)}


def _file(request: Request, how: str, found: list[queries.ToTake]) -> HttpResponse:
    _looked(request, "caseload", how, [one.person_key for one in found])
    head = (_("Name"), _("Reference"), _("Next date"), _("What"))
    rows = [(one.name, one.reference, short_day(one.next_on), words(NEXT, one.next_what)) for one in found]
    return as_file(as_csv(head, rows) if how == "csv" else as_xlsx(head, rows), name="my-list", kind=how)


@leaves_the_hub
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Request) -> HttpResponse:
    """The days on which this hat is to be in touch, for a telephone: no name, no place, nothing of anybody."""
    policy.check_may(request.actor, "hold")
    form = TakeOut(request.POST or None, kinds=[("ics", _("a calendar (ICS)"))], initial={"how": "ics"})
    if request.method == "POST" and form.is_valid():
        found = queries.whole_caseload(request.actor, at=now())
        people = [one.person_key for one in found]
        take_out(actor=request.actor, at=now(), what="calendar", how="ics", reason=form.cleaned_data["reason"], person_ids=people)
        _looked(request, "calendar", "ics", people)
        days = [Day(f"alongside:{one.key}:{one.next_on}", one.next_on, _("Work")) for one in found if one.next_on]
        return as_file(as_ics(days), name="my-days", kind="ics")
    about = _("Your next dates as days of a calendar. It names nobody and says nothing else: look here for whom it is.")
    return show(request, TakeOutPage(title=_("Your days for your telephone"), form=form, about=about))


def _looked(request: Request, what: str, how: str, people: list[int]) -> None:
    """Write down whose pages that is; if it cannot be written, nothing leaves."""
    with look_at(actor=request.actor, at=now(), page=f"{what}.{how}", person_ids=people):
        pass
