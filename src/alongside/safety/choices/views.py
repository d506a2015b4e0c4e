# For workers only.
"""Writing down what somebody chose: who may see one entry of their story, and what a carer may be told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day
from alongside.hubs.words import hat_words
from alongside.members.strip import strip_of
from alongside.people import commands as people
from alongside.people.policies import check_can_write_story, check_is_alive
from alongside.people.queries import get_person
from alongside.refusals import Invalid
from alongside.safety.choices import commands, forms, queries
from alongside.safety.choices.pages import CarerPage, ItemPage, WriteDownCarerPage
from alongside.safety.choices.rules import AT_FIRST
from alongside.safety.choices.words import conflict_words, is_a_child_without_a_birthday, told_words, who_not
from alongside.safety.pages import SafetyRow
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    entry = queries.get_item(actor, person.pk, item_id, at)
    form = forms.ChooseForItem(
        request.POST if request.method == "POST" else None, partners=queries.partners_but(actor, entry.author_organisation_id)
    )
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        organisation = int(who) if who not in ("all", "author") else None
        commands.choose_for_item(
            actor=actor, at=at, person_id=person.pk, item=item_id, organisation_id=organisation, with_all=who == "all"
        )
        return redirect("safety:sharing", person_id)
    by = hat_words(entry.written_by, actor) if entry.written_by else entry.author_organisation.name
    page = ItemPage(
        title=_("Who may see this entry"),
        form=form,
        strip=strip_of(actor, person),
        words=entry.words,
        by=f"{day(entry.at)}, {by}",
        rows=tuple(
            SafetyRow(who_not(one), day(one.since), end=reverse("safety:share-again", args=[person_id, one.objection_id]))
            for one in queries.items_not_for_all(actor, person.pk, at, item=item_id)
        ),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def write_down_carer(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    check_is_alive(person)
    form = forms.WriteDownCarer(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = people.write_down_carer(actor=actor, at=at, person_id=person.pk, **form.cleaned_data)
        return redirect("safety:carer", person_id, made.public_id)
    page = WriteDownCarerPage(
        title=_("Write down a carer or somebody close"), form=form, strip=strip_of(actor, person), people_shown=(person.pk,)
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def carer(request: Request, person_id: UUID, carer_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    found = queries.get_carer(actor, person, carer_id, at)
    initial = {
        "topics": list(found.topics),
        "nothing": found.chosen and not found.topics,
        "review_on": today() + timedelta(days=AT_FIRST),
    }
    form = forms.ChooseForCarer(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = {"topics": given["topics"], "review_on": given["review_on"]}
        try:
            commands.choose_for_carer(actor=actor, at=at, person_id=person.pk, carer_id=carer_id, **chosen)
            return redirect("safety:sharing", person_id)
        except Invalid as refusal:
            form.add_error("topics" if refusal.code == "unknown_topic" else "review_on", str(refusal))
    page = CarerPage(
        title=_("What %(name)s may be told") % {"name": found.name},
        form=form,
        strip=strip_of(actor, person),
        told=told_words(found),
        conflict=conflict_words(found.conflict, found.name) if found.conflict else "",
        take_back=reverse("safety:take-back-choice", args=[person_id, carer_id]) if found.chosen else "",
        no_birthday=is_a_child_without_a_birthday(person),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_POST
def take_back_choice(request: Request, person_id: UUID, carer_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    commands.take_back_choice(actor=request.actor, at=now(), person_id=person.pk, carer_id=carer_id)
    return redirect("safety:carer", person_id, carer_id)
