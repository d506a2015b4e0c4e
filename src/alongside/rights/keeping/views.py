# For workers only.
"""How long records are kept: whose time is over, holds, and deletions by two."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.access.step_up import require_step_up
from alongside.design.words import day, moment, words
from alongside.hubs.words import hat_words
from alongside.refusals import AlreadyDone, Invalid
from alongside.rights.codes import DELETED, HOLDS, KEPT
from alongside.rights.keeping import commands, forms, queries
from alongside.rights.keeping.pages import HoldPage, KeepingPage, KeepingRow, ProposeDeletionPage
from alongside.rights.policies import check_can_answer
from alongside.vocabulary.clock import now

FIELDS = {"nobody_with_this_reference": "reference", "time_not_over": "because"}


@worker_page
@require_http_methods(["GET", "HEAD"])
def keeping(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    page = KeepingPage(
        title=_("How long records are kept"),
        over=tuple(
            KeepingRow(
                one.reference,
                _("last with them %(day)s; %(rule)s, so until %(until)s")
                % {"day": day(one.last_on), "rule": words(KEPT, one.kept.because), "until": day(one.kept.until)},
            )
            for one in queries.times_over(actor, at)
        ),
        deletions=tuple(
            KeepingRow(
                one.reference,
                _("%(why)s; proposed by %(who)s, %(day)s")
                % {"why": words(DELETED, one.because), "who": hat_words(one.proposed_by, actor), "day": day(one.proposed_at)}
                + (". " + _("It goes on %(moment)s.") % {"moment": moment(one.due_at)} if one.due_at else ""),
                "" if one.due_at or not one.may_agree else reverse("rights:agree-to-deletion", args=[one.key]),
                reverse("rights:stop-deletion", args=[one.key]),
            )
            for one in queries.deletions(actor, at)
        ),
        holds=tuple(
            KeepingRow(
                one.person.reference,
                words(HOLDS, one.because) + (f" ({one.words})" if one.words else "") + f", {day(one.from_at)}",
                stop=reverse("rights:end-hold", args=[one.public_id]),
            )
            for one in queries.holds(actor, at)
        ),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: Request) -> HttpResponse:
    check_can_answer(request.actor)
    form = forms.BeginHold(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.begin_hold(actor=request.actor, at=now(), **form.cleaned_data)
            return redirect("rights:keeping")
        except (Invalid, AlreadyDone) as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
    return show(request, HoldPage(title=_("Keep a record whatever its time"), form=form))


@worker_page
@require_POST
def end_hold(request: Request, hold_id: UUID) -> HttpResponse:
    commands.end_hold(actor=request.actor, at=now(), hold_id=hold_id)
    return redirect("rights:keeping")


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def propose_deletion(request: Request) -> HttpResponse:
    check_can_answer(request.actor)
    require_step_up(request)
    form = forms.ProposeDeletion(request.POST if "reference" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.propose_deletion(actor=request.actor, at=now(), **form.cleaned_data)
            return redirect("rights:keeping")
        except (Invalid, AlreadyDone) as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
    return show(request, ProposeDeletionPage(title=_("Propose that a record goes for good"), form=form))


@worker_page
@require_POST
def agree_to_deletion(request: Request, deletion_id: UUID) -> HttpResponse:
    check_can_answer(request.actor)
    require_step_up(request)
    commands.agree_to_deletion(actor=request.actor, at=now(), deletion_id=deletion_id)
    return redirect("rights:keeping")


@worker_page
@require_POST
def stop_deletion(request: Request, deletion_id: UUID) -> HttpResponse:
    commands.stop_deletion(actor=request.actor, at=now(), deletion_id=deletion_id)
    return redirect("rights:keeping")
