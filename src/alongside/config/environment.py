"""Typed reading of environment variables; a wrong one stops the start with a sentence that says what to do."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import ParseResult, parse_qs, unquote, urlparse

from alongside.connections.addresses import NotAllowedOut, read_address
from alongside.vocabulary.email_address import is_email

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


def words(name: str, default: str | None = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def yes(name: str) -> bool:
    """Read a setting that is yes or no, as people write it; left out it is no."""
    value = text(name, "no").strip().lower()
    if value not in (*YES, *NO):
        stop(f"{name} is {value!r}; it may be yes or no.")
    return value in YES


def openid(
    issuer: str, client: str, key: str, key_id: str, asks: str, *, usually: dict[str, str], stand_ins: bool
) -> dict[str, Any] | None:
    """Read from these settings how one kind of person signs in elsewhere; None when there is no issuer.

    In:       `stand_ins` lets a provider on this machine stand for a test; without, only https to the outside will do (C21).
    """
    there = text(issuer, "")
    if not there:
        return None
    try:
        read_address(there, stand_ins=stand_ins)
    except NotAllowedOut as why:
        stop(
            f"{issuer} is {there!r}, which nothing is sent to ({why.code}); it must be the https address of the provider, open to"
            " everybody. Only a test may have one on this machine: in demo mode, with ALONGSIDE_STAND_INS=yes."
        )
    try:
        pem = Path(text(key)).read_text()
    except OSError:
        stop(f"The file that {key} names cannot be read: it must hold the private key, as PEM.")
    asked = {name: values[0] for name, values in parse_qs(text(asks, "")).items()}
    return {"issuer": there, "client_id": text(client), "key": pem, "key_id": text(key_id, "1"), "asks": usually | asked}


def origins(openid: dict[str, Any], more: list[str]) -> list[str]:
    """Give the origins of the providers that are set, and those that they lead on to."""
    found = [urlparse(one["issuer"]) for one in openid.values() if one]
    return list(dict.fromkeys([*(f"{one.scheme}://{one.netloc}" for one in found), *more]))


def mailbox(name: str) -> str:
    """Read a mail address to which +KEY is added before the @, or nothing.

    Source: RFC 5321 section 4.5.3.1.1 (64 characters before the @); a key has 47 at most.
    """
    value = text(name, "").strip()
    if value and not (is_email(value) and re.fullmatch(r"[A-Za-z0-9._-]{1,16}@[A-Za-z0-9.-]+", value)):
        stop(
            f"{name} is {value!r}; it must be one plain mail address with at most sixteen letters before the @ and no + in them,"
            " such as bounces@hub.example."
        )
    return value


def number(name: str, default: int, *, smallest: int = 1, largest: int = 65_535) -> int:
    """Read a whole number within its bounds."""
    value = text(name, str(default)).strip()
    if not re.fullmatch(r"[0-9]{1,9}", value) or not smallest <= int(value) <= largest:
        stop(f"{name} is {value!r}; it must be a whole number from {smallest} to {largest}.")
    return int(value)


def keys(name: str, default: str | None = None) -> list[str]:
    """Read secret keys, the one that is used now first; each has twenty letters at least, so that nobody guesses it."""
    found = [word.strip() for word in text(name, default).split(",") if word.strip()]
    if default is None and any(len(one) < 20 for one in found):
        stop(f"{name} holds a key of fewer than twenty letters. Make one with: openssl rand -base64 32")
    return found


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
        "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan -c jit=off"},
    }
