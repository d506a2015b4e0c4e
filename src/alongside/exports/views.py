# For workers only.
"""Lists of several people that somebody wants to take out: what waits for a yes, and the answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access.codes import WHAT_LEAVES, WHY_OWN_PEOPLE
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.access.step_up import require_step_up
from alongside.design.words import moment, words
from alongside.exports import commands, queries
from alongside.exports.codes import STATUS, WHY_NOT
from alongside.exports.forms import AnswerList
from alongside.exports.pages import AnswerListPage, AskedRow, ListsToTakePage
from alongside.hubs.words import hat_words
from alongside.refusals import Invalid
from alongside.vocabulary.clock import now


@worker_page
@require_http_methods(["GET", "HEAD"])
def lists_to_take(request: Request) -> HttpResponse:
    found = queries.lists_that_wait(request.actor, now())
    rows = tuple(
        AskedRow(
            reverse("exports:answer-list", args=[one.public_id]),
            hat_words(one.hat),
            f"{words(WHAT_LEAVES, one.what)}: {words(WHY_OWN_PEOPLE, one.reason)}",
            _many(len(one.people)),
        )
        for one in found
    )
    return show(request, ListsToTakePage(title=_("Lists to take out"), rows=rows))


def _many(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_list(request: Request, export_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    asked = queries.get_list(actor, export_id)
    require_step_up(request)
    waits = asked.status(at) == "waits"
    form = AnswerList(request.POST if request.method == "POST" else None) if waits else None
    if form is not None and form.is_valid():
        try:
            commands.answer_list(actor=actor, at=at, export_id=export_id, **form.given())
            return redirect("exports:lists-to-take")
        except Invalid as refusal:
            form.add_error("why_not" if refusal.code == "say_why_not" else None, str(refusal))
    status = asked.status(at)
    page = AnswerListPage(
        title=_("May this list leave?"),
        form=form,
        rows=(
            (_("Who asks"), hat_words(asked.hat)),
            (_("What"), words(WHAT_LEAVES, asked.what)),
            (_("About how many"), _many(len(asked.people))),
            (_("What for"), words(WHY_OWN_PEOPLE, asked.reason)),
            (_("As what"), asked.how.upper()),
            (_("Asked"), moment(asked.asked_at)),
            *([(_("Why not"), words(WHY_NOT, asked.why_not))] if asked.why_not else []),
        ),
        status="" if waits else words(STATUS, status),
        colour=STATUS[status].colour,
    )
    return show(request, page)
