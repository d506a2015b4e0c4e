# For workers only.
"""Signing in: the first password, one hat a session, the made-up people of the demo; and settling who is kept away."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import commands, queries
from alongside.access.actors import hats_of, personas, worker_actor
from alongside.access.doors import worker_page
from alongside.access.forms import ChooseHat, FirstPassword
from alongside.access.pages import (
    ChooseHatPage,
    ExclusionRow,
    ExclusionsPage,
    FirstPasswordPage,
    PersonaRow,
    PersonasPage,
)
from alongside.access.requests import Request
from alongside.access.second_factor import has_second_factor
from alongside.access.showing import show
from alongside.design.words import short_day, words
from alongside.hubs.roles import ROLE_WORDS
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

BACKEND = "alongside.access.backend.Accounts"


@require_http_methods(["GET", "HEAD", "POST"])
def choose_hat(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    hats = hats_of(request.user, at=now())
    choices = [(str(hat.pk), f"{words(ROLE_WORDS, hat.role)}, {hat.organisation.name} ({hat.hub.name})") for hat in hats]
    form = ChooseHat(request.POST or None, hats=choices, initial={"hat": str(request.session.get("hat_id", ""))})
    only = len(hats) == 1 and "hat_id" not in request.session
    if only or (request.method == "POST" and form.is_valid()):
        hat_id = hats[0].pk if only else int(form.cleaned_data["hat"])
        actor = worker_actor(hat_id, user_id=request.user.pk, at=now())
        if actor is None:
            raise NotFound
        commands.put_on_hat(actor=actor, at=now(), hat_id=hat_id)
        request.session.cycle_key()
        request.session["hat_id"] = hat_id
        return redirect("web:today")
    return show(request, ChooseHatPage(title=_("Choose your hat"), form=form if hats else None, none=not hats))


@require_http_methods(["GET", "HEAD", "POST"])
def pick_persona(request: Request) -> HttpResponse:
    if not settings.DEMO:
        raise NotFound
    found = personas(at=now())
    if request.method == "POST":
        user = next((user for user, _hats in found if str(user.pk) == request.POST.get("user", "")), None)
        if user is None:
            raise NotFound
        request.session.flush()
        login(request, user, backend=BACKEND)
        return redirect("access:choose-hat")
    rows = tuple(
        PersonaRow(
            user.pk, hats[0].worker.name, "; ".join(f"{words(ROLE_WORDS, hat.role)}, {hat.organisation.name}" for hat in hats)
        )
        for user, hats in found
        if hats
    )
    return show(request, PersonasPage(title=_("Who would you like to be?"), rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: Request, worker_key: str, token: str) -> HttpResponse:
    behind = queries.account_behind(worker_key, token)
    user = behind.user
    form = FirstPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not behind.may_choose:
            return redirect("account_login")
        commands.set_first_password(
            actor=Actor.system("first_password"), at=now(), user_id=user.pk, password=form.cleaned_data["password"]
        )
        request.session.flush()
        if has_second_factor(user):
            return redirect("account_login")
        user.refresh_from_db()
        login(request, user, backend=BACKEND)
        record_authentication(request, user, method="password", reauthenticated=True)
        return redirect("mfa_activate_totp")
    return show(request, FirstPasswordPage(title=_("Choose a password"), form=form, email=user.email))


@worker_page
@require_http_methods(["GET", "HEAD"])
def exclusions(request: Request) -> HttpResponse:
    found = queries.exclusions_to_settle(request.actor, at=now())
    rows = tuple(
        ExclusionRow(reverse("safety:settle", args=[one.public_id]), one.person.chosen_name, short_day(one.made_at))
        for one in found
    )
    page = ExclusionsPage(title=_("Who must not see somebody"), rows=rows, people_shown=tuple(one.person_id for one in found))
    return show(request, page)


def not_here(request: Request, **_parts: Any) -> HttpResponse:
    raise NotFound
