"""What people said is wrong in an entry, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, short_day, words
from alongside.journey.directory import commands
from alongside.journey.directory.codes import WRONG
from alongside.journey.directory.forms import SettleCorrection
from alongside.journey.directory.pages import (
    CorrectionRow,
    CorrectionsPage,
    SaidWrongPage,
    SettleCorrectionPage,
)
from alongside.journey.directory.policies import check_can_keep, may_keep_feeds
from alongside.journey.directory.queries.corrections import PAGE, Correction, correction_by_link, get_correction, open_corrections
from alongside.refusals import Invalid
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.list_ends import page_after, read_end
from alongside.vocabulary.text import first_line


@worker_page
def corrections(request: Request) -> HttpResponse:
    check_can_keep(request.actor)
    found = open_corrections(request.actor, after=read_end(request.GET.get("after", ""), datetime, int))
    rows, more = found[:PAGE], found[PAGE:]
    page = CorrectionsPage(
        title=_("Corrections"),
        rows=tuple(
            CorrectionRow(
                reverse("directory:keep-entry", args=[one.service.public_id])
                if one.change_id
                else reverse("directory:settle-correction", args=[one.public_id]),
                one.service.name,
                _in_one_line(one),
                short_day(one.at),
                _due(one),
                is_overdue(one),
            )
            for one in rows
        ),
        next=page_after(rows[-1].at, rows[-1].pk) if more else "",
        may_keep_feeds=may_keep_feeds(request.actor),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def settle_correction(request: Request, correction_id: UUID) -> HttpResponse:
    check_can_keep(request.actor)
    one = get_correction(request.actor, correction_id)
    form = SettleCorrection(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.settle_correction(
                actor=request.actor,
                at=now(),
                correction_id=correction_id,
                was_so=request.POST.get("was_so") != "no",
                done=form.cleaned_data["done"],
            )
            return redirect("directory:corrections")
        except Invalid as refusal:
            form.add_error("done", str(refusal))
    page = SettleCorrectionPage(
        title=_("Something wrong with %(name)s?") % {"name": one.service.name},
        form=form,
        service=one.service.name,
        service_id=one.service.public_id,
        words=said_words(one),
        at=day(one.at),
        settled=_settled_words(one),
    )
    return show(request, page)


@require_safe
def said_wrong(request: Request, token: str) -> HttpResponse:
    one = correction_by_link(token)
    page = SaidWrongPage(
        title=_("What you told us"),
        service=one.service.name,
        service_id=one.service.public_id,
        said=said_words(one),
        state=_state(one),
        here=request.build_absolute_uri(),
        will_hear=bool(one.email),
    )
    return show(request, page)


def said_words(one: Correction) -> str:
    """Say what somebody said is wrong: the choice they made, and their words."""
    return "\n".join(filter(None, (_kind(one), one.words)))


def _in_one_line(one: Correction) -> str:
    return first_line(": ".join(filter(None, (_kind(one), first_line(one.words, 140)))), 140)


def _kind(one: Correction) -> str:
    kind = words(WRONG, one.kind) if one.kind not in ("", "other") else ""
    return kind[:1].upper() + kind[1:]


def is_overdue(one: Correction) -> bool:
    """Tell whether whoever keeps the entry has had the time to look."""
    return one.due_on is not None and one.due_on < today()


def _due(one: Correction) -> str:
    if one.due_on is None:
        return ""
    return (_("overdue since %(day)s") if is_overdue(one) else _("due %(day)s")) % {"day": short_day(one.due_on)}


def _state(one: Correction) -> str:
    if one.settled_at is None:
        until = _("Thank you. Whoever keeps this entry looks by %(day)s.") % {"day": day(one.due_on)} if one.due_on else ""
        return until if not is_overdue(one) else _("Nobody has looked yet. It stands at the top of the hub's list.")
    if one.was_so:
        return _settled_words(one)
    return _("Somebody looked on %(day)s, and it is as it stands in the entry.") % {"day": day(one.settled_at)}


def _settled_words(one: Correction) -> str:
    if one.settled_at is None:
        return ""
    if one.was_so:
        return _("Settled on %(day)s: %(done)s") % {"day": day(one.settled_at), "done": one.done}
    return _("Said not to be so on %(day)s.") % {"day": day(one.settled_at)}
