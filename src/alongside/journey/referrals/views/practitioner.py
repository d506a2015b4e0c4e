# For workers only.
"""The professional door and triage."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import clock_time, day, how_long, language, moment, words
from alongside.journey.referrals import commands, queries
from alongside.journey.referrals.codes import STATUS
from alongside.journey.referrals.forms import practitioner as forms
from alongside.journey.referrals.pages.practitioner import (
    BringSomeoneInPage,
    BroughtInPage,
    CallRow,
    DecidePage,
    DraftRow,
    FoundRow,
    QueueRow,
    TakenByPage,
    TriageQueuePage,
)
from alongside.journey.referrals.policies import check_can_bring_in, check_can_triage
from alongside.journey.referrals.rules import status
from alongside.members.queries import choices_of_holders, default_door
from alongside.members.strip import about_words, strip_of
from alongside.people.queries import Asked, find_people, way_words, ways_to_reach
from alongside.reads import together
from alongside.refusals import Invalid
from alongside.vocabulary.clock import UK, local, now, today
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.reference import fingerprint
from alongside.vocabulary.text import first_line
from alongside.vocabulary.urgency import URGENCY


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def bring_someone_in(request: Request) -> HttpResponse:
    check_can_bring_in(request.actor)
    find = forms.Find(request.GET or None, auto_id="find_%s")
    found = []
    if request.GET and find.is_valid():
        found = find_people(request.actor, Asked(**find.cleaned_data))
    form = forms.BringIn(
        request.POST or None,
        initial={
            "key": uuid4().hex,
            "door": default_door(request.actor),
            "name": request.GET.get("name", ""),
            "nhs_number": request.GET.get("nhs_number", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        arrival = form.arrival(default_door=default_door(request.actor))
        received = commands.bring_in(
            actor=request.actor,
            at=now(),
            arrival=arrival,
            key=f"form:{request.actor.hat_id}:{form.cleaned_data['key'] or uuid4().hex}",
            content_fingerprint=fingerprint(repr(arrival)),
        )
        return redirect("referrals:brought-in", received.referral.public_id)
    page = BringSomeoneInPage(
        title=_("Bring someone in"),
        form=form,
        find_form=find,
        searched=bool(request.GET),
        found=tuple(FoundRow(one.public_id, one.chosen_name, about_words(one)) for one in found),
        people_shown=tuple(one.pk for one in found),
    )
    return show(request, page)


@worker_page
def brought_in(request: Request, referral_id: UUID) -> HttpResponse:
    referral = queries.get_brought_in(request.actor, referral_id, at=now())
    state = words(STATUS, status(queries.facts_of(referral)))
    due = day(queries.next_date_of(referral.person_id))
    summary = _(
        "%(name)s was brought in on %(day)s, reference %(reference)s. In the words given: %(words)s. Held by %(team)s; in touch by %(due)s."
    ) % {
        "name": referral.person.chosen_name,
        "day": day(referral.received_at),
        "reference": referral.reference,
        "words": first_line(referral.words, 300),
        "team": referral.team.name,
        "due": due,
    }
    back = ""
    if referral.triaged_at and referral.agrees:
        back = _("Heard on %(day)s. %(holder)s holds them now; in touch by %(due)s.") % {
            "day": day(referral.triaged_at),
            "holder": queries.holder_for_you(referral.person_id),
            "due": due,
        }
    page = BroughtInPage(
        title=_("Brought in"),
        reference=referral.reference,
        name=referral.person.chosen_name,
        status=state,
        words=referral.words,
        team=referral.team.name,
        by=due,
        summary=f"{summary} {back}".strip(),
        message_back=back,
        people_shown=(referral.person_id,),
    )
    return show(request, page)


@worker_page
def triage_queue(request: Request) -> HttpResponse:
    check_can_triage(request.actor)
    waiting = queries.referrals_waiting_for_triage(request.actor, after=_after(request.GET.get("after", "")))
    calls = queries.open_crisis_calls(request.actor)
    drafts = queries.unfinished_and_not_safe(request.actor)
    together(waiting, calls, drafts)
    rows, more = waiting[: queries.PAGE], waiting[queries.PAGE :]
    moment_now = now()
    last = rows[-1] if more else None
    page = TriageQueuePage(
        title=_("Triage"),
        calls=tuple(_call_row(call, moment_now) for call in calls),
        drafts=tuple(_draft_row(draft, moment_now) for draft in drafts),
        rows=tuple(
            QueueRow(
                referral_id=one.referral_id,
                urgency=words(URGENCY, one.urgency),
                colour=URGENCY[one.urgency].colour,
                why=_("said: not safe right now") if one.not_safe_now else "",
                wait=how_long(int((moment_now - one.received_at).total_seconds() // 60)),
                door=words(DOORS, one.door),
                name=one.name,
                first_line=first_line(one.words, 140),
                wants=words(NEEDS, one.needs[0]) if one.needs else "",
                flagged=one.suspected_spam,
            )
            for one in rows
        ),
        next=f"?after={last.urgency_rank}_{last.received_at.isoformat()}_{last.key}".replace("+", "%2B") if last else "",
        people_shown=tuple([one.person_id for one in rows] + [call.person_id for call in calls]),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, referral_id: UUID) -> HttpResponse:
    check_can_triage(request.actor)
    referral = queries.get_referral(request.actor, referral_id)
    form = forms.Decide(
        request.POST or None,
        holders=choices_of_holders(request.actor, referral.person_id, at=now()),
        initial={"urgency": referral.urgency, "next_on": today() + timedelta(days=7), "holder": f"hat:{request.actor.hat_id}"},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind, key = given["holder"].split(":")
        try:
            commands.decide(
                actor=request.actor,
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
            return redirect("web:show-person", referral.person.public_id)
        except Invalid as refusal:
            form.add_error("next_on" if refusal.code.startswith("next_date") else "holder", str(refusal))
    calls = [call for call in queries.open_crisis_calls(request.actor) if call.person_id == referral.person_id]
    source = " · ".join(
        part
        for part in (
            words(DOORS, referral.door),
            referral.source_organisation.name if referral.source_organisation else "",
            referral.source_name,
        )
        if part
    )
    page = DecidePage(
        title=_("Decide: %(name)s") % {"name": referral.person.chosen_name},
        form=form,
        strip=strip_of(request.actor, referral.person),
        referral_id=referral_id,
        reference=referral.reference,
        received=moment(referral.received_at),
        door=source,
        urgency=words(URGENCY, referral.urgency),
        words=referral.words,
        whose=_("their own words") if referral.whose_words == "person" else _("words of whoever asked, not their own"),
        wants=" ".join(part for part in (referral.wants, referral.agreed_next) if part),
        needs=tuple(NEEDS.words(code, language()) for code in referral.needs),
        flagged=referral.suspected_spam,
        call=_call_row(calls[0], now()) if calls else None,
        people_shown=(referral.person_id,),
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
    call = queries.get_crisis_call(request.actor, call_id)
    form = forms.TakenBy(request.POST or None, initial={"time": clock_time(now())})
    if request.method == "POST" and form.is_valid():
        hour, minute = map(int, form.cleaned_data["time"].split(":"))
        here = local(now())
        commands.take_crisis_call(
            actor=request.actor,
            at=now(),
            call_id=call_id,
            taken_by_name=form.cleaned_data["taken_by"],
            taken_at=datetime(here.year, here.month, here.day, hour, minute, tzinfo=UK),
            outcome=form.cleaned_data["outcome"],
        )
        return redirect("referrals:triage-queue")
    page = TakenByPage(
        title=_("Crisis: I am calling now"),
        form=form,
        strip=strip_of(request.actor, call.person),
        ways=tuple(way_words(point) for point in ways_to_reach(call.person_id)),
        people_shown=(call.person_id,),
    )
    return show(request, page)


def _call_row(call: queries.CrisisCall, at: datetime) -> CallRow:
    return CallRow(
        call_id=call.public_id,
        person_id=call.person.public_id,
        name=call.person.chosen_name,
        minutes=how_long(int((at - call.opened_at).total_seconds() // 60)),
        opened_by=call.opened_by.worker.name if call.opened_by else _("the public door"),
        ways=(),
    )


def _draft_row(draft: queries.Draft, at: datetime) -> DraftRow:
    details = draft.answers.get("reach-details", {})
    about = draft.answers.get("about-you", {})
    ways = [str(value) for key, value in details.items() if key.endswith("_value") and value]
    ways += [about[key] for key in ("phone", "email") if about.get(key)]
    since = draft.not_safe_at or at
    return DraftRow(
        since=how_long(int((at - since).total_seconds() // 60)),
        name=draft.answers.get("name", {}).get("name", "") or _("no name given yet"),
        ways=tuple(ways),
    )


def _after(text: str) -> tuple[int, datetime, int] | None:
    try:
        rank, received, key = text.split("_")
        return int(rank), datetime.fromisoformat(received).astimezone(UK), int(key)
    except (ValueError, OverflowError):
        return None
