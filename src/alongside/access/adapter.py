# For workers only.
"""How allauth behaves here: nobody signs themselves up as a worker; accounts are made by a hub lead."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.access.sealing import CannotUnseal, seal, unseal
from alongside.vocabulary.clock import now

SEALED = "sealed:"
"""How a sealed seed begins; what does not begin so was kept before seeds were sealed, and still opens."""


class CannotCheckCode(CannotUnseal):
    """The key that opens the seed is missing: no code is right, and none is wrong."""

    code = "cannot_check_code"
    message = _(
        "Your code cannot be checked now: a key of this installation is missing. A passkey still works. Whoever runs the"
        " installation has to put the key back (ALONGSIDE_VAULT_KEYS)."
    )


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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count one more try of a password: for this account from this address, and for the address (P8).

        Another address still gets in, so that whoever tries cannot lock somebody out; known and unknown accounts count alike.
        """
        account = str(credentials.get("email", "")).strip().lower()
        address = counting.address_of(request)
        if not counting.tries(((counting.SIGN_IN, (account, address)), (counting.SIGN_IN_ADDRESS, (address,))), at=now()):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Take nothing back: who gets in has used one of their tries too."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return counting.address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: what leaves goes through the gate, and sign-in needs no e-mail (C12)."""


class SecondFactor(DefaultMFAAdapter):
    """The library's second factor: its seeds are sealed, and what went wrong is said in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right. An authenticator app shows another one every 30 seconds: write the one that it shows now. "
            "If no code works, look whether the clock of your telephone is right."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal the seed of an authenticator app or of recovery codes: whoever reads the table alone makes no code (T14; ASVS 6.5.2)."""
        return SEALED + seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Give a seed back.

        Refuses:  CannotCheckCode when the key is missing: nobody gets in by a code until it is back.
        """
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        try:
            return unseal(encrypted_text.removeprefix(SEALED))
        except CannotUnseal:
            raise CannotCheckCode from None
