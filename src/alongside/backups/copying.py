"""Making one copy: a database at one moment, sealed, on the disk, and the oldest ones let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alongside import VERSION
from alongside.backups import sealed
from alongside.backups.databases import Database, NotDone
from alongside.backups.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that has been made."""

    path: Path
    manifest: Manifest
    let_go: tuple[Path, ...] = ()
    """Older ones that were taken away, because as many as were asked for are kept."""

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def copy(database: Database, *, to: Path, recipient: str, keep: int = 0) -> Copied:
    """Copy a database into a folder, sealed for a key that is not here; it is on the disk when this returns.

    In:       `keep` so many copies; none is let go when it is 0.
    Refuses:  NotAKey; NotDone when the database cannot be read.
    """
    sealed.check_recipient(recipient)
    with database.snapshot() as snapshot:
        if not snapshot.contents.tables:
            raise NotDone("The database is empty: there is nothing to copy. Does ALONGSIDE_DATABASE name the right one?")

        def manifest(fingerprint: str, size: int) -> Manifest:
            return Manifest(snapshot.moment, VERSION, database.vendor, snapshot.contents, fingerprint, size)

        path, made = sealed.seal(snapshot.pieces, manifest, to, recipient)
    old = [one for one in sealed.copies_in(to)[keep:] if one != path] if keep else []
    for one in old:
        one.unlink()
    return Copied(path, made, tuple(old))


def age_of_newest(folder: Path, at: datetime) -> float | None:
    """Say how old the newest kept copy is, in seconds; None when none is kept."""
    moments = [moment for path in sealed.copies_in(folder) if (moment := sealed.moment_of(path))]
    return max(0.0, (at - max(moments)).total_seconds()) if moments else None
