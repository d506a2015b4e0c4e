# For workers only.
"""How allauth behaves here: nobody signs themselves up as a worker; accounts are made by a hub lead."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InvitedOnly(DefaultAccountAdapter):
    """Accounts come by invitation only; what went wrong is said in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right. Write both again."),
        "enter_current_password": _("This is not the password you have now. Write it again."),
        "incorrect_password": _("This is not your password. Write it again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: what leaves goes through the gate, and sign-in needs no e-mail (C12)."""


class SecondFactor(DefaultMFAAdapter):
    """The library's second factor; what went wrong is said in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right. An authenticator app shows another one every 30 seconds: write the one that it shows now. "
            "If no code works, look whether the clock of your telephone is right."
        ),
    }
