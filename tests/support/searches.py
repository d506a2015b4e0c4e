"""Searching as a browser does: the words are sent, and what was found stands at an address without them."""

from __future__ import annotations

from typing import Any

from django.test import Client

FINDING = "/bring-someone-in/"
FOUND = f"{FINDING}?found=yes"


def searches(browser: Client, **words: str) -> Any:
    """Send a search and give the page that shows what was found."""
    sent = browser.post(FINDING, {**words, "search": "yes"})
    assert (sent.status_code, sent.headers["Location"]) == (302, FOUND)
    return browser.get(FOUND)
