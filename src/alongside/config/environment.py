"""Typed reading of environment variables; a wrong one stops the start with a sentence that says what to do."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, unquote, urlparse

WAL_IS_SAFE_FROM = (3, 51, 3)
"""Older SQLite libraries have the WAL-reset fault; they use the rollback journal. Source: trust.md P1 f."""


def stop(sentence: str) -> NoReturn:
    """End the start with a sentence for the person who runs the installation."""
    sys.exit(f"Alongside cannot start. {sentence}")


def text(name: str, default: str | None = None) -> str:
    """Read a text setting; one without a default must be given, and one that is left empty counts as not given."""
    value = os.environ.get(name) or default
    if value is None:
        stop(f"Set {name} (see .env.example for what it means).")
    return value


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Read a setting that may be one of a few words."""
    value = text(name, default)
    if value not in allowed:
        stop(f"{name} is {value!r}; it may be {' or '.join(allowed)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        stop(f"{name} is {value!r}; it must be a whole number.")


def sqlite_journal_mode() -> str:
    """Choose the journal mode that the SQLite library at hand can be trusted with."""
    return "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"


def database(url: str) -> dict[str, Any]:
    """Turn `sqlite:///path` or `postgresql://user:password@host:port/name` into Django's database settings.

    Source: trust.md P1 (durable before acknowledged); stack.md section 10.
    """
    parsed = urlparse(url)
    if parsed.scheme == "sqlite":
        # The URL has an empty host: sqlite:///relative.sqlite3, sqlite:////absolute/path.sqlite3.
        path = Path(unquote(parsed.path[1:]))
        if not path.name:
            stop("ALONGSIDE_DATABASE names no file. Write sqlite:///data/alongside.sqlite3, for example.")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # EXTRA: with the rollback journal, FULL alone does not sync the folder after the journal is unlinked, and
                # a power cut then could bring the journal, and the time before the commit, back.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    f"PRAGMA journal_mode={sqlite_journal_mode()};PRAGMA synchronous=EXTRA;PRAGMA foreign_keys=ON;"
                    "PRAGMA mmap_size=0;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parsed.scheme in ("postgresql", "postgres"):
        query = parse_qs(parsed.query)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parsed.path[1:]),
            "USER": unquote(parsed.username or ""),
            "PASSWORD": unquote(parsed.password or ""),
            # A socket folder is given as ?host=/folder, as libpq allows.
            "HOST": query.get("host", [parsed.hostname or ""])[0],
            "PORT": str(parsed.port or query.get("port", [""])[0]),
            # Each thread keeps its connection; one that was cut is found out and replaced by the first trip of a request.
            "CONN_MAX_AGE": None,
            # What is compiled once (reads.py, writes.py) is planned once too: planning took longer than reading.
            "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan"},
        }
    stop(f"ALONGSIDE_DATABASE starts with {parsed.scheme!r}; write sqlite:///path or postgresql://user@host/name.")
