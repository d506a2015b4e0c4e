"""The public door: one question a page, kept on the server; and the private link afterwards."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access import counting
from alongside.access.doors import View
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import day, opening
from alongside.hubs.queries import address_of_door, bank_holidays, hours_of_team, hub_of, local_date
from alongside.hubs.words import hours_words, hub_name
from alongside.journey.referrals import commands, queries
from alongside.journey.referrals.forms import asking
from alongside.journey.referrals.forms import person as forms
from alongside.journey.referrals.pages.person import (
    AskPage,
    ChangeMindPage,
    ChangeReachPage,
    CheckAnswersPage,
    DoorClosedPage,
    HeardOnPaperPage,
    HeardPage,
    NotSafePage,
    PaperPage,
)
from alongside.people.queries import ways_to_reach
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_18
from alongside.vocabulary.clock import now
from alongside.vocabulary.reference import new_token
from alongside.vocabulary.working_time import is_open, next_opening

COOKIE = f"{settings.COOKIE_PREFIX}asking"
KEPT_FOR = timedelta(days=30)
TOO_QUICK = timedelta(seconds=5)
"""Nobody answers all of it in five seconds; such a one is held like any other, and looked at first (C17)."""


def through_the_open_door(view: View) -> View:
    """Let people ask while the public door is open; otherwise show who helps now, and keep what they wrote until it opens."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        hub = request.hub
        if hub is None or hub.public_door_open:
            return view(request, *args, **kwargs)
        page = DoorClosedPage(
            title=_("You cannot ask online here now"),
            phone=hub.phone,
            hours=hours_words(hub.front_door_team_id),
            kept=_unfinished(request)[1] is not None,
        )
        return show(request, page)

    return guarded


@through_the_open_door
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, step: str = "safe") -> HttpResponse:
    if step not in asking.STEPS or request.hub is None:
        raise NotFound
    code, draft = _unfinished(request)
    answers: asking.Answers = dict(draft.answers) if draft else {}
    if request.GET.get("for") == "someone":
        answers["who"] = {**answers.get("who", {}), "who": "someone"}
    order = asking.order(answers)
    if step not in order:
        return redirect("referrals:ask", order[0])
    form = asking.form_of(step, answers, request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = code or new_token()
        now_said = {**answers, step: json.loads(json.dumps(form.cleaned_data, cls=DjangoJSONEncoder))}
        _keep(request, code, answers, now_said)
        return _remember(redirect(_after(step, now_said)), code)
    place = order.index(step)
    heard = draft.referral if draft else None
    page = AskPage(
        title=str(form.heading),
        form=form,
        step=step,
        back=reverse("referrals:ask", args=[order[place - 1]]) if place else reverse("web:home"),
        lead=str(form.lead),
        is_for_another=asking.is_for_another(answers),
        under_18=is_under_18(None, answers.get("who", {}).get("age_band", ""), local_date(now()))
        and not asking.is_for_another(answers),
        reference=heard.reference if heard else "",
        team=heard.team.name if heard else "",
    )
    return show(request, page)


@through_the_open_door
@require_safe
def not_safe(request: Request) -> HttpResponse:
    _code, draft = _unfinished(request)
    answers = draft.answers if draft else {}
    opens, phone = _open_words(request)
    page = NotSafePage(
        title=_("Help right now"),
        open_words=opens,
        phone=phone,
        next=reverse("referrals:ask", args=[asking.order(answers)[1]]),
        reference=draft.referral.reference if draft and draft.referral else "",
    )
    return show(request, page)


@through_the_open_door
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: Request) -> HttpResponse:
    code, draft = _draft(request)
    if draft is None:
        return redirect("referrals:ask", "safe")
    if draft.finished_at:
        return redirect("referrals:heard")
    form, missing, moment = forms.Send(request.POST or None), asking.missing(draft.answers), now()
    if request.method == "POST" and form.is_valid() and not missing:
        spam = (
            bool(form.cleaned_data["website"]) or moment - draft.begun_at < TOO_QUICK or _comes_too_often(request, draft, moment)
        )
        commands.finish_draft(
            actor=_asker(request),
            at=moment,
            hub_id=request.hub.pk,
            code=code,
            arrival=asking.arrival_from(draft.answers, suspected_spam=spam),
        )
        return redirect("referrals:heard")
    page = CheckAnswersPage(
        title=_("Check your answers"),
        back_to=reverse("referrals:ask", args=[asking.order(draft.answers)[-1]]),
        form=form,
        rows=tuple((one.question, one.answer, reverse("referrals:ask", args=[one.step])) for one in asking.said(draft.answers)),
        missing=missing,
        reference=draft.referral.reference if draft.referral else "",
    )
    return show(request, page)


@require_safe
def heard(request: Request) -> HttpResponse:
    return _heard(request, HeardPage)


@require_safe
def heard_on_paper(request: Request) -> HttpResponse:
    return _heard(request, HeardOnPaperPage)


def _heard(request: Request, page_class: type[HeardPage]) -> HttpResponse:
    code, draft = _draft(request)
    if draft is None or draft.referral is None:
        return redirect("referrals:ask", "safe")
    referral = draft.referral
    page = page_class(
        title=_("We have heard you"),
        reference=referral.reference,
        team=referral.team.name,
        hours=hours_words(referral.team_id),
        by=day(referral.due_on),
        link=request.build_absolute_uri(reverse("web:where-it-stands", args=[commands.link_of_draft(code)])),
        how_it_looks=_how_it_looks(_reached_by(referral), request.hub.phone),
        under_18=queries.is_young(referral.person_id, local_date(now())) and referral.whose_words != "carer",
        go_on="" if draft.finished_at else _next_open(draft.answers),
    )
    return show(request, page)


@require_http_methods(["POST"])
def start_again(request: Request) -> HttpResponse:
    response = redirect("referrals:ask", "safe")
    response.delete_cookie(COOKIE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def change_reach(request: Request, token: str) -> HttpResponse:
    """Ask first by which ways, then about each of those; both are filled in with what stands."""
    referral = queries.own_by_link(token)
    known = [point for point in ways_to_reach(referral.person_id) if point.safe]
    here, stands = request.path, reverse("web:where-it-stands", args=[token])
    chosen = forms.Reach(
        request.GET if "chosen" in request.GET else None,
        initial={"channels": list(dict.fromkeys(point.channel for point in known))},
    )
    if not (chosen.is_bound and chosen.is_valid()):
        return show(request, ChangeReachPage(title=_("Change how we reach you"), form=chosen, back_to=stands))
    channels = chosen.cleaned_data["channels"]
    details = forms.ReachDetails(request.POST or None, channels=channels, initial=_as_typed(known))
    if request.method == "POST" and details.is_valid():
        ways = asking.ways_from(details.cleaned_data, channels)
        commands.change_reach(actor=Actor.public(referral.hub_id), at=now(), referral=referral, ways=ways)
        return redirect(f"{stands}?thanks=reach")
    page = ChangeReachPage(title=_("Change how we reach you"), form=details, back_to=here, parts=True)
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def change_mind(request: Request, token: str) -> HttpResponse:
    referral = queries.own_by_link(token)
    form, stands = (
        forms.ChangeMind(request.POST if request.method == "POST" else None),
        reverse("web:where-it-stands", args=[token]),
    )
    if form.is_bound and form.is_valid():
        commands.change_mind(actor=Actor.public(referral.hub_id), at=now(), referral=referral, words=form.cleaned_data["words"])
        return redirect(f"{stands}?thanks=mind")
    return show(request, ChangeMindPage(title=_("Have you changed your mind?"), form=form, back_to=stands))


@require_safe
def paper(request: Request) -> HttpResponse:
    questions = (
        (_("Are you safe right now? If you are not, do not wait for an answer on paper: use the numbers on this page."), 1),
        (_("What shall we call you?"), 1),
        (_("How old are you? (a band is enough)"), 1),
        (_("How can we reach you safely? When is a good time? May we leave a voicemail? Who else might see it?"), 4),
        (_("What is going on, in your own words?"), 8),
        (_("What matters most right now?"), 2),
        (_("What helps us talk well? (language, interpreter, signing, easy read, somebody with you)"), 2),
        (_("Is there anyone in these services who should not see this?"), 2),
        (_("Does anyone depend on you?"), 2),
        (_("If you wish: date of birth, postcode, GP, NHS number"), 2),
        (_("If you fill this in for somebody else: your name, how to reach you, and whether they know"), 3),
    )
    hub = request.hub
    page = PaperPage(
        title=_("Ask for help, on paper"),
        questions=questions,
        hub=hub_name(hub) if hub else "",
        phone=hub.phone if hub else "",
        address=address_of_door(hub) if hub else "",
    )
    return show(request, page)


def _reached_by(referral: queries.Referral) -> set[str]:
    """Give the ways by which somebody just said that we may reach them; whoever asked for another is called."""
    if referral.whose_words == "carer":
        return {"call"}
    asked_on = local_date(referral.received_at)
    return {one.channel for one in ways_to_reach(referral.person_id) if one.safe and (one.confirmed_on or date.min) >= asked_on}


def _how_it_looks(channels: set[str], phone: str) -> str:
    """Say how a call will look to somebody who may be called, and a message to somebody who may be sent one."""
    said = []
    if "call" in channels:
        said.append(_("A call comes from %(phone)s.") % {"phone": phone or _("a withheld number")})
    if channels & {"text", "email"}:
        said.append(_("A message says only: we would like to arrange a time with you."))
    return " ".join(said)


def _asker(request: Request) -> Actor:
    return request.actor if request.actor.kind == "public" else Actor.public(request.hub.pk)


def _draft(request: Request) -> tuple[str, queries.Draft | None]:
    """Give the code of this browser and the draft that it opens, finished or not."""
    code: str = request.get_signed_cookie(COOKIE, default="", max_age=int(KEPT_FOR.total_seconds())) or ""
    draft = queries.draft_of(request.hub.pk, code) if code and request.hub else None
    return (code, draft) if draft else ("", None)


def _unfinished(request: Request) -> tuple[str, queries.Draft | None]:
    """Give the draft to go on with; what has been sent is not opened again, the next asking is a new one."""
    code, draft = _draft(request)
    return ("", None) if draft is None or draft.finished_at else (code, draft)


def _comes_too_often(request: Request, draft: Any, at: datetime) -> bool:
    """Tell whether more come from one address than one household asks for in an hour: somebody looks at these first (P8).

    Nobody is refused, and whoever is in danger is never put in the slow lane.
    """
    return not draft.not_safe_at and not counting.tries(((counting.ASK, (counting.address_of(request),)),), at=at)


def _keep(request: Request, code: str, before: asking.Answers, answers: asking.Answers) -> None:
    """Keep the answers; somebody not safe is heard as soon as there are a name and a way to reach them, and from then on."""
    actor, at, hub_id = _asker(request), now(), request.hub.pk
    draft = commands.keep_draft(
        actor=actor,
        at=at,
        hub_id=hub_id,
        code=code,
        answers=answers,
        can_be_reached=bool(asking.reached_by(answers)),
        not_safe=answers.get("safe", {}).get("safe") == "no",
    )
    if draft.referral_id or (draft.not_safe_at and asking.can_be_heard(answers)):
        quick = at - draft.begun_at < TOO_QUICK
        commands.hear_draft(
            actor=actor,
            at=at,
            hub_id=hub_id,
            code=code,
            arrival=asking.arrival_from(answers, suspected_spam=quick),
            before=asking.arrival_from(before, suspected_spam=quick),
        )


def _after(step: str, answers: asking.Answers) -> str:
    if step == "safe" and answers["safe"].get("safe") == "no":
        return reverse("referrals:not-safe")
    order = asking.order(answers)
    place = order.index(step) + 1
    return reverse("referrals:ask", args=[order[place]]) if place < len(order) else reverse("referrals:check-answers")


def _next_open(answers: asking.Answers) -> str:
    step = next((step for step in asking.order(answers) if step not in answers), "")
    return reverse("referrals:ask", args=[step]) if step else reverse("referrals:check-answers")


def _remember(response: HttpResponse, code: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, code, max_age=int(KEPT_FOR.total_seconds()), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _as_typed(known: list[Any]) -> dict[str, Any]:
    """Give what stands as the answers that would have said it; the first of each way."""
    typed: dict[str, Any] = {}
    for point in reversed(known):
        typed |= {
            f"{point.channel}_value": point.value,
            f"{point.channel}_times": point.good_times,
            f"{point.channel}_others": point.who_else,
        }
        if point.channel == "call":
            typed["call_voicemail"] = point.voicemail
    typed["text_same"] = "text_value" not in typed
    return typed


def _open_words(request: Request) -> tuple[str, str]:
    """Say what the hub can do now, and give its telephone when somebody is there."""
    hub = hub_of(request.hub.pk) if request.hub else None
    if hub is None or hub.front_door_team_id is None:
        return "", ""
    moment = now()
    hours, holidays = hours_of_team(hub.front_door_team_id), bank_holidays(hub.nation, local_date(moment))
    if is_open(hours, holidays, moment):
        return _("We are open now."), hub.phone
    opens = next_opening(hours, holidays, moment)
    if opens is None:
        return "", ""
    return _("Nobody here is at work right now. We read messages from %(when)s.") % {"when": opening(opens, moment)}, ""
