"""The floor: one parametrised SQL statement through a bare Django view; no sign-in, no permission, no journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

PERSON = "SELECT id, public_id, chosen_name, born_on, postcode FROM people_person WHERE id = %s"
CASELOAD = (
    "SELECT h.id, h.next_on, p.chosen_name, m.next_what, m.last_contact_on FROM members_holding h "
    "JOIN people_person p ON p.id = h.membership_id JOIN members_membership m ON m.person_id = p.id "
    "WHERE h.hat_id = %s AND h.until_at IS NULL AND m.rest_reason = '' ORDER BY h.next_on, h.id LIMIT 200"
)
TRIAGE = (
    "SELECT r.id, r.urgency, r.received_at, p.chosen_name FROM referrals_referral r JOIN people_person p ON p.id = r.person_id "
    "WHERE r.hub_id = %s AND r.triaged_at IS NULL ORDER BY r.urgency_rank, r.received_at, r.id LIMIT 50"
)
NUMBER = "SELECT person_id FROM people_identifier WHERE hub_id = {hub} AND system = 'nhs_number' AND value = %s"
SOUND = "SELECT person_id FROM people_searchkey WHERE hub_id = {hub} AND kind = 'name' AND key = %s LIMIT 20"
WRITE = "INSERT INTO bench_floor (words) VALUES (%s)"


def floor_view(request: HttpRequest) -> HttpResponse:
    """Run the one statement and give its rows as JSON."""
    sql, value = request.META["bench.statement"]
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        rows = cursor.fetchall() if cursor.description else []
    return HttpResponse(json.dumps(rows, default=str), content_type="application/json")


urlpatterns = [path("floor/", floor_view)]


class BareHandler(WSGIHandler):
    """A Django application with no middleware at all and this one address."""

    def get_response(self, request: Any) -> Any:
        request.urlconf = __name__
        return super().get_response(request)


def bare_application() -> Callable[..., Any]:
    """Build the bare application in this very process."""
    with override_settings(MIDDLEWARE=[]):
        return BareHandler()


def lay_scratch_table() -> None:
    """Make the table into which the floor of a write writes."""
    key = "integer primary key" if connection.vendor == "sqlite" else "bigint generated always as identity primary key"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bench_floor (id {key}, words text NOT NULL)")
