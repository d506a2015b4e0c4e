"""Where a monitor asks whether the work that runs by itself still does: numbers of minutes, and nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from alongside.vocabulary.clock import now
from alongside.web.queries import health_of_care


@require_safe
def care(request: HttpRequest) -> JsonResponse:
    health = health_of_care(now())
    said = {
        "well": health.is_well,
        "minutes_since_sweep": health.since_sweep,
        "minutes_oldest_message_waits": health.oldest_waits,
    }
    response = JsonResponse(said, status=200 if health.is_well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response
