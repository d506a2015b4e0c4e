"""What `./alongside COMMAND` runs: a database that is away, or not ready, is told in a sentence that says what to do."""

from __future__ import annotations

import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import ManagementUtility
from django.db import DatabaseError, InterfaceError, OperationalError

from alongside.config.environment import stop

MODULES = {
    "nobody-lost": "nobody_lost",
    "backup-key": "backup_key",
    "downtime-pack": "downtime_pack",
    "downtime-key": "downtime_key",
    "open-downtime-pack": "open_downtime_pack",
    "restore-drill": "restore_drill",
}
"""Where a command's spoken name cannot be the name of a module."""
OF_THE_FRAMEWORK = ("help", "--help", "-h", "version", "--version")
UNDEFINED_TABLE, UNDEFINED_COLUMN = "42P01", "42703"


def main(words: list[str]) -> None:
    """Run one command under the name that was typed; a fault of the installation ends it with one paragraph."""
    spoken = words[0] if words else "help"
    try:
        if spoken in OF_THE_FRAMEWORK:
            ManagementUtility(["alongside", *words]).execute()
            return
        django.setup()
        command = ManagementUtility(["alongside", spoken]).fetch_command(MODULES.get(spoken, spoken))
        command.run_from_argv(["alongside", *words])
    except KeyboardInterrupt:
        sys.exit("Stopped before it was finished. Start it again whenever you like.")
    except (DatabaseError, InterfaceError) as fault:
        sentence = why(fault, settings.DATABASES["default"])
        if not sentence:
            raise
        stop(sentence)


def why(fault: Exception, database: dict[str, Any]) -> str:
    """Say what is wrong with the database and what to do; nothing for a fault that is ours."""
    said = str(fault)
    if getattr(fault.__cause__, "sqlstate", None) in (UNDEFINED_TABLE, UNDEFINED_COLUMN) or said.startswith("no such "):
        return "The database is not up to date. Type ./alongside migrate, then the same again."
    if database["ENGINE"].endswith("sqlite3"):
        return _of_sqlite(said, str(database["NAME"]))
    if isinstance(fault, (OperationalError, InterfaceError)) and not getattr(fault.__cause__, "sqlstate", None):
        where = ":".join(filter(None, (database["HOST"] or "this machine", database["PORT"])))
        return (
            f"PostgreSQL at {where} did not let us in to {database['NAME']!r}. See that the server runs, that the database is "
            "there, and that the address, user and password in ALONGSIDE_DATABASE are right."
        )
    return ""


def _of_sqlite(said: str, path: str) -> str:
    if "unable to open database file" in said:
        return f"The database file {path} cannot be opened. See that its folder is there, and that this account may write in it."
    if "file is not a database" in said:
        return f"{path} is not an SQLite database. Name another file in ALONGSIDE_DATABASE."
    if "readonly" in said or "disk" in said or "locked" in said:
        return f"The database file {path} cannot be written ({said}). Nothing was changed; put that right and try again."
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
