"""Coming in to one's own page without a provider: by the link of an invitation, and afterwards by a code (T05, C16).

Nothing here says who is known, whose page it is, or what it is about. Both the way and the number that were agreed are needed, so that
neither a stranger nor whoever holds the telephone comes in; and nobody can make a message go to anybody, or shut anybody out.
"""

from __future__ import annotations

import hmac
import secrets

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import counting
from alongside.access.requests import Request
from alongside.access.sessions import OWN_PAGE, browser_of
from alongside.access.showing import show
from alongside.messages.rules import CODE_LASTS
from alongside.refusals import NotFound
from alongside.safety.own_page import commands, forms, queries
from alongside.safety.own_page.pages import OwnCodePage, OwnLinkPage, OwnNumberPage
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.reference import fingerprint

WAITING = "own_code"
"""Where a session keeps which code it waits for: another browser's code, or one of another asking, opens nothing (ASVS 6.6.2)."""
TRIES = counting.Limit("own_code", 5, counting.HOUR)
"""For one asking, in one browser: nobody else can use them up (ASVS 6.6.3)."""


@require_http_methods(["GET", "HEAD", "POST"])
def own_link(request: Request, token: str) -> HttpResponse:
    hub_id, at = _hub_of(request), now()
    queries.check_link_opens(hub_id, token, at=at)
    form = forms.Number(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = Actor.public(hub_id)
        try:
            page = commands.open_by_link(
                actor=actor, at=at, hub_id=hub_id, token=token, number=form.cleaned_data["number"], browser=_browser(request)
            )
            return _let_in(request, page.pk)
        except commands.NumberIsWrong as refusal:
            commands.count_wrong_number(actor=actor, at=at, hub_id=hub_id, token=token)
            form.add_error("number", str(refusal))
    return show(request, OwnLinkPage(title=_("Write your number"), form=form, phone=request.hub.phone))


@require_http_methods(["GET", "HEAD", "POST"])
def own_number(request: Request) -> HttpResponse:
    hub_id, at = _hub_of(request), now()
    form = forms.WayAndNumber(request.POST or None)
    if request.method == "POST" and form.is_valid():
        way, number, address = form.cleaned_data["way"], form.cleaned_data["number"], counting.address_of(request)
        tried = ((counting.SIGN_IN, (queries.way_of(way), address)), (counting.SIGN_IN_ADDRESS, (address,)))
        if not counting.tries(tried, at=at):
            raise counting.TooManyTries
        asked = commands.ask_for_code(actor=Actor.public(hub_id), at=at, hub_id=hub_id, way=way, number=number)
        request.session[WAITING] = {
            "page": asked.page_id,
            "code": fingerprint(f"{asked.code or secrets.token_hex(8)}"),
            "this": secrets.token_hex(8),
            "until": (at + CODE_LASTS).timestamp(),
        }
        request.session.cycle_key()
        return redirect("safety:own-code")
    return show(request, OwnNumberPage(title=_("Sign in with your number"), form=form, phone=request.hub.phone))


@require_http_methods(["GET", "HEAD", "POST"])
def own_code(request: Request) -> HttpResponse:
    hub_id, at = _hub_of(request), now()
    waiting = request.session.get(WAITING)
    if not waiting:
        return redirect("safety:own-number")
    form = forms.CodeThatCame(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not counting.tries(((TRIES, (waiting["this"],)),), at=at):
            raise counting.TooManyTries
        code = "".join(char for char in form.cleaned_data["code"] if char.isdigit())
        is_right = hmac.compare_digest(waiting["code"], fingerprint(code))
        if is_right and at.timestamp() < waiting["until"]:
            del request.session[WAITING]
            commands.sign_in_by_code(
                actor=Actor.public(hub_id), at=at, hub_id=hub_id, page_id=waiting["page"], browser=_browser(request)
            )
            return _let_in(request, waiting["page"])
        form.add_error("code", _("This code does not open it. Write the newest one, or ask for another."))
    return show(request, OwnCodePage(title=_("Write the code"), form=form, phone=request.hub.phone))


def _let_in(request: Request, page_id: int) -> HttpResponse:
    browser = _browser(request)
    request.session.flush()
    request.session[OWN_PAGE], request.session["browser"] = page_id, browser
    return redirect("web:mine")


def _browser(request: Request) -> str:
    return browser_of(request.META.get("HTTP_USER_AGENT", ""))


def _hub_of(request: Request) -> int:
    if request.hub is None:
        raise NotFound
    return request.hub.pk
