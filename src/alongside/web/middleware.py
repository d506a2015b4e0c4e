"""Anticipated refusals become pages, in one place; everything unanticipated a plain page with a reference."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.refusals import NotFound, Refusal, TryAgain
from alongside.web.pages import RefusalPage

log = logging.getLogger("alongside.web")


class RefusalsBecomePages:
    """Turn a refusal into a page: not found and not yours look the same, byte for byte."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, NotFound):
            return not_found(request)
        if isinstance(problem, Refusal):
            return _page(request, str(problem), problem.status)
        if isinstance(problem, (OperationalError, DatabaseError)):
            # Full disk, locked database, lost connection: nothing was kept, and the same request may be sent again.
            log.error("database %s on %s", type(problem).__name__, getattr(request.resolver_match, "view_name", "?"))
            response = _page(request, str(TryAgain()), 503)
            response.headers["Retry-After"] = "5"
            return response
        reference = secrets.token_hex(4)
        log.error(
            "unexpected %s at %s, reference %s",
            type(problem).__name__,
            getattr(request.resolver_match, "view_name", "?"),
            reference,
        )
        log.debug("trace", exc_info=problem)
        return _page(request, _("Something went wrong on our side. What you wrote before is kept."), 500, reference)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the one page for everything that is not there, or not yours."""
    return _page(request, str(NotFound()), 404)


def _page(request: Any, sentence: str, status: int, reference: str = "") -> HttpResponse:
    from django.template.loader import render_to_string

    title = {404: _("Page not found"), 503: _("Please try again")}.get(status, _("This could not be done"))
    page = RefusalPage(title=title, sentence=sentence, reference=reference, back="/today/" if request.actor.is_worker else "/")
    return HttpResponse(render_to_string(page.template, {"page": page}, request=request), status=status)
