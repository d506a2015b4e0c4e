"""Lets a scanner (wapiti) attack the running product: `python -m tests.support.scan`, as a stranger and as made-up workers.

The scanner stands in a folder of its own (`.prove`, from `requirements/prove.txt`); it is no part of the product and reaches nothing
but this machine. How much an account may open in an hour is lifted, for a limit that stops the scanner shows the limit and hides
the rest. Fails on any finding of medium weight or more that is not explained below, on any answer that says the server broke, and
on a scan that saw too little: one that saw nothing proves nothing.

Source: trust.md P13, T09, T18; ADR 0029.
"""

from __future__ import annotations

import http.cookiejar
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.running import ROOT, World, running_hub

PROGRAM = ROOT / ".prove" / "bin" / "wapiti"
LOOKS_FOR = "cookieflags,csp,http_headers,csrf,crlf,exec,file,htaccess,ldap,methods,permanentxss,redirect,sql,timesql,upload,xss"
"""Everything that asks nothing of another machine and knows of no one product."""
NEVER = ("/personas/", "/account/logout/", "/language/", "/hat/", "/signed-in/")
"""What would make it somebody else, or nobody."""
CRAWLS, ATTACKS = 300, 60
"""Seconds: how long it looks for addresses, and how long each kind of attack may last."""
MEDIUM = 2
WEIGHTS = ("information", "low", "medium", "high", "critical")


@dataclass(frozen=True)
class Walk:
    """Who walks, and how much they have to have seen."""

    who: str
    button: str
    """How the button of the made-up worker begins; nothing for a stranger."""
    at_least: int
    """Different addresses that answered with a page."""
    such_as: tuple[str, ...]
    """Beginnings of addresses of which one at least answered with a page: who walks got in."""


WALKS = (
    Walk("a stranger", "", 40, ("/ask/", "/find-support/", "/account/login/")),
    Walk("a duty worker", "Hazelle", 80, ("/today/", "/people/", "/triage/")),
    Walk("a hub lead", "Seraphina", 40, ("/today/", "/settings/")),
)
EXPLAINED: dict[tuple[str, str], str] = {}
"""Findings that are none, by what the scanner calls it and the beginning of the path, with the reason."""


@dataclass
class Seen:
    """What one walk came to."""

    who: str
    findings: list[str] = field(default_factory=list)
    lesser: list[str] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)
    pages: int = 0
    forms: int = 0
    asked: int = 0
    broke: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    too_little: bool = False
    seconds: int = 0

    @property
    def well(self) -> bool:
        return not (self.findings or self.broke or self.too_little)


def judge(walk: Walk, report: dict[str, Any], log: Iterable[str]) -> Seen:
    """Say what a report of the scanner, and the list of what the server answered, come to."""
    seen = Seen(walk.who)
    for kind in ("vulnerabilities", "anomalies"):
        for name, found in report[kind].items():
            for one in found:
                line = f"{WEIGHTS[one['level']]}: {name}, {one['method']} {one['path']} {one['parameter']}: {one['info']}"
                reason = next(
                    (why for (what, path), why in EXPLAINED.items() if what == name and one["path"].startswith(path)), ""
                )
                (seen.lesser if one["level"] < MEDIUM else seen.explained if reason else seen.findings).append(line)
    answered = [(method, path, int(status)) for method, path, status in answers(log)]
    seen.asked = len(answered)
    pages = {path for method, path, status in answered if method == "GET" and status == 200 and "/static/" not in path}
    seen.pages = len(pages)
    seen.forms = len({path for method, path, status in answered if method == "POST" and status in (200, 302)})
    seen.broke = sorted({f"{status} {method} {path}" for method, path, status in answered if status >= 500})
    seen.missed = [begins for begins in walk.such_as if not any(path.startswith(begins) for path in pages)]
    seen.too_little = seen.pages < walk.at_least or bool(seen.missed)
    return seen


def answers(log: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Give (method, path, status) of each line of the server's list of answers; a path without what follows the question mark."""
    for line in log:
        if found := re.search(r'"?(GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|PATCH|[A-Z]{3,10}) (/\S*) HTTP/[\d.]+"? (\d{3})', line):
            yield found[1], found[2].split("?")[0], found[3]


def walked(walk: Walk, folder: Path) -> Seen:
    """Let the scanner walk over a hub of its own."""
    began = time.monotonic()
    with running_hub(
        folder, "--access-log", ALONGSIDE_RECORDS_AN_HOUR="1000000", ALONGSIDE_ROWS_AN_HOUR="1000000", GRANIAN_LOG_LEVEL="info"
    ) as world:
        cookie = signed_in(world, walk.button) if walk.button else ""
        before = len(world.log.read_text().splitlines())
        command = [
            str(PROGRAM), "-u", f"{world.url}/", "-m", LOOKS_FOR, "-S", "normal", "-f", "json", "-o", str(folder / "report.json"),
            "--flush-session", "--store-session", str(folder), "--no-bugreport", "-t", "30", "-v", "0", "--tasks", "8",
            "--max-scan-time", str(CRAWLS), "--max-attack-time", str(ATTACKS),
        ]  # fmt: skip
        for path in NEVER:
            command += ["-x", f"{world.url}{path}"]
        if cookie:
            command += ["-C", cookie, "-s", f"{world.url}/today/"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not (folder / "report.json").exists():
            raise SystemExit(f"The scanner ended without a report: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        lines = world.log.read_text().splitlines()[before:]
        seen = judge(walk, json.loads((folder / "report.json").read_text()), lines)
        if cookie and not still_in(world, cookie):
            seen.findings.append("the session ended before the scan did")
    seen.seconds = round(time.monotonic() - began)
    return seen


def signed_in(world: World, button: str) -> str:
    """Sign in as a made-up worker; give the cookies as the scanner takes them."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{world.url}/personas/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    who = re.search(rf'name="user" value="(\d+)">{button}', page)
    assert token and who, f"nobody to be called {button}: {re.findall(r'name=.user. value=.([^<]+)', page)}"
    told = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "user": who[1]}).encode()
    browser.open(f"{world.url}/personas/", told).read()
    cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    assert still_in(world, cookie), "signing in led nowhere"
    return cookie


def still_in(world: World, cookie: str) -> bool:
    with urllib.request.urlopen(urllib.request.Request(f"{world.url}/today/", headers={"Cookie": cookie})) as answer:
        return answer.url.endswith("/today/")


def main(arguments: list[str]) -> int:
    well = True
    for walk in [one for one in WALKS if not arguments or one.who in arguments]:
        with tempfile.TemporaryDirectory() as folder:
            seen = walked(walk, Path(folder))
        well = well and seen.well
        print(json.dumps({**vars(seen), "well": seen.well}, indent=1), flush=True)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
