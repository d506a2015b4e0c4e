# For workers only.
"""Triage: the queue, the decision and what it said, and the crisis call that stays on top until somebody has taken it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, how_long, language, moment, words
from alongside.hubs.words import hat_words
from alongside.journey.referrals import commands, queries
from alongside.journey.referrals.codes import REASONS
from alongside.journey.referrals.forms import asking
from alongside.journey.referrals.forms import practitioner as forms
from alongside.journey.referrals.pages.practitioner import (
    CallRow,
    DecidedPage,
    DecidePage,
    DraftRow,
    QueueRow,
    TakenByPage,
    TriageQueuePage,
    WayRow,
)
from alongside.journey.referrals.policies import can_take_crisis_call, check_can_triage
from alongside.members.queries import choices_of_holders
from alongside.members.strip import holder_words, strip_of
from alongside.people.queries import way_words, ways_to_reach
from alongside.reads import Read, together, underway
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import CHANNELS
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.crisis import address as way_address
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.list_ends import page_after, read_end
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.text import first_line
from alongside.vocabulary.urgency import URGENCY


@worker_page
def triage_queue(request: Request) -> HttpResponse:
    check_can_triage(request.actor)
    waiting = queries.referrals_waiting_for_triage(
        request.actor, after=read_end(request.GET.get("after", ""), int, datetime, int)
    )
    calls, to_call = queries.open_crisis_calls(request.actor), queries.drafts_to_call(request.actor)
    with underway(waiting, calls, to_call):
        page = _queue_page(request.actor, waiting, calls, to_call)
    return show(request, page)


def _queue_page(actor: Actor, waiting: Read[Any], calls: Read[Any], to_call: Read[Any]) -> TriageQueuePage:
    rows, more = waiting[: queries.PAGE], waiting[queries.PAGE :]
    at, on = now(), today()
    last = rows[-1] if more else None
    return TriageQueuePage(
        title=_("Triage"),
        rows=tuple(
            QueueRow(
                referral_id=one.referral_id,
                urgency=words(URGENCY, one.urgency),
                colour=URGENCY[one.urgency].colour,
                why=" · ".join(words(REASONS, code) for code in one.reasons(on)),
                wait=_since(one.received_at, at),
                door=words(DOORS, one.door),
                name=one.name,
                first_line=first_line(one.words, 140),
                wants=words(NEEDS, one.needs[0]) if one.needs else "",
                flagged=one.suspected_spam,
            )
            for one in rows
        ),
        calls=tuple(_call_row(call, at) for call in calls),
        drafts=tuple(_draft_row(draft, at) for draft in queries.unsafe_drafts(actor, to_call)),
        next=page_after(last.urgency_rank, last.received_at, last.key) if last else "",
        people_shown=tuple([one.person_id for one in rows] + [call.person_id for call in calls]),
    )


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, referral_id: UUID) -> HttpResponse:
    actor = request.actor
    check_can_triage(actor)
    referral = queries.get_referral(actor, referral_id)
    ways, calls = ways_to_reach(referral.person_id), queries.crisis_calls_of(actor, referral.person_id)
    together(ways, calls)
    form = forms.Decide(
        request.POST or None,
        holders=choices_of_holders(actor, referral.person_id, at=now()),
        mine=(f"hat:{actor.hat_id}", *(f"team:{team_id}" for team_id in actor.team_ids)),
        channels={point.channel for point in ways if point.safe},
        initial={"urgency": referral.urgency, "next_on": today() + timedelta(days=7), "holder": f"hat:{actor.hat_id}"},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind, key = given["holder"].split(":")
        try:
            commands.decide(
                actor=actor,
                at=now(),
                referral_id=referral_id,
                urgency=given["urgency"],
                level=int(given["level"]) if given["level"] else None,
                to_hat_id=int(key) if kind == "hat" else None,
                to_team_id=int(key) if kind == "team" else None,
                next_on=given["next_on"],
                how_to_invite=given["how_to_invite"],
                risk={prompt: given[prompt] for prompt in form.prompts},
                why=given["why"],
            )
            if "introduce" in request.POST:
                return redirect("handovers:introduce", referral.person.public_id)
            return redirect("referrals:decided", referral_id)
        except Invalid as refusal:
            form.add_error("next_on" if refusal.code.startswith("next_date") else "holder", str(refusal))
    source = (
        words(DOORS, referral.door),
        referral.source_organisation.name if referral.source_organisation else "",
        referral.source_name,
    )
    standing = next((call for call in calls if call.taken_at is None), None)
    page = DecidePage(
        title=_("Decide: %(name)s") % {"name": referral.person.chosen_name},
        form=form,
        strip=strip_of(actor, referral.person),
        referral_id=referral_id,
        reference=referral.reference,
        received=moment(referral.received_at),
        door=" · ".join(part for part in source if part),
        urgency=words(URGENCY, referral.urgency),
        words=referral.words,
        whose=_("their own words") if referral.whose_words == "person" else _("words of whoever asked, not their own"),
        wants=referral.wants,
        agreed_next=referral.agreed_next,
        needs=tuple(NEEDS.words(code, language()) for code in referral.needs),
        flagged=referral.suspected_spam,
        call=_call_row(standing, now()) if standing else None,
        calls_taken=tuple((call_taken_words(call), call.outcome) for call in calls if call.taken_at),
        people_shown=(referral.person_id,),
    )
    return show(request, page)


@worker_page
def decided(request: Request, referral_id: UUID) -> HttpResponse:
    actor = request.actor
    one = queries.get_decided(actor, referral_id, at=now())
    decision = one.decision
    calls = queries.crisis_calls_of(actor, decision.person_id)
    said = (
        (_("Who holds them now"), holder_words(one.holding)),
        (_("Next date"), day(decision.next_on)),
        (_("Invited by"), words(CHANNELS, decision.how_to_invite) or _("not yet")),
        (_("Urgency"), words(URGENCY, decision.urgency)),
        (_("Level of support"), words(LEVELS, str(decision.level)) if decision.level is not None else ""),
        (_("Note"), decision.why),
    )
    page = DecidedPage(
        title=_("Decided: %(name)s") % {"name": decision.person.chosen_name},
        name=decision.person.chosen_name,
        rows=tuple((label, value, "") for label, value in said if value),
        person_id=decision.person.public_id if one.within_reach else None,
        call_id=next((call.public_id for call in calls if call.taken_at is None), None),
        people_shown=(decision.person_id,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def say_genuine(request: Request, referral_id: UUID) -> HttpResponse:
    commands.look_at_suspected_spam(actor=request.actor, at=now(), referral_id=referral_id, is_genuine=True)
    return redirect("referrals:decide", referral_id)


@worker_page
@require_http_methods(["POST"])
def calling_now(request: Request, referral_id: UUID) -> HttpResponse:
    referral = queries.get_referral(request.actor, referral_id)
    call = commands.open_crisis_call(actor=request.actor, at=now(), person_id=referral.person_id, referral_id=referral.pk)
    return redirect("referrals:taken-by", call.public_id)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def taken_by(request: Request, call_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    call = queries.get_crisis_call(actor, call_id)
    form = forms.TakenBy(request.POST or None, initial={"taken_at": at})
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_crisis_call(actor=actor, at=at, call_id=call_id, **_taken(form))
            return redirect(_back_to(request))
        except Invalid as refusal:
            form.add_error("taken_at", str(refusal))
    page = TakenByPage(
        title=_("Crisis: I am calling now"),
        form=form if request.method == "POST" or can_take_crisis_call(actor, call.person_id, at=at) else None,
        strip=strip_of(actor, call.person),
        ways=tuple(
            WayRow(way_words(point), point.value, way_address(point.value, point.channel) if point.safe else "")
            for point in ways_to_reach(call.person_id)
        ),
        open_for=_open_for(call, at) if call.taken_at is None else call_taken_words(call),
        people_shown=(call.person_id,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_unfinished(request: Request, draft_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    check_can_triage(actor)
    draft = queries.get_unsafe_draft(actor, draft_id)
    form = forms.TakenBy(request.POST or None, initial={"taken_at": at})
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_draft_call(actor=actor, at=at, draft_id=draft_id, **_taken(form))
            return redirect(_back_to(request))
        except Invalid as refusal:
            form.add_error("taken_at", str(refusal))
    page = TakenByPage(
        title=_("Crisis: I am calling now"),
        form=form,
        ways=tuple(
            WayRow(words(CHANNELS, channel).capitalize(), value, way_address(value, channel))
            for channel, value in asking.reached_by(draft.answers)
        ),
        open_for=_("Said “not safe” %(time)s ago, and has not finished asking.") % {"time": _since(draft.since, at)},
        known=tuple(
            (one.question, one.answer, "") for one in asking.said(draft.answers, steps=asking.known_to_duty(draft.answers))
        ),
    )
    return show(request, page)


def call_taken_words(call: queries.CrisisCall) -> str:
    """Say who took a crisis call and when, and who wrote it down."""
    facts = {"who": call.taken_by_name, "time": moment(call.taken_at)}
    if call.taken_written_by is None:
        return _("Taken by %(who)s, %(time)s") % facts
    facts["by"] = hat_words(call.taken_written_by)
    return _("Taken by %(who)s, %(time)s (written down by %(by)s)") % facts


def _taken(form: forms.TakenBy) -> dict[str, Any]:
    given = form.cleaned_data
    return {"taken_by_name": given["taken_by"], "taken_at": given["taken_at"], "outcome": given["outcome"]}


def _back_to(request: Request) -> str:
    """Give Triage to whoever triages, and Today to whoever holds the person without triaging."""
    return reverse("referrals:triage-queue" if policy.may(request.actor, "triage") else "web:today")


def _call_row(call: queries.CrisisCall, at: datetime) -> CallRow:
    return CallRow(call.public_id, call.person.chosen_name, _open_for(call, at))


def _open_for(call: queries.CrisisCall, at: datetime) -> str:
    who = call.opened_by.worker.name if call.opened_by else _("the public door")
    return _("open for %(time)s, by %(who)s; nobody has taken it yet") % {"time": _since(call.opened_at, at), "who": who}


def _draft_row(draft: queries.UnsafeDraft, at: datetime) -> DraftRow:
    return DraftRow(
        draft_id=draft.draft_id,
        since=_since(draft.since, at),
        name=draft.name or _("no name given yet"),
        ways=tuple(dict.fromkeys(value for _channel, value in asking.reached_by(draft.answers))),
    )


def _since(moment: datetime, at: datetime) -> str:
    return how_long(int((at - moment).total_seconds() // 60))
