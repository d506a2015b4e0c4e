# For workers only.
"""The professional door: bring someone in, where it stands, and the summary to copy."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.searching import SHOWN, keep_search, kept_search
from alongside.access.showing import show
from alongside.design.words import day, short_day, words
from alongside.hubs.queries import local_date
from alongside.journey.referrals import commands, queries
from alongside.journey.referrals.codes import STATUS
from alongside.journey.referrals.forms import practitioner as forms
from alongside.journey.referrals.pages.practitioner import BringSomeoneInPage, BroughtInPage, FoundRow, MineRow, SummaryPage
from alongside.journey.referrals.pages.summary import Heard, message_back, summary
from alongside.journey.referrals.policies import check_can_bring_in
from alongside.members.queries import default_door, sector_of, standing_of
from alongside.members.strip import about_words, holder_words, strip_of
from alongside.people.queries import Asked, find_people
from alongside.reads import together
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.list_ends import page_after, read_end
from alongside.vocabulary.reference import fingerprint
from alongside.vocabulary.text import first_line


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def bring_someone_in(request: Request) -> HttpResponse:
    check_can_bring_in(request.actor)
    if request.method == "POST" and "search" in request.POST:
        keep_search(request, "bring-someone-in", forms.Find.sent)
        return redirect(f"{reverse('referrals:bring-someone-in')}{SHOWN}")
    asked = kept_search(request, "bring-someone-in")
    find = forms.Find(asked or None, auto_id="find_%s")
    sector = sector_of(request.actor)
    brought = queries.brought_in_by(request.actor, after=read_end(request.GET.get("after", ""), datetime, int))
    looked_for = Asked(**find.cleaned_data) if asked and find.is_valid() else Asked()
    found = find_people(request.actor, looked_for, beside=(sector, brought))
    form = forms.BringIn(
        request.POST or None,
        initial={
            "key": uuid4().hex,
            "door": default_door(request.actor, sector),
            "name": asked.get("name", ""),
            "nhs_number": asked.get("nhs_number", ""),
            "born_on": find.cleaned_data.get("born_on") if found or find.is_bound else None,
            "referrer_contact": request.user.email,
        },
    )
    if request.method == "POST" and form.is_valid():
        arrival = form.arrival(default_door=default_door(request.actor, sector))
        received = commands.bring_in(
            actor=request.actor,
            at=now(),
            arrival=arrival,
            key=f"form:{request.actor.hat_id}:{form.cleaned_data['key'] or uuid4().hex}",
            content_fingerprint=fingerprint(repr(arrival)),
        )
        return redirect("referrals:brought-in", received.referral.public_id)
    mine, more = brought[: queries.PAGE], brought[queries.PAGE :]
    page = BringSomeoneInPage(
        title=_("Bring someone in"),
        form=form,
        find_form=find,
        searched=bool(asked),
        found=tuple(FoundRow(one.public_id, one.chosen_name, about_words(one)) for one in found),
        mine=tuple(mine_row(one) for one in mine),
        next=page_after(mine[-1].received_at, mine[-1].key) if more else "",
        people_shown=tuple(dict.fromkeys([one.pk for one in found] + [one.person_id for one in mine])),
    )
    return show(request, page)


@worker_page
def brought_in(request: Request, referral_id: UUID) -> HttpResponse:
    referral = queries.get_brought_in(request.actor, referral_id, at=now())
    heard = _heard(request.actor, referral).for_referrer(
        name=referral.name_given, team=referral.team.name, due_on=referral.due_on, agreed=bool(referral.agrees)
    )
    page = BroughtInPage(
        title=_("Brought in"),
        reference=referral.reference,
        name=heard.name,
        status=words(STATUS, queries.status_for_referrer(referral)),
        words=referral.words,
        team=heard.holder,
        by=day(heard.next_on),
        summary=summary(heard),
        message_back=message_back(heard),
        people_shown=(referral.person_id,),
    )
    return show(request, page)


@worker_page
def copy_summary(request: Request, referral_id: UUID) -> HttpResponse:
    referral = queries.get_referral(request.actor, referral_id)
    page = SummaryPage(
        title=_("Summary to copy: %(name)s") % {"name": referral.person.chosen_name},
        strip=strip_of(request.actor, referral.person),
        summary=summary(_heard(request.actor, referral)),
        agreed=bool(referral.agrees),
        people_shown=(referral.person_id,),
    )
    return show(request, page)


def mine_row(one: queries.BroughtIn) -> MineRow:
    """Write one line of what a hat brought in."""
    return MineRow(
        referral_id=one.referral_id,
        name=one.name,
        reference=one.reference,
        first_line=first_line(one.words, 140),
        status=words(STATUS, one.status),
        colour=STATUS[one.status].colour,
        received=short_day(one.received_at),
    )


def _heard(actor: Actor, referral: queries.Referral) -> Heard:
    standing = standing_of(referral.person_id)
    together(standing)
    member = standing[0]
    return Heard(
        name=referral.person.chosen_name,
        reference=referral.reference,
        received_on=local_date(referral.received_at),
        words=referral.words,
        needs=tuple(referral.needs),
        holder=holder_words(member.current_holding, actor),
        next_on=member.next_on,
        news=queries.news_of(referral, member),
        triaged_on=local_date(referral.triaged_at) if referral.triaged_at else None,
        met_on=member.last_contact_on,
        resting_since=local_date(member.resting_since) if member.resting_since else None,
        rest_reason=member.rest_reason,
    )
