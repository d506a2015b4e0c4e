"""The hub lead makes a link; behind it somebody chooses a password, sets up the second factor, and signs in with it."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in

PASSWORD = "correct horse battery staple"
SETTINGS = (
    "",
    "hub/",
    "crisis-contacts/",
    "organisations/",
    "sites/",
    "standards/",
    "sharing/",
    "door/",
    "teams/",
    "bank-holidays/",
)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_invited_with_a_second_factor(world: World, desk: Page, other_desk: Page) -> None:
    narrow = other_desk
    narrow.set_viewport_size({"width": 320, "height": 720})
    sign_in(desk, world, "Seraphina Hubward")
    for place in SETTINGS:
        desk.goto(f"{world.url}/settings/{place}")
        look(desk, f"settings-{place.strip('/') or 'index'}")
    desk.goto(f"{world.url}/settings/clients/")
    desk.get_by_label("Whose system is it?").select_option(index=1)
    desk.get_by_label("Its name").fill("surgery")
    press(desk, "Let in")
    look(desk, "settings-token-shown-once")

    desk.goto(f"{world.url}/settings/people/")
    desk.get_by_label("Name", exact=True).fill("Nia Newcomer")
    desk.get_by_label("E-mail address, to sign in with").fill("nia@newcomer.example")
    desk.get_by_label("Organisation").select_option(index=1)
    press(desk, "Invite")
    look(desk, "settings-invite-without-a-role")
    assert desk.get_by_label("Name", exact=True).input_value() == "Nia Newcomer"
    desk.get_by_label("Role").select_option(value="link_worker")
    press(desk, "Invite")
    link = desk.locator("code").inner_text()

    narrow.goto(link)
    look(narrow, "sign-in-first-password")
    narrow.get_by_label("Choose a password").fill(PASSWORD)
    narrow.get_by_label("The same password again").fill(PASSWORD)
    press(narrow, "Continue")
    secret = narrow.locator("#authenticator_secret").input_value()
    narrow.locator("input[name=code]").fill("000000")
    press(narrow, "Set it up")
    look(narrow, "sign-in-second-factor-wrong-code")
    secret = narrow.locator("#authenticator_secret").input_value()
    narrow.locator("input[name=code]").fill(code_of(secret))
    press(narrow, "Set it up")
    look(narrow, "sign-in-recovery-codes")
    recovery = narrow.locator("main code").first.inner_text()
    for address in ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "password/change/", "logout/"):
        narrow.goto(f"{world.url}/account/{address}")
        look(narrow, f"sign-in-{address.strip('/').replace('/', '-')}")
    press(narrow, "Sign out")

    narrow.goto(f"{world.url}/account/login/")
    look(narrow, "sign-in")
    narrow.get_by_label("E-mail address").fill("nia@newcomer.example")
    narrow.get_by_label("Password").fill(PASSWORD)
    press(narrow, "Sign in")
    look(narrow, "sign-in-asks-the-second-factor")
    narrow.locator("input[name=code]").fill(recovery)
    press(narrow, "Sign in")
    narrow.wait_for_url("**/today/")
    assert "Nia Newcomer" in narrow.locator("header").inner_text()
