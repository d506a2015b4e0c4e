# For workers only.
"""Pages to work in: Today, the whole record, in a crisis, Nobody lost, the hub's figures, finding help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.addresses import address
from alongside.design.words import day, how_long, language, moment, short_day, words
from alongside.journey.assessments.queries import ranked_needs
from alongside.journey.directory.codes import WHY_NOT
from alongside.journey.directory.queries.entries import place_named
from alongside.journey.directory.queries.matching import match_services
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.queries import earlier_answers, introductions_to_answer
from alongside.journey.referrals.codes import STATUS
from alongside.journey.referrals.models import CrisisCall
from alongside.journey.referrals.queries import BroughtIn, UnsafeDraft, brought_in_by, open_crisis_calls, unsafe_drafts
from alongside.members.codes import TASKS
from alongside.members.models import Task
from alongside.members.queries import open_tasks
from alongside.members.strip import holder_words, strip_of
from alongside.people.commands import settle_match
from alongside.people.policies import check_can_match
from alongside.people.queries import get_person, matches_to_settle
from alongside.reads import together
from alongside.refusals import NotFound
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.needs import NEEDS
from alongside.web import queries
from alongside.web.codes import LOST
from alongside.web.forms import Near
from alongside.web.pages import (
    Figure,
    FigureRowsPage,
    FindHelpPage,
    HubHomePage,
    InACrisisPage,
    MatchesPage,
    NobodyLostPage,
    Row,
    TodayPage,
)
from alongside.web.record import crisis_facts, person_page

FEW = 10
"""How much of what a referrer brought in stands on Today; the rest is one link away."""


@worker_page
def today_page(request: Request) -> HttpResponse:
    actor, at = request.actor, now()
    after = _after(request.GET.get("after", ""))
    caseload = queries.people_held(actor, after=after)
    calls: Sequence[CrisisCall] = []
    tasks: Sequence[Task] = []
    introductions: Sequence[Handover] = []
    brought: Sequence[BroughtIn] = []
    brings_in_only = policy.may(actor, "bring_in") and not policy.may(actor, "hold")
    if after is None:
        first = open_crisis_calls(actor), open_tasks(actor, mine=True), introductions_to_answer(actor)
        mine = [brought_in_by(actor)] if brings_in_only else []
        together(caseload, *first, *mine)
        calls, tasks, introductions = first
        brought = mine[0][:FEW] if mine else []
    drafts = unsafe_drafts(actor) if after is None and policy.may(actor, "triage") else []
    held, more = caseload[: queries.CASELOAD], caseload[queries.CASELOAD :]
    on, dates, not_yet = today(), _("next %(day)s · last met %(met)s"), _("not yet")
    soon = [one for one in tasks if one.due_on <= on]
    rows_now = tuple(
        [
            Row(
                address("referrals:taken-by", call.public_id),
                call.person.chosen_name,
                _("crisis call: call now, then write down who took it"),
                _("open for %(time)s") % {"time": how_long(_minutes(call.opened_at, at))},
                "red",
            )
            for call in calls
        ]
        + [_not_called_yet(draft, at) for draft in drafts]
        + [
            Row(
                address("web:show-person", one.person.public_id),
                one.person.chosen_name,
                one.words or words(TASKS, one.what),
                _("due %(day)s") % {"day": short_day(one.due_on)},
                TASKS[one.what].colour if one.what in TASKS else "",
            )
            for one in soon
        ]
    )
    meetings = [one for one in held if one.next_on == on and one.next_what in ("meet", "call")]
    last = held[-1] if more else None
    page = TodayPage(
        title=_("Today"),
        now_rows=rows_now,
        introductions=tuple(
            Row(
                address("handovers:show-handover", one.public_id),
                one.person.chosen_name,
                _("from %(who)s") % {"who": one.offered_by.worker.name},
                _("waiting %(time)s, answer by %(day)s")
                % {"time": how_long(_minutes(one.offered_at, at)), "day": short_day(one.answer_by)},
            )
            for one in introductions
        ),
        meetings=tuple(Row(address("web:show-person", one.person_id), one.name, "", "") for one in meetings),
        held=tuple(
            Row(
                address("web:show-person", one.person_id),
                one.name,
                _overdue(one.next_on, on, resting=bool(one.rest_reason)),
                dates % {"day": short_day(one.next_on), "met": short_day(one.last_contact_on) or not_yet},
            )
            for one in held
        ),
        next=f"?after={last.next_on}_{last.key}" if last else "",
        first_page=after is None,
        brings_in_only=brings_in_only,
        mine=tuple(
            Row(
                address("referrals:brought-in", one.referral_id),
                one.name,
                words(STATUS, one.status),
                f"{one.reference} · {short_day(one.received_at)}",
                STATUS[one.status].colour,
            )
            for one in brought
        ),
        people_shown=tuple(
            dict.fromkeys(
                [one.person_key for one in held]
                + [one.person_id for one in (*calls, *soon, *introductions)]
                + [one.person_id for one in brought]
            )
        ),
    )
    return show(request, page)


@worker_page
def show_person(request: Request, person_id: UUID) -> HttpResponse:
    return show(request, person_page(request.actor, get_person(request.actor, person_id)))


@worker_page
def in_a_crisis(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    facts = crisis_facts(request.actor, person)
    page = InACrisisPage(
        title=_("In a crisis: %(name)s") % {"name": person.chosen_name},
        strip=strip_of(request.actor, person),
        risk=facts.risk,
        dependants=facts.dependants,
        family=facts.family,
        gp=person.gp_practice,
        crisis=tuple((line.words, line.href) for line in crisis_lines(request.hub, welsh=language() == "cy")),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
def nobody_lost(request: Request) -> HttpResponse:
    at = now()
    lost = queries.nobody_lost(request.actor.hub, at)
    reach = queries.within_reach(request.actor, [one.person_id for one in lost if one.person_id])
    acting = queries.acting_for(list(reach))
    drafts = {one.draft_id: one for one in unsafe_drafts(request.actor)} if policy.may(request.actor, "triage") else {}
    shown = [one for one in lost if one.person_id in reach or one.draft_id in drafts]
    rows = [
        _not_called_yet(drafts[one.draft_id], at)
        if one.draft_id
        else Row(
            address("web:show-person", reach[one.person_id].public_id),
            reach[one.person_id].chosen_name,
            words(LOST, one.why),
            _("since %(time)s · held by %(who)s")
            % {"time": how_long(_minutes(one.since, at)), "who": holder_words(acting.get(one.person_id))},
            LOST[one.why].colour,
        )
        for one in shown
    ]
    page = NobodyLostPage(
        title=_("Nobody lost"),
        count=len({one.who for one in lost}),
        rows=tuple(rows),
        beyond=len({one.who for one in lost} - set(reach) - set(drafts)),
        now=moment(at),
        people_shown=tuple(dict.fromkeys(one.person_id for one in shown if one.person_id)),
    )
    return show(request, page)


@worker_page
def hub_home(request: Request) -> HttpResponse:
    at = now()
    count = queries.promise_counts(request.actor.hub, at)
    lost = len({one.who for one in queries.nobody_lost(request.actor.hub, at)})
    of = _("%(part)s of %(whole)s")
    came_in = _("came in by %(doors)s doors in 90 days") % {"doors": count["doors"]}
    figures = (
        Figure(_("Any door, and nobody is turned away"), str(count["referrals"]), came_in, _rows_of("came-in")),
        Figure(
            _("Somebody always holds you"),
            of % {"part": count["held"], "whole": count["members"]},
            _("members with exactly one holder now"),
            _rows_of("held"),
        ),
        Figure(_("Nobody lost"), str(lost), _("would be lost if nobody acted (goal 0)"), address("web:nobody-lost")),
        Figure(
            _("Told once"),
            of % {"part": count["read_before_met"], "whole": count["first_meetings"]},
            _("first meetings whose worker had read the story before"),
            _rows_of("met"),
        ),
        Figure(
            _("Asked again"),
            str(count["asked_again"]),
            _("questions asked although the answer was there, in 90 days (goal 0)"),
            _rows_of("asked-again"),
        ),
        Figure(
            _("Hands stay on until hands are met"),
            of % {"part": count["met"], "whole": count["handovers"]},
            _("introductions offered in 90 days have met"),
            _rows_of("introduced"),
        ),
        Figure(
            _("Not us"),
            str(count["not_us"]),
            _("answers that gave a reason and left the person with their holder"),
            _rows_of("not-us"),
        ),
        Figure(
            _("Signposts with a result"),
            of % {"part": count["signposts_with_result"], "whole": count["signposts"]},
            _("in 90 days"),
            _rows_of("signposts"),
        ),
    )
    page = HubHomePage(
        title=_("The hub's promises"),
        figures=figures,
        teams=tuple(
            (one.team, str(one.held), short_day(one.oldest_next), str(one.limit or ""))
            for one in queries.team_loads(request.actor.hub)
        ),
        at=moment(at),
    )
    return show(request, page)


@worker_page
def figure_rows(request: Request, what: str) -> HttpResponse:
    behind = queries.behind_figure(request.actor.hub, what, now())
    if behind is None:
        raise NotFound
    reach = queries.within_reach(request.actor, [person_id for person_id, _when in behind])
    page = FigureRowsPage(
        title=_("The people behind this figure"),
        rows=tuple(
            Row(address("web:show-person", reach[person_id].public_id), reach[person_id].chosen_name, "", moment(when))
            for person_id, when in behind[: queries.CASELOAD]
            if person_id in reach
        ),
        beyond=len({person_id for person_id, _when in behind} - set(reach)),
        capped=len(behind) > queries.CASELOAD,
        people_shown=tuple(reach),
    )
    return show(request, page)


@worker_page
def find_help(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    form = Near(request.GET or None)
    asked_near = form.cleaned_data["near"] if request.GET and form.is_valid() else ""
    near = place_named(asked_near)
    needs = [need.code for need in ranked_needs(request.actor, person.pk)] or request.GET.getlist("need")
    why, after = request.GET.get("why", ""), request.GET.get("after", "")
    matching = match_services(
        request.actor,
        needs=[need for need in needs if need in NEEDS],
        age=age_for_matching(person.born_on, person.age_band, today()),
        place=near.place,
        earlier=earlier_answers(request.actor, person.pk, today()),
        why=why if why in WHY_NOT else "",
        after=int(after) if after.isdecimal() and len(after) < 18 else 0,
    )
    left_out, other_needs = matching.left_out, [("need", need) for need in request.GET.getlist("need")]
    asked = [("near", asked_near), *other_needs]
    page = FindHelpPage(
        title=_("Find help for %(name)s") % {"name": person.chosen_name},
        form=form,
        strip=strip_of(request.actor, person),
        near=asked_near,
        near_taken=near.words,
        near_others=tuple((other, f"?{urlencode([('near', other), *other_needs])}") for other in near.others),
        no_needs=not needs,
        needs=tuple((words(NEEDS, need), offers) for need, offers in matching.offers),
        left_out=left_out.rows,
        left_out_because=tuple(
            (f"{spoken}: {count}", f"?{urlencode([*asked, ('why', code)])}#left-out") for code, spoken, count in left_out.counts
        ),
        left_out_next=f"?{urlencode([*asked, ('why', why), ('after', left_out.go_on)])}#left-out" if left_out.go_on else "",
        left_out_asked=bool(why or after),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def matches(request: Request) -> HttpResponse:
    check_can_match(request.actor)
    if request.method == "POST":
        try:
            task_id, same = UUID(request.POST.get("task", "")), {"yes": True, "no": False}[request.POST.get("same", "")]
        except (ValueError, KeyError):
            raise NotFound from None
        settle_match(actor=request.actor, at=now(), task_id=task_id, same=same)
        return redirect("web:matches")
    found = matches_to_settle(request.actor)
    reach = queries.within_reach(request.actor, [one.person_id for one in found] + [one.other_id for one in found])
    page = MatchesPage(
        title=_("Who is who"),
        rows=tuple(
            (
                str(one.public_id),
                _about(one.person) if one.person_id in reach else one.person.chosen_name,
                _about(one.other) if one.other_id in reach else _("somebody beyond your reach: ask a colleague who holds them"),
                one.because,
                short_day(one.made_at),
            )
            for one in found
            if one.person_id in reach
        ),
        people_shown=tuple(reach),
    )
    return show(request, page)


def _not_called_yet(draft: UnsafeDraft, at: datetime) -> Row:
    return Row(
        address("referrals:call-unfinished", draft.draft_id),
        draft.name or _("no name given yet"),
        _("said “not safe” and has not finished: call now, then write down who called"),
        _("open for %(time)s") % {"time": how_long(_minutes(draft.since, at))},
        "red",
    )


def _rows_of(what: str) -> str:
    return address("web:figure-rows", what)


def _about(person: queries.Person) -> str:
    return f"{person.chosen_name}, {day(person.born_on) if person.born_on else _('birthday not told')}"


def _minutes(since: datetime, at: datetime) -> int:
    return int((at - since).total_seconds() // 60)


def _overdue(next_on: date, on: date, *, resting: bool) -> str:
    if resting:
        return _("resting: say hello") if next_on <= on else _("resting")
    return _("the next date has passed: get in touch, or set a new one") if next_on < on else ""


def _after(text: str) -> tuple[date, int] | None:
    try:
        on, key = text.split("_")
        return date.fromisoformat(on), int(key)
    except ValueError:
        return None
