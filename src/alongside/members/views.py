# For workers only.
"""Holding somebody: next date, tasks, change of holder, rest and back; leave, and the end of a hat, a worker's time, a team."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.policy import require
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, words
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.roles import ROLE_WORDS
from alongside.hubs.words import hat_words
from alongside.members import commands, queries
from alongside.members.forms import (
    ArrangeLeave,
    ChangeHolder,
    EndHat,
    EndTeam,
    NewTask,
    NextDate,
    Rest,
    TakeBackDeath,
    TheyHaveDied,
)
from alongside.members.pages import HatPage, HatsPage, OneFormPage, TheyHaveDiedPage
from alongside.members.policies import can_hold, check_can_manage_people, check_can_manage_worker
from alongside.members.strip import strip_of
from alongside.people.policies import check_is_alive
from alongside.people.queries import get_person
from alongside.refusals import AlreadyDone, Invalid
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def next_date(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    is_task = "words" in request.POST
    form = NextDate(None if is_task else request.POST or None, initial={"on": today() + timedelta(days=7)})
    task = NewTask(
        request.POST if is_task else None, auto_id="task_%s", initial={"due_on": today() + timedelta(days=3)}, today=today()
    )
    if request.method == "POST" and is_task and task.is_valid():
        given = task.cleaned_data
        kind = "call_back" if given["call_back"] else "task"
        commands.create_task(
            actor=request.actor, at=now(), person_id=person.pk, what="do", words=given["words"], due_on=given["due_on"], kind=kind
        )
        return redirect("web:show-person", person_id)
    if request.method == "POST" and not is_task and form.is_valid():
        try:
            commands.set_next_date(
                actor=request.actor, at=now(), person_id=person.pk, on=form.cleaned_data["on"], what=form.cleaned_data["what"]
            )
            return redirect("web:show-person", person_id)
        except Invalid as refusal:
            form.add_error("on", str(refusal))
    task_first = is_task or person.has_died
    page = OneFormPage(
        title=_("Something to be done") if person.has_died else _("Next date or task"),
        form=task if task_first else form,
        strip=strip_of(request.actor, person),
        button=_("Save the task") if task_first else _("Set the next date"),
        second_form=None if person.has_died else form if is_task else task,
        second_title=_("Next date") if is_task else _("Something to be done"),
        second_button=_("Set the next date") if is_task else _("Save the task"),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_holder(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_hold(request.actor))
    form = ChangeHolder(request.POST or None, holders=queries.choices_of_holders(request.actor, person.pk, at=now()))
    if request.method == "POST" and form.is_valid():
        kind, key = form.cleaned_data["holder"].split(":")
        try:
            commands.pass_on(
                actor=request.actor,
                at=now(),
                person_id=person.pk,
                why="told" if form.cleaned_data["told"] else "not_told",
                to_hat_id=int(key) if kind == "hat" else None,
                to_team_id=int(key) if kind == "team" else None,
                next_on=form.cleaned_data["on"],
            )
            return redirect("web:today")
        except Invalid as refusal:
            form.add_error("on" if refusal.code.startswith("next_date") else "holder", str(refusal))
    page = OneFormPage(
        title=_("Change holder"),
        form=form,
        strip=strip_of(request.actor, person),
        button=_("Change holder"),
        lead=_(
            "The new holder has them from this very moment; there is no gap. To introduce them to another team, use Introduce instead."
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_hold(request.actor))
    check_is_alive(person)
    form = Rest(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            commands.rest(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
            return redirect("web:show-person", person_id)
        except Invalid as refusal:
            form.add_error("hello_on" if refusal.code.startswith("next_date") else "reason", str(refusal))
    page = OneFormPage(
        title=_("Rest"),
        form=form,
        strip=strip_of(request.actor, person),
        button=_("Let them rest"),
        lead=_("They stay a member, and you stay their holder. One action brings them back."),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def they_have_died(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_hold(request.actor))
    check_is_alive(person)
    form = TheyHaveDied(request.POST if request.method == "POST" else None, today=today())
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    if given is not None and "sure" in request.POST:
        commands.write_down_that_they_died(actor=request.actor, at=now(), person_id=person.pk, died_on=given["died_on"])
        return redirect("web:show-person", person_id)
    name = {"name": person.chosen_name}
    page = TheyHaveDiedPage(
        title=_("Check before you write this down") if given is not None else _("They have died: %(name)s") % name,
        form=form,
        strip=strip_of(request.actor, person),
        check=_("You are about to write down that %(name)s has died: all messages stop at once.") % name
        if given is not None
        else "",
        day=(day(given["died_on"]) or _("not known")) if given is not None else "",
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_death(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    require(can_hold(request.actor))
    form = TakeBackDeath(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.take_back_that_they_died(actor=request.actor, at=now(), person_id=person.pk, reason=form.cleaned_data["reason"])
        return redirect("web:show-person", person_id)
    page = OneFormPage(
        title=_("This was written down by mistake"),
        form=form,
        strip=strip_of(request.actor, person),
        button=_("Take it back: they are alive"),
        lead=_(
            "The death is taken back wholly: they are an active member again, with today as the next date, messages may leave, and what was open is open again."
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def bring_back(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    commands.bring_back(actor=request.actor, at=now(), person_id=person.pk)
    return redirect("web:show-person", person_id)


@worker_page
@require_http_methods(["POST"])
def finish_task(request: Request, task_id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, task_id)
    commands.finish_task(actor=request.actor, at=now(), task_id=task.pk)
    return redirect("web:show-person", task.person.public_id)


@worker_page
@require_http_methods(["GET", "HEAD"])
def hats(request: Request) -> HttpResponse:
    check_can_manage_people(request.actor, request.actor.hat)
    away = queries.away(request.actor, today())
    rows = tuple(
        (
            hat_words(hat),
            words(ROLE_WORDS, hat.role),
            held,
            away.get(hat.pk, ""),
            (_("Arrange leave"), reverse("members:arrange-leave", args=[hat.public_id]), hat_words(hat)),
            (_("End this hat"), reverse("members:end-hat", args=[hat.public_id]), hat_words(hat)),
            (_("Sign out"), reverse("access:sign-worker-out", args=[hat.worker.public_id]), hat_words(hat)),
        )
        for hat, held in queries.loads(request.actor, now())
    )
    return show(request, HatsPage(title=_("Who works here"), rows=rows))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_hat(request: Request, hat_id: UUID) -> HttpResponse:
    hat = queries.get_hat(request.actor, hat_id)
    check_can_manage_people(request.actor, hat.pk)
    if hat.until_at and hat.until_at <= now():
        raise AlreadyDone
    held = queries.held_by_hat(hat.pk)
    form = _ending(request, held, queries.choices_instead_of(request.actor, hat.pk, at=now()))
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_hat(actor=request.actor, at=now(), hat_id=hat.pk, **_new_holder(form.cleaned_data.get("holder", "")))
            return redirect(_page_of_worker(request, hat.worker.public_id))
        except (Invalid, AlreadyDone) as refusal:
            form.add_error("holder" if held else None, str(refusal))
    page = HatPage(
        title=_("End the hat of %(name)s") % {"name": hat.worker.name},
        form=form,
        lines=(
            _("From now on this hat sees nothing and opens no page; what was written stays."),
            *_held_words(held),
        ),
        button=_("End the hat"),
        back_to=_page_of_worker(request, hat.worker.public_id),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def has_left(request: Request, worker_id: UUID) -> HttpResponse:
    worker = queries.get_worker(request.actor, worker_id)
    check_can_manage_worker(request.actor, request.actor.hub, worker.pk)
    if not queries.has_a_hat_here(request.actor, worker.pk, at=now()):
        raise AlreadyDone
    held = queries.held_by_worker(request.actor, worker.pk)
    form = _ending(request, held, queries.choices_instead_of_worker(request.actor, worker.pk, at=now()))
    back_to = reverse("hubs:worker", args=[worker.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            commands.say_has_left(
                actor=request.actor,
                at=now(),
                hub_id=request.actor.hub,
                worker_id=worker.pk,
                **_new_holder(form.cleaned_data.get("holder", "")),
            )
            return redirect(back_to)
        except (Invalid, AlreadyDone) as refusal:
            form.add_error("holder" if held else None, str(refusal))
    page = HatPage(
        title=_("%(name)s has left") % {"name": worker.name},
        form=form,
        lines=(
            _("Every hat that they have in this hub ends: it sees nothing and opens no page. What was written stays."),
            *_they_hold(held),
        ),
        button=_("They have left"),
        back_to=back_to,
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_team(request: Request, team_id: UUID) -> HttpResponse:
    check_can_set_up(request.actor, request.actor.hub)
    team = queries.get_team(request.actor, team_id)
    form = EndTeam(request.POST or None, holders=queries.choices_instead_of_team(request.actor, team.pk))
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_team(
                actor=request.actor,
                at=now(),
                hub_id=request.actor.hub,
                team_id=team.pk,
                to_team_id=_new_holder(form.cleaned_data["holder"])["new_holder_team_id"],
            )
            return redirect("hubs:teams")
        except (Invalid, AlreadyDone) as refusal:
            form.add_error("holder", str(refusal))
    page = HatPage(
        title=_("End the team %(name)s") % {"name": team.name},
        form=form,
        lines=(
            _("Its seats end, and what waits for it goes to the team that takes over. What was written stays."),
            *_held_words(queries.held_by_team(team.pk)),
        ),
        button=_("End the team"),
        back_to=reverse("hubs:team", args=[team.public_id]),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def arrange_leave(request: Request, hat_id: UUID) -> HttpResponse:
    hat = queries.get_hat(request.actor, hat_id)
    check_can_manage_people(request.actor, hat.pk)
    others = [
        (key.removeprefix("hat:"), name)
        for key, name in queries.choices_instead_of(request.actor, hat.pk, at=now())
        if key.startswith("hat:")
    ]
    form = ArrangeLeave(request.POST or None, hats=others, today=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.arrange_leave(
                actor=request.actor,
                at=now(),
                hat_id=hat.pk,
                from_on=given["from_on"],
                until_on=given["until_on"],
                cover_id=int(given["cover"]),
            )
            return redirect(_page_of_worker(request, hat.worker.public_id))
        except Invalid as refusal:
            form.add_error(None, str(refusal))
    page = HatPage(
        title=_("Leave of %(name)s") % {"name": hat.worker.name},
        form=form,
        lines=(_("Whoever covers sees everybody whom this worker holds on those days. The holder stays the same."),),
        button=_("Arrange the leave"),
        back_to=_page_of_worker(request, hat.worker.public_id),
    )
    return show(request, page)


def _new_holder(chosen: str) -> dict[str, int | None]:
    kind, _sign, key = chosen.partition(":")
    return {f"new_holder_{one}_id": int(key) if kind == one else None for one in ("hat", "team")}


def _ending(request: Request, held: int, holders: list[tuple[str, str]]) -> EndHat:
    """Ask who takes those who are held, only where somebody is held."""
    return EndHat(request.POST if request.method == "POST" else None, holders=holders, is_asked=held > 0)


def _held_words(count: int) -> tuple[str, ...]:
    words = ngettext(
        "It holds %(count)s person, who has a new holder in the same moment.",
        "It holds %(count)s people, who all have a new holder in the same moment.",
        count,
    )
    return (words % {"count": count},) if count else ()


def _they_hold(count: int) -> tuple[str, ...]:
    words = ngettext(
        "They hold %(count)s person, who has a new holder in the same moment.",
        "They hold %(count)s people, who all have a new holder in the same moment.",
        count,
    )
    return (words % {"count": count},) if count else ()


def _page_of_worker(request: Request, worker_id: UUID) -> str:
    """Give the worker's page in the settings for whoever may open it, else the list of who works here."""
    return reverse("hubs:worker", args=[worker_id]) if policy.may(request.actor, "settings") else reverse("members:hats")
