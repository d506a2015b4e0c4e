# For workers only.
"""Holding somebody: next date, tasks, change of holder, rest and back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.members import commands, queries
from alongside.members.forms import ChangeHolder, NewTask, NextDate, Rest
from alongside.members.pages import OneFormPage
from alongside.members.strip import strip_of
from alongside.people.queries import get_person
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "POST"])
def next_date(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    is_task = "words" in request.POST
    form = NextDate(None if is_task else request.POST or None, initial={"on": today() + timedelta(days=7)})
    task = NewTask(request.POST if is_task else None, auto_id="task_%s", initial={"due_on": today() + timedelta(days=3)})
    if request.method == "POST" and is_task and task.is_valid():
        given = task.cleaned_data
        kind = "call_back" if given["call_back"] else "task"
        commands.create_task(
            actor=request.actor, at=now(), person_id=person.pk, what="do", words=given["words"], due_on=given["due_on"], kind=kind
        )
        return redirect("web:show-person", person_id)
    if request.method == "POST" and not is_task and form.is_valid():
        commands.set_next_date(
            actor=request.actor, at=now(), person_id=person.pk, on=form.cleaned_data["on"], what=form.cleaned_data["what"]
        )
        return redirect("web:show-person", person_id)
    page = OneFormPage(
        title=_("Next date or task"),
        form=task if is_task else form,
        strip=strip_of(request.actor, person),
        button=_("Save the task") if is_task else _("Set the next date"),
        second_form=form if is_task else task,
        second_title=_("Next date") if is_task else _("Something to be done"),
        second_button=_("Set the next date") if is_task else _("Save the task"),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "POST"])
def change_holder(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    form = ChangeHolder(request.POST or None, holders=queries.choices_of_holders(request.actor, person.pk, at=now()))
    if request.method == "POST" and form.is_valid():
        kind, key = form.cleaned_data["holder"].split(":")
        commands.pass_on(
            actor=request.actor,
            at=now(),
            person_id=person.pk,
            why="agreed",
            to_hat_id=int(key) if kind == "hat" else None,
            to_team_id=int(key) if kind == "team" else None,
            next_on=form.cleaned_data["on"],
        )
        return redirect("web:today")
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
@require_http_methods(["GET", "POST"])
def rest(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    form = Rest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.rest(actor=request.actor, at=now(), person_id=person.pk, **form.cleaned_data)
        return redirect("web:show-person", person_id)
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
