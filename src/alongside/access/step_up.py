# For workers only.
"""Showing again that it is you: before something grave, and after many records in one hour (C15, T07).

A view asks by `require_step_up`. The question stands in the place of the page, at its own address; what somebody had typed travels
with it and is taken up again, so that nothing is lost and nothing of it is kept. In the demo nobody has a second factor: there
it is one button.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access import elsewhere
from alongside.access.commands import note_step_up
from alongside.access.forms import SecondFactorCodeAgain
from alongside.access.models import KnownElsewhere
from alongside.access.pages import StepUpPage
from alongside.access.refused import StepUpNeeded
from alongside.access.requests import Request
from alongside.access.sessions import CLOCKS_DIFFER
from alongside.access.showing import draw
from alongside.access.templatetags.around import passkey_options
from alongside.journal.looks import record_refusal
from alongside.vocabulary.clock import now

LASTS = timedelta(minutes=5)
"""Ours: long enough to write down why, short enough that a screen left open does not lend somebody's second factor."""
MARK = "step_up"
"""Travels with the answer: whether a page was asked for, or something sent."""
OURS = (MARK, "code", "credential", "csrfmiddlewaretoken")


def is_fresh(given: datetime | None, at: datetime) -> bool:
    """Tell whether a second factor given then still counts; one from after this moment never does (P9)."""
    return given is not None and at - LASTS < given <= at + CLOCKS_DIFFER


def require_step_up(request: Request) -> None:
    """Go on only where the second factor was given in the last five minutes.

    Refuses:  StepUpNeeded, which becomes the question.
    Source:   trust.md C15: export, vault, break-glass, agreements.
    """
    if not is_fresh(request.actor.stepped_up_at, now()):
        raise StepUpNeeded


def ask(request: Request, because: str = "grave", wrong: SecondFactorCodeAgain | None = None) -> HttpResponse:
    """Show the question in the place of the page that was asked for."""
    was_sent = request.method == "POST" and request.POST.get(MARK) != "page"
    # A password is typed again rather than written into a page.
    kept = [name for name in request.POST if name not in OURS and "password" not in name]
    sent = [(name, value) for name in kept for value in request.POST.getlist(name)]
    kinds = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    page = StepUpPage(
        title=_("Show that it is you"),
        here=request.get_full_path(),
        mark="sent" if was_sent else "page",
        kept=tuple(sent) if was_sent else (),
        because=because,
        only_a_button=settings.DEMO and not kinds,
        form=wrong or (SecondFactorCodeAgain(user=request.user) if Authenticator.Type.TOTP in kinds else None),
        passkey=passkey_options(passkeys.begin_authentication(request.user)) if Authenticator.Type.WEBAUTHN in kinds else "",
        elsewhere=elsewhere.is_offered("staff") and KnownElsewhere.objects.filter(user_id=request.user.pk).exists(),
        phone=request.hub.phone,
    )
    return draw(request, page, 403)


def answered(request: Request) -> HttpResponse | None:
    """Take the answer to the question, when there is one, and go on with what was asked for or sent.

    Out:      None when the view may go on; the question again when the answer is wrong; the page itself, asked for anew.
    """
    if request.method != "POST" or MARK not in request.POST or not request.actor.is_worker:
        return None
    how, wrong = _given(request)
    if not how:
        record_refusal(actor=request.actor, at=now(), page=MARK, reason="wrong_code")
        return ask(request, wrong=wrong)
    note_step_up(actor=request.actor, at=now(), how=how)
    if request.POST[MARK] == "page":
        return redirect(request.get_full_path())
    left: Any = request.POST.copy()
    for name in OURS[:3]:
        left.pop(name, None)
    request.POST = left  # type: ignore[misc]  # a QueryDict, as it was
    request.has_stepped_up()
    return None


def _given(request: Request) -> tuple[str, SecondFactorCodeAgain | None]:
    """Tell how the second factor was given: with nothing when it was not."""
    if is_fresh(request.actor.stepped_up_at, now()):
        return "openid", None  # shown meanwhile, in another window
    user: Any = request.user
    has_one = Authenticator.objects.filter(user=user).exists()
    if settings.DEMO and not has_one:
        record_authentication(request, user, "mfa", type="persona")
        return "persona", None
    if request.POST.get("credential"):
        by_key = ReauthenticateWebAuthnForm(data=request.POST, user=user)
        if by_key.is_valid():
            post_authentication(request, by_key.cleaned_data["credential"], reauthenticated=True)
            return "passkey", None
        return "", None
    form = SecondFactorCodeAgain(data=request.POST, user=user)
    if form.is_valid():
        form.save()
        return str(form.authenticator.type), None
    return "", form
