"""What a live installation says to browsers, read from its own settings as a server would read them (trust.md C22, C34)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.support.checks import ROOT, live

ASKED = """
import json
import django
from django.conf import settings
django.setup()
from django.test import Client
from alongside.journey.referrals.views.person import COOKIE
def of(path, **more):
    answer = Client(headers={"host": "hub.example"}).get(path, **more)
    return {"status": answer.status_code, **{name.lower(): value for name, value in answer.headers.items()}}
print(json.dumps({
    "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, COOKIE],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE],
    "hidden": [settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY],
    "same_site": [settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE, settings.LANGUAGE_COOKIE_SAMESITE],
    "wider": [settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN, settings.LANGUAGE_COOKIE_DOMAIN],
    "paths": [settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH, settings.LANGUAGE_COOKIE_PATH],
    "debug": settings.DEBUG,
    "open": of("/static/nhsuk-frontend.min.css"),
    "sealed": of("/static/nothing.css", secure=True),
}))
"""


@pytest.fixture(scope="module")
def hub_live(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what a live installation answers; its database has no tables, so only what needs none is asked."""
    database = f"sqlite:///{tmp_path_factory.mktemp('live') / 'hub.sqlite3'}"
    around = {**os.environ, **live(), "ALONGSIDE_DATABASE": database, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    around["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, env=around, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_every_cookie_is_for_this_host_alone(hub_live: dict[str, Any]) -> None:
    """A browser keeps `__Host-` only with Secure, the whole path and no domain."""
    assert all(name.startswith("__Host-") for name in hub_live["cookies"]) and len(set(hub_live["cookies"])) == 4
    assert (set(hub_live["secure"]), set(hub_live["wider"]), set(hub_live["paths"])) == ({True}, {None}, {"/"})
    assert (set(hub_live["hidden"]), set(hub_live["same_site"])) == ({True}, {"Lax"})


def test_every_cookie_of_the_house_has_that_name() -> None:
    """Whoever sets a cookie takes its name from the settings, so that it has the prefix where it is live."""
    named = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        if not {"tests", "bench"} & set(path.parts)
        for name in re.findall(r"set_(?:signed_)?cookie\(\s*([^,\s]+)", path.read_text())
    }
    assert named == {
        "src/alongside/journey/referrals/views/person.py: COOKIE",
        "src/alongside/web/views/public.py: settings.LANGUAGE_COOKIE_NAME",
    }


def test_it_is_spoken_to_by_https_only_for_a_year(hub_live: dict[str, Any]) -> None:
    assert hub_live["debug"] is False
    assert (hub_live["open"]["status"], hub_live["open"]["location"]) == (
        301,
        "https://hub.example/static/nhsuk-frontend.min.css",
    )
    assert hub_live["sealed"]["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert hub_live["sealed"]["x-content-type-options"] == "nosniff"


def test_the_check_of_live_settings_gives_every_setting_that_live_needs() -> None:
    needed = {"ALONGSIDE_SECRET_KEY", "ALONGSIDE_VAULT_KEYS", "ALONGSIDE_HOSTS", "ALONGSIDE_ADDRESS"}
    assert needed <= set(live()) and all(live().values())
    assert live()["ALONGSIDE_SECRET_KEY"] != live()["ALONGSIDE_SECRET_KEY"]
