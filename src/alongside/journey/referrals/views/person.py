"""The public door: one question a page, kept on the server; and the private link afterwards."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.fields import CodesField
from alongside.design.forms import Form
from alongside.design.words import clock_time, day, language
from alongside.hubs.queries import bank_holidays, hours_of_team, hub_of, local_date
from alongside.journey.referrals import commands, queries
from alongside.journey.referrals.forms import person as forms
from alongside.journey.referrals.pages.person import (
    AskPage,
    ChangeReachPage,
    CheckAnswersPage,
    HeardPage,
    NotSafePage,
    PaperPage,
)
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.reference import new_token
from alongside.vocabulary.working_time import is_open, next_opening

COOKIE = "asking"
KEPT_FOR = timedelta(days=30)
TOO_QUICK = timedelta(seconds=5)
"""Nobody answers all of it in five seconds; such a one is held like any other, and looked at first (C17)."""

STEPS: dict[str, tuple[type[Form], Any]] = {
    "safe": (forms.Safe, gettext_lazy("Are you safe right now?")),
    "who": (forms.Who, gettext_lazy("Who is it for, and how old?")),
    "about-you": (forms.AboutYou, gettext_lazy("About you, who are asking")),
    "name": (forms.CallYou, gettext_lazy("What shall we call you?")),
    "reach": (forms.Reach, gettext_lazy("How can we reach you safely?")),
    "reach-details": (forms.ReachDetails, gettext_lazy("The safe way to reach you")),
    "words": (forms.Words, gettext_lazy("What is going on?")),
    "matters": (forms.Matters, gettext_lazy("What matters most right now?")),
    "talk": (forms.Talk, gettext_lazy("What helps us talk well?")),
    "keep-away": (forms.KeepAway, gettext_lazy("Is there anyone who should not see this?")),
    "depends": (forms.Depends, gettext_lazy("Does anyone depend on you?")),
    "details": (forms.Details, gettext_lazy("If you wish, a few details")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, step: str = "safe") -> HttpResponse:
    if step not in STEPS or request.hub is None:
        raise NotFound
    code, answers = _answers(request)
    order = _order(answers)
    if step not in order:
        return redirect("referrals:ask", order[0])
    form_class, title = STEPS[step]
    extra = {"channels": answers.get("reach", {}).get("channels", [])} if step == "reach-details" else {}
    form = form_class(request.POST or None, initial=answers.get(step), **extra)
    if request.method == "POST" and form.is_valid():
        answers[step] = json.loads(json.dumps(form.cleaned_data, cls=DjangoJSONEncoder))
        code = code or new_token()
        _keep(request, code, answers)
        response = redirect(_after(step, answers))
        return _remember(response, code)
    place = order.index(step)
    page = AskPage(
        title=title,
        form=form,
        step=step,
        back=reverse("referrals:ask", args=[order[place - 1]]) if place else reverse("web:home"),
        lead=_lead(step),
        is_for_another=answers.get("who", {}).get("who") == "someone",
        under_18=answers.get("who", {}).get("age_band") in ("under_11", "11_15", "16_17"),
    )
    return show(request, page)


@require_safe
def not_safe(request: Request) -> HttpResponse:
    _code, answers = _answers(request)
    order = _order(answers)
    page = NotSafePage(title=_("Help right now"), open_words=_open_words(request), next=reverse("referrals:ask", args=[order[1]]))
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: Request) -> HttpResponse:
    code, answers = _answers(request)
    if not code:
        return redirect("referrals:ask", "safe")
    form = forms.Send(request.POST or None)
    missing = _missing(answers)
    draft = queries.draft_of(request.hub.pk, code)
    if draft and draft.finished_at:
        return redirect("referrals:heard")
    if request.method == "POST" and form.is_valid() and not missing and draft:
        moment = now()
        spam = bool(form.cleaned_data["website"]) or moment - draft.begun_at < TOO_QUICK
        commands.finish_draft(
            actor=request.actor if request.actor.kind == "public" else Actor.public(request.hub.pk),
            at=moment,
            hub_id=request.hub.pk,
            code=code,
            arrival=forms.arrival_from(answers, suspected_spam=spam),
        )
        return redirect("referrals:heard")
    page = CheckAnswersPage(title=_("Check your answers"), form=form, rows=_rows(answers), missing=missing)
    return show(request, page)


@require_safe
def heard(request: Request) -> HttpResponse:
    code, _nothing = _answers(request)
    draft = queries.draft_of(request.hub.pk, code) if code else None
    if draft is None or draft.referral is None:
        return redirect("referrals:ask", "safe")
    referral = draft.referral
    page = HeardPage(
        title=_("We have heard you"),
        reference=referral.reference,
        team=referral.team.name,
        hours=hours_words(referral.team_id),
        by=day(queries.next_date_of(referral.person_id)),
        link=request.build_absolute_uri(reverse("web:where-it-stands", args=[commands.link_of_draft(code)])),
        how_it_looks=_("A call comes from %(phone)s. A message says only: we would like to arrange a time with you.")
        % {"phone": request.hub.phone or _("a withheld number")},
        under_18=queries.is_young(referral.person_id, local_date(now())),
    )
    return show(request, page)


@require_http_methods(["POST"])
def start_again(request: Request) -> HttpResponse:
    response = redirect("referrals:ask", "safe")
    response.delete_cookie(COOKIE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def change_reach(request: Request, token: str) -> HttpResponse:
    referral = queries.by_link(token)
    form: Form
    channels = request.POST.getlist("channels") or request.GET.getlist("channels")
    if channels:
        form = forms.ReachDetails(request.POST if "details" in request.POST else None, channels=channels)
        if request.method == "POST" and "details" in request.POST and form.is_valid():
            ways = forms.ways_from(form.cleaned_data, channels)
            commands.change_reach(actor=Actor.public(referral.hub_id), at=now(), referral=referral, ways=ways)
            return redirect(f"{reverse('web:where-it-stands', args=[token])}?thanks=reach")
        form.fields["channels"] = _same(channels)
    else:
        form = forms.Reach(request.POST or None)
        if request.method == "POST":
            form.is_valid()
    page = ChangeReachPage(title=_("Change how we reach you"), form=form, here=reverse("web:where-it-stands", args=[token]))
    return show(request, page)


@require_http_methods(["POST"])
def change_mind(request: Request, token: str) -> HttpResponse:
    referral = queries.by_link(token)
    commands.change_mind(
        actor=Actor.public(referral.hub_id), at=now(), referral=referral, words=request.POST.get("words", "")[:1000]
    )
    return redirect(f"{reverse('web:where-it-stands', args=[token])}?thanks=mind")


@require_safe
def paper(request: Request) -> HttpResponse:
    questions = (
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
    return show(
        request, PaperPage(title=_("Ask for help, on paper"), questions=questions, hub=request.hub.name if request.hub else "")
    )


def _same(channels: list[str]) -> Any:
    field = CodesField(forms.CHANNELS, required=False, initial=channels)
    field.widget = field.hidden_widget()
    return field


def _order(answers: dict[str, Any]) -> list[str]:
    """The questions that apply: about the asker only when it is for another, details only of the ways chosen."""
    left_out = set()
    if answers.get("who", {}).get("who") != "someone":
        left_out.add("about-you")
    if not answers.get("reach", {}).get("channels"):
        left_out.add("reach-details")
    return [step for step in STEPS if step not in left_out]


def _after(step: str, answers: dict[str, Any]) -> str:
    if step == "safe" and answers["safe"].get("safe") == "no":
        return reverse("referrals:not-safe")
    order = _order(answers)
    place = order.index(step) + 1
    return reverse("referrals:ask", args=[order[place]]) if place < len(order) else reverse("referrals:check-answers")


def _lead(step: str) -> str:
    return {
        "safe": _("If you are not, we show you who can help right now. You can still go on."),
        "reach": _("We use only the ways you choose, and we never say what it is about."),
        "matters": _("Choose up to three. You need not choose any."),
        "details": _("None of this is needed to get help."),
    }.get(step, _("You can leave this blank and go on.") if step in ("words", "talk", "keep-away", "depends") else "")


def _answers(request: Request) -> tuple[str, dict[str, Any]]:
    code: str = request.get_signed_cookie(COOKIE, default="", max_age=int(KEPT_FOR.total_seconds())) or ""
    draft = queries.draft_of(request.hub.pk, code) if code and request.hub else None
    return (code, dict(draft.answers)) if draft else ("", {})


def _keep(request: Request, code: str, answers: dict[str, Any]) -> None:
    details = answers.get("reach-details", {})
    about = answers.get("about-you", {})
    commands.keep_draft(
        actor=Actor.public(request.hub.pk),
        at=now(),
        hub_id=request.hub.pk,
        code=code,
        answers=answers,
        can_be_reached=any(key.endswith("_value") and value for key, value in details.items())
        or bool(about.get("phone") or about.get("email")),
        not_safe=answers.get("safe", {}).get("safe") == "no",
    )


def _remember(response: HttpResponse, code: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, code, max_age=int(KEPT_FOR.total_seconds()), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _missing(answers: dict[str, Any]) -> str:
    if not answers.get("name", {}).get("name"):
        return _("Tell us what to call you.")
    about = answers.get("about-you", {})
    reached = any(key.endswith("_value") and value for key, value in answers.get("reach-details", {}).items())
    if not reached and not (answers.get("who", {}).get("who") == "someone" and (about.get("phone") or about.get("email"))):
        return _("Tell us one way to reach you.")
    return ""


def _rows(answers: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    rows = []
    for step in _order(answers):
        form_class, title = STEPS[step]
        extra = {"channels": answers.get("reach", {}).get("channels", [])} if step == "reach-details" else {}
        form = form_class(**extra)
        said = []
        for name, value in answers.get(step, {}).items():
            if name in form.fields and value not in (None, "", [], False):
                said.append(_spoken(form.fields[name], value))
        rows.append((str(title), "\n".join(said) or _("Left blank"), reverse("referrals:ask", args=[step])))
    return tuple(rows)


def _spoken(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "choices", []) or [])
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if value is True:
        return str(choices.get("yes", field.label))
    return str(choices.get(value, value))


def hours_words(team_id: int) -> tuple[str, ...]:
    """Say a team's opening hours, a line for each day it opens."""
    hours = hours_of_team(team_id)
    monday = date(2024, 1, 1)
    lines = []
    for weekday in range(7):
        spans = hours.on(monday + timedelta(days=weekday))
        if spans:
            name = day(monday + timedelta(days=weekday)).split(" 1 ")[0].split(" ")
            label = " ".join(name[:2]) if language() == "cy" else name[0]
            lines.append(f"{label.rstrip(',')}: " + ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans))
    return tuple(lines)


def _open_words(request: Request) -> str:
    hub = hub_of(request.hub.pk)
    if hub.front_door_team_id is None:
        return ""
    moment = now()
    hours, holidays = hours_of_team(hub.front_door_team_id), bank_holidays(hub.nation, local_date(moment))
    phone = hub.phone or ""
    if is_open(hours, holidays, moment):
        return _("We are open now. You can also call us on %(phone)s.") % {"phone": phone} if phone else _("We are open now.")
    opens = next_opening(hours, holidays, moment)
    if opens is None:
        return ""
    return _("Nobody here is at work right now. We read messages from %(time)s on %(day)s.") % {
        "time": clock_time(opens),
        "day": day(opens),
    }
