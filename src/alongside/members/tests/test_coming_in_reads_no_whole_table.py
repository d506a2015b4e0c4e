"""Somebody who comes in waits no longer because many people are here (performance.md, growth law)."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db]


def test_sqlite_finds_whatever_points_at_a_new_holding_or_membership_by_an_index() -> None:
    # A holding and its membership are written one after the other and point at each other. As long as one of them is
    # missing, SQLite looks through every table that points at what is written. Shown to fail without `lay_for_sqlite`.
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT m.name, k."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) k '
            "WHERE m.type = 'table' AND k.\"table\" IN ('members_membership', 'members_holding')"
        )
        keys = set(cursor.fetchall())
        cursor.execute(
            "SELECT m.name, i.name FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i "
            "WHERE m.type = 'table' AND i.seqno = 0 AND l.partial = 0"
        )
        led_by = set(cursor.fetchall())
    assert {("members_membership", "current_holding_id"), ("members_holding", "membership_id")} <= keys
    assert keys - led_by == set()
