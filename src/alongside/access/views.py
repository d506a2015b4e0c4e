"""Signing in: one hat a session, and the made-up people of the demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import commands
from alongside.access.actors import hats_of, personas, worker_actor
from alongside.access.forms import ChooseHat
from alongside.access.pages import ChooseHatPage, PersonaRow, PersonasPage
from alongside.access.requests import Request
from alongside.access.showing import show
from alongside.design.words import words
from alongside.hubs.roles import ROLE_WORDS
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now


@require_http_methods(["GET", "POST"])
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


@require_http_methods(["GET", "POST"])
def pick_persona(request: Request) -> HttpResponse:
    if not settings.DEMO:
        raise NotFound
    found = personas(at=now())
    if request.method == "POST":
        user = next((user for user, _hats in found if str(user.pk) == request.POST.get("user", "")), None)
        if user is None:
            raise NotFound
        request.session.flush()
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("access:choose-hat")
    rows = tuple(
        PersonaRow(
            user.pk, hats[0].worker.name, "; ".join(f"{words(ROLE_WORDS, hat.role)}, {hat.organisation.name}" for hat in hats)
        )
        for user, hats in found
        if hats
    )
    return show(request, PersonasPage(title=_("Who would you like to be?"), rows=rows))
