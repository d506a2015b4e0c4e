"""From hand to hand: introduce, answer, met, settled; and the one-time link of a partner without an account."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.doors import worker_page
from alongside.access.policy import require
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, how_long, language, moment, month_name, words
from alongside.hubs.queries import next_working_day, standard
from alongside.journey.directory.queries.editors import editor_by_link, service_to_keep
from alongside.journey.directory.queries.entries import Service, get_service
from alongside.journey.directory.queries.flow import services_of_my_teams
from alongside.journey.directory.queries.open_words import when_words
from alongside.journey.directory.rules import counted
from alongside.journey.handovers import commands, queries
from alongside.journey.handovers.codes import STATUS
from alongside.journey.handovers.forms import (
    Answer,
    AnswerByLink,
    Introduce,
    MetAsTold,
    MetByLink,
    Result,
    Signpost,
    WriteDownAnswer,
)
from alongside.journey.handovers.pages import (
    AnswerByLinkPage,
    HandoverPage,
    HandoverRow,
    IntroducePage,
    IntroductionsPage,
    LinkPage,
    SignpostPage,
    WhatBecamePage,
    WriteMetPage,
)
from alongside.journey.handovers.policies import can_find_help, can_introduce, may_say_met
from alongside.journey.handovers.rules import may_answer, may_meet, settled_is_asked_on
from alongside.members.strip import strip_of
from alongside.people.queries import get_person, story_of
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local, now, today
from alongside.vocabulary.handover_answers import ANSWERS, NOT_US
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.text import first_line, sentences

AT_FIELD = {
    "person_must_agree": "person_agrees",
    "day_has_passed": "joint_on",
    "choose_a_receiver": "receiver",
    "service_closed": "receiver",
    "code_wrong": "code",
    "met_later": "met_at",
    "met_before": "met_at",
}
"""Which question a refusal stands beside."""
THANKS = {
    "yes": gettext_lazy("Your answer is saved. The person stays with whoever holds them until you have met."),
    "after_talk": gettext_lazy("Your answer is saved. Whoever sent you the link gets in touch to talk. Until you have met, the person stays with whoever holds them."),
    "not_now": gettext_lazy("Your answer is saved. The person stays with whoever holds them, and you may be asked again from the day you gave. This link stays open until then."),
    "not_us": gettext_lazy("Your answer is saved. The person stays with whoever holds them, who looks for something that fits. There is nothing more for you to do."),
    "met": gettext_lazy("Thank you. It is saved that you have met."),
}  # fmt: skip
"""What follows for the person from what a partner has just said; it tells nothing about anybody."""


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_introduce(request.actor))
    receivers = queries.receivers_to_choose(request.actor, chosen=_service_chosen(request))
    story = story_of(request.actor, person.pk)
    asked = next((one.words for one in story if one.whose_words == "person" and one.domain == "asking"), "")
    form = Introduce(
        request.POST or None,
        today=today(),
        receivers=receivers.groups,
        initial={"receiver": receivers.chosen, "words": asked},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data) | asdict(_chosen(request))
        team_id, service_id = receivers.keys[given.pop("receiver")]
        try:
            offered = commands.introduce(
                actor=request.actor, at=now(), person_id=person.pk, to_team_id=team_id, to_service_id=service_id, **given
            )
        except Invalid as refusal:
            form.add_error(AT_FIELD[refusal.code], str(refusal))
        else:
            if offered.link_token:
                return _show_once(request, offered)
            return redirect("handovers:show-handover", offered.handover.public_id)
    page = IntroducePage(
        title=_("Introduce %(name)s") % {"name": person.chosen_name},
        form=form,
        strip=strip_of(request.actor, person),
        known=tuple(first_line(one.words, 200) for one in story[:3]),
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
        services=services_of_my_teams(request.actor) if request.actor.team_ids else (),
        people_shown=tuple(dict.fromkeys(one.person_id for one in (*to_answer, *received, *given))),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def show_handover(request: Request, handover_id: UUID) -> HttpResponse:
    actor = request.actor
    one = queries.get_handover(actor, handover_id)
    receives = one.to_team_id in actor.team_ids
    form_class = Answer if receives else WriteDownAnswer
    meet_on = next_working_day(one.hub_id, today(), team_id=one.to_team_id, after=3)
    form = form_class(request.POST or None, today=today(), initial={"meet_on": meet_on})
    if request.method == "POST" and form.is_valid():
        command = commands.answer if receives else commands.write_down_answer
        command(actor=actor, at=now(), handover_id=handover_id, **form.cleaned_data)
        return redirect("handovers:show-handover", handover_id)
    answerable, meetable, met = may_answer(one.facts), may_meet(one.facts), bool(one.met_at and not one.settled_at)
    introduces = can_introduce(actor)
    asked_on = settled_is_asked_on(local(one.met_at).date(), standard(one.hub_id, "settle")) if one.met_at and met else None
    by_link = not one.to_team_id and (answerable or meetable)
    page = HandoverPage(
        title=_("Introduction"),
        form=form if answerable and (receives or introduces) else None,
        strip=strip_of(actor, one.person),
        handover_id=handover_id,
        status=words(STATUS, one.status),
        colour=STATUS[one.status].colour,
        receiver=one.receiver,
        words=one.words,
        facts=_fact_lines(one),
        may_answer=receives and answerable,
        may_write_down=introduces and not receives and answerable,
        may_say_spoken=introduces and meetable and not one.introduced_at,
        may_say_met=meetable and may_say_met(actor, one, at=now()),
        may_write_met=introduces and meetable and not one.to_team_id,
        waits_for_receiver=bool(meetable and one.to_team_id and not receives),
        may_confirm=introduces and met and not one.confirmed_at and one.met_written_by_id != actor.hat_id,
        may_dispute=introduces and met,
        may_settle=bool(introduces and asked_on and asked_on <= today()),
        settled_from=day(asked_on) if asked_on and asked_on > today() else "",
        may_renew=introduces and by_link,
        renewed_to=one.link_goes_to,
        link_stopped=by_link and one.code_tries >= commands.CODE_TRIES,
        next_fit=can_find_help(actor) and one.answer == "not_us",
        people_shown=(one.person_id,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def step(request: Request, handover_id: UUID, what: str) -> HttpResponse:
    done = {
        "introduced": commands.write_down_introduction,
        "met-confirmed": commands.confirm_met,
        "not-met": commands.say_we_have_not_met,
        "settled": commands.settle,
    }.get(what)
    if done is None:
        raise NotFound
    done(actor=request.actor, at=now(), handover_id=handover_id)
    return redirect("handovers:show-handover", handover_id)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def write_met(request: Request, handover_id: UUID) -> HttpResponse:
    one = queries.get_handover(request.actor, handover_id)
    require(can_introduce(request.actor))
    form = MetAsTold(request.POST or None, today=today(), initial={"by_name": one.answered_by_name, "met_at": now()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.write_down_met(actor=request.actor, at=now(), handover_id=handover_id, **form.cleaned_data)
            return redirect("handovers:show-handover", handover_id)
        except Invalid as refusal:
            form.add_error(AT_FIELD[refusal.code], str(refusal))
    page = WriteMetPage(
        title=_("They have met, as they told me"),
        form=form,
        strip=strip_of(request.actor, one.person),
        receiver=one.receiver,
        people_shown=(one.person_id,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def new_link(request: Request, handover_id: UUID) -> HttpResponse:
    return _show_once(request, commands.renew_link(actor=request.actor, at=now(), handover_id=handover_id))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: Request, token: str) -> HttpResponse:
    asked = queries.asked_by_link(token)
    actor = Actor.public(request.hub.pk) if request.hub else Actor(kind="public")
    form_class = {"answer": AnswerByLink, "met": MetByLink}.get(asked)
    form = form_class(request.POST or None, today=today()) if form_class else None
    if form and request.method == "POST" and form.is_valid():
        command = commands.answer_by_link if asked == "answer" else commands.meet_by_link
        try:
            command(actor=actor, at=now(), token=token, **form.cleaned_data)
            return redirect(f"{request.path}?done={form.cleaned_data.get('answer', 'met')}")
        except commands.CodeIsWrong as refusal:
            commands.count_wrong_code(actor=actor, at=now(), token=token)
            form.add_error("code", str(refusal))
        except Invalid as refusal:
            form.add_error(AT_FIELD[refusal.code], str(refusal))
    thanks = str(THANKS.get(request.GET.get("done", ""), "")) if request.method == "GET" else ""
    page = AnswerByLinkPage(
        title=_("Thank you") if thanks else _("Somebody would like to introduce a person to you"),
        form=None if thanks else form,
        thanks=thanks,
        is_answered=asked != "answer",
        button=_("Send the answer") if asked == "answer" else _("We have met"),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def signpost(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_introduce(request.actor))
    key = request.GET.get("service", "")
    try:
        service = get_service(request.actor, UUID(key))
    except ValueError:
        raise NotFound from None
    in_two_weeks = next_working_day(person.hub_id, today() + timedelta(days=14))
    form = Signpost(request.POST or None, today=today(), initial={"ask_on": in_two_weeks})
    if request.method == "POST" and form.is_valid():
        commands.signpost(
            actor=request.actor,
            at=now(),
            person_id=person.pk,
            service_id=service.pk,
            ask_on=form.cleaned_data["ask_on"],
            **asdict(_chosen(request)),
        )
        return redirect("web:show-person", person_id)
    page = SignpostPage(
        title=_("Tell %(name)s of a service") % {"name": person.chosen_name},
        form=form,
        strip=strip_of(request.actor, person),
        service=service.name,
        about=sentences(service.how_to_start, service.phone, when_words(service.when_next)),
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
    named = request.POST.get("receiver", "").removeprefix("service:"), request.GET.get("service", "")
    for text in named:
        try:
            return UUID(text)
        except ValueError:
            continue
    return None


def _chosen(request: Request) -> queries.Chosen:
    """Give what was shown with the offer whose link led here; a form keeps the address it was opened at."""
    asked = request.GET
    return queries.chosen_from(
        request.actor, need=asked.get("need", ""), shown=asked.get("shown", ""), wishes=asked.getlist("wish")
    )


def _show_once(request: Request, offered: commands.Offered) -> HttpResponse:
    """Show a new code, and the link unless it goes by e-mail: nobody can look at them again."""
    one = queries.get_handover(request.actor, offered.handover.public_id)
    link = request.build_absolute_uri(reverse("handovers:answer-by-link", args=[offered.link_token]))
    page = LinkPage(
        title=_("Give them the code") if offered.emailed_to else _("Give them the link and the code"),
        strip=strip_of(request.actor, one.person),
        link=link if settings.DEMO or not offered.emailed_to else "",
        code=offered.code,
        emailed_to=offered.emailed_to,
        phone=one.to_service.phone if one.to_service else "",
        receiver=one.receiver,
        handover_id=one.public_id,
        people_shown=(one.person_id,),
    )
    return show(request, page)


def _row(one: queries.Handover, at: datetime) -> HandoverRow:
    waiting = how_long(int((at - one.offered_at).total_seconds() // 60))
    late = one.answer_by < today() and one.status in ("offered", "not_now")
    side = _("waits too long: ask, or offer the next fit") if late else _("offered %(time)s ago") % {"time": waiting}
    between = _("from %(giver)s to %(receiver)s") % {"giver": one.offered_by.worker.name, "receiver": one.receiver}
    return HandoverRow(one.public_id, one.person.chosen_name, between, words(STATUS, one.status), STATUS[one.status].colour, side)


def _fact_lines(one: queries.Handover) -> tuple[tuple[str, str], ...]:
    lines: list[tuple[str, str]] = [(_("Offered"), f"{moment(one.offered_at)}, {one.offered_by.worker.name}")]
    if email := queries.what_became_of_the_link(one):
        lines.append((_("Link by e-mail"), email))
    if shown := queries.shown_words(one):
        lines.append((_("Chosen from"), shown))
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
        lines.append((_("Because"), ". ".join(part for part in (words(NOT_US, one.not_us_reason), one.not_us_words) if part)))
    dated: list[tuple[str, date | None]] = [(_("They meet on"), one.meet_on), (_("Not before"), one.not_now_until)]
    lines += [(name, day(on)) for name, on in dated if on]
    lines += [(step.name, f"{moment(step.at)}, {step.who}") for step in queries.steps_of(one)]
    if not one.answered_at:
        lines.append((_("Answer by"), day(one.answer_by)))
    return tuple(lines)


@worker_page
@require_safe
def what_became(request: Request, service_id: UUID) -> HttpResponse:
    service = service_to_keep(request.actor, service_id)
    return _what_became(request, service, reverse("directory:keep-entry", args=[service_id]))


@require_safe
def what_became_by_link(request: Request, token: str) -> HttpResponse:
    service = editor_by_link(token, now()).service
    return _what_became(request, service, reverse("directory:entry-by-link", args=[token]))


def _what_became(request: Request, service: Service, back_to: str) -> HttpResponse:
    found = queries.what_became_at(service, now())
    kinds = ("asked", "answered", "met", "settled", "nothing")
    names = (_("Introduced"), _("Answered"), _("Met"), _("Settled"), _("Came to nothing"))
    page = WhatBecamePage(
        title=_("What people asked for, and what became of it"),
        service=service.name,
        until=day(today()),
        totals=tuple((name, counted(sum(getattr(one, kind) for one in found))) for name, kind in zip(names, kinds, strict=True)),
        rows=tuple(
            (
                f"{month_name(one.month.month, language())} {one.month.year}",
                words(NEEDS, one.need) or _("not said"),
                *(counted(getattr(one, kind)) for kind in kinds),
            )
            for one in found
        ),
        back_to=back_to,
    )
    return show(request, page)
