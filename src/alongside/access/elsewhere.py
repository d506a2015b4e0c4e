"""Going to a provider to sign in, and coming back: what was begun is kept in the session, serves once and not for long.

Staff go as by CIS2 and people as by NHS login; the flow is one. Who is meant is decided by the caller, by the subject alone.
Source: C14; ADR 0017.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import note_not_believed
from alongside.access.requests import Request
from alongside.access.rules import person_level, staff_level
from alongside.connections.openid import MOST, Begun, NotBelieved, Provider, ProviderDown
from alongside.connections.outgoing import Outgoing
from alongside.refusals import NotFound, Refusal
from alongside.vocabulary.clock import now

KINDS = ("staff", "people")
LASTS = 10 * 60
"""Seconds that somebody may take at the provider."""
AT_ONCE = 5
"""So many sign-ins may have begun in one browser; an older one is forgotten."""
BEGUN = "openid_begun"


class ProviderSilent(Refusal):
    """The provider is down: the page that catches this says the other way in."""

    code = "provider_silent"
    status = 503
    message = _("The other sign-in does not answer now.")


class NotSignedIn(Refusal):
    """What came back is not believed; the sentence is the same for every reason, and the journal knows which."""

    code = "not_signed_in"
    status = 403
    message = _("That did not sign you in. Go back and try again, or use another way in.")


class LevelTooLow(NotSignedIn):
    code = "level_too_low"
    message = _("That sign-in does not prove enough for what is kept here. Prove who you are there first, or use another way in.")


@dataclass(frozen=True, slots=True)
class Back:
    """Somebody has come back, proven."""

    issuer: str
    subject: str
    level: str
    purpose: str
    kept: dict[str, str]
    said: dict[str, Any]
    """For whom to find by; nothing of it is kept."""


def is_offered(kind: str) -> bool:
    """Tell whether an installation has such a provider."""
    return settings.OPENID.get(kind) is not None


def begin(request: Request, kind: str, purpose: str, **kept: str) -> HttpResponseRedirect:
    """Send somebody to the provider.

    Refuses:  NotFound where there is none; ProviderSilent when it does not answer.
    """
    provider, begun, more = _provider(kind), Begun.now(), {}
    if purpose == "step_up":
        more = {"prompt": "login", "max_age": "0"}
    try:
        there = provider.address_to_go_to(begun, back=_back(request, kind), **more)
    except (ProviderDown, NotBelieved):
        raise ProviderSilent from None
    waiting = list(request.session.get(BEGUN, ()))[1 - AT_ONCE :]
    request.session[BEGUN] = [
        *waiting,
        {**asdict(begun), "kind": kind, "purpose": purpose, "kept": kept, "at": now().timestamp()},
    ]
    return HttpResponseRedirect(there)


def come_back(request: Request, kind: str) -> Back:
    """Take somebody back from the provider.

    Refuses:  NotSignedIn for whatever is not proven, was begun in another browser or long ago, or has been taken back before;
              LevelTooLow; ProviderSilent; NotFound where there is no provider.
    """
    provider = _provider(kind)
    given = _taken(request, kind)
    if given is None or not 0 <= now().timestamp() - given["at"] <= LASTS:
        raise _not(request, "state")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise _not(request, "issuer")
    if "error" in request.GET or not request.GET.get("code"):
        raise _not(request, "cancelled")
    begun = Begun(given["state"], given["nonce"], given["verifier"])
    try:
        said = provider.claims(request.GET["code"], begun, back=_back(request, kind), at=now())
    except ProviderDown:
        raise ProviderSilent from None
    except NotBelieved as why:
        raise _not(request, why.code) from None
    level = staff_level(said) if kind == "staff" else person_level(said, json.loads(provider.asks.get("vtr", "[]")))
    if not level:
        note_not_believed(actor=request.actor, moment=now(), reason="level")
        raise LevelTooLow
    if given["purpose"] == "step_up" and not given["at"] - 30 <= float(said.get("auth_time", 0)):
        raise _not(request, "auth_time")
    return Back(provider.issuer, said["sub"], level, given["purpose"], given["kept"], said)


def _taken(request: Request, kind: str) -> dict[str, Any] | None:
    """Take what was begun with this state out of the session: whatever comes of it, it serves no second time."""
    state = request.GET.get("state", "")
    waiting = list(request.session.get(BEGUN, ()))
    found = next(
        (one for one in waiting if one["kind"] == kind and hmac.compare_digest(one["state"].encode(), state.encode())), None
    )
    if found is not None:
        request.session[BEGUN] = [one for one in waiting if one is not found]
        request.session.save()
    return found


def _not(request: Request, reason: str) -> NotSignedIn:
    note_not_believed(actor=request.actor, moment=now(), reason=reason)
    return NotSignedIn()


def _back(request: Request, kind: str) -> str:
    return request.build_absolute_uri(reverse(f"{'access' if kind == 'staff' else 'web'}:back-{kind}"))


def _provider(kind: str) -> Provider:
    known = settings.OPENID.get(kind)
    if known is None:
        raise NotFound
    return _made(json.dumps(known, sort_keys=True), settings.DEMO and settings.STAND_INS)


@lru_cache(maxsize=8)
def _made(known: str, stand_ins: bool) -> Provider:
    """Make a provider, asked by the one way out; one on this machine is for tests, and never in live mode (C21)."""
    return Provider(**json.loads(known), out=Outgoing(largest=MOST, stand_ins=stand_ins))
