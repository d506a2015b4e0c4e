# For workers only.
"""The trusted conversation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import clock_time, day, language
from alongside.journey.assessments import commands, queries
from alongside.journey.assessments.forms import PARTS, Conversation, RankNeeds
from alongside.journey.assessments.pages import ConversationPage, KnownRow, PartBoth, PutTogetherPage
from alongside.journey.assessments.policies import check_can_converse
from alongside.members.strip import strip_of
from alongside.people.queries import get_person, story_of
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from alongside.vocabulary.domains import DOMAINS, EVERYDAY, FORMULATION


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    check_can_converse(request.actor, person.pk, at=now())
    assessment = commands.begin_conversation(actor=request.actor, at=now(), person_id=person.pk)
    latest = queries.version_of(assessment, assessment.version)
    form = Conversation(
        request.POST or None,
        language=language(),
        initial={**(latest.parts if latest else {}), "based_on": assessment.version},
    )
    if request.method == "POST" and form.is_valid():
        saved = commands.save_conversation(
            actor=request.actor, at=now(), person_id=person.pk, based_on=form.cleaned_data["based_on"], parts=form.parts()
        )
        if saved.parked:
            return redirect("assessments:put-together", person_id, saved.pk)
        return redirect("assessments:conversation", person_id)
    needs = queries.ranked_needs(request.actor, person.pk)
    ranks = {f"need_{need.rank}": need.code for need in needs} | {f"words_{need.rank}": need.words for need in needs}
    known = story_of(request.actor, person.pk)[:10]
    page = ConversationPage(
        title=_("The conversation"),
        form=form,
        strip=strip_of(request.actor, person),
        known=tuple(
            KnownRow(
                one.words, f"{one.written_by.worker.name if one.written_by else one.author_organisation.name}, {day(one.at)}"
            )
            for one in known
        ),
        saved=_("saved at %(time)s on %(day)s by %(who)s")
        % {"time": clock_time(latest.at), "day": day(latest.at), "who": latest.by.worker.name}
        if latest
        else "",
        groups=(
            (_("Mind, body and habits"), ("mind", "substances", "body")),
            (DOMAINS.words("everyday", language()).capitalize(), tuple(EVERYDAY)),
            (_("Strengths, and who depends on them"), ("strengths", "depends")),
            (_("Putting it together (no diagnosis is needed)"), tuple(FORMULATION)),
        ),
        rank_form=RankNeeds(initial=ranks, auto_id="rank_%s"),
        to_merge=tuple((one.pk, one.by.worker.name, clock_time(one.at)) for one in queries.parked_versions(assessment)),
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["POST"])
def rank(request: Request, person_id: UUID) -> HttpResponse:
    person = get_person(request.actor, person_id)
    form = RankNeeds(request.POST)
    commands.begin_conversation(actor=request.actor, at=now(), person_id=person.pk)
    if form.is_valid():
        codes, said = form.ranked()
        commands.rank_needs(actor=request.actor, at=now(), person_id=person.pk, codes=codes, words=said)
    return redirect("web:find-help", person_id) if "find" in request.POST else redirect("assessments:conversation", person_id)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def put_together(request: Request, person_id: UUID, version_id: int) -> HttpResponse:
    person = get_person(request.actor, person_id)
    check_can_converse(request.actor, person.pk, at=now())
    assessment = queries.current_assessment(request.actor, person.pk)
    parked = next((one for one in queries.parked_versions(assessment) if one.pk == version_id), None) if assessment else None
    if assessment is None or parked is None:
        raise NotFound
    latest = queries.version_of(assessment, assessment.version)
    theirs = latest.parts if latest else {}
    differing = [code for code in PARTS if theirs.get(code, "") != parked.parts.get(code, "")]
    both = {code: "\n\n".join(part for part in (theirs.get(code, ""), parked.parts.get(code, "")) if part) for code in differing}
    form = Conversation(request.POST or None, language=language(), initial={**theirs, **both, "based_on": assessment.version})
    if request.method == "POST" and form.is_valid():
        parts = {**theirs, **{code: form.cleaned_data[code] for code in differing}}
        saved = commands.put_versions_together(
            actor=request.actor,
            at=now(),
            person_id=person.pk,
            parked_id=version_id,
            based_on=form.cleaned_data["based_on"],
            parts=parts,
        )
        if saved.parked:
            return redirect("assessments:put-together", person_id, saved.pk)
        return redirect("assessments:conversation", person_id)
    page = PutTogetherPage(
        title=_("Two have written at once"),
        form=form,
        strip=strip_of(request.actor, person),
        parts=tuple(
            PartBoth(code, PARTS[code].words(language()), theirs.get(code, ""), parked.parts.get(code, ""), True)
            for code in differing
        ),
        theirs_by=latest.by.worker.name if latest else "",
        mine_by=parked.by.worker.name,
        fields=tuple(differing),
        people_shown=(person.pk,),
    )
    return show(request, page)
