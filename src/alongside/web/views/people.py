"""People who sign in as by NHS login: where what they asked for stands; and the other ways in, for whoever cannot (C14, T05).

Somebody is found by the confirmed NHS number and the birthday that the provider has proven, never by a name or an e-mail address; whoever
is not found is told so kindly, and the door is open. The private link and the telephone stay for everybody.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.access import elsewhere
from alongside.access.commands import link_person_elsewhere
from alongside.access.requests import Request
from alongside.access.sessions import AS_PERSON, OWN_PAGE
from alongside.access.showing import show
from alongside.design.words import day
from alongside.journey.referrals.queries import status_for_you
from alongside.safety.own_page.queries import person_of_own_page
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.web import queries
from alongside.web.pages import MinePage, MineRow, PersonSignInPage


@require_safe
def sign_in(request: Request) -> HttpResponse:
    return _ways_in(request)


@require_POST
def go(request: Request) -> HttpResponse:
    try:
        return elsewhere.begin(request, "people", "sign_in")
    except elsewhere.ProviderSilent:
        return redirect(f"{reverse('web:person-sign-in')}?silent=yes")


@require_http_methods(["GET", "HEAD"])
def back(request: Request) -> HttpResponse:
    try:
        proven = elsewhere.come_back(request, "people")
    except elsewhere.ProviderSilent:
        return redirect(f"{reverse('web:person-sign-in')}?silent=yes")
    except elsewhere.NotSignedIn as refusal:
        return _ways_in(request, said=str(refusal), status=403)
    known = queries.known_elsewhere(proven.issuer, proven.subject)
    if known is None:
        person_id = queries.person_proven(
            request.hub.pk, str(proven.said.get("nhs_number", "")), str(proven.said.get("birthdate", ""))
        )
        if person_id is not None:
            known = link_person_elsewhere(
                actor=Actor.public(request.hub.pk),
                at=now(),
                person_id=person_id,
                issuer=proven.issuer,
                subject=proven.subject,
                level=proven.level,
            )
    if known is None or queries.person_behind(known.pk, request.hub.pk) is None:
        return _ways_in(request, unknown=True)
    request.session.flush()
    request.session[AS_PERSON] = known.pk
    return redirect("web:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request) -> HttpResponse:
    person_id = _who_is_in(request) if request.hub else None
    if person_id is None or request.method == "POST":
        was_in = AS_PERSON in request.session or OWN_PAGE in request.session
        if was_in:
            request.session.flush()
        answer: HttpResponse = redirect("web:person-sign-in")
        if was_in:
            answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer
    request.actor = Actor(kind="person", hub_id=request.hub.pk, person_id=person_id)
    rows = tuple(
        MineRow(one.reference, day(one.received_at), status_for_you(one))
        for one in queries.asked_by_themselves(person_id, at=now())
    )
    request.session.modified = True  # it is used now
    answer = show(request, MinePage(title=_("Where it stands"), rows=rows, phone=request.hub.phone, people_shown=(person_id,)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _who_is_in(request: Request) -> int | None:
    """Give the person of this session: by a provider, or by an invitation and a code, as long as nobody has closed that."""
    if OWN_PAGE in request.session:
        return person_of_own_page(request.session[OWN_PAGE], request.hub.pk)
    return queries.person_behind(request.session.get(AS_PERSON, 0), request.hub.pk)


def _ways_in(request: Request, *, said: str = "", unknown: bool = False, status: int = 200) -> HttpResponse:
    hub = request.hub
    page = PersonSignInPage(
        title=_("Sign in"),
        offered=elsewhere.is_offered("people"),
        silent="silent" in request.GET,
        unknown=unknown,
        said=said,
        phone=hub.phone if hub else "",
        door_open=bool(hub and hub.public_door_open),
    )
    return show(request, page, status)
