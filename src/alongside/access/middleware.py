"""Who is asking, in which hub: put on every request before any view runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access import backend
from alongside.access.sessions import proven_at
from alongside.hubs.models import Hub
from alongside.reads import read
from alongside.trips import in_one_trip
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

SIGNED_OUT = '"cache", "storage"'
"""What a browser forgets when somebody signs out. Not every cookie: the language that somebody reads is theirs to keep (C22)."""
NOT_KEPT = ("/stands/", "/answer/", "/own/", "/entry/", "/said/", "/ask/", "/sign-in/", "/mine/", "/account/", "/hat/")
"""Whose pages are somebody's own even where nobody has signed in."""
SIGN_IN_PATHS = ("/account/", "/hat/", "/language/", "/static/")
"""What somebody may reach between the password and the hat."""


class WhoIsAsking:
    """Put `request.hub` and `request.actor` on the request; keep staff without a second factor out (C15).

    A worker whose hat has ended, or who has left, is signed out of the hat on this very request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path.startswith("/static/"):
            return self.get_response(request)
        request.hub = request.hat = None
        request.actor = Actor(kind="public")
        session_user = request.session.get("_auth_user_id")
        if session_user is not None and request.user.is_authenticated:
            around = request.session.around
            proven = around.has_second_factor or "openid_level" in request.session
            if not settings.DEMO and not proven and not request.path.startswith(SIGN_IN_PATHS):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
            hat_id, worn = request.session.get("hat_id"), around.worn
            if worn and (worn.actor.hat_id, worn.actor.user_id) == (hat_id, request.user.pk):
                request.actor, request.hat, request.hub = worn.actor, worn.hat, worn.hat.hub
                request.has_stepped_up = lambda: _step_up(request)
                request.has_stepped_up()
            elif hat_id:
                del request.session["hat_id"]
        if request.hub is None:
            request.hub = hub_at(request.get_host().split(":")[0])
            if request.hub and request.actor.kind == "public":
                request.actor = Actor.public(request.hub.pk)
        backend.has_just_been_read(None)
        response = self.get_response(request)
        not_kept(request, response, signed_in=session_user is not None)
        if session_user is not None:
            if request.session.session_key:
                in_one_trip(connection, request.session.used(now()))
            if not request.session.get("_auth_user_id"):
                response.headers["Clear-Site-Data"] = SIGNED_OUT
        return response


def not_kept(request: HttpRequest, response: HttpResponse, *, signed_in: bool) -> None:
    """Let a browser keep nothing of what is somebody's own: signed-in pages, private links, what is written to ask for help (C22)."""
    if signed_in or request.path.startswith(NOT_KEPT):
        response.headers["Cache-Control"] = "no-store"


def _step_up(request: Any) -> None:
    request.actor = replace(request.actor, stepped_up_at=proven_at(request.session))


def hub_at(hostname: str) -> Hub | None:
    """Find the hub that an address opens: the one that names it, or the only hub of the installation."""
    hubs = read(_hubs)
    for hub in hubs:
        if hostname in hub.hostnames:
            return hub
    unnamed = [hub for hub in hubs if not hub.hostnames]
    return unnamed[0] if len(hubs) == 1 or len(unnamed) == 1 else None


def _hubs(at: datetime) -> QuerySet[Hub]:
    return Hub.objects.order_by("pk")[:200]
