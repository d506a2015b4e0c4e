"""The one way a page leaves the house: it is rendered from its dataclass, and the look it gives is written first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from alongside.access.requests import Request
from alongside.journal.looks import record_look
from alongside.vocabulary.clock import now


def show(request: Request, page: Any, status: int = 200) -> HttpResponse:
    """Render a page; when it shows people, write the look that names them first (if that fails, nothing is shown).

    Source: trust.md C23, P6; style.md (pages and templates).
    """
    if page.people_shown:
        strip = getattr(page, "strip", None)
        record_look(
            actor=request.actor,
            at=now(),
            page=type(page).__name__,
            person_ids=page.people_shown,
            about_id=strip.key if strip else None,
        )
    return HttpResponse(render_to_string(page.template, {"page": page}, request=request), status=status)
