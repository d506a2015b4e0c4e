# For workers only.
"""Setting up the hub, by page."""

from __future__ import annotations

from django.http import HttpResponse

from alongside.access.requests import Request
from alongside.hubs.policies import check_can_set_up


def settings(request: Request) -> HttpResponse:
    check_can_set_up(request.actor, request.actor.hub_id or 0)
    return HttpResponse("")
