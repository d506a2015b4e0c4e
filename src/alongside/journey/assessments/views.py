# For workers only.
"""The trusted conversation."""

from __future__ import annotations

from datetime import date
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
from alongside.design.words import clock_time, day, language, words
from alongside.journey.assessments import commands, queries
from alongside.journey.assessments.forms import PARTS, RANKS, Conversation, KeepAway, Parts
from alongside.journey.assessments.pages import ConversationPage, KeepAwayPage, Part, PartBoth, PutTogetherPage
from alongside.journey.assessments.policies import check_can_converse
from alongside.journey.assessments.rules import ranking_mark
from alongside.members.strip import strip_of
from alongside.people import queries as people
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from alongside.vocabulary.domains import DOMAINS, FORMULATION, WITHIN
from alongside.vocabulary.needs import NEEDS

FIRST = 3
"""So many of the newest entries are shown at once; the others are folded away."""


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: Request, person_id: UUID) -> HttpResponse:
    person = people.get_person(request.actor, person_id)
    check_can_converse(request.actor, person.pk, at=now())
    assessment = queries.current_assessment(request.actor, person.pk)
    latest = queries.version_of(assessment, assessment.version) if assessment else None
    needs = list(queries.ranked_needs(request.actor, person.pk))
    needs_seen = ranking_mark([(need.code, need.words) for need in needs])
    standing = {
        **(latest.parts if latest else {}),
        **{f"need_{need.rank}": need.code for need in needs},
        **{f"words_{need.rank}": need.words for need in needs},
        "based_on": assessment.version if assessment else 0,
        "needs_seen": needs_seen,
    }
    form = Conversation(request.POST or None, language=language(), ranks=max(RANKS, len(needs)), initial=standing)
    meanwhile: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        ranked = form.ranked()
        try:
            saved = commands.save_conversation(
                actor=request.actor,
                at=now(),
                person_id=person.pk,
                based_on=form.cleaned_data["based_on"],
                parts=form.parts(),
                as_before=form.as_before(),
                ranking=commands.Ranking(tuple(ranked), ranked, form.cleaned_data["needs_seen"]),
            )
        except commands.RankedMeanwhile as refusal:
            form.add_error("need_1", str(refusal))
            form.start_from(needs_seen)
            meanwhile = tuple(words(NEEDS, need.code) + (f": {need.words}" if need.words else "") for need in needs)
        else:
            if saved.parked:
                return redirect("assessments:put-together", person_id, saved.pk)
            goes_on = "web:find-help" if "find" in request.POST else "assessments:conversation"
            return redirect("assessments:keep-away" if "keep-away" in request.POST else goes_on, person_id)
    story = people.story_of(request.actor, person.pk)
    apart = tuple(people.as_told(one) for one in story if one.domain not in DOMAINS)
    page = ConversationPage(
        title=_("The conversation"),
        form=form,
        strip=strip_of(request.actor, person),
        known=apart[:FIRST],
        known_more=apart[FIRST:],
        saved=_("saved at %(time)s on %(day)s by %(who)s")
        % {"time": clock_time(latest.at), "day": day(latest.at), "who": latest.by.worker.name}
        if latest
        else "",
        parts=tuple(_part(code, latest, [people.as_told(one) for one in story if one.domain == code]) for code in DOMAINS),
        ranks=tuple((f"need_{place}", f"words_{place}") for place in form.ranks),
        boxes=tuple(FORMULATION),
        to_merge=tuple((one.pk, one.by.worker.name, clock_time(one.at)) for one in queries.parked_versions(assessment))
        if assessment
        else (),
        ranked_meanwhile=meanwhile,
        people_shown=(person.pk,),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def keep_away(request: Request, person_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    person = people.get_person(actor, person_id)
    check_can_converse(actor, person.pk, at=at)
    form = KeepAway(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.keep_away_as_told(actor=actor, at=at, person_id=person.pk, words=form.cleaned_data["words"])
        except commands.NameThem as refusal:
            form.add_error("words", str(refusal))
        else:
            if policy.has_relationship(actor, person.pk, at=now()):
                return redirect(f"{reverse('assessments:keep-away', args=[person_id])}?written")
            return redirect("web:today")
    page = KeepAwayPage(
        title=_("Whom to keep away"),
        form=form,
        strip=strip_of(actor, person),
        is_written="written" in request.GET and not form.is_bound,
        people_shown=(person.pk,),
    )
    return show(request, page)


def _part(code: str, latest: queries.Version | None, known: list[people.Told]) -> Part:
    names = WITHIN.get(code, (code,))
    has_words = bool(known) or bool(latest and any(latest.parts.get(name) for name in names))
    stood = latest.as_before.get(code) if latest else None
    return Part(
        heading=words(DOMAINS, code).capitalize(),
        known=tuple(known),
        as_before=f"as_before_{code}" if has_words else "",
        stood=_("as before on %(day)s") % {"day": day(date.fromisoformat(stood))} if stood else "",
        names=names,
    )


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def put_together(request: Request, person_id: UUID, version_id: int) -> HttpResponse:
    person = people.get_person(request.actor, person_id)
    check_can_converse(request.actor, person.pk, at=now())
    assessment = queries.current_assessment(request.actor, person.pk)
    parked = next((one for one in queries.parked_versions(assessment) if one.pk == version_id), None) if assessment else None
    if assessment is None or parked is None:
        raise NotFound
    latest = queries.version_of(assessment, assessment.version)
    theirs = latest.parts if latest else {}
    differing = [code for code in PARTS if theirs.get(code, "") != parked.parts.get(code, "")]
    both = {code: "\n\n".join(part for part in (theirs.get(code, ""), parked.parts.get(code, "")) if part) for code in differing}
    form = Parts(request.POST or None, language=language(), initial={**theirs, **both, "based_on": assessment.version})
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
