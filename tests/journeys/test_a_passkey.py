"""A worker makes a passkey, signs in with it, shows again with it that it is them, gives it a name and takes it off."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in

PASSWORD = "correct horse battery staple"


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def with_a_finger(page: Page) -> None:
    """Give the browser a finger to recognise: Chromium's own virtual authenticator."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def invited(world: World, desk: Page) -> tuple[str, str]:
    """Invite somebody; give their address and their link, at a name that a passkey may be made for."""
    sign_in(desk, world, "Seraphina Hubward")
    email = f"pat-{uuid.uuid4().hex[:6]}@passkey.example"
    desk.goto(f"{world.url}/settings/people/")
    desk.get_by_label("Name", exact=True).fill("Pat Passkey")
    desk.get_by_label("E-mail address, to sign in with").fill(email)
    desk.get_by_label("Organisation").select_option(index=1)
    desk.get_by_label("Role").select_option(value="link_worker")
    press(desk, "Invite")
    return email, desk.locator("code").inner_text().replace("127.0.0.1", "localhost")


def test_with_a_passkey_alone(world: World, invited: tuple[str, str], other_desk: Page) -> None:
    _email, link = invited
    page, here = other_desk, world.url.replace("127.0.0.1", "localhost")
    with_a_finger(page)
    page.goto(link)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    press(page, "Continue")
    page.get_by_role("link", name="Add a passkey instead").click()
    look(page, "passkey-add")
    page.get_by_label("Its name").fill("My telephone")
    press(page, "Make the passkey")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    page.goto(f"{here}/account/2fa/")
    look(page, "passkey-index")
    page.get_by_role("link", name="Look at them").click()
    look(page, "passkey-list")
    page.get_by_role("link", name="Change the name").click()
    look(page, "passkey-name")
    page.get_by_label("Its name").fill("My new telephone")
    press(page, "Save")
    assert "My new telephone" in page.locator("main").inner_text()
    page.goto(f"{here}/hat/")
    page.wait_for_url("**/today/")
    page.goto(f"{here}/emergency/")
    assert page.locator("h1").inner_text() == "Show that it is you"
    look(page, "step-up")
    page.set_viewport_size({"width": 320, "height": 720})
    look(page, "step-up-narrow")
    press(page, "Use your passkey")
    page.wait_for_function("document.querySelector('h1').innerText == 'Open a record in an emergency'")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(f"{here}/signed-in/")
    look(page, "signed-in")
    page.get_by_role("button", name="Sign out").first.click()

    page.goto(f"{here}/account/login/")
    look(page, "passkey-sign-in")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/today/")
    assert "Pat Passkey" in page.locator("header").inner_text()
    page.goto(f"{here}/emergency/")
    assert page.locator("h1").inner_text() == "Open a record in an emergency", (
        "signing in with a passkey has shown that it is them"
    )

    page.goto(f"{here}/account/2fa/webauthn/")
    page.get_by_role("link", name="Take it off").click()
    look(page, "passkey-take-off-asks-who-it-is")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm")
    look(page, "passkey-take-off")
    press(page, "Take it off")
    page.wait_for_url("**/account/2fa/webauthn/")
    assert "None yet." in page.locator("main").inner_text()


def test_a_passkey_beside_the_password_and_without_a_finger_there_is_a_way(
    world: World, invited: tuple[str, str], other_desk: Page
) -> None:
    email, link = invited
    page, here = other_desk, world.url.replace("127.0.0.1", "localhost")
    with_a_finger(page)
    page.goto(link)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    press(page, "Continue")
    page.get_by_role("link", name="Add a passkey instead").click()
    press(page, "Make the passkey")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    recovery = page.locator("main code").all_inner_texts()
    page.goto(f"{here}/account/logout/")
    press(page, "Sign out")
    page.goto(f"{here}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    look(page, "passkey-as-second-factor")
    press(page, "Use your passkey")
    page.wait_for_url("**/today/")

    other = page.context.browser.new_context().new_page()  # type: ignore[union-attr]  # a browser is there
    other.goto(f"{here}/account/login/")
    other.get_by_label("E-mail address").fill(email)
    other.get_by_label("Password").fill(PASSWORD)
    press(other, "Sign in")
    other.get_by_label("Code").fill(recovery[0])
    press(other, "Sign in")
    other.wait_for_url("**/today/")
    other.context.close()
