"""Anticipated refusals become pages, in one place; everything unanticipated a plain page with a reference."""

from __future__ import annotations

import codecs
import logging
import secrets
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.access import counting, step_up
from alongside.access.refused import StepUpNeeded
from alongside.design.shell import CrisisLine
from alongside.journal.looks import record_refusal
from alongside.people.queries import key_of_person
from alongside.refusals import NotFound, Refusal, TryAgain
from alongside.vocabulary.clock import now
from alongside.web.pages import RefusalPage

log = logging.getLogger("alongside.web")

PRIVATE_LINKS = ("/stands/", "/answer/", "/own/", "/entry/", "/said/")
"""Whoever opens one that does not work is told to call; whether there ever was one is told to nobody."""
LINKS = (*PRIVATE_LINKS, "/account/first/")
"""Addresses that are themselves a secret. An address from which many wrong ones come is asked to wait a minute, whatever it sends
next, so that it learns nothing; another address is not."""
FOR_MACHINES = ("/fhir/", "/open-referral/")
"""Where machines are spoken to the bytes themselves are read, or none, whatever is said about them; and every answer is as they expect."""


class RefusalsBecomePages:
    """Turn a refusal into a page: not found and not yours look the same, byte for byte."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(FOR_MACHINES) and not _is_readable(request):
            return cannot_be_read(request)
        if request.path.startswith(LINKS) and counting.is_over(counting.LINK, counting.address_of(request), at=now()):
            return _page(request, str(counting.TooManyTries()), 429)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            allowed = response.headers.get("Allow", "")
            response = _page(request, _("This page cannot be used like that. Go back, and use the buttons on the page."), 405)
            response.headers["Allow"] = allowed
        return response

    def process_view(self, request: Any, *_view: Any) -> HttpResponse | None:
        """Take the answer to "show that it is you"; what is refused there is a page too, as Django would not make it one by itself."""
        try:
            return step_up.answered(request)
        except Refusal as refusal:
            return self.process_exception(request, refusal)

    def process_exception(self, request: Any, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, StepUpNeeded):
            _keep_look(request, problem)
            return step_up.ask(request, problem.because)
        if isinstance(problem, Refusal):
            _keep_look(request, problem)
        if isinstance(problem, (NotFound, Http404, PermissionDenied)):
            if request.path.startswith(LINKS):
                counting.tries(((counting.LINK, (counting.address_of(request),)),), at=now())
            return _page(request, str(NotFound()), 404, written=_written(request))
        if isinstance(problem, Refusal):
            return _page(request, str(problem), problem.status, written=_written(request))
        if isinstance(problem, (OperationalError, InterfaceError)):
            return try_again(request, problem)
        if isinstance(problem, (SuspiciousOperation, MultiPartParserError)):
            return cannot_be_read(request)
        reference = secrets.token_hex(4)
        log.error(
            "unexpected %s at %s, reference %s",
            type(problem).__name__,
            getattr(request.resolver_match, "view_name", "?"),
            reference,
        )
        log.debug("trace", exc_info=problem)
        return _page(request, _("Something went wrong on our side. What you wrote before is kept."), 500, reference)


def _keep_look(request: Any, refusal: Refusal) -> None:
    """Write down that a worker was refused a page, or that a private link did not work; a command has done so for itself.

    Whether there is anybody behind the address is asked in the same way for what is not theirs and for what is not there.
    Raises: DatabaseError when it cannot be written: then nothing is answered but that.
    """
    actor, match = getattr(request, "actor", None), request.resolver_match
    if refusal.is_noted or actor is None or not (actor.is_worker or request.path.startswith(PRIVATE_LINKS)):
        return
    person_id = match.kwargs.get("person_id") if match else None
    record_refusal(
        actor=actor,
        at=now(),
        page=match.view_name[:80] if match else "",
        reason=refusal.code,
        person_id=key_of_person(actor, person_id) if person_id else None,
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the one page for everything that is not there, or not yours."""
    return _page(request, str(NotFound()), 404)


def cannot_be_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what a browser sent cannot be read (handler400): too many fields, no such host, letters in a code nobody uses."""
    sentence = _("We could not read what was sent, so nothing of it was saved. Go back and try again.")
    return plain_page(_("This could not be done"), sentence, 400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do when a form has outlived its session, or the browser keeps no cookies (CSRF_FAILURE_VIEW)."""
    sentence = _(
        "This page was open for too long, or your browser keeps no cookies, so this was not saved."
        " Go back, copy what you wrote if you need it, load the page again and send it once more."
    )
    return plain_page(_("Please try again"), sentence, 403)


def try_again(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Say that nothing was kept (full disk, locked database, lost connection) and that the same may be sent again."""
    log.error("database %s on %s", type(problem).__name__, getattr(request.resolver_match, "view_name", "?"))
    response = _page(request, str(TryAgain()), 503)
    response.headers["Retry-After"] = "5"
    return response


def server_fault(request: HttpRequest) -> HttpResponse:
    """Show a page that needs nothing, when even the session cannot be reached or the ordinary page cannot be drawn (handler500)."""
    problem = sys.exc_info()[1]
    if isinstance(problem, (OperationalError, InterfaceError)):
        log.error("database %s outside the pages", type(problem).__name__)
        response = plain_page(_("Please try again"), str(TryAgain()), 503)
        response.headers["Retry-After"] = "5"
        return response
    return plain_page(_("This could not be done"), _("Something went wrong on our side. What you wrote before is kept."), 500)


def _written(request: HttpRequest) -> tuple[str, ...]:
    """Give what somebody wrote in the form that was not saved: sentences only, never a password or a code."""
    texts = [text.strip() for name in request.POST if "password" not in name for text in request.POST.getlist(name)]
    return tuple(dict.fromkeys(text for text in texts if " " in text))


def _page(request: Any, sentence: str, status: int, reference: str = "", *, written: tuple[str, ...] = ()) -> HttpResponse:
    title = {404: _("Page not found"), 429: _("Please wait a moment"), 503: _("Please try again")}.get(
        status, _("This could not be done")
    )
    actor, hub = getattr(request, "actor", None), getattr(request, "hub", None)
    page = RefusalPage(
        title=title,
        sentence=sentence,
        written=written,
        phone=hub.phone if hub and status in (404, 429) and request.path.startswith(PRIVATE_LINKS) else "",
        reference=reference,
        back="/today/" if actor and actor.is_worker else "/",
    )
    try:
        return HttpResponse(render_to_string(page.template, {"page": page}, request=request), status=status)
    except DatabaseError:
        return plain_page(title, sentence, status)


def _is_readable(request: HttpRequest) -> bool:
    """Whether a form's letters are in a code that browsers send; another would break before any page could answer."""
    try:
        return codecs.lookup((request.content_params or {}).get("charset", "utf-8")).name in (
            "utf-8",
            "ascii",
            "iso8859-1",
            "cp1252",
        )
    except (LookupError, ValueError):
        return False


def plain_page(title: str, sentence: str, status: int, lines: Iterable[CrisisLine] = ()) -> HttpResponse:
    """Make a page without a database, a template or a session, with help in it all the same: the hub's own lines when they are known."""
    numbers = tuple(lines) or tuple(CrisisLine(number, f"tel:{number.replace(' ', '')}") for number in ("999", "111", "116 123"))
    help_now = "".join(
        f'<li><a href="{escape(one.href)}">{escape(one.words)}</a></li>' if one.href else f"<li>{escape(one.words)}</li>"
        for one in numbers
    )
    return HttpResponse(
        f'<!DOCTYPE html><html lang="{(get_language() or "en")[:2]}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
        f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p><p>{escape(_('If you need help now'))}:</p><ul>{help_now}</ul>"
        "</main></body></html>",
        status=status,
    )
