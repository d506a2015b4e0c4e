"""A real server on a real database file, a real browser, and a made-up hub to work in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.running import ROOT, World, running_hub

# Playwright's loop stays in the process after a journey; without this Django would refuse the database to the tests after it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
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


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running_hub(tmp_path_factory.mktemp("hub")) as made:
        yield made


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
