"""The one way a page leaves the house: it is drawn from its dataclass, and not before the look it gives is written."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from alongside.access.requests import Request
from alongside.journal.looks import look_at
from alongside.vocabulary.clock import now


def show(request: Request, page: Any, status: int = 200) -> HttpResponse:
    """Draw a page; when it shows people, the look that names them is written meanwhile (if that fails, nothing is shown).

    Source: trust.md C23, P6; style.md (pages and templates).
    """
    with _look(request, page):
        drawn = render_to_string(page.template, {"page": page}, request=request)
    return HttpResponse(drawn, status=status)


def _look(request: Request, page: Any) -> AbstractContextManager[None]:
    if not page.people_shown:
        return nullcontext()
    strip = getattr(page, "strip", None)
    return look_at(
        actor=request.actor,
        at=now(),
        page=type(page).__name__,
        person_ids=page.people_shown,
        about_id=strip.key if strip else None,
    )
