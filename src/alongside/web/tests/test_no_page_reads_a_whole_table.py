"""No page of care reads the whole of a table that grows with the hub (performance.md, growth law): an index leads to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub
from tests.support.searches import FINDING, FOUND

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

STAYS_SMALL = ("hubs", "directory", "mfa", "account", "auth", "contenttypes")
GROWS = {one._meta.db_table for one in apps.get_models() if one._meta.app_label not in STAYS_SMALL}
GROWS -= {"access_user", "access_sharingagreement", "access_signature", "access_apiclient"}
PAGES = [
    ("cora", "/today/"),
    ("cora", "/people/{person}/"),
    ("cora", "/people/{person}/in-a-crisis/"),
    ("cora", "/people/{person}/find-help/"),
    ("cora", "/people/{person}/conversation/"),
    ("cora", "/people/{person}/introduce/"),
    ("cora", "/introductions/"),
    ("cora", "/nobody-lost/"),
    ("dana", "/triage/"),
    ("dana", "/who-is-who/"),
    ("saf", "/exclusions/"),
    ("lea", "/today/"),
]
SEARCHES = [
    {"nhs_number": "9990099189"},
    {"name": "Mair Pretnd"},
    {"phone": "01632 960123"},
    {"born_on_day": "1", "born_on_month": "2", "born_on_year": "1980"},
]


def asked_by(client: Client, path: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        assert client.get(path).status_code == 200, path
    return found


def read_whole(sql: str, params: Any) -> Iterator[str]:
    """Name the growing tables that a statement reads from end to end even where that is made dear."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            yield from (table for table in re.findall(r"Seq Scan on (\w+)", plan) if table in GROWS)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            tables = dict(re.findall(r'"(\w+)" (\w+)\b', sql)) | {}
            named = {alias: table for table, alias in tables.items()}
            for *_numbers, step in cursor.fetchall():
                scanned = re.match(r"SCAN (\w+)(?! USING COVERING)", step)
                table = named.get(scanned[1], scanned[1]) if scanned else ""
                if table in GROWS and "USING" not in step:
                    yield table


@pytest.mark.parametrize(("key", "path"), PAGES)
def test_an_index_leads_to_the_rows_of_every_page_of_care(key: str, path: str) -> None:
    made: MadeHub = open_hub()
    person = made.held_by("cora", at=now() - timedelta(days=2))
    made.person(name="Waiting Pretendmere", email="w@person.example", at=now() - timedelta(days=1))
    client = made.signed_in(key)
    asked = asked_by(client, path.format(person=person.public_id))
    assert len(asked) > 3
    assert {(table, sql) for sql, params in asked for table in read_whole(sql, params)} == set()


@pytest.mark.parametrize("words", SEARCHES, ids=lambda words: next(iter(words)))
def test_and_of_a_search(words: dict[str, str]) -> None:
    made: MadeHub = open_hub()
    made.held_by("cora", at=now() - timedelta(days=2))
    client = made.signed_in("cora")
    assert client.post(FINDING, {**words, "search": "yes"}).status_code == 302
    plain, asked = asked_by(client, FINDING), asked_by(client, FOUND)
    assert len(asked) > len(plain), "something was searched for"
    assert {(table, sql) for sql, params in asked for table in read_whole(sql, params)} == set()


def test_a_table_that_is_read_whole_is_found_out() -> None:
    open_hub()
    assert list(read_whole('SELECT * FROM "people_person" WHERE "people_person"."pronouns" = %s', ["they"])) == ["people_person"]
