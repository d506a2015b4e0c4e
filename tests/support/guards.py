"""Taking the database's guards away and laying them again, for tests that commit for real or that show a control to fail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from alongside.journal import triggers

_ROOT = str(Path(__file__).resolve().parents[2]) + "/"
_PRODUCT = _ROOT + "src/alongside/"
_MACHINERY = (_ROOT + ".venv/", _PRODUCT + "access/guarded.py", _PRODUCT + "reads.py", _PRODUCT + "trips/")


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


def a_test_reads_by_itself() -> bool:
    """Tell whether whoever reads is a test, and not the product: the nearest of our files on the way here (access/guarded.py)."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(_ROOT) and not path.startswith(_MACHINERY):
            return "/tests/" in path.removeprefix(_ROOT[:-1]) or path.endswith("conftest.py")
        frame = frame.f_back
    return False
