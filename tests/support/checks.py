"""`./alongside check`: a line for each check, and everything it found when it finds something."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent


def main() -> int:
    tools: list[tuple[str, list[str]]] = [
        ("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
        ("lint", [str(BIN / "ruff"), "check", "-q", "."]),
        ("types", [str(BIN / "mypy"), "src/alongside"]),
        ("import contracts", [str(BIN / "lint-imports")]),
        ("Welsh", [sys.executable, "-m", "alongside.design.catalogue", "check"]),
        ("missing migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        ("system checks", [sys.executable, "-m", "django", "check"]),
        ("live settings", [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]),
        ("generated pages", [sys.executable, "-m", "django", "document", "--check"]),
        ("security lint", [str(BIN / "bandit"), "-q", "-ll", "-r", "src/alongside", "-x", "*/tests/*"]),
        ("no secret is committed", [sys.executable, "-m", "tests.support.secret_scan"]),
    ]
    failed = 0
    with ThreadPoolExecutor(2) as hands:
        for (name, _command), (well, seconds, said) in zip(tools, hands.map(run, tools), strict=True):
            failed += report(name, well, seconds, said)
    for name, found in (
        ("templates", templates()),
        ("no unscoped read", unscoped_reads()),
        ("dangers stand where they may", dangers()),
        ("nothing of this machine", of_this_machine()),
    ):
        failed += report(name, not found, 0.0, "\n".join(found))
    return 1 if failed else 0


def run(tool: tuple[str, list[str]]) -> tuple[bool, float, str]:
    """Run one tool: whether it is content, how long it took, what it said."""
    began = time.monotonic()
    around = {**os.environ, **(live() if tool[0] == "live settings" else {})}
    done = subprocess.run(tool[1], cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    return done.returncode == 0, time.monotonic() - began, done.stdout + done.stderr


def live() -> dict[str, str]:
    """Give the environment of a live installation, with keys that are made up each time."""
    from pyrage import x25519

    given = re.findall(r"^# \(live\)(?:.*\n#)*.*\n(ALONGSIDE_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    keys = {name: secrets.token_urlsafe(60) for name in given if "KEY" in name}
    keys["ALONGSIDE_BACKUP_RECIPIENT"] = str(x25519.Identity.generate().to_public())
    return {**keys, "ALONGSIDE_MODE": "live", "ALONGSIDE_HOSTS": "hub.example", "ALONGSIDE_ADDRESS": "https://hub.example"}


def report(name: str, well: bool, seconds: float, output: str) -> int:
    print(f"{'ok  ' if well else 'FAIL'} {name} ({seconds:.1f} s)", flush=True)
    if not well:
        print(output[-6000:], flush=True)
    return 0 if well else 1


def templates() -> list[str]:
    """Every template parses, and holds no inline script, style or handler (the content security policy would stop it)."""
    import django

    django.setup()
    from django.template import engines

    environment = engines.all()[0].env
    found = []
    for path in sorted((ROOT / "src").rglob("*.jinja")):
        text = path.read_text()
        try:
            environment.parse(text)
        except Exception as fault:  # noqa: BLE001  # whatever Jinja says of it is the finding
            found.append(f"{path.relative_to(ROOT)}: {fault}")
        if re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text):
            found.append(f"{path.relative_to(ROOT)}: inline script, style or handler")
        if "|safe" in text.replace(" ", ""):
            found.append(f"{path.relative_to(ROOT)}: marks something as safe")
    return found


def dangers() -> list[str]:
    """What turns text into a page, a query, a program or an object stands only where it may (tests/support/dangers.py)."""
    from tests.support import dangers as rules

    return rules.faults()


def unscoped_reads() -> list[str]:
    """No function reads records about people without a scope, or a reason (access/guarded.py)."""
    from alongside.config import unscoped

    return unscoped.faults()


def of_this_machine() -> list[str]:
    """No committed text names a path of this machine or the address of a package registry."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode().split("\0")
    here = str(ROOT.parent) + "/"
    registries = re.compile(r"(?<!emit-)index-url|https?://(pypi|files\.pythonhosted|registry\.npmjs|deb\.debian)")
    found = []
    for name in listed:
        path = ROOT / name
        if not name or not path.is_file() or path.suffix in (".png", ".gz", ".br", ".ico"):
            continue
        text = path.read_text(errors="replace")
        if here in text and len(here) > 4:
            found.append(f"{name}: names {here}")
        if name != "tests/support/checks.py" and registries.search(text):
            found.append(f"{name}: names a registry")
    return found


if __name__ == "__main__":
    sys.exit(main())
