"""Nothing starts on a database whose restore was broken off: what it would send has not been held yet."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from alongside.backups.databases import UNFINISHED


def check(*, app_configs: Any, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Refuse to start while the mark of an unfinished restore stands."""
    return [
        Error(
            "This database was being restored, and that was not finished: messages in it have not been held.",
            hint="Restore into an empty database, to its end.",
            id="alongside.E030",
        )
        for alias in databases or ()
        if UNFINISHED in connections[alias].introspection.table_names()
    ]
