"""Typed reading of environment variables; a wrong one stops the start with a sentence that says what to do."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

WAL_IS_SAFE_FROM = (3, 51, 3)
"""Older SQLite libraries have the WAL-reset fault; they use the rollback journal. Source: trust.md P1 f."""

YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


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


def yes(name: str) -> bool:
    """Read a setting that is yes or no, as people write it; left out it is no."""
    value = text(name, "no").strip().lower()
    if value not in (*YES, *NO):
        stop(f"{name} is {value!r}; it may be yes or no.")
    return value in YES


def number(name: str, default: int, *, smallest: int = 1, largest: int = 65_535) -> int:
    """Read a whole number within its bounds."""
    value = text(name, str(default)).strip()
    if not re.fullmatch(r"[0-9]{1,9}", value) or not smallest <= int(value) <= largest:
        stop(f"{name} is {value!r}; it must be a whole number from {smallest} to {largest}.")
    return int(value)


def sqlite_journal_mode() -> str:
    """Choose the journal mode that the SQLite library at hand can be trusted with."""
    return "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"


def database(url: str, *, keeps: bool = False) -> dict[str, Any]:
    """Turn `sqlite:///path` or `postgresql://user:password@host:port/name` into Django's database settings.

    In:       `keeps` when it must outlive the process: then no database in memory will do.
    Source:   trust.md P1 (durable before acknowledged); stack.md section 10.
    """
    parsed = urlparse(url)
    if parsed.scheme == "sqlite":
        return _sqlite(parsed, keeps)
    if parsed.scheme in ("postgresql", "postgres"):
        return _postgresql(parsed)
    stop(f"ALONGSIDE_DATABASE starts with {parsed.scheme!r}; write sqlite:///path or postgresql://user@host/name.")


def _sqlite(parsed: ParseResult, keeps: bool) -> dict[str, Any]:
    if parsed.netloc:
        stop(
            f"ALONGSIDE_DATABASE is sqlite://{parsed.netloc}{parsed.path}, with two slashes. "
            f"Write three before a path from here, sqlite:///{parsed.netloc}{parsed.path}, or four before one from the root."
        )
    # The URL has an empty host: sqlite:///relative.sqlite3, sqlite:////absolute/path.sqlite3.
    path = Path(unquote(parsed.path[1:]))
    if not path.name:
        stop("ALONGSIDE_DATABASE names no file. Write sqlite:///data/alongside.sqlite3, for example.")
    if keeps and (":memory:" in parsed.path or "mode=memory" in parsed.query):
        stop("ALONGSIDE_DATABASE is in memory, and would forget everybody at the end. Write sqlite:///data/alongside.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # EXTRA: with the rollback journal, FULL alone does not sync the folder after the journal is unlinked, and
            # a power cut then could bring the journal, and the time before the commit, back.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is compiled once (reads.py, writes.py) is prepared once too.
            "cached_statements": 1_000,
            "init_command": (
                f"PRAGMA journal_mode={sqlite_journal_mode()};PRAGMA synchronous=EXTRA;PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=0;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _postgresql(parsed: ParseResult) -> dict[str, Any]:
    query, name = parse_qs(parsed.query), unquote(parsed.path[1:])
    if not name:
        stop("ALONGSIDE_DATABASE names no database. Write postgresql://user@host/name.")
    try:
        port = str(parsed.port or query.get("port", [""])[0])
    except ValueError:
        port = "?"
    if port and not port.isdecimal():
        stop("The port in ALONGSIDE_DATABASE is not a number from 1 to 65535. Write postgresql://user@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parsed.username or ""),
        "PASSWORD": unquote(parsed.password or ""),
        # A socket folder is given as ?host=/folder, as libpq allows.
        "HOST": query.get("host", [parsed.hostname or ""])[0],
        "PORT": port,
        # Each thread keeps its connection; one that was cut is found out and replaced by the first trip of a request.
        "CONN_MAX_AGE": None,
        # What is compiled once (reads.py, writes.py) is planned once too: planning took longer than reading.
        "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan"},
    }
