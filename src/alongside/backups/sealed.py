"""A copy as it lies in a folder: the database and its manifest in one file, sealed with age for a key that is not here.

Inside: the payload, the manifest as JSON, and at the very end the manifest's length and a mark. age authenticates every piece, so a
byte that was changed, a piece that is missing and a key that does not fit are all found while it is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage

from alongside.backups.manifest import Manifest
from alongside.refusals import Refusal

END = b"ALONGSIDE-COPY-1"
_LENGTH = struct.Struct(">Q")
_NAME = re.compile(r"alongside-(\d{8}T\d{6})(?:-(\d+))?Z\.age")
_PIECE = 1024 * 1024
SECRET = "AGE-SECRET-KEY-"  # noqa: S105  # how every private key of age begins, not one of them


class CannotBeUsed(Refusal):
    """A copy that cannot be lived from: it says which, and why."""

    code = "copy_cannot_be_used"


class NotAKey(Refusal):
    """What was given as a key is none."""

    code = "not_a_key"


@dataclass(frozen=True, slots=True)
class Opened:
    """A copy as it was opened into a private folder: its payload, checked against its manifest."""

    manifest: Manifest
    payload: Path


def new_key() -> tuple[str, str]:
    """Make a pair: the public half seals, the private half opens."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def write_pair(path: Path, of: str) -> str:
    """Write a new private key to a file that is not there yet, on the disk when this returns. Out: the public half.

    Refuses:  NotAKey when the file is there already, or cannot be written.
    """
    public, private = new_key()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# The private key of Alongside's {of}; the public one is {public}\n{private}\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.resolve().parent)
    except FileExistsError as fault:
        raise NotAKey(f"{path} is there already, and is never written over: whatever it opens would be lost.") from fault
    except OSError as fault:
        raise NotAKey(f"The key could not be written to {path}: {fault.strerror}.") from fault
    return public


def seal_bytes(content: bytes, recipient: str) -> bytes:
    """Seal a small content whole, for one public key: age itself notices a changed byte and a missing end."""
    return pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(recipient)])


def open_bytes(content: bytes, identity: str, name: str) -> bytes:
    """Open what `seal_bytes` sealed.

    Refuses:  CannotBeUsed, with the reason: another key, or changed or missing bytes.
    """
    try:
        return pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as fault:
        because = "this key does not open it" if "No matching keys" in str(fault) else "bytes have been changed, or are missing"
        raise CannotBeUsed(f"{name} cannot be opened: {because}.") from fault


def check_recipient(recipient: str, setting: str = "ALONGSIDE_BACKUP_RECIPIENT") -> None:
    """Refuse what is not a public key, and a private one above all."""
    if recipient.startswith(SECRET):
        raise NotAKey(
            f"{setting} holds a private key. Whoever reads the settings could open every copy: make a new pair"
            " with ./alongside backup-key, and keep the private half away from here."
        )
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as fault:
        raise NotAKey(f"{setting} is not a public key of age. It begins with age1; ./alongside backup-key makes one.") from fault


def read_identity(path: Path) -> str:
    """Read a private key from the file that ./alongside backup-key wrote (or age-keygen): comments are left out."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as fault:
        raise NotAKey(f"The key {path} cannot be read. Name the file that ./alongside backup-key wrote.") from fault
    found = next((line for line in lines if line.startswith(SECRET)), "")
    try:
        pyrage.x25519.Identity.from_str(found)
    except pyrage.IdentityError as fault:
        raise NotAKey(f"{path} holds no private key of age; such a line begins with {SECRET}.") from fault
    return found


def name_of(moment: datetime) -> str:
    """Name a copy by the moment that it holds, so that names sort as moments do."""
    return f"alongside-{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z.age"


def moment_of(path: Path) -> datetime | None:
    """Give the moment in a copy's name; None for any other file."""
    found = _NAME.fullmatch(path.name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def copies_in(folder: Path) -> list[Path]:
    """List the copies in a folder, newest first; of one second, the one that was made last."""
    if not folder.is_dir():
        return []
    found = [(match[1], int(match[2] or 1), path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    return [path for _moment, _number, path in sorted(found, reverse=True)]


def seal(
    payload: Iterable[bytes], manifest: Callable[[str, int], Manifest], folder: Path, recipient: str
) -> tuple[Path, Manifest]:
    """Write one copy, whole and on the disk before this returns; a copy that was not finished leaves nothing behind.

    In:       `manifest` is asked at the end, with the payload's fingerprint and length.
    """
    written: list[Manifest] = []

    def stream() -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for piece in payload:
            digest.update(piece)
            size += len(piece)
            yield piece
        written.append(manifest(digest.hexdigest(), size))
        said = written[0].as_json().encode()
        yield said + _LENGTH.pack(len(said)) + END

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".unfinished-{os.getpid()}"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            pyrage.encrypt_io(_Reader(stream()), out, [pyrage.x25519.Recipient.from_str(recipient)])
            out.flush()
            os.fsync(out.fileno())
        made = _into_place(part, folder / name_of(written[0].moment))
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    return made, written[0]


def open_copy(path: Path, identity: str, into: Path) -> Opened:
    """Open one copy into a private folder, and check what was opened against its manifest.

    Refuses:  CannotBeUsed with the reason: another key, changed bytes, a missing end, a payload that is not the one it was.
    """
    whole = into / "opened"
    try:
        with path.open("rb") as sealed, whole.open("wb") as out:
            pyrage.decrypt_io(sealed, out, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as fault:
        whole.unlink(missing_ok=True)
        because = "this key does not open it, or its first bytes have been changed"
        if "No matching keys" not in str(fault):
            because = "it is not a sealed copy, or its beginning is missing"
        raise CannotBeUsed(f"{path.name} cannot be used: {because}.") from fault
    except OSError as fault:
        whole.unlink(missing_ok=True)
        if fault.errno:  # the disk's own words: full, or not readable
            raise CannotBeUsed(f"{path.name} cannot be opened here: {fault.strerror}.") from fault
        raise CannotBeUsed(f"{path.name} cannot be used: bytes have been changed, or its end is missing.") from fault
    return _checked(path, whole)


def _checked(path: Path, whole: Path) -> Opened:
    """Take the manifest off the end, and compare the payload with it."""
    tail = _LENGTH.size + len(END)
    size = whole.stat().st_size
    with whole.open("r+b") as file:
        file.seek(max(0, size - tail))
        ending = file.read()
        if len(ending) < tail or ending[_LENGTH.size :] != END:
            raise CannotBeUsed(f"{path.name} cannot be used: it was not finished.")
        begins = size - tail - _LENGTH.unpack(ending[: _LENGTH.size])[0]
        file.seek(begins)
        manifest = Manifest.from_json(file.read(size - tail - begins).decode())
        file.truncate(begins)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if (digest, begins) != (manifest.payload_sha256, manifest.payload_bytes):
        raise CannotBeUsed(f"{path.name} cannot be used: what is in it is not what its manifest says.")
    return Opened(manifest, whole)


def _into_place(part: Path, wanted: Path) -> Path:
    """Give a finished copy its name; one that stands there already is never written over."""
    for number in range(1, 1000):
        place = wanted if number == 1 else wanted.with_name(wanted.name.replace("Z.age", f"-{number}Z.age"))
        try:
            os.link(part, place)
        except FileExistsError:
            continue
        return place
    raise AssertionError("not reached: a thousand copies in one second")


def sync_folder(folder: Path) -> None:
    """See that a new name in a folder outlives a power cut."""
    there = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


class _Reader:
    """What age reads from: pieces as they come, cut to the size that it asks for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.rest = piece
        given, self.rest = (self.rest, b"") if size < 0 else (self.rest[:size], self.rest[size:])
        return given


@contextmanager
def private_folder(beside: Path | None = None) -> Iterator[Path]:
    """Give a folder that only this account can read, taken away afterwards; what a killed run left there is taken away first."""
    import shutil
    import tempfile

    parent = beside or Path(tempfile.gettempdir())
    for left in parent.glob(".alongside-private-*"):
        if not _is_running(left.name.split("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".alongside-private-{os.getpid()}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_running(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def pieces_of(stream: Any) -> Iterator[bytes]:
    """Read a file or pipe to its end."""
    while piece := stream.read(_PIECE):
        yield piece
