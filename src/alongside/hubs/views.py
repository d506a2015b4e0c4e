# For workers only.
"""Setting up the hub, by page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alongside.hubs.policies import check_can_set_up


def settings(request: HttpRequest) -> HttpResponse:
    check_can_set_up(request.actor, request.actor.hub_id or 0)
    return HttpResponse("")
