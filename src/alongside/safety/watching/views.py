# For workers only.
"""The privacy officer's pages: looks to look at, who looked, whom a worker looked at, the watch-list, the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import policy
from alongside.access.doors import worker_page
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, moment, short_day, words
from alongside.hubs.words import unnamed_words
from alongside.journal.sealing import standing
from alongside.refusals import Invalid, NotFound
from alongside.safety.pages import SafetyRow
from alongside.safety.queries import partners
from alongside.safety.watching import commands, forms, queries
from alongside.safety.watching.codes import SIGNALS, WATCH_REASONS
from alongside.safety.watching.pages import (
    JournalPage,
    LooksToLookAtPage,
    MadeUpPage,
    NoticedRow,
    SettleLookPage,
    WatchListPage,
    WhoLookedPage,
    WorkerLooksPage,
)
from alongside.safety.watching.words import page_and_why, who_words
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.list_ends import page_after, read_end

SEALED_WITHIN = timedelta(seconds=60)


@worker_page
@require_http_methods(["GET", "HEAD"])
def looks_to_look_at(request: Request) -> HttpResponse:
    found = queries.looks_to_look_at(request.actor, now())
    page = LooksToLookAtPage(
        title=_("Looks to look at"),
        rows=tuple(_noticed_row(one, request.actor) for one in found),
        workers=tuple(
            (reverse("safety:worker-looks", args=[one.public_id]), one.name) for one in queries.workers_of_hub(request.actor)
        ),
        people_shown=tuple(dict.fromkeys(one.person_id for one in found if one.person_id)),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def settle_look(request: Request, noticed_id: UUID) -> HttpResponse:
    found = queries.get_look_to_look_at(request.actor, noticed_id, now())
    form = forms.SettleLook(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.settle_look(actor=request.actor, at=now(), noticed_id=noticed_id, **form.cleaned_data)
        return redirect("safety:looks-to-look-at")
    page = SettleLookPage(
        title=_("Was there a good reason?"),
        form=form,
        row=_noticed_row(found, request.actor),
        meaning=_("This is a question, and no verdict: talk with the worker before you decide."),
        worker_href=""
        if unnamed_words(found.hat.organisation, request.actor)
        else reverse("safety:worker-looks", args=[found.hat.worker.public_id]),
        people_shown=(found.person_id,) if found.person_id else (),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD"])
def who_looked(request: Request) -> HttpResponse:
    policy.check_may(request.actor, "see_looks")
    asked = request.GET.get("reference", "").strip()
    form = forms.AskFor(request.GET if "reference" in request.GET else None)
    person = None
    if asked and form.is_valid():
        try:
            person = queries.person_by_reference(request.actor, asked, now())
        except NotFound:
            form.add_error("reference", _("Nobody whom you may ask about has this reference."))
    found = queries.looks_at(person.pk, after=_end(request)) if person else []
    page = WhoLookedPage(
        title=_("Who looked at somebody"),
        form=form,
        reference=person.reference if person else "",
        rows=tuple(
            SafetyRow(f"{moment(one.at)}: {who_words(one.hat, request.actor)}", page_and_why(one))
            for one in found[: queries.A_PAGE]
        ),
        next=_next(found, reference=asked),
        searched=bool(asked),
        people_shown=(person.pk,) if person else (),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def worker_looks(request: Request, worker_id: UUID) -> HttpResponse:
    worker = queries.get_worker(request.actor, worker_id)
    form = forms.LivesAt(request.POST or None, initial={"postcode": queries.home_postcode(worker.pk)})
    if request.method == "POST" and form.is_valid():
        commands.tell_postcode(actor=request.actor, at=now(), worker_id=worker_id, **form.cleaned_data)
        return redirect("safety:worker-looks", worker_id)
    found = queries.looks_by(worker.pk, request.actor, now(), after=_end(request))
    references = queries.references({one.person_id for one in found})
    page = WorkerLooksPage(
        title=_("Whom %(name)s looked at") % {"name": worker.name},
        form=form,
        rows=tuple(
            SafetyRow(f"{moment(one.at)}: {references.get(one.person_id) or _('no reference')}", page_and_why(one))
            for one in found[: queries.A_PAGE]
        ),
        next=_next(found),
        people_shown=tuple(dict.fromkeys(one.person_id for one in found[: queries.A_PAGE])),
    )
    return show(request, page)


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def watch_list(request: Request) -> HttpResponse:
    policy.check_may(request.actor, "see_looks")
    form = forms.BeginWatch(request.POST or None, initial={"until_on": today() + timedelta(days=28)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.watch(actor=request.actor, at=now(), **form.cleaned_data)
            return redirect("safety:watch-list")
        except NotFound:
            form.add_error("reference", _("Nobody whom you may ask about has this reference."))
        except Invalid as refusal:
            form.add_error("until_on", str(refusal))
    found = queries.watched(request.actor, now())
    rows = tuple(
        SafetyRow(
            f"{one.person.reference}: {words(WATCH_REASONS, one.reason)}" + (f" ({one.words})" if one.words else ""),
            _("until the end of %(day)s") % {"day": day(one.until_at - timedelta(seconds=1))},
            end=reverse("safety:end-watch", args=[one.public_id]),
        )
        for one in found
    )
    people = tuple(dict.fromkeys(one.person_id for one in found))
    return show(request, WatchListPage(title=_("Watch-list"), form=form, rows=rows, people_shown=people))


@worker_page
@require_POST
def end_watch(request: Request, watch_id: UUID) -> HttpResponse:
    commands.end_watch(actor=request.actor, at=now(), watch_id=watch_id)
    return redirect("safety:watch-list")


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def made_up(request: Request) -> HttpResponse:
    policy.check_may(request.actor, "see_looks")
    form = forms.MakeUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.make_up_person(actor=request.actor, at=now(), **form.cleaned_data)
        return redirect("safety:made-up")
    found = queries.made_up_people(request.actor)
    rows = tuple(SafetyRow(one.person.chosen_name, _("since %(day)s") % {"day": short_day(one.made_at)}) for one in found)
    people = tuple(one.person_id for one in found)
    return show(request, MadeUpPage(title=_("Made-up people"), form=form, rows=rows, people_shown=people))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: Request) -> HttpResponse:
    policy.check_may(request.actor, "see_looks")
    form = forms.NameWitness(request.POST or None, partners=partners(request.actor, now()))
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            commands.name_witness(
                actor=request.actor, at=now(), organisation_id=int(given["organisation"]), address=given["address"]
            )
            return redirect("safety:journal")
        except Invalid as refusal:
            form.add_error("address", str(refusal))
    end, at = standing(), now()
    is_late = bool(end.oldest and at - end.oldest > SEALED_WITHIN)
    page = JournalPage(
        title=_("The journal"),
        form=form,
        lines=(
            _("Sealed up to %(when)s.") % {"when": moment(end.sealed_at)} if end.sealed_at else _("Nothing is sealed yet."),
            _("%(count)s rows are not sealed yet.") % {"count": end.unsealed} if end.unsealed else _("Everything is sealed."),
            _("The sealer was last alive on %(when)s.") % {"when": moment(end.beat_at)}
            if end.beat_at
            else _("The sealer has not run yet."),
        ),
        warning=_("The background worker does not run. Tell whoever runs this installation today.") if is_late else "",
        head=f"{end.number}:{end.hash}" if end.number else "",
        rows=tuple(
            SafetyRow(
                f"{one.organisation.name}: {one.address}",
                _("last on %(when)s") % {"when": moment(head.at)} if head else _("nothing yet"),
                end=reverse("safety:end-witness", args=[one.public_id]),
            )
            for one, head in queries.witnesses(request.actor)
        ),
    )
    return show(request, page)


@worker_page
@require_POST
def end_witness(request: Request, witness_id: UUID) -> HttpResponse:
    commands.end_witness(actor=request.actor, at=now(), witness_id=witness_id)
    return redirect("safety:journal")


def _noticed_row(one: Any, to: Actor) -> NoticedRow:
    who = one.person.reference or _("no reference") if one.person else _("many people")
    return NoticedRow(
        href=reverse("safety:settle-look", args=[one.public_id]),
        who=who_words(one.hat, to),
        what=_what(one.signal, one.counted),
        about=f"{who} · {short_day(one.on)}",
        colour=SIGNALS[one.signal].colour,
    )


def _what(signal: str, counted: int) -> str:
    said = words(SIGNALS, signal)
    if signal == "no_contact":
        near = (
            _("nothing at all is written down") if counted >= 999 else _("the nearest is %(days)s days away") % {"days": counted}
        )
        return f"{said}: {near}"
    if signal in ("hour", "day"):
        return f"{said}: {_('%(count)s people') % {'count': counted}}"
    if signal == "hours":
        return f"{said}: {_('%(minutes)s minutes') % {'minutes': counted}}"
    return said


def _end(request: Request) -> tuple[datetime, int] | None:
    found: tuple[datetime, int] | None = read_end(request.GET.get("after", ""), datetime, int)
    return found


def _next(found: list[queries.Seen], **kept: str) -> str:
    if len(found) <= queries.A_PAGE:
        return ""
    last = found[queries.A_PAGE - 1]
    return page_after(last.at, last.key) + (f"&{urlencode(kept)}" if kept else "")
