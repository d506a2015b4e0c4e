"""`./alongside test`: install what is missing, run the checks, then every test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from tests.support import checks
from tests.support.postgres import cluster, programs

TWO_AT_ONCE = ("-n", "2", "--dist", "loadfile", "--max-worker-restart", "0")
"""One file after the other in two processes. One that dies is not begun again: it would die over the same test."""


def install() -> None:
    """Install what the tests need beside Python."""
    have("chromium", "chromium", lambda: shutil.which("chromium") is not None)
    have("PostgreSQL", "postgresql", _has_postgres)
    have("strace", "strace", lambda: shutil.which("strace") is not None)
    have("libatomic", "libatomic1", _has_libatomic)
    have("Node", "nodejs npm", lambda: all(map(shutil.which, ("node", "npm"))))


def main(arguments: list[str]) -> int:
    install()
    if arguments:
        return pytest(*arguments)
    with cluster() as url:
        os.environ["ALONGSIDE_TEST_SERVER"] = url
        # The tables of both databases are laid while the checks run: otherwise every worker waits for them.
        with subprocess.Popen([sys.executable, "-m", "tests.support.laid"]) as laying:
            if checks.main() != 0:
                laying.terminate()
                return 1
        print("\nOn SQLite: every test", flush=True)
        first = pytest(*TWO_AT_ONCE, "-q", "tests", "src")
        print("\nOn PostgreSQL: what has to hold on both", flush=True)
        second = pytest(*TWO_AT_ONCE, "-q", "-m", "both_databases", "tests", "src", database=url)
    return first or second


def pytest(*arguments: str, database: str = "") -> int:
    environment = {**os.environ, **({"ALONGSIDE_DATABASE": database} if database else {})}
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


def have(name: str, package: str, is_there: object) -> None:
    """Install a Debian package when it is missing and we may; otherwise end with the line to type."""
    if is_there():  # type: ignore[operator]  # a question without arguments
        return
    line = f"apt-get install -y --no-install-recommends {package}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"The tests need {name}. Type: sudo {line}")
    print(f"installing {name}", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    if subprocess.run(line.split(), check=False, **quiet).returncode or not is_there():  # type: ignore[operator]  # as above
        sys.exit(f"{name} could not be installed (is there a network?). Type: sudo apt-get update && sudo {line}")


def _has_libatomic() -> bool:
    """The browser's driver is linked against it, and the smallest Debian comes without."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def _has_postgres() -> bool:
    try:
        return (programs() / "pg_ctl").exists()
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
