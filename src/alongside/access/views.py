# For workers only.
"""Signing in: the first password, one hat a session, the made-up people of the demo; and settling who is kept away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alongside.access import commands, elsewhere, queries, step_up
from alongside.access.actors import hats_of, personas, worker_actor
from alongside.access.doors import worker_page
from alongside.access.forms import ChooseHat, FirstPassword
from alongside.access.pages import (
    ChooseHatPage,
    ExclusionRow,
    ExclusionsPage,
    FirstPasswordPage,
    NotLinkedPage,
    PersonaRow,
    PersonasPage,
    SignedInPage,
    SignedInRow,
    SignWorkerOutPage,
    SteppedUpPage,
)
from alongside.access.policy import may
from alongside.access.requests import Request
from alongside.access.second_factor import has_second_factor
from alongside.access.showing import show
from alongside.access.signing_in import keep_sign_in
from alongside.design.words import moment, short_day, words
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
        record_authentication(request, user, "mfa", type="persona")
        login(request, user, backend=BACKEND)
        keep_sign_in(request, user)
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
        keep_sign_in(request, user)
        record_authentication(request, user, method="password", reauthenticated=True)
        return redirect("mfa_activate_totp")
    page = FirstPasswordPage(
        title=_("Choose a password"),
        form=form,
        email=user.email,
        elsewhere=(worker_key, token) if elsewhere.is_offered("staff") and behind.may_choose else (),
    )
    return show(request, page)


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


@require_POST
def go_elsewhere(request: Request) -> HttpResponse:
    """Begin to sign in by the staff's provider: to get in, to link it, by an invitation, or to show again that it is you."""
    purpose, kept = request.POST.get("purpose", "sign_in"), {}
    if purpose == "invited":
        kept = {"worker": request.POST.get("worker", ""), "token": request.POST.get("token", "")}
        queries.account_behind(kept["worker"], kept["token"])
    elif purpose in ("link", "step_up"):
        if not request.actor.is_worker:
            return redirect("account_login")
        if purpose == "link":
            step_up.require_step_up(request)
        kept = {"user": str(request.user.pk)}
    elif purpose != "sign_in":
        raise NotFound
    try:
        return elsewhere.begin(request, "staff", purpose, **kept)
    except elsewhere.ProviderSilent:
        return redirect(f"{reverse('account_login')}?silent=yes")


@require_http_methods(["GET", "HEAD"])
def back_from_elsewhere(request: Request) -> HttpResponse:
    try:
        back = elsewhere.come_back(request, "staff")
    except elsewhere.ProviderSilent:
        return redirect(f"{reverse('account_login')}?silent=yes")
    at, known = now(), {"issuer": back.issuer, "subject": back.subject}
    if back.purpose in ("link", "step_up") and back.kept["user"] != str(request.user.pk or ""):
        raise elsewhere.NotSignedIn
    if back.purpose == "link":
        commands.link_account_elsewhere(actor=request.actor, at=at, user_id=request.user.pk, level=back.level, **known)
        return redirect("mfa_index")
    if back.purpose == "invited":
        behind = queries.account_behind(back.kept["worker"], back.kept["token"])
        if not behind.may_choose:
            raise NotFound
        commands.link_account_elsewhere(
            actor=Actor.system("invitation"), at=at, user_id=behind.user.pk, level=back.level, **known
        )
    user = commands.sign_in_elsewhere(actor=Actor.public(request.hub.pk), at=at, **known)
    if user is None or not user.is_active:
        return show(request, NotLinkedPage(title=_("We do not know this sign-in")), 403)
    if back.purpose == "step_up":
        if user.pk != request.user.pk:
            raise elsewhere.NotSignedIn
        record_authentication(request, user, "mfa", type="openid", reauthenticated=True)
        commands.note_step_up(actor=request.actor, at=at, how="openid")
        return show(request, SteppedUpPage(title=_("You have shown that it is you")))
    request.session.flush()
    record_authentication(request, user, "mfa", type="openid")
    login(request, user, backend=BACKEND)
    request.session["openid_level"] = back.level
    return redirect("access:choose-hat")


@require_POST
@worker_page
def unlink_elsewhere(request: Request) -> HttpResponse:
    step_up.require_step_up(request)
    commands.unlink_account_elsewhere(actor=request.actor, at=now(), user_id=request.user.pk)
    return redirect("mfa_index")


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: Request) -> HttpResponse:
    actor, at, here = request.actor, now(), request.session.session_key or ""
    if request.method == "POST":
        if "others" in request.POST:
            commands.end_other_sessions(actor=actor, at=at, but=here)
        else:
            commands.end_session(actor=actor, at=at, name=request.POST.get("name", ""))
        return redirect("access:signed-in")
    rows = [
        SignedInRow(
            commands.name_of(one.session_key),
            one.browser or _("An unknown browser"),
            moment(one.began_at or at),
            moment(one.seen_at or at),
            one.session_key == here,
        )
        for one in queries.my_sessions(request.user.pk, at=at)
    ]
    rows.sort(key=lambda one: not one.is_this)
    return show(request, SignedInPage(title=_("Where you are signed in"), rows=tuple(rows)))


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_worker_out(request: Request, worker_id: UUID) -> HttpResponse:
    actor, at = request.actor, now()
    worker, count = queries.get_colleague(actor, worker_id, at=at)
    if not (may(actor, "settings") or may(actor, "allocate")):
        raise NotFound
    if request.method == "POST":
        commands.sign_worker_out(actor=actor, at=at, hub_id=actor.hub, worker_id=worker.pk)
        return redirect("access:sign-worker-out", worker_id)
    said = ngettext("signed in in %(count)s place", "signed in in %(count)s places", count) % {"count": count}
    page = SignWorkerOutPage(title=_("Sign somebody out everywhere"), name=worker.name, count=said)
    return show(request, page)


def not_here(request: Request, **_parts: Any) -> HttpResponse:
    raise NotFound
