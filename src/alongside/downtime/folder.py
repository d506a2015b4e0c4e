"""The folder that sealed packs lie in: each is replaced whole, and one that nobody has replaced for a day is taken away."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from alongside.backups.sealed import sync_folder

OLD = timedelta(days=1)
_OURS = "downtime-*.age"


def name_of(hub_slug: str, key: str) -> str:
    """Name a pack so that it says neither which team nor which lead it is for."""
    return f"downtime-{hub_slug}-{key.rpartition(':')[2][:8]}.age"


def put(folder: Path, name: str, content: bytes) -> Path:
    """Put a pack in the place of the one before it; it is on the disk when this returns, and never half of it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part, place = folder / f".unfinished-{os.getpid()}", folder / name
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    return place


def take_away_old(folder: Path, at: datetime) -> list[str]:
    """Take away every pack that is older than a day: what it says is no longer so. Out: their names."""
    gone = []
    for path in sorted(folder.glob(_OURS)):
        if path.stat().st_mtime < (at - OLD).timestamp():
            path.unlink()
            gone.append(path.name)
    return gone
