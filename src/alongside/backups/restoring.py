"""Living from a copy: the newest that can be used, into an empty database, checked and held before anybody may open it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alongside.backups import sealed
from alongside.backups.databases import Database, NotDone
from alongside.backups.manifest import Manifest, differences
from alongside.backups.sealed import CannotBeUsed, Opened
from alongside.refusals import Refusal

Say = Callable[[str], object]
ONLY_SAID = ("nobody_lost", "can_sign_in")
"""What a restore goes on without, and says aloud: an older copy would not be better, and people can put it right."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    path: Path
    manifest: Manifest
    found: tuple[tuple[str, bool], ...]
    refused: tuple[str, ...]
    """Newer copies that could not be used, each with the reason."""


def candidates(place: Path) -> list[Path]:
    """List what may be restored from: the file that was named, or the copies of a folder, newest first."""
    if place.is_dir():
        found = sealed.copies_in(place)
        if not found:
            raise NotDone(f"There is no copy in {place}.")
        return found
    if not place.exists():
        raise NotDone(f"There is no copy at {place}.")
    return [place]


def restore(
    place: Path,
    *,
    identity: str,
    into: Database,
    at: datetime,
    say: Say,
    accepting: Sequence[str] = (),
    is_drill: bool = False,
) -> Restored:
    """Fill an empty database from the newest copy that can be used, and leave it ready to be opened.

    In:       `accepting` codes of checks that somebody has decided to go on without.
    Refuses:  NotDone when the database is not empty, or when no copy can be used; then it is empty again.
    Also:     each copy that cannot be used is said aloud, and the next older one is tried.
    """
    if not into.is_empty():
        raise NotDone("The database to restore into is not empty. Nothing was changed. Name an empty one.")
    refused: list[str] = []

    def refuse(fault: Refusal) -> None:
        refused.append(str(fault))
        say(str(fault))

    with sealed.private_folder(_place_for_plain_words(into)) as folder:
        for path, opened in those_that_open(candidates(place), identity, folder, refuse):
            try:
                _check_kind(path, opened.manifest, into)
                into.load(opened.payload)
                found = _check_and_hold(path, opened.manifest, into, at=at, accepting=accepting, is_drill=is_drill)
            except (CannotBeUsed, NotDone) as fault:
                into.give_up()
                refuse(fault)
                continue
            except BaseException:
                into.give_up()
                raise
            into.finish()
            return Restored(path, opened.manifest, tuple(found), tuple(refused))
    raise NotDone("No copy could be used. The database is as empty as it was.")


def those_that_open(
    paths: Iterable[Path], identity: str, folder: Path, refuse: Callable[[Refusal], object]
) -> Iterator[tuple[Path, Opened]]:
    """Give, one after the other, each copy that can be opened; of each that cannot, say why."""
    for path in paths:
        try:
            opened = sealed.open_copy(path, identity, folder)
        except CannotBeUsed as fault:
            refuse(fault)
            continue
        yield path, opened


def _check_and_hold(
    path: Path, manifest: Manifest, into: Database, *, at: datetime, accepting: Sequence[str], is_drill: bool
) -> list[tuple[str, bool]]:
    wrong = differences(manifest.contents, into.contents())
    if wrong:
        raise CannotBeUsed(f"{path.name} cannot be used: {'; '.join(wrong[:5])}.")
    found = [("as_its_manifest_says", True), *_settle_alone(into.address, manifest, at)]
    bad = [code for code, held in found if not held and code not in (*accepting, *ONLY_SAID)]
    if bad and not is_drill:
        raise CannotBeUsed(
            f"{path.name} was filled in, and then did not hold: {', '.join(bad)}. Whoever decides to go on without says --accept."
        )
    return found


def _check_kind(path: Path, manifest: Manifest, into: Database) -> None:
    if manifest.vendor != into.vendor:
        raise CannotBeUsed(f"{path.name} is a copy of {manifest.vendor}; the database to restore into is {into.vendor}.")


def _place_for_plain_words(into: Database) -> Path | None:
    """Open the copy where its words will lie in the open anyway: beside an SQLite file; for a server, where the system puts such files."""
    path = getattr(into, "path", None)
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    folder: Path = path.resolve().parent
    return folder


def _settle_alone(address: str, manifest: Manifest, at: datetime) -> list[tuple[str, bool]]:
    """Check and hold in a process whose database is the restored one, and which reaches no network."""
    counted = [len(manifest.contents.tables), manifest.contents.rows, manifest.payload_bytes]
    command = [sys.executable, "-m", "django", "settle_restored", manifest.moment.isoformat(), at.isoformat(), *map(str, counted)]
    environment = {**os.environ, "ALONGSIDE_DATABASE": address, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(  # noqa: S603  # this very program
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBeUsed(f"What was filled in could not be checked: {done.stderr.strip().splitlines()[-1:]}")
    return [(code, held) for code, held in json.loads(done.stdout.splitlines()[-1])]
