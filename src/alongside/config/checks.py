"""What stops an installation from starting: settings that could lose or leak something, each with a sentence that says what to do.

`./alongside serve` runs them all; live mode asks more than the demo.
Source: trust.md P1 f, C26, C15; issue part A2.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.backups.sealed import NotAKey, check_recipient
from alongside.config.environment import WAL_IS_SAFE_FROM

FULL, EXTRA = 2, 3
SHORTEST_KEY = 50
SHORTEST_TOKEN = 30
ON_IN_POSTGRES = ("fsync", "full_page_writes", "synchronous_commit")


@register(Tags.database)
def durable(app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_more: Any) -> list[CheckMessage]:
    """Refuse a database that may forget what it has acknowledged."""
    return [problem for alias in databases or () for problem in problems_of(connections[alias])]


def problems_of(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Name what is not durable about one database, as the connection itself reports it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            facts = {
                name: _first(cursor, f"PRAGMA {name}") for name in ("synchronous", "foreign_keys", "mmap_size", "journal_mode")
            }
        mode = connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") or ""
        in_memory = connection.settings_dict["NAME"] == ":memory:" or "mode=memory" in str(connection.settings_dict["NAME"])
        return sqlite_problems({**facts, "transaction_mode": mode, "in_memory": in_memory}, sqlite3.sqlite_version_info)
    with connection.cursor() as cursor:
        return postgres_problems({name: str(_first(cursor, f"SHOW {name}")) for name in ON_IN_POSTGRES})


def _first(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    row = cursor.fetchone()
    return row[0] if row else None


def sqlite_problems(facts: Mapping[str, Any], version: tuple[int, ...]) -> list[CheckMessage]:
    """Name what is not durable about SQLite. Source: trust.md P1 f (the WAL-reset fault of every library before 3.51.3)."""
    wrong = {
        "E001": (facts["synchronous"] not in (FULL, EXTRA), "synchronous is not FULL", "PRAGMA synchronous=FULL"),
        "E002": (facts["foreign_keys"] != 1, "foreign keys are off", "PRAGMA foreign_keys=ON"),
        "E003": (bool(facts["mmap_size"]), "it maps the file into memory", "PRAGMA mmap_size=0"),
        "E004": (facts["transaction_mode"] != "IMMEDIATE", "transactions do not begin IMMEDIATE", "transaction_mode IMMEDIATE"),
        "E005": (
            facts["journal_mode"] == "wal" and version < WAL_IS_SAFE_FROM,
            f"it uses WAL with SQLite {'.'.join(map(str, version))}",
            "PRAGMA journal_mode=DELETE, or SQLite 3.51.3 or newer",
        ),
        "E006": (
            facts["journal_mode"] in ("off", "memory") and not facts.get("in_memory"),
            "it keeps no journal",
            "PRAGMA journal_mode=DELETE",
        ),
    }
    return [
        _error(code, f"The SQLite database may lose what was saved: {what}.", f"Set {fix}.")
        for code, (bad, what, fix) in wrong.items()
        if bad
    ]


def postgres_problems(facts: Mapping[str, str]) -> list[CheckMessage]:
    """Name what is not durable about PostgreSQL."""
    off = [name for name in ON_IN_POSTGRES if facts[name] == "off" or (name == "synchronous_commit" and facts[name] == "local")]
    return [
        _error("E007", f"The PostgreSQL database may lose what was saved: {name} is {facts[name]}.", f"Set {name} = on.")
        for name in off
    ]


@register("alongside")
def live_settings(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    """Refuse live mode with settings that are for trying out."""
    if settings.DEMO:
        return []
    key, hosts = str(settings.SECRET_KEY), list(settings.ALLOWED_HOSTS)
    wrong = (
        (
            "E010",
            not _is_random(key),
            "The secret key is the demo's or is too short.",
            f"Set ALONGSIDE_SECRET_KEY to {SHORTEST_KEY} or more random characters.",
        ),
        (
            "E014",
            any(not _is_random(one) or one == key for one in settings.JOURNAL_KEYS),
            "The key that seals the journal is the demo's, is too short, or is the secret key again.",
            f"Set ALONGSIDE_JOURNAL_KEY to {SHORTEST_KEY} or more other random characters.",
        ),
        (
            "E011",
            not hosts or any(host.startswith(("*", ".")) for host in hosts),
            "The installation answers to any name, or to none.",
            "Set ALONGSIDE_HOSTS to the names of your hubs, with commas between.",
        ),
        (
            "E012",
            not re.fullmatch(r"https://[^/\s]+/?", str(settings.PUBLIC_ADDRESS)),
            "The public address does not begin with https://, so private links would travel in the open.",
            "Set ALONGSIDE_ADDRESS, like https://hub.example.org.",
        ),
        (
            "E014",
            bool(settings.STAND_INS),
            "Connections may go to stand-ins on this machine, which is for tests.",
            "Take ALONGSIDE_STAND_INS out of the settings.",
        ),
        (
            "E015",
            not str(settings.NOTIFY_URL).startswith("https://"),
            "GOV.UK Notify would be asked in the open.",
            "Set ALONGSIDE_NOTIFY_URL to an address that begins with https://, or leave it out.",
        ),
        (
            "E016",
            bool(settings.NOTIFY_CALLBACK_TOKEN) and len(settings.NOTIFY_CALLBACK_TOKEN) < SHORTEST_TOKEN,
            "The token with which Notify says what became of a text is too short.",
            f"Set ALONGSIDE_NOTIFY_CALLBACK_TOKEN to {SHORTEST_TOKEN} or more random characters.",
        ),
        ("E013", bool(settings.DEBUG), "DEBUG is on: faults would show people's data.", "Take DEBUG out of the settings."),
    )
    return [_error(code, sentence, fix) for code, bad, sentence, fix in wrong if bad]


def _is_random(key: str) -> bool:
    return len(key) >= SHORTEST_KEY and len(set(key)) >= 5 and not key.startswith("demo-only")


@register("alongside")
def copies(app_configs: Sequence[AppConfig] | None, **_more: Any) -> list[CheckMessage]:
    """Refuse a private key among the settings, in any mode; warn a live installation that makes no copies. Source: C31."""
    recipient = str(settings.BACKUP_RECIPIENT)
    if recipient:
        try:
            check_recipient(recipient)
        except NotAKey as refusal:
            return [_error("E014", str(refusal), "Put the line that ./alongside backup-key prints into the settings.")]
    elif not settings.DEMO:
        return [
            Warning(
                "No copies of the database are made: ALONGSIDE_BACKUP_RECIPIENT is not set.",
                hint="Type ./alongside backup-key FILE; see docs/how-to/backup.md.",
                id="alongside.W014",
            )
        ]
    return []


@register(Tags.database)
def live_data(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    """Refuse live mode with made-up accounts, a public door that nobody answers, or crisis contacts that nobody checked."""
    if settings.DEMO or "default" not in (databases or ()) or not _has_tables():
        return []
    from alongside.config.live import doors_nobody_answers, hubs_with_unchecked_contacts, personas_exist
    from alongside.vocabulary.clock import now

    found: list[CheckMessage] = []
    if personas_exist():
        found.append(
            _error(
                "E020",
                "Made-up accounts of the demo are in this database; anybody could sign in with them.",
                "Begin live with an empty database: ./alongside migrate, then ./alongside begin.",
            )
        )
    close = "Set them on the hub's pages; if the pages cannot be opened: ./alongside manage close_door {slug}."
    for slug, missing in doors_nobody_answers(now()):
        found.append(
            _error(
                "E021",
                f"The public door of {slug} is open, and who comes in by it would wait for nobody. {missing}",
                close.format(slug=slug),
            )
        )
    for slug in hubs_with_unchecked_contacts():
        found.append(
            _error(
                "E022",
                f"The public door of {slug} is open with crisis contacts that nobody has checked.",
                close.format(slug=slug),
            )
        )
    return found


def _has_tables() -> bool:
    there = set(connections["default"].introspection.table_names())
    return {"hubs_hub", "hubs_crisiscontact", "hubs_teamseat", "access_user"} <= there


def _error(code: str, sentence: str, fix: str) -> Error:
    return Error(sentence, hint=fix, id=f"alongside.{code}")
