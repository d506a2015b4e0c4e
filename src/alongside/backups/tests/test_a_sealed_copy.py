"""A sealed copy opens whole, with its own key, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alongside.backups import sealed
from alongside.backups.copying import age_of_newest
from alongside.backups.manifest import Contents, Manifest, differences
from alongside.backups.sealed import CannotBeUsed, NotAKey

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CONTENTS = Contents(
    {"people_person": (2, "ab"), "journal_entry": (3, "cd")}, ("journal_entry_no_update",), ("hubs.0001_initial",)
)
PUBLIC, PRIVATE = sealed.new_key()


def manifest(fingerprint: str, size: int, at: datetime = AT) -> Manifest:
    return Manifest(at, "0.1.0", "sqlite", CONTENTS, fingerprint, size)


def seal(folder: Path, payload: bytes = b"words of somebody", recipient: str = PUBLIC) -> Path:
    return sealed.seal([payload[:5], payload[5:]], manifest, folder, recipient)[0]


def test_a_copy_opens_with_its_own_key_and_says_what_it_is(tmp_path: Path) -> None:
    made = seal(tmp_path / "kept")
    assert made.name == "alongside-20260302T093000Z.age" and made.stat().st_mode & 0o077 == 0
    opened = sealed.open_copy(made, PRIVATE, tmp_path)
    assert opened.payload.read_bytes() == b"words of somebody"
    assert opened.manifest == manifest(opened.manifest.payload_sha256, 17)
    assert b"words" not in made.read_bytes() and b"people_person" not in made.read_bytes()


def test_no_byte_of_a_copy_can_be_changed(tmp_path: Path) -> None:
    """Every byte, one after the other."""
    made = seal(tmp_path / "kept")
    whole, one = made.read_bytes(), tmp_path / "one.age"
    opened = []
    for place in range(len(whole)):
        one.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            sealed.open_copy(one, PRIVATE, tmp_path)
        except CannotBeUsed:
            continue
        opened.append(place)
    assert opened == [] and len(whole) > 400


def test_a_copy_cannot_be_cut_short_anywhere(tmp_path: Path) -> None:
    made = seal(tmp_path / "kept")
    whole, one = made.read_bytes(), tmp_path / "one.age"
    for length in range(len(whole)):
        one.write_bytes(whole[:length])
        with pytest.raises(CannotBeUsed):
            sealed.open_copy(one, PRIVATE, tmp_path)


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_nor_exactly_between_two_pieces_of_it(tmp_path: Path, pieces: int) -> None:
    """age seals 64 KiB at a time, each with 16 bytes of its own."""
    made = seal(tmp_path / "kept", b"x" * 65_536 * 4)
    one, header = tmp_path / "one.age", made.read_bytes().index(b"\n--- ")
    begins = made.read_bytes().index(b"\n", header + 1) + 1 + 16
    one.write_bytes(made.read_bytes()[: begins + pieces * (65_536 + 16)])
    with pytest.raises(CannotBeUsed, match="end is missing"):
        sealed.open_copy(one, PRIVATE, tmp_path)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    made = seal(tmp_path / "kept")
    with pytest.raises(CannotBeUsed) as refused:
        sealed.open_copy(made, sealed.new_key()[1], tmp_path)
    assert "this key does not open it" in str(refused.value)


def test_a_payload_that_is_not_the_one_of_its_manifest_is_refused(tmp_path: Path) -> None:
    """Sealed well, and all the same not what was copied: a fault of ours, not of the disk."""
    for wrong in (lambda said, size: manifest("0" * 64, size), lambda said, size: manifest(said, size + 1)):
        made, _manifest = sealed.seal([b"words"], wrong, tmp_path / "kept", PUBLIC)
        with pytest.raises(CannotBeUsed) as refused:
            sealed.open_copy(made, PRIVATE, tmp_path)
        assert "not what its manifest says" in str(refused.value)


def test_a_copy_that_could_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"x" * 300_000
        raise RuntimeError("the server went away")

    kept = tmp_path / "kept"
    with pytest.raises(Exception, match="the server went away"):
        sealed.seal(breaks_off(), manifest, kept, PUBLIC)
    assert list(kept.iterdir()) == []

    def full(_there: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        seal(kept)
    assert list(kept.iterdir()) == []


def test_a_copy_is_never_written_over_and_the_last_is_the_newest(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    made = [sealed.seal([b"%d" % number], manifest, kept, PUBLIC)[0] for number in range(12)]
    older = sealed.seal([b"older"], lambda said, size: manifest(said, size, AT - timedelta(hours=1)), kept, PUBLIC)[0]
    (kept / "notes.txt").write_text("not a copy")
    assert sealed.copies_in(kept) == [*reversed(made), older]
    assert age_of_newest(kept, AT + timedelta(minutes=10)) == 600
    assert sealed.copies_in(tmp_path / "nothing") == [] and age_of_newest(tmp_path / "nothing", AT) is None


@pytest.mark.parametrize("recipient", [PRIVATE, "age1nonsense", "", "ssh-ed25519 AAAA"], ids=range(4))
def test_only_a_public_key_seals(recipient: str) -> None:
    with pytest.raises(NotAKey) as refused:
        sealed.check_recipient(recipient)
    assert PRIVATE not in str(refused.value)


def test_a_key_is_read_from_its_file_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"# a comment\n\n{PRIVATE}\n")
    assert sealed.read_identity(file) == PRIVATE
    for said in ("", PUBLIC, "AGE-SECRET-KEY-1NONSENSE"):
        file.write_text(said)
        with pytest.raises(NotAKey):
            sealed.read_identity(file)
    with pytest.raises(NotAKey, match="cannot be read"):
        sealed.read_identity(tmp_path / "nowhere")


def test_what_a_killed_run_left_in_the_open_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / ".alongside-private-999999999-x"
    left.mkdir()
    (left / "copy").write_text("words of somebody")
    with sealed.private_folder(tmp_path) as folder:
        assert not left.exists() and folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_every_way_to_differ_is_named() -> None:
    tables = dict(CONTENTS.tables)

    def found(**changed: object) -> list[str]:
        return differences(
            CONTENTS, Contents(**{"tables": tables, "guards": CONTENTS.guards, "migrations": CONTENTS.migrations} | changed)
        )  # type: ignore[arg-type]

    assert found() == []
    assert found(tables=tables | {"people_person": (1, "ab")}) == ["people_person has 1 rows and should have 2"]
    assert found(tables=tables | {"people_person": (2, "xx")}) == ["what stands in people_person has been changed"]
    assert found(tables=tables | {"other": (0, "")}) == ["the table other is not in the manifest"]
    assert found(tables={"journal_entry": (3, "cd")}) == ["the table people_person is missing"]
    assert found(guards=()) == ["the guards journal_entry_no_update are missing"]
    assert found(migrations=("hubs.0001_initial", "hubs.0002")) == ["it is at another migration than its manifest says"]
