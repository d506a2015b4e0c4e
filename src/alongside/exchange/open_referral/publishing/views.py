"""The directory for machines: open, cross-origin, for reading only. Every answer is JSON, also every no.

Source: Open Referral UK v3 profile (openness, cross-origin, paging); RFC 9110 (ETag); trust.md C32 (who is put off when too
many come: `web/crowd.py`).
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from functools import cached_property, wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from alongside.access.middleware import hub_at
from alongside.exchange.open_referral.publishing import mapping
from alongside.exchange.open_referral.publishing.asked import CannotBeAsked, Wanted, envelope, read_page, read_wanted
from alongside.exchange.open_referral.publishing.identifiers import of_named_organisation, services_of_place
from alongside.exchange.open_referral.publishing.openapi import described
from alongside.exchange.open_referral.publishing.terms import (
    BY_ID,
    EVERY_TERM,
    TAXONOMIES,
    TAXONOMY_BY_ID,
    as_taxonomy,
    written_term,
)
from alongside.journey.directory.queries import published
from alongside.journey.directory.queries.published import Provider
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

log = logging.getLogger("alongside.exchange")

PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"
METHODS = ("GET", "HEAD", "OPTIONS")
KEPT_SECONDS = 300
"""So long may anybody keep an answer (ours): a closure is seen everywhere within five minutes."""
SERVICES_OF_ONE = 500
"""Services that stand in one organisation at most; the list of services has them all."""

View = Callable[..., HttpResponse]


class Visit:
    """Which hub is asked, as whoever knocks at its public door: who has signed in is not asked, so that everybody reads the same.

    What is the same in every hub (the description, our taxonomies) is answered where there is none yet.
    """

    def __init__(self, request: Any) -> None:
        self._request = request
        self.at = now()
        self.query = request.GET
        self.address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}/open-referral/v3"

    @cached_property
    def _found(self) -> Any:
        request = self._request
        at_address = None if request.actor.kind == "public" else hub_at(request.get_host().split(":")[0])
        hub = at_address or request.hub
        if hub is None:
            raise NotFound
        return hub

    @property
    def hub(self) -> UUID:
        return self._found.public_id

    @property
    def actor(self) -> Actor:
        return Actor.public(self._found.pk)


def speaks_open_referral(view: Callable[..., Any]) -> View:
    """Make a view answer in JSON whatever happens, to whoever asks from wherever; and only ever for reading."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in METHODS:
            response = _no(405, "Only for reading", f"This address takes {', '.join(METHODS)}.")
        else:
            response = _answered(view, request, named)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
        if request.method == "OPTIONS" or response.status_code == 405:
            response.headers["Allow"] = ", ".join(METHODS)
        return response

    return answer


@speaks_open_referral
def root(visit: Visit) -> Any:
    return {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": f"{visit.address}/openapi.json"}


@speaks_open_referral
def openapi(visit: Visit) -> Any:
    return described(visit.address)


@speaks_open_referral
def services(visit: Visit) -> Any:
    wanted = read_wanted(visit.query)
    found = published.services_published(visit.actor, wanted.entries)
    total = 0 if wanted.nothing_fits else found.count()
    rows = list(found[wanted.start : wanted.end]) if total > wanted.start else []
    if wanted.minimal:
        return envelope(wanted, total, [mapping.as_minimal(one) for one in rows])
    if wanted.whole:
        parts = published.parts_of([one.pk for one in rows])
        return envelope(wanted, total, [mapping.as_service(one, parts, visit.hub, visit.at) for one in rows])
    return envelope(wanted, total, [mapping.as_service_in_list(one, visit.hub, visit.at) for one in rows])


@speaks_open_referral
def service(visit: Visit, service_id: UUID) -> Any:
    found = published.one_published(visit.actor, service_id)
    if found is None:
        raise NotFound
    written = mapping.as_service(found, published.parts_of([found.pk]), visit.hub, visit.at)
    return written, mapping.last_modified(found)


@speaks_open_referral
def places(visit: Visit) -> Any:
    wanted = read_wanted(visit.query)
    found = published.places_published(visit.actor, wanted.entries)
    total = 0 if wanted.nothing_fits else found.count()
    rows = list(found[wanted.start : wanted.end]) if total > wanted.start else []
    whole = published.places_by_service({one.service_id for one in rows})
    ids = {
        one.pk: place
        for service in {one.service_id: one.service for one in rows}.values()
        for place, one in mapping.places_of(service, whole.get(service.pk, ()))
    }
    # One of which nobody may know where it is has no id here, whatever the index of words says.
    known = [one for one in rows if one.pk in ids]
    contents = [mapping.as_place_in_list(one.service, ids[one.pk], one, visit.hub, visit.at) for one in known]
    return envelope(wanted, total, contents)


@speaks_open_referral
def place(visit: Visit, place_id: UUID) -> Any:
    between = services_of_place(place_id)
    found = published.services_between(visit.actor, *between) if between else []
    parts = published.parts_of([one.pk for one in found])
    for one in found:
        for known, at_place in mapping.places_of(one, parts.places.get(one.pk, ())):
            if known == place_id:
                return mapping.as_place(one, place_id, at_place, parts, visit.hub, visit.at), mapping.last_modified(one)
    raise NotFound


@speaks_open_referral
def organisations(visit: Visit) -> Any:
    wanted = read_page(visit.query)
    ours, named = published.of_the_installation(visit.actor), published.named_only(visit.actor)
    first, second = ours.count(), named.count()
    rows = [Provider(one.name, one) for one in ours[wanted.start : wanted.end]] if wanted.start < first else []
    if wanted.end > first and wanted.start < first + second:
        rows += published.said_of(visit.actor, list(named[max(0, wanted.start - first) : wanted.end - first]))
    return envelope(wanted, first + second, [mapping.as_organisation_in_list(one, visit.hub) for one in rows])


@speaks_open_referral
def organisation(visit: Visit, organisation_id: UUID) -> Any:
    ours = published.of_the_installation(visit.actor).filter(public_id=organisation_id).first()
    provider = Provider(ours.name, ours) if ours else _named(visit, organisation_id)
    rows = published.services_of(visit.actor, provider, SERVICES_OF_ONE)
    parts = published.parts_of([one.pk for one in rows])
    found = mapping.as_organisation(provider, visit.hub)
    found["services"] = [mapping.as_service(one, parts, visit.hub, visit.at) for one in rows]
    return found


@speaks_open_referral
def taxonomies(visit: Visit) -> Any:
    wanted = read_page(visit.query)
    rows = TAXONOMIES[wanted.start : wanted.end]
    return envelope(wanted, len(TAXONOMIES), [as_taxonomy(one, whole=False) for one in rows])


@speaks_open_referral
def taxonomy(visit: Visit, taxonomy_id: UUID) -> Any:
    return as_taxonomy(_known(TAXONOMY_BY_ID, taxonomy_id), whole=True)


@speaks_open_referral
def terms(visit: Visit) -> Any:
    wanted: Wanted = read_page(visit.query)
    rows = EVERY_TERM[wanted.start : wanted.end]
    return envelope(wanted, len(EVERY_TERM), [written_term(*one) for one in rows])


@speaks_open_referral
def term(visit: Visit, term_id: UUID) -> Any:
    return written_term(*_known(BY_ID, term_id))


@speaks_open_referral
def not_here(visit: Visit) -> Any:
    raise NotFound


def _named(visit: Visit, key: UUID) -> Provider:
    """Find an organisation that is only a name by the id that follows from it. It reads the hub's names, once each."""
    for name in published.named_only(visit.actor).iterator():
        if of_named_organisation(visit.hub, name) == key:
            return published.said_of(visit.actor, [name])[0]
    raise NotFound


def _known(found: dict[UUID, Any], key: UUID) -> Any:
    if key not in found:
        raise NotFound
    return found[key]


def _answered(view: Callable[..., Any], request: HttpRequest, named: dict[str, Any]) -> HttpResponse:
    try:
        said = view(Visit(request), **{name: _uuid(value) for name, value in named.items()})
    except CannotBeAsked as refusal:
        return _no(400, "This cannot be asked for", refusal.reason, parameter=refusal.parameter)
    except NotFound:
        return _no(404, "Not here", "There is nothing at this address. GET /open-referral/v3/openapi.json says what there is.")
    except SuspiciousOperation:
        return _no(400, "This cannot be asked for", "The address cannot be read.")
    except (OperationalError, InterfaceError) as problem:
        log.error("database %s while publishing", type(problem).__name__)
        response = _no(503, "Not now", "The directory cannot be read at this moment. Please try again.")
        response.headers["Retry-After"] = "5"
        return response
    except Exception as problem:  # noqa: BLE001 - nobody may get a page where JSON is spoken
        reference = secrets.token_hex(4)
        log.error("unexpected %s while publishing, reference %s", type(problem).__name__, reference)
        return _no(500, "Something went wrong", f"Something went wrong on our side. Reference {reference}.")
    body, changed = said if isinstance(said, tuple) else (said, None)
    response = _json(body, 200)
    response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    # Only by the ETag: that a service is full again leaves no date, and must be seen.
    if _is_known(request.headers.get("If-None-Match", ""), response.headers["ETag"]):
        response.status_code, response.content = 304, b""
        del response.headers["Content-Type"]
    return response


def _is_known(said: str, tag: str) -> bool:
    return said.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in said.split(",")}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _json(body: Any, status: int) -> HttpResponse:
    content = json.dumps(body, ensure_ascii=False, allow_nan=False)
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


def _no(status: int, title: str, detail: str, **more: str) -> HttpResponse:
    response = _json({"title": title, "status": status, "detail": detail, **more}, status)
    response.headers["Cache-Control"] = "no-store"
    return response
