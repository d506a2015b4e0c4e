"""From hand to hand: introduce, answer, met, settled; and the one-time link of a partner without an account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, how_long, moment, words
from alongside.hubs.queries import teams_in_hub
from alongside.journey.directory.queries.entries import get_service, services_to_choose
from alongside.journey.handovers import commands, queries
from alongside.journey.handovers.codes import STATUS
from alongside.journey.handovers.forms import Answer, AnswerByLink, Introduce, Result, Signpost, WriteDownAnswer
from alongside.journey.handovers.pages import (
    AnswerByLinkPage,
    HandoverPage,
    HandoverRow,
    IntroducePage,
    IntroductionsPage,
    LinkPage,
    SignpostPage,
)
from alongside.journey.handovers.rules import Facts, may_answer, may_meet, status
from alongside.members.strip import strip_of
from alongside.people.queries import get_person, story_of
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.handover_answers import ANSWERS, NOT_US
from alongside.vocabulary.text import first_line


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    chosen = _service_chosen(request)
    form = Introduce(
        request.POST or None,
        receivers=[(f"team:{team.pk}", _("Team: %(name)s") % {"name": team.name}) for team in teams_in_hub(request.actor)]
        + [(f"service:{service.public_id}", service.name) for service in services_to_choose(request.actor, chosen=chosen)],
        initial={"receiver": f"service:{chosen}" if chosen else ""},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        kind, key = given.pop("receiver").split(":")
        service = get_service(request.actor, UUID(key)) if kind == "service" else None
        try:
            offered = commands.introduce(
                actor=request.actor,
                at=now(),
                person_id=person.pk,
                to_team_id=int(key) if kind == "team" else None,
                to_service_id=service.pk if service else None,
                **given,
            )
        except Invalid as refusal:
            form.add_error("person_agrees" if refusal.code == "person_must_agree" else "receiver", str(refusal))
        else:
            if not offered.link_token:
                return redirect("handovers:show-handover", offered.handover.public_id)
            once = LinkPage(
                title=_("Give them the link and the code"),
                strip=strip_of(request.actor, person),
                link=request.build_absolute_uri(reverse("handovers:answer-by-link", args=[offered.link_token])),
                code=offered.code,
                receiver=service.name if service else "",
                handover_id=offered.handover.public_id,
                people_shown=(person.pk,),
            )
            return show(request, once)
    page = IntroducePage(
        title=_("Introduce %(name)s") % {"name": person.chosen_name},
        form=form,
        strip=strip_of(request.actor, person),
        known=tuple(first_line(one.words, 200) for one in story_of(request.actor, person.pk)[:3]),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
def introductions(request: Request) -> HttpResponse:
    at = now()
    to_answer = queries.introductions_to_answer(request.actor)
    received = queries.introductions_received(request.actor)
    given = queries.introductions_given(request.actor)
    page = IntroductionsPage(
        title=_("Introductions"),
        to_answer=tuple(_row(one, at) for one in to_answer),
        received=tuple(_row(one, at) for one in received),
        given=tuple(_row(one, at) for one in given),
        people_shown=tuple(dict.fromkeys(one.person_id for one in (*to_answer, *received, *given))),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_handover(request: Request, handover_id: UUID) -> HttpResponse:
    actor = request.actor
    one = queries.get_handover(actor, handover_id)
    facts = _facts(one)
    receives = one.to_team_id in actor.team_ids
    gives = not receives or one.offered_by_id == actor.hat_id
    form_class = Answer if receives else WriteDownAnswer
    form = form_class(request.POST if "answer" in request.POST else None, initial={"meet_on": today() + timedelta(days=3)})
    if request.method == "POST" and "answer" in request.POST and form.is_valid():
        command = commands.answer if receives else commands.write_down_answer
        try:
            command(actor=actor, at=now(), handover_id=handover_id, **form.cleaned_data)
            return redirect("handovers:show-handover", handover_id)
        except Invalid as refusal:
            form.add_error("reason" if refusal.code == "not_us_needs_reason" else "meet_on", str(refusal))
    page = HandoverPage(
        title=_("Introduction"),
        form=form if may_answer(facts) else None,
        strip=strip_of(actor, one.person),
        handover_id=handover_id,
        status=words(STATUS, status(facts)),
        colour=STATUS[status(facts)].colour,
        receiver=_receiver(one),
        words=one.words,
        facts=_fact_lines(one),
        may_answer=receives and may_answer(facts),
        may_write_down=gives and not receives and may_answer(facts),
        may_meet=may_meet(facts),
        may_settle=bool(one.met_at and not one.settled_at),
        next_fit=one.answer == "not_us",
        by_name=not receives,
        people_shown=(one.person_id,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def step(request: Request, handover_id: UUID, what: str) -> HttpResponse:
    done = {
        "introduced": commands.write_down_introduction,
        "met": commands.meet,
        "not-met": commands.say_we_have_not_met,
        "settled": commands.settle,
    }.get(what)
    if done is None:
        raise NotFound
    done(actor=request.actor, at=now(), handover_id=handover_id)
    return redirect("handovers:show-handover", handover_id)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: Request, token: str) -> HttpResponse:
    if request.GET.get("done"):
        return show(request, AnswerByLinkPage(title=_("Thank you"), done=True))
    if not queries.is_open_link(token):
        raise NotFound
    actor = Actor.public(request.hub.pk) if request.hub else Actor(kind="public")
    form = AnswerByLink(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_by_link(actor=actor, at=now(), token=token, **form.cleaned_data)
            return redirect(f"{request.path}?done=yes")
        except commands.CodeIsWrong as refusal:
            commands.count_wrong_code(actor=actor, at=now(), token=token)
            form.add_error("code", str(refusal))
        except Invalid as refusal:
            form.add_error("reason" if refusal.code == "not_us_needs_reason" else "meet_on", str(refusal))
    return show(request, AnswerByLinkPage(title=_("Somebody would like to introduce a person to you"), form=form))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def signpost(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    key = request.GET.get("service", "")
    try:
        service = get_service(request.actor, UUID(key))
    except ValueError:
        raise NotFound from None
    form = Signpost(request.POST or None, initial={"ask_on": today() + timedelta(days=14)})
    if request.method == "POST" and form.is_valid():
        commands.signpost(
            actor=request.actor, at=now(), person_id=person.pk, service_id=service.pk, ask_on=form.cleaned_data["ask_on"]
        )
        return redirect("web:show-person", person_id)
    page = SignpostPage(
        title=_("Tell %(name)s of a service") % {"name": person.chosen_name},
        form=form,
        strip=strip_of(request.actor, person),
        service=service.name,
        about=" ".join(part for part in (service.how_to_start, service.phone, service.when_next) if part),
        button=_("Write it down"),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def signpost_result(request: Request, signpost_id: UUID) -> HttpResponse:
    one = queries.get_signpost(request.actor, signpost_id)
    form = Result(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.write_down_result(actor=request.actor, at=now(), signpost_id=signpost_id, result=form.cleaned_data["result"])
        return redirect("web:show-person", one.person.public_id)
    page = SignpostPage(
        title=_("How did it go?"),
        form=form,
        strip=strip_of(request.actor, one.person),
        service=one.service.name,
        button=_("Save"),
        people_shown=(one.person_id,),
    )
    return show(request, page)


def _service_chosen(request: Request) -> UUID | None:
    """Give the service that the form or the address names, if it names one."""
    named = request.POST.get("receiver", "").removeprefix("service:") or request.GET.get("service", "")
    try:
        return UUID(named)
    except ValueError:
        return None


def _facts(one: queries.Handover) -> Facts:
    return Facts(one.answer, one.accepted_at, one.introduced_at, one.met_at, one.settled_at)


def _receiver(one: queries.Handover) -> str:
    return one.to_service.name if one.to_service else one.to_team.name if one.to_team else ""


def _row(one: queries.Handover, at: datetime) -> HandoverRow:
    state = status(_facts(one))
    waiting = how_long(int((at - one.offered_at).total_seconds() // 60))
    late = one.answer_by < today() and state in ("offered", "not_now")
    side = _("waits too long: ask, or offer the next fit") if late else _("offered %(time)s ago") % {"time": waiting}
    between = _("from %(giver)s to %(receiver)s") % {"giver": one.offered_by.worker.name, "receiver": _receiver(one)}
    return HandoverRow(one.public_id, one.person.chosen_name, between, words(STATUS, state), STATUS[state].colour, side)


def _fact_lines(one: queries.Handover) -> tuple[tuple[str, str], ...]:
    lines: list[tuple[str, str]] = [(_("Offered"), f"{moment(one.offered_at)}, {one.offered_by.worker.name}")]
    if one.agreed_to_share:
        lines.append((_("Agreed to share"), one.agreed_to_share))
    if one.how_to_meet:
        lines.append((_("How they like to be met"), one.how_to_meet))
    if one.joint_on:
        lines.append((_("Joint date"), day(one.joint_on)))
    if one.answered_at:
        who = one.answered_by.worker.name if one.answered_by and one.answered_how == "account" else one.answered_by_name
        mark = {"link": _(", by link"), "written": _(", written down by the giver")}.get(one.answered_how, "")
        lines.append((_("Answered"), f"{words(ANSWERS, one.answer)}: {moment(one.answered_at)}, {who}{mark}"))
    if one.not_us_reason:
        lines.append((_("Because"), f"{words(NOT_US, one.not_us_reason)} {one.not_us_words}".strip()))
    dated: list[tuple[str, date | None]] = [(_("They meet on"), one.meet_on), (_("Not before"), one.not_now_until)]
    lines += [(name, day(on)) for name, on in dated if on]
    timed = [
        (_("Introduced"), one.introduced_at),
        (_("Met"), one.met_at),
        (_("They said they had not met"), one.disputed_at),
        (_("Settled"), one.settled_at),
    ]
    lines += [(name, moment(at)) for name, at in timed if at]
    if not one.answered_at:
        lines.append((_("Answer by"), day(one.answer_by)))
    return tuple(lines)
