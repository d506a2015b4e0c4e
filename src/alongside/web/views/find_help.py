# For workers only.
"""Finding help with somebody: their needs in their order, what fits each and why, what does not and why not."""

from __future__ import annotations

from urllib.parse import urlencode
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
from alongside.design.words import words
from alongside.journey.assessments.policies import can_converse
from alongside.journey.assessments.queries import ranked_needs
from alongside.journey.directory.codes import WHY_NOT
from alongside.journey.directory.commands import note_unmet_need
from alongside.journey.directory.queries.entries import credit_of_places, place_named
from alongside.journey.directory.queries.matching import Matching, Offered, match_services
from alongside.journey.handovers.policies import can_find_help, can_introduce
from alongside.journey.handovers.queries import earlier_answers
from alongside.members.strip import strip_of, strip_reads
from alongside.people.policies import check_is_alive
from alongside.people.queries import Person, get_person
from alongside.refusals import NotFound
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.list_ends import read_end
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.ways_of_help import TALKING_WELL_AS, WAYS
from alongside.web.forms import HelpWished
from alongside.web.pages import Choice, FindHelpPage, HelpForNeed


@worker_page
def find_help(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    policy.require(can_find_help(request.actor))
    check_is_alive(person)
    reads = strip_reads(person)
    strip = strip_of(request.actor, person, reads)
    told = tuple(dict.fromkeys(_told(person, [one.code for one in reads.talking_well])))
    form = HelpWished(request.GET if request.GET.get("asked") else {**request.GET.dict(), "wish": told})
    form.full_clean()
    asked_near, wished = form.cleaned_data.get("near", ""), form.cleaned_data.get("wish", ())
    wishes = tuple(wish for wish in WAYS if wish in wished)
    near = place_named(asked_near)
    needs = [need.code for need in ranked_needs(request.actor, person.pk)] or request.GET.getlist("need")
    why, end = request.GET.get("why", ""), read_end(request.GET.get("after", ""), int)
    matching = match_services(
        request.actor,
        needs=[need for need in needs if need in NEEDS],
        age=age_for_matching(person.born_on, person.age_band, today()),
        place=near.place,
        wishes=wishes,
        earlier=earlier_answers(request.actor, person.pk, today()),
        why=why if why in WHY_NOT else "",
        after=end[0] if end else 0,
    )
    left_out = matching.left_out
    others = [("need", need) for need in request.GET.getlist("need")] + _wished(wishes)
    asked = [("near", asked_near), *others]
    page = FindHelpPage(
        title=_("Find help for %(name)s") % {"name": person.chosen_name},
        form=form,
        strip=strip,
        wished=", ".join(words(WAYS, wish) for wish in wishes),
        near=asked_near,
        near_taken=near.words,
        near_note=near.note,
        near_credit=credit_of_places(near.place),
        near_others=tuple((other, f"?{urlencode([('near', other), *others])}") for other in near.others),
        no_needs=not needs,
        may_converse=can_converse(request.actor),
        may_introduce=can_introduce(request.actor),
        needs=tuple(_help(need, offers, matching, wishes) for need, offers in matching.offers),
        noted=words(NEEDS, request.GET["noted"]) if request.GET.get("noted", "") in NEEDS else "",
        left_out=left_out.rows,
        left_out_because=tuple(
            (f"{spoken}: {count}", f"?{urlencode([*asked, ('why', code)])}#left-out") for code, spoken, count in left_out.counts
        ),
        left_out_next=f"?{urlencode([*asked, ('why', why), ('after', left_out.go_on)])}#left-out" if left_out.go_on else "",
        left_out_asked=bool(why or end),
        people_shown=(person.pk,),
    )
    return show(request, page)


def _told(person: Person, talking_well: list[str]) -> list[str]:
    """Give what the person has said already that is a wish for help, so that it is not asked again."""
    welsh = ["welsh"] if person.language.startswith("cy") else []
    interpreter = ["interpreter"] if person.interpreter else []
    return welsh + interpreter + [TALKING_WELL_AS[code] for code in talking_well if code in TALKING_WELL_AS]


def _wished(wishes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("asked", "yes"), *(("wish", wish) for wish in wishes)]


def _help(need: str, offers: tuple[Offered, ...], matching: Matching, wishes: tuple[str, ...]) -> HelpForNeed:
    shown = ".".join(one.short.service_id.hex for one in offers)
    with_it = [("need", need), ("shown", shown), *(("wish", wish) for wish in wishes)]
    return HelpForNeed(
        need=words(NEEDS, need),
        code=need,
        offers=tuple(Choice(one, urlencode([("service", one.short.service_id), *with_it])) for one in offers),
        missed=matching.misses.get(need),
    )


@worker_page
@require_http_methods(["POST"])
def nothing_fits(request: Request, person_id: UUID) -> HttpResponse:
    """Count that nothing fits one need, and go back; who it was for is not kept with it."""
    person = get_person(request.actor, person_id)
    policy.require(can_find_help(request.actor))
    need, asked_near = request.POST.get("need", ""), request.POST.get("near", "")
    if need not in NEEDS:
        raise NotFound
    near = place_named(asked_near)
    age = age_for_matching(person.born_on, person.age_band, today())
    left_out = match_services(request.actor, needs=[need], age=age, place=near.place).left_out
    missed = max((one for one in left_out.counts if one[0] != "need"), key=lambda one: one[2], default=("", "", 0))[0]
    note_unmet_need(
        actor=request.actor,
        at=now(),
        hub_id=person.hub_id,
        need=need,
        asked_by="worker",
        outcode=near.place.outcode if near.place else "",
        age_band=person.age_band,
        missed=missed,
    )
    asked = [("near", asked_near)] if asked_near else []
    return redirect(f"{reverse('web:find-help', args=[person_id])}?{urlencode([*asked, ('need', need), ('noted', need)])}")
