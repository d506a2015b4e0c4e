"""Taking the database's guards away and laying them again, for tests that commit for real or that show a control to fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from alongside.journal import triggers


def drop_guards(*names: str) -> None:
    """Drop these guards, or every one that stands."""
    with connection.cursor() as cursor:
        for one in triggers.GUARDS:
            if not names or one.name in names:
                on = f" ON {one.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}{on}")


@contextmanager
def without_guard(*names: str) -> Iterator[None]:
    """Go without some guards for a moment: how a test shows that it would fail without its control."""
    drop_guards(*names)
    try:
        yield
    finally:
        triggers.install()
