"""A real server on a real database file, a real browser, and a made-up hub to work in."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

# Playwright's loop stays in the process after a journey; without this Django would refuse the database to the tests after it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class World:
    """The running hub: its address, its database file, and the environment of its commands."""

    url: str
    database: Path
    environment: dict[str, str]

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the product on this hub."""
        return subprocess.run(
            [sys.executable, "-m", "django", *words], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT
        )

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database from outside, as a test may and a page may not."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return connection.execute(sql, values).fetchall()

    def key(self, sql: str, *values: Any) -> str:
        """Give one public id as it stands in an address."""
        return str(uuid.UUID(self.rows(sql, *values)[0][0]))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("hub")
    database = folder / "hub.sqlite3"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_DATABASE": f"sqlite:///{database}",
        "ALONGSIDE_MODE": "demo",
        "ALONGSIDE_PORT": str(port),
    }
    made = World(f"http://127.0.0.1:{port}", database, environment)
    done = made.manage("demo", "--people", "40", "--seed", "7")
    assert done.returncode == 0, done.stdout + done.stderr
    program = Path(sys.executable).parent / "granian"
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [program, "--interface", "wsgi", "--workers", "1", "--no-ws", "--host", "127.0.0.1", "--port", str(port)]
            + ["--log-level", "warning", "alongside.config.wsgi:application"],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )
        try:
            for _try in range(300):
                try:
                    urllib.request.urlopen(f"{made.url}/safeguarding/", timeout=2)
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise AssertionError((folder / "server.log").read_text())
            yield made
        finally:
            server.terminate()
            server.wait(10)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": FLAGS}


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """A small phone without JavaScript."""
    context = browser.new_context(viewport={"width": 320, "height": 720}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A desktop."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def other_desk(browser: Browser) -> Iterator[Page]:
    """Somebody else's desktop."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def sign_in(page: Page, world: World, name: str) -> None:
    """Sign in as one of the made-up workers."""
    page.goto(f"{world.url}/personas/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/today/")


def context_of(page: Page) -> BrowserContext:
    return page.context


def assert_accessible(page: Page) -> None:
    """Nothing that axe finds (WCAG 2.2 A and AA, and its best practices)."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def look(page: Page, name: str, *, accessible: bool = True) -> None:
    """Take a picture to look at; hold that nothing sticks out at the side, and that axe finds nothing."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    if accessible:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} sticks out {wide} pixels at the side"
        assert_accessible(page)


def go_on(page: Page) -> None:
    """Press the button that goes on."""
    page.get_by_role("button", name="Continue").click()
