"""Trying it: a copy of the live database is restored beside it, checked, and damaged in four ways that must all be noticed.

Source: trust.md P4, C31; issue part E19.
"""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alongside.backups import sealed
from alongside.backups.copying import age_of_newest, copy
from alongside.backups.databases import Database, NotDone
from alongside.backups.restoring import Say, restore, those_that_open
from alongside.backups.sealed import CannotBeUsed
from alongside.refusals import Refusal

NOT_TOO_OLD = timedelta(hours=24)
"""A newest kept copy that is older than a day is said aloud (ours; the goal is fifteen minutes)."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of a drill."""

    moment: datetime
    seconds: float
    tables: int
    rows: int
    size: int
    missing_seconds: float | None
    found: tuple[tuple[str, bool], ...]


def drill(live: Database, into: Database, *, kept_in: Path, at: datetime, say: Say, identity: str = "") -> Drilled:
    """Restore a copy into an empty database as if the live one were gone, and measure it.

    In:       `identity`: the true key, to try the newest kept copy; without one a copy is made for the drill, and a key that is
              gone when it ends.
    Out:      `seconds` from the copy to a database that may be opened (RTO); `missing_seconds` what would have been missing (RPO).
    """
    age = age_of_newest(kept_in, at)
    with sealed.private_folder() as folder:
        if identity:
            kept = sealed.copies_in(kept_in)
            if not kept:
                raise NotDone(f"There is no copy in {kept_in} to try the key with.")
            path = Path(shutil.copy2(kept[0], folder / kept[0].name))
        else:
            recipient, identity = sealed.new_key()
            path = copy(live, to=folder, recipient=recipient).path
        began = time.monotonic()
        restored = restore(path, identity=identity, into=into, at=at, say=say, is_drill=True)
        seconds = time.monotonic() - began
        refusals = what_must_be_refused(path, identity, folder, at)
    contents = restored.manifest.contents
    is_kept = age is not None and age <= NOT_TOO_OLD.total_seconds()
    return Drilled(
        moment=restored.manifest.moment,
        seconds=seconds,
        tables=len(contents.tables),
        rows=contents.rows,
        size=restored.manifest.payload_bytes,
        missing_seconds=age,
        found=(*restored.found, *refusals, ("a_copy_is_kept", is_kept)),
    )


def what_must_be_refused(good: Path, identity: str, folder: Path, at: datetime) -> list[tuple[str, bool]]:
    """Damage a copy in four ways; each is noticed, and the older good one is used."""
    size = good.stat().st_size
    damaged = folder / "damaged"
    damaged.mkdir()

    newest = damaged / sealed.name_of(at + timedelta(days=1))
    _flip_one_byte(good, newest, random.SystemRandom().randrange(size))
    flipped = _is_refused(newest, identity, folder)
    older = Path(shutil.copy2(good, damaged / good.name))
    refused: list[Refusal] = []
    used = next((path for path, _opened in those_that_open(sealed.copies_in(damaged), identity, folder, refused.append)), None)

    short = folder / "short.age"
    shutil.copy2(good, short)
    with short.open("r+b") as file:
        file.truncate(random.SystemRandom().randrange(size))
    another = sealed.new_key()[1]
    return [
        ("flipped_byte", flipped),
        ("cut_short", _is_refused(short, identity, folder)),
        ("wrong_key", _is_refused(good, another, folder)),
        ("older_is_used", used == older and len(refused) == 1),
    ]


def _flip_one_byte(good: Path, to: Path, place: int) -> None:
    shutil.copy2(good, to)
    with to.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


def _is_refused(path: Path, identity: str, folder: Path) -> bool:
    try:
        sealed.open_copy(path, identity, folder)
    except CannotBeUsed:
        return True
    return False
