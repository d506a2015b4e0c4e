"""Who is asking, in which hub: put on every request before any view runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access import backend
from alongside.hubs.models import Hub
from alongside.reads import read
from alongside.vocabulary.actor import Actor

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
            if not settings.DEMO and not around.has_second_factor and not request.path.startswith(SIGN_IN_PATHS):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
            hat_id, worn = request.session.get("hat_id"), around.worn
            if worn and (worn.actor.hat_id, worn.actor.user_id) == (hat_id, request.user.pk):
                request.actor, request.hat, request.hub = worn.actor, worn.hat, worn.hat.hub
            elif hat_id:
                del request.session["hat_id"]
        if request.hub is None:
            request.hub = hub_at(request.get_host().split(":")[0])
            if request.hub and request.actor.kind == "public":
                request.actor = Actor.public(request.hub.pk)
        backend.has_just_been_read(None)
        response = self.get_response(request)
        if session_user is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


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
