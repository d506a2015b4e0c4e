"""Who can see what about somebody, what they chose, and who looked: for the worker beside them, and on paper for the person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.shell import crisis_lines
from alongside.access.showing import show
from alongside.design.words import day, language, moment, words
from alongside.hubs.words import hat_words
from alongside.members.strip import strip_of
from alongside.people.policies import can_read_story, check_can_read_story
from alongside.people.queries import get_person
from alongside.safety import commands, forms, queries
from alongside.safety.choices.listing import carer_rows, carers_on_paper, conflicts, item_rows, items_on_paper
from alongside.safety.codes import GLASS_REASONS
from alongside.safety.pages import BesideRow, SafetyRow, SharingOnPaperPage, SharingPage
from alongside.safety.watching.words import look_words
from alongside.vocabulary.clock import now, today


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_read_story(actor, person.pk, at=at)
    form = forms.StopSharing(request.POST or None, partners=queries.partners(actor, at))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["organisation"]
        commands.stop_sharing(actor=actor, at=at, person_id=person.pk, organisation_id=None if chosen == "all" else int(chosen))
        return redirect("safety:sharing", person_id)
    found = queries.sharing_of(request.actor, person.pk, at)
    page = SharingPage(
        title=_("Who can see this, and who looked"),
        form=form,
        strip=strip_of(actor, person),
        beside=_beside(found),
        objections=(
            *(
                SafetyRow(_objection(one), day(one.since), end=reverse("safety:share-again", args=[person_id, one.objection_id]))
                for one in found.objections
            ),
            *item_rows(actor, person, at),
        ),
        carers=carer_rows(actor, person, at),
        conflicts=conflicts(actor, person, at),
        opened=_opened(found),
        looked=_looked(found),
        may_choose=can_read_story(actor),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_POST
def share_again(request: Request, person_id: UUID, objection_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    commands.begin_sharing_again(actor=request.actor, at=now(), person_id=person.pk, objection_id=objection_id)
    return redirect("safety:sharing", person_id)


@worker_page
@require_http_methods(["GET", "HEAD"])
def sharing_on_paper(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = get_person(actor, person_id)
    check_can_read_story(actor, person.pk, at=at)
    found = queries.sharing_of(request.actor, person.pk, at)
    page = SharingOnPaperPage(
        title=_("Who can see what about you"),
        name=person.chosen_name,
        on=day(today()),
        beside=_beside(found),
        objections=(*(_objection(one) for one in found.objections), *items_on_paper(actor, person, at)),
        carers=carers_on_paper(actor, person, at),
        opened=_opened(found),
        looked=_looked(found),
        back_to=reverse("safety:sharing", args=[person_id]),
        crisis=crisis_lines(request.hub, welsh=language() == "cy"),
        people_shown=(person.pk,),
    )
    return show(request, page)


def _beside(found: queries.Sharing) -> tuple[BesideRow, ...]:
    return tuple(
        BesideRow(
            one.organisation,
            ", ".join(one.who),
            _("only what they wrote themselves") if one.only_its_own else _("what the partners share with each other"),
            _("They are alongside and do not see what others wrote. Is that still what is wanted?") if one.only_its_own else "",
        )
        for one in found.beside
    )


def _objection(one: queries.NotShared) -> str:
    if not one.organisation:
        return _("Each sees only what they wrote themselves")
    return _("%(organisation)s sees only what they wrote themselves") % {"organisation": one.organisation}


def _opened(found: queries.Sharing) -> tuple[str, ...]:
    return tuple(
        f"{moment(one.from_at)}: {hat_words(one.hat, found.reader)} ({words(GLASS_REASONS, one.category)})"
        for one in found.opened
    )


def _looked(found: queries.Sharing) -> tuple[str, ...]:
    return tuple(look_words(one, found.reader) for one in found.looks)
