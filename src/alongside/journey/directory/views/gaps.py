"""What people did not find, and what is proposed about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import short_day, words
from alongside.hubs.queries import local_date
from alongside.journey.directory import commands
from alongside.journey.directory.forms import Propose
from alongside.journey.directory.pages import (
    GapPage,
    GapsPage,
)
from alongside.journey.directory.policies import check_can_keep, may_keep
from alongside.journey.directory.queries.gap_picture import drawn, gaps_by_place
from alongside.journey.directory.queries.gaps import gap_map, is_gap, place_name, proposals_for
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from alongside.vocabulary.needs import NEEDS


@worker_page
def gaps(request: Request) -> HttpResponse:
    at = now()
    found, places = gap_map(request.actor, at), gaps_by_place(request.actor, at)
    page = GapsPage(
        title=_("What people did not find"),
        rows=tuple(
            (
                (words(NEEDS, one.need), _gap_address(one.need, one.outcode)),
                one.place or _("no place chosen"),
                one.asked,
                str(one.offers_there),
                str(one.offers),
                one.answer or _no_answer((local_date(at) - one.since).days),
            )
            for one in found.gaps
        ),
        asked_in_all=found.asked_in_all,
        without_offer=tuple(words(NEEDS, need) for need in found.without_offer),
        places=tuple((one.name, one.asked, str(one.offers)) for one in places),
        picture=drawn(places),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def gap(request: Request, need: str, outcode: str = "") -> HttpResponse:
    if not is_gap(request.actor, need, outcode, now()):
        raise NotFound
    form = Propose(request.POST if request.method == "POST" else None) if may_keep(request.actor) else None
    if request.method == "POST":
        check_can_keep(request.actor)
        if form and form.is_valid():
            commands.propose(actor=request.actor, at=now(), need=need, outcode=outcode, words=form.cleaned_data["words"])
            return redirect(_gap_address(need, outcode))
    page = GapPage(
        title=words(NEEDS, need),
        form=form,
        need=words(NEEDS, need),
        place=place_name(outcode) if outcode else "",
        proposals=tuple(
            (one.words, f"{short_day(one.at)}, {one.by.worker.name}" if one.by else short_day(one.at))
            for one in proposals_for(request.actor, need, outcode)
        ),
    )
    return show(request, page)


def _gap_address(need: str, outcode: str) -> str:
    return reverse("directory:gap-in-a-place", args=[need, outcode]) if outcode else reverse("directory:gap", args=[need])


def _no_answer(days: int) -> str:
    return ngettext("no answer yet, for %(count)s day", "no answer yet, for %(count)s days", days) % {"count": days}
