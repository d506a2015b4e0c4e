"""Exclusions, objections, joined records and agreements in heaps change neither what a page asks nor how it is found (trust.md C04-C07).

Shown to fail on PostgreSQL: with a plain EXISTS in `policy._closed_by` the triage queue first gathers everybody who is kept from anybody.
`./alongside bench --closed 100000` measures the same.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.demo.bench.closing import lay_closed
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEAPS = 3_000
PAGES = [("cora", "/today/"), ("cora", "/people/{person}/"), ("dana", "/triage/")]


@pytest.mark.parametrize(("key", "path"), PAGES)
def test_a_page_asks_the_same_among_thousands_that_close_records(key: str, path: str) -> None:
    made: MadeHub = open_hub()
    person = made.held_by("cora", at=now() - timedelta(days=2))
    for number in range(30):
        made.person(name=f"Waiting Pretendmere {number}", email=f"w{number}@person.example", at=now() - timedelta(days=1))
    client, page = made.signed_in(key), path.format(person=person.public_id)
    before, shown = asked_by(client, page)
    lay_closed(made.hub, HEAPS, now(), reader=made.hats[key])
    after, shown_then = asked_by(client, page)
    assert len(after) == len(before)
    assert re.findall(r"Pretendmere \d+", shown_then) == re.findall(r"Pretendmere \d+", shown)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert [plan for plan in map(plan_of, after) if "hashed SubPlan" in plan or "JIT" in plan] == []


def asked_by(client: Client, path: str) -> tuple[list[tuple[str, Any]], str]:
    """Give what a page asks of the database, and the page."""
    found: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            found.append((sql, params))
        return execute(sql, params, many, context)

    client.get(path)
    with connection.execute_wrapper(keep):
        page = client.get(path)
    assert page.status_code == 200
    return found, page.content.decode()


def plan_of(asked: tuple[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]}", asked[1])
        return "\n".join(row[0] for row in cursor.fetchall())
