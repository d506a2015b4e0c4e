"""A PostgreSQL server of the bench's own, in a temporary folder, durable as in earnest (fsync on)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "bench"


class NoServer(Exception):
    """PostgreSQL is not here, or did not start; the message says what to do."""


@contextmanager
def server() -> Iterator[str]:
    """Start a server, make an empty database, give its address, and leave nothing behind."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    # The server does not start as root: root hands it to the account that the package made.
    run_as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if run_as:
        shutil.chown(folder, "postgres", "postgres")
    place = folder / "data"

    def run(*command: str | Path) -> None:
        done = subprocess.run([*run_as, *map(str, command)], capture_output=True, text=True, cwd=folder, check=False)  # noqa: S603  # own programs
        if done.returncode:
            raise NoServer(done.stderr.strip() or "PostgreSQL did not start.")

    try:
        run(programs / "initdb", "-D", place, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = (
            f"-c listen_addresses='' -k {folder} -c shared_buffers=256MB -c max_wal_size=4GB -c fsync=on -c synchronous_commit=on"
        )
        run(programs / "pg_ctl", "-D", place, "-o", options, "-l", folder / "log", "-w", "start")
        run(programs / "createdb", "-h", folder, "-U", "postgres", NAME)
        yield f"postgresql://postgres@/{NAME}?host={folder}"
    finally:
        stop = [*run_as, str(programs / "pg_ctl"), "-D", str(place), "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, cwd=folder, check=False)  # noqa: S603  # own programs
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoServer("PostgreSQL is missing. Type: apt-get install postgresql, or give --database postgresql://…")
    return Path(on_path).parent
