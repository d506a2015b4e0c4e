"""P4: a copy can be lived from. The drill of every run: copied twice, the newer copy damaged, restored from the older one, opened.

With what was lost between the two nothing can be harmed: no message leaves by itself, no way of contact counts as safe that may have
changed, every page of a worker says what is missing, and nobody is still signed in (H17).
Source: trust.md section 0, 10; C27, C31, P4, H16, H17; X-09; issue "trust", E19.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from alongside.backups import sealed
from alongside.backups.databases import NotDone, database_at
from alongside.backups.restoring import restore
from tests.support.alone import ROOT, environment, run_alone

pytestmark = pytest.mark.hazard("H17")
IN_MEMORY = "/dev/shm"  # noqa: S108  # what is tried here is not the disk, so it may be in memory where there is such a folder
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def run(address: str, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Type one command as an operator does."""
    command = [sys.executable, "-m", "alongside.config.command_line", *words]
    given = environment(address) | settings
    return subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@dataclass
class Copies:
    """A hub that was copied twice: the folder of copies, both keys, and where it lives."""

    address: str
    folder: Path
    key: Path
    recipient: str
    empty: Any
    """Gives the address of another empty database of the same kind."""

    @property
    def older(self) -> Path:
        return sealed.copies_in(self.folder)[1]

    @property
    def newer(self) -> Path:
        return sealed.copies_in(self.folder)[0]

    def restore(self, into: str, *more: str, place: Path | None = None, key: Path | None = None) -> Any:
        # Where it is restored nothing of the old installation is there: neither its database nor its settings.
        words = ("restore", str(place or self.folder), "--key", str(key or self.key), "--into", into, *more)
        return run("sqlite:////nowhere/at/all.sqlite3", *words)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(request: pytest.FixtureRequest) -> Iterator[Copies]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as folder:
        yield made_in(Path(folder), request)


def made_in(folder: Path, request: pytest.FixtureRequest) -> Copies:
    if request.param == "sqlite":
        numbers = iter(range(100))

        def empty() -> str:
            return f"sqlite:///{folder / f'hub{next(numbers)}.sqlite3'}"
    else:
        empty = request.getfixturevalue("postgres").new_database
    address, key = empty(), folder / "private key"
    recipient, secret = sealed.new_key()
    key.write_text(f"# made for a test\n{secret}\n")
    made = Copies(address, folder / "kept", key, recipient, empty)
    run_alone("tests.support.living", "begin", str(made.folder), address=address, ALONGSIDE_BACKUP_RECIPIENT=recipient)
    return made


def test_what_was_copied_is_lived_from(copies: Copies, tmp_path: Path) -> None:
    """The newest copy has one changed byte: the older one is used, aloud, and everything that may be out of date is made safe."""
    whole = copies.newer.read_bytes()
    place = random.Random(19).randrange(len(whole))
    copies.newer.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    try:
        into = copies.empty()
        done = copies.restore(into)
        assert done.returncode == 0, done.stderr
        assert f"WARNING: {copies.newer.name} cannot be used" in done.stderr
        assert "NOT " not in done.stdout and copies.older.name in done.stdout
    finally:
        copies.newer.write_bytes(whole)
    moment = sealed.moment_of(copies.older)
    found = run_alone("tests.support.living", "look", address=into)
    restored_to = datetime.fromisoformat(found.pop("restored_to"))
    assert restored_to.replace(microsecond=0) == moment
    assert found == {
        # Who came in after the copy is missing: the page says so, and nobody is told that all is there.
        "people": ["Mair Pretend", "Ifan Pretend"],
        "signed_in": 0,
        "held": 2,
        # Mair's way was confirmed ten days before the copy, Ifan's on its very day.
        "confirmed": [True, False],
        "entries": 3,
        "left_by_itself": 0,
        "says_so": [True, True],
        # Mair's way was found not to be safe after the copy was made. Nothing in it says so, and still nothing was sent to it.
        "left_when_released": [["Mair Pretend", False, "confirm_again"], ["Ifan Pretend", True, ""]],
        "asked_for_by_itself": True,
        "says_so_still": False,
        "works_on": True,
    }


def attempt(copies: Copies, place: Path, into: str, identity: str = "") -> tuple[str, list[str]]:
    """Restore in this process, which ends before anything is filled in; give why it was refused, and what was said."""
    said: list[str] = []
    with pytest.raises(NotDone) as refused:
        restore(place, identity=identity or sealed.read_identity(copies.key), into=database_at(into, AT), at=AT, say=said.append)
    return str(refused.value), said


def test_a_database_that_is_not_empty_is_left_alone(copies: Copies) -> None:
    before = database_at(copies.address, AT)
    with before.snapshot() as snapshot:
        stood = snapshot.contents
    assert "not empty. Nothing was changed" in attempt(copies, copies.folder, copies.address)[0]
    with before.snapshot() as snapshot:
        assert snapshot.contents == stood


@pytest.mark.parametrize("damage", ["flipped", "cut short", "wrong key", "none there", "another kind"])
def test_what_cannot_be_lived_from_is_refused_and_leaves_nothing(copies: Copies, tmp_path: Path, damage: str) -> None:
    """Each alone in its folder: nothing is restored, and the database is as empty as it was."""
    kept, into, identity = tmp_path / "kept", copies.empty(), ""
    kept.mkdir()
    one, whole, chance = kept / copies.newer.name, copies.newer.read_bytes(), random.Random(damage)
    because = "No copy could be used"
    if damage == "flipped":
        place = chance.randrange(len(whole))
        one.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
    elif damage == "cut short":
        one.write_bytes(whole[: chance.randrange(len(whole))])
    elif damage == "none there":
        because = "There is no copy"
    else:
        one.write_bytes(whole)
        if damage == "wrong key":
            identity = sealed.new_key()[1]
        else:
            other = "sqlite" if copies.address.startswith("postgresql") else "postgresql"
            manifest = sealed.open_copy(one, sealed.read_identity(copies.key), tmp_path).manifest
            one.unlink()
            sealed.seal(
                [b"something"],
                lambda sha, size: replace(manifest, vendor=other, payload_sha256=sha, payload_bytes=size),
                kept,
                copies.recipient,
            )
    refused, said = attempt(copies, kept, into, identity)
    assert because in refused and len(said) == (damage != "none there")
    assert is_empty(into)
    assert [path for path in Path(tmp_path).rglob("*") if "private" in path.name or "restoring" in path.name] == []


def is_empty(address: str) -> bool:
    if address.startswith("sqlite"):
        return not Path(address.removeprefix("sqlite:///")).exists()
    with psycopg.connect(address) as there:
        row = there.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()
    return row == (0,)


def test_the_drill_holds_and_its_page_says_so(copies: Copies) -> None:
    """`./alongside restore-drill`: every check, four kinds of damage, how long, how much would be missing; the live hub is untouched."""
    done = run(copies.address, "restore-drill", "--from", str(copies.folder))
    assert done.returncode == 0, done.stdout + done.stderr
    said = [line for line in done.stdout.splitlines() if line.startswith(("ok ", "NOT "))]
    assert len(said) == 16 and all(line.startswith("ok ") for line in said)
    kept = run_alone("tests.support.drilled", address=copies.address)
    assert kept["kind"] == "drill" and kept["went_well"] and kept["rows"] > 500 and kept["seconds"] > 0
    assert kept["missing_seconds"] is not None and len(kept["found"]) == 16
    assert "Everything held" in kept["page"] and "What would have been missing then" in kept["page"]
    assert kept["held_live"] == 0 and kept["restored_to"] is None


def test_a_drill_that_fails_is_kept_as_one_that_failed(copies: Copies, tmp_path: Path) -> None:
    """With the true key it tries the newest kept copy: another key fails, aloud, and the page of the drill says so."""
    other = tmp_path / "another"
    assert run(copies.address, "backup-key", str(other)).returncode == 0
    assert other.stat().st_mode & 0o077 == 0
    done = run(copies.address, "restore-drill", "--from", str(copies.folder), "--key", str(other))
    assert done.returncode == 1 and "The drill failed" in done.stderr and "Traceback" not in done.stderr
    assert run_alone("tests.support.drilled", address=copies.address)["went_well"] is False


def test_nothing_opens_on_a_restore_that_was_broken_off(copies: Copies, tmp_path: Path) -> None:
    """SQLite takes its place only when all is held; a PostgreSQL database carries a mark until then, and nothing starts on it."""
    address = copies.empty()
    into = database_at(address, AT)
    into.load(sealed.open_copy(copies.newer, sealed.read_identity(copies.key), tmp_path).payload)
    if copies.address.startswith("sqlite"):
        assert is_empty(address)
        return
    for command in (("ready",), ("work", "--once")):
        started = run(address, *command)
        assert started.returncode == 1 and "alongside.E030" in started.stderr
    into.finish()
    assert run(address, "work", "--once").returncode == 0
