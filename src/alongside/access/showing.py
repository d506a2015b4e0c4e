"""The one way a page leaves the house: it is drawn from its dataclass, and not before the look it gives is written."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from alongside.access import budget
from alongside.access.requests import Request
from alongside.journal.looks import look_at
from alongside.vocabulary.clock import now


def show(request: Request, page: Any, status: int = 200) -> HttpResponse:
    """Draw a page; when it shows people, the look that names them is written meanwhile (if that fails, nothing is shown).

    Refuses:  StepUpNeeded before anything is drawn, when the account has opened as much as an hour allows (T07).
    Also:     in the same trip as the look it is counted what was opened, and once a minute that the session is used. A search
              leaves its look also when it found nobody; what was searched for is not kept.
    Source:   trust.md C23, P6; style.md (pages and templates).
    """
    with _look(request, page):
        return draw(request, page, status)


def draw(request: Request, page: Any, status: int = 200) -> HttpResponse:
    """Draw a page that shows nobody."""
    return HttpResponse(render_to_string(page.template, {"page": page}, request=request), status=status)


def _look(request: Request, page: Any) -> AbstractContextManager[None]:
    if not (page.people_shown or getattr(page, "searched", False)):
        return nullcontext()
    strip, at = getattr(page, "strip", None), now()
    return look_at(
        actor=request.actor,
        at=at,
        page=type(page).__name__,
        person_ids=page.people_shown,
        about_id=strip.key if strip else None,
        beside=budget.counted(request, strip.key if strip else None, len(page.people_shown), at=at),
    )
