# For workers only.
"""Writing down that something in a record is not right or not to be used, and answering it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.members.strip import strip_of
from alongside.people.policies import check_can_write_story
from alongside.people.queries import get_person
from alongside.refusals import AlreadyDone, Invalid
from alongside.rights.challenging import commands, forms, queries
from alongside.rights.challenging.pages import AnswerPage, NotRightPage, NotUsedPage, PutRightPage, RecordItem, Said
from alongside.safety.challenges import said_of
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.list_ends import read_end

A_PAGE = 25
FIELDS = {"asked_in_the_future": "asked_on", "say_it_in_their_words": "words", "answer_in_words": "answer"}


@worker_page
@require_http_methods(["GET", "HEAD"])
def put_right(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    whole = queries.whole_record(actor, person.pk, at)
    begin = (read_end(request.GET.get("from", ""), int) or (0,))[0]
    waits = any(one.answered_at is None for one in whole.said)
    page = PutRightPage(
        title=_("Something is not right"),
        strip=strip_of(actor, person),
        said=_said(actor, person_id, person.pk, None, whole.said, at),
        not_used="" if waits else reverse("rights:not-used", args=[person_id]),
        items=tuple(_row(actor, person_id, person.pk, one, at) for one in whole.items[begin : begin + A_PAGE]),
        next=f"?from={begin + A_PAGE}" if len(whole.items) > begin + A_PAGE else "",
        people_shown=(person.pk,),
    )
    return show(request, page)


def _row(actor: Actor, person_id: UUID, key: int, one: queries.Item, at: datetime) -> RecordItem:
    waits = any(told.answered_at is None for told in one.said)
    return RecordItem(
        one.written.heading,
        one.written.when,
        one.written.lines,
        _said(actor, person_id, key, one, one.said, at),
        "" if waits else reverse("rights:not-right", args=[person_id, one.key]),
    )


def _said(
    actor: Actor, person_id: UUID, key: int, item: queries.Item | None, told: Iterable[queries.Challenge], at: datetime
) -> tuple[Said, ...]:
    found = []
    for one in told:
        answers = one.answered_at is None and queries.may_answer(actor, key, item, at)
        found.append(
            Said(
                said_of(one, in_full=item is not None or answers),
                reverse("rights:answer", args=[person_id, one.public_id]) if answers else "",
            )
        )
    return tuple(found)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def not_right(request: Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    item = queries.get_item(actor, person.pk, item_id, at)
    form = forms.NotRight(request.POST or None, today=today(), initial={"asked_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.challenge_item(actor=actor, at=at, person_id=person.pk, item=item_id, **form.cleaned_data)
            return redirect("rights:put-right", person_id)
        except (Invalid, AlreadyDone) as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
    page = NotRightPage(
        title=_("They say that this is not right"),
        form=form,
        strip=strip_of(actor, person),
        item=_row(actor, person_id, person.pk, item, at),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def not_used(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    form = forms.NotUsed(request.POST or None, today=today(), initial={"asked_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.challenge_whole(actor=actor, at=at, person_id=person.pk, **form.cleaned_data)
            return redirect("rights:put-right", person_id)
        except (Invalid, AlreadyDone) as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
    page = NotUsedPage(
        title=_("They do not want their record used"), form=form, strip=strip_of(actor, person), people_shown=(person.pk,)
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, person_id: UUID, challenge_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_write_story(actor, person.pk, at=at)
    found, item = queries.get_challenge(actor, person.pk, challenge_id, at)
    form = forms.Answer(request.POST or None, fits=commands.outcomes_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            commands.answer_challenge(actor=actor, at=at, person_id=person.pk, challenge_id=challenge_id, **given)
            return redirect("rights:put-right", person_id)
        except (Invalid, AlreadyDone) as refusal:
            form.add_error(FIELDS.get(refusal.code), str(refusal))
    page = AnswerPage(
        title=_("Answer what they say"),
        form=form,
        strip=strip_of(actor, person),
        item=RecordItem(item.written.heading, item.written.when, item.written.lines) if item else None,
        said=said_of(found),
        people_shown=(person.pk,),
    )
    return show(request, page)
